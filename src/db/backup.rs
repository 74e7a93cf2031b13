//! One portable, checksummed file from either database, made while the server runs.
//!
//! The file is gzipped JSON lines: a header, each table with its rows in a fixed order, and a trailer that counts and sums them up. Equal
//! databases give equal bytes, whichever kind they are.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use futures_util::TryStreamExt;
use serde_json::Value;
use sha2::{Digest, Sha256};
use sqlx::{AssertSqlSafe, ColumnIndex, Database, Decode, Row, Type};

use super::dump::{FORMAT, Line, TABLES, Table};
use super::{Connection, Db, Error, Read, lock, schema_number};
use crate::clock::Clock;

/// Why a backup or its restoring failed.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The database failed or refused.
    #[error(transparent)]
    Database(#[from] Error),
    /// A file could not be read or written.
    #[error("{path}: {error}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the operating system says.
        error: std::io::Error,
    },
    /// The file is not whole, or not a backup.
    #[error("the backup is damaged at line {line}: {what}; nothing was restored, take another copy of it")]
    Damaged {
        /// The line of the unpacked file, from 1.
        line: u64,
        /// What is wrong there.
        what: String,
    },
    /// A newer program made the backup.
    #[error("the backup has schema {found}, this program knows {known}: install a newer Fixpath and restore with that")]
    Newer {
        /// The schema number in the backup.
        found: i64,
        /// The newest schema number that this program knows.
        known: i64,
    },
    /// The database to restore into holds something.
    #[error("the table \"{0}\" of this database is not empty: restore into a new database, which no server has used yet")]
    NotEmpty(String),
}

impl From<sqlx::Error> for BackupError {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error.into())
    }
}

/// Rows by table.
pub type RowCounts = BTreeMap<String, u64>;

/// Writes the database as it is now to the file at `path`, whole or not at all; a file that is there is replaced.
///
/// # Errors
/// [`BackupError::File`] if the file cannot be written, [`BackupError::Database`] if the database cannot be read.
pub async fn backup(db: &Db, clock: &Clock, path: &Path) -> Result<RowCounts, BackupError> {
    let unfinished = lock::beside(path, ".unfinished");
    let failed = |error| BackupError::File { path: path.to_owned(), error };
    let file = File::create(&unfinished).map_err(failed)?;
    let mut lines = Lines { file: GzEncoder::new(BufWriter::new(file), Compression::default()), sum: Sha256::new(), path };
    let rows = write_lines(&mut db.snapshot().await?, clock, &mut lines).await?;
    let file = lines.file.finish().map_err(failed)?.into_inner().map_err(|error| failed(error.into_error()))?;
    file.sync_all().map_err(failed)?;
    std::fs::rename(&unfinished, path).map_err(failed)?;
    Ok(rows)
}

async fn write_lines(read: &mut Read, clock: &Clock, lines: &mut Lines<'_>) -> Result<RowCounts, BackupError> {
    lines.push(&Line::Header { format: FORMAT.to_owned(), schema: schema_number(), created_at: clock.now_ms() })?;
    let mut rows = RowCounts::new();
    for table in TABLES {
        let columns = table.columns(read).await?;
        lines.push(&Line::Table { table: table.name.to_owned(), columns: columns.iter().map(|(name, _)| name.clone()).collect() })?;
        rows.insert(table.name.to_owned(), write_rows(read, table, &columns, lines).await?);
    }
    let sha256 = data_encoding::HEXLOWER.encode(&lines.sum.clone().finalize());
    lines.push(&Line::Trailer { rows: rows.clone(), sha256 })?;
    Ok(rows)
}

async fn write_rows(read: &mut Read, table: &Table, columns: &[(String, bool)], lines: &mut Lines<'_>) -> Result<u64, BackupError> {
    let select = AssertSqlSafe(table.select());
    let mut count = 0;
    match read.connection() {
        Connection::Sqlite(connection) => {
            let mut rows = sqlx::query(select).fetch(connection);
            while let Some(row) = rows.try_next().await? {
                lines.push(&Line::Row(cells(&row, columns)?))?;
                count += 1;
            }
        }
        Connection::Postgres(connection) => {
            let mut rows = sqlx::query(select).fetch(connection);
            while let Some(row) = rows.try_next().await? {
                lines.push(&Line::Row(cells(&row, columns)?))?;
                count += 1;
            }
        }
    }
    Ok(count)
}

fn cells<R: Row>(row: &R, columns: &[(String, bool)]) -> sqlx::Result<Vec<Value>>
where
    usize: ColumnIndex<R>,
    i64: for<'r> Decode<'r, R::Database> + Type<R::Database>,
    String: for<'r> Decode<'r, R::Database> + Type<R::Database>,
    R::Database: Database,
{
    columns
        .iter()
        .enumerate()
        .map(
            |(at, (_, is_number))| {
                if *is_number { row.try_get::<Option<i64>, _>(at).map(Value::from) } else { row.try_get::<Option<String>, _>(at).map(Value::from) }
            },
        )
        .collect()
}

/// Writes lines and sums them up.
struct Lines<'a> {
    file: GzEncoder<BufWriter<File>>,
    sum: Sha256,
    path: &'a Path,
}

impl Lines<'_> {
    fn push(&mut self, line: &Line) -> Result<(), BackupError> {
        let failed = |error| BackupError::File { path: self.path.to_owned(), error };
        let mut text = serde_json::to_vec(line).map_err(|error| failed(error.into()))?;
        text.push(b'\n');
        self.sum.update(&text);
        self.file.write_all(&text).map_err(failed)
    }
}
