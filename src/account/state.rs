//! What the handlers of this room share.

use std::time::Duration;

use axum::extract::FromRef;

use super::password::{Cost, Passwords};
use super::people::store;
use super::slowdown::Slowdown;
use super::{Error, Result};
use crate::clock::{Clock, Random};
use crate::db::{self, Db, Write, WriteFuture};
use crate::secret::Secret;
use crate::web::{RateLimit, Site};

/// Attempts to sign in or to use a link that one address may make at once, and how soon it may make another.
const ATTEMPTS: (u32, Duration) = (20, Duration::from_secs(5));

/// The accounts of the installation. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Accounts {
    pub(super) db: Db,
    pub(super) site: Site,
    pub(super) clock: Clock,
    pub(super) random: Random,
    pub(super) passwords: Passwords,
    pub(super) slowdown: Slowdown,
    pub(super) attempts: RateLimit,
}

impl Accounts {
    /// The accounts that `db` keeps, with new passwords hashed at this cost.
    #[must_use]
    pub fn new(db: Db, site: Site, clock: Clock, random: Random, cost: Cost) -> Self {
        let passwords = Passwords::new(cost, random.clone());
        Self { db, site, clock, random, passwords, slowdown: Slowdown::default(), attempts: RateLimit::new(ATTEMPTS.0, ATTEMPTS.1) }
    }

    /// A new secret for a session, link or token.
    pub(super) fn secret(&self) -> Secret {
        Secret::new(self.random.bytes())
    }

    /// Runs a change after every other one, in a transaction of its own. `work` gets a number that can be a new row's id.
    pub(super) async fn change<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'w> FnOnce(&'w mut Write, i64) -> WriteFuture<'w, T, Error> + Send + 'static,
    {
        self.db
            .in_background(move |write| {
                Box::pin(async move {
                    let number = store::begin_change(write).await?;
                    work(write, number).await
                })
            })
            .await
    }
}

impl Accounts {
    /// Notes that `what` is used. A full disk must not keep anybody from reading, so an error is logged and no more.
    pub(super) async fn note_in_background<F>(&self, what: &str, work: F)
    where
        F: for<'w> FnOnce(&'w mut Write) -> WriteFuture<'w, (), db::Error> + Send + 'static,
    {
        if let Err(error) = self.db.in_background(work).await {
            tracing::warn!(%error, "cannot note that {what} is used");
        }
    }
}

impl FromRef<Accounts> for Site {
    fn from_ref(accounts: &Accounts) -> Self {
        accounts.site.clone()
    }
}
