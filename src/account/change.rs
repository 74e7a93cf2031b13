//! What changes accounts and their sessions. Each change is one transaction, with its line in the audit log.

use super::client::Client;
use super::link::store as links;
use super::people::store as people;
use super::session::store as sessions;
use super::session::{NOTED_EVERY, Session};
use super::{Account, Accounts, Error, Result};
use crate::audit::{self, Action, By};
use crate::db::{self, Write};
use crate::secret::{Secret, SecretHash};
use crate::web::{Role, Roles};

/// Whom a set-up link is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Invited {
    /// Whoever runs the installation: there is no account yet.
    First,
    /// An account that is to get a password.
    Account(Account),
}

/// The first account keeps accounts and writes guides.
fn first_roles() -> Roles {
    Role::ALL.into_iter().collect()
}

impl Accounts {
    /// A new link that makes the first account, in place of earlier ones; none if there is an account.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn first_link(&self) -> Result<Option<Secret>> {
        if people::count(&mut self.db.read().await?).await? > 0 {
            return Ok(None);
        }
        let (token, now) = (self.secret(), self.clock.now_ms());
        let hash = token.hash();
        self.change(move |write, _| Box::pin(async move { Ok(links::replace(write, None, hash, now).await?) })).await?;
        Ok(Some(token))
    }

    /// Whether nobody can sign in yet.
    ///
    /// # Errors
    /// If the database fails.
    pub(super) async fn is_empty(&self) -> Result<bool> {
        Ok(people::count(&mut self.db.read().await?).await? == 0)
    }

    /// Whom a link is for.
    ///
    /// # Errors
    /// [`Error::LinkSpent`] for a link that does not work (any more).
    pub(super) async fn invited(&self, token: &Secret) -> Result<Invited> {
        invited(&mut self.db.read().await?, token.hash(), self.clock.now_ms()).await
    }

    /// Uses a link: sets the password, makes the first account under `name` where there is none, and signs in.
    ///
    /// # Errors
    /// [`Error::LinkSpent`] for a link that does not work (any more).
    pub(super) async fn set_up(&self, token: &Secret, name: String, password: &str, client: &Client) -> Result<Secret> {
        let hash = self.passwords.hash(password).await?;
        let (secret, now, token) = (self.secret(), self.clock.now_ms(), token.hash());
        let session = Session::beginning(client, now);
        let secret_hash = secret.hash();
        self.change(move |write, number| {
            Box::pin(async move {
                let account = match invited(write, token, now).await? {
                    Invited::First => people::insert(write, number, &name, first_roles(), now).await?,
                    Invited::Account(account) => account,
                };
                people::set_password(write, account.id, Some(&hash)).await?;
                links::remove(write, None).await?;
                links::remove(write, Some(account.id)).await?;
                sessions::end_all(write, account.id).await?;
                sessions::insert(write, &Session { id: number, account: account.id, ..session.clone() }, secret_hash).await?;
                let by = By { name: account.name.clone(), address: session.address };
                Ok(audit::note(write, now, &by, Action::Account, &account.name, "Set a password by a set-up link and signed in.").await?)
            })
        })
        .await?;
        Ok(secret)
    }

    /// Checks a name and a password, and opens a session if they belong together; none if not. The work is the same either way.
    ///
    /// # Errors
    /// If the database fails.
    pub(super) async fn sign_in(&self, name: &str, password: &str, client: &Client) -> Result<Option<Secret>> {
        let found = people::by_name(&mut self.db.read().await?, name).await?;
        let stored = found.as_ref().filter(|(account, _)| account.disabled_at.is_none()).and_then(|(_, hash)| hash.as_deref());
        let fits = self.passwords.fits(stored, password).await?;
        let (secret, now, former) = (self.secret(), self.clock.now_ms(), client.secret.as_ref().map(Secret::hash));
        let session = Session::beginning(client, now);
        let account = found.map(|(account, _)| account);
        let new = fits.then(|| secret.hash());
        let signed_in =
            self.change(move |write, number| Box::pin(async move { Ok(note_attempt(write, account, Session { id: number, ..session }, new, former).await?) }));
        Ok(signed_in.await?.then_some(secret))
    }

    /// The session of a secret and its account, if neither has ended. That it is used is noted now and then.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub(super) async fn session(&self, secret: &Secret) -> Result<Option<(Session, Account)>> {
        let now = self.clock.now_ms();
        let found = sessions::find(&mut self.db.read().await?, secret.hash(), now).await?;
        if let Some((session, _)) = found.as_ref().filter(|(session, _)| now - session.seen_at >= NOTED_EVERY) {
            let id = session.id;
            self.note_in_background("a session", move |write| Box::pin(async move { sessions::note_use(write, id, now).await })).await;
        }
        Ok(found)
    }

    /// Ends the session of a secret.
    ///
    /// # Errors
    /// If the database fails.
    pub(super) async fn sign_out(&self, client: &Client) -> Result<()> {
        let Some(secret) = client.secret.as_ref().map(Secret::hash) else { return Ok(()) };
        let (now, address) = (self.clock.now_ms(), client.address.0.to_string());
        self.change(move |write, _| {
            Box::pin(async move {
                if let Some((_, account)) = sessions::find(write, secret, now).await? {
                    let by = By { name: account.name.clone(), address };
                    audit::note(write, now, &by, Action::SignIn, &account.name, "Signed out.").await?;
                }
                Ok(sessions::end_by_secret(write, secret).await?)
            })
        })
        .await
    }
}

async fn invited(read: &mut db::Read, token: SecretHash, now: i64) -> Result<Invited> {
    let account = links::find(read, token, now).await?.ok_or(Error::LinkSpent)?;
    match account {
        Some(id) => {
            let (account, _) = people::by_id(read, id).await?.filter(|(account, _)| account.disabled_at.is_none()).ok_or(Error::LinkSpent)?;
            Ok(Invited::Account(account))
        }
        None if people::count(read).await? == 0 => Ok(Invited::First),
        None => Err(Error::LinkSpent),
    }
}

/// Stores the new session, if there is one, or that the attempt failed. A name without an account is never noted: it may be a password in the wrong field.
async fn note_attempt(write: &mut Write, account: Option<Account>, session: Session, new: Option<SecretHash>, former: Option<SecretHash>) -> db::Result<bool> {
    let now = session.created_at;
    // The attempt was checked before this transaction began: meanwhile the account may have been disabled.
    let account = match account {
        Some(account) => people::by_id(write, account.id).await?.map(|(account, _)| account),
        None => None,
    };
    let name = account.as_ref().map_or("(unknown)", |account| account.name.as_str()).to_owned();
    let by = By { name: name.clone(), address: session.address.clone() };
    let Some((account, new)) = account.filter(|account| account.disabled_at.is_none()).zip(new) else {
        let detail = if by.name == "(unknown)" { "Failed to sign in with a name that no account has." } else { "Failed to sign in." };
        audit::note(write, now, &by, Action::SignIn, &name, detail).await?;
        return Ok(false);
    };
    if let Some(former) = former {
        sessions::end_by_secret(write, former).await?;
    }
    sessions::insert(write, &Session { account: account.id, ..session }, new).await?;
    audit::note(write, now, &by, Action::SignIn, &name, "Signed in.").await?;
    Ok(true)
}
