//! Trees with one mistake each, and sound ones that look as if they had one.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use fixpath::app::content;
use fixpath::tree::check::{self, Severity};
use fixpath::tree::file;
use fixpath::tree::ladder::Ladders;

use super::set::{Seeded, read};

/// The kinds of findings.
const KINDS: [&str; 36] = [
    "bad_address",
    "empty_words",
    "no_product",
    "no_ladder",
    "bad_day",
    "key_twice",
    "fact_twice",
    "bad_key",
    "long_title",
    "wrong_ask",
    "options",
    "columns",
    "limits",
    "card",
    "missing_target",
    "bad_condition",
    "unreachable",
    "circle",
    "dead_end",
    "did_not_help",
    "no_procedure",
    "procedures",
    "no_steps",
    "no_verify",
    "bad_wording",
    "bad_reference",
    "bad_jump",
    "bad_case",
    "failing_case",
    "dead_branch",
    "unreached",
    "order",
    "hole",
    "otherwise",
    "not_proven",
    "idle_mark",
];

static LADDERS: LazyLock<Ladders> = LazyLock::new(|| Ladders::new(content::ladders().expect("the shipped ladders").into_iter().map(Arc::new)));

fn broken() -> Vec<Seeded> {
    read("broken")
}

#[test]
fn the_set_has_every_kind_of_mistake() {
    let set = broken();
    let mut named: BTreeSet<&str> = BTreeSet::new();
    for seeded in &set {
        assert!(!seeded.words.is_empty(), "{} does not say what is wrong", seeded.name);
        assert_eq!(seeded.finds.is_empty(), seeded.refused.is_some(), "{}", seeded.name);
        for expected in seeded.finds.iter().chain(&seeded.follows) {
            for kind in &expected.kinds {
                named.insert(KINDS.iter().find(|known| *known == kind).unwrap_or_else(|| panic!("{}: {kind}", seeded.name)));
            }
        }
    }
    assert!(set.len() >= 45, "{}", set.len());
    assert_eq!(named, BTreeSet::from(KINDS));
}

#[test]
fn what_cannot_be_read_is_refused() {
    for seeded in broken() {
        match (file::read(&seeded.text), &seeded.refused) {
            (Err(error), Some(message)) => assert!(error.to_string().contains(message), "{}: {error}", seeded.name),
            (Err(error), None) => panic!("{}: {error}", seeded.name),
            (Ok(tree), None) => {
                for node in seeded.finds.iter().chain(&seeded.follows).filter_map(|expected| expected.node.as_ref()) {
                    assert!(tree.node(node).is_some(), "{}: there is no node {node}", seeded.name);
                }
            }
            (Ok(_), Some(message)) => panic!("{} is read, and should say: {message}", seeded.name),
        }
    }
}

#[test]
fn no_check_finds_an_error_where_there_is_none() {
    for seeded in broken() {
        let Ok(tree) = file::read(&seeded.text) else { continue };
        let named: BTreeSet<Option<&str>> = seeded.finds.iter().chain(&seeded.follows).map(|expected| expected.node.as_deref()).collect();
        for finding in check::check(&tree, &LADDERS) {
            assert!(finding.severity == Severity::Warning || named.contains(&finding.node.as_deref()), "{}: {finding:?}", seeded.name);
        }
    }
}

#[test]
fn the_sound_trees_pass_the_checks() {
    let sound = read("sound");
    assert!(sound.len() >= 10);
    for seeded in sound {
        let tree = file::read(&seeded.text).unwrap_or_else(|error| panic!("{}: {error}", seeded.name));
        assert_eq!(tree.slug, seeded.name);
        assert_eq!(check::check(&tree, &LADDERS), [], "{}", seeded.name);
    }
}
