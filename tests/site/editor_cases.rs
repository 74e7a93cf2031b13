//! Cases: how they go, editing them as text, accepting by name what a case comes to now; and the page to sign off.

use fixpath::tree::model::NodeKind;

use crate::editor_trial::{checked, edit};
use crate::site::{Site, on_both, tree};
use crate::visitor::Visitor;

/// The cases of the guide about lamps.
pub const CASES: &str = "/editor/trees/detour/cases";

/// An author of a guide with one case, "by lift", that comes to the fuse.
async fn with_a_case<'a>(site: &'a Site) -> Visitor<'a> {
    site.publish(&tree("detour")).await;
    let mut ada = site.author().await;
    checked(&mut ada, CASES).await.says("There are none yet.");
    ada.follow("Write a case").await;
    let given = "facts:\n  floor: 12\n  way: lift\n";
    ada.submit("Save the case", &[("name", "by lift"), ("given", given), ("expect", "fuse")]).await.goes_to(CASES);
    checked(&mut ada, CASES).await.says("All 1 pass");
    ada
}

#[tokio::test]
async fn a_case_says_what_it_comes_to_and_what_no_case_touches() {
    on_both(async |site: &Site| {
        let ada = with_a_case(site).await;
        ada.page().says("by lift").says("Passes Change the fuse").says("3 nodes");
        let untouched = ada.page().section("What no case touches");
        for part in ["Steep stairs No case comes to this node.", "Change the bulb No case comes to this node.", "Way No case takes the branch: stairs"] {
            assert!(untouched.contains(part), "{part} is missing in {untouched}");
        }
        assert!(!untouched.contains("takes the branch: lift"), "{untouched}");
    })
    .await;
}

#[tokio::test]
async fn a_case_that_comes_to_something_else_is_accepted_by_name() {
    on_both(async |site: &Site| {
        let mut ada = with_a_case(site).await;
        edit(site, |tree| {
            for node in &mut tree.nodes {
                if let NodeKind::Question(question) = &mut node.kind
                    && node.key == "floor"
                {
                    question.fork.branches[0].to = "bulb".to_owned();
                }
            }
        })
        .await;
        checked(&mut ada, CASES).await.says("1 do not").says("Fails Change the bulb").says("It expects: Change the fuse");
        checked(&mut ada, "/editor/trees/detour/checks").await.says("Case \"by lift\" expects fuse and comes to bulb");
        checked(&mut ada, CASES).await;
        ada.submit("Accept: “by lift” now comes to “Change the bulb”", &[]).await.goes_to(CASES);
        checked(&mut ada, CASES).await.says("All 1 pass");
        let draft = site.app().visits().shelf.open_draft("detour").await.unwrap();
        assert_eq!(draft.tree.cases[0].expect, "bulb");
    })
    .await;
}

#[tokio::test]
async fn cases_are_copied_moved_edited_and_deleted() {
    on_both(async |site: &Site| {
        let mut ada = with_a_case(site).await;
        ada.submit("Copy by lift", &[]).await;
        checked(&mut ada, CASES).await.says("by lift (2)");
        ada.submit("Move by lift (2) up", &[]).await;
        checked(&mut ada, CASES).await;
        ada.follow("by lift (2)").await.goes_to(&format!("{CASES}/1"));
        assert_eq!(ada.page().value("given"), "facts:\n  floor: 12\n  way: lift\n");
        ada.submit("Save the case", &[("name", "by lift"), ("given", "facts:\n  floor: [\n"), ("expect", "")]).await.has_status(422);
        assert_eq!(ada.page().fields_with_errors(), ["name", "given", "expect"]);
        assert_eq!(ada.page().value("given"), "facts:\n  floor: [\n");
        let low = [("name", "low down"), ("given", "facts: {way: lift}\nunknown: [floor]"), ("expect", "bulb")];
        ada.submit("Save the case", &low).await.goes_to(CASES);
        checked(&mut ada, CASES).await.says("low down").says("All 2 pass");
        ada.submit("Delete by lift", &[]).await;
        checked(&mut ada, CASES).await.does_not_say("by lift");
        ada.follow("low down").await;
        ada.submit("Walk this case", &[]).await.says("Trying the draft: low down").says("Bulbs wear out.");
        ada.get(&format!("{CASES}/9")).await.has_status(404);
        ada.post(CASES, &[("revision", "1"), ("delete", "9")]).await.has_status(404);
        ada.post(CASES, &[("revision", "1")]).await.has_status(400);
    })
    .await;
}

#[tokio::test]
async fn the_whole_guide_is_one_page_to_sign_off() {
    on_both(async |site: &Site| {
        let mut ada = with_a_case(site).await;
        checked(&mut ada, "/editor/trees/detour/sign-off")
            .await
            .has_status(200)
            .says("Draft 2")
            .says("I have read draft 2 of “A lamp stays dark” and approve it.");
        for part in [
            "1. Way",
            "By the stairs",
            "go to 2. Steep stairs",
            "Otherwise: go to 6. Ask an electrician",
            "Take the old bulb out",
            "Put the old bulb back.",
            "by lift",
        ] {
            ada.page().says(part);
        }
        assert!(ada.page().section("What changed since version 1").contains("by lift"));
        assert!(ada.page().has_section("What the checks found"));
        ada.get("/editor/trees/detour/sign-off?version=1").await.says("Version 1").does_not_say("by lift");
        ada.get("/editor/trees/detour/sign-off?version=7").await.has_status(404);
    })
    .await;
}
