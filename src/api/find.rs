//! Finding trees for evidence.

use std::time::Instant;

use axum::extract::State;
use axum::response::IntoResponse;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Api;
use super::document::Fact;
use super::schema::FactValue;
use crate::search::{Evidence, Match};
use crate::shelf::Catalog;
use crate::tree::answer;
use crate::tree::fact::{Event, Source, Value};
use crate::web::error_page::Problem;
use crate::web::{ClientAddress, Failure, FieldErrors, Json, urls};

/// The most matches that one answer has.
const MOST_MATCHES: usize = 50;

/// What to look for: a text, an event, or both.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Find {
    /// The text of a dialog or log entry.
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
    /// What was looked for, as facts that a diagnosis can begin with.
    evidence: Vec<Fact>,
    /// What matches, best first.
    matches: Vec<Finding>,
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
    let (text, event) = read(find).map_err(Failure::Invalid)?;
    let catalog = api.visits.shelf.catalog();
    let wanted = Evidence { text: text.clone().unwrap_or_default(), events: event.iter().cloned().collect(), ..Evidence::default() };
    let found = api.finder.index(&catalog).find(&wanted);
    let matches = found.matches.into_iter().take(limit).filter_map(|found| finding(found, &catalog)).collect();
    Ok(axum::Json(Findings { evidence: evidence(text, event), matches }))
}

fn read(find: Find) -> Result<(Option<String>, Option<Event>), FieldErrors> {
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

fn evidence(text: Option<String>, event: Option<Event>) -> Vec<Fact> {
    let pasted = |key: &str, value: &Value| Fact { key: key.to_owned(), value: FactValue::new(Some(value)), source: Source::Pasted, line: None };
    let text = text.map(|text| pasted("text", &Value::Messages(vec![text])));
    let event = event.map(|event| pasted("events", &Value::Events(vec![event])));
    text.into_iter().chain(event).collect()
}

fn finding(found: Match, catalog: &Catalog) -> Option<Finding> {
    let guide = catalog.guide(&found.slug)?;
    Some(Finding { kind: "tree", id: guide.slug.clone(), title: guide.tree.title.clone(), score: found.score, because: found.because })
}
