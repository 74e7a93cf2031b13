//! What holds for every edit, over random trees.

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::{Edit, Part, between, value};
use crate::tree::condition::arbitrary::condition;
use crate::tree::model::{Branch, Case, Fork, Node, NodeKind, Tree};

const KEYS: [&str; 8] = ["a", "b", "c", "d", "e", "f", "g", "h"];

/// A node without edges yet: what it is called, what it is, and where it could lead.
#[derive(Debug, Clone)]
struct Seed {
    title: String,
    is_route: bool,
    when: Vec<crate::tree::condition::Condition>,
    leads: [Index; 4],
}

fn seed() -> impl Strategy<Value = Seed> {
    ("[A-Z][a-z]{0,3}", any::<bool>(), vec(condition(), 0..3), any::<[Index; 4]>()).prop_map(|(title, is_route, when, leads)| Seed {
        title,
        is_route,
        when,
        leads,
    })
}

/// A tree that hangs together.
fn tree() -> impl Strategy<Value = Tree> {
    let nodes = btree_map(select(&KEYS[..]), seed(), 1..8);
    let case = (select(&["one", "two", "three"][..]), select(&KEYS[..]))
        .prop_map(|(name, expect)| serde_json::from_value::<Case>(serde_json::json!({"name": name, "expect": expect})).unwrap());
    (nodes, any::<u64>(), vec(case, 0..4), "[a-z]{0,3}").prop_map(|(nodes, mix, cases, title)| {
        let mut keys: Vec<&str> = nodes.keys().copied().collect();
        // Any order: the keys sorted by a number that depends on the draw.
        keys.sort_by_key(|key| u64::from(key.as_bytes()[0]).wrapping_mul(mix | 1));
        let to = |index: &Index| index.get(&keys).to_string();
        let node = |key: &&str| {
            let seed = &nodes[key];
            let branches = seed.when.iter().zip(&seed.leads).map(|(when, lead)| Branch { when: when.clone(), label: None, to: to(lead) }).collect();
            let kind = match seed.is_route {
                true => NodeKind::Route(Fork { branches, otherwise: to(&seed.leads[2]), unknown: to(&seed.leads[3]), meant: Vec::new() }),
                false => {
                    serde_json::from_value::<Node>(serde_json::json!({"key": "x", "title": "",
                    "outcome": {"verdict": "fix", "headline": seed.title, "cause": "", "did_not_help": to(&seed.leads[0])}}))
                    .unwrap()
                    .kind
                }
            };
            Node { key: (*key).to_owned(), title: seed.title.clone(), kind }
        };
        let head = serde_json::json!({"format": "fixpath/1", "slug": "t", "title": title, "summary": "", "products": [], "applies_to": "", "ladder": "l",
            "start": keys[0], "nodes": []});
        Tree { nodes: keys.iter().map(node).collect(), cases, ..serde_json::from_value(head).unwrap() }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn an_edit_makes_one_tree_of_the_other_and_its_inverse_goes_back(a in tree(), b in tree()) {
        let edit = between(&a, &b);
        prop_assert_eq!(edit.is_empty(), a == b);
        prop_assert_eq!(edit.apply(&a).unwrap(), b.clone());
        prop_assert_eq!(edit.inverse().apply(&b).unwrap(), a);
        prop_assert_eq!(edit.apply(&b).unwrap(), b, "what is done already is no conflict");
    }

    #[test]
    fn an_edit_survives_being_stored(a in tree(), b in tree()) {
        let edit = between(&a, &b);
        let text = serde_json::to_string(&edit).unwrap();
        let read: Edit = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(read.apply(&a).unwrap(), b);
        prop_assert_eq!(read, edit);
    }

    #[test]
    fn an_edit_says_something_if_and_only_if_it_changes_something(a in tree(), b in tree()) {
        prop_assert_eq!(between(&a, &b).sentences().is_empty() && crate::tree::difference::sentences(&a, &b).is_empty(), a == b);
        prop_assert_eq!(crate::tree::difference::side_by_side(&a, &a), []);
    }

    #[test]
    fn edits_of_different_nodes_commute(a in tree(), at in any::<[Index; 2]>(), titles in any::<[u8; 2]>()) {
        let keys = at.map(|index| index.get(&a.nodes).key.clone());
        prop_assume!(keys[0] != keys[1]);
        let edits = [0, 1].map(|side| {
            let mut edited = a.clone();
            edited.nodes.iter_mut().find(|node| node.key == keys[side]).unwrap().title = titles[side].to_string();
            // Each author also adds a node at a place of their own.
            let new: Node = serde_json::from_value(serde_json::json!({"key": format!("new{side}"), "title": "", "jump": {"tree": "x"}})).unwrap();
            edited.nodes.insert(at[side].index(edited.nodes.len() + 1), new);
            between(&a, &edited)
        });
        let one_way = edits[1].apply(&edits[0].apply(&a).unwrap()).unwrap();
        let other_way = edits[0].apply(&edits[1].apply(&a).unwrap()).unwrap();
        prop_assert_eq!(&one_way, &other_way);
        prop_assert_eq!(one_way.nodes.len(), a.nodes.len() + 2);
    }
}

fn small() -> Tree {
    let leaf = |key: &str| serde_json::json!({"key": key, "title": key.to_uppercase(), "jump": {"tree": "x"}});
    let route = serde_json::json!({"key": "r", "title": "R", "route": {"branches": [], "otherwise": "a", "unknown": "b"}});
    serde_json::from_value(serde_json::json!({"format": "fixpath/1", "slug": "t", "title": "T", "summary": "", "products": [], "applies_to": "", "ladder": "l",
        "start": "r", "nodes": [route, leaf("a"), leaf("b"), leaf("c"), leaf("d")]}))
    .unwrap()
}

/// The small tree with its nodes in this order; a key that it does not have is added.
fn ordered(keys: &[&str]) -> Tree {
    let base = small();
    let node = |key: &&str| {
        base.node(key).cloned().unwrap_or_else(|| serde_json::from_value(serde_json::json!({"key": key, "title": "", "jump": {"tree": "x"}})).unwrap())
    };
    Tree { nodes: keys.iter().map(node).collect(), ..base.clone() }
}

#[test]
fn orders_merge_what_both_sides_did() {
    let merged = |mine: &[&str], theirs: &[&str]| {
        let edit = between(&small(), &ordered(mine));
        edit.apply(&ordered(theirs)).map(|tree| tree.nodes.iter().map(|node| node.key.clone()).collect::<String>())
    };
    assert_eq!(merged(&["r", "a", "b", "c", "d", "x"], &["r", "a", "b", "c", "d", "y"]).unwrap(), "rabcdxy");
    assert_eq!(merged(&["r", "x", "a", "b", "c", "d"], &["r", "a", "b", "c"]).unwrap(), "rxabc", "an addition, and a removal elsewhere");
    assert_eq!(merged(&["r", "a", "b", "d", "c"], &["r", "a", "y", "b", "c", "d"]).unwrap(), "raybdc", "moved by one, added by the other");
    let conflicts = merged(&["r", "a", "b", "d", "c"], &["r", "b", "a", "c", "d"]).unwrap_err();
    assert_eq!(conflicts.iter().map(|conflict| &conflict.part).collect::<Vec<_>>(), [&Part::Order], "both moved, each in another way");
}

#[test]
fn a_conflict_shows_all_three_states() {
    let with = |title: &str| {
        let mut tree = small();
        tree.nodes[1].title = title.to_owned();
        tree
    };
    let conflicts = between(&small(), &with("mine")).apply(&with("theirs")).unwrap_err();
    assert_eq!(conflicts.len(), 1);
    let part = Part::Node("a".to_owned());
    assert_eq!(
        (&conflicts[0].base, &conflicts[0].mine, &conflicts[0].theirs),
        (&value(&small(), &part), &value(&with("mine"), &part), &value(&with("theirs"), &part))
    );
}

#[test]
fn what_this_program_cannot_read_is_a_conflict_and_not_lost() {
    let mut edit = between(&small(), &ordered(&["r", "a", "b", "c", "d", "x"]));
    for change in &mut edit.changes {
        if change.part == Part::Node("x".to_owned()) {
            change.after = Some(serde_json::json!({"key": "x", "title": "", "of a newer program": 1}));
        }
    }
    assert_eq!(edit.apply(&small()).unwrap_err()[0].part, Part::Node("x".to_owned()));
}
