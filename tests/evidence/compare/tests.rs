//! The comparer must be able to complain, and to tell a thing cut wrongly from a thing invented.

use super::*;

fn expect(yaml: &str) -> Expect {
    serde_saphyr::from_str(yaml).unwrap()
}

/// The kinds of difference between what was read from the lines `a`, `b` and `c`, and what is expected.
fn kinds(items: Vec<Item>, remarks: &[&str], yaml: &str) -> Vec<Kind> {
    let remarks: Vec<String> = remarks.iter().map(|remark| (*remark).to_owned()).collect();
    let proposals = items.into_iter().map(|item| Proposal { item, lines: 0..1, remarks: remarks.clone() }).collect();
    let reading = Reading { lines: ["a", "b", "c"].map(str::to_owned).to_vec(), proposals, not_understood: std::iter::once(1..2).collect(), cut: Vec::new() };
    differences(&reading, &expect(yaml)).iter().map(|difference| difference.kind).collect()
}

fn message(text: &str) -> Item {
    Item::Message(text.to_owned())
}

fn event(id: u32, source: Option<&str>, text: Option<&str>) -> Item {
    Item::Event(Event { id: Some(id), source: source.map(str::to_owned), text: text.map(str::to_owned) })
}

fn server(name: &str, level: &str, build: &str) -> Item {
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    Item::Server(Box::new(Row { name: some(name), level: some(level), build: some(build), ..Row::default() }))
}

#[test]
fn messages_are_missing_wrong_or_invented() {
    let two = "messages: [{text: the store is gone}, {text: a page is bad}]";
    assert_eq!(kinds(vec![message("the store\n  is gone"), message("\"a page is bad...\"")], &[], two), []);
    assert_eq!(kinds(vec![message("the store is gone a page is bad")], &[], two), [Kind::Wrong, Kind::Missing, Kind::Missing]);
    assert_eq!(kinds(vec![message("the store is gone"), message("a page")], &[], two), [Kind::Wrong, Kind::Missing]);
    assert_eq!(kinds(vec![message("two pounds of apples")], &[], "{}"), [Kind::Invented]);
    assert_eq!(kinds(vec![], &[], "messages_allowed: [{text: error 5}]"), []);
    assert_eq!(kinds(vec![message("error 5")], &[], "messages_allowed: [{text: error 5}]"), []);
    assert_eq!(kinds(vec![message("b")], &[], "messages: [{text: a, or: [b]}]"), []);
}

#[test]
fn an_events_id_source_and_text_count() {
    let one = "events: [{id: 7, source: MSExchangeSA, text: it broke}]";
    assert_eq!(kinds(vec![event(7, Some("System Attendant"), Some("it  broke"))], &[], one), []);
    assert_eq!(kinds(vec![event(7, Some("MSExchangeSA"), None)], &[], one), [Kind::Wrong, Kind::Missing]);
    assert_eq!(kinds(vec![event(7, Some("ESE"), Some("it broke"))], &[], one), [Kind::Invented, Kind::Missing]);
    assert_eq!(kinds(vec![event(8, None, None)], &[], one), [Kind::Invented, Kind::Missing]);
    assert_eq!(kinds(vec![event(7, Some("ESE"), None)], &[], "events: [{id: 7}]"), [Kind::Invented, Kind::Missing]);
    assert_eq!(kinds(vec![event(7, Some("MSExchangeSA"), Some("it broke")), message("it broke")], &[], one), [Kind::Wrong]);
}

#[test]
fn codes_match_by_number() {
    let code = |text: &str| Item::Code(Code::parse(text).unwrap());
    assert_eq!(kinds(vec![code("4294966768"), code("0xFFFFFDF0")], &[], "codes: ['-528']"), []);
    assert_eq!(kinds(vec![code("5")], &[], "codes: ['-528']"), [Kind::Invented, Kind::Missing]);
    assert_eq!(kinds(vec![code("5")], &[], "codes_allowed: ['5']"), []);
}

#[test]
fn every_cell_of_a_server_counts() {
    let one = "servers: [{name: EX01, build: 15.2.1118.7, allowed: {level: 2019 CU12}, remarks: ['1118.20']}]";
    let said = ["It also says 15.2.1118.20."];
    assert_eq!(kinds(vec![server("ex01", "", "15.02.1118.007")], &said, one), []);
    assert_eq!(kinds(vec![server("EX01", "2019 CU12", "15.2.1118.7")], &said, one), []);
    assert_eq!(kinds(vec![server("EX01", "2019 CU13", "15.2.1118.7")], &said, one), [Kind::Invented]);
    assert_eq!(kinds(vec![server("EX01", "", "15.2.1118.20")], &[], one), [Kind::Missing, Kind::Invented, Kind::Missing]);
    assert_eq!(kinds(vec![server("EX02", "5.0", "")], &said, one), [Kind::Invented, Kind::Missing]);
}

#[test]
fn a_line_that_must_stay_visible_is_looked_for() {
    assert_eq!(kinds(vec![], &[], "not_understood: [b]"), []);
    assert_eq!(kinds(vec![], &[], "not_understood: [c]"), [Kind::Missing]);
}
