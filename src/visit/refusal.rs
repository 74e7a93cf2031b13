//! Why an answer is not stored.

use std::sync::Arc;

use super::visits::Visit;
use crate::db;
use crate::record::SaveError;

/// Why something a visitor asked for was not done. Nothing is stored then.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Refusal {
    /// There is no such diagnosis, guide or node.
    #[error("there is no such diagnosis")]
    NotFound,
    /// The question or outcome is not on the path; the visit shows where it stands.
    #[error("the question is not on the path")]
    NotOnPath(Arc<Visit>),
    /// Another window or person answered the same question differently meanwhile.
    #[error("the answer was changed meanwhile")]
    Changed(Arc<Visit>),
    /// Too many changes at the same time.
    #[error("the diagnosis is being changed too often at the same time")]
    Busy,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl From<SaveError> for Refusal {
    fn from(error: SaveError) -> Self {
        match error {
            SaveError::Gone => Self::NotFound,
            SaveError::Busy => Self::Busy,
            SaveError::Db(error) => Self::Db(error),
        }
    }
}
