//! The desk's right column: the form of the selected node, or of the guide as a whole.

use std::sync::Arc;

use super::condition::NEW;
use super::feedback::Said;
use super::form::Typed;
use super::{outline, words};
use crate::shelf::Draft;
use crate::tree::condition::Condition;
use crate::tree::fact::BUILT_IN;
use crate::tree::model::{Node, Tree};
use crate::web::{FieldErrors, Urls};

/// Most options that all selects of a form have together; beyond it nodes are typed, with one list of proposals for all.
const MOST_OPTIONS: usize = 2_000;

/// Values and the words for them, as selects show them.
type Options = &'static [(&'static str, &'static str)];

/// The right column.
pub enum Panel {
    /// The guide as a whole.
    Head(HeadForm),
    /// A node.
    Node(NodeForm),
}

impl Panel {
    /// Whether a node is selected.
    pub fn is_node(&self) -> bool {
        matches!(self, Self::Node(_))
    }
}

/// The nodes that an edge can lead to.
pub struct Picker {
    /// Key and title, in the author's order.
    pub nodes: Vec<(String, String)>,
    /// Whether nodes are typed rather than chosen, since selects would make the page too heavy.
    pub is_typed: bool,
}

impl Picker {
    /// For a form with this many edges.
    pub fn new(tree: &Tree, edges: usize) -> Self {
        let nodes: Vec<(String, String)> = tree.nodes.iter().map(|node| (node.key.clone(), node.title.clone())).collect();
        let is_typed = nodes.len() * edges > MOST_OPTIONS;
        Self { nodes, is_typed }
    }

    /// What makes a new node.
    pub fn new_nodes(&self) -> Options {
        &[("+question", "New question"), ("+route", "New route"), ("+outcome", "New outcome"), ("+jump", "New jump")]
    }
}

/// The form of the guide as a whole.
pub struct HeadForm {
    /// What stands in it.
    pub typed: Typed,
    /// What must change.
    pub errors: FieldErrors,
    /// Where it is posted to.
    pub action: String,
    /// The revision that it was made from.
    pub revision: i64,
    /// The guide's address.
    pub slug: String,
    /// The ladders to choose from, with their names.
    pub ladders: Vec<(String, String)>,
    /// The page that changes the address.
    pub address_href: String,
    /// The page that copies the guide.
    pub copy_href: String,
}

/// The form of a node.
pub struct NodeForm {
    /// `question`, `route`, `outcome` or `jump`.
    pub kind: &'static str,
    /// The node's key.
    pub key: String,
    /// What stands in it.
    pub typed: Typed,
    /// What must change.
    pub errors: FieldErrors,
    /// Where it is posted to.
    pub action: String,
    /// The revision that it was made from.
    pub revision: i64,
    /// The guides that a jump can lead to, with their titles.
    pub trees: Vec<(String, String)>,
    /// The title of the node that is unfinished next, if there is one.
    pub next: Option<String>,
    /// What visitors said of it.
    pub said: Option<Said>,
    /// The desk with this node as it is stored.
    pub revert_href: String,
    /// Where the form is posted to for its texts as visitors would read them.
    pub preview_href: String,
    /// The page of a branch that does not exist yet.
    pub new_branch_href: String,
    /// The page that moves and copies the node.
    pub arrange_href: String,
    /// The page that deletes the node.
    pub delete_href: String,
    tree: Arc<Tree>,
    urls: Urls,
}

impl NodeForm {
    /// The form of `node` with what was typed and what must change.
    pub fn new(urls: &Urls, draft: &Draft, node: &Node, revision: i64, typed: Typed, errors: FieldErrors) -> Self {
        let (slug, key) = (draft.slug.as_str(), node.key.as_str());
        Self {
            kind: outline::kind(node),
            key: node.key.clone(),
            typed,
            errors,
            action: urls.editor_node_form(slug, key),
            revision,
            trees: Vec::new(),
            next: None,
            said: None,
            revert_href: urls.editor_node(slug, key),
            preview_href: urls.editor_node_preview(slug, key),
            new_branch_href: urls.editor_branch(slug, key, NEW),
            arrange_href: urls.editor_arrange(slug, key),
            delete_href: urls.editor_delete(slug, key),
            tree: Arc::clone(&draft.tree),
            urls: urls.clone(),
        }
    }

