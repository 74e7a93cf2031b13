//! Trying a draft: questions, evidence, outcomes, what no longer fits, and keeping the walk as a case.

use fixpath::audit::By;
use fixpath::tree::condition::Condition;
use fixpath::tree::model::{Branch, NodeKind, Tree};
use fixpath::web::Role;

use crate::editor_cases::CASES;
use crate::page::Page;
use crate::site::{Site, on_both, tree};
use crate::visitor::Visitor;

/// Where the draft of the guide about lamps is tried.
const TRY: &str = "/editor/trees/detour/try";

/// An author at the first question of the draft.
async fn trying<'a>(site: &'a Site) -> Visitor<'a> {
    site.publish(&tree("detour")).await;
    let mut ada = site.author().await;
    ada.get(TRY).await.has_status(200).says("Which way did you come?");
    ada
}

/// Saves the draft as somebody changes it.
pub async fn edit(site: &Site, change: impl FnOnce(&mut Tree)) {
    let shelf = &site.app().visits().shelf;
    let draft = shelf.open_draft("detour").await.unwrap();
    let mut edited = Tree::clone(&draft.tree);
    change(&mut edited);
    shelf.save("detour", draft.revision, edited, &By::command_line()).await.unwrap();
}

/// Opens a page that waits for the checks, as often as it takes until they are done.
pub async fn checked<'v>(author: &'v mut Visitor<'_>, path: &str) -> &'v Page {
    for _ in 0..200 {
        if author.get(path).await.header("refresh").is_empty() {
            return author.page();
        }
    }
    panic!("the checks of {path} are never done");
}

#[tokio::test]
async fn an_author_walks_the_draft_as_visitors_will() {
    on_both(async |site: &Site| {
        let mut ada = trying(site).await;
        ada.submit("Continue", &[]).await.has_status(422);
        assert!(ada.page().field_error("answer").contains("Choose an answer"));
        ada.submit("Continue", &[("answer", "stairs")]).await.goes_to(TRY).says("Are the stairs steep?");
        assert!(ada.page().section("The path so far").contains("Way stairs"));
        ada.submit("I don’t know", &[]).await.says("Bulbs wear out.").says("Take the old bulb out");
        assert!(ada.page().section("Why this matches").contains("Way: your answer"));
        ada.follow("Call somebody").await.says("Dial").does_not_say("Take the old bulb out");
        ada.submit("No, go on with the next cause", &[]).await.goes_to(TRY).says("A fuse is blown.").says("Change the bulb did not help");
        ada.submit("Yes", &[]).await.says("Solved");
        ada.submit("Take that back", &[]).await.does_not_say("Solved");
        ada.follow("Change the answer to Way").await;
        ada.submit("Continue", &[("answer", "lift")]).await.says("On which floor are you?");
        assert!(ada.page().section("Told earlier").contains("Steep stairs"));
        ada.submit("Remove Steep stairs", &[]).await.does_not_say("Told earlier");
        let edit = ada.page().link("Edit this node: Floor");
        assert_eq!(edit, "/editor/trees/detour?node=floor");
        ada.get(&edit).await.says("you stand here");
        ada.get(TRY).await;
        ada.submit("Start over", &[]).await.says("Which way did you come?").says("Nothing yet.");
    })
    .await;
}

#[tokio::test]
async fn every_author_has_a_walk_of_their_own_and_visitors_have_none() {
    on_both(async |site: &Site| {
        let mut ada = trying(site).await;
        ada.submit("Continue", &[("answer", "stairs")]).await;
        let mut bob = site.sign_in_as("Bob", &[Role::Author]).await;
        bob.get(TRY).await.says("Which way did you come?");
        site.visitor().get(TRY).await.does_not_say("Which way did you come?");
    })
    .await;
}

