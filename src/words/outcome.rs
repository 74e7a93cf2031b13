//! An outcome with the facts of one walk in it.

use crate::tree::closure::Closure;
use crate::tree::fact::Sheet;
use crate::tree::model::{Outcome, Per, Procedure, Reference, Risk, Step, Verdict};
use crate::tree::resolution::{self, Doing, Resolution, Way};
use crate::web::markdown::{self, Pictures};

/// An outcome, ready to be shown.
#[derive(Debug, Clone)]
pub struct OutcomeWords {
    /// What it is, as plain text.
    pub headline: String,
    /// What kind of end it is.
    pub verdict: Verdict,
    /// Why it happens, as HTML.
    pub cause: String,
    /// The alternatives.
    pub procedures: Vec<ProcedureWords>,
    /// The articles it rests on: number and title.
    pub references: Vec<(String, String)>,
}

/// One alternative.
#[derive(Debug, Clone)]
pub struct ProcedureWords {
    /// Its key in the tree.
    pub key: String,
    /// What it does, as plain text.
    pub title: String,
    /// When to choose it, as HTML.
    pub applies: String,
    /// How dangerous it is: the kind of the tag and its text.
    pub risk: (&'static str, &'static str),
    /// "1 h 30 min each"
    pub time: String,
    /// The rights it needs.
    pub rights: String,
    /// What to do, in order.
    pub steps: Vec<StepWords>,
    /// How to see that it worked, as HTML.
    pub verify: String,
    /// How to undo it, as HTML.
    pub way_back: String,
}

/// One step.
#[derive(Debug, Clone)]
pub struct StepWords {
    /// What to do, as plain text of one line.
    pub title: String,
    /// More about it, as HTML.
    pub text: Option<String>,
    /// The lines of a command, and why a blank stands in it.
    pub command: Option<(String, Vec<String>)>,
}

impl OutcomeWords {
    /// `outcome` of the tree `part`, filled with what `sheet` holds; `pictures` are those that it can show.
    #[must_use]
    pub fn new(part: &Closure, outcome: &Outcome, sheet: &Sheet, pictures: &Pictures) -> Self {
        let Resolution { verdict, headline, cause, procedures, references } = resolution::resolve(part, outcome, sheet);
        Self {
            headline: headline.plain(),
            verdict,
            cause: markdown::render_words(&cause, pictures),
            procedures: procedures.into_iter().map(|way| ProcedureWords::new(way, pictures)).collect(),
            references: references.into_iter().map(reference).collect(),
        }
    }
}

impl OutcomeWords {
    /// `outcome` as its author wrote it, with selections in braces.
    #[must_use]
    pub fn as_written(outcome: &Outcome, pictures: &Pictures) -> Self {
        Self {
            headline: outcome.headline.clone(),
            verdict: outcome.verdict,
            cause: markdown::render(&outcome.cause, pictures),
            procedures: outcome.procedures.iter().map(|procedure| ProcedureWords::as_written(procedure, pictures)).collect(),
            references: outcome.references.iter().cloned().map(reference).collect(),
        }
    }
}

/// The number and the title of an article.
fn reference(reference: Reference) -> (String, String) {
    (reference.article, reference.title.unwrap_or_else(|| "Microsoft Knowledge Base".to_owned()))
}

impl ProcedureWords {
    fn as_written(procedure: &Procedure, pictures: &Pictures) -> Self {
        Self {
            key: procedure.key.clone(),
            title: procedure.title.clone(),
            applies: markdown::render(&procedure.applies, pictures),
            risk: risk(procedure.risk),
            time: duration(procedure.minutes, procedure.per),
            rights: procedure.rights.clone(),
            steps: procedure.steps.iter().map(|step| StepWords::as_written(step, pictures)).collect(),
            verify: markdown::render(&procedure.verify, pictures),
            way_back: markdown::render(&procedure.way_back, pictures),
        }
    }

    fn new(way: Way, pictures: &Pictures) -> Self {
        Self {
            title: way.title.plain(),
            applies: markdown::render_words(&way.applies, pictures),
            risk: risk(way.risk),
            time: duration(way.minutes, way.per),
            rights: way.rights,
            steps: way.steps.into_iter().map(|step| StepWords::new(step, pictures)).collect(),
            verify: markdown::render_words(&way.verify, pictures),
            way_back: markdown::render_words(&way.way_back, pictures),
            key: way.key,
        }
    }
}

impl StepWords {
    fn as_written(step: &Step, pictures: &Pictures) -> Self {
        Self {
            title: step.title.clone(),
            text: step.text.as_deref().map(|text| markdown::render(text, pictures)),
            command: step.command.as_ref().map(|command| (command.text.clone(), Vec::new())),
        }
    }

    fn new(step: Doing, pictures: &Pictures) -> Self {
        Self {
            title: step.title.plain(),
            text: step.text.as_ref().map(|text| markdown::render_words(text, pictures)),
            command: step.command.map(|command| (command.lines.join("\n"), command.notes)),
        }
    }
}

fn risk(risk: Risk) -> (&'static str, &'static str) {
    match risk {
        Risk::None => ("ok", "No risk"),
        Risk::Low => ("ok", "Low risk"),
        Risk::Medium => ("warn", "Medium risk"),
        Risk::High => ("bad", "High risk"),
    }
}

fn duration(minutes: u32, per: Per) -> String {
    let time = match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    };
    if per == Per::Each { format!("{time} each") } else { time }
}
