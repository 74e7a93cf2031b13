use proptest::prelude::*;

use super::*;
use crate::tree::model::{NodeKind, Tree};

const STARTER: &str = include_str!("../../../trees/extension-not-loaded.yaml");

const SMALL: &str = r#"{"format": "fixpath/1", "slug": "small", "title": "T", "summary": "S", "products": ["P"], "applies_to": "A", "ladder": "exchange", "start": "q",
 "symptoms": {"texts": ["T"], "events": [{"source": "S", "id": 1}]},
 "nodes": [{"key": "q", "title": "Q", "question": {"fact": "f", "ask": "choice", "prompt": "P", "hint": "H", "help": "H",
   "card": [{"where": "T", "command": {"shell": "cmd", "text": "T"}, "steps": "T", "looks_like": "T"}],
   "options": [{"key": "no", "label": "L", "hint": "H"}], "branches": [{"when": "f = no", "label": "L", "to": "o"}], "otherwise": "o", "unknown": "o"}},
  {"key": "o", "title": "O", "outcome": {"verdict": "fix", "headline": "H", "cause": "C", "procedures": [{"key": "p", "title": "T", "applies": "A", "risk": "low",
   "minutes": 1, "per": "all", "rights": "R", "steps": [{"title": "T", "text": "T", "command": {"shell": "sh", "text": "T"}}], "verify": "V", "way_back": "W"}],
   "references": [{"article": "Q1", "title": "T"}]}}],
 "cases": [{"name": "N", "facts": {"text": ["T"], "f": "no"}, "expect": "o"}]}"#;

#[test]
fn the_shipped_tree_is_in_canonical_form() {
    assert_eq!(write(&read(STARTER).unwrap()).unwrap(), STARTER);
}

/// Every place of the file where a text can stand.
fn texts(tree: &mut Tree) -> Vec<&mut String> {
    let mut texts = vec![&mut tree.title, &mut tree.summary, &mut tree.applies_to];
    texts.extend(tree.products.iter_mut().chain(&mut tree.symptoms.texts));
    texts.extend(tree.symptoms.events.iter_mut().map(|event| &mut event.source));
    for node in &mut tree.nodes {
        texts.push(&mut node.title);
        match &mut node.kind {
            NodeKind::Question(question) => {
                texts.push(&mut question.prompt);
                texts.extend([&mut question.hint, &mut question.help].into_iter().flatten());
                for lookup in &mut question.card {
                    texts.push(&mut lookup.place);
                    texts.extend(lookup.command.as_mut().map(|command| &mut command.text));
                    texts.extend([&mut lookup.steps, &mut lookup.looks_like].into_iter().flatten());
                }
                texts.extend(question.options.iter_mut().flat_map(|option| [&mut option.label].into_iter().chain(&mut option.hint)));
                texts.extend(question.fork.branches.iter_mut().filter_map(|branch| branch.label.as_mut()));
            }
            NodeKind::Outcome(outcome) => {
                texts.extend([&mut outcome.headline, &mut outcome.cause]);
                for procedure in &mut outcome.procedures {
                    texts.extend([&mut procedure.title, &mut procedure.applies, &mut procedure.rights, &mut procedure.verify, &mut procedure.way_back]);
                    for step in &mut procedure.steps {
                        texts.push(&mut step.title);
                        texts.extend(&mut step.text);
                        texts.extend(step.command.as_mut().map(|command| &mut command.text));
                    }
                }
                texts.extend(outcome.references.iter_mut().filter_map(|reference| reference.title.as_mut()));
            }
            NodeKind::Route(_) | NodeKind::Jump(_) => {}
        }
    }
    texts.extend(tree.cases.iter_mut().map(|case| &mut case.name));
    texts
}

fn odd() -> impl Strategy<Value = String> {
    let traps = [
        "",
        "yes",
        "No",
        "null",
        "~",
        "5.0",
        "0x1F",
        "1:20",
        "2026-11-22",
        "- a",
        "a: b",
        "# a",
        "a #b",
        "&a",
        "*a",
        "!a",
        "{a",
        "[a",
        "|",
        ">",
        "%a",
        "@a",
        "---",
        "...",
        "<<",
        "'",
        "\"",
        "\\",
    ];
    prop_oneof![
        proptest::sample::select(traps.to_vec()).prop_map(str::to_owned),
        "[ \t\n]{0,3}[-:#'\"\\\\{}\\[\\],a-c \t\n\u{85}\u{2028}\u{feff}\u{e9}\u{1f600}]{0,30}[ \t\n]{0,3}",
        "\\PC{0,40}",
        "([a-z:#'\"{}]{1,12} {1,2}){10,40}[a-z]",
        "([a-z:#'\"-]{1,12} {1,2}[\n\t]{0,2}){10,40}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn every_text_comes_back_as_it_was(odd in proptest::collection::vec(odd(), 40), value in odd()) {
        let mut tree = read(SMALL).unwrap();
        for (text, odd) in texts(&mut tree).into_iter().zip(odd) {
            *text = odd;
        }
        tree.cases[0].facts.insert("text".to_owned(), serde_json::json!([value]));
        tree.cases[0].facts.insert("servers".to_owned(), serde_json::json!([{"name": value, "files": {"a.dll": value}}]));
        tree.cases[0].facts.insert("f".to_owned(), value.into());
        let written = write(&tree).unwrap();
        let again = read(&written).unwrap_or_else(|error| panic!("{error}\n{written}"));
        prop_assert_eq!(&again, &tree, "{}", written);
        prop_assert_eq!(write(&again).unwrap(), written);
    }
}

