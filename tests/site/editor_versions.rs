//! Versions, comparing, restoring, withdrawing, and the history of edits.

use fixpath::tree::model::Tree;
use fixpath::web::Role;

use crate::outcome::at_the_bulb;
use crate::site::{Site, on_both, tree};

const VERSIONS: &str = "/editor/trees/detour/versions";

/// Two versions of the guide about lamps, which differ in their titles.
async fn published_twice(site: &Site) {
    site.publish(&tree("detour")).await;
    site.publish(&Tree { title: "A newer title".to_owned(), ..tree("detour") }).await;
}

#[tokio::test]
async fn versions_are_listed_with_their_diagnoses_and_compared() {
    on_both(async |site: &Site| {
        at_the_bulb(site).await;
        published_twice(site).await;
        let mut ada = site.author().await;
        let page = ada.get(VERSIONS).await.has_status(200).says("for a test");
        let rows: Vec<String> = page.named(&["tr"]).iter().map(|row| row.text()).filter(|row| row.contains("for a test")).collect();
        assert!(rows.len() >= 2 && rows[0].contains("live") && rows.last().unwrap().contains("Ended: 1"), "{rows:?}");
        ada.get("/editor/trees/detour/compare?from=1&to=draft").await.has_status(200).says("A newer title").says("From version 1 to the draft");
        ada.follow("The other way round").await.says("From the draft to version 1");
        ada.get("/editor/trees/detour/compare?from=99").await.has_status(404);
        ada.get("/editor/trees/detour/compare?from=x").await.has_status(404);
    })
    .await;
}

#[tokio::test]
async fn an_old_version_becomes_the_draft_and_visitors_see_nothing_of_it() {
    on_both(async |site: &Site| {
        published_twice(site).await;
        let shelf = &site.app().visits().shelf;
        let mut ada = site.author().await;
        ada.get(VERSIONS).await;
        ada.submit("Restore version 1", &[]).await.has_status(200);
        assert_eq!(shelf.open_draft("detour").await.unwrap().tree.title, tree("detour").title);
        assert_eq!(shelf.current("detour").unwrap().tree.title, "A newer title");

        let page = ada.get("/editor/trees/detour/history").await.has_status(200).says("A newer title").says("Ada");
        let restore = page.named(&["button"]).iter().map(|button| button.text()).find(|text| text.starts_with("Restore this")).unwrap();
        ada.submit(&restore, &[]).await.has_status(200);
        assert_eq!(shelf.open_draft("detour").await.unwrap().tree.title, "A newer title");
    })
    .await;
}

#[tokio::test]
async fn an_outcome_is_withdrawn_with_a_reason_and_reinstated() {
    on_both(async |site: &Site| {
        published_twice(site).await;
        let shelf = &site.app().visits().shelf;
        let outcome = "fuse";
        let mut ada = site.author().await;
        ada.get(VERSIONS).await;
        ada.follow("Withdraw or reinstate…").await;
        ada.submit("Withdraw it", &[]).await.has_status(422);
        assert_eq!(ada.page().fields_with_errors(), ["what", "reason"]);
        ada.submit("Withdraw it", &[("what", outcome), ("reason", "It breaks lamps.")]).await.goes_to(VERSIONS).says("It breaks lamps.");
        assert!(shelf.withdrawn_outcomes("detour").await.unwrap().contains_key(outcome));
        ada.get("/editor/trees/detour/withdraw").await;
        let title = tree("detour").node(outcome).unwrap().title.clone();
        ada.submit(&format!("Reinstate {title}"), &[]).await.goes_to(VERSIONS).does_not_say("It breaks lamps.");
        assert!(shelf.withdrawn_outcomes("detour").await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_guide_is_withdrawn_by_publishers_only() {
    on_both(async |site: &Site| {
        published_twice(site).await;
        let mut cleo = site.sign_in_as("Cleo", &[Role::Author]).await;
        cleo.get("/editor/trees/detour/withdraw").await.has_status(403);
        cleo.post("/editor/trees/detour/withdraw", &[("what", "*"), ("reason", "No.")]).await.has_status(403);
        let mut ada = site.author().await;
        ada.get("/editor/trees/detour/withdraw").await;
        ada.submit("Withdraw it", &[("what", "*"), ("reason", "Lamps are gone.")]).await.goes_to(VERSIONS).says("withdrawn");
        assert!(site.app().visits().shelf.current("detour").is_none());
    })
    .await;
}
