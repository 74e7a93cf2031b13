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
use crate::shelf::Version;
use crate::tree::answer;
use crate::tree::closure::Closure;
use crate::tree::fact::{FactKey, Source, Statement, Value};
use crate::visit::Start;
use crate::web::error_page::Problem;
use crate::web::{ClientAddress, Failure, FieldErrors, Json, Path, urls};

/// What a diagnosis begins with. Text and facts count as pasted.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDiagnosis {
    /// The slug of the tree.
    tree: String,
    /// One message: the text of a dialog or log entry.
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
    let statements = statements(&version.closure, new).map_err(Failure::Invalid)?;
    api.starts.take(address, Instant::now())?;
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

fn statements(closure: &Closure, new: NewDiagnosis) -> Result<Vec<Statement>, FieldErrors> {
    let mut errors = FieldErrors::default();
    let mut known = Vec::new();
    if let Some(text) = new.text {
        if new.facts.has("text") {
            errors.add("/facts/text", "The text is given twice, as \"text\" and as a fact. Give it once; a fact takes a list of texts.");
        }
        match answer::checked_text(text) {
            Ok(text) => known.push((FactKey::within("", "text"), Some(Value::Messages(vec![text])))),
            Err(problem) => errors.add("/text", problem.message),
        }
    }
    match new.facts.read(closure, "/facts") {
        Ok(facts) => known.extend(facts),
        Err(found) => found.iter().for_each(|error| errors.add(&error.field, &error.text)),
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    Ok(known.into_iter().map(|(key, value)| Statement { key, value, source: Source::Pasted, line: None }).collect())
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
