//! Drafts, and how they become versions.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::drafts::{Draft, Present, Saved, Step};
use super::{Error, Result, Shelf, images, ladders, releases, store, write_tree};
use crate::audit::{self, Action, By};
use crate::db::{Read, Write};
use crate::tree::edit::Edit;
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

/// Makes a new tree, whose address is free.
pub(super) async fn create(write: &mut Write, tree: Tree, by: &By, now: i64) -> Result<Saved> {
    write_tree::check_edges(&tree)?;
    let row = store::insert_tree(write, &tree.slug, now).await?;
    let version = store::next_id(write, "version").await?;
    write_tree::insert_draft(write, version, row.id, &tree, now).await?;
    images::add_shown(write, row.id, &tree, by, now).await?;
    let mut present = Present { row, draft: Some((version, write_tree::digest(&tree)?)), newest: None, tree: Arc::new(tree) };
    // Nothing was there before, so there is nothing that undoing it could lead back to.
    present.note(write, &Edit::default(), &["Made the guide".to_owned()], Step::from(0), by, now).await?;
    Ok(Saved::Stored(present.draft(write).await?))
}

/// Stores `tree` as the draft of the tree with its slug, present or former; makes the tree if there is none. An older draft is replaced.
pub(super) async fn put_draft(write: &mut Write, shelf: &Shelf, tree: Tree, by: &By, now: i64) -> Result<Draft> {
    let saved = match store::find_tree(write, &tree.slug).await? {
        None => create(write, tree, by, now).await?,
        Some(row) => {
            let present = Present::read(write, shelf, &row.slug).await?;
            write_tree::check_edges(&tree)?;
            let step = Step::from(present.row.draft_revision);
            present.become_tree(write, tree, step, by, now).await?
        }
    };
    Ok(saved.draft().clone())
}

/// Turns what is present into the tree's next version: pins its jumps to the newest published versions and its levels to the newest ladders.
pub(super) async fn publish(write: &mut Write, present: &Present, summary_of_change: &str, by: &By, now: i64) -> Result<Published> {
    let tree = &present.row;
    let (jumps, ladders) = pins(write, present).await?;
    let version_id = match &present.draft {
        Some((version, _)) => *version,
        None => {
            let version = store::next_id(write, "version").await?;
            write_tree::insert_draft(write, version, tree.id, &present.tree, now).await?;
            version
        }
    };
    for (slug, target) in jumps {
        store::pin_jump(write, version_id, &slug, target).await?;
    }
    for (key, revision) in ladders {
        store::pin_ladder(write, version_id, &key, revision).await?;
    }
    images::publish_shown(write, &present.tree, now).await?;
    let number = store::next_number(write, tree.id).await?;
    store::seal_version(write, version_id, number, summary_of_change, now).await?;
    releases::store::note_publication(write, tree.id, version_id, number, tree.draft_revision, by).await?;
    audit::note(write, now, by, Action::Publish, &tree.slug, &format!("Published version {number}: {summary_of_change}")).await?;
    Ok(Published { version_id, number })
}

/// Publishes the draft of the tree at `slug`, whatever its revision, or its newest version once more.
pub(super) async fn publish_at(write: &mut Write, shelf: &Shelf, slug: &str, summary_of_change: &str, by: &By, now: i64) -> Result<Published> {
    let present = Present::read(write, shelf, slug).await?;
    publish(write, &present, summary_of_change, by, now).await
}

/// Stores the drafts and, if there is a summary, publishes them.
pub(super) async fn load_all(
    write: &mut Write,
    shelf: &Shelf,
    trees: Vec<Tree>,
    summary_of_change: Option<&str>,
    by: &By,
    now: i64,
) -> Result<Vec<(String, Published)>> {
    let slugs = by_jumps(&trees);
    for tree in trees {
        put_draft(write, shelf, tree, by, now).await?;
    }
    let mut published = Vec::new();
    if let Some(summary) = summary_of_change {
        for slug in slugs {
            let version = publish_at(write, shelf, &slug, summary, by, now).await?;
            published.push((slug, version));
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

/// What publishing pins the tree to: versions by the slugs of its jumps, and revisions by the keys of ladders.
type Pins = (Vec<(String, i64)>, Vec<(String, i64)>);

async fn pins(read: &mut Read, present: &Present) -> Result<Pins> {
    let slugs: BTreeSet<&str> =
        present.tree.nodes.iter().filter_map(|node| if let NodeKind::Jump(jump) = &node.kind { Some(jump.tree.as_str()) } else { None }).collect();
    let mut jumps = Vec::new();
    for slug in slugs {
        let not_published = || Error::JumpNotPublished(slug.to_owned());
        let target = store::find_tree(read, slug).await?.ok_or_else(not_published)?;
        if target.id == present.row.id {
            return Err(Error::JumpToItself(slug.to_owned()));
        }
        jumps.push((slug.to_owned(), store::newest_published(read, target.id).await?.ok_or_else(not_published)?));
    }
    let own = &present.tree.ladder;
    let mut ladders = ladders::newest(read).await?;
    if !ladders.iter().any(|(key, _)| key == own) {
        return Err(Error::NoLadder(own.clone()));
    }
    ladders.retain(|(key, _)| key == own || key == WINDOWS);
    Ok((jumps, ladders))
}

/// Whether publishing would pin to nothing else than what the newest version is pinned to.
pub(super) async fn is_pinned_alike(read: &mut Read, present: &Present) -> Result<bool> {
    let Some(newest) = &present.newest else { return Ok(false) };
    let (jumps, ladders) = pins(read, present).await?;
    let mut pinned = store::pinned_jumps(read, newest.id).await?;
    pinned.sort();
    Ok(pinned == jumps && ladders::pinned(read, newest.id).await? == ladders)
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
