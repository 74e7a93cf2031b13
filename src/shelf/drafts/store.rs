//! The statements about drafts and their edits.

use crate::audit::By;
use crate::db::{self, FromRow, Read, Write};
use crate::tree::model::Node;
use crate::{batch, sql};

/// The newest version of a tree, whatever became of it.
#[derive(Debug, Clone, FromRow)]
pub(in crate::shelf) struct Newest {
    pub id: i64,
    pub digest: String,
    pub state: String,
}

pub(in crate::shelf) async fn newest_version(read: &mut Read, tree: i64) -> db::Result<Option<Newest>> {
    sql!(read, optional<Newest> "SELECT id, digest, state FROM version WHERE tree_id = $1 AND number IS NOT NULL ORDER BY number DESC LIMIT 1", tree)
}

/// The number of the newest version that visitors can walk.
pub(super) async fn live_number(read: &mut Read, tree: i64) -> db::Result<Option<i64>> {
    let (number,) = sql!(read, one<(Option<i64>,)> "SELECT MAX(number) FROM version WHERE tree_id = $1 AND state = 'published'", tree)?;
    Ok(number)
}

/// The draft's version id and digest.
pub(super) async fn draft_row(read: &mut Read, tree: i64) -> db::Result<Option<(i64, String)>> {
    sql!(read, optional<(i64, String)> "SELECT id, digest FROM version WHERE tree_id = $1 AND state = 'draft'", tree)
}

/// Raises the tree's revision from `revision`; answers false if it is another by now.
pub(super) async fn raise_revision(write: &mut Write, tree: i64, revision: i64) -> db::Result<bool> {
    let raised = sql!(write, execute "UPDATE tree SET draft_revision = draft_revision + 1 WHERE id = $1 AND draft_revision = $2", tree, revision)?;
    Ok(raised == 1)
}

/// An edit as it is stored.
pub(super) struct NewEdit<'a> {
    pub tree: i64,
    pub revision: i64,
    pub at: i64,
    pub by: &'a By,
    pub base_revision: i64,
    pub edit: String,
    pub sentences: String,
    pub undoes: Option<i64>,
    pub redoes: Option<i64>,
}

pub(super) async fn insert_edit(write: &mut Write, new: &NewEdit<'_>) -> db::Result<u64> {
    sql!(
        write,
        execute "INSERT INTO draft_edit (tree_id, revision, at, name, address, base_revision, edit, sentences, undoes, redoes) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        new.tree,
        new.revision,
        new.at,
        &new.by.name,
        &new.by.address,
        new.base_revision,
        &new.edit,
        &new.sentences,
        new.undoes,
        new.redoes
    )
}

/// The edit that made `revision`, as JSON.
pub(super) async fn edit(read: &mut Read, tree: i64, revision: i64) -> db::Result<Option<String>> {
    let row = sql!(read, optional<(String,)> "SELECT edit FROM draft_edit WHERE tree_id = $1 AND revision = $2", tree, revision)?;
    Ok(row.map(|(edit,)| edit))
}

/// The edits after `revision`, newest first: their revisions and JSON.
pub(super) async fn edits_after(read: &mut Read, tree: i64, revision: i64) -> db::Result<Vec<(i64, String)>> {
    sql!(read, all<(i64, String)> "SELECT revision, edit FROM draft_edit WHERE tree_id = $1 AND revision > $2 ORDER BY revision DESC", tree, revision)
}

/// The keys of the nodes of every version of a tree, the draft included.
pub(super) async fn node_keys(read: &mut Read, tree: i64) -> db::Result<Vec<String>> {
    let keys = sql!(read, all<(String,)> "SELECT DISTINCT node.key FROM node JOIN version ON version.id = node.version_id WHERE version.tree_id = $1", tree)?;
    Ok(keys.into_iter().map(|(key,)| key).collect())
}

/// What the edits since the newest version took back.
#[derive(Debug, Clone, FromRow)]
pub(super) struct Taken {
    pub revision: i64,
    pub undoes: Option<i64>,
    pub redoes: Option<i64>,
}

