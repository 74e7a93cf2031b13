//! The gate before publishing, publishing at a time that was set, and the second pair of eyes.

use std::collections::BTreeMap;

use fixpath::app::publishing::publish_due;
use fixpath::audit::By;
use fixpath::tree::model::{Case, Tree};
use fixpath::web::Role;
use serde_json::json;

use crate::site::{Site, on_both, tree};

const PUBLISH: &str = "/editor/trees/detour/publish";
const SUMMARY: (&str, &str) = ("summary", "The title is clearer.");

/// Publishes the guide about lamps, then edits its draft.
async fn edited(site: &Site, change: impl Fn(&mut Tree)) {
    let mut tree = tree("detour");
    site.publish(&tree).await;
    change(&mut tree);
    save(site, tree).await;
}

/// A case of that guide.
fn by_the_stairs() -> Case {
    let facts = [("way", json!("stairs")), ("steep", json!(true))].map(|(fact, value)| (fact.to_owned(), value)).into();
    Case { name: "By the stairs".to_owned(), facts, unknown: Vec::new(), answers: BTreeMap::new(), expect: "bulb".to_owned() }
}

async fn save(site: &Site, tree: Tree) {
    let shelf = &site.app().visits().shelf;
    let draft = shelf.open_draft(&tree.slug).await.unwrap();
    shelf.save(&draft.slug, draft.revision, tree, &By { name: "Bob".to_owned(), address: String::new() }).await.unwrap();
}

fn live(site: &Site) -> (i64, String) {
    let version = site.app().visits().shelf.current("detour").unwrap();
    (version.number, version.tree.title.clone())
}

