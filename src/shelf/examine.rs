//! Looks whether every published version still is what was published.

use super::{Result, read_tree, store, write_tree};
use crate::db::{self, Db, Finding};

/// Reads every version that is not a draft and compares it with the digest stored beside it; an empty list means that all are sound.
///
/// # Errors
/// If the database cannot be read at all.
pub async fn examine(db: &Db) -> Result<Vec<Finding>> {
    let mut read = db.snapshot().await?;
    let mut findings = Vec::new();
    for (id, digest) in store::sealed_versions(&mut read).await? {
        let what = match read_tree::tree(&mut read, id).await {
            Ok(Some((_, tree))) if write_tree::digest(&tree)? == digest => continue,
            Ok(_) => "is not the tree that was published".to_owned(),
            Err(db::Error::Unreadable(why)) => format!("cannot be read: {why}"),
            Err(error) => return Err(error.into()),
        };
        findings.push(Finding { place: "version".to_owned(), what: format!("version {id} {what}: restore a backup") });
    }
    Ok(findings)
}
