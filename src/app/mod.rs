//! Puts the rooms together. `main` and the site tests build the same [`App`], so that what is tested is what runs.

pub mod content;
pub mod health;
pub mod measure;
pub mod publishing;

use std::sync::Arc;
use std::time::Duration;
use std::{future::Future, io};

use axum::Router;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::account::{self, Accounts, Cost};
use crate::api::{self, Api};
use crate::clock::{Clock, Random};
use crate::db::{self, Db, Durability, Options, Writer};
use crate::diagnose::{self, Desk, Rendered};
use crate::editor::{self, Editor, Reports};
use crate::intake::Intake;
use crate::record::{Live, Records};
use crate::search::Finder;
use crate::settings::{Settings, Visitors};
use crate::shelf::{self, Shelf};
use crate::visit::Visits;
use crate::web::{RateLimit, Role, Site, assets, layers, mount, server};

/// A day in milliseconds.
const DAY: i64 = 24 * 60 * 60 * 1000;
/// Diagnoses that one address may begin at once, and how soon it may begin another.
const STARTS: (u32, Duration) = (60, Duration::from_secs(5));
/// Searches that one address may make at once, and how soon it may make another.
const FINDS: (u32, Duration) = (120, Duration::from_millis(500));

/// The same for previews of what is typed, which the script asks for in every pause.
const PREVIEWS: (u32, Duration) = (240, Duration::from_millis(250));

/// Everything that serves visitors, ready to answer.
#[derive(Debug)]
pub struct App {
    settings: Settings,
    clock: Clock,
    router: Router,
    visits: Visits,
    accounts: Accounts,
    db: Db,
    /// Ends when the last sender of writes is dropped and everything queued is stored.
    writing: JoinHandle<()>,
    /// Looks for changes of other processes.
    watching: JoinHandle<()>,
    /// Deletes what nobody opens any more.
    expiring: JoinHandle<()>,
    /// Publishes what is due.
    publishing: JoinHandle<()>,
}

