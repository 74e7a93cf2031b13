//! Why a walk came to where it stands, and why not elsewhere.

use super::{fact_name, sentence, source, title};
use crate::tree::closure::Closure;
use crate::tree::fact::Sheet;
use crate::tree::model::{Helped, Verdict};
use crate::tree::walk::{How, Walk};
use crate::tree::why::{RuledOut, RuledOutBy, why, why_not};

/// A walk with what it was decided by.
#[derive(Debug, Clone, Copy)]
pub struct Walked<'a> {
    /// The tree, with everything it is pinned to.
    pub closure: &'a Closure,
    /// What is known, as it is shown: perhaps with placeholders for names.
    pub shown: &'a Sheet,
    /// What the walk was decided by.
    pub decided_by: &'a Sheet,
    /// The walk.
    pub walk: &'a Walk,
}

/// A statement and what is behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The statement.
    pub title: String,
    /// What is behind it.
    pub detail: String,
}

impl Walked<'_> {
    /// The branches that led here, each with the fact behind it.
    #[must_use]
    pub fn because(&self) -> Vec<Reason> {
        why(self.closure, self.decided_by, self.walk)
            .into_iter()
            .filter_map(|because| {
                let part = self.closure.part(&because.node.slug)?;
                let title = sentence(part, &because.parts);
                let sources = because.facts.iter().filter_map(|key| Some(format!("{}: {}", fact_name(part, key), source(self.shown.get(key)?))));
                let mut sources: Vec<String> = sources.collect();
                sources.dedup();
                (!title.is_empty()).then(|| Reason { title, detail: sources.join(" · ") })
            })
            .collect()
    }

    /// The outcomes that it cannot be, each with the reason. Those that were tried are left out.
    #[must_use]
    pub fn ruled_out(&self) -> Vec<Reason> {
        let is_shown = |ruled_out: &RuledOut| {
            let verdict = self.closure.outcome(&ruled_out.outcome).map(|(_, outcome)| outcome.verdict);
            verdict.is_some_and(|verdict| verdict != Verdict::HandOver) && !matches!(ruled_out.by, RuledOutBy::Tried(_))
        };
        why_not(self.closure, self.decided_by, self.walk)
            .iter()
            .filter(|ruled_out| is_shown(ruled_out))
            .filter_map(|ruled_out| self.reason_against(ruled_out))
            .collect()
    }

    fn reason_against(&self, ruled_out: &RuledOut) -> Option<Reason> {
        let detail = match &ruled_out.by {
            RuledOutBy::False { at, parts } => {
                let part = self.closure.part(&at.slug)?;
                format!("Not so: {}.", sentence(part, parts))
            }
            RuledOutBy::Earlier { at, branch } => {
                let (part, node) = self.closure.node(at)?;
                let taken = node.kind.fork()?.branches.get(*branch)?;
                let what = taken.label.clone().unwrap_or_else(|| sentence(part, std::slice::from_ref(&taken.when)));
                format!("Not asked: {what} at \u{201c}{}\u{201d} already explains it.", node.title)
            }
            RuledOutBy::Undecided { at } => format!("Could not be told at \u{201c}{}\u{201d}.", title(self.closure, at)),
            RuledOutBy::Tried(_) => return None,
        };
        Some(Reason { title: title(self.closure, &ruled_out.outcome), detail })
    }

    /// Outcomes that were tried before this one, and how it went.
    #[must_use]
    pub fn tried(&self) -> Vec<String> {
        let tried = self.walk.path.iter().filter_map(|stop| match &stop.how {
            How::Tried(helped) => Some((&stop.node, *helped)),
            _ => None,
        });
        tried
            .map(|(node, helped)| format!("{} ({})", title(self.closure, node), if helped == Helped::Worse { "made it worse" } else { "did not help" }))
            .collect()
    }
}
