//! The statements about what becomes of drafts and versions.

use std::collections::BTreeMap;

use super::{DueSchedule, Review, Schedule, VersionRow, Withdrawn};
use crate::audit::By;
use crate::db::{self, FromRow, Read, Write};
use crate::shelf::WithdrawnGuide;
use crate::sql;

// Versions

#[derive(FromRow)]
struct PublishedRow {
    number: i64,
    id: i64,
    published_at: i64,
    withdrawn_at: Option<i64>,
    summary_of_change: String,
    name: Option<String>,
    revision: Option<i64>,
}

impl PublishedRow {
    fn version(self) -> VersionRow {
        let Self { number, id, published_at, withdrawn_at, summary_of_change: summary, name: by, revision } = self;
        VersionRow { number, id, published_at, withdrawn_at, by, summary, revision }
    }
}

pub(super) async fn versions(read: &mut Read, tree: i64) -> db::Result<Vec<VersionRow>> {
    let rows = sql!(
        read,
        all<PublishedRow> "SELECT version.number, version.id, version.published_at, version.withdrawn_at, version.summary_of_change, publication.name, \
                           publication.revision FROM version LEFT JOIN publication ON publication.version_id = version.id \
                           WHERE version.tree_id = $1 AND version.number IS NOT NULL ORDER BY version.number DESC",
        tree
    )?;
    Ok(rows.into_iter().map(PublishedRow::version).collect())
}

pub(super) async fn version_id(read: &mut Read, tree: i64, number: i64) -> db::Result<Option<i64>> {
    let row = sql!(read, optional<(i64,)> "SELECT id FROM version WHERE tree_id = $1 AND number = $2", tree, number)?;
    Ok(row.map(|(id,)| id))
}

/// Notes who publishes the version, and that the edits since the last one went into it; what was planned for the draft is done with.
pub(in crate::shelf) async fn note_publication(write: &mut Write, tree: i64, version: i64, number: i64, revision: i64, by: &By) -> db::Result<()> {
    sql!(
        write,
        execute "INSERT INTO publication (version_id, revision, name, address) VALUES ($1, $2, $3, $4)",
        version,
        revision,
        &by.name,
        &by.address
    )?;
    sql!(write, execute "UPDATE draft_edit SET version = $2 WHERE tree_id = $1 AND version IS NULL", tree, number)?;
    sql!(write, execute "UPDATE tree SET offered_revision = NULL, withdrawn_reason = NULL WHERE id = $1", tree)?;
    delete_review(write, tree).await?;
    delete_schedule(write, tree).await?;
    Ok(())
}

// A second pair of eyes

#[derive(FromRow)]
struct ReviewRow {
    revision: i64,
    at: i64,
    name: String,
    note: String,
}

pub(in crate::shelf) async fn review(read: &mut Read, tree: i64) -> db::Result<Option<Review>> {
    let row = sql!(read, optional<ReviewRow> "SELECT revision, at, name, note FROM review_request WHERE tree_id = $1", tree)?;
    Ok(row.map(|row| Review { at: row.at, by: row.name, note: row.note, revision: row.revision }))
}

/// Who has asked for a review, by tree.
pub(in crate::shelf) async fn reviews(read: &mut Read) -> db::Result<Vec<(i64, String)>> {
    sql!(read, all<(i64, String)> "SELECT tree_id, name FROM review_request")
}

pub(super) async fn put_review(write: &mut Write, tree: i64, revision: i64, at: i64, by: &By, note: &str) -> db::Result<u64> {
    delete_review(write, tree).await?;
    sql!(write, execute "INSERT INTO review_request (tree_id, revision, at, name, note) VALUES ($1, $2, $3, $4, $5)", tree, revision, at, &by.name, note)
}

pub(super) async fn delete_review(write: &mut Write, tree: i64) -> db::Result<u64> {
    sql!(write, execute "DELETE FROM review_request WHERE tree_id = $1", tree)
}

pub(super) async fn set_four_eyes(write: &mut Write, tree: i64, needed: bool) -> db::Result<u64> {
    sql!(write, execute "UPDATE tree SET four_eyes = $2 WHERE id = $1", tree, i64::from(needed))
}

