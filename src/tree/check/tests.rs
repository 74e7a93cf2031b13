//! One broken tree for each message: a sound tree in which one piece was replaced.

use std::sync::Arc;

use super::{Severity, check};
use crate::tree::file;
use crate::tree::ladder::Ladders;
use crate::tree::ladder::tests::{exchange, windows};

const SOUND: &str = r"
format: fixpath/1
slug: small
title: A small tree
summary: For tests.
products: [Exchange Server]
applies_to: all
ladder: exchange
reviewed: 2026-11-22
start: servers
nodes:
  - key: servers
    title: Server versions
    question:
      fact: servers
      ask: servers
      prompt: Which version has each server?
      columns: [level, roles, history]
      offers:
        roles: [bridgehead]
        history: [add to site]
      branches:
        - {when: every server is 5.5, to: share}
      otherwise: gone
      unknown: gone
  - key: share
    title: Share there?
    question:
      fact: share
      ask: choice
      prompt: Is the share there?
      options:
        - {key: there, label: There}
        - {key: missing, label: Missing}
      branches:
        - {when: share = missing, to: make_share}
      otherwise: size
      unknown: gone
  - key: size
    title: Its size
    question:
      fact: size
      ask: number
      prompt: How large is it?
      number: {min: 0}
      branches:
        - {when: size >= 5, to: make_share}
      otherwise: gone
      unknown: gone
  - key: make_share
    title: Make the share
    outcome:
      verdict: fix
      headline: Make the share on {servers}
      cause: It is gone.
      procedures:
        - key: by_hand
          title: By hand
          applies: Always.
          risk: low
          minutes: 5
          per: each
          rights: Administrator
          steps:
            - {title: Share it, text: On each., command: {shell: cmd, text: net share}}
          verify: Look.
          way_back: Remove it.
      references:
        - {article: Q247773}
      did_not_help: gone
  - key: gone
    title: Hand over
    outcome:
      verdict: hand_over
      headline: Nothing known fits
      cause: Ask somebody.
cases:
  - name: One server
    facts: {servers: [{name: EX01, version: 5.5 SP4}], share: missing}
    unknown: [size]
    answers: {make_share: worse}
    expect: gone
";

fn ladders() -> Ladders {
    Ladders::new([Arc::new(exchange()), Arc::new(windows())])
}

/// Finds, in the sound tree with every `from` replaced by `to`, a finding like this one.
fn expect(from: &str, to: &str, severity: Severity, node: Option<&str>, message: &str) {
    assert!(SOUND.contains(from), "the sound tree does not contain {from:?}");
    let tree = file::read(&SOUND.replace(from, to)).unwrap_or_else(|error| panic!("{from:?} -> {to:?}: {error}"));
    let findings = check(&tree, &ladders());
    let found = findings.iter().any(|finding| finding.severity == severity && finding.node.as_deref() == node && finding.message.contains(message));
    assert!(found, "{from:?} -> {to:?}: no {severity:?} at {node:?} that says {message:?} among {findings:#?}");
}

fn error(from: &str, to: &str, node: &str, message: &str) {
    expect(from, to, Severity::Error, Some(node), message);
}

fn whole(from: &str, to: &str, message: &str) {
    expect(from, to, Severity::Error, None, message);
}

#[test]
fn a_sound_tree_has_no_findings() {
    assert_eq!(check(&file::read(SOUND).unwrap(), &ladders()), []);
}

#[test]
fn the_tree_as_a_whole() {
    whole("slug: small", "slug: 2small", "\"2small\" cannot be an address");
    whole("title: A small tree", "title: ' '", "empty title");
    whole("summary: For tests.", "summary: ''", "empty summary");
    whole("applies_to: all", "applies_to: ''", "empty applies_to");
    whole("products: [Exchange Server]", "products: ['']", "names no product");
    whole("ladder: exchange", "ladder: lotus", "no ladder \"lotus\"");
    whole("reviewed: 2026-11-22", "reviewed: last week", "reviewed is no day");
    whole("reviewed: 2026-11-22", "review_by: 2026-02-30", "review_by is no day");
    whole("start: servers", "start: nowhere", "starts at \"nowhere\"");
    whole("- key: gone", "- key: size", "2 nodes have the key \"size\"");
    error("fact: size", "fact: share", "size", "\"share\" already asks for the fact \"share\"");
}

#[test]
fn keys_and_titles() {
    error("- key: make_share", "- key: Make-share", "Make-share", "cannot be a key");
    error("title: Share there?", "title: ''", "share", "The title is empty");
    expect("title: Share there?", "title: Is the share there, perhaps?", Severity::Warning, Some("share"), "The title has 28 characters; 26 fit the map");
}

