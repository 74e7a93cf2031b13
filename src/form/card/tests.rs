use std::sync::Arc;

use serde_json::{Value as Json, json};

use super::defaults;
use crate::tree::check::{MAX_LOOKUPS, check};
use crate::tree::closure::Closure;
use crate::tree::fact::Sheet;
use crate::tree::file;
use crate::tree::ladder::Ladders;
use crate::tree::ladder::tests::{exchange, windows};
use crate::tree::model::{NodeKind, Tree};
use crate::tree::resolution::{Looking, look_up};

/// A tree whose first question is `question`, with the conditions `when`.
fn tree(mut question: Json, when: &[&str]) -> Tree {
    let branches: Vec<Json> = when.iter().map(|when| json!({"when": when, "to": "h"})).collect();
    for (key, value) in [("prompt", json!("P")), ("branches", json!(branches)), ("otherwise", json!("h")), ("unknown", json!("h"))] {
        question[key] = value;
    }
    let tree = json!({"format": "fixpath/1", "slug": "small", "title": "T", "summary": "S", "products": ["P"], "applies_to": "A", "ladder": "exchange", "start": "q", "nodes": [
        {"key": "q", "title": "Q", "question": question},
        {"key": "h", "title": "H", "outcome": {"verdict": "hand_over", "headline": "H", "cause": "C"}}]});
    file::read(&tree.to_string()).unwrap()
}

/// The ways that come with the question, as a page shows them. An author could have written them so.
fn ways(question: Json, when: &[&str]) -> Vec<Looking> {
    let ladders = Ladders::new([Arc::new(exchange()), Arc::new(windows())]);
    let mut tree = tree(question, when);
    let before = check(&tree, &ladders);
    let card = match &tree.nodes[0].kind {
        NodeKind::Question(question) => defaults::card(&tree, question),
        other => panic!("{other:?}"),
    };
    if let NodeKind::Question(question) = &mut tree.nodes[0].kind {
        question.card.clone_from(&card);
    }
    assert_eq!(check(&tree, &ladders), before);
    assert!(card.len() <= MAX_LOOKUPS && card.iter().all(|way| way.looks_like.is_some()));
    look_up(&Closure::single(Arc::new(tree), Arc::new(ladders)), &card, &Sheet::default())
}

fn places(ways: &[Looking]) -> Vec<&str> {
    ways.iter().map(|way| way.place.as_str()).collect()
}

fn commands(ways: &[Looking]) -> String {
    ways.iter().filter_map(|way| way.command.as_ref()).flat_map(|command| command.lines.clone()).collect::<Vec<_>>().join("\n")
}

#[test]
fn servers_are_looked_at_with_what_they_came_with() {
    let servers = |columns: Json, families: Json| ways(json!({"fact": "servers", "ask": "servers", "columns": columns, "families": families}), &[]);
    let old = servers(json!(["level", "os"]), json!(["5.0", "5.5"]));
    assert_eq!(places(&old), ["Administrator program", "Operating system, on each server", "On the server, in the registry"]);
    assert_eq!(commands(&old), "ver\nreg query HKLM\\SOFTWARE\\Microsoft\\Exchange\\Setup");
    let new = commands(&servers(json!(["level"]), json!(["2016", "2019"])));
    assert!(new.starts_with("Get-ExchangeServer | Format-Table Name,") && new.ends_with("ForEach-Object { $_.FileVersionInfo }"), "{new}");
    let all = servers(json!(["level", "os"]), json!([]));
    assert_eq!(all.len(), MAX_LOOKUPS);
    assert!(commands(&all).contains("Get-ExchangeServer"));
    assert_eq!(places(&servers(json!(["site"]), json!([]))), [""; 0]);
}

#[test]
fn other_machines_have_their_own_ways() {
    let of = |fact: &str, columns: Json| ways(json!({"fact": fact, "ask": "servers", "columns": columns, "families": ["5.5"]}), &[]);
    assert!(of("admin", json!(["level"]))[0].steps.as_ref().unwrap().plain().contains("*Help*, then *About"));
    assert_eq!(places(&of("clients", json!(["level", "os"]))), ["Operating system, on each server"]);
    assert_eq!(places(&of("restored", json!(["level"])))[0], "Administrator program");
}

#[test]
fn the_log_is_asked_for_the_events_that_the_tree_looks_for() {
    let command = |when: &[&str]| commands(&ways(json!({"fact": "events", "ask": "event"}), when));
    assert!(command(&[]).contains("-FilterHashtable @{LogName='Application'; Level=2} -MaxEvents 20"));
    let one = command(&["event(source MSExchangeSA and id 2037)", "event(source \"System Attendant\" and id 2036)", "event(id 2037)"]);
    assert!(one.contains("@{LogName='Application'; ProviderName='MSExchangeSA'; Id=2036,2037}"), "{one}");
    for many in [&["event(source MSExchangeSA)", "event(source MSExchangeIS)"][..], &["event(source \"a'; Remove-Item 'b\" and id 1)"]] {
        assert!(command(many).contains("'Application'; Level=2}"), "{}", command(many));
    }
    let old = ways(json!({"fact": "restored", "ask": "servers", "columns": ["os"], "families": ["5.5"]}), &[]);
    assert_eq!(old.len(), 1, "a tree about old servers needs no command of today's");
}

#[test]
fn a_message_is_copied_and_other_questions_have_no_card() {
    assert!(ways(json!({"fact": "text", "ask": "text"}), &[])[0].steps.as_ref().unwrap().plain().starts_with("Press Ctrl+C"));
    assert_eq!(ways(json!({"fact": "codes", "ask": "code"}), &[]).len(), 2);
    for question in [json!({"fact": "nickname", "ask": "text"}), json!({"fact": "loud", "ask": "yes_no"}), json!({"fact": "size", "ask": "number"})] {
        assert_eq!(ways(question, &[]), []);
    }
}
