//! The addresses of the visitor's pages.

use super::{Urls, encoded};

/// Route pattern of the start page.
pub const HOME: &str = "/";
/// Route pattern that a paste and files are posted to.
pub const READ: &str = "/read";
/// Route pattern that shows what would be read from a paste, for the script of the start page.
pub const READ_PREVIEW: &str = "/read/preview";
/// Route pattern that facts are posted to, to find their guide.
pub const FIND: &str = "/find";
/// Route pattern of a start link that names no guide.
pub const START: &str = "/start";
/// Route pattern of the page about links into the site.
pub const LINKS: &str = "/links";
/// Route pattern that "Event Log Online Help" of Event Viewer can be led to.
pub const EVENT_VIEWER: &str = "/event-viewer";
/// Route pattern of the page that explains how.
pub const EVENT_VIEWER_SETUP: &str = "/event-viewer/setup";
/// Route pattern of the registry file that leads it here.
pub const EVENT_VIEWER_REG: &str = "/event-viewer/fixpath.reg";
/// Route pattern of the registry file that leads it to Microsoft again.
pub const EVENT_VIEWER_UNDO: &str = "/event-viewer/undo.reg";
/// Route pattern of a guide.
pub const GUIDE: &str = "/guides/{slug}";
/// Route pattern of a guide's map.
pub const GUIDE_MAP: &str = "/guides/{slug}/map";
/// Route pattern of a picture, by the SHA-256 of its file.
pub const IMAGE: &str = "/images/{digest}";
/// Route pattern of a diagnosis, for its owner.
pub const DIAGNOSIS: &str = "/diagnoses/{id}";
/// Route pattern of a diagnosis' map.
pub const DIAGNOSIS_MAP: &str = "/diagnoses/{id}/map";
/// Route pattern of a question of a diagnosis.
pub const QUESTION: &str = "/diagnoses/{id}/questions/{node}";
/// Route pattern of an outcome of a diagnosis.
pub const OUTCOME: &str = "/diagnoses/{id}/outcomes/{node}";
/// Route pattern that the ticks of an outcome are posted to.
pub const TICKS: &str = "/diagnoses/{id}/outcomes/{node}/ticks";
/// Route pattern of a fact that no question on the path asked for.
pub const FACT: &str = "/diagnoses/{id}/facts/{key}";
/// Route pattern that the removal of a fact is posted to.
pub const REMOVE_FACT: &str = "/diagnoses/{id}/facts/{key}/remove";
/// Route pattern of the page that makes links.
pub const SHARE: &str = "/diagnoses/{id}/share";
/// Route pattern that the end of all links is posted to.
pub const END_SHARES: &str = "/diagnoses/{id}/share/end";
/// Route pattern of the page that deletes a diagnosis.
pub const DELETE: &str = "/diagnoses/{id}/delete";
/// Route pattern of a link.
pub const SHARED: &str = "/shared/{token}";
/// Route pattern of the map behind a link.
pub const SHARED_MAP: &str = "/shared/{token}/map";
/// Route pattern of the list of this browser's diagnoses.
pub const MY_DIAGNOSES: &str = "/diagnoses";

impl Urls {
    /// A picture, by the SHA-256 of its file.
    #[must_use]
    pub fn image(&self, digest: &str) -> String {
        self.filled(IMAGE, &[digest])
    }

    /// Start page.
    #[must_use]
    pub fn home(&self) -> String {
        format!("{}{HOME}", self.base)
    }

    /// Start page with the guides of one product.
    #[must_use]
    pub fn home_of_product(&self, product: &str) -> String {
        format!("{}{HOME}?product={}", self.base, encoded(product))
    }

    /// Where a paste and files are posted to.
    #[must_use]
    pub fn read(&self) -> String {
        format!("{}{READ}", self.base)
    }

    /// What would be read from a paste, for the script of the start page.
    #[must_use]
    pub fn read_preview(&self) -> String {
        format!("{}{READ_PREVIEW}", self.base)
    }

