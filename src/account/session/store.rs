//! The SQL of sessions.

use super::{IDLE, LONGEST, Session};
use crate::account::people::Account;
use crate::account::people::store::roles_from;
use crate::db::{FromRow, Read, Result, Write};
use crate::secret::SecretHash;
use crate::sql;

#[derive(FromRow)]
struct SessionRow {
    id: i64,
    account_id: i64,
    created_at: i64,
    seen_at: i64,
    address: String,
    browser: String,
}

impl SessionRow {
    fn into_session(self) -> Session {
        let Self { id, account_id, created_at, seen_at, address, browser } = self;
        Session { id, account: account_id, created_at, seen_at, address, browser }
    }
}

/// Stores a new session and removes those that have ended meanwhile.
pub async fn insert(write: &mut Write, session: &Session, secret: SecretHash) -> Result<()> {
    let now = session.created_at;
    sql!(write, execute "DELETE FROM session WHERE seen_at <= $1 OR created_at <= $2", now - IDLE, now - LONGEST)?;
    sql!(
        write,
        execute "INSERT INTO session (id, secret_hash, account_id, created_at, seen_at, address, browser) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        session.id,
        secret.to_hex(),
        session.account,
        now,
        session.seen_at,
        &session.address,
        &session.browser
    )?;
    Ok(())
}

/// The session of a secret, if it has not ended at `now`, with its account, if that may sign in.
pub async fn find(read: &mut Read, secret: SecretHash, now: i64) -> Result<Option<(Session, Account)>> {
    let Some(row) = sql!(read, optional<SessionRow>
        "SELECT id, account_id, created_at, seen_at, address, browser FROM session WHERE secret_hash = $1 AND seen_at > $2 AND created_at > $3",
        secret.to_hex(), now - IDLE, now - LONGEST)?
    else {
        return Ok(None);
    };
    let session = row.into_session();
    let account = sql!(read, optional<(String, String, i64)>
        "SELECT name, roles, created_at FROM account WHERE id = $1 AND disabled_at IS NULL", session.account)?;
    Ok(account.map(|(name, roles, created_at)| {
        let account = Account { id: session.account, name, roles: roles_from(&roles), has_password: true, created_at, disabled_at: None };
        (session, account)
    }))
}

/// The sessions of an account that have not ended at `now`, the one used last first.
pub async fn of_account(read: &mut Read, account: i64, now: i64) -> Result<Vec<Session>> {
    let rows = sql!(
        read,
        all<SessionRow> "SELECT id, account_id, created_at, seen_at, address, browser FROM session
            WHERE account_id = $1 AND seen_at > $2 AND created_at > $3 ORDER BY seen_at DESC, id DESC",
        account,
        now - IDLE,
        now - LONGEST
    )?;
    Ok(rows.into_iter().map(SessionRow::into_session).collect())
}

pub async fn note_use(write: &mut Write, id: i64, now: i64) -> Result<()> {
    sql!(write, execute "UPDATE session SET seen_at = $1 WHERE id = $2 AND seen_at < $1", now, id)?;
    Ok(())
}

/// Ends one session of an account; answers whether there was one.
pub async fn end(write: &mut Write, account: i64, id: i64) -> Result<bool> {
    Ok(sql!(write, execute "DELETE FROM session WHERE id = $1 AND account_id = $2", id, account)? > 0)
}

/// Ends the session of a secret, whosever it is.
pub async fn end_by_secret(write: &mut Write, secret: SecretHash) -> Result<()> {
    sql!(write, execute "DELETE FROM session WHERE secret_hash = $1", secret.to_hex())?;
    Ok(())
}

/// Ends every session of an account.
pub async fn end_all(write: &mut Write, account: i64) -> Result<()> {
    sql!(write, execute "DELETE FROM session WHERE account_id = $1", account)?;
    Ok(())
}