#[test]
fn what_a_question_asks() {
    error("prompt: Is the share there?", "prompt: ' '", "share", "The prompt is empty");
    for key in ["level", "has", "in", "from", "Size", "small.size"] {
        error("fact: size", &format!("fact: {key}"), "size", "cannot be the key of a fact");
    }
    error("ask: number", "ask: event", "size", "\"size\" cannot be asked as event");
    error("ask: servers", "ask: text", "servers", "\"servers\" cannot be asked as text");
    error("ask: number", "ask: yes_no", "size", "Limits belong to questions that ask for a number");
}

#[test]
fn the_options_of_a_question() {
    error("        - {key: missing, label: Missing}\n", "", "share", "too few options");
    error("key: missing, label: Missing", "key: there, label: Missing", "share", "2 options have the key \"there\"");
    error("key: there, label", "key: Not there, label", "share", "\"Not there\" cannot be the key of an option");
    error("label: There", "label: ''", "share", "The label of option \"there\" is empty");
    error("number: {min: 0}", "options: [{key: one, label: One}]", "size", "Options belong to questions that ask for a choice");
}

#[test]
fn the_card_of_a_question() {
    let ways = |ways: &str| format!("prompt: Is the share there?\n      card: [{ways}]");
    let long = |letter: &str, count: usize| letter.repeat(count);
    for (card, message) in [
        ("{where: ' ', steps: Look.}".to_owned(), "The \"where\" of way 1 of the card is empty"),
        ("{where: \"two\\nlines\", steps: Look.}".to_owned(), "The \"where\" of way 1 of the card is too long"),
        (format!("{{where: {}, steps: Look.}}", long("w", 81)), "in one line of at most 80 characters"),
        ("{where: Here}".to_owned(), "Way 1 of the card does not say what to do"),
        ("{where: Here, command: {shell: cmd, text: ' '}}".to_owned(), "The command of way 1 of the card is empty"),
        ("{where: Here, steps: Look., looks_like: ''}".to_owned(), "The sample of way 1 of the card is empty"),
        (format!("{{where: Here, steps: {}}}", long("s", 2_001)), "The steps of way 1 of the card has more than 2000 characters"),
        ("{where: Here, steps: Look.}, {where: Here, steps: 'On {gone}.'}".to_owned(), "The steps of way 2 of the card: "),
        ("{where: Here, command: {shell: powershell, text: 'a { b }'}}".to_owned(), "The command of way 1 of the card: "),
        (["{where: Here, steps: Look.}"; 5].join(", "), "The card names 5 ways to find the fact out; 4 are the limit"),
    ] {
        error("prompt: Is the share there?", &ways(&card), "share", message);
    }
    let sound = ways("{where: Here, command: {shell: powershell, text: 'dir {servers} | % {{ $_ }}'}, looks_like: 'Mode {'}");
    assert_eq!(check(&file::read(&SOUND.replace("prompt: Is the share there?", &sound)).unwrap(), &ladders()), []);
}

#[test]
fn the_table_of_a_question() {
    error("columns: [level, roles, history]", "columns: []", "servers", "The table asks for nothing");
    error("roles: [bridgehead]", "roles: []", "servers", "The column \"roles\" offers nothing to tick");
    error("number: {min: 0}", "columns: [level]", "size", "Columns, families and offers belong to questions that ask for servers");
    error("history: [add to site]", "history: [add to site, explode]", "servers", "The offer \"explode\" of \"history\" cannot be read");
}

#[test]
fn where_branches_lead() {
    error("when: share = missing, to: make_share", "when: share = missing, to: nowhere", "share", "Branch 1 leads to \"nowhere\", which does not exist");
    error("otherwise: size", "otherwise: nowhere", "share", "\"otherwise\" leads to \"nowhere\"");
    error("unknown: gone", "unknown: nowhere", "size", "\"unknown\" leads to \"nowhere\"");
    error("did_not_help: gone", "did_not_help: nowhere", "make_share", "\"did_not_help\" leads to \"nowhere\"");
    for target in ["small", "Not a slug"] {
        error(
            "outcome:\n      verdict: hand_over\n      headline: Nothing known fits\n      cause: Ask somebody.",
            &format!("jump: {{tree: {target}}}"),
            "gone",
            "is no other tree to jump to",
        );
    }
}

#[test]
fn what_conditions_speak_of() {
    error("when: share = missing", "when: share = lost", "share", "Branch 1: ");
    error("when: every server is 5.5", "when: every server is 5.7", "servers", "Branch 1: ");
    error("when: size >= 5", "when: width >= 5", "size", "Branch 1: ");
    let unset = "Branch 1 looks at the fact \"admin\", which no question of this guide sets";
    expect("when: every server is 5.5", "when: admin is 5.5", Severity::Warning, Some("servers"), unset);
}