/// Whether `name` wrote anything of the draft since the newest version.
pub(super) async fn has_edited(read: &mut Read, tree: i64, name: &str) -> db::Result<bool> {
    let row = sql!(read, optional<(i64,)> "SELECT revision FROM draft_edit WHERE tree_id = $1 AND version IS NULL AND name = $2 LIMIT 1", tree, name)?;
    Ok(row.is_some())
}

// Schedules

#[derive(FromRow)]
struct ScheduleRow {
    tree_id: i64,
    revision: i64,
    due_at: i64,
    summary: String,
    name: String,
    failed: Option<String>,
    present: i64,
}

impl ScheduleRow {
    fn schedule(self) -> Schedule {
        Schedule { at: self.due_at, summary: self.summary, by: self.name, revision: self.revision, stale: self.revision != self.present, failed: self.failed }
    }
}

/// The tree's schedule; it is stale if it was set for another revision than `present`.
pub(in crate::shelf) async fn schedule(read: &mut Read, tree: i64, present: i64) -> db::Result<Option<Schedule>> {
    let row = sql!(
        read,
        optional<ScheduleRow> "SELECT tree_id, revision, due_at, summary, name, failed, CAST($2 AS BIGINT) AS present FROM schedule WHERE tree_id = $1",
        tree,
        present
    )?;
    Ok(row.map(ScheduleRow::schedule))
}

/// Every schedule, by tree.
pub(in crate::shelf) async fn schedules(read: &mut Read) -> db::Result<BTreeMap<i64, Schedule>> {
    let rows = sql!(
        read,
        all<ScheduleRow> "SELECT schedule.tree_id, schedule.revision, schedule.due_at, schedule.summary, schedule.name, schedule.failed, \
                          tree.draft_revision AS present FROM schedule JOIN tree ON tree.id = schedule.tree_id"
    )?;
    Ok(rows.into_iter().map(|row| (row.tree_id, row.schedule())).collect())
}

#[derive(FromRow)]
struct DueRow {
    slug: String,
    revision: i64,
    due_at: i64,
    summary: String,
    name: String,
    address: String,
}

impl DueRow {
    fn due(self) -> DueSchedule {
        DueSchedule { slug: self.slug, revision: self.revision, at: self.due_at, summary: self.summary, by: By { name: self.name, address: self.address } }
    }
}

/// What is to be published by `now` and can be, the earliest first.
pub(super) async fn due(read: &mut Read, now: i64) -> db::Result<Vec<DueSchedule>> {
    let rows = sql!(
        read,
        all<DueRow> "SELECT tree.slug, schedule.revision, schedule.due_at, schedule.summary, schedule.name, schedule.address \
                     FROM schedule JOIN tree ON tree.id = schedule.tree_id \
                     WHERE schedule.due_at <= $1 AND schedule.failed IS NULL AND schedule.revision = tree.draft_revision ORDER BY schedule.due_at, tree.slug",
        now
    )?;
    Ok(rows.into_iter().map(DueRow::due).collect())
}

/// Takes the schedule away if it still is the one that was read; who gets `true` publishes.
pub(super) async fn claim(write: &mut Write, tree: i64, due: &DueSchedule) -> db::Result<bool> {
    let claimed = sql!(
        write,
        execute "DELETE FROM schedule WHERE tree_id = $1 AND revision = $2 AND due_at = $3 AND failed IS NULL",
        tree,
        due.revision,
        due.at
    )?;
    Ok(claimed == 1)
}

pub(super) async fn put_schedule(write: &mut Write, tree: i64, due: &DueSchedule, now: i64) -> db::Result<u64> {
    delete_schedule(write, tree).await?;
    sql!(
        write,
        execute "INSERT INTO schedule (tree_id, revision, due_at, summary, at, name, address) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        tree,
        due.revision,
        due.at,
        &due.summary,
        now,
        &due.by.name,
        &due.by.address
    )
}

pub(super) async fn fail_schedule(write: &mut Write, tree: i64, due: &DueSchedule, why: &str) -> db::Result<u64> {
    sql!(write, execute "UPDATE schedule SET failed = $4 WHERE tree_id = $1 AND revision = $2 AND due_at = $3", tree, due.revision, due.at, why)
}

pub(super) async fn delete_schedule(write: &mut Write, tree: i64) -> db::Result<u64> {
    sql!(write, execute "DELETE FROM schedule WHERE tree_id = $1", tree)
}