#[test]
fn scalars_are_read_by_the_schema() {
    let text = SMALL
        .replace("\"title\": \"T\", \"summary\": \"S\"", "\"title\": 5.50, \"summary\": no")
        .replace("\"f\": \"no\"", "\"f\": no, \"servers\": [{name: 007, version: 5.0, roles: [yes], files: {a: 1.10}}]");
    let tree = read(&text).unwrap();
    assert_eq!((tree.title.as_str(), tree.summary.as_str()), ("5.50", "no"));
    let facts = &tree.cases[0].facts;
    assert_eq!(facts["f"], "no");
    assert_eq!(facts["servers"], serde_json::json!([{"name": "007", "version": "5.0", "roles": ["yes"], "files": {"a": "1.10"}}]));
}

#[test]
fn json_is_read_too() {
    let tree = read(SMALL).unwrap();
    assert_eq!(read(&serde_json::to_string_pretty(&tree).unwrap()).unwrap(), tree);
}

/// What is said of the small tree with one piece replaced, with its place.
fn mistake(from: &str, to: &str) -> String {
    assert!(SMALL.contains(from), "{from}");
    read(&SMALL.replacen(from, to, 1)).unwrap_err().to_string()
}

#[test]
fn mistakes_are_named_with_line_and_column() {
    for (from, to, expected) in [
        ("\"ladder\":", "\"colour\":", "line 1, column 110: unknown field `colour`"),
        ("\"looks_like\":", "\"shows\":", "line 4, column 84: unknown field `shows`"),
        ("\"where\": \"T\", ", "", "missing field `where`"),
        ("\"shell\": \"cmd\"", "\"shell\": \"dos\"", "line 4, column 49: unknown variant `dos`"),
        ("\"slug\": \"small\", ", "", "line 9, column 2: missing field `slug`"),
        ("\"slug\": \"small\", ", "\"slug\": \"small\", \"slug\": \"tall\", ", "line 1, column 42: \"slug\" is given twice"),
        ("\"when\": \"f = no\"", "\"when\": \"f = no or\"", "line 5, column 81: in the condition that begins here, line 1, column 10: Expected a test"),
        ("\"minutes\": 1", "\"minutes\": soon", "line 7, column 15: invalid u32"),
        ("\"verdict\": \"fix\"", "\"verdict\": \"fixed\"", "line 6, column 53: unknown variant `fixed`"),
        ("\"outcome\": {", "\"jump\": {\"tree\": \"x\"}, \"outcome\": {", "node \"o\" must have exactly one of question, route, outcome and jump"),
        ("fixpath/1", "fixpath/2", "This program reads format fixpath/1; the file says \"fixpath/2\""),
        ("\"cases\": [", "\"cases\": 7, \"more\": [", "line 9, column 11: "),
    ] {
        let said = mistake(from, to);
        assert!(said.contains(expected), "{from} -> {to}: {said}");
    }
}

#[test]
fn what_unfolds_or_is_too_large_is_refused() {
    let bomb = SMALL.replace("[\"P\"]", "&a [x, x]").replace("\"texts\": [\"T\"]", "\"texts\": *a");
    assert!(read(&bomb).unwrap_err().message.starts_with("Anchors, aliases"), "{:?}", read(&bomb));
    assert!(read(&SMALL.replace("[\"P\"]", &format!("{}{}", "[".repeat(40), "]".repeat(40)))).is_err());
    assert!(read(&" ".repeat(MAX_BYTES + 1)).unwrap_err().message.contains("2048 KiB is the limit"));
    let mut tree = read(SMALL).unwrap();
    let node = tree.nodes[1].clone();
    tree.nodes.extend(std::iter::repeat_n(node, MAX_NODES));
    assert!(read(&write(&tree).unwrap()).unwrap_err().message.contains("1002 nodes; 1000 is the limit"));
}
