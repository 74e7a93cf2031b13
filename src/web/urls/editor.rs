//! The addresses of the pages that authors edit trees on.

use super::Urls;

/// Route pattern of the list of all trees.
pub const EDITOR: &str = "/editor";
/// Route pattern of the form that makes a tree.
pub const EDITOR_NEW_TREE: &str = "/editor/trees/new";
/// Route pattern of a tree's desk; `?node=KEY` selects a node.
pub const EDITOR_TREE: &str = "/editor/trees/{slug}";
/// Route pattern that what a guide is as a whole is posted to.
pub const EDITOR_HEAD: &str = "/editor/trees/{slug}/head";
/// Route pattern of the page that changes a tree's address.
pub const EDITOR_ADDRESS: &str = "/editor/trees/{slug}/address";
/// Route pattern of the page that copies a tree.
pub const EDITOR_COPY: &str = "/editor/trees/{slug}/copy";
/// Route pattern of the page that adds a node.
pub const EDITOR_ADD: &str = "/editor/trees/{slug}/add";
/// Route pattern of a tree's pictures; `POST` uploads one.
pub const EDITOR_PICTURES: &str = "/editor/trees/{slug}/pictures";
/// Route pattern of where taking away a picture is posted to.
pub const EDITOR_PICTURE_REMOVE: &str = "/editor/trees/{slug}/pictures/{digest}/remove";
/// Route pattern of where the last change is taken back.
pub const EDITOR_UNDO: &str = "/editor/trees/{slug}/undo";
/// Route pattern of where the last change that was taken back is made again.
pub const EDITOR_REDO: &str = "/editor/trees/{slug}/redo";
/// Route pattern of where what is kept of two authors' changes is posted to.
pub const EDITOR_CONFLICT: &str = "/editor/trees/{slug}/conflict";
/// Route pattern of where the form of a node is posted to.
pub const EDITOR_NODE: &str = "/editor/trees/{slug}/nodes/{key}";
/// Route pattern of the page that moves and copies a node.
pub const EDITOR_ARRANGE: &str = "/editor/trees/{slug}/nodes/{key}/arrange";
/// Route pattern of the page that deletes a node.
pub const EDITOR_DELETE: &str = "/editor/trees/{slug}/nodes/{key}/delete";

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

    /// The same after the node `saved` was saved.
    #[must_use]
    pub fn editor_node_saved(&self, slug: &str, key: &str, saved: &str) -> String {
        format!("{}?{}", self.editor_tree(slug), super::query([("node", key), ("saved", saved)]))
    }

    /// A tree's pictures.
    #[must_use]
    pub fn editor_pictures(&self, slug: &str) -> String {
        self.filled(EDITOR_PICTURES, &[slug])
    }

    /// Where taking away a picture is posted to.
    #[must_use]
    pub fn editor_picture_remove(&self, slug: &str, digest: &str) -> String {
        self.filled(EDITOR_PICTURE_REMOVE, &[slug, digest])
    }

    /// Where what a guide is as a whole is posted to.
    #[must_use]
    pub fn editor_head(&self, slug: &str) -> String {
        self.filled(EDITOR_HEAD, &[slug])
    }

    /// The page that changes a tree's address.
    #[must_use]
    pub fn editor_address(&self, slug: &str) -> String {
        self.filled(EDITOR_ADDRESS, &[slug])
    }

    /// The page that copies a tree.
    #[must_use]
    pub fn editor_copy(&self, slug: &str) -> String {
        self.filled(EDITOR_COPY, &[slug])
    }

    /// The page that adds a node.
    #[must_use]
    pub fn editor_add(&self, slug: &str) -> String {
        self.filled(EDITOR_ADD, &[slug])
    }

    /// Where the last change is taken back.
    #[must_use]
    pub fn editor_undo(&self, slug: &str) -> String {
        self.filled(EDITOR_UNDO, &[slug])
    }

    /// Where the last change that was taken back is made again.
    #[must_use]
    pub fn editor_redo(&self, slug: &str) -> String {
        self.filled(EDITOR_REDO, &[slug])
    }

    /// Where what is kept of two authors' changes is posted to.
    #[must_use]
    pub fn editor_conflict(&self, slug: &str) -> String {
        self.filled(EDITOR_CONFLICT, &[slug])
    }

    /// Where the form of a node is posted to.
    #[must_use]
    pub fn editor_node_form(&self, slug: &str, key: &str) -> String {
        self.filled(EDITOR_NODE, &[slug, key])
    }

    /// The page that moves and copies a node.
    #[must_use]
    pub fn editor_arrange(&self, slug: &str, key: &str) -> String {
        self.filled(EDITOR_ARRANGE, &[slug, key])
    }

    /// The page that deletes a node.
    #[must_use]
    pub fn editor_delete(&self, slug: &str, key: &str) -> String {
        self.filled(EDITOR_DELETE, &[slug, key])
    }
}
