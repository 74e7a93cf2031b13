//! The keys that nodes of a tree have or had: a key is never used for another node.

use std::collections::BTreeSet;

use super::{Error, Result, Shelf, store};
use crate::shelf::store as trees;
use crate::shelf::words::from_json;
use crate::tree::edit::{Edit, Part};

impl Shelf {
    /// Every key that a node of the tree has or had, in its versions and in the edits of its drafts.
    ///
    /// # Errors
    /// [`Error::NoTree`], or if the database cannot be read.
    pub async fn node_keys(&self, slug: &str) -> Result<BTreeSet<String>> {
        let mut read = self.0.db.snapshot().await?;
        let tree = trees::find_tree(&mut read, slug).await?.ok_or_else(|| Error::NoTree(slug.to_owned()))?;
        let mut keys: BTreeSet<String> = store::node_keys(&mut read, tree.id).await?.into_iter().collect();
        for (_, edit) in store::edits_after(&mut read, tree.id, 0).await? {
            let edit: Edit = from_json(&edit)?;
            keys.extend(edit.changes.into_iter().filter_map(|change| if let Part::Node(key) = change.part { Some(key) } else { None }));
        }
        Ok(keys)
    }
}