#[tokio::test]
async fn an_edit_shows_at_once_and_what_no_longer_fits_is_shown() {
    on_both(async |site: &Site| {
        let mut ada = trying(site).await;
        ada.submit("Continue", &[("answer", "lift")]).await;
        ada.submit("Continue", &[("answer", "12")]).await.says("A fuse is blown.");
        edit(site, |tree| {
            for node in &mut tree.nodes {
                match &mut node.kind {
                    NodeKind::Question(question) if node.key == "floor" => question.number.get_or_insert_default().max = Some(10.0),
                    NodeKind::Outcome(outcome) if node.key == "fuse" => outcome.cause = "A mouse was here.".to_owned(),
                    _ => {}
                }
            }
        })
        .await;
        ada.get(TRY).await.says("On which floor are you?");
        let unfit = ada.page().section("The draft does not understand this any more");
        assert!(unfit.contains("floor") && unfit.contains("at most 10") && unfit.contains("It was: 12."), "{unfit}");
        ada.submit("Continue", &[("answer", "10")]).await.says("A mouse was here.").does_not_say("does not understand");
    })
    .await;
}

#[tokio::test]
async fn what_is_pasted_is_checked_first_and_then_taken_over() {
    on_both(async |site: &Site| {
        site.publish(&tree("kinds")).await;
        let mut ada = site.author().await;
        ada.get("/editor/trees/kinds/try").await;
        ada.submit("Read it", &[("evidence", "  ")]).await.has_status(422);
        assert!(ada.page().field_error("evidence").contains("Paste the text"));
        ada.submit("Read it", &[("evidence", "no fact at all")]).await.says("no fact at all");
        ada.get("/editor/trees/kinds/try").await;
        ada.submit("Read it", &[("evidence", "Server\tVersion\nEX01\t5.0 SP1\nEX02\t5.0 SP2")]).await.has_status(200).says("This is what we read");
        ada.submit("Take over", &[("level-1", "9.9")]).await.has_status(422);
        assert!(ada.page().field_error("level-1").contains("9.9"));
        ada.submit("Take over", &[("level-1", "5.0 SP2")]).await.goes_to("/editor/trees/kinds/try");
        let known = format!("{}{}", ada.page().section("What is known"), ada.page().text());
        assert!(known.contains("EX01 5.0 SP2") && known.contains("EX02"), "{known}");
    })
    .await;
}

#[tokio::test]
async fn a_walk_is_kept_as_a_case_and_replaces_the_one_it_came_from() {
    on_both(async |site: &Site| {
        let mut ada = trying(site).await;
        assert!(ada.page().has_text("The walk has not ended"));
        ada.submit("Continue", &[("answer", "stairs")]).await;
        ada.submit("Continue", &[("answer", "yes")]).await;
        assert_eq!(ada.page().value("case-name"), "Change the bulb", "what the walk came to is the name that is proposed");
        ada.submit("Keep as a case", &[("case-name", "")]).await.has_status(422);
        assert!(ada.page().field_error("case-name").contains("few words"));
        ada.submit("Keep as a case", &[("case-name", "up the stairs")]).await.has_status(200);
        ada.page().says("Kept as the case “up the stairs”.").says("Which way did you come?").says("Nothing yet.").does_not_say("Left out");
        assert_eq!(ada.page().link("The cases of this guide"), CASES);
        ada.submit("Continue", &[("answer", "stairs")]).await.does_not_say("Kept as the case");
        ada.submit("Continue", &[("answer", "yes")]).await;
        ada.submit("Keep as a case", &[("case-name", "up the stairs")]).await.has_status(422);
        assert!(ada.page().field_error("case-name").contains("case of this name"));
        checked(&mut ada, CASES).await.says("up the stairs").says("All 1 pass");
        ada.submit("Walk it: up the stairs", &[]).await.goes_to(TRY).says("Trying the draft: up the stairs");
        ada.follow("Change the answer to Way").await;
        ada.submit("I don’t know", &[]).await.says("Nothing we know explains the dark.");
        ada.submit("Keep as a case", &[]).await.says("Kept as the case “up the stairs”.").says("Which way did you come?");
        checked(&mut ada, CASES).await.says("Ask an electrician");
        let draft = site.app().visits().shelf.open_draft("detour").await.unwrap();
        let cases: Vec<_> = draft.tree.cases.iter().map(|case| (case.name.as_str(), case.expect.as_str(), case.unknown.join(" "))).collect();
        assert_eq!(cases, [("up the stairs", "hand_over", "way".to_owned())]);
    })
    .await;
}

