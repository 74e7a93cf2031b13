//! Every address of the site. Route patterns stand beside the functions that fill them, so that a link and its route change together.

use std::sync::Arc;

use super::assets::Asset;
use crate::settings::PublicUrl;

/// Route pattern of the start page.
pub const HOME: &str = "/";
/// Route pattern of the list of this browser's diagnoses.
pub const MY_DIAGNOSES: &str = "/diagnoses";
/// Route pattern of stylesheet, script and icon.
pub const STATIC: &str = "/static/{file}";
/// Route pattern that answers while the process lives.
pub const HEALTHZ: &str = "/healthz";
/// Route pattern that answers 200 while the site can serve visitors.
pub const READYZ: &str = "/readyz";
/// What the addresses of the JSON API begin with.
pub const API_PREFIX: &str = "/api/";

/// Builds addresses below the installation's sub-path. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Urls {
    base: Arc<str>,
    origin: Option<Arc<str>>,
}

impl Urls {
    /// Addresses for this public URL; without one the site lives at the root.
    #[must_use]
    pub fn new(public: Option<&PublicUrl>) -> Self {
        Self { base: public.map_or("", PublicUrl::base_path).into(), origin: public.map(|url| url.origin().into()) }
    }

    /// The sub-path: empty, or starting with `/` and not ending with one.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The same address with scheme and host, where a public URL is set; a path otherwise.
    #[must_use]
    pub fn absolute(&self, path: &str) -> String {
        self.origin.as_deref().map_or_else(|| path.to_owned(), |origin| format!("{origin}{path}"))
    }

    /// Start page.
    #[must_use]
    pub fn home(&self) -> String {
        format!("{}{HOME}", self.base)
    }

    /// The diagnoses of this browser.
    #[must_use]
    pub fn my_diagnoses(&self) -> String {
        format!("{}{MY_DIAGNOSES}", self.base)
    }

    /// A file that the pages load.
    #[must_use]
    pub fn asset(&self, asset: Asset) -> String {
        format!("{}/static/{}", self.base, asset.file_name())
    }
}
