use super::*;
use crate::evidence::Proposal;
use crate::tree::code::Code;
use crate::tree::condition::testing::World;
use crate::tree::fact::{Marks, Row, Rows};
use crate::web::Fields;

fn ladders() -> Ladders {
    World::new().ladders().clone()
}

fn server(name: &str, level: &str) -> Item {
    let roles = Marks { stated: vec!["ims".to_owned()], offered: Vec::new(), in_order: true };
    Item::Server(Box::new(Row { name: Some(name.to_owned()), level: Some(level.to_owned()), roles, ..Row::default() }))
}

/// As readers of lists make it: without roles, though in their order.
fn plain_server(name: &str, level: &str) -> Item {
    let roles = Marks { in_order: true, ..Marks::default() };
    Item::Server(Box::new(Row { name: Some(name.to_owned()), level: Some(level.to_owned()), roles, ..Row::default() }))
}

fn event(id: u32, text: &str) -> Item {
    Item::Event(Event { id: Some(id), source: Some("MSExchangeSA".to_owned()), text: Some(text.to_owned()) })
}

/// A reading in which each item has a line of its own.
fn reading(items: Vec<(&str, Item)>) -> Reading {
    let lines = items.iter().map(|(line, _)| (*line).to_owned()).collect();
    let proposals = items.into_iter().enumerate().map(|(at, (_, item))| Proposal { item, lines: at..at + 1, remarks: Vec::new() });
    Reading { proposals: proposals.collect(), lines, ..Reading::default() }
}

fn everything() -> Reading {
    reading(vec![
        ("Error: a", Item::Message("a\n <b>".to_owned())),
        ("Event ID: 7", event(7, "said")),
        ("ID no: c1030ad1", Item::Code(Code::parse("c1030ad1").unwrap())),
        ("EX01 is 5.0 SP1", server("EX01", "5.0 SP1")),
        ("EX02 is 5.5 SP4", server("EX02", "5.5 SP4")),
        ("EX03 is 5.5", plain_server("EX03", "5.5")),
    ])
}

/// What a browser would send for the form.
fn fields(form: &FactForm) -> Vec<(String, String)> {
    let mut fields =
        vec![("told-as".to_owned(), form.source.as_str().to_owned()), ("unread".to_owned(), form.unread_written()), ("facts".to_owned(), form.unseen())];
    let mut add = |name: &str, number: usize, value: &str| fields.push((format!("{name}-{number}"), value.to_owned()));
    for (number, entry) in (1..).zip(form.shown_messages()) {
        add("message", number, &entry.typed);
        add("message-origin", number, &entry.origin.written());
    }
    for (number, entry) in (1..).zip(form.shown_events()) {
        add("event-id", number, &entry.typed.id);
        add("event-source", number, &entry.typed.source);
        add("event-text", number, &entry.typed.text);
        add("event-origin", number, &entry.origin.written());
    }
    for (number, entry) in (1..).zip(form.shown_codes()) {
        add("code", number, &entry.typed);
        add("code-origin", number, &entry.origin.written());
    }
    for (number, cells) in (1..).zip(&form.servers.rows) {
        add("name", number, &cells.name);
        add("origin", number, &cells.origin.written());
        for column in ["level", "build", "site", "os"] {
            add(column, number, cells.text(column));
        }
    }
    fields
}

fn sent(form: &FactForm, changed: &[(&str, &str)]) -> FactForm {
    let mut fields = fields(form);
    for (name, value) in changed {
        match fields.iter_mut().find(|(field, _)| field == name) {
            Some((_, was)) => (*value).clone_into(was),
            None => fields.push(((*name).to_owned(), (*value).to_owned())),
        }
    }
    FactForm::sent(&Fields::from_iter(fields), &ladders()).unwrap()
}

/// Statements as they are stored, which leaves out what says nothing.
fn written(statements: &[Statement]) -> String {
    carried::written(statements)
}

fn line_of<'a>(statements: &'a [Statement], key: &str) -> &'a str {
    statements.iter().find(|statement| statement.key.as_str() == key).unwrap().line.as_deref().unwrap()
}

#[test]
fn a_form_that_comes_back_untouched_states_what_was_read() {
    let reading = everything();
    let form = FactForm::of_readings(&[(None, reading.clone())], &ladders());
    assert_eq!(written(&sent(&form, &[]).statements(&ladders()).unwrap()), written(&reading.statements(Source::Confirmed)));
}

#[test]
fn a_correction_loses_its_line_and_keeps_what_the_table_does_not_show() {
    let form = FactForm::of_readings(&[(None, everything())], &ladders());
    let statements = sent(&form, &[("level-1", "5.0 service pack 2"), ("event-id-1", "8"), ("site-2", "NORTH")]).statements(&ladders()).unwrap();
    assert_eq!(line_of(&statements, "servers"), "\n\nEX03 is 5.5");
    assert_eq!(line_of(&statements, "events"), "");
    assert_eq!(line_of(&statements, "codes"), "ID no: c1030ad1");
    let Some(Value::Rows(Rows { rows, .. })) = &statements[3].value else { panic!("{statements:?}") };
    assert_eq!((rows[0].level.as_deref(), rows[0].roles.stated.len(), rows[1].site.as_deref()), (Some("5.0 SP2"), 1, Some("NORTH")));
}

