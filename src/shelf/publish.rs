//! Drafts, and how they become versions.

use super::{Error, Result, ladders, store, write_tree};
use crate::db::Write;
use crate::tree::ladder::WINDOWS;
use crate::tree::model::{NodeKind, Tree};

/// What publishing made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Published {
    /// The version's id, which diagnoses are pinned to.
    pub version_id: i64,
    /// The version's number inside its tree, from 1.
    pub number: i64,
}

/// Stores `tree` as the draft of the tree with its slug, present or former; makes the tree if there is none. An older draft is replaced.
pub(super) async fn put_draft(write: &mut Write, tree: &Tree, now: i64) -> Result<store::TreeRow> {
    let row = match store::find_tree(write, &tree.slug).await? {
        Some(row) => row,
        None => store::insert_tree(write, &tree.slug, now).await?,
    };
    store::delete_draft(write, row.id).await?;
    let version = store::next_id(write, "version").await?;
    write_tree::insert_draft(write, version, row.id, tree, now).await?;
    Ok(row)
}

/// Turns the draft into the tree's next version: pins its jumps to the newest published versions and its levels to the newest ladders.
pub(super) async fn publish(write: &mut Write, slug: &str, summary_of_change: &str, now: i64) -> Result<Published> {
    let tree = store::find_tree(write, slug).await?.ok_or_else(|| Error::NoTree(slug.to_owned()))?;
    let version_id = store::draft(write, tree.id).await?.ok_or_else(|| Error::NoDraft(slug.to_owned()))?;
    pin_jumps(write, tree.id, version_id).await?;
    pin_ladders(write, version_id).await?;
    let number = store::next_number(write, tree.id).await?;
    store::seal_version(write, version_id, number, summary_of_change, now).await?;
    Ok(Published { version_id, number })
}

/// Stores the drafts and, if there is a summary, publishes them.
pub(super) async fn load_all(write: &mut Write, trees: Vec<Tree>, summary_of_change: Option<&str>, now: i64) -> Result<Vec<(String, Published)>> {
    for tree in &trees {
        let row = put_draft(write, tree, now).await?;
        store::mark_edited(write, row.id).await?;
    }
    let mut published = Vec::new();
    if let Some(summary) = summary_of_change {
        for slug in by_jumps(&trees) {
            published.push((slug.clone(), publish(write, &slug, summary, now).await?));
        }
    }
    Ok(published)
}

/// The slugs, each after those that its tree jumps to. Trees that jump in a circle come last; publishing refuses them.
fn by_jumps(trees: &[Tree]) -> Vec<String> {
    let mut waiting: Vec<&Tree> = trees.iter().collect();
    let mut sorted = Vec::new();
    loop {
        let slugs: Vec<&str> = waiting.iter().map(|tree| tree.slug.as_str()).collect();
        let waits = |tree: &Tree| tree.nodes.iter().any(|node| matches!(&node.kind, NodeKind::Jump(jump) if slugs.contains(&jump.tree.as_str())));
        let (later, now): (Vec<&Tree>, Vec<&Tree>) = waiting.iter().partition(|tree| waits(tree));
        sorted.extend(now.iter().map(|tree| tree.slug.clone()));
        if now.is_empty() {
            sorted.extend(later.iter().map(|tree| tree.slug.clone()));
            return sorted;
        }
        waiting = later;
    }
}

async fn pin_jumps(write: &mut Write, tree: i64, version: i64) -> Result<()> {
    for slug in store::jump_slugs(write, version).await? {
        let target = store::find_tree(write, &slug).await?.ok_or_else(|| Error::JumpNotPublished(slug.clone()))?;
        if target.id == tree {
            return Err(Error::JumpToItself(slug));
        }
        let target = store::newest_published(write, target.id).await?.ok_or_else(|| Error::JumpNotPublished(slug.clone()))?;
        store::pin_jump(write, version, &slug, target).await?;
    }
    Ok(())
}

async fn pin_ladders(write: &mut Write, version: i64) -> Result<()> {
    let own = store::ladder_key(write, version).await?;
    let newest = ladders::newest(write).await?;
    if !newest.iter().any(|(key, _)| *key == own) {
        return Err(Error::NoLadder(own));
    }
    for (key, revision) in newest.iter().filter(|(key, _)| *key == own || key == WINDOWS) {
        store::pin_ladder(write, version, key, *revision).await?;
    }
    Ok(())
}

/// Gives the tree another address; the former one leads to it from now on.
pub(super) async fn rename(write: &mut Write, old: &str, new: &str) -> Result<()> {
    let tree = store::find_tree(write, old).await?.ok_or_else(|| Error::NoTree(old.to_owned()))?;
    if tree.slug == new {
        return Ok(());
    }
    match store::find_tree(write, new).await? {
        Some(other) if other.id != tree.id => Err(Error::SlugTaken(new.to_owned())),
        _ => Ok(store::move_slug(write, &tree, new).await?),
    }
}