/// The edits since the newest version that change something, oldest first; `nothing` is the JSON of an edit that does not.
pub(super) async fn open_edits(read: &mut Read, tree: i64, nothing: &str) -> db::Result<Vec<Taken>> {
    sql!(
        read,
        all<Taken> "SELECT revision, undoes, redoes FROM draft_edit WHERE tree_id = $1 AND version IS NULL AND edit <> $2 ORDER BY revision",
        tree,
        nothing
    )
}

/// When and by whom the newest edit since the newest version was made.
pub(super) async fn last_edit(read: &mut Read, tree: i64) -> db::Result<Option<(i64, String)>> {
    sql!(read, optional<(i64, String)> "SELECT at, name FROM draft_edit WHERE tree_id = $1 AND version IS NULL ORDER BY revision DESC LIMIT 1", tree)
}

/// One line of the history.
#[derive(Debug, Clone, FromRow)]
pub(super) struct HistoryRow {
    pub revision: i64,
    pub at: i64,
    pub name: String,
    pub base_revision: i64,
    pub sentences: String,
    pub undoes: Option<i64>,
    pub redoes: Option<i64>,
    pub version: Option<i64>,
}

pub(super) async fn history(read: &mut Read, tree: i64, before: i64, limit: i64) -> db::Result<Vec<HistoryRow>> {
    sql!(
        read,
        all<HistoryRow> "SELECT revision, at, name, base_revision, sentences, undoes, redoes, version FROM draft_edit \
                         WHERE tree_id = $1 AND revision < $2 ORDER BY revision DESC LIMIT $3",
        tree,
        before,
        limit
    )
}

pub(in crate::shelf) async fn set_offered(write: &mut Write, tree: i64, revision: i64) -> db::Result<u64> {
    sql!(write, execute "UPDATE tree SET offered_revision = $2 WHERE id = $1", tree, revision)
}

pub(super) async fn delete_tree(write: &mut Write, tree: i64) -> db::Result<u64> {
    sql!(write, execute "DELETE FROM tree WHERE id = $1", tree)
}

/// Takes away what hangs under the nodes, so that it can be written anew.
pub(super) async fn delete_insides(write: &mut Write, version: i64, nodes: &[&str]) -> db::Result<()> {
    batch!(write, execute "DELETE FROM branch WHERE (version_id, node_key) IN (VALUES [(CAST($1 AS BIGINT), $2)])", nodes, |key| version, *key)?;
    batch!(write, execute "DELETE FROM mark WHERE (version_id, node_key) IN (VALUES [(CAST($1 AS BIGINT), $2)])", nodes, |key| version, *key)?;
    batch!(write, execute "DELETE FROM question WHERE (version_id, node_key) IN (VALUES [(CAST($1 AS BIGINT), $2)])", nodes, |key| version, *key)?;
    batch!(write, execute "DELETE FROM outcome WHERE (version_id, node_key) IN (VALUES [(CAST($1 AS BIGINT), $2)])", nodes, |key| version, *key)?;
    batch!(write, execute "DELETE FROM jump WHERE (version_id, node_key) IN (VALUES [(CAST($1 AS BIGINT), $2)])", nodes, |key| version, *key)?;
    Ok(())
}

pub(super) async fn delete_nodes(write: &mut Write, version: i64, nodes: &[&str]) -> db::Result<u64> {
    batch!(write, execute "DELETE FROM node WHERE (version_id, key) IN (VALUES [(CAST($1 AS BIGINT), $2)])", nodes, |key| version, *key)
}

/// Sets the kind and title of a node that stays.
pub(super) async fn update_node(write: &mut Write, version: i64, node: &Node) -> db::Result<u64> {
    sql!(write, execute "UPDATE node SET kind = $3, title = $4 WHERE version_id = $1 AND key = $2", version, &node.key, node.kind.name(), &node.title)
}

/// Frees the positions of all nodes, which are unique; each then gets one by [`place_nodes`].
pub(super) async fn free_positions(write: &mut Write, version: i64) -> db::Result<u64> {
    sql!(write, execute "UPDATE node SET position = -1 - position WHERE version_id = $1", version)
}

