//! An outcome as programs read it: the steps with the visitor's own names, why it is this one, and why not the others.

use serde::Serialize;
use utoipa::ToSchema;

use super::document::written;
use super::schema;
use crate::record::Tick;
use crate::tree::closure::NodeRef;
use crate::tree::condition::Condition;
use crate::tree::model::{Helped, Per, Risk, Shell, Verdict};
use crate::tree::resolution::{self, Doing, Way, Words};
use crate::tree::walk::End;
use crate::tree::why::{self, why, why_not};
use crate::visit::Visit;

/// An outcome. Texts are filled with the visitor's names; what is not known stands in square brackets. `cause`, `applies`, `verify`,
/// `way_back` and the `text` of steps are Markdown in which names are not escaped.
#[derive(Debug, Serialize, ToSchema)]
pub struct Outcome {
    /// What an answer to "Did this fix it?" is put at.
    key: String,
    /// What kind of end it is.
    #[schema(schema_with = schema::verdict)]
    pub verdict: Verdict,
    /// What to do, in a line.
    title: String,
    /// Why it happens.
    cause: String,
    /// Alternatives, the author's first choice first.
    procedures: Vec<Procedure>,
    /// The articles that it rests on.
    references: Vec<Reference>,
    /// Whether "Did this fix it?" was answered with yes.
    solved: bool,
    /// The branches that led here, in order.
    because: Vec<Because>,
    /// The outcomes that the walk did not come to.
    ruled_out: Vec<RuledOut>,
}

/// One way to carry out an outcome.
#[derive(Debug, Serialize, ToSchema)]
struct Procedure {
    /// Stable inside its outcome.
    key: String,
    /// What it does.
    title: String,
    /// When to choose it.
    applies: String,
    /// How dangerous it is.
    #[schema(schema_with = schema::risk)]
    risk: Risk,
    /// About how long it takes.
    minutes: u32,
    /// Whether `minutes` is for each server or for all of it.
    #[schema(schema_with = schema::per)]
    per: Per,
    /// The rights it needs.
    rights: String,
    /// What to do, in order.
    steps: Vec<Step>,
    /// How to see that it worked.
    verify: String,
    /// How to undo it.
    way_back: String,
}

/// One step of a procedure.
#[derive(Debug, Serialize, ToSchema)]
struct Step {
    /// What to do, in a line.
    title: String,
    /// More about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = String)]
    text: Option<String>,
    /// A command to run.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Command)]
    command: Option<Command>,
    /// Whether it is ticked.
    done: bool,
}

/// A command, ready to be run.
#[derive(Debug, Serialize, ToSchema)]
struct Command {
    /// The shell it is for.
    #[schema(schema_with = schema::shell)]
    shell: Shell,
    /// One line for each server that it is for.
    lines: Vec<String>,
    /// Why a blank stands in it, if one does.
    notes: Vec<String>,
}

/// An article.
#[derive(Debug, Serialize, ToSchema)]
struct Reference {
    /// Its number, such as `Q247773`.
    article: String,
    /// What it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = String)]
    title: Option<String>,
}

/// A branch that led to the outcome.
#[derive(Debug, Serialize, ToSchema)]
struct Because {
    /// The question or route.
    node: String,
    /// The smallest part of the branch's condition that is true, in the condition language.
    conditions: Vec<String>,
    /// The facts behind it.
    facts: Vec<String>,
}

/// An outcome that the walk did not come to.
#[derive(Debug, Serialize, ToSchema)]
struct RuledOut {
    /// The outcome.
    key: String,
    /// Its short name.
    title: String,
    /// What ruled it out.
    by: RuledOutBy,
    /// The question or route where it was lost.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = String)]
    at: Option<String>,
    /// The part of the condition that is false, or the condition that was true earlier.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    conditions: Vec<String>,
    /// What "Did this fix it?" was answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(schema_with = schema::helped, required = false)]
    answer: Option<Helped>,
}

