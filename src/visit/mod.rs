//! One diagnosis, opened: its version, what holds, and where its walk stands. What pages and the JSON API both do.
//!
//! Nothing here knows how an answer was sent or how a page looks.

mod refusal;
mod visits;

pub use refusal::Refusal;
pub use visits::{Start, Visit, Visits};
