//! A diagnosis at its own address: the question it stands at, its outcome, or the hand-over.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::{Desk, access, outcome, question};
use crate::tree::walk::End;
use crate::visit::Visit;
use crate::web::{Failure, Path, Query, Visitor};

/// Shows where the diagnosis stands.
pub async fn show(State(desk): State<Desk>, visitor: Visitor, Path(id): Path<String>, Query(query): Query) -> Result<Response, Failure> {
    let visit = access::own(&desk, &visitor, &id).await?;
    page(&desk, &visit, query.get("way")?, None)
}

/// The page for where `visit` stands: for its owner, or read only for whoever has a link, which then says until when it works.
pub fn page(desk: &Desk, visit: &Visit, way: Option<&str>, shared: Option<&super::share::Link>) -> Result<Response, Failure> {
    match &visit.walk.end {
        End::Question { node, prefill } if shared.is_none() => {
            let value = prefill.as_ref().and_then(|held| held.value.as_ref());
            Ok(question::page(desk, visit, node, question::Shown::Fresh { value })?.into_response())
        }
        End::Question { node, .. } => Ok(super::share::unfinished(desk, visit, node, shared).into_response()),
        End::Outcome { node, .. } => Ok(outcome::page(desk, visit, Some(node), way, shared)?.into_response()),
        End::HandOver => Ok(outcome::page(desk, visit, None, way, shared)?.into_response()),
    }
}

/// The status of a page on which something must be corrected.
pub const UNPROCESSABLE: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;
