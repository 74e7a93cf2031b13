//! Where the edges of a form lead: to nodes that are there, or to ones that are made for them.

use std::collections::BTreeSet;

use crate::editor::outline;
use crate::tree::file::MAX_NODES;
use crate::tree::model::{Ask, Fork, Jump, Node, NodeKind, Outcome, Question, Tree, Verdict};

/// What begins the value that asks for a new node: `+question`.
pub const NEW: char = '+';

/// The kinds of nodes that an author can make, with what pages call them.
pub const KINDS: [(&str, &str); 4] = [("question", "question"), ("route", "route"), ("outcome", "outcome"), ("jump", "jump to another guide")];

/// Resolves the edges of one form.
pub struct Targets<'a> {
    tree: &'a Tree,
    /// Keys that a new node must not have.
    taken: BTreeSet<String>,
    made: Vec<Node>,
}

impl<'a> Targets<'a> {
    /// For a form about `tree`; `former` are keys that nodes once had.
    pub fn new(tree: &'a Tree, former: &BTreeSet<String>) -> Self {
        let taken = tree.nodes.iter().map(|node| node.key.clone()).chain(former.iter().cloned()).collect();
        Self { tree, taken, made: Vec::new() }
    }

    /// The key of the node that was typed: a key, a title, or `+` and the kind of a new node with this title. Edges that name the same new node
    /// lead to one.
    ///
    /// # Errors
    /// What to choose instead.
    pub fn resolve(&mut self, typed: &str, new_title: &str) -> Result<String, String> {
        if typed.is_empty() {
            return Err("Choose the node to go to.".to_owned());
        }
        if let Some(kind) = typed.strip_prefix(NEW) {
            if self.is_full() {
                return Err(too_many());
            }
            if let Some(made) = self.made.iter().find(|made| outline::kind(made) == kind && made.title == new_title) {
                return Ok(made.key.clone());
            }
            let title = if new_title.is_empty() { unnamed(kind) } else { new_title.to_owned() };
            let node = self.make(kind, &title).ok_or_else(|| format!("There is no kind of node \"{kind}\"."))?;
            return Ok(node);
        }
        let titled = || self.tree.nodes.iter().find(|node| node.title.eq_ignore_ascii_case(typed));
        let found = self.tree.node(typed).or_else(titled).map(|node| node.key.clone());
        found.ok_or_else(|| format!("There is no node \"{typed}\": choose one of the list, by its key or its title."))
    }

    /// Makes a node with this title and a key of its own, and answers the key; `None` for an unknown kind.
    pub fn make(&mut self, kind: &str, title: &str) -> Option<String> {
        let key = free_key(&key_from(title), &self.taken);
        let node = Node { key: key.clone(), title: title.to_owned(), kind: beginning(kind, &key, title, &fall_back(self.tree))? };
        self.taken.insert(key.clone());
        self.made.push(node);
        Some(key)
    }

    /// The tree whose form it is.
    pub fn tree(&self) -> &'a Tree {
        self.tree
    }

    /// Whether the tree has as many nodes as a tree can have, those that were made among them.
    pub fn is_full(&self) -> bool {
        self.tree.nodes.len() + self.made.len() >= MAX_NODES
    }

    /// The nodes that were made.
    pub fn into_made(self) -> Vec<Node> {
        self.made
    }
}

/// Says that a tree cannot take another node.
pub fn too_many() -> String {
    format!("The guide has {MAX_NODES} nodes, which is the limit. Split it and join the parts by jumps.")
}

/// The title of a new node of this kind that nobody named.
fn unnamed(kind: &str) -> String {
    format!("New {kind}")
}

/// A node of this kind with as little in it as can be stored.
fn beginning(kind: &str, key: &str, title: &str, fall_back: &str) -> Option<NodeKind> {
    let fork = Fork { branches: Vec::new(), otherwise: fall_back.to_owned(), unknown: fall_back.to_owned(), meant: Vec::new() };
    Some(match kind {
        // Who gave no name has still to write the prompt too.
        "question" => NodeKind::Question(Box::new(question(key, if title == unnamed(kind) { "" } else { title }, Ask::YesNo, fork))),
        "route" => NodeKind::Route(fork),
        "outcome" => NodeKind::Outcome(Box::new(outcome(Verdict::Fix, title))),
        "jump" => NodeKind::Jump(Jump { tree: String::new() }),
        _ => return None,
    })
}