// Withdrawing

/// Withdraws every published version of the tree; answers how many there were.
pub(super) async fn withdraw_all(write: &mut Write, tree: i64, reason: &str, now: i64) -> db::Result<u64> {
    sql!(write, execute "UPDATE tree SET withdrawn_reason = $2 WHERE id = $1", tree, reason)?;
    sql!(write, execute "UPDATE version SET state = 'withdrawn', withdrawn_at = $2 WHERE tree_id = $1 AND state = 'published'", tree, now)
}

/// Why the tree was withdrawn; none if it was not, or was published since.
pub(in crate::shelf) async fn withdrawn_reason(read: &mut Read, tree: i64) -> db::Result<Option<String>> {
    let row = sql!(read, optional<(Option<String>,)> "SELECT withdrawn_reason FROM tree WHERE id = $1", tree)?;
    Ok(row.and_then(|(reason,)| reason))
}

/// Every tree whose newest version is withdrawn, by its present address.
pub(in crate::shelf) async fn withdrawn_guides(read: &mut Read) -> db::Result<Vec<(String, WithdrawnGuide)>> {
    let rows = sql!(
        read,
        all<(String, String, i64, Option<String>)> "SELECT tree.slug, version.title, version.withdrawn_at, tree.withdrawn_reason \
                                                    FROM version JOIN tree ON tree.id = version.tree_id WHERE version.withdrawn_at IS NOT NULL \
                                                    AND version.number = (SELECT MAX(other.number) FROM version AS other WHERE other.tree_id = version.tree_id)"
    )?;
    Ok(rows.into_iter().map(|(slug, title, at, reason)| (slug, WithdrawnGuide { title, at, reason })).collect())
}

pub(super) async fn put_withdrawn(write: &mut Write, tree: i64, node: &str, withdrawn: &Withdrawn) -> db::Result<u64> {
    delete_withdrawn(write, tree, node).await?;
    sql!(
        write,
        execute "INSERT INTO withdrawn_outcome (tree_id, node_key, at, name, reason) VALUES ($1, $2, $3, $4, $5)",
        tree,
        node,
        withdrawn.at,
        &withdrawn.by,
        &withdrawn.reason
    )
}

pub(super) async fn delete_withdrawn(write: &mut Write, tree: i64, node: &str) -> db::Result<u64> {
    sql!(write, execute "DELETE FROM withdrawn_outcome WHERE tree_id = $1 AND node_key = $2", tree, node)
}

/// The withdrawn outcomes of the tree, by the keys of their nodes.
pub(in crate::shelf) async fn withdrawn(read: &mut Read, tree: i64) -> db::Result<BTreeMap<String, Withdrawn>> {
    let rows = sql!(read, all<(String, i64, String, String)> "SELECT node_key, at, name, reason FROM withdrawn_outcome WHERE tree_id = $1", tree)?;
    Ok(rows.into_iter().map(|(node, at, by, reason)| (node, Withdrawn { at, by, reason })).collect())
}

/// The withdrawn outcomes of the version's tree, with the address that the tree had in that version.
pub(in crate::shelf) async fn withdrawn_of_version(read: &mut Read, version: i64) -> db::Result<Vec<(String, String, Withdrawn)>> {
    let rows = sql!(
        read,
        all<(String, String, i64, String, String)> "SELECT version.slug, withdrawn_outcome.node_key, withdrawn_outcome.at, withdrawn_outcome.name, \
                                                    withdrawn_outcome.reason FROM withdrawn_outcome JOIN version ON version.tree_id = withdrawn_outcome.tree_id \
                                                    WHERE version.id = $1",
        version
    )?;
    Ok(rows.into_iter().map(|(slug, node, at, by, reason)| (slug, node, Withdrawn { at, by, reason })).collect())
}

/// Whether any version of the tree has the outcome `node`.
pub(super) async fn had_outcome(read: &mut Read, tree: i64, node: &str) -> db::Result<bool> {
    let row = sql!(
        read,
        optional<(i64,)> "SELECT version.id FROM version JOIN node ON node.version_id = version.id \
                          WHERE version.tree_id = $1 AND version.number IS NOT NULL AND node.key = $2 AND node.kind = 'outcome' LIMIT 1",
        tree,
        node
    )?;
    Ok(row.is_some())
}
