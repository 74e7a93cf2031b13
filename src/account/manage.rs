//! What administrators do with accounts, on a page or at the server's command line.

use super::link::store as links;
use super::people::store as people;
use super::session::store as sessions;
use super::{Account, Accounts, Error, Result};
use crate::audit::{self, Action, By};
use crate::db::{self, Read, Write};
use crate::secret::Secret;
use crate::web::{Role, Roles};

impl Accounts {
    /// Every account, by name.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn all(&self) -> Result<Vec<Account>> {
        Ok(people::all(&mut self.db.read().await?).await?)
    }

    /// The account with a name as somebody typed it.
    ///
    /// # Errors
    /// [`Error::NoAccount`] if there is none.
    pub async fn named(&self, name: &str) -> Result<Account> {
        let found = people::by_name(&mut self.db.read().await?, name).await?;
        found.map(|(account, _)| account).ok_or(Error::NoAccount)
    }

    /// Makes an account without a password, and a link that sets one. `name` comes from [`super::read_name`].
    ///
    /// # Errors
    /// [`Error::NameTaken`] if another account has the name.
    pub async fn add(&self, name: &str, roles: Roles, by: &By) -> Result<(Account, Secret)> {
        let (token, now, name, by) = (self.secret(), self.clock.now_ms(), name.to_owned(), by.clone());
        let hash = token.hash();
        let account = self
            .change(move |write, number| {
                Box::pin(async move {
                    if people::by_name(write, &name).await?.is_some() {
                        return Err(Error::NameTaken);
                    }
                    let account = people::insert(write, number, &name, roles, now).await?;
                    links::remove(write, None).await?;
                    links::replace(write, Some(account.id), hash, now).await?;
                    note(write, now, &by, &account, &format!("Made the account, {}, with a link that sets a password.", role_words(roles))).await?;
                    Ok(account)
                })
            })
            .await?;
        Ok((account, token))
    }

    /// Takes an account's password away, ends its sessions, and makes a link that sets a new one.
    ///
    /// # Errors
    /// [`Error::NoAccount`] if there is no such account, or it is disabled.
    pub async fn reset(&self, id: i64, by: &By) -> Result<Secret> {
        let (token, now, by) = (self.secret(), self.clock.now_ms(), by.clone());
        let hash = token.hash();
        self.change(move |write, _| {
            Box::pin(async move {
                let account = existing(write, id).await?;
                if account.disabled_at.is_some() {
                    return Err(Error::NoAccount);
                }
                people::set_password(write, id, None).await?;
                sessions::end_all(write, id).await?;
                links::replace(write, Some(id), hash, now).await?;
                Ok(note(write, now, &by, &account, "Took the password away, ended all sessions, and made a link that sets a new one.").await?)
            })
        })
        .await?;
        Ok(token)
    }

    /// Gives an account these roles and no others.
    ///
    /// # Errors
    /// [`Error::LastAdmin`] if nobody else could manage accounts then.
    pub async fn set_roles(&self, id: i64, roles: Roles, by: &By) -> Result<()> {
        let (now, by) = (self.clock.now_ms(), by.clone());
        self.change(move |write, _| {
            Box::pin(async move {
                let account = existing(write, id).await?;
                if account.roles == roles {
                    return Ok(());
                }
                if !roles.allow(Role::Admin) {
                    keep_an_admin(write, &account).await?;
                }
                people::set_roles(write, id, roles).await?;
                let detail = format!("Changed the roles: {}, before {}.", role_words(roles), role_words(account.roles));
                Ok(note(write, now, &by, &account, &detail).await?)
            })
        })
        .await
    }

    /// Keeps an account from signing in and ends its sessions and links, or lets it sign in again. Its tokens work only while it may.
    ///
    /// # Errors
    /// [`Error::LastAdmin`] if nobody else could manage accounts then.
    pub async fn set_disabled(&self, id: i64, disabled: bool, by: &By) -> Result<()> {
        let (now, by) = (self.clock.now_ms(), by.clone());
        self.change(move |write, _| {
            Box::pin(async move {
                let account = existing(write, id).await?;
                if account.disabled_at.is_some() == disabled {
                    return Ok(());
                }
                if disabled {
                    keep_an_admin(write, &account).await?;
                    sessions::end_all(write, id).await?;
                    links::remove(write, Some(id)).await?;
                }
                people::set_disabled(write, id, disabled.then_some(now)).await?;
                let detail = if disabled { "Disabled the account and ended all sessions." } else { "Let the account sign in again." };
                Ok(note(write, now, &by, &account, detail).await?)
            })
        })
        .await
    }
}

async fn existing(read: &mut Read, id: i64) -> Result<Account> {
    people::by_id(read, id).await?.map(|(account, _)| account).ok_or(Error::NoAccount)
}

/// Goes on only if somebody else can manage accounts when this one cannot any more.
async fn keep_an_admin(read: &mut Read, account: &Account) -> Result<()> {
    let manages = |account: &Account| account.disabled_at.is_none() && account.roles.allow(Role::Admin);
    let others = people::all(read).await?;
    if manages(account) && !others.iter().any(|other| other.id != account.id && manages(other)) { Err(Error::LastAdmin) } else { Ok(()) }
}

/// Roles as the log and lists name them.
pub(super) fn role_words(roles: Roles) -> String {
    let words: Vec<&str> = roles.given().map(Role::as_str).collect();
    if words.is_empty() { "no roles".to_owned() } else { words.join(", ") }
}

async fn note(write: &mut Write, now: i64, by: &By, account: &Account, detail: &str) -> db::Result<()> {
    audit::note(write, now, by, Action::Account, &account.name, detail).await
}
