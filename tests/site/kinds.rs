//! Every kind of question: how it asks, what it takes, what it refuses, and how the answer is shown.

use fixpath::tree::fact::Value;

use crate::page::Page;
use crate::site::{Site, on_both, tree};
use crate::visitor::Visitor;

/// Walks the guide "Every kind of question" up to the question `to`, without answering anything.
pub async fn at<'a>(site: &'a Site, to: &str) -> Visitor<'a> {
    site.publish(&tree("kinds")).await;
    let mut ada = site.visitor();
    ada.get("/guides/kinds").await;
    ada.submit("Start", &[]).await;
    while ada.page().heading() != to {
        ada.does_not_know().await.has_status(200);
        assert!(ada.page().has_button("I don’t know"), "no question \"{to}\" was asked");
    }
    ada
}

/// The value that is stored for `key`.
pub async fn value(site: &Site, page: &Page, key: &str) -> Option<Value> {
    let stored = site.stored(page).await;
    let statement = stored.statements.iter().find(|statement| statement.key.as_str() == key);
    statement.unwrap_or_else(|| panic!("nothing is stored about {key}")).value.clone()
}

async fn says_nothing(site: &Site, page: &Page, key: &str) -> bool {
    !site.stored(page).await.statements.iter().any(|statement| statement.key.as_str() == key)
}

#[tokio::test]
async fn a_choice_takes_one_option_and_shows_its_label() {
    on_both(async |site: &Site| {
        let mut ada = at(site, "Which colour has the lamp?").await;
        ada.page().says("Deep red").says("like a rose").says("It is above the door.").says("Ask whoever sits near it.");
        ada.submit("Continue", &[]).await.has_status(422);
        assert_eq!(ada.page().field_error("answer"), "Choose an answer, or press \"I don't know\".");
        assert!(ada.page().title().starts_with("Error: "));
        assert!(says_nothing(site, ada.page(), "kinds.colour").await);

        ada.submit("Continue", &[("answer", "red")]).await.has_status(200);
        ada.page().says("Colour of the lamp Deep red your answer");
        assert_eq!(value(site, ada.page(), "kinds.colour").await, Some(Value::Choice("red".to_owned())));
        ada.follow("Change Colour of the lamp").await;
        assert_eq!(ada.page().value("answer"), "red");
    })
    .await;
}

#[tokio::test]
async fn several_choices_take_any_number_and_none_is_an_answer_too() {
    on_both(async |site: &Site| {
        let mut ada = at(site, "Which signs are there?").await;
        ada.submit("Continue", &[("answer", "smoke"), ("answer", "smell")]).await;
        ada.page().says("Signs Smoke Smell your answer");
        ada.follow("Change Signs").await;
        assert_eq!(ada.page().values("answer"), ["smoke", "smell"]);
        ada.submit("Continue", &[("-answer", "smoke"), ("-answer", "smell")]).await.says("Signs none of them your answer");
        assert_eq!(value(site, ada.page(), "kinds.signs").await, Some(Value::Choices(Default::default())));
    })
    .await;
}

#[tokio::test]
async fn yes_no_stores_a_truth_value_and_dont_know_is_kept_apart_from_no() {
    on_both(async |site: &Site| {
        let mut ada = at(site, "Is it loud?").await;
        ada.submit("Continue", &[("answer", "no")]).await.says("Loud no your answer");
        assert_eq!(value(site, ada.page(), "kinds.loud").await, Some(Value::YesNo(false)));
        ada.follow("Change Loud").await;
        ada.does_not_know().await.says("Loud not known you don't know it");
        assert_eq!(value(site, ada.page(), "kinds.loud").await, None);
        ada.follow("Change Loud").await;
        assert_eq!(ada.page().value("answer"), "");
    })
    .await;
}

#[tokio::test]
async fn a_text_of_the_trees_own_is_one_line() {
    on_both(async |site: &Site| {
        let mut ada = at(site, "What do you call it?").await;
        ada.submit("Continue", &[("answer", "  ")]).await.has_status(422).field_error("answer");
        ada.submit("Continue", &[("answer", "Old \"Bess\" & co")]).await.says("Nickname Old \"Bess\" & co your answer");
        ada.follow("Change Nickname").await;
        assert_eq!(ada.page().value("answer"), "Old \"Bess\" & co");
    })
    .await;
}

