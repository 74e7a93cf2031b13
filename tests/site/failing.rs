//! The database fails: nothing is acknowledged, and nothing that was typed is lost.

use crate::changes::in_the_dark;
use crate::kinds::at;
use crate::outcome::at_the_bulb;
use crate::page::Page;
use crate::site::{Site, on_both};

/// The page says that nothing was stored and shows what was typed, ready to be sent again.
fn keeps(page: &Page, typed: &[(&str, &str)]) {
    page.has_status(503).says("Fixpath cannot do this right now").says("Nothing was stored").says("Reference:");
    assert!(!page.header("retry-after").is_empty());
    let again = page.form_of("Try again").0;
    let sent = crate::page::fields(again);
    for (name, value) in typed {
        assert!(sent.contains(&((*name).to_owned(), (*value).to_owned())), "{name} is lost: {sent:?}");
    }
}

#[tokio::test]
async fn an_answer_that_cannot_be_stored_is_kept_in_the_page() {
    on_both(async |site: &Site| {
        let mut ada = at(site, "What does it say?").await;
        site.app().db().close().await;
        let typed = [("text-1", "<b>First</b>\n line")];
        keeps(ada.submit("Continue", &typed).await, &typed);
        ada.page().says("<b>First</b> line");
        let action = ada.filled("Try again", &[]).0;
        assert!(action.ends_with("/questions/message"), "{action}");
        ada.submit("Try again", &[]).await.has_status(503);
    })
    .await;
}

#[tokio::test]
async fn the_other_forms_keep_what_was_pressed_as_well() {
    on_both(async |site: &Site| {
        let mut ada = at_the_bulb(site).await;
        let mut begins = site.visitor();
        begins.get("/").await;
        begins.submit("Read it", &[("evidence", "Extension 'SMTP' could not be loaded.")]).await;
        site.app().db().close().await;
        let mut other = ada.other_window();
        keeps(ada.submit("Yes", &[]).await, &[("fixed", "yes")]);
        keeps(other.submit("Save ticks", &[("step", "2")]).await, &[("procedure", "screw"), ("step", "2")]);
        keeps(
            begins.submit("Find the fix", &[("message-1", "Extension 'MS' could not be loaded.")]).await,
            &[("message-1", "Extension 'MS' could not be loaded.")],
        );
        begins.get("/diagnoses").await.has_status(200);
        ada.get("/diagnoses").await.has_status(503);
        ada.get("/readyz").await.has_status(503);
        ada.get("/healthz").await.has_status(200);
        ada.get("/").await.has_status(200);
    })
    .await;
}

#[tokio::test]
async fn a_failure_says_nothing_of_its_cause() {
    on_both(async |site: &Site| {
        let mut ada = in_the_dark(site).await;
        site.app().db().close().await;
        ada.submit("Continue", &[("answer", "lift")]).await.has_status(503);
        for inner in ["sqlx", "pool", "Pool", "sqlite", "postgres", "closed"] {
            assert!(!ada.page().body.contains(inner), "the page tells \"{inner}\"");
        }
    })
    .await;
}
