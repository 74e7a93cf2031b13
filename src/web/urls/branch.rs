//! The addresses of the pages of branches and words.

use super::Urls;

/// Route pattern of a branch's page; `new` instead of a number for one that does not exist yet.
pub const EDITOR_BRANCH: &str = "/editor/trees/{slug}/nodes/{key}/branches/{branch}";
/// Route pattern that shows what a branch's form says as it stands.
pub const EDITOR_BRANCH_PREVIEW: &str = "/editor/trees/{slug}/nodes/{key}/branches/{branch}/preview";
/// Route pattern of the page that shows the texts of a node as visitors read them, and puts selections into them.
pub const EDITOR_WORDS: &str = "/editor/trees/{slug}/nodes/{key}/words";

/// Route pattern that shows a text of a node and the selection that is built for it as they stand in the form.
pub const EDITOR_WORDS_PREVIEW: &str = "/editor/trees/{slug}/nodes/{key}/words/preview";
/// Route pattern that shows the texts of a node's form as visitors would read them.
pub const EDITOR_NODE_PREVIEW: &str = "/editor/trees/{slug}/nodes/{key}/preview";

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

    /// The same with the text in the field `field` of the node's form to be edited.
    #[must_use]
    pub fn editor_words_of(&self, slug: &str, node: &str, field: &str) -> String {
        format!("{}?{}", self.editor_words(slug, node), super::query([("into", field)]))
    }

    /// A text of a node and the selection that is built for it, as they stand in the form.
    #[must_use]
    pub fn editor_words_preview(&self, slug: &str, node: &str) -> String {
        self.filled(EDITOR_WORDS_PREVIEW, &[slug, node])
    }

    /// The texts of a node's form as visitors would read them.
    #[must_use]
    pub fn editor_node_preview(&self, slug: &str, node: &str) -> String {
        self.filled(EDITOR_NODE_PREVIEW, &[slug, node])
    }
}