#[test]
fn what_an_outcome_says() {
    let headline = "headline: Make the share on {servers}";
    error(headline, "headline: ''", "make_share", "The headline is empty");
    error(headline, "headline: Make it on {servers", "make_share", "The headline: line 1, column 12: this brace is not closed");
    error(headline, "headline: Make it on {serfers}", "make_share", "The headline: ");
    error("cause: It is gone.", "cause: ''", "make_share", "The cause is empty");
    error("cause: It is gone.", "cause: 'It is gone}'", "make_share", "The cause: ");
    error("verdict: hand_over", "verdict: fix", "gone", "The outcome has no procedure");
    error("article: Q247773", "article: 247773", "make_share", "\"247773\" is no article number");
}

#[test]
fn what_a_procedure_says() {
    for (from, to, message) in [
        ("key: by_hand", "key: By hand", "\"By hand\" cannot be the key of a procedure"),
        ("title: By hand", "title: ''", "The title of procedure \"by_hand\" is empty"),
        ("way_back: Remove it.", "way_back: ''", "The way back of procedure \"by_hand\" is empty"),
        ("way_back: Remove it.", "way_back: '{'", "The way back of procedure \"by_hand\": "),
        ("verify: Look.", "verify: 'Look }'", "The \"verify\" of procedure \"by_hand\": "),
        ("title: Share it", "title: ''", "The title of step 1 of procedure \"by_hand\" is empty"),
        ("text: On each.", "text: 'On {'", "The text of step 1 of procedure \"by_hand\": "),
        ("text: net share", "text: ''", "The command of step 1 of procedure \"by_hand\" is empty"),
        ("text: net share", "text: 'net {'", "The command of step 1 of procedure \"by_hand\": "),
    ] {
        error(from, to, "make_share", message);
    }
    expect("verify: Look.", "verify: ''", Severity::Warning, Some("make_share"), "does not say how to see that it worked");
    let step = "steps:\n            - {title: Share it, text: On each., command: {shell: cmd, text: net share}}";
    error(step, "steps: []", "make_share", "Procedure \"by_hand\" has no steps");
}

#[test]
fn how_many_procedures_there_are() {
    let start = SOUND.find("        - key: by_hand").unwrap();
    let procedure = &SOUND[start..SOUND.find("      references:").unwrap()];
    error(procedure, &procedure.repeat(4), "make_share", "The outcome has 4 procedures; 3 alternatives are the limit");
    error(procedure, &procedure.repeat(2), "make_share", "2 procedures have the key \"by_hand\"");
}

#[test]
fn what_may_be_left_out() {
    let start = SOUND.find("        - key: by_hand").unwrap();
    let procedure = &SOUND[start..SOUND.find("      references:").unwrap()];
    let brief = procedure.replace("applies: Always.", "applies: ''").replace("rights: Administrator", "rights: ''");
    let findings = |text: &str| check(&file::read(text).unwrap(), &ladders());
    assert_eq!(findings(&SOUND.replace(procedure, &brief)), findings(SOUND), "the only way needs no choice, and no rights");
    let several = format!("{brief}{}", brief.replace("key: by_hand", "key: by_tool"));
    error(procedure, &several, "make_share", "The \"when to choose this way\" of procedure \"by_tool\" is empty");
}

#[test]
fn how_nodes_hang_together() {
    error("otherwise: size", "otherwise: gone", "size", "No way leads here from the start");
    error("otherwise: size", "otherwise: share", "share", "A walk could come back here without having tried an outcome");
    error("did_not_help: gone", "did_not_help: make_share", "make_share", "from where only this outcome can be reached again");
}

#[test]
fn a_question_that_only_conditions_ask_for_has_its_place() {
    let pulled_in = SOUND.replace("otherwise: size", "otherwise: gone").replace("when: share = missing", "when: share = missing and size >= 1");
    assert_eq!(check(&file::read(&pulled_in).unwrap(), &ladders()), []);
}

#[test]
fn a_node_from_where_nothing_ends_is_found() {
    let endless = SOUND.replace("otherwise: gone\n      unknown: gone\n  - key: make_share", "otherwise: size\n      unknown: size\n  - key: make_share");
    let endless = endless.replace("when: size >= 5, to: make_share", "when: size >= 5, to: size");
    let findings = check(&file::read(&endless).unwrap(), &ladders());
    assert!(
        findings.iter().any(|finding| finding.node.as_deref() == Some("size") && finding.message.starts_with("No outcome can be reached")),
        "{findings:#?}"
    );
}

#[test]
fn cases() {
    whole("share: missing}", "share: lost}", "Case \"One server\": share: \"lost\" is not one of the options");
    whole("share: missing}", "shape: missing}", "Case \"One server\": shape: No question of this guide sets");
    whole("version: 5.5 SP4", "version: 5.5 SP9", "Case \"One server\": servers: EX01: ");
    whole("unknown: [size]", "unknown: [width]", "Case \"One server\": no question sets \"width\"");
    whole("answers: {make_share: worse}", "answers: {size: worse}", "Case \"One server\": there is no outcome \"size\"");
    whole("expect: gone", "expect: share", "Case \"One server\": there is no outcome \"share\" to expect");
}
