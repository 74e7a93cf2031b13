//! The rail beside a question or outcome: what is known and from where, and the map of the path.

use super::words::{self, ValueWords};
use crate::map::{self, LaneMap, LaneOptions};
use crate::tree::closure::NodeRef;
use crate::tree::fact::{FactKey, Held, Source};
use crate::tree::walk::{How, Taken};
use crate::visit::Visit;
use crate::web::Urls;

/// What stands beside the page's content.
#[derive(Debug)]
pub struct Rail {
    /// What holds, in the order of the path.
    pub facts: Vec<FactLine>,
    /// What was answered to questions that are not on the path any more.
    pub earlier: Vec<FactLine>,
    /// The path and what is still possible.
    pub map: LaneMap,
    /// The map in words, for those who do not see it.
    pub in_words: String,
}

/// A fact, its value and where it came from.
#[derive(Debug)]
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

impl Rail {
    /// The rail of `visit`; without links where the visitor may only look.
    pub fn new(visit: &Visit, urls: &Urls, may_change: bool) -> Self {
        let mut facts = Vec::new();
        let mut earlier = Vec::new();
        let mut shown: Vec<&FactKey> = Vec::new();
        let id = visit.diagnosis.id.as_str();
        for stop in &visit.walk.path {
            let Some((part, question)) = visit.question(&stop.node) else { continue };
            let key = FactKey::within(&part.tree.slug, &question.fact);
            if let Some((key, held)) = visit.sheet.iter().find(|(held, _)| **held == key)
                && !shown.contains(&key)
            {
                shown.push(key);
                let change = may_change.then(|| urls.question(id, &stop.node.written_in(visit.slug())));
                facts.push(fact_line(visit, key, held, change, None));
            }
        }
        for (key, held) in visit.sheet.iter().filter(|(key, _)| !shown.contains(key)) {
            let remove = may_change.then(|| urls.remove_fact(id, key.as_str()));
            let is_asked = visit.closure().question_for(key).is_some();
            let change = (may_change && is_asked).then(|| urls.fact(id, key.as_str()));
            let line = fact_line(visit, key, held, change, remove);
            if held.source == Source::Asked { earlier.push(line) } else { facts.push(line) }
        }
        let answers = |node: &NodeRef| short_answer(visit, node);
        Self {
            facts,
            earlier,
            map: map::lane(visit.closure(), &visit.walk, &answers, LaneOptions::default()),
            in_words: map::in_words(visit.closure(), &visit.walk, &answers),
        }
    }
}

/// A few words on what was answered at `node`.
pub fn short_answer(visit: &Visit, node: &NodeRef) -> Option<String> {
    let stop = visit.walk.path.iter().find(|stop| stop.node == *node)?;
    let (part, found) = visit.closure().node(node)?;
    if let How::Tried(helped) = &stop.how {
        return Some(if *helped == crate::tree::model::Helped::Worse { "made it worse" } else { "did not help" }.to_owned());
    }
    if let (Taken::Branch(index), Some(fork)) = (stop.taken, found.kind.fork())
        && let Some(label) = fork.branches.get(index).and_then(|branch| branch.label.clone())
    {
        return Some(label);
    }
    let (_, question) = visit.question(node)?;
    let held = visit.sheet.get(&FactKey::within(&part.tree.slug, &question.fact))?;
    words::short(held, question)
}

fn fact_line(visit: &Visit, key: &FactKey, held: &Held, change: Option<String>, remove: Option<String>) -> FactLine {
    let question = visit.closure().question_for(key).map(|(_, _, question)| question);
    let value = words::value(held, question);
    FactLine { name: words::fact_name(visit.closure(), key), value, from: words::source(held), lines: words::lines(held), change, remove }
}
