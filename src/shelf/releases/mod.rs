//! From a draft to a version and back: publishing at once or at a time, by a second pair of eyes, and withdrawing.

mod review;
mod schedule;
pub(super) mod store;
mod versions;
mod withdraw;

use super::{Error, Result, Shelf};

pub use review::Review;
pub use schedule::{DueSchedule, Schedule};
pub use versions::VersionRow;
pub(super) use versions::numbered;
pub use withdraw::Withdrawn;
