use super::*;
use crate::tree::condition::testing::World;
use crate::tree::file;

/// A tree on the ladder of the tests, with a question of each kind.
const TREE: &str = include_str!("../../../../tests/browser/trees/every-kind.yaml");

fn options() -> Vec<Choice> {
    let option = |key: &str, label: &str| Choice { key: key.to_owned(), label: label.to_owned(), hint: None };
    vec![option("slow", "It is slow"), option("gone", "Nothing is there")]
}

/// What is stored, or what a person reads.
fn said(ask: Ask, fact: &str, written: &str) -> Result<String, String> {
    let (world, options) = (World::new(), options());
    let mut tree = file::read(TREE).unwrap();
    tree.ladder = "exchange".to_owned();
    tree.nodes.clear();
    let asked = Asked { fact, ask, options: &options };
    condition(written, &Known { asked: Some(&asked), tree: &tree, ladders: world.ladders() })
        .map(|condition| condition.to_string())
        .map_err(|refusal| refusal.text)
}

#[test]
fn a_branch_may_be_written_as_answers_to_its_question() {
    for (ask, written, full) in [
        (Ask::YesNo, "No", "mail = no"),
        (Ask::YesNo, "not yes", "not mail = yes"),
        (Ask::YesNo, "mail = yes", "mail = yes"),
        (Ask::YesNo, "mail is No", "mail = no"),
        (Ask::Choice, "mail = It is slow", "mail = slow"),
        (Ask::Choice, "it is slow", "mail = slow"),
        (Ask::Choice, "“It is slow” or GONE", ""),
        (Ask::Choice, "“It is slow” or gone", "mail = slow or mail = gone"),
        (Ask::Choices, "slow", "mail has slow"),
        (Ask::Text, "contains \"a phrase\"", "mail(contains \"a phrase\")"),
        (Ask::Text, "\"a phrase\"", "mail(contains \"a phrase\")"),
        (Ask::Text, "“a” or not “b”", "mail(contains \"a\" or not contains \"b\")"),
        (Ask::Text, "text contains \"a phrase\"", "mail(contains \"a phrase\")"),
        (Ask::Text, "the mail contains \"a\" and mail contains \"b\"", "mail(contains \"a\" and contains \"b\")"),
        (Ask::Text, "error contains \"a phrase\"", "mail(contains \"a phrase\")"),
        (Ask::Servers, "some server is 5.5", "some server is 5.5"),
    ] {
        assert_eq!(said(ask, "mail", written).unwrap_or_default(), full, "{written}");
    }
}

#[test]
fn what_is_close_to_a_condition_is_put_right_literally() {
    for (ask, written, wanted) in [
        (Ask::YesNo, "mail isn't No", "mail != no"),
        (Ask::Choice, "mail != It is slow", "mail != slow"),
        (Ask::Choice, "mail is not \"Nothing is there\"", "mail != gone"),
        (Ask::Choices, "mail includes slow", "mail has slow"),
        (Ask::Text, "host unreachable", "mail(contains \"host unreachable\")"),
        (Ask::Text, "contains host unreachable", "mail(contains \"host unreachable\")"),
        (Ask::Text, "contins \"x\"", "mail(contains \"x\")"),
        (Ask::Servers, "some server that are 5.5 below SP3", "some server is 5.5 below SP3"),
        (Ask::Servers, "all the servers are 2000", "every server is 2000"),
        (Ask::Servers, "The servers are below 5.5 sp 3", "some server is 5.5 below SP3"),
        (Ask::Servers, "5.5 SP2 or older", "some server is 5.5 at most SP2"),
        (Ask::Servers, "evry server is 5.5", "every server is 5.5"),
    ] {
        let read = said(ask, if ask == Ask::Servers { "servers" } else { "mail" }, written).unwrap_err();
        assert!(read.ends_with(&format!(" Write “{wanted}”.")), "{written}: {read}");
        assert!(!read.contains("line 1"), "{read}");
    }
}

#[test]
fn what_cannot_be_guessed_is_answered_with_its_place_and_examples_of_the_question() {
    for (ask, written, wanted) in [
        (
            Ask::YesNo,
            "perhaps",
            "Something is missing after “perhaps”. What fits there is a comparison, “is”, “has” or “(” after “perhaps”. Write for example “yes” or “no”.",
        ),
        (
            Ask::Choice,
            ")",
            "“)” does not fit at the beginning. What fits there is what is tested: “some server”, “every server”, “text”, or what a question asks. Write for example “It is slow” or “Nothing is there”.",
        ),
        (
            Ask::Text,
            "contains \"a\" and and",
            "“and” does not fit after “contains \"a\" and”. What fits there is a test of the text. Write for example “contains \"a phrase\"”.",
        ),
    ] {
        assert_eq!(said(ask, "mail", written).unwrap_err(), wanted, "{written}");
    }
    let servers = said(Ask::Servers, "servers", "some server is").unwrap_err();
    assert!(
        servers.starts_with("Something is missing after “some server is”. What fits there is a version of the product. Write for example “some server is "),
        "{servers}"
    );
    let example = servers.rsplit('“').next().unwrap().trim_end_matches("”.");
    assert!(said(Ask::Servers, "servers", example).is_ok(), "{example} cannot be read itself");
    assert!(said(Ask::YesNo, "mail", "Don’t know").unwrap_err().contains("goes where “If not known” leads"));
}

#[test]
fn selections_are_answered_with_the_text_to_write() {
    let world = World::new();
    let mut tree = file::read(TREE).unwrap();
    tree.ladder = "exchange".to_owned();
    let known = Known { asked: None, tree: &tree, ladders: world.ladders() };
    for (written, wanted) in [
        ("{servers that are 5.5 below SP3}", "Write “{servers: is 5.5 below SP3}”."),
        ("{the servers which are below 5.5 SP3}", "Write “{servers: is 5.5 below SP3}”."),
        ("{servers 5.5}", "Write “{servers: is 5.5}”."),
        ("{the levels of servers}", "Write “{levels of servers}”."),
        ("{servers: is}", "Something is missing after “servers: is”. What fits there is a version of the product. Write for example “{servers: is "),
        ("{servers", "At “{servers”: this brace is not closed."),
    ] {
        let text = format!("Look at {{{{these}}}}, {{servers}} and {written}");
        let error = crate::tree::wording::Wording::parse(&text).unwrap_err();
        let refusal = wording(&text, &error, &known);
        assert!(refusal.text.contains(wanted), "{written}: {}", refusal.text);
    }
    let text = "Upgrade {the servers that are below SP3}";
    let refusal = wording(text, &crate::tree::wording::Wording::parse(text).unwrap_err(), &known);
    let (_, selection) = refusal.text.rsplit_once("Write “").unwrap();
    assert!(selection.starts_with("{servers: is ") && selection.ends_with(" below SP3}”."), "{}", refusal.text);
    assert_eq!(refusal.brief, "The selection “the servers that are below SP3” cannot be read.");
}
