//! The start page: pasting, finding, and choosing a guide.

use fixpath::app::content::STARTER_TREES;

use crate::site::{Site, on_both, on_both_with, tree};

#[tokio::test]
async fn a_text_or_an_event_finds_its_guide_and_starts_with_it() {
    on_both(async |site: &Site| {
        let mut ada = site.visitor();
        ada.get("/").await.has_status(200).says("An extension could not be loaded").says("Exchange 4.0, 5.0, 5.5");
        ada.submit("Find the fix", &[("evidence", "Extension 'SMTP' could not be loaded.\n\nID no: c1030ad1")]).await.says("One guide matches");
        assert_eq!(ada.page().title(), "What we found");
        assert!(ada.cookies.is_empty(), "looking for a guide stores nothing, so it needs no cookie");
        ada.submit("Start with this text: An extension could not be loaded", &[]).await;
        let stored = site.stored(ada.page()).await;
        assert_eq!(format!("{:?}", stored.statements[0].value), "Some(Messages([\"Extension 'SMTP' could not be loaded.\\n\\nID no: c1030ad1\"]))");

        ada.get("/").await;
        ada.submit("Find the fix", &[("event-id", "2037")]).await.says("Matches event 2037.");
        ada.submit("Start with this text: An extension could not be loaded", &[]).await;
        let stored = site.stored(ada.page()).await;
        assert_eq!(stored.statements.len(), 1, "an empty text is no statement");
        assert_eq!(stored.statements[0].key.as_str(), "events");
    })
    .await;
}

#[tokio::test]
async fn several_guides_are_listed_best_first() {
    on_both(async |site: &Site| {
        for (name, texts) in [("kinds", vec!["The lamp blinks twice"]), ("detour", vec!["The lamp blinks twice", "lamp dark stairs"])] {
            let mut tree = tree(name);
            tree.symptoms.texts = texts.into_iter().map(str::to_owned).collect();
            site.publish(&tree).await;
        }
        let mut ada = site.visitor();
        ada.get("/").await;
        ada.submit("Find the fix", &[("evidence", "the lamp blinks twice, dark stairs")]).await.says("2 guides match");
        let titles: Vec<String> = ada.page().named(&["h2"]).iter().take(2).map(|title| title.text()).collect();
        assert_eq!(titles, ["A lamp stays dark", "Every kind of question"]);
    })
    .await;
}

#[tokio::test]
async fn nothing_found_says_what_to_try_and_whom_to_ask() {
    let contact = |settings: &mut fixpath::settings::Settings| settings.contact = Some("the <mail> team".to_owned());
    on_both_with(contact, async |site: &Site| {
        let mut ada = site.visitor();
        ada.get("/").await;
        ada.submit("Find the fix", &[("evidence", "</textarea>xyzzy")]).await.says("Nothing we know matches").says("You can also ask the <mail> team.");
        assert_eq!(ada.page().value("evidence"), "</textarea>xyzzy");
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_looked_for_comes_back_as_it_was_typed() {
    on_both(async |site: &Site| {
        let mut ada = site.visitor();
        ada.get("/").await;
        ada.submit("Find the fix", &[]).await.has_status(422);
        assert!(ada.page().field_error("evidence").starts_with("Paste the text"));
        ada.submit("Find the fix", &[("evidence", "a\nb"), ("event-id", "x2037"), ("event-source", "MSExchangeSA")]).await.has_status(422);
        assert!(ada.page().field_error("event-id").contains("in digits"));
        let fields = ["evidence", "event-id", "event-source"].map(|name| ada.page().value(name));
        assert_eq!(fields, ["a\nb", "x2037", "MSExchangeSA"]);
        ada.submit("Find the fix", &[("event-id", ""), ("event-source", &"s".repeat(256))]).await.has_status(422).field_error("event-source");
        let long = "long ".repeat(64 * 1024 / 5 + 1);
        ada.submit("Find the fix", &[("evidence", &long), ("event-source", "")]).await.has_status(422);
        assert!(ada.page().field_error("evidence").contains("64 KiB is the limit"));
        assert_eq!(ada.page().value("evidence"), long);
    })
    .await;
}

#[tokio::test]
async fn guides_are_filtered_by_product() {
    on_both(async |site: &Site| {
        site.publish(&tree("kinds")).await;
        site.publish(&tree("detour")).await;
        let mut ada = site.visitor();
        ada.get("/").await;
        ada.follow("Lamps 1").await.says("A lamp stays dark").does_not_say("Every kind of question");
        // Every guide that ships is about Exchange Server, and so is one of the two that were added.
        ada.follow(&format!("Exchange Server {}", STARTER_TREES.len() + 1))
            .await
            .says("Every kind of question")
            .says("An extension could not be loaded")
            .does_not_say("A lamp stays dark");
        ada.follow(&format!("All {}", STARTER_TREES.len() + 2)).await.says("A lamp stays dark");
        ada.get("/?product=nothing").await.has_status(200);
        ada.get("/?product=a&product=b").await.has_status(400).says("was sent more than once");
    })
    .await;
}
