use super::*;
use crate::tree::file;
use crate::tree::model::NodeKind;

const TREE: &str = r#"
format: fixpath/1
slug: disk
title: The Disk is full
summary: A disk.
products: [Windows]
applies_to: All
ladder: windows
start: ask
nodes:
  - key: ask
    title: Disk?
    question:
      fact: text
      ask: text
      prompt: Which disk?
      hint: Look at the diskette.
      branches:
        - {when: 'text(contains "disk full")', label: disk, to: end}
      otherwise: end
      unknown: end
  - key: end
    title: Disk
    outcome:
      verdict: fix
      headline: "Clean {servers: name = \"disk\"} of its disk"
      cause: A {{disk}}.
      procedures:
        - key: clean
          title: Clean the disk
          applies: Always.
          risk: low
          minutes: 5
          per: each
          rights: None
          steps:
            - title: Clean
              text: Clean the disk.
              command: {shell: cmd, text: "clean disk {servers}"}
          verify: The disk is clean.
          way_back: There is none.
      references:
        - {article: Q1, title: Disk errors}
cases:
  - {name: A disk, expect: end}
"#;

fn tree() -> Tree {
    file::read(TREE).unwrap()
}

fn request(find: &str, replacement: &str) -> Request {
    Request { find: find.to_owned(), replacement: replacement.to_owned(), ..Request::default() }
}

fn ids(request: Request) -> Vec<String> {
    Search::new(request).unwrap().hits(&tree()).into_iter().map(|hit| hit.place.id).collect()
}

#[test]
fn every_word_is_found_with_its_place_and_conditions_only_if_asked_for() {
    let found = ids(request("disk", "drive"));
    assert_eq!(
        found,
        [
            "title",
            "summary",
            "node.ask.title",
            "node.ask.prompt",
            "node.ask.hint",
            "node.ask.branch-1",
            "node.end.title",
            "node.end.headline",
            "node.end.cause",
            "node.end.procedure-clean-title",
            "node.end.procedure-clean-step-1-text",
            "node.end.procedure-clean-step-1-command",
            "node.end.procedure-clean-verify",
            "node.end.reference-1",
            "case-1",
        ]
    );
    assert_eq!(ids(Request { conditions: true, ..request("disk", "drive") }).len(), found.len() + 1);
    assert!(!ids(Request { whole_words: true, ..request("disk", "drive") }).contains(&"node.ask.hint".to_owned()));
    assert_eq!(ids(Request { match_case: true, ..request("Disk", "Drive") }), ["title", "node.ask.title", "node.end.title", "node.end.reference-1"]);
    assert_eq!(ids(request("verdict", "x")), [] as [&str; 0]);
}

#[test]
fn what_is_chosen_is_replaced_and_nothing_else() {
    let search = Search::new(request("disk", "drive")).unwrap();
    let chosen = ["title", "node.end.headline", "node.end.cause", "case-1", "node.gone.title"].map(str::to_owned).into_iter().collect();
    let after = search.replace(&tree(), &chosen).unwrap();
    assert_eq!((after.title.as_str(), after.summary.as_str(), after.cases[0].name.as_str()), ("The drive is full", "A disk.", "A drive"));
    let NodeKind::Outcome(outcome) = &after.nodes[1].kind else { panic!("the second node is an outcome") };
    assert_eq!((outcome.headline.as_str(), outcome.cause.as_str()), ("Clean {servers: name = \"disk\"} of its drive", "A {{drive}}."));
}

#[test]
fn a_replacement_is_taken_letter_by_letter() {
    let search = Search::new(request("disk", "$0 \\1")).unwrap();
    assert_eq!(search.replace(&tree(), &["title".to_owned()].into()).unwrap().title, "The $0 \\1 is full");
    assert_eq!(ids(request("D.sk", "x")), [] as [&str; 0]);
}

#[test]
fn conditions_and_selections_must_stay_readable() {
    let search = Search::new(Request { conditions: true, ..request("disk", "drive") }).unwrap();
    let both = ["node.ask.branch-1-when", "node.end.headline"].map(str::to_owned);
    let after = search.replace(&tree(), &both.clone().into()).unwrap();
    let text = file::write(&after).unwrap();
    assert!(text.contains("contains \"drive full\"") && text.contains("name = \\\"drive\\\"} of its drive"), "{text}");

    let search = Search::new(Request { conditions: true, ..request("\"", "") }).unwrap();
    let problems = search.replace(&tree(), &both.into()).unwrap_err();
    assert_eq!(problems.iter().map(|(place, _)| place.id.as_str()).collect::<Vec<_>>(), ["node.ask.branch-1-when", "node.end.headline"]);
    assert!(problems[0].1.contains("line 1, column"), "{}", problems[0].1);
    assert!(search.hits(&tree()).iter().any(|hit| hit.problem.is_some()));
    let search = Search::new(request("errors", "{")).unwrap();
    assert!(search.replace(&tree(), &["node.end.reference-1".to_owned()].into()).is_ok(), "a title of a reference holds no selections");
    let search = Search::new(request("clean", "{")).unwrap();
    assert!(search.replace(&tree(), &["node.end.headline".to_owned()].into()).is_err());
}

#[test]
fn a_long_text_is_shortened_around_what_was_found() {
    let long = format!("{} disk {} disk", "a".repeat(200), "b".repeat(200));
    let range = |nth: usize| long.match_indices("disk").nth(nth).map(|(at, word)| at..at + word.len()).unwrap();
    let shown = pieces(&long, &[range(0), range(1)]);
    let same = |letter: &str, before: &str, behind: &str| Piece::Same(format!("{before}{}{behind}", letter.repeat(AROUND - 1)));
    let found = || Piece::Found("disk".to_owned());
    assert_eq!(shown, [Piece::Cut, same("a", "", " "), found(), same("b", " ", ""), Piece::Cut, same("b", "", " "), found()]);
    assert_eq!(pieces("disk", std::slice::from_ref(&(0..4))), [found()]);
}

#[test]
fn a_request_without_a_text_or_with_too_long_a_one_is_refused() {
    assert_eq!(Search::new(request("", "x")).unwrap_err(), RequestError::Empty);
    assert_eq!(Search::new(request(&"x".repeat(MAX_FIND + 1), "x")).unwrap_err(), RequestError::TooLong);
    assert_eq!(Search::new(request("x", &"x".repeat(MAX_REPLACEMENT + 1))).unwrap_err(), RequestError::ReplacementTooLong);
    assert!(Search::new(request(&"\u{e9}".repeat(MAX_FIND), "")).is_ok());
}
