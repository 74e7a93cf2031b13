//! The addresses of the JSON API.

use super::Urls;

/// What the addresses of the JSON API begin with.
pub const API_PREFIX: &str = "/api/";
/// Route pattern of the OpenAPI document.
pub const API_DOCUMENT: &str = "/api/v1/openapi.json";
/// Route pattern of the published trees, for programs.
pub const API_TREES: &str = "/api/v1/trees";
/// Route pattern of a published tree, for programs.
pub const API_TREE: &str = "/api/v1/trees/{slug}";
/// Route pattern of a tree's draft, for programs.
pub const API_DRAFT: &str = "/api/v1/trees/{slug}/draft";
/// Route pattern of what the gate says of a tree's draft, for programs.
pub const API_CHECKS: &str = "/api/v1/trees/{slug}/checks";
/// Route pattern that programs publish a tree's draft at.
pub const API_PUBLISH: &str = "/api/v1/trees/{slug}/publish";
/// Route pattern that programs look for trees at.
pub const API_FIND: &str = "/api/v1/find";
/// Route pattern that programs begin diagnoses at.
pub const API_DIAGNOSES: &str = "/api/v1/diagnoses";
/// Route pattern of a diagnosis, for the program that owns it.
pub const API_DIAGNOSIS: &str = "/api/v1/diagnoses/{id}";
/// Route pattern of an answer to a question or outcome of a diagnosis.
pub const API_ANSWER: &str = "/api/v1/diagnoses/{id}/answers/{node}";
/// Route pattern of a fact of a diagnosis.
pub const API_FACT: &str = "/api/v1/diagnoses/{id}/facts/{key}";
/// Route pattern of the ticked steps of a diagnosis.
pub const API_TICKS: &str = "/api/v1/diagnoses/{id}/ticks";
/// Route pattern of the links of a diagnosis.
pub const API_SHARES: &str = "/api/v1/diagnoses/{id}/shares";

impl Urls {
    /// A published tree, for programs.
    #[must_use]
    pub fn api_tree(&self, slug: &str) -> String {
        self.filled(API_TREE, &[slug])
    }

    /// A diagnosis, for the program that owns it.
    #[must_use]
    pub fn api_diagnosis(&self, id: &str) -> String {
        self.filled(API_DIAGNOSIS, &[id])
    }
}
