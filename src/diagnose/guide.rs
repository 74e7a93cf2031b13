//! A guide before it is walked: what it is about, and the button that begins a diagnosis.

use std::time::Instant;

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};

use super::home::{Pasted, fixes};
use super::{Desk, access, opened};
use crate::shelf::Version;
use crate::tree::bound;
use crate::tree::fact::{Event, FactKey, Source, Statement, Value};
use crate::visit::Start;
use crate::web::{ClientAddress, Failure, FieldErrors, Form, Nav, Page, Path, Visitor, markdown, time};

/// Symptoms that stand on the page; more of them are folded.
const SYMPTOMS_SHOWN: usize = 8;

/// The page of a guide.
#[derive(Template, WebTemplate)]
#[template(path = "diagnose/guide.html")]
pub struct GuidePage {
    page: Page,
    title: String,
    summary: String,
    applies_to: String,
    symptoms: Vec<String>,
    most_questions: Option<usize>,
    fixes: Vec<String>,
    version: i64,
    published: String,
    owner: Option<String>,
    reviewed: Option<String>,
    action: String,
    map: String,
    /// What was pasted and cannot be taken as it is.
    pasted: Option<Pasted>,
    errors: FieldErrors,
}

/// Shows a guide. A former address leads to the present one.
pub async fn show(State(desk): State<Desk>, Path(slug): Path<String>) -> Result<Response, Failure> {
    match desk.visits.shelf.current(&slug) {
        Some(version) => Ok(page(&desk, &version, None, FieldErrors::default()).into_response()),
        None => moved(&desk, &slug),
    }
}

/// Where a guide with a former address is now. What was posted there is posted again.
pub fn moved(desk: &Desk, slug: &str) -> Result<Response, Failure> {
    let now = desk.visits.shelf.slug_moved(slug).ok_or(Failure::NotFound)?;
    Ok(Redirect::permanent(&desk.site.urls().guide(&now)).into_response())
}

fn page(desk: &Desk, version: &Version, pasted: Option<Pasted>, errors: FieldErrors) -> GuidePage {
    let tree = &version.closure.tree;
    let events = tree.symptoms.events.iter().map(|event| format!("{} {}", event.source, event.id));
    let texts = tree.symptoms.texts.iter().map(|text| format!("\u{201c}{text}\u{201d}"));
    let urls = desk.site.urls();
    let mut page = desk.site.page(tree.title.clone()).at(Nav::Guides);
    if !errors.is_empty() {
        page = page.with_error();
    }
    GuidePage {
        page,
        title: tree.title.clone(),
        summary: markdown::render(&tree.summary),
        applies_to: tree.applies_to.clone(),
        symptoms: texts.chain(events).collect(),
        most_questions: bound::most_questions(&version.closure, &version.closure.tree.start, &|_| false),
        fixes: fixes(tree).map(str::to_owned).collect(),
        version: version.number,
        published: time::day(version.published_at),
        owner: tree.owner.clone(),
        reviewed: tree.reviewed.as_deref().map(time::written_day),
        action: urls.guide(&tree.slug),
        map: urls.guide_map(&tree.slug),
        pasted,
        errors,
    }
}

/// Begins a diagnosis, with what was pasted on the start page.
pub async fn start(
    State(desk): State<Desk>,
    visitor: Visitor,
    address: ClientAddress,
    Path(slug): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let Some(version) = desk.visits.shelf.current(&slug) else { return moved(&desk, &slug) };
    let pasted = Pasted::sent(&fields)?;
    let statements = match statements(&pasted) {
        Ok(statements) => statements,
        Err(errors) => return Ok((opened::UNPROCESSABLE, page(&desk, &version, Some(pasted), errors)).into_response()),
    };
    desk.starts.take(address, Instant::now())?;
    let (secret, cookie) = visitor.or_new(&desk.random);
    let start = Start { slug, owner: secret.hash(), statements };
    let visit = desk.visits.start(start).await.map_err(|refusal| access::refused(&desk.site, refusal).keeping(&fields))?;
    Ok((cookie, Redirect::to(&desk.site.urls().diagnosis(visit.diagnosis.id.as_str()))).into_response())
}

/// What was pasted, as statements.
fn statements(pasted: &Pasted) -> Result<Vec<Statement>, FieldErrors> {
    let pasted_fact = |key: &str, value: Value| Statement { key: FactKey::within("", key), value: Some(value), source: Source::Pasted, line: None };
    let mut statements = Vec::new();
    if pasted.evidence.trim().is_empty() && pasted.event_id.trim().is_empty() && pasted.event_source.trim().is_empty() {
        return Ok(statements);
    }
    let wanted = pasted.wanted()?;
    if !wanted.text.trim().is_empty() {
        statements.push(pasted_fact("text", Value::Messages(vec![wanted.text])));
    }
    if wanted.event_id.is_some() || wanted.event_source.is_some() {
        let event = Event { id: wanted.event_id, source: wanted.event_source, text: None };
        statements.push(pasted_fact("events", Value::Events(vec![event])));
    }
    Ok(statements)
}
