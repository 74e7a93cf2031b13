//! "I don't know" opens the card of a question: how to find out, and a box that reads what was found back into the form.

use fixpath::tree::fact::Value;
use fixpath::tree::model::NodeKind;
use serde_json::json;

use crate::kinds::{at, value};
use crate::page::Page;
use crate::site::{Site, on_both, tree};
use crate::visitor::Visitor;

const STILL: &str = "I still don’t know, go on";

async fn is_unsaid(site: &Site, page: &Page, key: &str) -> bool {
    site.stored(page).await.statements.iter().all(|statement| statement.key.as_str() != key)
}

/// The card is open, with the keyboard on it.
fn card_is_open(page: &Page) -> bool {
    page.body.contains("<details class=\"fold\" open><summary autofocus>How do I find out?")
}

#[tokio::test]
async fn not_knowing_opens_the_card_first_and_says_so_then() {
    on_both(async |site: &Site| {
        let mut ada = at(site, "What does the log say?").await;
        assert!(!card_is_open(ada.page()));
        ada.page().says("How do I find out?").says("Event Viewer on Windows NT").does_not_say("Get-WinEvent");
        ada.submit("I don’t know", &[("source-1", "typed before")]).await.has_status(200);
        assert!(card_is_open(ada.page()) && !ada.page().has_button("I don’t know"));
        assert_eq!(ada.page().value("source-1"), "typed before");
        assert!(is_unsaid(site, ada.page(), "events").await, "nothing is stored yet");
        ada.submit(STILL, &[]).await.has_status(200);
        assert_eq!(ada.page().heading(), "Which servers are there?");
        assert_eq!(value(site, ada.page(), "events").await, None);
    })
    .await;
}

#[tokio::test]
async fn who_opens_the_card_himself_needs_no_extra_step() {
    on_both(async |site: &Site| {
        let mut ada = at(site, "What does the log say?").await;
        ada.submit(STILL, &[]).await.has_status(200);
        assert_eq!(value(site, ada.page(), "events").await, None);
    })
    .await;
}

#[tokio::test]
async fn where_nothing_can_be_said_about_finding_out_one_press_is_enough() {
    on_both(async |site: &Site| {
        let mut ada = at(site, "Is it loud?").await;
        assert!(!ada.page().text().contains("How do I find out?") && !ada.page().has_button(STILL));
        ada.submit("I don’t know", &[]).await.has_status(200);
        assert_eq!(value(site, ada.page(), "kinds.loud").await, None);
    })
    .await;
}

#[tokio::test]
async fn what_is_pasted_comes_back_as_the_form_and_is_stored_when_it_is_sent() {
    on_both(async |site: &Site| {
        let mut ada = at(site, "What does it say?").await;
        ada.submit("Read what I pasted", &[]).await.has_status(422);
        assert!(ada.page().field_error("paste").starts_with("No message was found in this."));
        ada.submit("Read what I pasted", &[("paste", "The store could not be started on EX01.")]).await.has_status(200);
        ada.page().says("1 message was read. Check what stands in the form, then press Continue.");
        assert_eq!((ada.page().value("text-1"), ada.page().value("paste")), ("The store could not be started on EX01.".to_owned(), String::new()));
        assert!(is_unsaid(site, ada.page(), "text").await);
        ada.submit("Read what I pasted", &[("paste", "The directory does not answer.")]).await.has_status(200);
        assert_eq!(ada.page().value("text-2"), "The directory does not answer.");
        ada.submit("Continue", &[]).await.has_status(200);
        assert_eq!(
            value(site, ada.page(), "text").await,
            Some(Value::Messages(["The store could not be started on EX01.", "The directory does not answer."].map(str::to_owned).to_vec()))
        );
    })
    .await;
}

#[tokio::test]
async fn one_machine_takes_one_row_of_a_paste() {
    on_both(async |site: &Site| {
        let mut ada = at(site, "Which version has the Administrator program?").await;
        ada.page().says("About Microsoft Exchange Administrator");
        ada.submit("Read what I pasted", &[("paste", "WS07,5.5,4\nWS08,5.5,3")]).await.has_status(200);
        assert_eq!((ada.page().value("name-1"), ada.page().value("level-1")), ("WS07".to_owned(), "5.5 SP4".to_owned()));
        ada.page().says("2 machines were read. 1 of them found no room here.").says("WS08,5.5,3");
        ada.submit("Continue", &[]).await.has_status(200);
        assert!(matches!(value(site, ada.page(), "admin").await, Some(Value::Subject(row)) if row.name.as_deref() == Some("WS07")));
    })
    .await;
}

/// The guide whose question about the lamp has a card of its author's.
async fn with_card<'a>(site: &'a Site) -> Visitor<'a> {
    let card = json!([
        {"where": "On the *roof*", "command": {"shell": "cmd", "text": "dir \\\\{servers}\\lamp"}, "looks_like": "<b>LAMP</b>\n  1 file"},
        {"where": "In {servers}", "steps": "Ask about {nickname}."}]);
    let mut tree = tree("kinds");
    for node in &mut tree.nodes {
        if let NodeKind::Question(question) = &mut node.kind
            && node.key == "loud"
        {
            question.card = serde_json::from_value(card.clone()).unwrap();
        }
    }
    site.publish(&tree).await;
    let mut ada = site.visitor();
    ada.get("/guides/kinds").await;
    ada.submit("Start", &[]).await;
    while ada.page().heading() != "Is it loud?" {
        ada.does_not_know().await.has_status(200);
    }
    ada
}

#[tokio::test]
async fn the_card_of_the_author_is_shown_with_what_is_known() {
    on_both(async |site: &Site| {
        let mut ada = with_card(site).await;
        ada.page()
            .says("On the roof")
            .says("dir \\\\<SERVER>\\lamp")
            .says("Replace <SERVER> yourself")
            .says("It looks like this: <b>LAMP</b> 1 file")
            .says("In {servers}");
        assert!(!ada.page().has_button("Read what I pasted"), "yes or no cannot be read from a command");
        ada.submit("I don’t know", &[]).await;
        assert!(card_is_open(ada.page()));
        ada.submit(STILL, &[]).await;
        assert_eq!(ada.page().heading(), "What do you call it?");
    })
    .await;
}

#[tokio::test]
async fn somebody_elses_answer_is_not_overwritten_by_not_knowing() {
    on_both(async |site: &Site| {
        let mut ada = at(site, "What does it say?").await;
        let mut other = ada.other_window();
        other.submit("Continue", &[("text-1", "From the other window.")]).await;
        ada.submit(STILL, &[]).await.has_status(409).says("You said that you don’t know; that is not stored yet.");
        assert!(card_is_open(ada.page()));
        ada.submit(STILL, &[]).await.has_status(200);
        assert_eq!(value(site, ada.page(), "text").await, None);
    })
    .await;
}