#[test]
fn a_fact_is_removed_by_its_button_or_by_clearing_it() {
    let form = FactForm::of_readings(&[(None, everything())], &ladders());
    let keys = |form: FactForm| form.statements(&ladders()).unwrap().iter().map(|statement| statement.key.to_string()).collect::<Vec<_>>();
    assert_eq!(keys(sent(&form, &[("remove", "event-1")])), ["text", "codes", "servers"]);
    assert_eq!(keys(sent(&form, &[("code-1", " "), ("remove", "2")])), ["text", "events", "servers"]);
    assert_eq!(keys(sent(&form, &[("message-1", ""), ("event-id-1", ""), ("event-source-1", ""), ("event-text-1", "")])), ["codes", "servers"]);
}

#[test]
fn mistakes_are_named_at_their_controls() {
    let form = FactForm::of_readings(&[(None, everything())], &ladders());
    let wrong = sent(&form, &[("event-id-1", "x"), ("code-1", "xyz"), ("level-2", "9.9"), ("name-1", "")]);
    let errors = wrong.statements(&ladders()).unwrap_err();
    assert_eq!(errors.iter().map(|error| error.field.as_str()).collect::<Vec<_>>(), ["event-id-1", "code-1", "name-1", "level-2"]);
    let long = sent(&form, &[("message-1", &"x".repeat(70_000))]).statements(&ladders()).unwrap_err();
    assert_eq!(long.iter().map(|error| error.field.as_str()).collect::<Vec<_>>(), ["message-1"]);
}

#[test]
fn more_facts_than_are_shown_travel_unseen_and_keep_their_lines() {
    let texts: Vec<String> = (0..30).map(|number| format!("m{number}")).collect();
    let reading = reading(texts.iter().map(|text| (text.as_str(), Item::Message(text.clone()))).chain([("8", event(8, "said"))]).collect());
    let form = FactForm::of_readings(&[(Some("a.txt".to_owned()), reading)], &ladders());
    assert_eq!((form.shown_messages().count(), form.unseen_count()), (20, 10));
    let before = form.statements(&ladders()).unwrap();
    assert!(line_of(&before, "text").ends_with("\na.txt: m29\na.txt: 8"), "{before:?}");
    assert_eq!(sent(&form, &[]).statements(&ladders()).unwrap(), before);
}

#[test]
fn far_too_many_facts_are_cut_and_the_form_says_so() {
    let items = (0..500).map(|number| ("x", event(number, ""))).collect();
    let form = FactForm::of_readings(&[(None, reading(items))], &ladders());
    assert_eq!((form.events.len(), form.unread.cut.len()), (MOST_KEPT, 1));
}

#[test]
fn statements_make_a_form_and_the_form_makes_them_again() {
    let mut statements = everything().statements(Source::Linked);
    let admin = Row { level: Some("5.0 SP1".to_owned()), ..Row::default() };
    let value = Some(Value::Subject(Box::new(admin)));
    statements.push(Statement { key: FactKey::within("", "admin"), value, source: Source::Linked, line: None });
    let form = FactForm::of_statements(&statements, Source::Linked, &ladders());
    assert_eq!(written(&form.statements(&ladders()).unwrap()), written(&statements));
    assert_eq!(written(&sent(&form, &[]).statements(&ladders()).unwrap()), written(&statements));
    let bare = carried::written(&statements);
    let bare = FactForm::sent(&Fields::from_iter([("facts", bare)]), &ladders()).unwrap();
    assert_eq!(written(&bare.statements(&ladders()).unwrap()), written(&statements));
}

#[test]
fn an_event_that_the_paste_has_already_is_not_added() {
    let mut form = FactForm::of_readings(&[(None, everything())], &ladders());
    form.add_event(Event { id: Some(7), source: Some("MsExchange SA".to_owned()), text: None });
    form.add_event(Event { id: Some(7), source: None, text: None });
    assert_eq!(form.events.len(), 1);
    form.add_event(Event { id: Some(8), source: None, text: None });
    assert_eq!(form.events.len(), 2);
}

#[test]
fn the_summary_counts_and_names() {
    let mut reading = everything();
    reading.lines.push("what?".to_owned());
    reading.not_understood.push(6..7);
    let form = FactForm::of_readings(&[(None, reading)], &ladders());
    let summary = Summary::new(&form, &form.statements(&ladders()).unwrap());
    assert_eq!(summary.read, "1 message, event 7 from MSExchangeSA, error code c1030ad1 and 3 servers (EX01 5.0 SP1, EX02 5.5 SP4, EX03 5.5)");
    assert_eq!((summary.not_understood, form.unread.quotes[0].place.as_str()), (1, "line 7"));
}
