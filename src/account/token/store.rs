//! The SQL of API tokens.

use super::{Scope, Token};
use crate::account::people::store::roles_from;
use crate::db::{Error, FromRow, Read, Result, Write};
use crate::secret::SecretHash;
use crate::sql;
use crate::web::Roles;

#[derive(FromRow)]
struct TokenRow {
    id: i64,
    name: String,
    scope: String,
    created_at: i64,
    expires_at: i64,
    last_used_at: Option<i64>,
}

/// A token that works, with its account.
#[derive(Debug)]
pub struct Working {
    pub id: i64,
    pub scope: Scope,
    pub last_used_at: Option<i64>,
    pub account: i64,
    pub name: String,
    pub roles: Roles,
}

fn scope(word: &str) -> Result<Scope> {
    Scope::parse(word).ok_or_else(|| Error::Unreadable(format!("\"{word}\" is no scope of a token")))
}

pub async fn insert(write: &mut Write, token: &Token, account: i64, hash: SecretHash) -> Result<()> {
    sql!(
        write,
        execute "INSERT INTO api_token (id, token_hash, account_id, name, scope, created_at, expires_at, last_used_at, revoked_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, NULL, NULL)",
        token.id,
        hash.to_hex(),
        account,
        &token.name,
        token.scope.as_str(),
        token.created_at,
        token.expires_at
    )?;
    Ok(())
}

/// The tokens of an account that were not revoked, newest first.
pub async fn of_account(read: &mut Read, account: i64) -> Result<Vec<Token>> {
    let rows = sql!(
        read,
        all<TokenRow> "SELECT id, name, scope, created_at, expires_at, last_used_at FROM api_token
            WHERE account_id = $1 AND revoked_at IS NULL ORDER BY id DESC",
        account
    )?;
    let tokens = rows.into_iter().map(|row| {
        let TokenRow { id, name, scope: word, created_at, expires_at, last_used_at } = row;
        Ok(Token { id, name, scope: scope(&word)?, created_at, expires_at, last_used_at })
    });
    tokens.collect()
}

/// The token of a secret, if it and its account work at `now`.
pub async fn find(read: &mut Read, hash: SecretHash, now: i64) -> Result<Option<Working>> {
    let row = sql!(
        read,
        optional<(i64, String, Option<i64>, i64, String, String)>
            "SELECT api_token.id, api_token.scope, api_token.last_used_at, account.id, account.name, account.roles
            FROM api_token JOIN account ON account.id = api_token.account_id
            WHERE token_hash = $1 AND expires_at > $2 AND revoked_at IS NULL AND disabled_at IS NULL",
        hash.to_hex(),
        now
    )?;
    let Some((id, word, last_used_at, account, name, roles)) = row else { return Ok(None) };
    Ok(Some(Working { id, scope: scope(&word)?, last_used_at, account, name, roles: roles_from(&roles) }))
}

pub async fn note_use(write: &mut Write, id: i64, now: i64) -> Result<()> {
    sql!(write, execute "UPDATE api_token SET last_used_at = $1 WHERE id = $2", now, id)?;
    Ok(())
}

/// Revokes one token of an account; answers its name if there was one that was not revoked before.
pub async fn revoke(write: &mut Write, account: i64, id: i64, now: i64) -> Result<Option<String>> {
    let revoked = sql!(
        write,
        optional<(String,)> "UPDATE api_token SET revoked_at = $1 WHERE id = $2 AND account_id = $3 AND revoked_at IS NULL RETURNING name",
        now,
        id,
        account
    )?;
    Ok(revoked.map(|(name,)| name))
}
