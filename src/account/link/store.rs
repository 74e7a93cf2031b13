//! The SQL of set-up links.

use super::LIFETIME;
use crate::db::{Read, Result, Write};
use crate::secret::SecretHash;
use crate::sql;

/// Stores a link for an account, or for the first one, in place of those it had.
pub async fn replace(write: &mut Write, account: Option<i64>, token: SecretHash, now: i64) -> Result<()> {
    remove(write, account).await?;
    sql!(write, execute "DELETE FROM set_up_link WHERE expires_at <= $1", now)?;
    sql!(
        write,
        execute "INSERT INTO set_up_link (token_hash, account_id, created_at, expires_at) VALUES ($1, $2, $3, $4)",
        token.to_hex(),
        account,
        now,
        now + LIFETIME
    )?;
    Ok(())
}

/// Removes every link of an account, or those for the first one.
pub async fn remove(write: &mut Write, account: Option<i64>) -> Result<()> {
    match account {
        Some(account) => sql!(write, execute "DELETE FROM set_up_link WHERE account_id = $1", account)?,
        None => sql!(write, execute "DELETE FROM set_up_link WHERE account_id IS NULL")?,
    };
    Ok(())
}

/// Whom a link that works at `now` is for: an account, or nobody yet. None if there is no such link.
pub async fn find(read: &mut Read, token: SecretHash, now: i64) -> Result<Option<Option<i64>>> {
    let row = sql!(read, optional<(Option<i64>,)> "SELECT account_id FROM set_up_link WHERE token_hash = $1 AND expires_at > $2", token.to_hex(), now)?;
    Ok(row.map(|(account,)| account))
}