/// What ruled an outcome out.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum RuledOutBy {
    /// The condition of the branch towards it is false.
    False,
    /// A branch before it was true, so nobody asked.
    Earlier,
    /// The branch towards it could not be decided.
    Undecided,
    /// It was tried.
    Tried,
}

impl Outcome {
    /// The outcome `node` for what `visit` knows.
    pub fn new(visit: &Visit, node: &NodeRef) -> Option<Self> {
        let (part, outcome) = visit.outcome(node)?;
        let resolution = resolution::resolve(part, outcome, &visit.sheet);
        Some(Self {
            key: node.written_in(visit.slug()),
            verdict: resolution.verdict,
            title: resolution.headline.plain(),
            cause: resolution.cause.plain(),
            procedures: resolution.procedures.iter().map(|way| procedure(visit, node, way)).collect(),
            references: resolution.references.into_iter().map(|found| Reference { article: found.article, title: found.title }).collect(),
            solved: matches!(visit.walk.end, End::Outcome { solved: true, .. }),
            because: why(visit.closure(), &visit.sheet, &visit.walk).iter().map(|because| reason(visit, because)).collect(),
            ruled_out: why_not(visit.closure(), &visit.sheet, &visit.walk).into_iter().filter_map(|lost| ruled_out(visit, lost)).collect(),
        })
    }
}

fn procedure(visit: &Visit, node: &NodeRef, way: &Way) -> Procedure {
    let is_done = |index: usize| {
        let tick = |step| Tick { node: node.clone(), procedure: way.key.clone(), step };
        u32::try_from(index).is_ok_and(|step| visit.diagnosis.ticks.contains(&tick(step)))
    };
    Procedure {
        key: way.key.clone(),
        title: way.title.plain(),
        applies: way.applies.plain(),
        risk: way.risk,
        minutes: way.minutes,
        per: way.per,
        rights: way.rights.clone(),
        steps: way.steps.iter().enumerate().map(|(index, doing)| step(doing, is_done(index))).collect(),
        verify: way.verify.plain(),
        way_back: way.way_back.plain(),
    }
}

fn step(doing: &Doing, done: bool) -> Step {
    let command = doing.command.as_ref();
    Step {
        title: doing.title.plain(),
        text: doing.text.as_ref().map(Words::plain),
        command: command.map(|lines| Command { shell: lines.shell, lines: lines.lines.clone(), notes: lines.notes.clone() }),
        done,
    }
}

fn reason(visit: &Visit, because: &why::Because) -> Because {
    Because {
        node: because.node.written_in(visit.slug()),
        conditions: texts(&because.parts),
        facts: because.facts.iter().map(|key| written(key, visit.slug())).collect(),
    }
}

fn ruled_out(visit: &Visit, lost: why::RuledOut) -> Option<RuledOut> {
    let (_, node) = visit.closure().node(&lost.outcome)?;
    let (by, at, conditions, answer) = match lost.by {
        why::RuledOutBy::False { at, parts } => (RuledOutBy::False, Some(at), texts(&parts), None),
        why::RuledOutBy::Earlier { at, branch } => {
            let taken = visit.closure().node(&at)?.1.kind.fork()?.branches.get(branch)?;
            let condition = vec![taken.when.to_string()];
            (RuledOutBy::Earlier, Some(at), condition, None)
        }
        why::RuledOutBy::Undecided { at } => (RuledOutBy::Undecided, Some(at), Vec::new(), None),
        why::RuledOutBy::Tried(helped) => (RuledOutBy::Tried, None, Vec::new(), Some(helped)),
    };
    let at = at.map(|node| node.written_in(visit.slug()));
    Some(RuledOut { key: lost.outcome.written_in(visit.slug()), title: node.title.clone(), by, at, conditions, answer })
}

fn texts(conditions: &[Condition]) -> Vec<String> {
    conditions.iter().map(ToString::to_string).collect()
}
