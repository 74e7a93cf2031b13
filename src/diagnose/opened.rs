//! A diagnosis at its own address: the question it stands at, its outcome, or the hand-over.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::{Desk, access, outcome, question};
use crate::tree::fact::Held;
use crate::tree::walk::End;
use crate::visit::Visit;
use crate::web::{Failure, Fields, Path, Query, TakesGzip, Viewer, Visitor, time};

/// Shows where the diagnosis stands. The page of a question is most of what visitors ask for, so it is kept, but for those whose name is on it.
pub async fn show(
    State(desk): State<Desk>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(query): Query,
    TakesGzip(packed): TakesGzip,
    viewer: Option<Viewer>,
) -> Result<Response, Failure> {
    let diagnosis = access::own_diagnosis(&desk, &visitor, &id).await?;
    let changes = desk.visits.shelf.changes();
    let is_kept = viewer.is_none();
    if let Some(page) = desk.rendered.page(&diagnosis, changes, packed).filter(|_| is_kept) {
        return Ok(page);
    }
    let visit = desk.visits.visit(Arc::clone(&diagnosis)).await.map_err(access::unavailable)?;
    match &visit.walk.end {
        End::Question { node, prefill } => {
            let page = question::page(&desk, &visit, node, fresh(prefill.as_ref()))?;
            if !is_kept {
                return Ok(page.into_response());
            }
            Ok(desk.rendered.keep(&diagnosis, changes, page.render().map_err(Failure::internal)?, packed))
        }
        End::Outcome { .. } | End::HandOver => page(&desk, &visit, Chosen::of(&query)?, None),
    }
}

/// That the version which the diagnosis is pinned to was withdrawn.
pub struct WithdrawnVersion {
    /// The day.
    pub day: String,
    /// Why, as its authors wrote it; none if they did not.
    pub reason: Option<String>,
}

/// The same of this visit, if it was.
pub fn withdrawn(visit: &Visit) -> Option<WithdrawnVersion> {
    visit.version.withdrawn_at.map(|at| WithdrawnVersion { day: time::day(at), reason: visit.version.withdrawn_reason.clone() })
}

/// An empty form, or one with what a paste says.
fn fresh(prefill: Option<&Held>) -> question::Shown<'_> {
    question::Shown::Fresh { value: prefill.and_then(|held| held.value.as_ref()) }
}

/// What an address chooses to see of an outcome.
#[derive(Debug, Clone, Copy, Default)]
pub struct Chosen<'a> {
    /// The key of the alternative whose steps are shown.
    pub way: Option<&'a str>,
    /// Whether names stand in the text to hand over.
    pub names: bool,
}

impl<'a> Chosen<'a> {
    /// Reads it from an address.
    pub fn of(query: &'a Fields) -> Result<Self, Failure> {
        Ok(Self { way: query.get("way")?, names: query.get("names")? == Some("1") })
    }
}

/// The page for where `visit` stands: for its owner, or read only for whoever has a link, which then says until when it works.
pub fn page(desk: &Desk, visit: &Visit, chosen: Chosen<'_>, shared: Option<&super::share::Link>) -> Result<Response, Failure> {
    match &visit.walk.end {
        End::Question { node, prefill } if shared.is_none() => Ok(question::page(desk, visit, node, fresh(prefill.as_ref()))?.into_response()),
        End::Question { node, .. } => Ok(super::share::unfinished(desk, visit, node, shared).into_response()),
        End::Outcome { node, .. } => Ok(outcome::page(desk, visit, Some(node), chosen, shared)?.into_response()),
        End::HandOver => Ok(outcome::page(desk, visit, None, chosen, shared)?.into_response()),
    }
}

/// The status of a page on which something must be corrected.
pub const UNPROCESSABLE: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;
