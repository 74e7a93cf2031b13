//! Looks for what should never be: damage, broken references, missing triggers.

use std::collections::BTreeSet;

use sqlx::{AssertSqlSafe, PgConnection, SqliteConnection};

use super::{Connection, Db, MIGRATIONS, MigrationText, Read, Result};
use crate::sql;

/// Something in the database that is wrong, in words for the operator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The table or other part it is about.
    pub place: String,
    /// What is wrong, and what to do where that is known.
    pub what: String,
}

impl Finding {
    fn new(place: impl Into<String>, what: impl Into<String>) -> Self {
        Self { place: place.into(), what: what.into() }
    }
}

/// Examines the whole database; an empty list means that nothing is wrong. Opening it has already checked the schema's number.
///
/// # Errors
/// If the database cannot be read at all.
pub async fn doctor(db: &Db) -> Result<Vec<Finding>> {
    let mut read = db.snapshot().await?;
    let mut findings = match read.connection() {
        Connection::Sqlite(connection) => damage(connection).await?,
        Connection::Postgres(connection) => orphans(connection).await?,
    };
    findings.extend(missing_triggers(&mut read).await?);
    findings.extend(spent_ids(&mut read).await?);
    findings.extend(empty_versions(&mut read).await?);
    Ok(findings)
}

/// SQLite looks through its own file.
async fn damage(connection: &mut SqliteConnection) -> sqlx::Result<Vec<Finding>> {
    let lines: Vec<(String,)> = sqlx::query_as("PRAGMA integrity_check").fetch_all(&mut *connection).await?;
    let mut findings: Vec<_> =
        lines.into_iter().filter(|(line,)| line != "ok").map(|(line,)| Finding::new("file", format!("{line}: restore a backup"))).collect();
    let broken: Vec<(String, Option<i64>, String, i64)> = sqlx::query_as("PRAGMA foreign_key_check").fetch_all(connection).await?;
    findings.extend(broken.into_iter().map(|(table, row, parent, _)| {
        let row = row.map_or_else(String::new, |row| format!(" {row}"));
        Finding::new(table, format!("row{row} refers to a row of {parent} that is not there"))
    }));
    Ok(findings)
}

/// The foreign keys of PostgreSQL's catalog, each with the statement that counts rows which refer to nothing.
const REFERENCES: &str = "
    SELECT conrelid::regclass::text, confrelid::regclass::text,
           format('SELECT COUNT(*) FROM %s AS child WHERE %s AND NOT EXISTS (SELECT 1 FROM %s AS parent WHERE %s)', conrelid::regclass,
               (SELECT string_agg(format('child.%I IS NOT NULL', attname), ' AND ') FROM pg_attribute WHERE attrelid = conrelid AND attnum = ANY (conkey)),
               confrelid::regclass,
               (SELECT string_agg(format('child.%I = parent.%I', child.attname, parent.attname), ' AND ') FROM unnest(conkey, confkey) AS pair (from_column, to_column)
                   JOIN pg_attribute AS child ON child.attrelid = conrelid AND child.attnum = from_column
                   JOIN pg_attribute AS parent ON parent.attrelid = confrelid AND parent.attnum = to_column))
    FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY 1, 2";

async fn orphans(connection: &mut PgConnection) -> sqlx::Result<Vec<Finding>> {
    let references: Vec<(String, String, String)> = sqlx::query_as(REFERENCES).fetch_all(&mut *connection).await?;
    let mut findings = Vec::new();
    for (child, parent, count) in references {
        let rows: i64 = sqlx::query_scalar(AssertSqlSafe(count)).fetch_one(&mut *connection).await?;
        if rows > 0 {
            findings.push(Finding::new(child, format!("{rows} rows refer to rows of {parent} that are not there")));
        }
    }
    Ok(findings)
}

/// Without its triggers a published version could change.
async fn missing_triggers(read: &mut Read) -> Result<Vec<Finding>> {
    let there: Vec<(String,)> = match read.connection() {
        Connection::Sqlite(connection) => sqlx::query_as("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetch_all(connection).await?,
        Connection::Postgres(connection) => {
            let names = "SELECT tgname::text FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid \
                         WHERE NOT tgisinternal AND tgenabled <> 'D' AND relnamespace = current_schema()::regnamespace";
            sqlx::query_as(names).fetch_all(connection).await?
        }
    };
    let there: BTreeSet<String> = there.into_iter().map(|(name,)| name).collect();
    let missing = trigger_names().filter(|name| !there.contains(*name));
    Ok(missing.map(|name| Finding::new(name, "the trigger is missing or switched off: back up, and restore into an empty database")).collect())
}

/// The triggers that the migrations make; both databases have the same.
fn trigger_names() -> impl Iterator<Item = &'static str> {
    MIGRATIONS.iter().flat_map(|migration| match migration.text {
        MigrationText::Portable(_) => Vec::new(),
        MigrationText::Each { sqlite, .. } => sqlite.split("CREATE TRIGGER ").skip(1).filter_map(|rest| rest.split_whitespace().next()).collect(),
    })
}

/// A counter that gives out an id a second time.
async fn spent_ids(read: &mut Read) -> Result<Vec<Finding>> {
    let behind = sql!(
        read,
        all<(String,)> "SELECT name FROM counter WHERE (name = 'tree' AND value < (SELECT COALESCE(MAX(id), 0) FROM tree)) \
                        OR (name = 'version' AND value < (SELECT COALESCE(MAX(id), 0) FROM version))"
    )?;
    Ok(behind.into_iter().map(|(name,)| Finding::new("counter", format!("the counter \"{name}\" is behind the ids that were given out"))).collect())
}

/// A published version that lost its start, or that a broken restore left behind.
async fn empty_versions(read: &mut Read) -> Result<Vec<Finding>> {
    let versions = sql!(
        read,
        all<(i64,)> "SELECT id FROM version WHERE state = 'restoring' OR (state <> 'draft' AND NOT EXISTS \
                     (SELECT 1 FROM node WHERE node.version_id = version.id AND node.key = version.start_node)) ORDER BY id"
    )?;
    Ok(versions.into_iter().map(|(id,)| Finding::new("version", format!("version {id} has no start: restore a backup"))).collect())
}
