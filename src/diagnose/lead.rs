//! Where facts lead: to one guide, to several, or to none that we know.

use super::Desk;
use crate::form::{FactForm, Summary};
use crate::search::{Evidence, Match, Verdict};
use crate::shelf::Catalog;
use crate::tree::fact::Statement;

/// A guide that fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fitting {
    /// Its present address.
    pub slug: String,
    /// What it is called.
    pub title: String,
    /// What only this guide knows, where several fit.
    pub apart: Option<String>,
    /// Why it fits, strongest first.
    pub because: Vec<String>,
}

impl Fitting {
    /// The reasons that a line has room for.
    pub fn strongest(&self) -> String {
        self.because.iter().take(2).cloned().collect::<Vec<_>>().join("; ")
    }
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

/// What was read and where it leads, as the live preview and the pages show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhatWasRead {
    /// What was read.
    pub summary: Summary,
    /// Where it leads.
    pub lead: Lead,
}

impl WhatWasRead {
    /// What `form` says with its `statements`, without the guide at the address `except`.
    pub fn new(desk: &Desk, form: &FactForm, statements: &[Statement], except: Option<&str>) -> Self {
        Self { summary: Summary::new(form, statements), lead: Lead::of(desk, form, statements, except) }
    }
}

impl Lead {
    fn of(desk: &Desk, form: &FactForm, statements: &[Statement], except: Option<&str>) -> Self {
        let catalog = desk.visits.shelf.catalog();
        let mut evidence = Evidence::new("", statements);
        // Lines that are no fact may still have words that a guide knows.
        for line in form.unread.quotes.iter().flat_map(|quote| &quote.lines) {
            evidence.text.push('\n');
            evidence.text.push_str(line);
        }
        let found = desk.finder.index(&catalog).find(&evidence);
        let is_shown = |slug: &str| Some(slug) != except;
        let matches = found.matches.iter().filter(|found| is_shown(&found.slug));
        let (prompt, choices) = match found.verdict {
            Verdict::Nothing => return Self::Nothing,
            Verdict::Clear => (None, Vec::new()),
            Verdict::Several(question) => (Some(question.prompt), question.choices),
        };
        let apart = |slug: &str| choices.iter().find(|choice| choice.slug == slug).map(|choice| choice.label.clone());
        let mut guides: Vec<Fitting> = matches.filter_map(|found| fitting(found, apart(&found.slug), &catalog)).collect();
        match (guides.len(), prompt) {
            (0, _) => Self::Nothing,
            (1, _) | (_, None) => Self::Clear(guides.swap_remove(0)),
            // What is no choice of the question matches too weakly to be offered.
            (_, Some(question)) => {
                guides.retain(|guide| guide.apart.is_some() || choices.is_empty());
                Self::Several { question: question.to_owned(), guides }
            }
        }
    }
}

fn fitting(found: &Match, apart: Option<String>, catalog: &Catalog) -> Option<Fitting> {
    let guide = catalog.guide(&found.slug)?;
    Some(Fitting { slug: guide.slug.clone(), title: guide.tree.title.clone(), apart, because: found.because.clone() })
}