pub(super) async fn place_nodes(write: &mut Write, version: i64, nodes: &[(i64, &Node)]) -> db::Result<u64> {
    batch!(write, execute "UPDATE node SET position = placed.column3 FROM (VALUES [(CAST($1 AS BIGINT), $2, CAST($3 AS BIGINT))]) AS placed \
            WHERE node.version_id = placed.column1 AND node.key = placed.column2", nodes, |node| version, &node.1.key, node.0)
}

pub(super) async fn delete_cases(write: &mut Write, version: i64) -> db::Result<u64> {
    sql!(write, execute "DELETE FROM tree_case WHERE version_id = $1", version)
}

/// The newest edit of each tree since its newest version: tree, time, name.
pub(super) async fn last_edits(read: &mut Read) -> db::Result<Vec<(i64, i64, String)>> {
    sql!(
        read,
        all<(i64, i64, String)> "SELECT tree_id, at, name FROM draft_edit WHERE version IS NULL AND revision = \
                                 (SELECT MAX(other.revision) FROM draft_edit AS other WHERE other.tree_id = draft_edit.tree_id)"
    )
}

/// What can be edited of one tree, and what its versions say.
#[derive(FromRow)]
pub(super) struct OverviewRow {
    pub tree_id: i64,
    pub slug: String,
    pub state: String,
    pub digest: String,
    pub title: String,
    pub products: String,
    pub owner: Option<String>,
    pub reviewed: Option<String>,
    pub review_by: Option<String>,
    /// The number of the newest version that visitors can walk.
    pub live: Option<i64>,
    /// The digest of the newest version, whatever became of it.
    pub newest_digest: Option<String>,
}

/// Every tree by title: its draft, or its newest version where there is none.
pub(super) async fn overview(read: &mut Read) -> db::Result<Vec<OverviewRow>> {
    sql!(
        read,
        all<OverviewRow> "SELECT tree.id AS tree_id, tree.slug, version.state, version.digest, version.title, version.products, version.owner, version.reviewed, \
                          version.review_by, (SELECT MAX(number) FROM version AS live WHERE live.tree_id = tree.id AND live.state = 'published') AS live, \
                          (SELECT newest.digest FROM version AS newest WHERE newest.tree_id = tree.id AND newest.number IS NOT NULL \
                           ORDER BY newest.number DESC LIMIT 1) AS newest_digest \
                          FROM tree JOIN version ON version.id = COALESCE((SELECT draft.id FROM version AS draft WHERE draft.tree_id = tree.id AND draft.number IS NULL), \
                          (SELECT newest.id FROM version AS newest WHERE newest.tree_id = tree.id AND newest.number IS NOT NULL ORDER BY newest.number DESC LIMIT 1)) \
                          ORDER BY version.title, tree.slug"
    )
}

/// The version id of every draft.
pub(in crate::shelf) async fn drafts(read: &mut Read) -> db::Result<Vec<i64>> {
    let rows = sql!(read, all<(i64,)> "SELECT id FROM version WHERE state = 'draft' ORDER BY id")?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// The trial of an account, as JSON.
pub(super) async fn trial(read: &mut Read, tree: i64, account: i64) -> db::Result<Option<String>> {
    let row = sql!(read, optional<(String,)> "SELECT value FROM trial WHERE tree_id = $1 AND account_id = $2", tree, account)?;
    Ok(row.map(|(value,)| value))
}

pub(super) async fn delete_trial(write: &mut Write, tree: i64, account: i64) -> db::Result<u64> {
    sql!(write, execute "DELETE FROM trial WHERE tree_id = $1 AND account_id = $2", tree, account)
}

pub(super) async fn insert_trial(write: &mut Write, tree: i64, account: i64, value: &str, now: i64) -> db::Result<u64> {
    sql!(write, execute "INSERT INTO trial (tree_id, account_id, value, changed_at) VALUES ($1, $2, $3, $4)", tree, account, value, now)
}
