//! Where facts lead: to one guide, to several, or to none that we know.

use crate::search::{self, Match, Wanted};
use crate::shelf::{Catalog, Guide};
use crate::tree::fact::{Statement, Value};

/// A guide that fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fitting {
    /// Its present address.
    pub slug: String,
    /// What it is called.
    pub title: String,
    /// Why it fits.
    pub because: String,
}

/// Where facts lead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lead {
    /// No guide fits.
    Nothing,
    /// One guide fits so much better than any other that it is walked straight away.
    Clear(Fitting),
    /// The visitor chooses.
    Several {
        /// What tells them apart.
        question: String,
        /// The guides, best first.
        guides: Vec<Fitting>,
    },
}

impl Lead {
    /// The guides that fit `statements`, without the one at the address `except`.
    pub fn of(statements: &[Statement], catalog: &Catalog, except: Option<&str>) -> Self {
        let guides = catalog.guides().iter().filter(|guide| Some(guide.slug.as_str()) != except);
        let found = search::find(guides.map(|guide| guide.tree.as_ref()), &wanted(statements));
        let is_clear = match found.as_slice() {
            [] => return Self::Nothing,
            [_] => true,
            [first, second, ..] => first.score >= 2 * second.score,
        };
        let mut guides: Vec<Fitting> = found.into_iter().filter_map(|found| fitting(found, catalog.guides())).collect();
        if is_clear && !guides.is_empty() {
            return Self::Clear(guides.swap_remove(0));
        }
        Self::Several { question: "Which of these is it?".to_owned(), guides }
    }
}

fn fitting(found: Match, guides: &[Guide]) -> Option<Fitting> {
    let guide = guides.iter().find(|guide| guide.tree.slug == found.slug)?;
    Some(Fitting { slug: guide.slug.clone(), title: guide.tree.title.clone(), because: found.because.join("; ") })
}

fn wanted(statements: &[Statement]) -> Wanted {
    let mut wanted = Wanted::default();
    for statement in statements {
        match &statement.value {
            Some(Value::Messages(messages)) => wanted.text = messages.join("\n"),
            Some(Value::Events(events)) => {
                if let Some(event) = events.first() {
                    (wanted.event_id, wanted.event_source) = (event.id, event.source.clone());
                }
            }
            _ => {}
        }
    }
    wanted
}
