//! A guide before it is walked: what it is about, and the button that begins a diagnosis.

use std::sync::Arc;

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Redirect, Response};

use super::{Desk, doors, find};
use crate::shelf::{Version, WithdrawnGuide};
use crate::tree::bound;
use crate::tree::model::{Node, NodeKind, Tree};
use crate::web::markdown::{self, Pictures};
use crate::web::{ClientAddress, Failure, Form, Nav, Page, Path, Visitor, time};

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
    /// The titles of its outcomes.
    ends: Vec<String>,
    version: i64,
    published: String,
    owner: Option<String>,
    reviewed: Option<String>,
    action: String,
    map: String,
}

/// Shows a guide, or what a start link says to it. A former address leads to the present one.
pub async fn show(State(desk): State<Desk>, address: ClientAddress, Path(slug): Path<String>, RawQuery(query): RawQuery) -> Result<Response, Failure> {
    let Some(version) = desk.visits.shelf.current(&slug) else { return moved_with(&desk, &slug, query.as_deref()) };
    let link = doors::Link::of(&doors::fields(query.as_deref())?)?;
    if link.is_empty() {
        return Ok(page(&desk, &version).into_response());
    }
    doors::of_guide(&desk, address, &version, &link)
}

/// Where a guide with a former address is now. What was posted there is posted again.
pub fn moved(desk: &Desk, slug: &str) -> Result<Response, Failure> {
    moved_with(desk, slug, None)
}

/// The same with what stood behind the `?`, so that a start link outlives a new address.
fn moved_with(desk: &Desk, slug: &str, query: Option<&str>) -> Result<Response, Failure> {
    let shelf = &desk.visits.shelf;
    let now = shelf.slug_moved(slug).ok_or_else(|| shelf.withdrawn_guide(slug).map_or(Failure::NotFound, |guide| gone(&guide)))?;
    let place = desk.site.urls().guide(&now);
    let place = query.map_or_else(|| place.clone(), |query| format!("{place}?{query}"));
    Ok(Redirect::permanent(&place).into_response())
}

/// What an old link to a withdrawn guide says.
fn gone(guide: &WithdrawnGuide) -> Failure {
    let why = guide.reason.as_ref().map_or_else(|| ".".to_owned(), |reason| format!(": {reason}"));
    Failure::Gone { what: format!("The authors withdrew the guide \u{201c}{}\u{201d} on {}{why}", guide.title, time::day(guide.at)) }
}

fn page(desk: &Desk, version: &Version) -> GuidePage {
    let tree = &version.closure.tree;
    let events = tree.symptoms.events.iter().map(|event| format!("{} {}", event.source, event.id));
    let texts = tree.symptoms.texts.iter().map(|text| format!("\u{201c}{text}\u{201d}"));
    let urls = desk.site.urls();
    GuidePage {
        page: desk.site.page(tree.title.clone()).at(Nav::Guides),
        title: tree.title.clone(),
        summary: markdown::render(&tree.summary, &Pictures::new(urls, Arc::default())),
        applies_to: tree.applies_to.clone(),
        symptoms: texts.chain(events).collect(),
        most_questions: bound::most_questions(&version.closure, &version.closure.tree.start, &|_| false),
        ends: ends(tree).map(|node| node.title.clone()).collect(),
        version: version.number,
        published: time::day(version.published_at),
        owner: tree.owner.clone(),
        reviewed: tree.reviewed.as_deref().map(time::written_day),
        action: urls.guide(&tree.slug),
        map: urls.guide_map(&tree.slug),
    }
}

/// Begins a diagnosis: of which nothing is known yet, or with the facts of a start link.
pub async fn start(
    State(desk): State<Desk>,
    visitor: Visitor,
    address: ClientAddress,
    Path(slug): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let Some(version) = desk.visits.shelf.current(&slug) else { return moved(&desk, &slug) };
    if doors::Door::sent(&fields)?.is_some() {
        return doors::sent_to_guide(&desk, visitor, address, &version, &fields).await;
    }
    find::begin(&desk, visitor, address, &slug, Vec::new(), &fields).await
}

/// Its outcomes, but for the one where nothing is left to try.
fn ends(tree: &Tree) -> impl Iterator<Item = &Node> {
    let hand_over = tree.hand_over().map(|node| node.key.as_str());
    tree.nodes.iter().filter(move |node| matches!(node.kind, NodeKind::Outcome(_)) && Some(node.key.as_str()) != hand_over)
}
