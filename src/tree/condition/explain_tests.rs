use serde_json::json;

use super::testing::{SLUG, World};
use super::*;
use crate::tree::fact::{Row, Rows, Value};
use crate::tree::model::Choice;

fn condition(text: &str) -> Condition {
    Condition::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn undecided(world: &World, text: &str) -> Vec<String> {
    world.look(|facts| condition(text).undecided(facts)).iter().map(ToString::to_string).collect()
}

fn reason(world: &World, text: &str) -> Vec<String> {
    let truth = world.truth(text);
    world.look(|facts| condition(text).reason(facts, truth)).iter().map(ToString::to_string).collect()
}

#[test]
fn facts_are_listed_in_reading_order() {
    let all = condition("some server a (sender.level < a.level and share = x) and (text(contains \"x\") or event(id 1) or code(5)) and share = y and admin is 5.0 and other-tree.note(contains \"x\") and no client is 5.0").facts(SLUG);
    let names: Vec<&str> = all.iter().map(crate::tree::fact::FactKey::as_str).collect();
    assert_eq!(names, ["servers", "tree.sender", "tree.share", "text", "events", "codes", "admin", "other-tree.note", "clients"]);
}

#[test]
fn only_facts_that_can_still_decide_are_undecided() {
    let nothing = World::new();
    let some = World::new().choice("one", "a").not_known("shrug");
    for (world, text, expected) in [
        (&nothing, "one = a and two = b", vec!["tree.one", "tree.two"]),
        (&nothing, "some server a (level < sender.level) or admin is 5.0", vec!["servers", "tree.sender", "admin"]),
        (&some, "one = a and two = b", vec!["tree.two"]),
        (&some, "one = b and two = b", vec![]),
        (&some, "one = a or two = b", vec![]),
        (&some, "(one = b or two = b) and (one = a or three = c)", vec!["tree.two"]),
        (&some, "shrug = a and two = b", vec!["tree.two"]),
        (&some, "shrug = a", vec![]),
        (&some, "(shrug = a or two = b) and shrug = c", vec![]),
        (&some, "not (shrug = a or two = b)", vec!["tree.two"]),
        (&World::new().servers(&[""]), "some server is 5.0 and two = b", vec!["tree.two"]),
        (&World::new().servers(&[""]), "some server is 5.0", vec![]),
        (&World::new().servers(&["5.0"]), "some server (is 5.0 and two = b)", vec!["tree.two"]),
        (&World::new().servers(&["5.5"]), "some server (is 5.0 and two = b)", vec![]),
        (&World::new().servers(&["5.5"]), "count(server where one = a: is 5.5) = 1", vec!["tree.one"]),
        (&World::new().servers(&["5.5"]), "some server a (some client level < a.level)", vec!["clients"]),
        (&World::new().servers_and_more(&["5.5"]), "every server is 5.5", vec![]),
        (&World::new().not_known("servers"), "some server (is 5.0 and two = b)", vec![]),
    ] {
        assert_eq!(undecided(world, text), expected, "{text}");
    }
}

#[test]
fn reasons_are_the_smallest_deciding_parts() {
    let world = World::new().choice("one", "a").choice("two", "b").servers(&["5.0", "5.5"]);
    for (text, expected) in [
        ("one = a and two = b", vec!["one = a", "two = b"]),
        ("one = x and (two = x or one = y)", vec!["one = x"]),
        ("(one = x or two = x) and some server is 4.0", vec!["some server is 4.0"]),
        ("(one = a and two = b) or some server is 5.5", vec!["some server is 5.5"]),
        ("one = x or two = x", vec!["one = x", "two = x"]),
        ("not (one = x or two = x)", vec!["not one = x", "not two = x"]),
        ("not (one = a and two = b)", vec!["not one = a", "not two = b"]),
        ("not not one = a", vec!["one = a"]),
        ("some server is behind or one = x", vec!["some server is behind"]),
        ("no server is behind and one = a", vec!["no server is behind"]),
        ("every server where is 5.0: is 5.0", vec!["every server where is 5.0: is 5.0"]),
        ("three = c and one = x", vec!["one = x"]),
        ("three = c", vec![]),
    ] {
        assert_eq!(reason(&world, text), expected, "{text}");
    }
    let wrong = world.look(|facts| condition("one = a").reason(facts, Truth::False));
    assert!(wrong.is_empty(), "the condition is not false");
}

#[test]
fn sentences_are_english() {
    let words = |fact: &str, option: Option<&str>| match (fact, option) {
        ("share", None) => Some("File and share".to_owned()),
        ("share", Some("missing")) => Some("The share is missing".to_owned()),
        _ => None,
    };
    for (text, sentence) in [
        (
            "some server is 5.0 SP2 and every server is 5.0 and some server is 5.0 below SP2",
            "some server runs 5.0 SP2, every server runs 5.0, and some server is below 5.0 SP2",
        ),
        (
            "some server (is 5.0 SP2 and did(add to site) and every other server is 5.0 below SP2)",
            "some server runs 5.0 SP2 and was added to the site, and every other server is below 5.0 SP2",
        ),
        ("some server a (is 5.0 SP2 and every server in others(a) is 5.0)", "some server a runs 5.0 SP2, and every other server runs 5.0"),
        ("every server where role has bridgehead: (is 5.0 or is 5.5)", "every server that has the role bridgehead either runs 5.0 or runs 5.5"),
        ("no server is 5.5 at least SP3", "no server is at or above 5.5 SP3"),
        ("not some server is 5.5", "no server runs 5.5"),
        ("some server not is 5.5", "some server does not run 5.5"),
        ("not every server is 5.5", "not every server runs 5.5"),
        ("not admin older than 5.5", "the Administrator program is not older than 5.5"),
        ("some server a (some client level < a.level)", "some server a is such that some client has a lower level than server a"),
        ("count(server is 5.5) >= 2", "for at least 2 of the servers it holds that the server runs 5.5"),
        ("some server os is \"NT 4.0\" below SP4", "some server runs a Windows that is below NT 4.0 SP4"),
        (
            "some server (file(\"Store.exe\") >= 5.5.2651.32 and not hotfix(Q1))",
            "some server has Store.exe at or above 5.5.2651.32 and does not have the hotfix Q1",
        ),
        ("some server did(apply 5.5 SP1)", "some server had 5.5 SP1 applied"),
        ("some server is behind", "some server is behind the updates that have come out"),
        ("not admin is behind", "the Administrator program is not behind the updates that have come out"),
        (
            "every server (is on an ended line or newer than known)",
            "every server either is on a line that gets no more updates or is newer than every level that is known",
        ),
        ("no server is in an ended family", "no server is in a family that gets no more updates"),
        ("some server os is behind", "some server runs a Windows that is behind the updates that have come out"),
        ("share = missing", "“File and share” is “The share is missing”"),
        ("not share = missing and queue >= 100", "“File and share” is not “The share is missing” and “queue” is at least 100"),
        ("text(contains \"file replication\" and not code c10312c6)", "a message contains “file replication” and does not show the code c10312c6"),
        ("not event(source MSExchangeSA and id 2037)", "no event comes from MSExchangeSA and has the number 2037"),
        ("share = missing or code(-528)", "either “File and share” is “The share is missing” or the code -528 was reported"),
    ] {
        assert_eq!(condition(text).sentence(&words), sentence, "{text}");
    }
}

#[test]
fn problems_name_what_means_nothing() {
    let options = [Choice { key: "missing".to_owned(), label: "Missing".to_owned(), hint: None }];
    let kind = |name: &str| match name {
        "share" => Some(FactKind::Choice(&options)),
        "signs" => Some(FactKind::Choices(&options)),
        "groupshield" => Some(FactKind::YesNo),
        "queue" => Some(FactKind::Number),
        "ndr" => Some(FactKind::Code),
        "note" => Some(FactKind::Text),
        "sender" => Some(FactKind::Subject),
        _ => None,
    };
    let world = World::new();
    let scope = Scope { slug: SLUG, ladders: world.ladders(), ladder: "exchange", kind: &kind };
    for text in [
        "some server a (is 5.0 SP2 and every server in others(a) level < a.level)",
        "share = missing and signs has missing and groupshield = yes and queue >= 1.5 and ndr = 0x1 and note(contains \"x\") and sender.level < admin.level",
        "some server (did(apply 5.5 SP1) and os is \"NT 4.0\" SP4)",
        "text(contains \"x\") and event(id 1) and code(1)",
    ] {
        assert_eq!(condition(text).problems(&scope), Vec::<String>::new(), "{text}");
    }
    for (text, expected) in [
        ("some server is 6.0", "no family \"6.0\"; it has 4.0, 5.0, 5.5"),
        ("some server is 5.0 SP3", "no level \"SP3\"; it has RTM, SP1, SP2"),
        ("some server os is 5.0", "The ladder \"windows\" has no family \"5.0\""),
        ("some server did(apply 5.5 SP9)", "no level \"SP9\""),
        ("nothing = x", "No question sets the fact \"nothing\""),
        ("share > missing", "\"share\" is one of several options"),
        ("share has missing", "\"share\" is one of several options"),
        ("signs = missing", "a set of options"),
        ("share = there", "no option \"there\"; it has missing"),
        ("groupshield = maybe", "yes or no"),
        ("queue = many", "a number"),
        ("ndr = nonsense", "an error code"),
        ("note is 5.5", "\"note\" is a text"),
        ("sender = x", "\"sender\" is a machine"),
        ("share(contains \"x\")", "one of several options"),
        ("is 5.0", "stands outside a row"),
        ("some other server is 5.0", "which row the others are other than"),
        ("some server in others(b) is 5.0", "\"others(b)\" names no row"),
        ("some server (b.level = c.level)", "\"b\" is neither the name of a row"),
        ("some server a (some client a is 5.0)", "given to two rows"),
        ("some server os is on an ended line", "The ladder \"windows\" has no security updates"),
        ("is behind", "stands outside a row"),
    ] {
        let problems = condition(text).problems(&scope);
        assert_eq!(problems.len(), if text.contains("b.level") { 2 } else { 1 }, "{text}: {problems:?}");
        assert!(problems.first().is_some_and(|problem| problem.contains(expected)), "{text}: {problems:?}");
    }
    let elsewhere = Scope { ladder: "nowhere", ..scope };
    for text in ["some server is 5.0", "some server is behind", "some server is on an ended line", "some server newer than known"] {
        assert_eq!(condition(text).problems(&elsewhere), ["There is no ladder \"nowhere\"."], "{text}");
    }
    for text in ["levels of servers", "ladder date", "ladder date of 2019"] {
        assert_eq!(Selection::parse(text).unwrap().problems(&elsewhere), ["There is no ladder \"nowhere\"."], "{text}");
    }
    let selected = |text: &str| Selection::parse(text).unwrap().problems(&scope);
    assert!(selected("levels of servers: is behind").is_empty() && selected("ladder date of 2019").is_empty() && selected("ladder date").is_empty());
    assert!(selected("levels of servers: is 5.0 SP7").len() == 1 && selected("ladder date of 2020").len() == 1);
    assert!(selected("servers: is 5.0 below SP2").is_empty() && selected("share").is_empty() && selected("admin").is_empty());
    assert!(selected("servers: is 5.0 SP7").len() == 1 && selected("nothing").len() == 1);
}

#[test]
fn selections_keep_the_unknown_visible() {
    let world = World::new()
        .rows("servers", json!([{"name": "EX01", "version": "5.0"}, {"name": "EX02"}, {"version": "5.0 SP1"}, {"name": "EX04", "version": "5.5"}]))
        .subject("restored", json!({"name": "EX09"}))
        .choice("share", "missing");
    let select = |text: &str| world.look(|facts| Selection::parse(text).unwrap().select(facts));
    let rows = |names: &[&str], maybe: &[&str], known| Selected::Rows {
        names: names.iter().map(|&name| name.to_owned()).collect(),
        maybe: maybe.iter().map(|&name| name.to_owned()).collect(),
        known,
    };
    assert_eq!(select("servers: is 5.0 below SP2"), rows(&["EX01", "server 3"], &["EX02"], true));
    assert_eq!(select("servers"), rows(&["EX01", "EX02", "server 3", "EX04"], &[], true));
    assert_eq!(select("clients"), rows(&[], &[], false));
    assert_eq!(select("restored"), Selected::Subject(Some("EX09".to_owned())));
    assert_eq!(select("admin"), Selected::Subject(None));
    assert_eq!(select("share"), Selected::Value(Some(Value::Choice("missing".to_owned()))));
    assert_eq!(select("queue"), Selected::Value(None));
    let nobody = World::new().with("servers", Value::Rows(Rows { rows: vec![Row::default()], more: false }));
    assert_eq!(nobody.look(|facts| Selection::parse("servers").unwrap().select(facts)), rows(&["server 1"], &[], true));
}
