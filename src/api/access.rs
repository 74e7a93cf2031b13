//! Who may open what, and what a program is told when something was refused.

use axum::http::HeaderMap;

use super::Api;
use super::document::Document;
use crate::db;
use crate::record::DiagnosisId;
use crate::tree::closure::NodeRef;
use crate::visit::{Refusal, Visit};
use crate::web::{Failure, bearer};

/// The diagnosis `id`, for whoever has its owner token. One that is not there and one that belongs to somebody else look the same.
pub async fn own(api: &Api, headers: &HeaderMap, id: &str) -> Result<Visit, Failure> {
    let id = DiagnosisId::parse(id).ok_or(Failure::NotFound)?;
    let owner = bearer(headers).ok_or(Failure::NotFound)?.hash();
    let visit = api.visits.open(&id).await.map_err(unavailable)?.ok_or(Failure::NotFound)?;
    if visit.diagnosis.owner == owner { Ok(visit) } else { Err(Failure::NotFound) }
}

/// The question or outcome that an address names, if it is on the path; a conflict with the present document if it is not.
pub fn on_path(visit: &Visit, written: &str) -> Result<NodeRef, Failure> {
    let node = NodeRef::parse(written, visit.slug());
    if visit.question(&node).is_none() && visit.outcome(&node).is_none() {
        return Err(Failure::NotFound);
    }
    if visit.walk.has(&node) { Ok(node) } else { Err(not_on_path(visit)) }
}

fn not_on_path(visit: &Visit) -> Failure {
    stale("That question or outcome is not on the path of this diagnosis. Nothing was stored. See \"current\" for where it stands.", visit)
}

fn stale(what: &str, visit: &Visit) -> Failure {
    match serde_json::to_value(Document::new(visit)) {
        Ok(current) => Failure::Stale { what: what.to_owned(), current },
        Err(error) => Failure::internal(error),
    }
}

/// A failure of the database: 503 where waiting helps, 500 otherwise.
pub fn unavailable(error: db::Error) -> Failure {
    if error.is_unavailable() { Failure::unavailable(error) } else { Failure::internal(error) }
}

/// The failure for something that was refused.
pub fn refused(refusal: Refusal) -> Failure {
    match refusal {
        Refusal::NotFound => Failure::NotFound,
        Refusal::NotOnPath(visit) => not_on_path(&visit),
        Refusal::Changed(visit) => stale("This answer was changed meanwhile. Nothing was stored. See \"current\" for where the diagnosis stands.", &visit),
        Refusal::Busy => Failure::unavailable(refusal),
        Refusal::Db(error) => unavailable(error),
    }
}
