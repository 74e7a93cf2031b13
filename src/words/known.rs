//! What is known, line by line, and in a few words at each node of the path.

use super::{ValueWords, Walked, fact_name, lines, short, source, value};
use crate::tree::closure::NodeRef;
use crate::tree::fact::{FactKey, Held, Source};
use crate::tree::model::Helped;
use crate::tree::walk::{How, Taken};

/// What is known.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// What holds, in the order of the path.
    pub facts: Vec<FactLine>,
    /// What was answered to questions that are not on the path any more.
    pub earlier: Vec<FactLine>,
}

/// A fact, its value and where it came from.
#[derive(Debug, Clone)]
pub struct FactLine {
    /// What it is called.
    pub name: String,
    /// Its value.
    pub value: ValueWords,
    /// Who said it.
    pub from: &'static str,
    /// The lines it was read from, where they say more than the value.
    pub lines: Vec<String>,
    /// The page where it is changed.
    pub change: Option<String>,
    /// Where its removal is posted to.
    pub remove: Option<String>,
}

/// Where the facts of a walk are changed; each answers with an address, or nothing where that cannot be done.
pub trait Links {
    /// The page of a question on the path.
    fn question(&self, node: &NodeRef) -> Option<String>;
    /// The page of a fact that no question on the path asks for.
    fn fact(&self, key: &FactKey) -> Option<String>;
    /// Where the removal of such a fact is posted to.
    fn remove(&self, key: &FactKey) -> Option<String>;
}

impl Known {
    /// What `walked` rests on.
    #[must_use]
    pub fn new(walked: &Walked<'_>, links: &impl Links) -> Self {
        let mut known = Self::default();
        let mut shown: Vec<&FactKey> = Vec::new();
        for stop in &walked.walk.path {
            let Some((part, question)) = walked.closure.question(&stop.node) else { continue };
            let key = FactKey::within(&part.tree.slug, &question.fact);
            if let Some((key, held)) = walked.shown.iter().find(|(held, _)| **held == key)
                && !shown.contains(&key)
            {
                shown.push(key);
                known.facts.push(walked.fact_line(key, held, links.question(&stop.node), None));
            }
        }
        for (key, held) in walked.shown.iter().filter(|(key, _)| !shown.contains(key)) {
            let is_asked = walked.closure.question_for(key).is_some();
            let line = walked.fact_line(key, held, links.fact(key).filter(|_| is_asked), links.remove(key));
            if held.source == Source::Asked { known.earlier.push(line) } else { known.facts.push(line) }
        }
        known
    }
}

impl Walked<'_> {
    fn fact_line(&self, key: &FactKey, held: &Held, change: Option<String>, remove: Option<String>) -> FactLine {
        let question = self.closure.question_for(key).map(|(_, _, question)| question);
        FactLine { name: fact_name(self.closure, key), value: value(held, question), from: source(held), lines: lines(held), change, remove }
    }

    /// A few words on what was answered at `node`, for the map and the path.
    #[must_use]
    pub fn short_answer(&self, node: &NodeRef) -> Option<String> {
        let stop = self.walk.path.iter().find(|stop| stop.node == *node)?;
        let (part, found) = self.closure.node(node)?;
        if let How::Tried(helped) = &stop.how {
            return Some(if *helped == Helped::Worse { "made it worse" } else { "did not help" }.to_owned());
        }
        if let (Taken::Branch(index), Some(fork)) = (stop.taken, found.kind.fork())
            && let Some(label) = fork.branches.get(index).and_then(|branch| branch.label.clone())
        {
            return Some(label);
        }
        let (_, question) = self.closure.question(node)?;
        let held = self.shown.get(&FactKey::within(&part.tree.slug, &question.fact))?;
        short(held, question)
    }
}
