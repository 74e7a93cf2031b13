//! Finding trees for evidence.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::State;
use axum::response::IntoResponse;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Api;
use super::document::Fact;
use crate::evidence;
use crate::search::{Evidence, Finder, Match, Question, Verdict};
use crate::shelf::Catalog;
use crate::tree::answer;
use crate::tree::fact::{Event, FactKey, Sheet, Source, Statement, Value};
use crate::web::error_page::Problem;
use crate::web::{ClientAddress, Failure, FieldErrors, Json, urls};

/// The most matches that one answer has.
const MOST_MATCHES: usize = 50;

/// What to look for: a text, an event, or both.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Find {
    /// Whatever there is: dialogs, log entries, lists of servers, several in any order.
    #[serde(default)]
    text: Option<String>,
    /// An event.
    #[serde(default)]
    event: Option<FindEvent>,
    /// The most matches to answer.
    #[serde(default = "ten")]
    #[schema(minimum = 1, maximum = 50, default = 10)]
    limit: usize,
}

fn ten() -> usize {
    10
}

/// An event to look for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct FindEvent {
    /// Its number.
    #[serde(default)]
    id: Option<u32>,
    /// The program that logged it.
    #[serde(default)]
    source: Option<String>,
}

/// What was found.
#[derive(Debug, Serialize, ToSchema)]
pub struct Findings {
    /// What was read from the text, and the event, as facts that a diagnosis can begin with.
    evidence: Vec<Fact>,
    /// What matches, best first.
    matches: Vec<Finding>,
    /// What to make of the matches.
    verdict: VerdictWord,
    /// What tells the matches apart; present if the verdict is `several`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = FindQuestion)]
    question: Option<FindQuestion>,
}

/// A match.
#[derive(Debug, Serialize, ToSchema)]
struct Finding {
    /// Always `tree`.
    kind: &'static str,
    /// The tree's slug.
    id: String,
    /// What the guide is called.
    title: String,
    /// How well it matches; more is better.
    score: u32,
    /// What matched, in words.
    because: Vec<String>,
}

/// What to make of the matches.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = FindVerdict)]
enum VerdictWord {
    /// No guide matches.
    Nothing,
    /// The first match is the one: it is alone, or clearly ahead of the others.
    Clear,
    /// Several match about as well.
    Several,
}

/// A question that tells matches apart.
#[derive(Debug, Serialize, ToSchema)]
struct FindQuestion {
    /// The question itself.
    prompt: &'static str,
    /// One for each match that may be the right one, best first.
    choices: Vec<FindChoice>,
}

/// A match, as the question names it.
#[derive(Debug, Serialize, ToSchema)]
struct FindChoice {
    /// The tree's slug.
    id: String,
    /// What only this guide knows.
    label: String,
}

/// Looks for trees that match a text or an event. Nothing is stored.
#[utoipa::path(
    post,
    path = urls::API_FIND,
    tag = "trees",
    responses(
        (status = 200, description = "What was found, best first.", body = Findings),
        (status = 429, description = "Too many searches from one address; see Retry-After.", body = Problem, content_type = "application/problem+json"),
        (status = "default", response = Problem),
    ),
)]
pub async fn find(State(api): State<Api>, address: ClientAddress, Json(find): Json<Find>) -> Result<impl IntoResponse, Failure> {
    api.finds.take(address, Instant::now())?;
    let limit = find.limit;
    let (text, event) = checked(find).map_err(Failure::Invalid)?;
    let catalog = api.visits.shelf.catalog();
    let search = move || findings(&api.finder, &catalog, &text.unwrap_or_default(), event, limit);
    // A long paste takes milliseconds, in which this thread would answer nobody.
    let findings = tokio::task::spawn_blocking(search).await.map_err(Failure::internal)?;
    Ok(axum::Json(findings))
}

fn checked(find: Find) -> Result<(Option<String>, Option<Event>), FieldErrors> {
    let mut errors = FieldErrors::default();
    if !(1..=MOST_MATCHES).contains(&find.limit) {
        errors.add("/limit", format!("Give a limit of 1 to {MOST_MATCHES}."));
    }
    if find.text.is_none() && find.event.is_none() {
        errors.add("", "Give a text, an event, or both.");
    }
    let text = find.text.map(answer::checked_text).transpose().map_err(|problem| errors.add("/text", problem.message));
    let event = find.event.map(|event| answer::checked_event(Event { id: event.id, source: event.source, text: None })).transpose();
    let event = event.map_err(|problem| errors.add("/event", problem.message));
    match (text, event) {
        (Ok(text), Ok(event)) if errors.is_empty() => Ok((text, event)),
        _ => Err(errors),
    }
}

fn findings(finder: &Finder, catalog: &Arc<Catalog>, text: &str, event: Option<Event>, limit: usize) -> Findings {
    let mut statements = evidence::read(text, catalog.ladders()).statements(Source::Pasted);
    statements.extend(event.map(|event| Statement {
        key: FactKey::within("", "events"),
        value: Some(Value::Events(vec![event])),
        source: Source::Pasted,
        line: None,
    }));
    let found = finder.index(catalog).find(&Evidence::new(text, &statements));
    let (verdict, question) = match found.verdict {
        Verdict::Nothing => (VerdictWord::Nothing, None),
        Verdict::Clear => (VerdictWord::Clear, None),
        Verdict::Several(question) => (VerdictWord::Several, Some(FindQuestion::from(question))),
    };
    Findings {
        evidence: Fact::all(&Sheet::resolve(&statements), ""),
        matches: found.matches.into_iter().take(limit).filter_map(|found| finding(found, catalog)).collect(),
        verdict,
        question,
    }
}

fn finding(found: Match, catalog: &Catalog) -> Option<Finding> {
    let guide = catalog.guide(&found.slug)?;
    Some(Finding { kind: "tree", id: guide.slug.clone(), title: guide.tree.title.clone(), score: found.score, because: found.because })
}

impl From<Question> for FindQuestion {
    fn from(question: Question) -> Self {
        let choices = question.choices.into_iter().map(|choice| FindChoice { id: choice.slug, label: choice.label });
        Self { prompt: question.prompt, choices: choices.collect() }
    }
}
