//! The statements about trees, their addresses and their versions.

use crate::db::{FromRow, Read, Result, Write};
use crate::sql;

/// A tree by any of its addresses.
#[derive(Debug, Clone, FromRow)]
pub(super) struct TreeRow {
    pub id: i64,
    pub slug: String,
    pub starter_digest: Option<String>,
    /// Counts the edits of the tree's draft for ever.
    pub draft_revision: i64,
    /// The revision that a shipped file made of it, for authors to look at.
    pub offered_revision: Option<i64>,
    edited_by_author: i64,
    four_eyes: i64,
}

impl TreeRow {
    pub(super) fn is_edited(&self) -> bool {
        self.edited_by_author == 1
    }

    /// Whether nobody publishes what they wrote themselves.
    pub(super) fn needs_four_eyes(&self) -> bool {
        self.four_eyes == 1
    }
}

/// The tree whose address is, or was, `slug`.
pub(super) async fn find_tree(read: &mut Read, slug: &str) -> Result<Option<TreeRow>> {
    sql!(
        read,
        optional<TreeRow> "SELECT id, slug, starter_digest, draft_revision, offered_revision, edited_by_author, four_eyes FROM tree \
                           WHERE slug = $1 OR id IN (SELECT tree_id FROM tree_slug WHERE slug = $1)",
        slug
    )
}

pub(super) async fn insert_tree(write: &mut Write, slug: &str, now: i64) -> Result<TreeRow> {
    let id = next_id(write, "tree").await?;
    sql!(write, execute "INSERT INTO tree (id, slug, created_at) VALUES ($1, $2, $3)", id, slug, now)?;
    Ok(TreeRow { id, slug: slug.to_owned(), starter_digest: None, draft_revision: 0, offered_revision: None, edited_by_author: 0, four_eyes: 0 })
}

pub(super) async fn mark_edited(write: &mut Write, tree: i64) -> Result<u64> {
    sql!(write, execute "UPDATE tree SET edited_by_author = 1 WHERE id = $1", tree)
}

pub(super) async fn set_starter_digest(write: &mut Write, tree: i64, digest: &str) -> Result<u64> {
    sql!(write, execute "UPDATE tree SET starter_digest = $2 WHERE id = $1", tree, digest)
}

/// Whether a tree was loaded from the file with this digest.
pub(super) async fn has_starter(read: &mut Read, digest: &str) -> Result<bool> {
    Ok(sql!(read, optional<(i64,)> "SELECT id FROM tree WHERE starter_digest = $1 LIMIT 1", digest)?.is_some())
}

/// Gives the tree another address and keeps the former one as a signpost.
pub(super) async fn move_slug(write: &mut Write, tree: &TreeRow, new: &str) -> Result<()> {
    sql!(write, execute "DELETE FROM tree_slug WHERE slug = $1 AND tree_id = $2", new, tree.id)?;
    sql!(write, execute "UPDATE tree SET slug = $2 WHERE id = $1", tree.id, new)?;
    sql!(write, execute "INSERT INTO tree_slug (slug, tree_id) VALUES ($1, $2)", &tree.slug, tree.id)?;
    Ok(())
}

/// Former addresses with the present ones.
pub(super) async fn former_slugs(read: &mut Read) -> Result<Vec<(String, String)>> {
    sql!(read, all<(String, String)> "SELECT tree_slug.slug, tree.slug FROM tree_slug JOIN tree ON tree.id = tree_slug.tree_id")
}

/// Raises the change counter, which every server watches. Done first in a transaction, it also makes authors' writes wait for one another.
pub(super) async fn note_change(write: &mut Write) -> Result<u64> {
    sql!(write, execute "UPDATE counter SET value = value + 1 WHERE name = 'change'")
}

pub(super) async fn changes(read: &mut Read) -> Result<i64> {
    let (value,) = sql!(read, one<(i64,)> "SELECT value FROM counter WHERE name = 'change'")?;
    Ok(value)
}

/// The next id of a `tree` or `version`.
pub(super) async fn next_id(write: &mut Write, table: &str) -> Result<i64> {
    let (id,) = sql!(write, one<(i64,)> "UPDATE counter SET value = value + 1 WHERE name = $1 RETURNING value", table)?;
    Ok(id)
}