#[tokio::test]
async fn a_case_is_kept_without_what_the_draft_does_not_understand() {
    on_both(async |site: &Site| {
        let mut ada = trying(site).await;
        ada.submit("Continue", &[("answer", "stairs")]).await;
        ada.submit("Continue", &[("answer", "yes")]).await;
        edit(site, |tree| {
            for node in &mut tree.nodes {
                if let NodeKind::Question(question) = &mut node.kind
                    && question.fact == "steep"
                {
                    question.fact = "steepness".to_owned();
                }
            }
        })
        .await;
        ada.get(TRY).await.says("Are the stairs steep?").says("does not understand this any more");
        ada.submit("Continue", &[("answer", "yes")]).await.says("does not understand this any more");
        ada.submit("Keep as a case", &[]).await.says("Kept as the case “Change the bulb”. Left out: 1 answer that the draft does not understand");
        let draft = site.app().visits().shelf.open_draft("detour").await.unwrap();
        let said: Vec<&str> = draft.tree.cases[0].facts.keys().map(String::as_str).collect();
        assert_eq!(said, ["steepness", "way"]);
    })
    .await;
}

#[tokio::test]
async fn a_counter_example_opens_as_a_walk_that_comes_to_its_node() {
    on_both(async |site: &Site| {
        let mut ada = trying(site).await;
        // Floors from 5 to below 10 are forgotten.
        edit(site, |tree| {
            for node in &mut tree.nodes {
                if let NodeKind::Question(question) = &mut node.kind
                    && node.key == "floor"
                {
                    question.fork.meant.clear();
                    question.fork.otherwise = "hand_over".to_owned();
                    let low = Branch { when: Condition::parse("floor < 5").unwrap(), label: None, to: "bulb".to_owned() };
                    question.fork.branches.push(low);
                }
            }
        })
        .await;
        let checks = "/editor/trees/detour/checks";
        checked(&mut ada, checks).await.has_status(200);
        let floor = ada.page().section("“Floor”");
        let words = floor.split("Try this case: ").nth(1).unwrap_or_else(|| panic!("no counter-example in {floor}"));
        let button = ada
            .page()
            .named(&["button"])
            .iter()
            .map(|button| button.text())
            .find(|text| text.starts_with("Try this case: ") && words.contains(&text[15..]))
            .unwrap();
        ada.submit(&button, &[]).await.goes_to(TRY).says("Floor");
        assert!(ada.page().section("The path so far").contains("Floor"));

        checked(&mut ada, checks).await;
        ada.submit("This is meant: “Floor”", &[]).await.goes_to(checks);
        checked(&mut ada, checks).await.does_not_say("“Floor”");
        let draft = site.app().visits().shelf.open_draft("detour").await.unwrap();
        assert_eq!(draft.tree.node("floor").unwrap().kind.fork().unwrap().meant.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_tried_is_refused() {
    on_both(async |site: &Site| {
        let mut ada = trying(site).await;
        ada.get("/editor/trees/nowhere/try").await.has_status(404);
        ada.get(&format!("{TRY}/questions/bulb")).await.has_status(404);
        ada.post(&format!("{TRY}/outcomes/way"), &[("fixed", "yes")]).await.has_status(404);
        ada.post(&format!("{TRY}/outcomes/bulb"), &[("fixed", "perhaps")]).await.has_status(400);
        ada.post(TRY, &[("case", "{")]).await.has_status(400);
        ada.post(TRY, &[("number", "9"), ("revision", "1")]).await.has_status(404);
        ada.post(&format!("{TRY}/keep"), &[("case-name", "x")]).await.has_status(400);
        ada.post("/editor/trees/detour/checks/meant", &[("revision", "1"), ("node", "way"), ("mark", "perhaps")]).await.has_status(400);
        ada.post("/editor/trees/detour/checks/meant", &[("revision", "1"), ("node", "bulb"), ("mark", "order")]).await.has_status(404);
        ada.get(TRY).await.says("Which way did you come?");
    })
    .await;
}
