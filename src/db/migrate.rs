//! Brings the schema up to date when the database is opened.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::url::Place;
use super::{Connection, DatabaseUrl, Db, Error, Read, Result, Write, lock};
use crate::clock::Clock;
use crate::sql;

/// One change of the schema. Once released, its text stays as it is.
#[derive(Debug)]
pub struct Migration {
    /// Its place in the order, from 1 on.
    pub number: i64,
    /// The file's name without number and ending.
    pub name: &'static str,
    /// What it does.
    pub text: MigrationText,
}

/// The statements of a migration.
#[derive(Debug)]
pub enum MigrationText {
    /// One text for both databases.
    Portable(&'static str),
    /// Triggers, which the databases write differently.
    Each {
        /// For SQLite.
        sqlite: &'static str,
        /// For PostgreSQL.
        postgres: &'static str,
    },
}

/// Every migration, in order: the files of `migrations/`.
pub const MIGRATIONS: &[Migration] = &[
    Migration { number: 1, name: "schema", text: MigrationText::Portable(include_str!("../../migrations/0001_schema.sql")) },
    Migration {
        number: 2,
        name: "triggers",
        text: MigrationText::Each {
            sqlite: include_str!("../../migrations/0002_triggers.sqlite.sql"),
            postgres: include_str!("../../migrations/0002_triggers.postgres.sql"),
        },
    },
    Migration { number: 3, name: "cards", text: MigrationText::Portable(include_str!("../../migrations/0003_cards.sql")) },
    Migration {
        number: 4,
        name: "card_triggers",
        text: MigrationText::Each {
            sqlite: include_str!("../../migrations/0004_card_triggers.sqlite.sql"),
            postgres: include_str!("../../migrations/0004_card_triggers.postgres.sql"),
        },
    },
    Migration { number: 5, name: "audit", text: MigrationText::Portable(include_str!("../../migrations/0005_audit.sql")) },
    Migration { number: 6, name: "accounts", text: MigrationText::Portable(include_str!("../../migrations/0006_accounts.sql")) },
    Migration { number: 7, name: "drafts", text: MigrationText::Portable(include_str!("../../migrations/0007_drafts.sql")) },
    Migration { number: 8, name: "pictures", text: MigrationText::Portable(include_str!("../../migrations/0008_pictures.sql")) },
];

/// The newest schema that this program knows.
#[must_use]
pub fn schema_number() -> i64 {
    MIGRATIONS.iter().map(|migration| migration.number).max().unwrap_or_default()
}

impl Migration {
    fn text(&self, connection: &Connection<'_>) -> &'static str {
        match (&self.text, connection) {
            (MigrationText::Portable(text), _) => text,
            (MigrationText::Each { sqlite, .. }, Connection::Sqlite(_)) => sqlite,
            (MigrationText::Each { postgres, .. }, Connection::Postgres(_)) => postgres,
        }
    }
}

/// Applies what is missing, all of it or nothing. On PostgreSQL one process at a time; on SQLite after a copy of the file.
pub(super) async fn run(db: &Db, url: &DatabaseUrl, clock: &Clock) -> Result<()> {
    let mut write = begin(db).await?;
    let missing = missing(&mut write).await?;
    let Some(first) = missing.first() else {
        return write.rollback().await;
    };
    if first.number > 1
        && let Place::SqliteFile(path) = &url.0
    {
        write.rollback().await?;
        copy(db, path, first.number).await?;
        write = begin(db).await?;
    }
    // Asked again: another process may have been faster.
    for migration in self::missing(&mut write).await? {
        apply(&mut write, migration, clock).await?;
    }
    write.commit().await
}

/// A transaction that no other process migrates beside.
async fn begin(db: &Db) -> Result<Write> {
    let mut write = db.write().await?;
    if let Connection::Postgres(connection) = write.writing_connection() {
        // Any fixed number that nobody else locks by: "fixpath" as bytes.
        sqlx::query("SELECT pg_advisory_xact_lock(28827019263390824)").execute(connection).await?;
    }
    sql!(&mut write, execute "CREATE TABLE IF NOT EXISTS migration (number BIGINT PRIMARY KEY, name TEXT NOT NULL, digest TEXT NOT NULL, applied_at BIGINT NOT NULL)")?;
    Ok(write)
}

/// The migrations that the database lacks.
///
/// # Errors
/// [`Error::Newer`] and [`Error::Edited`], if the database is not one that this program can bring up to date.
async fn missing(read: &mut Read) -> Result<Vec<&'static Migration>> {
    let applied = sql!(read, all<(i64, String)> "SELECT number, digest FROM migration ORDER BY number")?;
    let known = schema_number();
    let mut done = Vec::new();
    for (number, digest) in applied {
        let migration = MIGRATIONS.iter().find(|migration| migration.number == number).ok_or(Error::Newer { found: number, known })?;
        if digest != text_digest(migration.text(&read.connection())) {
            return Err(Error::Edited { number });
        }
        done.push(number);
    }
    Ok(MIGRATIONS.iter().filter(|migration| !done.contains(&migration.number)).collect())
}

async fn apply(write: &mut Write, migration: &Migration, clock: &Clock) -> Result<()> {
    let connection = write.writing_connection();
    let text = migration.text(&connection);
    match connection {
        Connection::Sqlite(connection) => sqlx::raw_sql(text).execute(connection).await.map(drop)?,
        Connection::Postgres(connection) => sqlx::raw_sql(text).execute(connection).await.map(drop)?,
    }
    sql!(
        write,
        execute "INSERT INTO migration (number, name, digest, applied_at) VALUES ($1, $2, $3, $4)",
        migration.number,
        migration.name,
        text_digest(text),
        clock.now_ms()
    )?;
    tracing::info!(number = migration.number, name = migration.name, "migrated the database");
    Ok(())
}

/// Line ends do not count: a checkout may change them.
fn text_digest(text: &str) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(text.replace("\r\n", "\n")))
}

/// Leaves the database as it was before migration `number` beside it, whole or not at all.
async fn copy(db: &Db, path: &Path, number: i64) -> Result<PathBuf> {
    let copy = lock::beside(path, &format!(".before-{number}"));
    let unfinished = lock::beside(path, &format!(".before-{number}.unfinished"));
    let failed = |error: std::io::Error| Error::Unavailable(format!("the copy {} cannot be made: {error}", copy.display()).into());
    match std::fs::remove_file(&unfinished) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(failed(error)),
        _ => {}
    }
    if let Connection::Sqlite(connection) = db.bare().await?.connection() {
        sqlx::query("VACUUM INTO $1").bind(unfinished.to_string_lossy().into_owned()).execute(connection).await?;
    }
    std::fs::rename(&unfinished, &copy).map_err(failed)?;
    Ok(copy)
}
