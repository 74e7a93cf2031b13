use std::sync::Arc;

use super::*;
use crate::tree::closure::Closure;
use crate::tree::file;
use crate::tree::ladder::{Ladder, Ladders, WINDOWS};
use crate::tree::report::report;

const TREE: &str = "
format: fixpath/1
slug: lamp
title: A lamp
summary: It is dark.
products: [Lamps]
applies_to: All
ladder: windows
start: dark
nodes:
  - key: dark
    title: Dark
    question:
      fact: dark
      ask: yes_no
      prompt: Is it dark?
      branches:
        - {when: dark = yes, to: bulb}
      otherwise: bright
      unknown: bright
      meant: [otherwise]
  - key: bulb
    title: Bulb
    outcome:
      verdict: fix
      headline: Change the bulb
      cause: It is burnt out.
      procedures:
        - key: change
          title: Change it
          applies: Always.
          risk: low
          minutes: 5
          per: all
          rights: None
          steps:
            - title: Change the bulb
          verify: It is bright.
          way_back: Put the old one back.
  - key: bright
    title: Bright
    outcome: {verdict: nothing_wrong, headline: It is bright, cause: It is day.}
cases:
  - name: dark
    facts: {dark: yes}
    expect: bulb
";

fn tree(changed: &[(&str, &str)]) -> Tree {
    file::read(&changed.iter().fold(TREE.to_owned(), |text, (from, to)| text.replace(from, to))).unwrap()
}

fn gate(draft: &Tree, live: Option<&Tree>) -> Gate {
    let windows = Ladder::from_csv(WINDOWS, "Windows", include_str!("../../../trees/ladders/windows.csv")).unwrap();
    let closure = Closure::single(Arc::new(draft.clone()), Arc::new(Ladders::new([Arc::new(windows)])));
    Gate::new(draft, &report(&closure), live.map(|tree| (7, tree)))
}

fn accepted(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn titles(gate: &Gate, verdict: Verdict) -> Vec<&str> {
    gate.checks.iter().filter(|check| check.verdict == verdict).map(|check| check.title.as_str()).collect()
}

#[test]
fn a_sound_first_version_passes() {
    let gate = gate(&tree(&[]), None);
    assert_eq!(gate.verdict(), Verdict::Pass, "{gate:?}");
    assert!(gate.opens(&BTreeSet::new()));
    assert_eq!(gate.refusal(), "");
}

#[test]
fn an_error_fails_and_no_acceptance_opens_the_gate() {
    let gate = gate(&tree(&[("Is it dark?", "\"\"")]), None);
    assert_eq!(titles(&gate, Verdict::Fail), ["The tree has one error"]);
    assert!(!gate.opens(&accepted(&["dark"])));
    assert_eq!(gate.refusal(), "The tree has one error.");
    assert_eq!(gate.checks[0].lines[0].node.as_deref(), Some("dark"));
}

#[test]
fn a_case_that_changes_its_outcome_must_be_accepted_by_name() {
    let live = tree(&[]);
    let draft = tree(&[("dark = yes, to", "dark = no, to")]);
    let gate = gate(&draft, Some(&live));
    assert_eq!(titles(&gate, Verdict::Fail), ["A case comes to something else than expected"]);
    assert!(!gate.opens(&BTreeSet::new()) && !gate.opens(&accepted(&["another"])));
    assert!(gate.opens(&accepted(&["dark"])));
    let after = gate.accept(&draft, &accepted(&["dark"]));
    assert_eq!(after.cases[0].expect, "bright");
    assert_eq!(gate.accept(&draft, &accepted(&["another"])), draft);
}

#[test]
fn a_case_that_comes_to_no_end_cannot_be_accepted() {
    let gate = gate(&tree(&[("facts: {dark: yes}", "facts: {}")]), None);
    assert_eq!(gate.changed_cases().count(), 0);
    assert!(!gate.opens(&accepted(&["dark"])));
}

#[test]
fn warnings_no_cases_and_no_changes_warn() {
    let live = tree(&[]);
    assert_eq!(titles(&gate(&live, Some(&live)), Verdict::Warn), ["Nothing has changed since version 7"]);
    let mut without = live.clone();
    without.cases.clear();
    without.title = "Another lamp".to_owned();
    let found = gate(&without, Some(&live));
    assert!(titles(&found, Verdict::Warn).iter().any(|title| title.starts_with("There are no cases")), "{found:?}");
    assert!(found.opens(&BTreeSet::new()));
    let idle = gate(&tree(&[("meant: [otherwise]", "meant: [order, otherwise]")]), None);
    assert!(titles(&idle, Verdict::Warn).iter().any(|title| title.starts_with("There is one warning")), "{idle:?}");
}

#[test]
fn a_jump_to_an_unpublished_guide_fails() {
    let outcome = "    outcome: {verdict: nothing_wrong, headline: It is bright, cause: It is day.}";
    let gate = gate(&tree(&[(outcome, "    jump: {tree: elsewhere}")]), None);
    assert_eq!(titles(&gate, Verdict::Fail), ["A jump leads to no published guide"]);
}
