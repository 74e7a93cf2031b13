//! What people do with their own account: the password, sessions and tokens.

use super::session::store as sessions;
use super::session::{NOTED_EVERY, Session};
use super::token::{Scope, Token, store as tokens};
use super::{Accounts, Error, Result};
use crate::account::client::Client;
use crate::account::people::store as people;
use crate::audit::{self, Action, By};
use crate::secret::Secret;
use crate::web::Viewer;

/// A day in milliseconds.
const DAY: i64 = 24 * 60 * 60 * 1000;

/// Who acts, for the audit log.
pub(super) fn by(viewer: &Viewer) -> By {
    By { name: viewer.name.clone(), address: viewer.address.clone() }
}

impl Accounts {
    /// Whether `password` is the account's present one.
    ///
    /// # Errors
    /// If the database fails.
    pub(super) async fn knows_password(&self, viewer: &Viewer, password: &str) -> Result<bool> {
        let (_, stored) = people::by_id(&mut self.db.read().await?, viewer.account).await?.ok_or(Error::NoAccount)?;
        Ok(self.passwords.fits(stored.as_deref(), password).await?)
    }

    /// Sets another password, ends every session of the account, and opens a new one, whose secret is answered.
    ///
    /// # Errors
    /// If the database fails.
    pub(super) async fn change_password(&self, viewer: &Viewer, password: &str, client: &Client) -> Result<Secret> {
        let hash = self.passwords.hash(password).await?;
        let (secret, now, by, account) = (self.secret(), self.clock.now_ms(), by(viewer), viewer.account);
        let (secret_hash, session) = (secret.hash(), Session { account, ..Session::beginning(client, now) });
        self.change(move |write, number| {
            Box::pin(async move {
                people::set_password(write, account, Some(&hash)).await?;
                sessions::end_all(write, account).await?;
                sessions::insert(write, &Session { id: number, ..session }, secret_hash).await?;
                Ok(audit::note(write, now, &by, Action::Account, &by.name, "Changed the password, which ended all other sessions.").await?)
            })
        })
        .await?;
        Ok(secret)
    }

    /// The account's sessions that have not ended, the one used last first.
    ///
    /// # Errors
    /// If the database fails.
    pub(super) async fn sessions(&self, viewer: &Viewer) -> Result<Vec<Session>> {
        Ok(sessions::of_account(&mut self.db.read().await?, viewer.account, self.clock.now_ms()).await?)
    }

    /// Ends one session of the account, or all of them. One of another account is not found.
    ///
    /// # Errors
    /// [`Error::NoAccount`] if the account has no such session.
    pub(super) async fn end_sessions(&self, viewer: &Viewer, one: Option<i64>) -> Result<()> {
        let (now, by, account) = (self.clock.now_ms(), by(viewer), viewer.account);
        self.change(move |write, _| {
            Box::pin(async move {
                let detail = match one {
                    Some(id) if sessions::end(write, account, id).await? => "Ended a session.",
                    Some(_) => return Err(Error::NoAccount),
                    None => {
                        sessions::end_all(write, account).await?;
                        "Signed out everywhere."
                    }
                };
                Ok(audit::note(write, now, &by, Action::SignIn, &by.name, detail).await?)
            })
        })
        .await
    }

    /// The account's tokens that were not revoked, newest first.
    ///
    /// # Errors
    /// If the database fails.
    pub(super) async fn tokens(&self, viewer: &Viewer) -> Result<Vec<Token>> {
        Ok(tokens::of_account(&mut self.db.read().await?, viewer.account).await?)
    }

    /// Makes a token that works for `days`.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn make_token(&self, viewer: &Viewer, name: String, scope: Scope, days: i64) -> Result<Secret> {
        let (secret, now, by, account) = (self.secret(), self.clock.now_ms(), by(viewer), viewer.account);
        let hash = secret.hash();
        self.change(move |write, number| {
            Box::pin(async move {
                let detail = format!("Made the API token \"{name}\", which may {} for {days} days.", scope.words());
                let token = Token { id: number, name, scope, created_at: now, expires_at: now + days * DAY, last_used_at: None };
                tokens::insert(write, &token, account, hash).await?;
                Ok(audit::note(write, now, &by, Action::Token, &by.name, &detail).await?)
            })
        })
        .await?;
        Ok(secret)
    }

    /// Revokes a token of the account. One of another account is not found.
    ///
    /// # Errors
    /// [`Error::NoAccount`] if the account has no such token.
    pub(super) async fn revoke_token(&self, viewer: &Viewer, id: i64) -> Result<()> {
        let (now, by, account) = (self.clock.now_ms(), by(viewer), viewer.account);
        self.change(move |write, _| {
            Box::pin(async move {
                let name = tokens::revoke(write, account, id, now).await?.ok_or(Error::NoAccount)?;
                let detail = format!("Revoked the API token \"{name}\".");
                Ok(audit::note(write, now, &by, Action::Token, &by.name, &detail).await?)
            })
        })
        .await
    }

    /// The token of a secret, if it and its account work now. That it is used is noted now and then.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub(super) async fn token(&self, secret: &Secret) -> Result<Option<tokens::Working>> {
        let now = self.clock.now_ms();
        let found = tokens::find(&mut self.db.read().await?, secret.hash(), now).await?;
        if let Some(token) = found.as_ref().filter(|token| token.last_used_at.is_none_or(|last| now - last >= NOTED_EVERY)) {
            let id = token.id;
            self.note_in_background("a token", move |write| Box::pin(async move { tokens::note_use(write, id, now).await })).await;
        }
        Ok(found)
    }
}
