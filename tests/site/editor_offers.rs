//! A newer shipped guide that waits as a draft, and what old links to a withdrawn guide say.

use fixpath::audit::By;
use fixpath::shelf::Starter;
use fixpath::tree::model::Tree;

use crate::site::{Site, on_both, tree};
use crate::visitor::Visitor;

const DESK: &str = "/editor/trees/detour";
const OFFERED: &str = "/editor/trees/detour/offered";

fn shipped(title: &str) -> Tree {
    Tree { title: title.to_owned(), ..tree("detour") }
}

/// Loads the guide as the program does at its start, as a file with this digest; a newer one that does not `pass` is offered.
async fn load(site: &Site, tree: Tree, digest: &str, passes: bool) {
    site.app().visits().shelf.load_starters(vec![Starter { digest: digest.to_owned(), tree }], |_, _| passes).await.unwrap();
}

/// An author in front of an offer.
async fn offered(site: &Site) -> Visitor<'_> {
    load(site, shipped("As it was"), "1", true).await;
    load(site, shipped("As it is shipped now"), "2", false).await;
    let mut ada = site.author().await;
    ada.get(DESK).await.says("A newer shipped version of this guide is offered as its draft.");
    ada.follow("Compare, accept or discard it").await.goes_to(OFFERED);
    ada
}

fn live(site: &Site) -> (i64, String) {
    let version = site.app().visits().shelf.current("detour").unwrap();
    (version.number, version.tree.title.clone())
}

#[tokio::test]
async fn a_newer_shipped_guide_is_compared_and_accepted() {
    on_both(async |site: &Site| {
        let mut ada = offered(site).await;
        ada.page().says("visitors still walk version 1").says("As it is shipped now");
        assert_eq!(live(site), (1, "As it was".to_owned()));
        site.visitor().get("/guides/detour").await.says("As it was").does_not_say("As it is shipped now");
        ada.follow("See both side by side").await.has_status(200).says("As it is shipped now");
        ada.get(OFFERED).await;
        ada.follow("Accept it: go on to publishing").await;
        ada.submit("Publish now", &[("summary", "The shipped file.")]).await.has_status(200);
        assert_eq!(live(site), (2, "As it is shipped now".to_owned()));
        ada.get(OFFERED).await.has_status(409).says("No newer shipped version is offered");
        ada.get(DESK).await.does_not_say("is offered as its draft");
    })
    .await;
}

#[tokio::test]
async fn an_offer_is_discarded_in_the_revision_that_was_seen() {
    on_both(async |site: &Site| {
        let mut ada = offered(site).await;
        let mut bob = ada.other_window();
        ada.submit("Discard it", &[]).await.goes_to(DESK).says("As it was");
        assert_eq!(site.app().visits().shelf.open_draft("detour").await.unwrap().tree.title, "As it was");
        bob.submit("Discard it", &[]).await.has_status(409).says("No newer shipped version is offered");

        load(site, shipped("Newer again"), "3", false).await;
        ada.get(OFFERED).await.says("Newer again");
        let mut bob = ada.other_window();
        ada.get(DESK).await;
        ada.submit("Save draft", &[("title", "Ada's title")]).await.has_status(200);
        bob.submit("Discard it", &[]).await.has_status(409);
        assert_eq!(site.app().visits().shelf.open_draft("detour").await.unwrap().tree.title, "Ada's title");
    })
    .await;
}

#[tokio::test]
async fn old_links_to_a_withdrawn_guide_say_why() {
    on_both(async |site: &Site| {
        site.publish(&tree("detour")).await;
        let mut eve = site.visitor();
        eve.get("/guides/detour").await;
        eve.submit("Start", &[]).await;
        let diagnosis = eve.page().path.clone();
        let shelf = &site.app().visits().shelf;
        shelf.withdraw_tree("detour", "Lamps are gone.", &By::command_line()).await.unwrap();
        eve.get(&diagnosis).await.says("withdrew this version of the guide on").says(": Lamps are gone. Do not rely on it");
        for path in ["/guides/detour", "/guides/detour?event=1"] {
            eve.get(path).await.has_status(410).says("withdrew the guide \u{201c}A lamp stays dark\u{201d}").says("Lamps are gone.");
        }
        eve.post("/guides/detour", &[]).await.has_status(410).says("Lamps are gone.");
        shelf.publish("detour", "Lamps are back.").await.unwrap();
        eve.get("/guides/detour").await.has_status(200);
        eve.get(&diagnosis).await.says("withdrew this version of the guide on").does_not_say("Lamps are gone");
    })
    .await;
}
