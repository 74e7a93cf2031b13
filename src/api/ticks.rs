//! Ticking the steps of a procedure.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::IntoResponse;
use serde::Deserialize;
use utoipa::ToSchema;

use super::document::Document;
use super::{Api, access};
use crate::tree::closure::NodeRef;
use crate::tree::model::Outcome;
use crate::visit::Visit;
use crate::web::error_page::Problem;
use crate::web::{self, Failure, FieldErrors, Path, urls};

/// The steps of one procedure that are done; every other step of it is not.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Ticks {
    /// The key of the outcome.
    outcome: String,
    /// The key of the procedure.
    procedure: String,
    /// The numbers of the steps, from 1.
    steps: Vec<u32>,
}

/// Sets which steps of a procedure are done. Ticks never change where the diagnosis stands.
#[utoipa::path(
    put,
    path = urls::API_TICKS,
    tag = "diagnoses",
    security(("owner_token" = [])),
    params(("id" = String, Path, description = "The diagnosis.")),
    responses((status = 200, description = "The diagnosis.", body = Document), (status = "default", response = Problem)),
)]
pub async fn put_ticks(
    State(api): State<Api>,
    headers: HeaderMap,
    Path(id): Path<String>,
    web::Json(ticks): web::Json<Ticks>,
) -> Result<impl IntoResponse, Failure> {
    let visit = access::own(&api, &headers, &id).await?;
    let (node, steps) = read(&visit, &ticks).map_err(Failure::Invalid)?;
    let ticked = api.visits.tick(&visit.diagnosis.id, &node, &ticks.procedure, &steps).await;
    Ok(axum::Json(Document::new(&ticked.map_err(access::refused)?)))
}

/// The outcome, and the steps counted from 0.
fn read(visit: &Visit, ticks: &Ticks) -> Result<(NodeRef, Vec<u32>), FieldErrors> {
    let mut errors = FieldErrors::default();
    let node = NodeRef::parse(&ticks.outcome, visit.slug());
    let Some((_, outcome)) = visit.outcome(&node) else {
        errors.add("/outcome", "This guide has no such outcome.");
        return Err(errors);
    };
    let Some(count) = steps_of(outcome, &ticks.procedure) else {
        errors.add("/procedure", "The outcome has no such procedure.");
        return Err(errors);
    };
    let index = |number: u32| number.checked_sub(1).filter(|index| usize::try_from(*index).is_ok_and(|index| index < count));
    match ticks.steps.iter().position(|number| index(*number).is_none()) {
        Some(wrong) => {
            errors.add(format!("/steps/{wrong}"), format!("The procedure's steps have the numbers 1 to {count}."));
            Err(errors)
        }
        None => Ok((node, ticks.steps.iter().filter_map(|number| index(*number)).collect())),
    }
}

fn steps_of(outcome: &Outcome, procedure: &str) -> Option<usize> {
    outcome.procedures.iter().find(|found| found.key == procedure).map(|found| found.steps.len())
}
