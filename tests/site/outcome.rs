//! The outcome: what it says, ticks, and "Did this fix it?" to the end.

use crate::changes::in_the_dark;
use crate::site::{Site, on_both, on_both_with};
use crate::visitor::Visitor;

/// A visitor who was told to change the bulb.
pub async fn at_the_bulb<'a>(site: &'a Site) -> Visitor<'a> {
    let mut ada = in_the_dark(site).await;
    ada.submit("Continue", &[("answer", "stairs")]).await;
    ada.submit("Continue", &[("answer", "yes")]).await;
    assert_eq!(ada.page().heading(), "Change the bulb");
    ada
}

#[tokio::test]
async fn an_outcome_says_why_and_why_not_the_others() {
    on_both(async |site: &Site| {
        let mut ada = at_the_bulb(site).await;
        ada.page().says("Fix").says("Bulbs wear out.").says("15 Jan 2027, 08:00 UTC");
        let why = ada.page().section("Why this matches");
        assert!(why.contains("Steep stairs: your answer") && why.contains("Way: your answer"), "{why}");
        assert!(ada.page().section("What was ruled out").contains("Change the fuse"));
        ada.follow("Call somebody").await.says("Dial").says("Somebody comes.").does_not_say("Take the old bulb out");
        ada.get("/diagnoses").await.says("Change the bulb");
    })
    .await;
}

#[tokio::test]
async fn what_is_known_can_be_handed_over_as_text() {
    on_both(async |site: &Site| {
        let mut ada = at_the_bulb(site).await;
        let text = |page: &crate::page::Page| page.with_id("hand-over").unwrap().raw_text();
        let hidden = text(ada.page());
        for part in ["Result: Change the bulb", "\nWhat is known\n", "\nThe path\n", "\nWhy\n", "\nWhat was ruled out\n- Change the fuse"] {
            assert!(hidden.contains(part), "{part:?} is missing from {hidden}");
        }
        ada.follow("Show it with names").await.says("Show it without names");
        assert_eq!(text(ada.page()), hidden, "no name was told");
    })
    .await;
}

#[tokio::test]
async fn yes_is_kept_and_can_be_taken_back() {
    on_both(async |site: &Site| {
        let mut ada = at_the_bulb(site).await;
        ada.submit("Yes", &[]).await.says("Solved").says("You said that it did.");
        ada.submit("Take that back", &[]).await.does_not_say("Solved");
        assert!(site.stored(ada.page()).await.tried.is_empty());
        ada.submit("Yes", &[]).await;
        ada.submit("It did not after all", &[]).await;
        assert_eq!(ada.page().heading(), "Change the fuse");
    })
    .await;
}

#[tokio::test]
async fn no_goes_on_with_everything_known_and_ends_in_the_hand_over() {
    on_both_with(
        |settings| settings.contact = Some("the caretaker".to_owned()),
        async |site: &Site| {
            let mut ada = at_the_bulb(site).await;
            ada.submit("No, go on with the next cause", &[]).await;
            assert_eq!(ada.page().heading(), "Change the fuse");
            ada.page().says("Workaround").says("Tried before Change the bulb (did not help)");
            ada.submit("No, go on with the next cause", &[]).await;
            assert_eq!(ada.page().heading(), "Ask an electrician");
            ada.page().says("Hand this over").says("with the caretaker").says("Change the fuse (did not help)");
            assert!(!ada.page().has_button("Yes"), "nobody asks whether a hand-over helped");
            ada.get("/diagnoses").await.has_status(200);
        },
    )
    .await;
}

#[tokio::test]
async fn worse_shows_the_way_back_first() {
    on_both(async |site: &Site| {
        let mut ada = at_the_bulb(site).await;
        ada.submit("Made it worse", &[]).await;
        assert_eq!(ada.page().heading(), "First, the way back");
        ada.page().says("Put the old bulb back.").says("Tell them not to come.");
        let way_back = ada.page().path.clone();
        let mut other = ada.other_window();
        ada.follow("It is undone: show the next cause").await;
        assert_eq!(ada.page().heading(), "Change the fuse");
        ada.page().says("Change the bulb (made it worse)");
        other.submit("I pressed that by mistake", &[]).await;
        assert_eq!(other.page().heading(), "Change the bulb");
        assert!(site.stored(other.page()).await.tried.is_empty());
        other.get(&way_back).await;
        assert_eq!(other.page().heading(), "Change the bulb", "there is nothing to undo");
    })
    .await;
}

#[tokio::test]
async fn a_stale_or_wrong_answer_to_did_it_help_stores_nothing() {
    on_both(async |site: &Site| {
        let mut ada = at_the_bulb(site).await;
        let mut other = ada.other_window();
        other.submit("Yes", &[]).await;
        ada.submit("No, go on with the next cause", &[]).await.has_status(409).says("changed in another window");
        ada.follow("See the diagnosis as it is now").await.says("Solved");
        let (action, _) = ada.filled("Take that back", &[]);
        ada.post(&action, &[("fixed", "perhaps")]).await.has_status(400).says("must be yes, no or worse");
        ada.post(&action, &[]).await.has_status(400).says("The answer is missing");
        ada.post(&action, &[("fixed", "no"), ("fixed", "yes")]).await.has_status(400).says("sent more than once");
        ada.post(&action, &[("fixed", "no")]).await.has_status(409);
        ada.get("/diagnoses").await.says("Solved: Change the bulb");
    })
    .await;
}

#[tokio::test]
async fn ticks_are_kept_for_each_way_and_never_change_the_walk() {
    on_both(async |site: &Site| {
        let mut ada = at_the_bulb(site).await;
        ada.submit("Save ticks", &[("step", "1"), ("step", "3")]).await.says("2 of 3 done.");
        ada.submit("Save ticks", &[("-step", "1")]).await.says("1 of 3 done.");
        assert_eq!(ada.page().values("step"), ["3"]);
        ada.follow("Call somebody").await.says("0 of 1 done.");
        ada.submit("Save ticks", &[("step", "1")]).await.says("1 of 1 done.");
        ada.follow("Screw in a new one").await.says("1 of 3 done.");
        assert_eq!(site.stored(ada.page()).await.ticks.len(), 2);

        let (action, _) = ada.filled("Save ticks", &[]);
        for (procedure, step, status) in [("screw", "4", 404), ("screw", "0", 400), ("screw", "x", 400), ("nothing", "1", 404)] {
            ada.post(&action, &[("procedure", procedure), ("step", step)]).await.has_status(status);
        }
        ada.post(&action, &[("step", "1")]).await.has_status(404);
        ada.follow("My diagnoses").await;
        ada.follow("A lamp stays dark").await.says("1 of 3 done.");
    })
    .await;
}