/// A question with nothing but what it must have.
pub fn question(fact: &str, prompt: &str, ask: Ask, fork: Fork) -> Question {
    Question {
        fact: fact.to_owned(),
        ask,
        prompt: prompt.to_owned(),
        hint: None,
        help: None,
        card: Vec::new(),
        options: Vec::new(),
        columns: Vec::new(),
        families: Vec::new(),
        offers: std::collections::BTreeMap::new(),
        number: None,
        fork,
    }
}

/// An outcome with nothing but what it must have.
pub fn outcome(verdict: Verdict, headline: &str) -> Outcome {
    Outcome { verdict, headline: headline.to_owned(), cause: String::new(), procedures: Vec::new(), references: Vec::new(), did_not_help: None }
}

/// Where the edges of a new node lead until its author says otherwise: the hand-over, or else the first outcome.
pub fn fall_back(tree: &Tree) -> String {
    let mut outcomes = tree.nodes.iter().filter(|node| matches!(node.kind, NodeKind::Outcome(_)));
    tree.hand_over().or_else(|| outcomes.next()).map_or_else(|| tree.start.clone(), |node| node.key.clone())
}

/// A key made of the letters and digits of a title: "Is the DLL there?" is `is_the_dll_there`.
pub fn key_from(title: &str) -> String {
    joined(title, '_')
}

/// An address made of the letters and digits of a title.
pub fn slug_from(title: &str) -> String {
    joined(title, '-')
}

fn joined(title: &str, joint: char) -> String {
    /// Leaves room for a number behind it.
    const LONGEST: usize = 56;
    let mut key = String::new();
    for c in title.chars().map(|c| c.to_ascii_lowercase()) {
        if c.is_ascii_lowercase() || c.is_ascii_digit() && !key.is_empty() {
            key.push(c);
        } else if !key.is_empty() && !key.ends_with(joint) {
            key.push(joint);
        }
        if key.len() == LONGEST {
            break;
        }
    }
    let key = key.trim_end_matches(joint);
    if key.is_empty() { "node".to_owned() } else { key.to_owned() }
}

/// `wanted`, or the first of `wanted_2`, `wanted_3` and so on that is not taken.
pub fn free_key(wanted: &str, taken: &BTreeSet<String>) -> String {
    if !taken.contains(wanted) {
        return wanted.to_owned();
    }
    (2_usize..).map(|number| format!("{wanted}_{number}")).find(|key| !taken.contains(key)).unwrap_or_else(|| wanted.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges_that_name_the_same_new_node_lead_to_one() {
        let tree = crate::tree::file::read(include_str!("../../../trees/extension-not-loaded.yaml")).unwrap();
        let former = BTreeSet::new();
        let mut targets = Targets::new(&tree, &former);
        let keys = [("+outcome", "Path down"), ("+outcome", "Path down"), ("+question", "Path down"), ("+outcome", ""), ("+outcome", "")]
            .map(|(typed, title)| targets.resolve(typed, title).unwrap());
        assert_eq!(keys, ["path_down", "path_down", "path_down_2", "new_outcome", "new_outcome_2"]);
        assert_eq!(targets.into_made().len(), 4);
    }

    #[test]
    fn keys_come_from_titles_and_differ_from_those_that_are_or_were_there() {
        assert_eq!(key_from("Is imcadmin.dll in place?"), "is_imcadmin_dll_in_place");
        assert_eq!(slug_from("  2 servers, \u{e9}tat "), "servers-tat");
        assert_eq!(key_from("日本語"), "node");
        let taken = ["a".to_owned(), "a_2".to_owned()].into();
        assert_eq!((free_key("a", &taken), free_key("b", &taken)), ("a_3".to_owned(), "b".to_owned()));
        assert!(key_from(&"long ".repeat(40)).len() <= 60);
    }
}
