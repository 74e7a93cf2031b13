//! The addresses of the pages that authors edit trees on.

use super::Urls;

/// Route pattern of the list of all trees.
pub const EDITOR: &str = "/editor";
/// Route pattern of the form that makes a tree.
pub const EDITOR_NEW_TREE: &str = "/editor/trees/new";
/// Route pattern of a tree's desk; `?node=KEY` selects a node.
pub const EDITOR_TREE: &str = "/editor/trees/{slug}";

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
}
