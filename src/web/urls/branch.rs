//! The addresses of the pages of branches and words.

use super::Urls;

/// Route pattern of a branch's page; `new` instead of a number for one that does not exist yet.
pub const EDITOR_BRANCH: &str = "/editor/trees/{slug}/nodes/{key}/branches/{branch}";
/// Route pattern that shows what a branch's form says as it stands.
pub const EDITOR_BRANCH_PREVIEW: &str = "/editor/trees/{slug}/nodes/{key}/branches/{branch}/preview";
/// Route pattern of the page that shows the texts of a node as visitors read them, and puts selections into them.
pub const EDITOR_WORDS: &str = "/editor/trees/{slug}/nodes/{key}/words";

impl Urls {
    /// A branch's page; `branch` is its number from 1, or `new`.
    #[must_use]
    pub fn editor_branch(&self, slug: &str, node: &str, branch: &str) -> String {
        self.filled(EDITOR_BRANCH, &[slug, node, branch])
    }

    /// What a branch's form says as it stands.
    #[must_use]
    pub fn editor_branch_preview(&self, slug: &str, node: &str, branch: &str) -> String {
        self.filled(EDITOR_BRANCH_PREVIEW, &[slug, node, branch])
    }

    /// The texts of a node as visitors read them.
    #[must_use]
    pub fn editor_words(&self, slug: &str, node: &str) -> String {
        self.filled(EDITOR_WORDS, &[slug, node])
    }
}
