//! The start page: what cannot be read comes back as it was typed, and guides are chosen from a list.

use fixpath::app::content::STARTER_TREES;

use crate::site::{Site, on_both, tree};

#[tokio::test]
async fn what_cannot_be_looked_for_comes_back_as_it_was_typed() {
    on_both(async |site: &Site| {
        let mut ada = site.visitor();
        ada.get("/").await.has_status(200).says("An extension could not be loaded").says("Exchange 4.0, 5.0, 5.5");
        ada.submit("Read it", &[]).await.has_status(422);
        assert!(ada.page().field_error("evidence").starts_with("Paste the text"));
        ada.submit("Read it", &[("evidence", "a\nb"), ("event-id", "x2037"), ("event-source", "MSExchangeSA")]).await.has_status(422);
        assert!(ada.page().field_error("event-id").contains("in digits"));
        let fields = ["evidence", "event-id", "event-source"].map(|name| ada.page().value(name));
        assert_eq!(fields, ["a\nb", "x2037", "MSExchangeSA"]);
        ada.submit("Read it", &[("event-id", ""), ("event-source", &"s".repeat(256))]).await.has_status(422).field_error("event-source");
        let long = "long ".repeat(64 * 1024 / 5 + 1);
        ada.submit("Read it", &[("evidence", &long), ("event-source", "")]).await.has_status(422);
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
