//! Beginning, reading and deleting diagnoses.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use serde::Deserialize;
use utoipa::ToSchema;

use super::document::Document;
use super::facts::Facts;
use super::{Api, access};
use crate::evidence;
use crate::shelf::Version;
use crate::tree::answer::{self, Stated};
use crate::tree::closure::Closure;
use crate::tree::fact::{Sheet, Source, Statement};
use crate::tree::ladder::Ladders;
use crate::visit::Start;
use crate::web::error_page::Problem;
use crate::web::{ClientAddress, Failure, FieldErrors, Json, Path, urls};

/// What a diagnosis begins with. Text and facts count as pasted.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDiagnosis {
    /// The slug of the tree.
    tree: String,
    /// Whatever there is: dialogs, log entries, lists of servers, several in any order. It is read into facts.
    #[serde(default)]
    text: Option<String>,
    /// What is known already.
    #[serde(default)]
    facts: Facts,
}

/// Begins a diagnosis of a tree's current version.
#[utoipa::path(
    post,
    path = urls::API_DIAGNOSES,
    tag = "diagnoses",
    responses(
        (
            status = 201,
            description = "The diagnosis, with the token that opens it. Only this answer has the token.",
            body = Document,
            headers(("Location" = String, description = "The address of the diagnosis.")),
        ),
        (status = 429, description = "Too many diagnoses from one address; see Retry-After.", body = Problem, content_type = "application/problem+json"),
        (status = "default", response = Problem),
    ),
)]
pub async fn create_diagnosis(State(api): State<Api>, address: ClientAddress, Json(new): Json<NewDiagnosis>) -> Result<impl IntoResponse, Failure> {
    let (slug, version) = current(&api, &new.tree).ok_or_else(|| {
        let mut errors = FieldErrors::default();
        errors.add("/tree", "There is no such guide. GET the trees to see those that there are.");
        Failure::Invalid(errors)
    })?;
    let (text, facts) = checked(&version.closure, new).map_err(Failure::Invalid)?;
    api.starts.take(address, Instant::now())?;
    // A long paste takes milliseconds, in which this thread would answer nobody.
    let statements = tokio::task::spawn_blocking(move || pasted(&version.ladders, text.as_deref(), facts)).await.map_err(Failure::internal)?;
    let token = api.visits.records.new_secret();
    let visit = api.visits.start(Start { slug, owner: token.hash(), statements }).await.map_err(access::refused)?;
    let document = Document::new(&visit).with_token(&token);
    let location = api.site.urls().api_diagnosis(document.id());
    Ok((StatusCode::CREATED, [(header::LOCATION, location), (header::CACHE_CONTROL, "no-store".to_owned())], axum::Json(document)))
}

/// The current version of the tree at `slug` or that once was there, with its present slug.
fn current(api: &Api, slug: &str) -> Option<(String, Arc<Version>)> {
    let shelf = &api.visits.shelf;
    let slug = shelf.slug_moved(slug).unwrap_or_else(|| slug.to_owned());
    shelf.current(&slug).map(|version| (slug, version))
}

/// The text, and the facts by their whole keys.
fn checked(closure: &Closure, new: NewDiagnosis) -> Result<(Option<String>, Stated), FieldErrors> {
    let mut errors = FieldErrors::default();
    if new.text.is_some() && new.facts.has("text") {
        errors.add("/facts/text", "The text is given twice, as \"text\" and as a fact. Give it once; a fact takes a list of texts.");
    }
    let text = new.text.map(answer::checked_text).transpose().map_err(|problem| errors.add("/text", problem.message));
    let facts = new.facts.read(closure, "/facts").map_err(|found| found.iter().for_each(|error| errors.add(&error.field, &error.text)));
    match (text, facts) {
        (Ok(text), Ok(facts)) if errors.is_empty() => Ok((text, facts)),
        _ => Err(errors),
    }
}

/// What is read from the text, and the facts. Events and codes of both add up; of another fact that both state, the one given as such holds.
fn pasted(ladders: &Ladders, text: Option<&str>, facts: Stated) -> Vec<Statement> {
    let mut statements = text.map_or_else(Vec::new, |text| evidence::read(text, ladders).statements(Source::Pasted));
    statements.extend(facts.into_iter().map(|(key, value)| Statement { key, value, source: Source::Pasted, line: None }));
    let sheet = Sheet::resolve(&statements);
    sheet.iter().map(|(key, held)| Statement { key: key.clone(), value: held.value.clone(), source: held.source, line: held.line.clone() }).collect()
}

/// A diagnosis as it stands.
#[utoipa::path(
    get,
    path = urls::API_DIAGNOSIS,
    tag = "diagnoses",
    security(("owner_token" = [])),
    params(("id" = String, Path, description = "The diagnosis.")),
    responses((status = 200, description = "The diagnosis.", body = Document), (status = "default", response = Problem)),
)]
pub async fn show_diagnosis(State(api): State<Api>, headers: HeaderMap, Path(id): Path<String>) -> Result<impl IntoResponse, Failure> {
    let visit = access::own(&api, &headers, &id).await?;
    Ok(axum::Json(Document::new(&visit)))
}

/// Deletes a diagnosis at once, with its links and everything that belongs to it.
#[utoipa::path(
    delete,
    path = urls::API_DIAGNOSIS,
    tag = "diagnoses",
    security(("owner_token" = [])),
    params(("id" = String, Path, description = "The diagnosis.")),
    responses((status = 204, description = "It is deleted."), (status = "default", response = Problem)),
)]
pub async fn delete_diagnosis(State(api): State<Api>, headers: HeaderMap, Path(id): Path<String>) -> Result<StatusCode, Failure> {
    let visit = access::own(&api, &headers, &id).await?;
    api.visits.records.delete(&visit.diagnosis).await.map_err(access::unavailable)?;
    Ok(StatusCode::NO_CONTENT)
}
