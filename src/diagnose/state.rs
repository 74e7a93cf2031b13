//! What the handlers of this room share.

use std::sync::Arc;

use axum::extract::FromRef;

use super::rendered::Rendered;
use crate::clock::{Clock, Random};
use crate::intake::Intake;
use crate::search::Finder;
use crate::visit::Visits;
use crate::web::markdown::Pictures;
use crate::web::{RateLimit, Site};

/// The room's state. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Desk {
    /// Opens diagnoses.
    pub visits: Visits,
    /// The installation.
    pub site: Site,
    /// Tells what day it is, for guides that are due for review.
    pub clock: Clock,
    /// Makes secrets for new browsers.
    pub random: Random,
    /// How many diagnoses one address may begin.
    pub starts: Arc<RateLimit>,
    /// How often one address may look for guides.
    pub finds: Arc<RateLimit>,
    /// How often one address may see what would be read from what it types.
    pub previews: Arc<RateLimit>,
    /// Reads uploaded files.
    pub intake: Intake,
    /// Finds guides.
    pub finder: Arc<Finder>,
    /// Pages of questions that were rendered before.
    pub rendered: Rendered,
}

impl Desk {
    /// The pictures that texts can show.
    #[must_use]
    pub fn pictures(&self) -> Pictures {
        Pictures::new(self.site.urls(), self.visits.shelf.image_sizes())
    }
}

impl FromRef<Desk> for Site {
    fn from_ref(desk: &Desk) -> Self {
        desk.site.clone()
    }
}
