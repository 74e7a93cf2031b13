//! The addresses of the pages that authors edit trees on.

use super::Urls;

/// Route pattern of the list of all trees.
pub const EDITOR: &str = "/editor";
/// Route pattern of the form that makes a tree.
pub const EDITOR_NEW_TREE: &str = "/editor/trees/new";
/// Route pattern of a tree's desk; `?node=KEY` selects a node.
pub const EDITOR_TREE: &str = "/editor/trees/{slug}";

/// Route pattern of a branch's page; `new` instead of a number for one that does not exist yet.
pub const EDITOR_BRANCH: &str = "/editor/trees/{slug}/nodes/{key}/branches/{branch}";
/// Route pattern that shows what a branch's form says as it stands.
pub const EDITOR_BRANCH_PREVIEW: &str = "/editor/trees/{slug}/nodes/{key}/branches/{branch}/preview";

impl Urls {
    /// The list of all trees.
    #[must_use]
    pub fn editor(&self) -> String {
        format!("{}{EDITOR}", self.base)
    }

    /// The form that makes a tree.
    #[must_use]
    pub fn editor_new_tree(&self) -> String {
        format!("{}{EDITOR_NEW_TREE}", self.base)
    }

    /// A tree's desk.
    #[must_use]
    pub fn editor_tree(&self, slug: &str) -> String {
        self.filled(EDITOR_TREE, &[slug])
    }

    /// A tree's desk with the node `key` selected.
    #[must_use]
    pub fn editor_node(&self, slug: &str, key: &str) -> String {
        format!("{}?{}", self.editor_tree(slug), super::query([("node", key)]))
    }

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
}
