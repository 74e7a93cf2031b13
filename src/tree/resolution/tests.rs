use std::sync::Arc;

use serde_json::json;

use super::*;
use crate::tree::condition::testing::{SLUG, World};
use crate::tree::fact::{FactKey, Rows, Source, Statement, Value};
use crate::tree::file;
use crate::tree::model::NodeKind;

/// The lines and notes of a command for servers of these names.
fn command(text: &str, names: &[&str]) -> Lines {
    let tree = json!({"format": "fixpath/1", "slug": SLUG, "title": "T", "summary": "S", "products": ["P"], "applies_to": "A", "ladder": "exchange", "start": "o", "nodes": [
        {"key": "o", "title": "O", "outcome": {"verdict": "fix", "headline": "On {servers}", "cause": "C", "procedures": [{"key": "p", "title": "T", "applies": "A", "risk": "low",
            "minutes": 5, "per": "each", "rights": "R", "steps": [{"title": "T", "command": {"shell": "cmd", "text": text}}], "verify": "V", "way_back": "W"}]}},
        {"key": "h", "title": "H", "outcome": {"verdict": "hand_over", "headline": "H", "cause": "C"}}]});
    let part = Closure::single(Arc::new(file::read(&tree.to_string()).unwrap()), Arc::new(World::new().ladders().clone()));
    let rows = names.iter().map(|name| serde_json::from_value(json!({"name": name})).unwrap()).collect();
    let said = Statement { key: FactKey::within(SLUG, "servers"), value: Some(Value::Rows(Rows { rows, more: false })), source: Source::Asked, line: None };
    let sheet = if names.is_empty() { Sheet::default() } else { Sheet::resolve(&[said]) };
    let Some(NodeKind::Outcome(outcome)) = part.tree.node("o").map(|node| &node.kind) else { panic!("no outcome") };
    resolve(&part, outcome, &sheet).procedures.remove(0).steps.remove(0).command.unwrap()
}

#[test]
fn a_command_is_printed_once_for_each_server() {
    assert_eq!(command("ping {servers}", &["EX01"]).lines, ["ping EX01"]);
    assert_eq!(command("copy \\\\{servers}\\a \\\\{servers}\\b", &["EX01", "EX02"]).lines, ["copy \\\\EX01\\a \\\\EX01\\b", "copy \\\\EX02\\a \\\\EX02\\b"]);
    assert_eq!(command("hostname", &["EX01", "EX02"]).lines, ["hostname"]);
}

#[test]
fn a_card_is_filled_as_the_steps_of_an_outcome_are() {
    let tree = json!({"format": "fixpath/1", "slug": SLUG, "title": "T", "summary": "S", "products": ["P"], "applies_to": "A", "ladder": "exchange", "start": "q", "nodes": [
        {"key": "q", "title": "Q", "question": {"fact": "f", "ask": "yes_no", "prompt": "P", "branches": [], "otherwise": "h", "unknown": "h", "card": [
            {"where": "On {servers}", "command": {"shell": "powershell", "text": "dir \\\\{servers}\\c$ | % {{ $_ }}"}, "steps": "Go to {servers}.", "looks_like": "{servers}"}]}},
        {"key": "h", "title": "H", "outcome": {"verdict": "hand_over", "headline": "H", "cause": "C"}}]});
    let part = Closure::single(Arc::new(file::read(&tree.to_string()).unwrap()), Arc::new(World::new().ladders().clone()));
    let rows = ["EX01", "EX02"].iter().map(|name| serde_json::from_value(json!({"name": name})).unwrap()).collect();
    let said = Statement { key: FactKey::within(SLUG, "servers"), value: Some(Value::Rows(Rows { rows, more: false })), source: Source::Asked, line: None };
    let (_, question) = part.tree.question_for("f").unwrap();
    let looking = look_up(&part, &question.card, &Sheet::resolve(&[said])).remove(0);
    assert_eq!(looking.command.unwrap().lines, ["dir \\\\EX01\\c$ | % { $_ }", "dir \\\\EX02\\c$ | % { $_ }"]);
    assert_eq!((looking.steps.unwrap().plain().as_str(), looking.looks_like.as_deref()), ("Go to EX01 and EX02.", Some("{servers}")));
}

#[test]
fn what_a_shell_could_run_is_never_filled_in() {
    let lines = command("ping {servers}", &["EX01", "a & del *"]);
    assert_eq!(lines.lines, ["ping EX01", "ping <SERVER>"]);
    assert!(lines.notes.iter().any(|note| note.contains("is not filled into commands")), "{:?}", lines.notes);
}

#[test]
fn what_is_not_known_is_a_blank_with_the_reason() {
    let lines = command("ping {servers}", &[]);
    assert_eq!(lines.lines, ["ping <SERVER>"]);
    assert!(lines.notes[0].contains("the servers, which you have not named"), "{:?}", lines.notes);
    let maybe = command("ping {servers: is 5.5}", &["EX01"]);
    assert_eq!(maybe.lines, ["ping <SERVER>"]);
    assert!(maybe.notes[0].contains("not known whether EX01"), "{:?}", maybe.notes);
}