/// The draft's version id.
pub(super) async fn draft(read: &mut Read, tree: i64) -> Result<Option<i64>> {
    let row = sql!(read, optional<(i64,)> "SELECT id FROM version WHERE tree_id = $1 AND state = 'draft'", tree)?;
    Ok(row.map(|(id,)| id))
}

pub(super) async fn delete_draft(write: &mut Write, tree: i64) -> Result<u64> {
    sql!(write, execute "DELETE FROM version WHERE tree_id = $1 AND state = 'draft'", tree)
}

/// The id of the tree's newest version that is published and not withdrawn.
pub(super) async fn newest_published(read: &mut Read, tree: i64) -> Result<Option<i64>> {
    let row = sql!(read, optional<(i64,)> "SELECT id FROM version WHERE tree_id = $1 AND state = 'published' ORDER BY number DESC LIMIT 1", tree)?;
    Ok(row.map(|(id,)| id))
}

/// The newest published version of every tree: version id and the tree's present address.
pub(super) async fn current_versions(read: &mut Read) -> Result<Vec<(i64, String)>> {
    sql!(
        read,
        all<(i64, String)> "SELECT version.id, tree.slug FROM version JOIN tree ON tree.id = version.tree_id WHERE version.state = 'published' \
                            AND version.number = (SELECT MAX(other.number) FROM version AS other WHERE other.tree_id = version.tree_id AND other.state = 'published') \
                            ORDER BY version.title, version.id"
    )
}

/// Every draft and published version: the tree's present address, the version's number (a draft has none) and title.
pub(super) async fn open_versions(read: &mut Read) -> Result<Vec<(String, Option<i64>, String)>> {
    sql!(
        read,
        all<(String, Option<i64>, String)> "SELECT tree.slug, version.number, version.title FROM version JOIN tree ON tree.id = version.tree_id \
                                            WHERE version.state IN ('draft', 'published') ORDER BY tree.slug, version.id"
    )
}

/// Every version that is published or withdrawn, with the digest of its tree.
pub(super) async fn sealed_versions(read: &mut Read) -> Result<Vec<(i64, String)>> {
    sql!(read, all<(i64, String)> "SELECT id, digest FROM version WHERE state <> 'draft' ORDER BY id")
}

/// The number that the tree's next version gets. Withdrawn versions keep theirs.
pub(super) async fn next_number(read: &mut Read, tree: i64) -> Result<i64> {
    let (number,) = sql!(read, one<(i64,)> "SELECT COALESCE(MAX(number), 0) + 1 FROM version WHERE tree_id = $1", tree)?;
    Ok(number)
}

pub(super) async fn pin_jump(write: &mut Write, version: i64, slug: &str, target: i64) -> Result<u64> {
    sql!(write, execute "INSERT INTO version_jump (version_id, slug, target_version_id) VALUES ($1, $2, $3)", version, slug, target)
}

pub(super) async fn pin_ladder(write: &mut Write, version: i64, key: &str, revision: i64) -> Result<u64> {
    sql!(write, execute "INSERT INTO version_ladder (version_id, ladder_key, ladder_revision) VALUES ($1, $2, $3)", version, key, revision)
}

/// The pinned targets of the version's jumps.
pub(super) async fn pinned_jumps(read: &mut Read, version: i64) -> Result<Vec<(String, i64)>> {
    sql!(read, all<(String, i64)> "SELECT slug, target_version_id FROM version_jump WHERE version_id = $1", version)
}

/// From here on the triggers refuse every change to the version.
pub(super) async fn seal_version(write: &mut Write, version: i64, number: i64, summary: &str, now: i64) -> Result<u64> {
    sql!(
        write,
        execute "UPDATE version SET state = 'published', number = $2, summary_of_change = $3, published_at = $4 WHERE id = $1",
        version,
        number,
        summary,
        now
    )
}

pub(super) async fn withdraw(write: &mut Write, version: i64, now: i64) -> Result<u64> {
    sql!(write, execute "UPDATE version SET state = 'withdrawn', withdrawn_at = $2 WHERE id = $1 AND state = 'published'", version, now)
}
