//! What the handlers of this room share.

use axum::extract::FromRef;

use super::Reports;
use crate::clock::{Clock, Random};
use crate::record::Records;
use crate::shelf::Shelf;
use crate::web::markdown::Pictures;
use crate::web::{RateLimit, Site};

/// The room's state. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Editor {
    /// The trees.
    pub shelf: Shelf,
    /// What is known of each draft.
    pub reports: Reports,
    /// What visitors said of them.
    pub records: Records,
    /// The installation.
    pub site: Site,
    /// Tells what day it is, for reviews that are due.
    pub clock: Clock,
    /// Makes secrets.
    pub random: Random,
    /// How often one address may see what its form says, while it types.
    pub previews: RateLimit,
}

impl Editor {
    /// The pictures that texts can show.
    #[must_use]
    pub fn pictures(&self) -> Pictures {
        Pictures::new(self.site.urls(), self.shelf.image_sizes())
    }
}

impl FromRef<Editor> for Site {
    fn from_ref(editor: &Editor) -> Self {
        editor.site.clone()
    }
}
