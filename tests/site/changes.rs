//! Changing answers: what stays, what is told earlier, two windows, and back again.

use crate::site::{Site, on_both, tree};
use crate::visitor::Visitor;
use crate::worked::three_servers;

/// A visitor of the guide "A lamp stays dark" who stands at its first question.
pub async fn in_the_dark<'a>(site: &'a Site) -> Visitor<'a> {
    site.publish(&tree("detour")).await;
    let mut ada = site.visitor();
    ada.get("/guides/detour").await;
    ada.submit("Start", &[]).await;
    ada
}

#[tokio::test]
async fn a_changed_answer_keeps_what_was_told_on_the_former_way() {
    on_both(async |site: &Site| {
        let mut ada = in_the_dark(site).await;
        ada.submit("Continue", &[("answer", "stairs")]).await;
        ada.submit("Continue", &[("answer", "yes")]).await;
        assert_eq!(ada.page().heading(), "Change the bulb");
        ada.follow("Change Way").await;
        ada.submit("Continue", &[("answer", "lift")]).await;
        assert_eq!(ada.page().heading(), "On which floor are you?");
        assert!(ada.page().section("Told earlier").contains("Steep stairs yes your answer"));
        assert!(!ada.page().section("What we know").contains("Steep stairs"));
        ada.follow("Change Steep stairs").await;
        assert_eq!((ada.page().heading(), ada.page().value("answer")), ("Are the stairs steep?".to_owned(), "yes".to_owned()));
        ada.submit("Continue", &[("answer", "no")]).await;
        assert!(ada.page().section("Told earlier").contains("Steep stairs no your answer"));
        ada.submit("Remove Steep stairs", &[]).await.does_not_say("Told earlier");
        assert_eq!(ada.page().heading(), "On which floor are you?");
        assert_eq!(site.stored(ada.page()).await.statements.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn changed_and_changed_back_is_as_before_to_the_byte() {
    on_both(async |site: &Site| {
        let mut ada = site.visitor();
        ada.get("/guides/extension-not-loaded").await;
        ada.submit("Start", &[]).await;
        ada.submit("Continue", &[("text-1", "Extension SMTP could not be loaded.")]).await;
        ada.submit("Continue", &three_servers("5.0 SP2")).await;
        let (path, before, stored_before) = (ada.page().path.clone(), ada.page().body.clone(), site.stored(ada.page()).await);

        ada.follow("Change Server versions").await;
        ada.submit("Continue", &[("level-3", "5.5 SP4")]).await;
        assert_ne!(ada.page().body, before);
        ada.follow("Change Error text").await;
        ada.submit("Continue", &[("text-1", "Extension Wireless could not be loaded.")]).await;
        assert!(ada.page().has_section("Told earlier"));
        ada.get(&path).await;
        ada.follow("Change Error text").await;
        ada.submit("Continue", &[("text-1", "Extension SMTP could not be loaded.")]).await;
        ada.follow("Change Server versions").await;
        ada.submit("Continue", &[("level-3", "5.0 SP2")]).await;

        assert_eq!(ada.page().body, before);
        let stored_after = site.stored(ada.page()).await;
        assert_eq!(stored_after.sheet(), stored_before.sheet());
        assert_eq!((&stored_after.ended, &stored_after.tried, &stored_after.ticks), (&stored_before.ended, &stored_before.tried, &stored_before.ticks));
        let sorted = |diagnosis: &fixpath::record::Diagnosis| {
            let mut said: Vec<String> = diagnosis.statements.iter().map(|statement| format!("{statement:?}")).collect();
            said.sort();
            said
        };
        assert_eq!(sorted(&stored_after), sorted(&stored_before), "no row is left over");
    })
    .await;
}

#[tokio::test]
async fn a_stale_form_shows_both_values_and_stores_nothing() {
    on_both(async |site: &Site| {
        let mut ada = in_the_dark(site).await;
        ada.submit("Continue", &[("answer", "lift")]).await;
        ada.submit("Continue", &[("answer", "3")]).await;
        ada.follow("Change Floor").await;
        let mut other = ada.other_window();
        other.submit("Continue", &[("answer", "4")]).await.has_status(200);

        ada.submit("Continue", &[("answer", "5")]).await.has_status(409);
        ada.page().says("This answer was changed meanwhile").says("In another window it is now: 4").says("Press Continue to store yours");
        assert_eq!(ada.page().value("answer"), "5");
        assert!(format!("{:?}", site.stored(ada.page()).await.statements).contains("Number(4.0)"));

        ada.submit("Take this answer back", &[]).await.has_status(200);
        assert_eq!(ada.page().heading(), "On which floor are you?", "the second try knows the present answer");
        other.follow("Change Floor").await.has_status(200);
    })
    .await;
}

#[tokio::test]
async fn the_other_value_may_be_kept_or_replaced() {
    on_both(async |site: &Site| {
        let mut ada = in_the_dark(site).await;
        ada.submit("Continue", &[("answer", "lift")]).await;
        let mut other = ada.other_window();
        other.submit("Continue", &[("answer", "4")]).await;
        ada.does_not_know().await.has_status(409).says("You said that you don’t know; that is not stored yet.");
        let mut third = ada.other_window();
        third.follow("keep the other one").await.goes_to(&other.page().path.clone());
        ada.submit("Continue", &[("answer", "12")]).await.has_status(200);
        assert_eq!(ada.page().heading(), "Change the fuse");
        assert!(format!("{:?}", site.stored(ada.page()).await.statements).contains("Number(12.0)"));
    })
    .await;
}

#[tokio::test]
async fn taking_back_an_answer_that_was_changed_meanwhile_asks_first() {
    on_both(async |site: &Site| {
        let mut ada = in_the_dark(site).await;
        ada.submit("Continue", &[("answer", "lift")]).await;
        ada.follow("Change Way").await;
        let mut other = ada.other_window();
        other.submit("Continue", &[("answer", "stairs")]).await;
        ada.submit("Take this answer back", &[]).await.has_status(409).says("You took the answer back; that is not stored yet.");
        assert_eq!(site.stored(ada.page()).await.statements.len(), 1);
        ada.submit("Take this answer back", &[]).await.has_status(200);
        assert_eq!(ada.page().heading(), "Which way did you come?");
        assert!(site.stored(ada.page()).await.statements.is_empty());
    })
    .await;
}

#[tokio::test]
async fn the_same_answer_twice_and_an_answer_beside_another_change_are_stored() {
    on_both(async |site: &Site| {
        let mut ada = in_the_dark(site).await;
        let mut other = ada.other_window();
        ada.submit("Continue", &[("answer", "lift")]).await;
        other.submit("Continue", &[("answer", "lift")]).await.has_status(200);
        assert_eq!(other.page().heading(), "On which floor are you?");

        ada.submit("Continue", &[("answer", "12")]).await;
        other.follow("Change Way").await;
        ada.follow("Change Floor").await;
        ada.submit("Continue", &[("answer", "3")]).await;
        other.submit("Continue", &[("answer", "stairs")]).await.has_status(200);
        assert_eq!(other.page().heading(), "Are the stairs steep?");
    })
    .await;
}

#[tokio::test]
async fn an_answer_off_the_path_is_refused_with_the_way_on() {
    on_both(async |site: &Site| {
        let mut ada = in_the_dark(site).await;
        ada.submit("Continue", &[("answer", "lift")]).await;
        let mut other = ada.other_window();
        ada.follow("Change Way").await;
        ada.submit("Continue", &[("answer", "stairs")]).await;
        let before = site.stored(ada.page()).await;

        other.submit("Continue", &[("answer", "3")]).await.has_status(409).says("is not on the path of this diagnosis any more").says("Nothing was stored.");
        let path = other.page().path.clone();
        other.get(&path).await.has_status(409);
        other.follow("Go on where the diagnosis stands").await.has_status(200);
        assert_eq!(other.page().heading(), "Are the stairs steep?");
        assert_eq!(site.stored(ada.page()).await, before);

        let diagnosis = ada.page().path.clone();
        ada.post(&format!("{diagnosis}/outcomes/bulb"), &[("fixed", "yes")]).await.has_status(409).says("Nothing was stored.");
        ada.get(&format!("{diagnosis}/outcomes/bulb")).await.has_status(409);
        for nowhere in ["questions/nothing", "questions/bulb", "questions/other.way", "outcomes/way", "outcomes/nothing"] {
            ada.get(&format!("{diagnosis}/{nowhere}")).await.has_status(404);
            ada.post(&format!("{diagnosis}/{nowhere}"), &[("fixed", "yes"), ("answer", "3")]).await.has_status(404);
        }
    })
    .await;
}

#[tokio::test]
async fn back_leads_to_the_question_before() {
    on_both(async |site: &Site| {
        let mut ada = in_the_dark(site).await;
        ada.page().says("question 1 of 2 at most");
        ada.submit("Continue", &[("answer", "lift")]).await.says("question 2 of 2 at most");
        ada.follow("Back to “Way”").await.says("question 1 of 2 at most");
        assert_eq!((ada.page().heading(), ada.page().value("answer")), ("Which way did you come?".to_owned(), "lift".to_owned()));
        ada.follow("Back to the guide").await.goes_to("/guides/detour");
    })
    .await;
}

#[tokio::test]
async fn the_number_of_questions_at_most_never_grows() {
    on_both(async |site: &Site| {
        let mut ada = site.visitor();
        ada.get("/guides/extension-not-loaded").await;
        ada.submit("Start", &[]).await;
        let mut most = usize::MAX;
        while ada.page().has_button("I don’t know") {
            let kicker = ada.page().text().split("question ").nth(1).unwrap().to_owned();
            let mut numbers = kicker.split_whitespace().filter_map(|word| word.parse::<usize>().ok());
            let (number, now) = (numbers.next().unwrap(), numbers.next().unwrap());
            assert!(number <= now && now <= most, "question {number} of {now}, after {most}: {}", ada.page().heading());
            most = now;
            ada.does_not_know().await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_walk_that_jumps_asks_in_the_other_guide() {
    on_both(async |site: &Site| {
        site.publish(&tree("detour")).await;
        site.publish(&tree("elsewhere")).await;
        let mut ada = site.visitor();
        ada.get("/guides/elsewhere").await;
        ada.submit("Start", &[]).await;
        ada.submit("Continue", &[("answer", "lamp")]).await;
        assert_eq!(ada.page().heading(), "Which way did you come?");
        ada.submit("Continue", &[("answer", "stairs")]).await;
        ada.follow("Change Way").await.says("By the stairs");
        assert!(ada.page().path.ends_with("/questions/detour.way"), "{}", ada.page().path);
        ada.submit("Continue", &[("answer", "lift")]).await;
        ada.submit("Continue", &[("answer", "11")]).await;
        assert_eq!(ada.page().heading(), "Change the fuse");
        ada.submit("Yes", &[]).await.says("Solved");
    })
    .await;
}