#[tokio::test]
async fn messages_are_one_or_more_or_none() {
    on_both(async |site: &Site| {
        let mut ada = at(site, "What does it say?").await;
        ada.submit("Continue", &[]).await.has_status(422).field_error("text-1");
        ada.submit("Add another message", &[("text-1", "First\nline")]).await.has_status(200);
        assert_eq!(ada.page().value("text-1"), "First\nline");
        assert!(says_nothing(site, ada.page(), "text").await);
        ada.submit("Continue", &[("text-2", "\nSecond"), ("none", "1")]).await.has_status(422).field_error("none");
        assert_eq!((ada.page().value("text-1"), ada.page().value("text-2")), ("First\nline".to_owned(), "\nSecond".to_owned()));
        ada.submit("Continue", &[("-none", "1")]).await.has_status(200);
        assert_eq!(value(site, ada.page(), "text").await, Some(Value::Messages(vec!["First\nline".to_owned(), "\nSecond".to_owned()])));
        ada.follow("Change Message").await;
        ada.submit("Continue", &[("text-1", ""), ("text-2", ""), ("none", "1")]).await.says("Message no message is shown your answer");
        assert_eq!(value(site, ada.page(), "text").await, Some(Value::Messages(Vec::new())));
    })
    .await;
}

#[tokio::test]
async fn events_have_a_number_a_source_and_a_text_each_of_which_may_be_missing() {
    on_both(async |site: &Site| {
        let mut ada = at(site, "What does the log say?").await;
        ada.submit("Continue", &[]).await.has_status(422).field_error("id-1");
        ada.submit("Continue", &[("id-1", "20x7"), ("source-1", "MSExchangeSA"), ("text-1", "It\nfell")]).await.has_status(422);
        assert!(ada.page().field_error("id-1").contains("such as 2037"));
        assert_eq!([ada.page().value("id-1"), ada.page().value("source-1"), ada.page().value("text-1")], ["20x7", "MSExchangeSA", "It\nfell"]);
        ada.submit("Add another event", &[("id-1", "2037")]).await.has_status(200);
        ada.submit("Continue", &[("source-2", &"s".repeat(256))]).await.has_status(422).field_error("source-2");
        ada.submit("Continue", &[("source-2", "System Attendant")]).await.has_status(200);
        ada.page().says("2037 MSExchangeSA It fell").says("event System Attendant");
        ada.follow("Change Event").await;
        assert_eq!([ada.page().value("id-2"), ada.page().value("source-2")], ["", "System Attendant"]);
        let cleared = [("id-1", ""), ("source-1", ""), ("text-1", ""), ("source-2", ""), ("none", "1")];
        ada.submit("Continue", &cleared).await.says("no such event is logged");
        assert_eq!(value(site, ada.page(), "events").await, Some(Value::Events(Vec::new())));
    })
    .await;
}

#[tokio::test]
async fn a_number_is_held_against_its_limits() {
    on_both(async |site: &Site| {
        let mut ada = at(site, "How long is the queue?").await;
        ada.page().says("Your answer in messages");
        for (typed, said) in
            [("", "in digits"), ("many", "in digits"), ("NaN", "Give a number"), ("-1", "at least 0 messages"), ("1001", "at most 1000 messages")]
        {
            ada.submit("Continue", &[("answer", typed)]).await.has_status(422);
            assert!(ada.page().field_error("answer").contains(said), "{typed}: {}", ada.page().field_error("answer"));
            assert_eq!(ada.page().value("answer"), typed);
        }
        ada.submit("Continue", &[("answer", "12,5")]).await.says("Queue 12.5 messages your answer");
        assert_eq!(value(site, ada.page(), "kinds.queue").await, Some(Value::Number(12.5)));
    })
    .await;
}

#[tokio::test]
async fn a_code_is_taken_in_any_notation_and_shown_as_it_was_written() {
    on_both(async |site: &Site| {
        let mut ada = at(site, "Which code does the report have?").await;
        ada.submit("Continue", &[("answer", "no code")]).await.has_status(422).field_error("answer");
        assert_eq!(ada.page().value("answer"), "no code");
        ada.submit("Continue", &[("answer", "c1030ad1")]).await.says("Code of the report c1030ad1 your answer");
        ada.follow("Change Code of the report").await;
        assert_eq!(ada.page().value("answer"), "c1030ad1");
    })
    .await;
}

