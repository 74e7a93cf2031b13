//! A closure as nodes by number and the links between them, with what a drawing needs to know of each.

use std::collections::{BTreeMap, BTreeSet};

use super::shape::Kind;
use super::text::Face;
use crate::tree::closure::{Closure, NodeRef};
use crate::tree::condition::briefs;
use crate::tree::model::{Branch, Fork, Helped, Node, NodeKind, Tree};
use crate::tree::walk::{End, How, Stop, Taken, Walk};

/// Short words for what was said at a node, from whoever knows the facts: "SMTP", "5.0 SP2 and older". `None` falls back to the label of the
/// branch that was taken.
pub type Answers<'a> = dyn Fn(&NodeRef) -> Option<String> + 'a;

/// The longest condition label, in characters.
pub(super) const LABEL_CHARS: usize = 18;
/// The widest condition label in pixels: a patch of this and its margins stays inside one column of the grid.
const LABEL_PX: usize = 118;
/// The face of condition labels.
pub(super) const LABEL_FACE: Face = Face::Sans(120);

/// Nodes by number, in the author's order.
pub(super) struct Graph<'a> {
    pub(super) nodes: Vec<GraphNode<'a>>,
    by_ref: BTreeMap<NodeRef, usize>,
}

/// A node of a graph.
pub(super) struct GraphNode<'a> {
    pub(super) node: NodeRef,
    pub(super) source: &'a Node,
    /// What pages call it; for a jump the other guide's title.
    pub(super) title: &'a str,
    /// When each of its branches is taken.
    branches: Vec<Label>,
    /// Where its branches lead, each target once, in order. Neither `did_not_help` nor a jump is a link.
    pub(super) links: Vec<Link>,
    /// Where an outcome goes on that did not help.
    pub(super) did_not_help: Option<usize>,
    /// Whether it is where its tree hands over what no branch knows. Other outcomes of that verdict name a cause, and are drawn as every outcome.
    pub(super) is_hand_over: bool,
}

/// When an edge is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Label {
    /// In a few words.
    pub(super) text: String,
    /// In a sentence.
    pub(super) whole: String,
}

/// All branches of one node that lead to one target.
#[derive(Debug, Clone)]
pub(super) struct Link {
    pub(super) to: usize,
    /// When it is taken; `None` where nothing else is possible.
    pub(super) label: Option<Label>,
    /// Whether `otherwise` or `unknown` leads there too.
    pub(super) falls_back: bool,
}

impl<'a> Graph<'a> {
    /// The tree of `closure` alone.
    pub(super) fn own(closure: &'a Closure) -> Self {
        let mut graph = Self { nodes: Vec::new(), by_ref: BTreeMap::new() };
        graph.add(closure);
        graph
    }

    /// The tree of `closure` and those that it jumps to.
    pub(super) fn whole(closure: &'a Closure) -> Self {
        let mut graph = Self { nodes: Vec::new(), by_ref: BTreeMap::new() };
        let mut seen = BTreeSet::new();
        let mut open = vec![closure];
        while let Some(part) = open.pop() {
            if seen.insert(part.tree.slug.as_str()) {
                graph.add(part);
                open.extend(part.jumps.values().map(AsRef::as_ref));
            }
        }
        graph
    }

    fn add(&mut self, part: &'a Closure) {
        let slug = &part.tree.slug;
        let first = self.nodes.len();
        let hand_over = part.tree.hand_over().map(|node| node.key.as_str()).filter(|key| part.tree.falls_back_to(key) > 0);
        self.by_ref.extend(part.tree.nodes.iter().enumerate().map(|(at, node)| (NodeRef::new(slug, &node.key), first + at)));
        for source in &part.tree.nodes {
            let title = match &source.kind {
                NodeKind::Jump(jump) => part.jumps.get(&jump.tree).map_or(source.title.as_str(), |other| other.tree.title.as_str()),
                _ => source.title.as_str(),
            };
            let branches = source.kind.fork().map_or_else(Vec::new, |fork| branch_labels(&part.tree, source, fork));
            let links = source.kind.fork().map_or_else(Vec::new, |fork| self.links(slug, fork, &branches));
            let did_not_help = match &source.kind {
                NodeKind::Outcome(outcome) => outcome.did_not_help.as_ref().and_then(|key| self.number(&NodeRef::new(slug, key))),
                _ => None,
            };
            let is_hand_over = hand_over == Some(source.key.as_str());
            self.nodes.push(GraphNode { node: NodeRef::new(slug, &source.key), source, title, branches, links, did_not_help, is_hand_over });
        }
    }

    fn links(&self, slug: &str, fork: &Fork, branches: &[Label]) -> Vec<Link> {
        let mut targets: Vec<&str> = Vec::new();
        for target in fork.targets() {
            if !targets.contains(&target) {
                targets.push(target);
            }
        }
        let only = targets.len() == 1;
        let link = |target: &&str| {
            let to = *self.by_ref.get(&NodeRef::new(slug, target))?;
            let label = if only { None } else { Some(link_label(fork, branches, target)) };
            Some(Link { to, label, falls_back: fork.otherwise == *target || fork.unknown == *target })
        };
        targets.iter().filter_map(link).collect()
    }

    /// The number of `node`.
    pub(super) fn number(&self, node: &NodeRef) -> Option<usize> {
        self.by_ref.get(node).copied()
    }

