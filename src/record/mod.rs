//! Stored diagnoses: what a visitor stated, tried and ticked, and the links that share it.
//!
//! A diagnosis is statements and answers, nothing computed: the current node is never stored. Every change goes through one writer that
//! commits in groups, and is acknowledged only when it is durable. While this process is the only server of the database, live
//! diagnoses are kept in a bounded cache that the writer keeps true; otherwise every read goes to the database.

mod change;
mod diagnosis;
mod feedback;
mod id;
mod live;
mod records;
mod store;

pub use change::{Change, Save};
pub use diagnosis::{Diagnosis, Ended, Tick};
pub use feedback::{Feedback, Note};
pub use id::DiagnosisId;
pub use live::Live;
pub use records::{NewDiagnosis, Records, SaveError, Shared, Summary, Walked};