/// Why the site cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The address is taken or not ours.
    #[error("cannot listen on {address}: {cause}. Stop the program that uses the port, or choose another one with --{flag}")]
    Listen {
        /// Address and port.
        address: std::net::SocketAddr,
        /// The system's message.
        cause: io::Error,
        /// The flag that sets it.
        flag: &'static str,
    },
    /// The metrics could not be set up.
    #[error("the metrics cannot be set up: {0}. Leave out --metrics to serve without them")]
    Metrics(String),
    /// The database cannot be opened.
    #[error("cannot open the database: {0}")]
    Database(#[from] db::Error),
    /// The stored trees cannot be read or loaded.
    #[error("cannot load the trees: {0}")]
    Shelf(#[from] shelf::Error),
    /// The accounts cannot be read.
    #[error("cannot read the accounts: {0}")]
    Accounts(#[from] account::Error),
    /// The operating system does not say where this program is.
    #[error("cannot find the file of this program, which reads uploaded event logs: {0}. Start it by its full path")]
    Program(io::Error),
    /// A file that ships with the program cannot be read.
    #[error("this program was built with a file that it cannot read ({0}): install it again")]
    Content(String),
}

/// What tests weaken, and no setting does.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub struct Strength {
    /// What a commit waits for.
    pub durability: Durability,
    /// How much work a password's hash is.
    pub passwords: Cost,
}

impl Strength {
    /// What every installation has.
    pub const FULL: Self = Self { durability: Durability::Full, passwords: Cost::FULL };
}

impl App {
    /// Opens the database, loads what ships with the program, and merges the rooms' routes.
    ///
    /// # Errors
    /// The database cannot be opened, or what is stored cannot be read.
    pub async fn open(settings: Settings, clock: Clock, random: Random) -> Result<Self, StartError> {
        Self::open_with(settings, clock, random, Strength::FULL).await
    }

    /// The same with less strength, for the test that shows what is lost without a flush, and for those that sign in often. No setting leads here.
    ///
    /// # Errors
    /// As for [`App::open`].
    #[doc(hidden)]
    pub async fn open_with(settings: Settings, clock: Clock, random: Random, strength: Strength) -> Result<Self, StartError> {
        let url = settings.database.reveal().parse()?;
        let db = Db::open(&url, Options { exclusive: true, durability: strength.durability, ..Options::new(clock.clone()) }).await?;
        let shelf = Shelf::open(db.clone(), clock.clone()).await?;
        content::load(&shelf).await?;
        // A page takes about as much room as all else that is kept of its diagnosis.
        let half = settings.live_memory * 1024 * 1024 / 2;
        let live = if db.is_exclusive() { Live::bounded(half) } else { Live::none() };
        let (writer, writing) = Writer::start(db.clone());
        let records = Records::new(db.clone(), writer, live, clock.clone(), random.clone());
        let visits = Visits { shelf: shelf.clone(), records };
        let site = Site::new(&settings);
        let starts = Arc::new(RateLimit::new(STARTS.0, STARTS.1));
        let finds = Arc::new(RateLimit::new(FINDS.0, FINDS.1));
        let finder = Arc::new(Finder::default());
        let desk = Desk {
            visits: visits.clone(),
            site: site.clone(),
            clock: clock.clone(),
            random: random.clone(),
            starts: Arc::clone(&starts),
            finds: Arc::clone(&finds),
            previews: Arc::new(RateLimit::new(PREVIEWS.0, PREVIEWS.1)),
            intake: Intake::of_this_program().map_err(StartError::Program)?,
            finder: Arc::clone(&finder),
            rendered: Rendered::bounded(half),
        };
        let editor = Editor {
            shelf: shelf.clone(),
            reports: Reports::new(shelf.clone()),
            records: visits.records.clone(),
            site: site.clone(),
            clock: clock.clone(),
            random: random.clone(),
            previews: RateLimit::new(PREVIEWS.0, PREVIEWS.1),
        };
        let accounts = Accounts::new(db.clone(), site.clone(), clock.clone(), random.clone(), strength.passwords);
        let api = Api { visits: visits.clone(), accounts: accounts.clone(), site: site.clone(), clock: clock.clone(), starts, finds, finder };
        let (mut visitors, mut programs) = (accounts.recognise(diagnose::router(desk)), api::router(api));
        if settings.visitors == Visitors::SignedIn {
            (visitors, programs) = (accounts.require_sign_in(visitors), accounts.require_token(programs));
        }
        // One line per room: its routes with its own state.
        let rooms = Router::new()
            .merge(assets::router())
            .merge(health::router(health::of_database(db.clone())))
            .merge(visitors)
            .merge(programs)
            .merge(account::router(accounts.clone()))
            .merge(accounts.require_role(editor::router(editor), Role::Author));
        let router = mount::mount(layers::layers(rooms, &site, &random), site.urls().base());
        let publishing = publishing::watch(shelf.clone(), clock.clone());
        let expiring = expire(visits.clone(), i64::from(settings.retention.get()) * DAY);
        Ok(Self { settings, clock, router, visits, accounts, db, writing, watching: shelf.watch(), expiring, publishing })
    }

    /// The routes behind their layers, for tests that need no port.
    pub fn router(&self) -> Router {
        self.router.clone()
    }

    /// The stored trees and diagnoses, for tests that look behind the pages.
    #[must_use]
    pub fn visits(&self) -> &Visits {
        &self.visits
    }

    /// The accounts: for the link that makes the first one, and for tests that look behind the pages.
    #[must_use]
    pub fn accounts(&self) -> &Accounts {
        &self.accounts
    }

    /// The database, for tests that look behind the pages.
    #[must_use]
    pub fn db(&self) -> &Db {
        &self.db
    }

    /// Listens and serves until `stop` completes, then lets open requests end and stores what is still queued.
    ///
    /// # Errors
    /// When an address cannot be listened on.
    pub async fn serve(self, stop: impl Future<Output = ()>) -> Result<(), StartError> {
        // Held until this function returns: dropping it ends the metrics listener.
        let _metrics = match self.settings.metrics {
            Some(address) => Some(measure::serve(listen(address, "metrics").await?, &self.clock)?),
            None => None,
        };
        let listener = listen(self.settings.listen, "listen").await?;
        let address = listener.local_addr().map_or_else(|_| self.settings.listen.to_string(), |address| address.to_string());
        tracing::info!(database = %self.settings.database, "serving at http://{address}/");
        server::serve(listener, self.router, server::Limits::default(), stop).await;
        self.watching.abort();
        self.expiring.abort();
        self.publishing.abort();
        drop(self.visits);
        // A task that panicked was logged; there is nothing left to store then.
        let _ = self.writing.await;
        tracing::info!("stopped");
        Ok(())
    }
}

/// Deletes old diagnoses and pictures that nothing uses now and every hour, until the handle is aborted. `kept` is in milliseconds.
fn expire(visits: Visits, kept: i64) -> JoinHandle<()> {
    tokio::spawn(async move {
        let mut hours = tokio::time::interval(Duration::from_secs(60 * 60));
        loop {
            hours.tick().await;
            match visits.records.expire(kept).await {
                Ok(0) => {}
                Ok(deleted) => tracing::info!(deleted, "deleted diagnoses that nobody opened for long"),
                Err(error) => tracing::warn!(%error, "cannot delete old diagnoses; trying again in an hour"),
            }
            match visits.shelf.delete_unused_images().await {
                Ok(0) => {}
                Ok(deleted) => tracing::info!(deleted, "deleted pictures that nothing uses"),
                Err(error) => tracing::warn!(%error, "cannot delete unused pictures; trying again in an hour"),
            }
        }
    })
}

async fn listen(address: std::net::SocketAddr, flag: &'static str) -> Result<TcpListener, StartError> {
    TcpListener::bind(address).await.map_err(|cause| StartError::Listen { address, cause, flag })
}

#[cfg(test)]
mod tests;