    /// The targets of the node `number`.
    pub(super) fn targets(&self, number: usize) -> impl Iterator<Item = usize> + '_ {
        self.nodes.get(number).into_iter().flat_map(|node| node.links.iter().map(|link| link.to))
    }

    /// The node after `stop`, if the walk went on to it by a branch.
    pub(super) fn after(&self, stop: &Stop) -> Option<usize> {
        let fork = self.nodes.get(self.number(&stop.node)?)?.source.kind.fork()?;
        let key = match stop.taken {
            Taken::Branch(index) => &fork.branches.get(index)?.to,
            Taken::Otherwise => &fork.otherwise,
            Taken::Unknown(_) => &fork.unknown,
            Taken::Back | Taken::DidNotHelp | Taken::Jump | Taken::Waits => return None,
        };
        self.number(&NodeRef::new(&stop.node.slug, key))
    }

    /// Everything that can be reached from `starts` over links, themselves included.
    pub(super) fn reachable(&self, starts: impl IntoIterator<Item = usize>) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        let mut open: Vec<usize> = starts.into_iter().collect();
        while let Some(number) = open.pop() {
            if found.insert(number) {
                open.extend(self.targets(number));
            }
        }
        found
    }

    /// Where the options that are left hang: the node whose condition waits for the current question, or else the current node itself.
    pub(super) fn fork_in_hand(&self, walk: &Walk) -> Option<usize> {
        let waiting = walk.path.iter().rev().find(|stop| stop.taken == Taken::Waits && matches!(walk.end, End::Question { .. }));
        self.number(waiting.map(|stop| &stop.node).or_else(|| walk.end.node())?)
    }
}

impl GraphNode<'_> {
    pub(super) fn kind(&self) -> Kind {
        match &self.source.kind {
            NodeKind::Question(_) => Kind::Question,
            NodeKind::Route(_) => Kind::Route,
            NodeKind::Outcome(_) => Kind::Outcome,
            NodeKind::Jump(_) => Kind::Jump,
        }
    }

    /// Short words for what was said at `stop`, which passed this node.
    pub(super) fn answer(&self, stop: &Stop, answers: &Answers<'_>) -> Option<String> {
        match stop.how {
            How::Tried(Helped::Worse) => return Some("made it worse".to_owned()),
            How::Tried(_) => return Some("did not help".to_owned()),
            How::DontKnow => return Some("don’t know".to_owned()),
            How::Jumped => return None,
            How::Answered | How::Known { .. } | How::Routed => {}
        }
        answers(&stop.node).or_else(|| match stop.taken {
            Taken::Branch(index) => self.branches.get(index).map(|label| label.text.clone()),
            // "otherwise" is an author's word; a visitor sees nothing that he said there.
            Taken::Otherwise | Taken::Unknown(_) | Taken::Back | Taken::DidNotHelp | Taken::Jump | Taken::Waits => None,
        })
    }
}

/// When the branches of `fork` that lead to `target` are taken, in at most [`LABEL_CHARS`].
fn link_label(fork: &Fork, branches: &[Label], target: &str) -> Label {
    let mut own: Vec<&Label> = Vec::new();
    for (_, label) in fork.branches.iter().zip(branches).filter(|(branch, _)| branch.to == target) {
        if !own.iter().any(|other| other.text == label.text) {
            own.push(label);
        }
    }
    let fall_back = if fork.otherwise == target {
        Some("otherwise")
    } else if fork.unknown == target && own.is_empty() {
        Some("not known")
    } else {
        None
    };
    let whole = own.iter().map(|label| label.whole.as_str()).chain(fall_back).collect::<Vec<_>>().join("; or ");
    let texts: Vec<&str> = own.iter().map(|label| label.text.as_str()).collect();
    Label { text: on_one_line(&texts, fall_back), whole }
}

/// As much of the labels of one edge as its line has room for.
fn on_one_line(labels: &[&str], fall_back: Option<&str>) -> String {
    let whole = labels.iter().copied().chain(fall_back).collect::<Vec<_>>().join(" / ");
    if whole.chars().count() <= LABEL_CHARS && LABEL_FACE.width(&whole) <= LABEL_PX {
        return whole;
    }
    match (labels, fall_back) {
        // "Otherwise" is true of everything that no other line names, and short.
        (_, Some(words)) => words.to_owned(),
        ([label, _, ..], None) => {
            let rest = format!(" +{}", labels.len() - 1);
            LABEL_FACE.shorten_at_words(label, LABEL_CHARS - rest.len(), LABEL_PX - LABEL_FACE.width(&rest)) + &rest
        }
        _ => LABEL_FACE.shorten_at_words(&whole, LABEL_CHARS, LABEL_PX),
    }
}

/// The author's label of each branch, or else what its condition says in a few words.
fn branch_labels(tree: &Tree, source: &Node, fork: &Fork) -> Vec<Label> {
    let words = |fact: &str, option: Option<&str>| tree.words(fact, option);
    let own = if let NodeKind::Question(question) = &source.kind { Some(question.fact.as_str()) } else { None };
    let conditions: Vec<_> = fork.branches.iter().map(|branch| &branch.when).collect();
    let label = |(branch, brief): (&Branch, String)| Label { text: branch.label.clone().unwrap_or(brief), whole: branch.when.sentence(&words) };
    fork.branches.iter().zip(briefs(&conditions, own, &words)).map(label).collect()
}
