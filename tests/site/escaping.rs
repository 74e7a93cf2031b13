//! Whatever a visitor or an author writes is text on every page, never HTML, Markdown or a selection.

use crate::kinds::at;
use crate::page::Page;
use crate::site::{Site, on_both, tree};

/// What a browser, a Markdown reader, a template or our own selections could take for theirs.
const HOSTILE: &str = "<script>alert(1)</script><img src=x onerror=alert(2)>&amp;\"'`{{7*7}}{servers}}{% end %} *b* _i_ [l](javascript:3) </textarea></title>";

/// The page shows the text as it was written. That nothing of it became an element, each page is examined for when it is read.
fn shows(page: &Page) {
    page.says(HOSTILE);
    assert!(!page.body.contains("<script>alert") && !page.body.contains("<img") && !page.body.contains("javascript:3\""), "{}", page.path);
}

#[tokio::test]
async fn what_a_visitor_types_is_text_on_every_page() {
    on_both(async |site: &Site| {
        let mut ada = at(site, "What do you call it?").await;
        ada.submit("Continue", &[("answer", HOSTILE)]).await;
        shows(ada.page());
        ada.submit("Continue", &[("text-1", HOSTILE)]).await;
        ada.submit("Continue", &[("id-1", HOSTILE), ("source-1", HOSTILE), ("text-1", HOSTILE)]).await.has_status(422);
        assert_eq!(["id-1", "source-1", "text-1"].map(|name| ada.page().value(name)), [HOSTILE; 3]);
        ada.submit("Continue", &[("id-1", "7")]).await;
        let cells = [("name-1", HOSTILE), ("level-1", "5.0 SP1"), ("site-1", HOSTILE), ("roles-1", "ims"), ("paste", HOSTILE)];
        ada.submit("Continue", &cells).await.has_status(422).field_error("paste");
        assert_eq!(["name-1", "site-1", "paste"].map(|name| ada.page().value(name)), [HOSTILE; 3]);
        ada.submit("Read what I pasted", &[]).await;
        assert!(HOSTILE.starts_with(&ada.page().value("name-2")) && HOSTILE.ends_with(&ada.page().value("level-2")));
        ada.submit("Remove server 2", &[]).await;
        ada.submit("Continue", &[]).await.has_status(200);
        ada.submit("Continue", &[("name-1", HOSTILE), ("level-1", HOSTILE)]).await.has_status(422);
        assert!(ada.page().field_error("level-1").starts_with("<script>"), "the message names the machine");
        assert_eq!(["name-1", "level-1"].map(|name| ada.page().value(name)), [HOSTILE; 2]);
        ada.submit("Continue", &[("level-1", "5.5 SP4")]).await;
        ada.submit("Continue", &[("name-1", HOSTILE), ("level-1", "5.0")]).await;
        ada.submit("Continue", &[("answer", HOSTILE)]).await.has_status(422);
        assert_eq!(ada.page().value("answer"), HOSTILE);
        ada.does_not_know().await;
        ada.submit("Continue", &[("answer", "1")]).await;

        assert_eq!(ada.page().heading(), format!("Look after {HOSTILE} and {HOSTILE}"));
        shows(ada.page());
        ada.page().says(&format!("Say {HOSTILE}.")).says("ping <SERVER>").says("is not filled into commands");
        let outcome = ada.page().path.clone();
        ada.follow("See this path in the whole guide").await.has_status(200).says("The path in words");
        ada.get(&outcome).await;
        shows(ada.follow("Share").await);
        ada.submit("Make a link", &[]).await;
        let link = ada.page().with_id("link").unwrap().attribute("value").unwrap().to_owned();
        shows(ada.get(&link).await);
        shows(ada.get("/diagnoses").await);
    })
    .await;
}

#[tokio::test]
async fn what_a_visitor_looks_for_is_text() {
    on_both(async |site: &Site| {
        let mut ada = site.visitor();
        ada.get("/").await;
        let message = format!("Error 0xC0FFEE11: {HOSTILE}");
        let sent = [("evidence", message.as_str()), ("event-source", HOSTILE)];
        ada.submit("Read it", &sent).await.has_status(200);
        assert_eq!(
            ["evidence", "message-1", "event-source", "event-source-1"].map(|name| ada.page().values(name)[0].clone()),
            [&message, &message, HOSTILE, HOSTILE]
        );
        shows(ada.page());
        shows(ada.submit("Add a server", &[]).await);
        ada.submit("Find the fix", &[("name-1", HOSTILE), ("level-1", HOSTILE), ("origin-1", "")]).await.has_status(422);
        assert_eq!(ada.page().value("name-1"), HOSTILE);
        shows(ada.submit("Remove server 1", &[]).await);
        shows(ada.submit("Find the fix", &[]).await.says("Nothing we know matches"));
        ada.submit("Correct what we read", &[]).await;
        ada.submit("Find the fix", &[("message-1", &format!("Extension 'SMTP' could not be loaded. {HOSTILE}")), ("event-id-1", "2037")]).await;
        shows(ada.page());
    })
    .await;
}

#[tokio::test]
async fn what_an_author_writes_is_no_html_either() {
    on_both(async |site: &Site| {
        let mut guide = tree("detour");
        let plain = HOSTILE.replace(['{', '}'], "");
        guide.title.clone_from(&plain);
        guide.summary = format!("<script>alert(1)</script> {plain}");
        guide.applies_to.clone_from(&plain);
        guide.owner = Some(plain.clone());
        guide.symptoms.texts = vec![plain.clone()];
        for node in &mut guide.nodes {
            node.title = "<b>n</b>".to_owned();
        }
        // The checks keep HTML in a summary from being published; a version from before they did is shown without harm too.
        let shelf = &site.app().visits().shelf;
        shelf.load_draft(guide).await.unwrap();
        shelf.publish("detour", "for a test").await.unwrap();
        let mut ada = site.visitor();
        for path in ["/", "/guides/detour", "/guides/detour/map"] {
            ada.get(path).await.says(&plain);
            assert!(!ada.page().body.contains("<script>alert") && !ada.page().body.contains("<img") && !ada.page().body.contains("<b>n"), "{path}");
        }
        ada.get("/guides/detour").await;
        assert_eq!(ada.page().title(), plain);
        ada.submit("Start", &[]).await.says(&plain).says("<b>n</b>");
    })
    .await;
}
