//! Every single-point mutation of a node.

use fixpath::tree::condition::Condition;
use fixpath::tree::model::{Fork, Node, NodeKind, Tree};

/// A node with one mistake.
#[derive(Debug)]
pub struct Mutant {
    /// The node's key.
    pub node: String,
    /// What was changed, in words.
    pub change: String,
    /// What the node does now.
    pub kind: NodeKind,
}

/// The words of a condition that are changed, each into the other.
const WORDS: [(&str, &str); 12] = [
    ("<", "<="),
    ("<=", "<"),
    (">", ">="),
    (">=", ">"),
    ("below", "at most"),
    ("at most", "below"),
    ("at least", "above"),
    ("above", "at least"),
    ("some", "every"),
    ("every", "some"),
    ("no server", "some server"),
    ("and", "or"),
];

/// Every mutation of every node of `tree`; none of them leaves its node as it is.
pub fn of(tree: &Tree) -> Vec<Mutant> {
    tree.nodes.iter().flat_map(|node| of_node(tree, node)).collect()
}

fn of_node(tree: &Tree, node: &Node) -> Vec<Mutant> {
    let changed: Vec<(String, NodeKind)> = match &node.kind {
        NodeKind::Question(question) => {
            let with = |fork| NodeKind::Question(Box::new(fixpath::tree::model::Question { fork, ..(**question).clone() }));
            of_fork(tree, &question.fork).into_iter().map(|(change, fork)| (change, with(fork))).collect()
        }
        NodeKind::Route(fork) => of_fork(tree, fork).into_iter().map(|(change, fork)| (change, NodeKind::Route(fork))).collect(),
        NodeKind::Outcome(outcome) => did_not_help(tree, node, outcome.did_not_help.as_deref())
            .into_iter()
            .map(|(change, target)| (change, NodeKind::Outcome(Box::new(fixpath::tree::model::Outcome { did_not_help: target, ..(**outcome).clone() }))))
            .collect(),
        NodeKind::Jump(_) => Vec::new(),
    };
    let mut mutants: Vec<Mutant> = Vec::new();
    for (change, kind) in changed {
        if kind != node.kind && !mutants.iter().any(|other| other.kind == kind) {
            mutants.push(Mutant { node: node.key.clone(), change, kind });
        }
    }
    mutants
}

/// The edge of an outcome left out, and led to the next other outcome.
fn did_not_help(tree: &Tree, node: &Node, target: Option<&str>) -> Vec<(String, Option<String>)> {
    let Some(target) = target else { return Vec::new() };
    let mut changed = vec![("did_not_help left out".to_owned(), None)];
    let is_other = |other: &&Node| matches!(other.kind, NodeKind::Outcome(_)) && other.key != node.key && other.key != target;
    let from_here = tree.nodes.iter().cycle().skip_while(|other| other.key != node.key).take(tree.nodes.len());
    changed.extend(from_here.filter(is_other).map(|other| (format!("did_not_help to {} and not {target}", other.key), Some(other.key.clone()))).next());
    changed
}

fn of_fork(tree: &Tree, fork: &Fork) -> Vec<(String, Fork)> {
    let mut changed = Vec::new();
    let mut add = |change: String, mutate: &dyn Fn(&mut Fork)| {
        let mut mutant = fork.clone();
        mutate(&mut mutant);
        changed.push((change, mutant));
    };
    for (index, branch) in fork.branches.iter().enumerate() {
        let number = index + 1;
        if index > 0 {
            add(format!("branches {index} and {number} swapped"), &|fork| fork.branches.swap(index - 1, index));
        }
        add(format!("branch {number} dropped"), &|fork| {
            fork.branches.remove(index);
        });
        for (change, condition) in conditions(&branch.when) {
            add(format!("branch {number}: {change}"), &|fork| {
                if let Some(branch) = fork.branches.get_mut(index) {
                    branch.when = condition.clone();
                }
            });
        }
        let other = other_target(tree, fork, index);
        add(format!("branch {number} to {other} and not {}", branch.to), &|fork| {
            if let Some(branch) = fork.branches.get_mut(index) {
                branch.to.clone_from(&other);
            }
        });
    }
    let (otherwise, unknown) = (other_target(tree, fork, fork.branches.len()), other_target(tree, fork, fork.branches.len() + 1));
    add(format!("otherwise to {otherwise} and not {}", fork.otherwise), &|fork| fork.otherwise.clone_from(&otherwise));
    add(format!("unknown to {unknown} and not {}", fork.unknown), &|fork| fork.unknown.clone_from(&unknown));
    add("otherwise and unknown swapped".to_owned(), &|fork| std::mem::swap(&mut fork.otherwise, &mut fork.unknown));
    changed
}

/// The next target of the fork that differs from that of the edge `index`; where all are the same, the next node of the tree.
fn other_target(tree: &Tree, fork: &Fork, index: usize) -> String {
    let targets: Vec<&str> = fork.targets().collect();
    let own = targets.get(index).copied().unwrap_or_default();
    let in_fork = targets.iter().cycle().skip(index).take(targets.len()).find(|target| **target != own);
    let in_tree = || tree.nodes.iter().map(|node| node.key.as_str()).cycle().skip_while(|key| *key != own).nth(1);
    in_fork.copied().or_else(in_tree).unwrap_or_default().to_owned()
}

/// The condition negated, and with each of its words changed that can be.
fn conditions(condition: &Condition) -> Vec<(String, Condition)> {
    let text = condition.to_string();
    let mut changed = vec![("negated".to_owned(), format!("not ({text})"))];
    let outside = outside_of_quotes(&text);
    for (from, to) in WORDS {
        for (at, _) in text.match_indices(from).filter(|(at, _)| outside.contains(at) && is_word(&text, *at, from)) {
            let (before, behind) = (text.get(..at).unwrap_or_default(), text.get(at + from.len()..).unwrap_or_default());
            changed.push((format!("\"{from}\" at character {at} is now \"{to}\" in {text}"), format!("{before}{to}{behind}")));
        }
    }
    changed.into_iter().filter_map(|(change, text)| Some((change, Condition::parse(&text).ok()?))).collect()
}

fn is_word(text: &str, at: usize, word: &str) -> bool {
    let ends = |part: Option<&str>, end: fn(&str) -> Option<char>| part.and_then(end).is_none_or(|c| matches!(c, ' ' | '(' | ')'));
    ends(text.get(..at), |before| before.chars().next_back()) && ends(text.get(at + word.len()..), |behind| behind.chars().next())
}

/// The positions of the characters that stand in no quotes.
fn outside_of_quotes(text: &str) -> Vec<usize> {
    let (mut quoted, mut escaped) = (false, false);
    let mut outside = Vec::new();
    for (at, character) in text.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ if !quoted => outside.push(at),
            _ => {}
        }
    }
    outside
}
