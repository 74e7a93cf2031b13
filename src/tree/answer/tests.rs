use serde_json::json;

use super::*;
use crate::tree::condition::testing::World;

fn reading(kind: Kind<'_>, json: &Json) -> Result<Value, String> {
    read(kind, json, World::new().ladders(), "exchange")
        .map_err(|problems| problems.iter().map(|problem| problem.message.clone()).collect::<Vec<_>>().join(" "))
}

fn options() -> Vec<Choice> {
    ["there", "missing"].map(|key| Choice { key: key.to_owned(), label: key.to_owned(), hint: None }).into()
}

#[test]
fn values_are_read_by_the_kind_of_their_fact() {
    let options = options();
    for (kind, json, expected) in [
        (Kind::YesNo, json!(true), Value::YesNo(true)),
        (Kind::YesNo, json!("no"), Value::YesNo(false)),
        (Kind::Choice(&options), json!("there"), Value::Choice("there".to_owned())),
        (Kind::Choices(&options), json!([]), Value::Choices(BTreeSet::new())),
        (Kind::Number(None), json!(5), Value::Number(5.0)),
        (Kind::Code, json!(-528), Value::Code(Code::parse("-528").unwrap())),
        (Kind::Text, json!(" a "), Value::Text(" a ".to_owned())),
        (Kind::Messages, json!("a"), Value::Messages(vec!["a".to_owned()])),
        (Kind::Events, json!({"id": 1, "source": " S ", "text": " "}), Value::Events(vec![Event { id: Some(1), source: Some("S".to_owned()), text: None }])),
    ] {
        assert_eq!(reading(kind, &json), Ok(expected), "{json}");
    }
}

#[test]
fn what_does_not_fit_is_refused_with_what_to_give() {
    let options = options();
    let limits = NumberLimits { min: Some(1.0), max: Some(9.0), unit: Some("MB".to_owned()) };
    let long = "x".repeat(MAX_TEXT + 1);
    for (kind, json, expected) in [
        (Kind::YesNo, json!("perhaps"), "Give true or false"),
        (Kind::Choice(&options), json!("lost"), "\"lost\" is not one of the options: there, missing."),
        (Kind::Choice(&options), json!(["there"]), "in quotes"),
        (Kind::Choices(&options), json!("there"), "a list of option keys"),
        (Kind::Number(Some(&limits)), json!(0), "at least 1 MB"),
        (Kind::Number(Some(&limits)), json!(10), "at most 9 MB"),
        (Kind::Number(None), json!("5"), "Give a number."),
        (Kind::Code, json!("broken"), "0xC1030AD1"),
        (Kind::Text, json!(" "), "Paste or type the text"),
        (Kind::Text, json!(long), "64 KiB is the limit"),
        (Kind::Messages, json!(vec!["a"; MAX_ITEMS + 1]), "1000 is the limit"),
        (Kind::Events, json!({"number": 1}), "An event looks like"),
        (Kind::Events, json!({}), "Give the event's number"),
        (Kind::Rows, json!("EX01"), "Give a list such as"),
        (Kind::Rows, json!([]), "Name at least one machine"),
        (Kind::Rows, json!([{"version": "5.0"}]), "Row 1: enter a name"),
        (Kind::Rows, json!([{"name": "EX01"}, {"name": "ex01"}]), "1 and 2 are both called ex01"),
        (Kind::Rows, json!([{"name": "EX01", "version": "5.0 SP9"}]), "EX01: "),
        (Kind::Rows, json!([{"name": "EX01", "os": "OS/2"}]), "EX01: "),
        (Kind::Rows, json!([{"name": "x".repeat(300)}]), "more than 255 characters"),
        (Kind::Subject, json!([]), "A server looks like"),
        (Kind::Rows, json!([["EX01", "5.0"]]), "a list stands where a record belongs"),
        (Kind::Events, json!([[1, "S"]]), "An event looks like"),
    ] {
        let said = reading(kind, &json).unwrap_err();
        assert!(said.contains(expected), "{said}");
    }
}

#[test]
fn rows_are_written_in_the_ladders_own_words() {
    let Ok(Value::Rows(rows)) =
        reading(Kind::Rows, &json!({"rows": [{"name": " EX01 ", "version": "5.5 sp4", "site": " ", "os": "nt 4.0 sp4"}], "more": true}))
    else {
        panic!("no rows")
    };
    let row = &rows.rows[0];
    assert!(rows.more);
    assert_eq!((row.name.as_deref(), row.level.as_deref(), row.os.as_deref(), row.site.as_deref()), (Some("EX01"), Some("5.5 SP4"), Some("NT 4.0 SP4"), None));
}