    /// The kind as headings write it.
    pub fn kind_name(&self) -> &'static str {
        match self.kind {
            "question" => "Question",
            "route" => "Route",
            "outcome" => "Outcome",
            _ => "Jump",
        }
    }

    /// What the condition of a branch says, in English; none if it cannot be read.
    pub fn sentence(&self, row: &Typed) -> Option<String> {
        Condition::parse(row.text("when")).ok().map(|condition| words::sentence(&self.tree, &condition))
    }

    /// What a condition of this node looks like: for a question by the kinds that it can have, of which the page shows the chosen one.
    pub fn condition_hints(&self) -> Options {
        const OF_SERVERS: &str = "Such as: some server is 5.5 below SP3, or: every server is 2000";
        if self.kind != "question" {
            return &[("", OF_SERVERS)];
        }
        &[
            ("yes_no", "Write yes or no."),
            ("choice", "Write one of the options."),
            ("choices", "Write one of the options."),
            ("text", "Such as: contains \"host unreachable\""),
            ("servers", OF_SERVERS),
            ("event", "Such as: event(id 2037)"),
            ("code", "Such as: code(c1030ad1)"),
            ("number", "Such as: size >= 100, with the fact that the answer sets in place of size"),
        ]
    }

    /// The page that edits the condition of a stored branch.
    pub fn condition_href(&self, row: &Typed) -> Option<String> {
        let was = row.text("was");
        was.parse::<usize>().ok().map(|_| self.urls.editor_branch(&self.tree.slug, &self.key, was))
    }

    /// Whether visitors read texts of this kind of node.
    pub fn has_texts(&self) -> bool {
        matches!(self.kind, "question" | "outcome")
    }

    /// The page that puts names and answers into the text of a field.
    pub fn words_href(&self, field: &str) -> String {
        self.urls.editor_words_of(&self.tree.slug, &self.key, field)
    }

    /// The kinds of question.
    pub fn asks(&self) -> Options {
        &[
            ("servers", "Servers with version and service pack"),
            ("choice", "One of a list"),
            ("choices", "Several of a list"),
            ("yes_no", "Yes or no"),
            ("text", "Text, matched by pattern"),
            ("event", "Events from the log"),
            ("code", "Error code"),
            ("number", "Number"),
        ]
    }

    /// The built-in facts and those of this guide.
    pub fn facts(&self) -> Vec<(&str, String)> {
        let words = ["Messages", "Events", "Error codes", "Servers", "Clients", "Machine of the Administrator program"];
        BUILT_IN.into_iter().zip(words.map(str::to_owned)).collect()
    }

    /// The columns of a table of servers.
    pub fn columns(&self) -> Options {
        &[
            ("level", "Version and service pack"),
            ("build", "Build"),
            ("site", "Site"),
            ("roles", "Roles"),
            ("os", "Operating system"),
            ("platform", "Platform"),
            ("edition", "Edition"),
            ("language", "Language"),
            ("hotfixes", "Hotfixes"),
            ("history", "History"),
        ]
    }

    /// The shells of a command.
    pub fn shells(&self) -> Options {
        &[("cmd", "Command prompt"), ("powershell", "PowerShell"), ("sh", "POSIX shell")]
    }

    /// The verdicts of an outcome.
    pub fn verdicts(&self) -> Options {
        &[
            ("fix", "Fix: removes the cause"),
            ("workaround", "Workaround: goes around it"),
            ("by_design", "By design: the product is meant to behave so"),
            ("nothing_wrong", "Nothing wrong: there is no fault"),
            ("hand_over", "Hand over: somebody else goes on from here"),
        ]
    }

    /// Whether the node leads to others, which its form can make.
    pub fn forks(&self) -> bool {
        matches!(self.kind, "question" | "route")
    }

    /// Whether there is, or may come, a node to go on with.
    pub fn goes_on(&self) -> bool {
        self.next.is_some() || self.forks()
    }

    /// The risks of a procedure.
    pub fn risks(&self) -> Options {
        &[("none", "None"), ("low", "Low"), ("medium", "Medium"), ("high", "High")]
    }

    /// What the minutes of a procedure are for.
    pub fn pers(&self) -> Options {
        &[("all", "All of it"), ("each", "Each server")]
    }

    /// Whether a set column offers something.
    pub fn has_offers(&self) -> bool {
        ["offers_roles", "offers_hotfixes", "offers_history"].iter().any(|name| !self.typed.text(name).trim().is_empty())
    }

    /// Whether a number has limits.
    pub fn has_limits(&self) -> bool {
        ["min", "max", "unit"].iter().any(|name| !self.typed.text(name).trim().is_empty())
    }

    /// Whether the card has something of its own.
    pub fn has_card(&self) -> bool {
        !self.typed.text("help").trim().is_empty() || !self.typed.rows("card").is_empty()
    }

    /// Whether a step, whose fields begin with `at`, has more than a title, or something to be changed there.
    pub fn step_has_more(&self, step: &Typed, at: &str) -> bool {
        ["text", "command"].iter().any(|name| !step.text(name).trim().is_empty() || self.errors.of(&format!("{at}{name}")).is_some())
    }
}
