//! "This is what we read": checking, correcting and removing facts before anything is stored.

use axum::body::Body;
use axum::http::Method;
use fixpath::tree::fact::{Source, Value};

use crate::page::Page;
use crate::site::{Site, on_both, on_both_with, tree};
use crate::visitor::{HOST, Visitor};

const TEXT: &str = "Extension 'SMTP' could not be loaded.\n\nID no: c1030ad1";
/// A message that no guide knows.
const ODD: &str = "Error 0xC0FFEE11: kwyjibo </textarea> xyzzy.";
const GUIDE: &str = "An extension could not be loaded";

/// Pastes `text` and comes to the page of what was read.
async fn reads<'a>(site: &'a Site, text: &str) -> Visitor<'a> {
    let mut ada = site.visitor();
    ada.get("/").await;
    ada.submit("Read it", &[("evidence", text), ("event-id", "2037"), ("event-source", "MSExchangeSA")]).await.has_status(200);
    assert_eq!(ada.page().title(), "This is what we read");
    ada
}

/// What is marked on the page.
fn marked(page: &Page) -> Vec<String> {
    page.named(&["mark"]).iter().map(|mark| mark.text()).collect()
}

#[tokio::test]
async fn facts_are_shown_with_their_lines_and_lead_straight_on() {
    on_both(async |site: &Site| {
        let mut ada = reads(site, TEXT).await;
        assert!(marked(ada.page()).contains(&"Extension 'SMTP' could not be loaded.".to_owned()), "{:?}", marked(ada.page()));
        ada.page().says("We read").says("event 2037 from MSExchangeSA").says(&format!("Leads to {GUIDE}, because of"));
        assert!(ada.cookies.is_empty(), "reading stores nothing, so it needs no cookie");
        ada.submit("Find the fix", &[]).await.has_status(200);
        let stored = site.stored(ada.page()).await;
        assert!(stored.statements.iter().all(|statement| statement.source == Source::Confirmed), "{stored:?}");
        let text = stored.statements.iter().find(|statement| statement.key.as_str() == "text").unwrap();
        assert!(text.line.as_deref().unwrap().starts_with("Extension 'SMTP' could not be loaded."));
        ada.page().says("known from what you pasted");
    })
    .await;
}

#[tokio::test]
async fn what_the_visitor_corrects_is_his_own_word() {
    on_both(async |site: &Site| {
        let mut ada = reads(site, TEXT).await;
        let was = ada.page().value("message-1");
        ada.submit("Find the fix", &[("message-1", &was.replace("SMTP", "MS"))]).await.has_status(200);
        let stored = site.stored(ada.page()).await;
        let text = stored.statements.iter().find(|statement| statement.key.as_str() == "text").unwrap();
        let Some(Value::Messages(messages)) = &text.value else { panic!("{text:?}") };
        assert!(messages[0].starts_with("Extension 'MS'"));
        assert!(text.line.as_deref().unwrap_or_default().is_empty(), "the line does not say this any more");
        ada.page().says("A message: corrected or added by you");
    })
    .await;
}

#[tokio::test]
async fn facts_are_removed_and_added_and_the_page_says_where_the_rest_leads() {
    on_both(async |site: &Site| {
        let mut ada = reads(site, ODD).await;
        ada.page().says(&format!("Leads to {GUIDE}"));
        ada.submit("Remove event 1", &[]).await.says("Leads nowhere yet").does_not_say("2037");
        ada.submit("Add a server", &[]).await;
        ada.submit("Find the fix", &[("name-1", "EX01"), ("level-1", "9.9")]).await.has_status(422);
        assert!(ada.page().field_error("level-1").contains("EX01"));
        assert_eq!((ada.page().value("message-1"), ada.page().value("name-1")), (ODD.to_owned(), "EX01".to_owned()));
        ada.submit("Find the fix", &[("level-1", "5.0 service pack 1")]).await.has_status(200).says("Nothing we know matches").says("EX01 5.0 SP1");
        assert!(ada.cookies.is_empty(), "nothing was stored");
    })
    .await;
}

#[tokio::test]
async fn a_text_in_which_nothing_is_known_stays_and_its_words_are_looked_for() {
    on_both(async |site: &Site| {
        let mut ada = site.visitor();
        ada.get("/").await;
        ada.submit("Read it", &[("evidence", "qwertz\nasdf")]).await.has_status(200);
        assert_eq!(ada.page().heading(), "We read no fact in this");
        assert!(ada.page().section("What was not understood").contains("qwertz asdf"));
        ada.submit("Find the fix", &[]).await.says("Nothing we know matches").says("We understood no fact. Not understood: 2 lines.");
        ada.submit("Correct what we read", &[]).await;
        assert_eq!(ada.page().values("evidence"), ["qwertz\nasdf"; 2]);
        ada.submit("Read again", &[("evidence", TEXT)]).await;
        assert_eq!(ada.page().heading(), "This is what we read");
    })
    .await;
}

#[tokio::test]
async fn nothing_found_is_said_with_what_to_try_and_whom_to_ask() {
    let contact = |settings: &mut fixpath::settings::Settings| settings.contact = Some("the <mail> team".to_owned());
    on_both_with(contact, async |site: &Site| {
        let mut ada = site.visitor();
        ada.get("/").await;
        ada.submit("Read it", &[("evidence", ODD)]).await;
        ada.submit("Find the fix", &[]).await.says("Nothing we know matches").says("Ask the <mail> team.").says(ODD);
        ada.submit("Correct what we read", &[]).await;
        assert_eq!(ada.page().value("message-1"), ODD);
        ada.submit("Find the fix", &[]).await;
        ada.submit(GUIDE, &[]).await;
        assert_eq!(site.stored(ada.page()).await.statements.len(), 2, "the guide begins with what was told: a message and a code");
    })
    .await;
}

