//! The published trees.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Serialize;
use utoipa::ToSchema;

use super::document::Question;
use super::{Api, schema};
use crate::shelf::{Guide, Version};
use crate::tree::closure::{Closure, NodeRef};
use crate::tree::fact::FactKey;
use crate::tree::model::{Node, NodeKind, Tree, Verdict};
use crate::web::error_page::Problem;
use crate::web::{Failure, Path, urls};

/// Every published tree.
#[derive(Debug, Serialize, ToSchema)]
pub struct Trees {
    /// By title.
    trees: Vec<TreeHead>,
}

/// A published tree.
#[derive(Debug, Serialize, ToSchema)]
struct TreeHead {
    /// Its name in addresses and requests.
    slug: String,
    /// What visitors call the problem.
    title: String,
    /// One or two sentences on it.
    summary: String,
    /// The current version.
    version: i64,
    /// The products it is about.
    products: Vec<String>,
    /// Short words on the versions it is about.
    applies_to: String,
    /// What leads to it.
    symptoms: TreeSymptoms,
}

/// What leads to a tree.
#[derive(Debug, Serialize, ToSchema)]
struct TreeSymptoms {
    /// Error texts, or beginnings of them.
    texts: Vec<String>,
    /// Events.
    events: Vec<TreeEvent>,
}

/// An event that leads to a tree.
#[derive(Debug, Serialize, ToSchema)]
struct TreeEvent {
    /// The program that logs it.
    source: String,
    /// Its number.
    id: u32,
}

/// A published tree with what can be asked and come out. Keys are bare in the tree itself and `slug.key` in trees that it jumps to.
#[derive(Debug, Serialize, ToSchema)]
pub struct TreeDetail {
    #[serde(flatten)]
    head: TreeHead,
    /// The questions, in the author's order.
    questions: Vec<TreeQuestion>,
    /// The outcomes, in the author's order.
    outcomes: Vec<TreeOutcome>,
}

/// A question of a tree.
#[derive(Debug, Serialize, ToSchema)]
struct TreeQuestion {
    #[serde(flatten)]
    question: Question,
    /// Its short name.
    title: String,
    /// The fact that an answer states.
    fact: String,
}

/// An outcome of a tree.
#[derive(Debug, Serialize, ToSchema)]
struct TreeOutcome {
    /// Its key.
    key: String,
    /// Its short name.
    title: String,
    /// What kind of end it is.
    #[schema(schema_with = schema::verdict)]
    verdict: Verdict,
}

/// The published trees.
#[utoipa::path(
    get,
    path = urls::API_TREES,
    tag = "trees",
    responses((status = 200, description = "Every published tree.", body = Trees), (status = "default", response = Problem)),
)]
pub async fn list_trees(State(api): State<Api>) -> impl IntoResponse {
    let catalog = api.visits.shelf.catalog();
    axum::Json(Trees { trees: catalog.guides().iter().map(|guide: &Guide| head(&guide.slug, guide.number, &guide.tree)).collect() })
}

/// A published tree. A former slug leads to the present one.
#[utoipa::path(
    get,
    path = urls::API_TREE,
    tag = "trees",
    params(("slug" = String, Path, description = "The tree.")),
    responses(
        (status = 200, description = "The tree.", body = TreeDetail),
        (status = 308, description = "The tree has another slug now; see Location."),
        (status = "default", response = Problem),
    ),
)]
pub async fn show_tree(State(api): State<Api>, Path(slug): Path<String>) -> Result<Response, Failure> {
    let shelf = &api.visits.shelf;
    if let Some(version) = shelf.current(&slug) {
        return Ok(axum::Json(detail(&slug, &version)).into_response());
    }
    let now = shelf.slug_moved(&slug).ok_or(Failure::NotFound)?;
    Ok(Redirect::permanent(&api.site.urls().api_tree(&now)).into_response())
}

fn head(slug: &str, version: i64, tree: &Tree) -> TreeHead {
    let events = tree.symptoms.events.iter().map(|event| TreeEvent { source: event.source.clone(), id: event.id });
    TreeHead {
        slug: slug.to_owned(),
        title: tree.title.clone(),
        summary: tree.summary.clone(),
        version,
        products: tree.products.clone(),
        applies_to: tree.applies_to.clone(),
        symptoms: TreeSymptoms { texts: tree.symptoms.texts.clone(), events: events.collect() },
    }
}

fn detail(slug: &str, version: &Version) -> TreeDetail {
    let mut parts = Vec::new();
    gather_parts(&version.closure, &mut parts);
    let nodes = || parts.iter().flat_map(|part| part.tree.nodes.iter().map(|node| (*part, node)));
    let start = &version.tree.slug;
    TreeDetail {
        head: head(slug, version.number, &version.tree),
        questions: nodes().filter_map(|(part, node)| question(part, node, start)).collect(),
        outcomes: nodes().filter_map(|(part, node)| outcome(part, node, start)).collect(),
    }
}

/// The tree and those that it jumps to, each once.
fn gather_parts<'a>(closure: &'a Closure, parts: &mut Vec<&'a Closure>) {
    if parts.iter().all(|part| part.tree.slug != closure.tree.slug) {
        parts.push(closure);
        closure.jumps.values().for_each(|jump| gather_parts(jump, parts));
    }
}

fn question(part: &Closure, node: &Node, start: &str) -> Option<TreeQuestion> {
    let NodeKind::Question(question) = &node.kind else { return None };
    let fact = FactKey::within(&part.tree.slug, &question.fact);
    Some(TreeQuestion { question: Question::new(key(part, node, start), question), title: node.title.clone(), fact: super::document::written(&fact, start) })
}

fn outcome(part: &Closure, node: &Node, start: &str) -> Option<TreeOutcome> {
    let NodeKind::Outcome(outcome) = &node.kind else { return None };
    Some(TreeOutcome { key: key(part, node, start), title: node.title.clone(), verdict: outcome.verdict })
}

fn key(part: &Closure, node: &Node, start: &str) -> String {
    NodeRef::new(&part.tree.slug, &node.key).written_in(start)
}
