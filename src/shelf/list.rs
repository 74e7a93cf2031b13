//! The list of all trees, for those who keep them.

use super::{Result, store};
use crate::db::Read;

/// A tree in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its present address.
    pub slug: String,
    /// The title of its newest published version, or of its draft where there is none.
    pub title: String,
    /// The number of its newest published version.
    pub version: Option<i64>,
    /// Whether it has a draft.
    pub has_draft: bool,
}

/// Every tree that has a draft or a published version, by address.
pub(super) async fn list(read: &mut Read) -> Result<Vec<Listed>> {
    let mut trees: Vec<Listed> = Vec::new();
    for (slug, number, title) in store::open_versions(read).await? {
        if trees.last().is_none_or(|tree| tree.slug != slug) {
            trees.push(Listed { slug, title: title.clone(), version: None, has_draft: false });
        }
        let Some(tree) = trees.last_mut() else { continue };
        match number {
            None => tree.has_draft = true,
            Some(number) if tree.version.is_none_or(|newest| newest < number) => {
                tree.version = Some(number);
                tree.title = title;
            }
            Some(_) => {}
        }
    }
    Ok(trees)
}
