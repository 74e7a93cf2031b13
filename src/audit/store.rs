//! The statements about the log.

use super::{Action, By, Entry, Filter};
use crate::db::{self, FromRow, Read, Write};
use crate::sql;

#[derive(FromRow)]
struct EntryRow {
    id: i64,
    at: i64,
    name: String,
    address: String,
    action: String,
    subject: String,
    detail: String,
}

pub(super) async fn insert(write: &mut Write, now: i64, by: &By, action: Action, subject: &str, detail: &str) -> db::Result<()> {
    let (id,) = sql!(write, one<(i64,)> "UPDATE counter SET value = value + 1 WHERE name = 'audit' RETURNING value")?;
    sql!(
        write,
        execute "INSERT INTO audit (id, at, name, address, action, subject, detail) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        id,
        now,
        &by.name,
        &by.address,
        action.as_str(),
        subject,
        detail
    )?;
    Ok(())
}

pub(super) async fn entries(read: &mut Read, filter: &Filter, before: i64, limit: i64) -> db::Result<Vec<Entry>> {
    let rows = sql!(
        read,
        all<EntryRow> "SELECT id, at, name, address, action, subject, detail FROM audit
            WHERE id < $1 AND (CAST($2 AS TEXT) = '' OR name = $2) AND (CAST($3 AS TEXT) = '' OR subject = $3) ORDER BY id DESC LIMIT $4",
        before,
        &filter.name,
        &filter.subject,
        limit
    )?;
    rows.into_iter().map(entry).collect()
}

fn entry(row: EntryRow) -> db::Result<Entry> {
    let action = Action::parse(&row.action).ok_or_else(|| db::Error::Unreadable(format!("\"{}\" is no action of the audit log", row.action)))?;
    let by = By { name: row.name, address: row.address };
    Ok(Entry { id: row.id, at: row.at, by, action, subject: row.subject, detail: row.detail })
}
