//! Who may open what. A diagnosis that is not there and one that belongs to somebody else look the same.

use std::sync::Arc;

use super::Desk;
use crate::db;
use crate::record::{Diagnosis, DiagnosisId};
use crate::tree::closure::NodeRef;
use crate::visit::{Refusal, Visit};
use crate::web::{Failure, Link, Site, Visitor};

/// The diagnosis `id`, walked, for its owner alone.
pub async fn own(desk: &Desk, visitor: &Visitor, id: &str) -> Result<Visit, Failure> {
    let diagnosis = own_diagnosis(desk, visitor, id).await?;
    desk.visits.visit(diagnosis).await.map_err(unavailable)
}

/// The diagnosis `id` as it is stored, for its owner alone.
pub async fn own_diagnosis(desk: &Desk, visitor: &Visitor, id: &str) -> Result<Arc<Diagnosis>, Failure> {
    let id = DiagnosisId::parse(id).ok_or(Failure::NotFound)?;
    let owner = visitor.owner().ok_or(Failure::NotFound)?;
    let diagnosis = desk.visits.stored(&id).await.map_err(unavailable)?.ok_or(Failure::NotFound)?;
    if diagnosis.owner == owner { Ok(diagnosis) } else { Err(Failure::NotFound) }
}

/// The node that an address names, in a diagnosis that started in the tree of `visit`.
pub fn node(visit: &Visit, written: &str) -> NodeRef {
    NodeRef::parse(written, visit.slug())
}

/// A failure of the database: 503 where waiting helps, 500 otherwise.
pub fn unavailable(error: db::Error) -> Failure {
    if error.is_unavailable() { Failure::unavailable(error) } else { Failure::internal(error) }
}

/// The page for something that was refused.
pub fn refused(site: &Site, refusal: Refusal) -> Failure {
    match refusal {
        Refusal::NotFound => Failure::NotFound,
        Refusal::NotOnPath(visit) => Failure::Conflict {
            what: "That question is not on the path of this diagnosis any more: an earlier answer was changed, perhaps in another window. Nothing was stored."
                .to_owned(),
            ways_on: vec![Link { href: site.urls().diagnosis(visit.diagnosis.id.as_str()), text: "Go on where the diagnosis stands".to_owned() }],
            typed: None,
        },
        Refusal::Changed(visit) => Failure::Conflict {
            what: "This answer was changed in another window meanwhile. Nothing was stored.".to_owned(),
            ways_on: vec![Link { href: site.urls().diagnosis(visit.diagnosis.id.as_str()), text: "See the diagnosis as it is now".to_owned() }],
            typed: None,
        },
        Refusal::Busy => Failure::unavailable(refusal),
        Refusal::Db(error) => unavailable(error),
    }
}
