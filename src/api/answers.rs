//! Answering questions, and "Did this fix it?".

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::IntoResponse;
use serde_json::Value as Json;

use super::document::Document;
use super::facts::{self, Answer};
use super::{Api, access};
use crate::tree::model::Helped;
use crate::web::error_page::Problem;
use crate::web::{self, Failure, FieldErrors, Path, urls};

/// Answers a question, or "Did this fix it?" of an outcome with yes, no or worse. Null is "don't know".
#[utoipa::path(
    put,
    path = urls::API_ANSWER,
    tag = "diagnoses",
    security(("owner_token" = [])),
    params(("id" = String, Path, description = "The diagnosis."), ("node" = String, Path, description = "The key of a question or outcome on the path.")),
    responses(
        (status = 200, description = "The diagnosis as it then stands.", body = Document),
        (status = 409, description = "The node is not on the path; \"current\" has the diagnosis.", body = Problem, content_type = "application/problem+json"),
        (status = "default", response = Problem),
    ),
)]
pub async fn put_answer(
    State(api): State<Api>,
    headers: HeaderMap,
    Path((id, node)): Path<(String, String)>,
    web::Json(answer): web::Json<Answer>,
) -> Result<impl IntoResponse, Failure> {
    let visit = access::own(&api, &headers, &id).await?;
    let node = access::on_path(&visit, &node)?;
    let id = &visit.diagnosis.id;
    let answered = match visit.question(&node) {
        Some((part, question)) => {
            let (_, value) = facts::read_one(part, &question.fact, answer.value.0, "/value").map_err(Failure::Invalid)?;
            api.visits.answer(id, &node, value.as_ref(), None).await
        }
        None => api.visits.helped(id, &node, Some(helped(&answer.value.0)?), None).await,
    };
    Ok(axum::Json(Document::new(&answered.map_err(access::refused)?)))
}

/// Takes an answer back. What was pasted about the question holds again.
#[utoipa::path(
    delete,
    path = urls::API_ANSWER,
    tag = "diagnoses",
    security(("owner_token" = [])),
    params(("id" = String, Path, description = "The diagnosis."), ("node" = String, Path, description = "The key of a question or outcome on the path.")),
    responses(
        (status = 200, description = "The diagnosis as it then stands.", body = Document),
        (status = 409, description = "The node is not on the path; \"current\" has the diagnosis.", body = Problem, content_type = "application/problem+json"),
        (status = "default", response = Problem),
    ),
)]
pub async fn delete_answer(State(api): State<Api>, headers: HeaderMap, Path((id, node)): Path<(String, String)>) -> Result<impl IntoResponse, Failure> {
    let visit = access::own(&api, &headers, &id).await?;
    let node = access::on_path(&visit, &node)?;
    let id = &visit.diagnosis.id;
    let taken_back = match visit.question(&node) {
        Some(_) => api.visits.take_back(id, &node, None).await,
        None => api.visits.helped(id, &node, None, None).await,
    };
    Ok(axum::Json(Document::new(&taken_back.map_err(access::refused)?)))
}

fn helped(json: &Json) -> Result<Helped, Failure> {
    json.as_str().and_then(Helped::parse).ok_or_else(|| {
        let mut errors = FieldErrors::default();
        errors.add("/value", "An outcome is answered with \"yes\", \"no\" or \"worse\". DELETE takes the answer back.");
        Failure::Invalid(errors)
    })
}