#[tokio::test]
async fn several_guides_are_offered_and_start_with_the_same_facts() {
    on_both(async |site: &Site| {
        for name in ["kinds", "detour"] {
            let mut tree = tree(name);
            tree.symptoms.texts = vec!["The lamp could not be started.".to_owned()];
            site.publish(&tree).await;
        }
        let mut ada = site.visitor();
        ada.get("/").await;
        ada.submit("Read it", &[("evidence", "The lamp could not be started.")]).await.says("Fits 2 guides:");
        ada.submit("Find the fix", &[]).await.says("2 guides fit");
        assert!(ada.cookies.is_empty());
        ada.submit("Start with what you told: A lamp stays dark", &[]).await;
        let stored = site.stored(ada.page()).await;
        assert_eq!(format!("{:?}", stored.statements[0].value), "Some(Messages([\"The lamp could not be started.\"]))");
    })
    .await;
}

#[tokio::test]
async fn files_are_read_with_the_paste_and_named_before_their_lines() {
    on_both(async |site: &Site| {
        let mut ada = site.visitor();
        ada.get("/").await;
        ada.upload(
            "Read it",
            &[("evidence", "The kwyjibo could not be started.")],
            &[("file", "C:\\tmp\\dialog.txt", b"\nExtension 'SMTP' could not be loaded.\n")],
        )
        .await
        .has_status(200);
        ada.page().says("2 messages").says("dialog.txt, line 2").does_not_say("tmp");
        ada.submit("Find the fix", &[]).await;
        let stored = site.stored(ada.page()).await;
        assert_eq!(stored.statements[0].line.as_deref(), Some("The kwyjibo could not be started.\ndialog.txt: Extension 'SMTP' could not be loaded."));
    })
    .await;
}

#[tokio::test]
async fn a_file_that_is_refused_is_named_beside_the_field_and_the_text_stays() {
    on_both(async |site: &Site| {
        let mut ada = site.visitor();
        ada.get("/").await;
        ada.upload("Read it", &[("evidence", "qwertz")], &[("file", "logs.zip", b"PK\x03\x04\0\0")]).await.has_status(422);
        assert!(ada.page().field_error("file").starts_with("logs.zip: "));
        assert_eq!(ada.page().value("evidence"), "qwertz");
        ada.upload("Read it", &[("evidence", "")], &[("file", "logs.zip", b"PK\x03\x04\0\0")]).await.has_status(422);
        assert_eq!(ada.page().fields_with_errors(), ["file"]);
    })
    .await;
}

#[tokio::test]
async fn the_preview_and_the_page_say_the_same() {
    on_both(async |site: &Site| {
        let mut ada = site.visitor();
        let headers = [("content-type", "application/x-www-form-urlencoded"), ("origin", "http://fixpath.test")];
        for text in [TEXT, "qwertz", ODD, "a\n\nb\n\nEX01 5.0 SP1\nEX02 5.5"] {
            let sent = [("evidence", text), ("event-id", "2037"), ("event-source", "")];
            let fragment = ada.request(Method::POST, "/read/preview", &headers, Body::from(crate::visitor::encoded(&sent))).await;
            fragment.has_status(200);
            ada.get("/").await;
            ada.submit("Read it", &sent).await;
            assert!(fragment.body.contains("We read</b>"), "{}", fragment.body);
            assert!(ada.page().body.contains(fragment.body.trim()), "{}\n{}", fragment.body, ada.page().body);
        }
        for nothing in [[("evidence", ""), ("event-id", "")], [("evidence", "a"), ("event-id", "many")]] {
            let fragment = ada.request(Method::POST, "/read/preview", &headers, Body::from(crate::visitor::encoded(&nothing))).await;
            assert_eq!((fragment.status.as_u16(), fragment.body.trim()), (200, ""));
        }
        assert_eq!(HOST, "fixpath.test");
        assert!(ada.cookies.is_empty(), "a preview stores nothing");
    })
    .await;
}

#[tokio::test]
async fn what_no_page_of_ours_sends_is_refused() {
    on_both(async |site: &Site| {
        let mut ada = reads(site, TEXT).await;
        let forged: [(&[(&str, &str)], &str); 5] = [
            (&[("told-as", "confirmed"), ("message-1", "a"), ("message-origin-1", "{\"x\":1}")], "came back changed"),
            (&[("told-as", "confirmed"), ("unread", "[")], "came back changed"),
            (&[("facts", "[{\"key\":\"t.x\",\"value\":1,\"source\":\"asked\"}]")], "came back changed"),
            (&[("told-as", "confirmed"), ("message-1", "a"), ("message-1", "b")], "was sent more than once"),
            (&[("told-as", "confirmed"), ("name-2", "EX02")], "not numbered one after the other"),
        ];
        for (fields, says) in forged {
            ada.post("/find", fields).await.has_status(400).says(says);
        }
        ada.post_body("/find", "message-1=%FF").await.has_status(400).says("not valid UTF-8");
        ada.post("/find", &[("guide", "nothing"), ("told-as", "confirmed"), ("message-1", "a")]).await.has_status(404);
        ada.post("/find", &[]).await.has_status(422).says("No fact is left to look for");
        ada.post_body("/read", format!("evidence={}", "x".repeat(257 * 1024))).await.has_status(422).field_error("evidence");
        for path in ["/read", "/read/preview", "/find"] {
            ada.send(Method::POST, path, &[("content-type", "application/x-www-form-urlencoded"), ("origin", "http://evil.test")], Body::from("evidence=a"))
                .await;
            ada.page().has_status(403);
            ada.get(path).await.has_status(if path == "/find" { 200 } else { 405 });
        }
    })
    .await;
}
