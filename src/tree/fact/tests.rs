use serde_json::{from_value, json, to_value};

use super::*;

fn said(source: Source, value: Option<Value>) -> Statement {
    Statement { key: FactKey::within("t", "a"), value, source, line: Some(source.as_str().to_owned()) }
}

fn held(statements: &[Statement]) -> Held {
    Sheet::resolve(statements).get(&FactKey::within("t", "a")).unwrap().clone()
}

#[test]
fn the_visitors_last_word_holds_before_pasted_before_linked_before_carried() {
    use Source::{Asked, Carried, Confirmed, Linked, Pasted, Uploaded};
    let number = |number: f64| Some(Value::Number(number));
    for (sources, winner) in [
        (&[Asked, Pasted][..], 0),
        (&[Pasted, Asked], 1),
        (&[Asked, Confirmed], 1),
        (&[Confirmed, Asked], 1),
        (&[Pasted, Uploaded], 1),
        (&[Uploaded, Linked], 0),
        (&[Linked, Pasted], 1),
        (&[Carried, Linked], 1),
        (&[Linked, Carried, Carried], 0),
        (&[Carried, Carried], 1),
    ] {
        let statements: Vec<Statement> = sources.iter().zip([0.0, 1.0, 2.0]).map(|(source, value)| said(*source, number(value))).collect();
        assert_eq!(
            held(&statements),
            Held { value: statements[winner].value.clone(), source: sources[winner], line: statements[winner].line.clone() },
            "{sources:?}"
        );
    }
    assert_eq!(held(&[said(Pasted, number(1.0)), said(Asked, None)]).value, None);
}

#[test]
fn messages_events_and_codes_add_up_until_the_visitor_edits_them() {
    let texts = |texts: &[&str]| Some(Value::Messages(texts.iter().map(|&text| text.to_owned()).collect()));
    let linked = said(Source::Linked, texts(&["one"]));
    let pasted = said(Source::Pasted, texts(&["two", "one"]));
    let both = held(&[linked.clone(), pasted.clone()]);
    assert_eq!((both.value, both.source, both.line.as_deref()), (texts(&["one", "two"]), Source::Pasted, Some("linked\npasted")));
    let edited = said(Source::Asked, texts(&["three"]));
    assert_eq!(held(&[linked.clone(), edited.clone(), pasted.clone()]).value, texts(&["three"]));
    assert_eq!(held(&[linked, pasted, edited.clone(), edited]).value, texts(&["three"]));
    let event = |id| Some(Value::Events(vec![Event { id: Some(id), ..Event::default() }]));
    assert!(matches!(held(&[said(Source::Uploaded, event(1)), said(Source::Pasted, event(2))]).value, Some(Value::Events(events)) if events.len() == 2));
    let code = |code: &str| Some(Value::Codes(vec![Code::parse(code).unwrap()]));
    assert!(matches!(held(&[said(Source::Pasted, code("-528")), said(Source::Pasted, code("-528"))]).value, Some(Value::Codes(codes)) if codes.len() == 1));
}

#[test]
fn what_adds_up_keeps_the_line_of_each_element() {
    let texts = |source, texts: &[&str], line: Option<&str>| Statement {
        line: line.map(str::to_owned),
        ..said(source, Some(Value::Messages(texts.iter().map(|&text| text.to_owned()).collect())))
    };
    let pasted = || texts(Source::Pasted, &["one", "two"], Some("first\nsecond"));
    for (statements, expected) in [
        (vec![pasted()], Some(vec!["first", "second"])),
        (vec![pasted(), texts(Source::Uploaded, &["two", "three"], Some("skipped\nthird"))], Some(vec!["first", "second", "third"])),
        (vec![pasted(), texts(Source::Linked, &["three"], None)], Some(vec!["first", "second", ""])),
        (vec![texts(Source::Linked, &["three"], None), pasted()], Some(vec!["", "first", "second"])),
        (vec![texts(Source::Linked, &["three"], None), texts(Source::Linked, &["four"], None)], None),
        (vec![texts(Source::Pasted, &["three"], Some("from\nboth")), pasted()], Some(vec!["from both", "first", "second"])),
        (vec![texts(Source::Pasted, &["three"], Some("from\nboth"))], None),
    ] {
        assert_eq!(held(&statements).lines(), expected, "{statements:?}");
    }
    assert_eq!(held(&[said(Source::Pasted, Some(Value::YesNo(true)))]).lines(), None);
}

#[test]
fn keys_are_qualified_once() {
    for (written, whole, bare) in [("share", "t.share", "share"), ("servers", "servers", "servers"), ("u.share", "u.share", "share")] {
        let key = FactKey::within("t", written);
        assert_eq!((key.as_str(), key.bare(), key.is_built_in()), (whole, bare, written == "servers"));
    }
}

#[test]
fn sets_are_written_short_where_nothing_was_offered() {
    let marks = |stated: &[&str], offered: &[&str], in_order| Marks {
        stated: stated.iter().map(|&mark| mark.to_owned()).collect(),
        offered: offered.iter().map(|&mark| mark.to_owned()).collect(),
        in_order,
    };
    for (marks, json) in [
        (marks(&["a", "b"], &[], true), json!(["a", "b"])),
        (marks(&["a"], &["a", "b"], false), json!({"stated": ["a"], "offered": ["a", "b"], "in_order": false})),
        (marks(&["a"], &[], false), json!({"stated": ["a"], "offered": [], "in_order": false})),
    ] {
        assert_eq!(to_value(&marks).unwrap(), json);
        assert_eq!(from_value::<Marks>(json).unwrap(), marks);
    }
    assert!(Marks::default().is_silent() && !marks(&[], &["a"], false).is_silent());
}

#[test]
fn every_kind_of_value_is_read_back_from_what_was_stored() {
    let row: Row = from_value(json!({"name": "EX01", "version": "5.0 SP2", "roles": ["ims"], "files": {"a.dll": "1.0"}})).unwrap();
    for value in [
        Value::Messages(vec!["a".to_owned()]),
        Value::Events(vec![Event { id: Some(1), source: Some("S".to_owned()), text: None }]),
        Value::Codes(vec![Code::parse("c1030ad1").unwrap()]),
        Value::Rows(Rows { rows: vec![row.clone()], more: false }),
        Value::Rows(Rows { rows: vec![row.clone()], more: true }),
        Value::Subject(Box::new(row)),
        Value::Choice("a".to_owned()),
        Value::Choices(["a".to_owned()].into()),
        Value::YesNo(false),
        Value::Number(1.5),
        Value::Code(Code::parse("-528").unwrap()),
        Value::Text("5.0".to_owned()),
    ] {
        assert_eq!(Value::from_stored(value.kind(), to_value(&value).unwrap()).unwrap(), value);
    }
    assert!(Value::from_stored("colour", json!("red")).is_err());
}
