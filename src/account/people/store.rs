//! The SQL of accounts.

use super::{Account, folded};
use crate::db::{FromRow, Read, Result, Write};
use crate::sql;
use crate::web::{Role, Roles};

#[derive(FromRow)]
struct AccountRow {
    id: i64,
    name: String,
    password_hash: Option<String>,
    roles: String,
    created_at: i64,
    disabled_at: Option<i64>,
}

impl AccountRow {
    fn into_account(self) -> Account {
        Account {
            id: self.id,
            name: self.name,
            roles: roles_from(&self.roles),
            has_password: self.password_hash.is_some(),
            created_at: self.created_at,
            disabled_at: self.disabled_at,
        }
    }
}

/// Roles as they are stored: words separated by blanks.
fn roles_text(roles: Roles) -> String {
    roles.given().map(Role::as_str).collect::<Vec<_>>().join(" ")
}

/// A word that this program does not know gives no right.
pub fn roles_from(text: &str) -> Roles {
    text.split(' ').filter_map(Role::parse).collect()
}

/// Begins a change of accounts, sessions, links or tokens: others wait until it is committed. Answers a number that is not the id of anything yet.
pub async fn begin_change(write: &mut Write) -> Result<i64> {
    Ok(sql!(write, one<(i64,)> "UPDATE counter SET value = value + 1 WHERE name = 'account' RETURNING value")?.0)
}

pub async fn all(read: &mut Read) -> Result<Vec<Account>> {
    let rows = sql!(read, all<AccountRow> "SELECT id, name, password_hash, roles, created_at, disabled_at FROM account ORDER BY folded_name, id")?;
    Ok(rows.into_iter().map(AccountRow::into_account).collect())
}

pub async fn count(read: &mut Read) -> Result<i64> {
    Ok(sql!(read, one<(i64,)> "SELECT COUNT(*) FROM account")?.0)
}

/// The account with a name as it was typed, with the hash of its password.
pub async fn by_name(read: &mut Read, name: &str) -> Result<Option<(Account, Option<String>)>> {
    let row = sql!(read, optional<AccountRow>
        "SELECT id, name, password_hash, roles, created_at, disabled_at FROM account WHERE folded_name = $1", folded(name))?;
    Ok(row.map(|row| (row.password_hash.clone(), row)).map(|(hash, row)| (row.into_account(), hash)))
}

/// The account `id`, with the hash of its password.
pub async fn by_id(read: &mut Read, id: i64) -> Result<Option<(Account, Option<String>)>> {
    let row = sql!(read, optional<AccountRow> "SELECT id, name, password_hash, roles, created_at, disabled_at FROM account WHERE id = $1", id)?;
    Ok(row.map(|row| (row.password_hash.clone(), row)).map(|(hash, row)| (row.into_account(), hash)))
}

pub async fn insert(write: &mut Write, id: i64, name: &str, roles: Roles, now: i64) -> Result<Account> {
    sql!(
        write,
        execute "INSERT INTO account (id, name, folded_name, password_hash, roles, created_at, disabled_at) VALUES ($1, $2, $3, NULL, $4, $5, NULL)",
        id,
        name,
        folded(name),
        roles_text(roles),
        now
    )?;
    Ok(Account { id, name: name.to_owned(), roles, has_password: false, created_at: now, disabled_at: None })
}

pub async fn set_password(write: &mut Write, id: i64, hash: Option<&str>) -> Result<()> {
    sql!(write, execute "UPDATE account SET password_hash = $1 WHERE id = $2", hash, id)?;
    Ok(())
}

pub async fn set_roles(write: &mut Write, id: i64, roles: Roles) -> Result<()> {
    sql!(write, execute "UPDATE account SET roles = $1 WHERE id = $2", roles_text(roles), id)?;
    Ok(())
}

pub async fn set_disabled(write: &mut Write, id: i64, at: Option<i64>) -> Result<()> {
    sql!(write, execute "UPDATE account SET disabled_at = $1 WHERE id = $2", at, id)?;
    Ok(())
}