#[tokio::test]
async fn one_machine_needs_no_name_and_is_not_called_a_server() {
    on_both(async |site: &Site| {
        let mut ada = at(site, "Which version has the Administrator program?").await;
        ada.page().does_not_say("Server 1").says("Name of the machine").says("Version and service pack of the machine");
        assert!(!ada.page().has_button("Add a server") && !ada.page().has_text("There are more"));
        ada.submit("Continue", &[("name-1", "ADMIN1")]).await.has_status(422);
        assert_eq!(ada.page().field_error("level-1"), "Choose a version and service pack, or \"I don't know\".");
        assert_eq!(ada.page().value("name-1"), "ADMIN1");
        assert!(ada.page().options("level-1").contains(&"5.0".to_owned()), "a family without its service pack can be said of one machine");
        ada.submit("Continue", &[("name-1", ""), ("level-1", "5.5 SP4")]).await.says("Administrator machine 5.5 SP4 your answer");
    })
    .await;
}

#[tokio::test]
async fn more_than_twenty_levels_are_typed_and_reported_at_their_cell() {
    on_both(async |site: &Site| {
        let mut ada = at(site, "Which clients are there?").await;
        ada.page().does_not_say("server 1").does_not_say("Server 1").says("Client 1 name").says("There are more clients than these");
        let suggestions = ada.page().with_id("level-list").expect("there are no suggestions").named(&["option"]).len();
        assert!(suggestions > 300, "{suggestions}");
        ada.submit("Continue", &[("name-1", "PC1"), ("level-1", ""), ("name-2", "PC2"), ("level-2", "Exchange 9 SP9")]).await.has_status(422);
        assert!(ada.page().field_error("level-1").contains("PC1: enter a version"), "{}", ada.page().field_error("level-1"));
        ada.submit("Continue", &[("level-1", "?")]).await.has_status(422);
        assert!(ada.page().field_error("level-2").starts_with("PC2: \"Exchange 9 SP9\" is no version"), "{}", ada.page().field_error("level-2"));
        assert_eq!((ada.page().value("level-1"), ada.page().value("level-2")), ("?".to_owned(), "Exchange 9 SP9".to_owned()));

        ada.submit("Continue", &[("level-2", "exchange server 5.5 service pack 3"), ("name-3", "PC3"), ("level-3", "5.5.2653.23")]).await.has_status(200);
        ada.page().says("PC1 version not known").says("PC2 5.5 SP3").says("PC3 build 5.5.2653.23");
        ada.follow("Change Clients").await;
        assert_eq!([ada.page().value("level-1"), ada.page().value("level-2"), ada.page().value("level-3")], ["?", "5.5 SP3", "5.5.2653.23"]);
    })
    .await;
}

#[tokio::test]
async fn the_outcome_prints_every_answer() {
    on_both(async |site: &Site| {
        let mut ada = at(site, "Which colour has the lamp?").await;
        ada.submit("Continue", &[("answer", "green")]).await;
        ada.submit("Continue", &[("answer", "noise"), ("answer", "smell")]).await;
        ada.submit("Continue", &[("answer", "yes")]).await;
        ada.submit("Continue", &[("answer", "Bess")]).await;
        ada.submit("Continue", &[("text-1", "Hello")]).await;
        ada.submit("Continue", &[("id-1", "7")]).await;
        ada.submit(
            "Continue",
            &[("name-1", "EX01"), ("level-1", "5.0 SP1"), ("roles-1", "ims"), ("history-1", "?"), ("name-2", "EX02"), ("level-2", "5.5 SP4")],
        )
        .await;
        ada.submit("Continue", &[("name-1", "PC1"), ("level-1", "5.5")]).await;
        ada.submit("Continue", &[("name-1", "ADMIN1"), ("level-1", "5.0")]).await;
        ada.submit("Continue", &[("answer", "30")]).await;
        ada.submit("Continue", &[("answer", "-528")]).await;
        assert_eq!(ada.page().heading(), "Look after EX01 and EX02 and PC1");
        ada.page().says("The lamp is Green, the signs are Noise and Smell, it is called Bess, and ADMIN1 is near.");
        ada.page().says("Loud: yes. Queue: 30. Code: -528.").says("Look at EX01").says("ping EX01 ping EX02").says("While EX01 can wait.");
    })
    .await;
}

#[tokio::test]
async fn nothing_known_leaves_labelled_blanks() {
    on_both(async |site: &Site| {
        let mut ada = at(site, "Which code does the report have?").await;
        ada.does_not_know().await;
        ada.page().says("Look after [the servers, which you have not named] and [the clients, which you have not named]").says("ping <SERVER>");
        ada.page().says("Replace <SERVER> yourself");
    })
    .await;
}