#[tokio::test]
async fn a_draft_is_published_with_a_summary_and_only_with_one() {
    on_both(async |site: &Site| {
        edited(site, |tree| tree.title = "The lamp stays dark".to_owned()).await;
        let mut ada = site.author().await;
        ada.get(PUBLISH).await.has_status(200).says("Publish version 2").says("What changes against version 1").says("No diagnosis is under way on version 1");
        ada.submit("Publish now", &[]).await.has_status(422);
        assert!(ada.page().field_error("summary").contains("what changed"));
        assert_eq!(live(site).0, 1);
        ada.submit("Publish now", &[SUMMARY]).await.goes_to("/editor/trees/detour/versions?published=2").says("The title is clearer.").says("live");
        assert_eq!(live(site), (2, "The lamp stays dark".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn a_draft_with_an_error_is_refused_and_what_was_typed_stays() {
    on_both(async |site: &Site| {
        edited(site, |tree| tree.summary = " ".to_owned()).await;
        let mut ada = site.author().await;
        ada.get(PUBLISH).await.says("fail").says("empty summary");
        ada.submit("Publish now", &[SUMMARY]).await.has_status(422);
        assert!(ada.page().field_error("checks").contains("does not pass its checks"));
        assert_eq!((ada.page().value("summary"), live(site).0), (SUMMARY.1.to_owned(), 1));
    })
    .await;
}

#[tokio::test]
async fn a_case_that_changes_its_outcome_is_accepted_by_name() {
    on_both(async |site: &Site| {
        edited(site, |tree| tree.cases.push(Case { expect: "fuse".to_owned(), ..by_the_stairs() })).await;
        let name = by_the_stairs().name;
        let mut ada = site.author().await;
        ada.get(PUBLISH).await.says("A case comes to something else than expected");
        ada.submit("Publish now", &[SUMMARY]).await.has_status(422);
        ada.submit("Publish now", &[SUMMARY, ("accept", &name)]).await.goes_to("/editor/trees/detour/versions?published=2");
        let version = site.app().visits().shelf.current("detour").unwrap();
        assert_eq!((version.number, &version.tree.cases), (2, &vec![by_the_stairs()]));
    })
    .await;
}

#[tokio::test]
async fn a_draft_that_was_edited_meanwhile_is_shown_again_with_the_edits() {
    on_both(async |site: &Site| {
        edited(site, |tree| tree.title = "One".to_owned()).await;
        let mut ada = site.author().await;
        ada.get(PUBLISH).await;
        save(site, Tree { title: "Two".to_owned(), ..tree("detour") }).await;
        ada.submit("Publish now", &[SUMMARY]).await.has_status(409).says("edited since you opened this page").says("Two");
        assert_eq!((ada.page().value("summary"), live(site).0), (SUMMARY.1.to_owned(), 1));
        ada.submit("Publish now", &[]).await;
        assert_eq!(live(site), (2, "Two".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn a_time_lies_ahead_and_the_draft_is_published_then() {
    on_both(async |site: &Site| {
        edited(site, |tree| tree.title = "Later".to_owned()).await;
        let shelf = &site.app().visits().shelf;
        let mut ada = site.author().await;
        ada.get(PUBLISH).await.says("in UTC");
        ada.submit("Publish at this time", &[SUMMARY, ("date", "2020-01-01"), ("time", "12:00")]).await.has_status(422);
        assert!(ada.page().field_error("time").contains("at least a minute"));
        ada.submit("Publish at this time", &[("date", "2030"), ("time", "noon")]).await.has_status(422);
        assert_eq!(ada.page().fields_with_errors(), ["date", "time"]);
        let (date, time) = (ada.get(PUBLISH).await.value("date"), ada.page().value("time"));
        ada.submit("Publish at this time", &[SUMMARY]).await.goes_to(PUBLISH).says("It will be published on").says("Set by Ada");
        publish_due(shelf, site.clock.now_ms()).await.unwrap();
        assert_eq!(live(site).0, 1, "not before {date} {time}");
        site.clock.advance(3 * 60 * 60 * 1000);
        publish_due(shelf, site.clock.now_ms()).await.unwrap();
        publish_due(shelf, site.clock.now_ms()).await.unwrap();
        assert_eq!(live(site), (2, "Later".to_owned()), "once");
    })
    .await;
}

#[tokio::test]
async fn a_time_is_called_off_and_an_edit_stops_it() {
    on_both(async |site: &Site| {
        edited(site, |tree| tree.title = "Later".to_owned()).await;
        let shelf = &site.app().visits().shelf;
        let mut ada = site.author().await;
        ada.get(PUBLISH).await;
        ada.submit("Publish at this time", &[SUMMARY]).await;
        ada.submit("Call it off", &[]).await.does_not_say("It will be published on");
        ada.submit("Publish at this time", &[SUMMARY]).await;
        save(site, Tree { title: "Later still".to_owned(), ..tree("detour") }).await;
        site.clock.advance(3 * 60 * 60 * 1000);
        publish_due(shelf, site.clock.now_ms()).await.unwrap();
        assert_eq!(live(site).0, 1);
        ada.get(PUBLISH).await.says("The draft was edited after that");
    })
    .await;
}

#[tokio::test]
async fn an_author_asks_and_another_publishes() {
    on_both(async |site: &Site| {
        edited(site, |tree| tree.title = "Asked about".to_owned()).await;
        let mut ada = site.author().await;
        ada.get(PUBLISH).await;
        ada.submit("Save this rule", &[("wanted", "yes")]).await.goes_to(PUBLISH);
        let mut cleo = site.sign_in_as("Cleo", &[Role::Author]).await;
        assert!(!cleo.get(PUBLISH).await.has_button("Publish now"));
        let revision = cleo.page().values("revision").swap_remove(0);
        cleo.submit("Ask for a review", &[("note", "The title only.")]).await.says("Cleo asked for a review").says("The title only.");
        cleo.post(PUBLISH, &[("do", "publish"), ("revision", &revision), SUMMARY]).await.has_status(403);
        ada.get(PUBLISH).await;
        ada.submit("Publish now", &[SUMMARY]).await;
        assert_eq!(live(site), (2, "Asked about".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn whoever_asked_for_the_second_pair_of_eyes_does_not_publish() {
    on_both(async |site: &Site| {
        edited(site, |tree| tree.title = "Own work".to_owned()).await;
        let mut ada = site.author().await;
        ada.get(PUBLISH).await;
        ada.submit("Save this rule", &[("wanted", "yes")]).await;
        ada.submit("Ask for a review", &[]).await;
        ada.submit("Publish now", &[SUMMARY]).await.has_status(422).says("somebody else must publish it");
        assert_eq!((ada.page().value("summary"), live(site).0), (SUMMARY.1.to_owned(), 1));
    })
    .await;
}
