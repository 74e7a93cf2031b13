//! Ladders in their tables. Every revision is whole and sealed, or not there.

mod revise;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use sha2::{Digest, Sha256};

use super::{Error, Result};
use crate::db::{self, FromRow, Read, Write};
use crate::tree::ladder::{Ladder, Ladders};
use crate::{batch, sql};

pub use revise::{LadderRevision, LevelInUse};

/// Whether there is no need to load a table that ships with the program: some revision of the ladder has its product and digest already, or an author
/// has edited the newest one, whose work comes first.
pub(super) async fn is_settled(read: &mut Read, key: &str, product: &str, digest: &str) -> db::Result<bool> {
    let known = sql!(read, optional<(i64,)> "SELECT revision FROM ladder WHERE key = $1 AND product = $2 AND digest = $3 LIMIT 1", key, product, digest)?;
    let newest = sql!(read, optional<(Option<String>,)> "SELECT created_by FROM ladder WHERE key = $1 ORDER BY revision DESC LIMIT 1", key)?;
    Ok(known.is_some() || newest.is_some_and(|(by,)| by.is_some()))
}

/// The newest revision of a ladder, its digest and its product.
async fn newest_of(read: &mut Read, key: &str) -> db::Result<Option<(i64, String, String)>> {
    sql!(read, optional<(i64, String, String)> "SELECT revision, digest, product FROM ladder WHERE key = $1 ORDER BY revision DESC LIMIT 1", key)
}

/// The digest of a ladder's table.
pub(super) fn digest(table: &str) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(table))
}

/// Stores `ladder` as a new revision, unless the newest one is equal to it. Answers the newest revision.
pub(super) async fn insert(write: &mut Write, ladder: &Ladder, by: Option<&str>, now: i64) -> Result<i64> {
    let digest = digest(&ladder.to_csv());
    let revision = match newest_of(write, ladder.key()).await? {
        Some((newest, stored, product)) if stored == digest && product == ladder.product() => return Ok(newest),
        Some((revision, ..)) => revision + 1,
        None => 1,
    };
    sql!(
        write,
        execute "INSERT INTO ladder (key, revision, product, digest, created_at, created_by) VALUES ($1, $2, $3, $4, $5, $6)",
        ladder.key(),
        revision,
        ladder.product(),
        digest,
        now,
        by
    )?;
    let levels: Vec<_> = (0_i64..).zip(ladder.levels()).map(|(position, (family, _, release))| (position, family, release)).collect();
    batch!(write, execute "INSERT INTO ladder_release (ladder_key, ladder_revision, position, family, kind, line, update_name, level, build, released, kb) \
            VALUES [($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)]", levels, |row|
        ladder.key(), revision, row.0, &row.1.name, row.1.kind.as_str(), &row.2.line, row.2.update.as_deref().unwrap_or_default(), &row.2.level,
        row.2.build.as_deref().unwrap_or_default(), row.2.released.as_deref().unwrap_or_default(), row.2.kb.as_deref().unwrap_or_default())?;
    sql!(write, execute "UPDATE ladder SET sealed = 1 WHERE key = $1 AND revision = $2", ladder.key(), revision)?;
    Ok(revision)
}

/// The revisions of a ladder, the newest first: revision, when it was stored, by whom.
async fn revisions(read: &mut Read, key: &str) -> db::Result<Vec<(i64, i64, Option<String>)>> {
    sql!(read, all<(i64, i64, Option<String>)> "SELECT revision, created_at, created_by FROM ladder WHERE key = $1 ORDER BY revision DESC", key)
}

/// The newest revision of each ladder.
pub(super) async fn newest(read: &mut Read) -> db::Result<Vec<(String, i64)>> {
    sql!(read, all<(String, i64)> "SELECT key, MAX(revision) FROM ladder GROUP BY key ORDER BY key")
}

/// The revisions that the version pins.
pub(super) async fn pinned(read: &mut Read, version: i64) -> db::Result<Vec<(String, i64)>> {
    sql!(read, all<(String, i64)> "SELECT ladder_key, ladder_revision FROM version_ladder WHERE version_id = $1 ORDER BY ladder_key", version)
}

/// The ladders read so far. A revision never changes, so versions share it.
#[derive(Debug, Default)]
pub(super) struct LadderCache(Mutex<BTreeMap<(String, i64), Arc<Ladder>>>);

impl LadderCache {
    /// The ladders of the named revisions together.
    pub(super) async fn together(&self, read: &mut Read, revisions: Vec<(String, i64)>) -> Result<Arc<Ladders>> {
        let mut ladders = Vec::with_capacity(revisions.len());
        for revision in revisions {
            ladders.push(self.get(read, revision).await?);
        }
        Ok(Arc::new(Ladders::new(ladders)))
    }

    async fn get(&self, read: &mut Read, revision: (String, i64)) -> Result<Arc<Ladder>> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&revision).cloned();
        if let Some(ladder) = known {
            return Ok(ladder);
        }
        let ladder = Arc::new(read_ladder(read, &revision.0, revision.1).await?);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(revision, Arc::clone(&ladder));
        Ok(ladder)
    }
}

#[derive(FromRow)]
struct ReleaseRow {
    family: String,
    kind: String,
    line: String,
    update_name: String,
    level: String,
    build: String,
    released: String,
    kb: String,
}

/// Reads one revision by way of the table that ladders are written in, so that there is one reader of ladders.
async fn read_ladder(read: &mut Read, key: &str, revision: i64) -> Result<Ladder> {
    let product = sql!(read, optional<(String,)> "SELECT product FROM ladder WHERE key = $1 AND revision = $2", key, revision)?;
    let (product,) = product.ok_or_else(|| Error::NoLadder(key.to_owned()))?;
    let rows = sql!(
        read,
        all<ReleaseRow> "SELECT family, kind, line, update_name, level, build, released, kb FROM ladder_release \
                         WHERE ladder_key = $1 AND ladder_revision = $2 ORDER BY position",
        key,
        revision
    )?;
    let mut table = csv::Writer::from_writer(Vec::new());
    let mut records = vec![["family", "kind", "line", "update", "level", "build", "released", "kb"]];
    records
        .extend(rows.iter().map(|row| -> [&str; 8] { [&row.family, &row.kind, &row.line, &row.update_name, &row.level, &row.build, &row.released, &row.kb] }));
    let unreadable = |error: String| db::Error::Unreadable(format!("ladder \"{key}\": {error}"));
    for record in records {
        table.write_record(record).map_err(|error| unreadable(error.to_string()))?;
    }
    let bytes = table.into_inner().map_err(|error| unreadable(error.to_string()))?;
    let text = String::from_utf8(bytes).map_err(|error| unreadable(error.to_string()))?;
    Ladder::from_csv(key, &product, &text).map_err(|error| Error::Ladder { key: key.to_owned(), error })
}