    /// Where facts are posted to, to find their guide.
    #[must_use]
    pub fn find(&self) -> String {
        format!("{}{FIND}", self.base)
    }

    /// A start link that names no guide.
    #[must_use]
    pub fn start(&self) -> String {
        format!("{}{START}", self.base)
    }

    /// The page about links into the site.
    #[must_use]
    pub fn links(&self) -> String {
        format!("{}{LINKS}", self.base)
    }

    /// Where "Event Log Online Help" of Event Viewer can be led to.
    #[must_use]
    pub fn event_viewer(&self) -> String {
        format!("{}{EVENT_VIEWER}", self.base)
    }

    /// The page that explains how.
    #[must_use]
    pub fn event_viewer_setup(&self) -> String {
        format!("{}{EVENT_VIEWER_SETUP}", self.base)
    }

    /// The registry file that leads it here.
    #[must_use]
    pub fn event_viewer_reg(&self) -> String {
        format!("{}{EVENT_VIEWER_REG}", self.base)
    }

    /// The registry file that leads it to Microsoft again.
    #[must_use]
    pub fn event_viewer_undo(&self) -> String {
        format!("{}{EVENT_VIEWER_UNDO}", self.base)
    }

    /// A guide.
    #[must_use]
    pub fn guide(&self, slug: &str) -> String {
        self.filled(GUIDE, &[slug])
    }

    /// A guide's map.
    #[must_use]
    pub fn guide_map(&self, slug: &str) -> String {
        self.filled(GUIDE_MAP, &[slug])
    }

    /// A diagnosis, for its owner.
    #[must_use]
    pub fn diagnosis(&self, id: &str) -> String {
        self.filled(DIAGNOSIS, &[id])
    }

    /// A diagnosis' map.
    #[must_use]
    pub fn diagnosis_map(&self, id: &str) -> String {
        self.filled(DIAGNOSIS_MAP, &[id])
    }

    /// A question of a diagnosis.
    #[must_use]
    pub fn question(&self, id: &str, node: &str) -> String {
        self.filled(QUESTION, &[id, node])
    }

    /// An outcome of a diagnosis.
    #[must_use]
    pub fn outcome(&self, id: &str, node: &str) -> String {
        self.filled(OUTCOME, &[id, node])
    }

    /// Where the ticks of an outcome are posted to.
    #[must_use]
    pub fn ticks(&self, id: &str, node: &str) -> String {
        self.filled(TICKS, &[id, node])
    }

    /// A fact that no question on the path asked for.
    #[must_use]
    pub fn fact(&self, id: &str, key: &str) -> String {
        self.filled(FACT, &[id, key])
    }

    /// Where the removal of a fact is posted to.
    #[must_use]
    pub fn remove_fact(&self, id: &str, key: &str) -> String {
        self.filled(REMOVE_FACT, &[id, key])
    }

    /// The page that makes links.
    #[must_use]
    pub fn share(&self, id: &str) -> String {
        self.filled(SHARE, &[id])
    }

    /// Where the end of all links is posted to.
    #[must_use]
    pub fn end_shares(&self, id: &str) -> String {
        self.filled(END_SHARES, &[id])
    }

    /// The page that deletes a diagnosis.
    #[must_use]
    pub fn delete(&self, id: &str) -> String {
        self.filled(DELETE, &[id])
    }

    /// A link.
    #[must_use]
    pub fn shared(&self, token: &str) -> String {
        self.filled(SHARED, &[token])
    }

    /// The map behind a link.
    #[must_use]
    pub fn shared_map(&self, token: &str) -> String {
        self.filled(SHARED_MAP, &[token])
    }

    /// The diagnoses of this browser.
    #[must_use]
    pub fn my_diagnoses(&self) -> String {
        format!("{}{MY_DIAGNOSES}", self.base)
    }
}
