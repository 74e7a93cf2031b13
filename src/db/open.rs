//! Opening the database: pools, and what every connection is told first.

use std::cmp::Ordering;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use sqlx::pool::PoolOptions;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection as _, Database};

use super::session::Session;
use super::url::Place;
use super::{DatabaseUrl, Error, Read, Result, Write, WriteFuture, checkpoint, lock, migrate};
use crate::clock::Clock;

/// How long a writer waits for another process that writes to the same SQLite file, and anybody for a free connection.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long PostgreSQL lets a transaction stand idle before it ends it.
const IDLE_IN_TRANSACTION: &str = "30s";
/// A connection to PostgreSQL that stood idle for longer is tried first: the server may have been restarted meanwhile.
const RESTED: Duration = Duration::from_secs(1);
/// Statements that a connection keeps prepared: all of the program's, with room for the batch sizes.
const PREPARED: usize = 512;
/// Reading connections. Reads are short; more connections than cores gain nothing on SQLite.
const SQLITE_READERS: u32 = 4;
const POSTGRES_READERS: u32 = 8;
/// Writing connections on PostgreSQL: the writer's, and a few for rare writes of authors.
const POSTGRES_WRITERS: u32 = 4;

/// How the database is opened.
#[derive(Debug, Clone)]
pub struct Options {
    /// Stamps the migrations.
    pub clock: Clock,
    /// Whether this process serves: a second one on the same SQLite file is refused.
    pub exclusive: bool,
    /// What a commit on SQLite means.
    pub durability: Durability,
}

impl Options {
    /// For a command: not exclusive, durable.
    #[must_use]
    pub fn new(clock: Clock) -> Self {
        Self { clock, exclusive: false, durability: Durability::Full }
    }
}

/// What a commit on SQLite means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// What is committed survives a power cut (`synchronous=FULL`).
    Full,
    /// Nothing is flushed (`synchronous=OFF`): only for the test that shows what [`Durability::Full`] is for.
    Off,
}

/// The database. Clones share its connections.
#[derive(Debug, Clone)]
pub struct Db(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    pools: Pools,
    /// Whether nobody else changes the database while this process has it open.
    exclusive: bool,
    /// Held, not used: the lock ends with the last clone.
    _lock: Option<File>,
    /// For a SQLite file.
    checkpoints: Option<checkpoint::Checkpoints>,
}

#[derive(Debug)]
pub(super) enum Pools {
    Sqlite { read: SqlitePool, write: SqlitePool },
    Postgres { read: PgPool, write: PgPool },
}

impl Db {
    /// Opens the database, makes it if it is a SQLite file that is not there, and brings its schema up to date.
    ///
    /// # Errors
    /// [`Error::Locked`] for a second exclusive opening; [`Error::Newer`] for a database of a newer program;
    /// [`Error::Unavailable`] if it cannot be reached.
    pub async fn open(url: &DatabaseUrl, options: Options) -> Result<Self> {
        let db = match &url.0 {
            Place::SqliteFile(path) => Self::open_file(path, &options).await?,
            Place::SqliteMemory => {
                let pool = memory_pool(sqlite_options(options.durability)).await?;
                Self(Arc::new(Inner { pools: Pools::Sqlite { read: pool.clone(), write: pool }, exclusive: true, _lock: None, checkpoints: None }))
            }
            Place::Postgres(address) => Self(Arc::new(Inner { pools: postgres_pools(address).await?, exclusive: false, _lock: None, checkpoints: None })),
        };
        migrate::run(&db, url, &options.clock).await?;
        Ok(db)
    }

    async fn open_file(path: &Path, options: &Options) -> Result<Self> {
        let lock = options.exclusive.then(|| lock::take(path)).transpose()?;
        let connection = sqlite_options(options.durability).filename(path);
        let writing = connection.clone().create_if_missing(true).journal_mode(SqliteJournalMode::Wal).pragma("wal_autocheckpoint", "0");
        let write = SqlitePoolOptions::new().max_connections(1).after_release(|connection, _| Box::pin(is_sound(connection)));
        let write = forever(write).connect_with(writing).await.map_err(|error| match Error::from(error) {
            Error::Unavailable(why) => {
                Error::Unavailable(format!("{}: {why}; its folder must be there, and this program must be allowed to write in it", path.display()).into())
            }
            other => other,
        })?;
        let read = forever(SqlitePoolOptions::new().max_connections(SQLITE_READERS)).connect_with(connection.clone().pragma("query_only", "on")).await?;
        let checkpoints = checkpoint::Checkpoints::start(connection);
        Ok(Self(Arc::new(Inner { pools: Pools::Sqlite { read, write }, exclusive: lock.is_some(), _lock: lock, checkpoints: Some(checkpoints) })))
    }

    /// Whether this process is the only server of the database, so that it may keep in memory what it has written.
    #[must_use]
    pub fn is_exclusive(&self) -> bool {
        self.0.exclusive
    }

    /// Asks the database for a trifle, to see whether it answers.
    ///
    /// # Errors
    /// [`super::Error::Unavailable`] if it does not.
    pub async fn answers(&self) -> Result<()> {
        let mut read = self.read().await?;
        crate::sql!(&mut read, one<(i64,)> "SELECT CAST(1 AS BIGINT)").map(|_| ())
    }

    /// A connection to read with.
    ///
    /// # Errors
    /// [`Error::Unavailable`] if none is free in time.
    pub async fn read(&self) -> Result<Read> {
        Ok(Read::new(match &self.0.pools {
            Pools::Sqlite { read, .. } => Session::Sqlite(read.acquire().await?),
            Pools::Postgres { read, .. } => Session::Postgres(read.acquire().await?),
        }))
    }

    /// A connection to read with whose statements all see the database as it is now, however long they take.
    ///
    /// # Errors
    /// [`Error::Unavailable`] if none is free in time.
    pub async fn snapshot(&self) -> Result<Read> {
        Ok(Read::new(match &self.0.pools {
            Pools::Sqlite { read, .. } => Session::SqliteTransaction(read.begin_with("BEGIN").await?),
            Pools::Postgres { read, .. } => Session::PostgresTransaction(read.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?),
        }))
    }

    /// A transaction to write with. Where an HTTP request waits for it, use [`super::Writer`] instead.
    ///
    /// # Errors
    /// [`Error::Unavailable`] if another writer does not finish in time.
    pub async fn write(&self) -> Result<Write> {
        Ok(Write::new(Read::new(match &self.0.pools {
            Pools::Sqlite { write, .. } => Session::SqliteTransaction(write.begin_with("BEGIN IMMEDIATE").await?),
            Pools::Postgres { write, .. } => Session::PostgresTransaction(write.begin_with("BEGIN").await?),
        })))
    }

    /// Runs `work` in a transaction of its own and commits it, in a task that goes on if the caller is dropped.
    ///
    /// For writes that are rare; those of visitors go through [`super::Writer`].
    ///
    /// # Errors
    /// The work's own, after which nothing of it is stored, or [`Error::Unavailable`].
    pub async fn in_background<T, E, F>(&self, work: F) -> std::result::Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: for<'w> FnOnce(&'w mut Write) -> WriteFuture<'w, T, E> + Send + 'static,
    {
        let db = self.clone();
        let task = tokio::spawn(async move {
            let mut write = db.write().await?;
            let done = work(&mut write).await?;
            write.commit().await?;
            Ok(done)
        });
        task.await.unwrap_or_else(|ended| Err(Error::Unavailable(format!("the write ended early: {ended}").into()).into()))
    }

    /// A connection of the writing pool outside any transaction, for what SQLite refuses inside one.
    pub(super) async fn bare(&self) -> Result<Read> {
        Ok(Read::new(match &self.0.pools {
            Pools::Sqlite { write, .. } => Session::Sqlite(write.acquire().await?),
            Pools::Postgres { write, .. } => Session::Postgres(write.acquire().await?),
        }))
    }

    /// Closes every connection once it is given back. Closing the last one to a SQLite file moves the write-ahead log into it.
    pub async fn close(&self) {
        if let Some(checkpoints) = &self.0.checkpoints {
            checkpoints.stop().await;
        }
        match &self.0.pools {
            Pools::Sqlite { read, write } => {
                read.close().await;
                write.close().await;
            }
            Pools::Postgres { read, write } => {
                read.close().await;
                write.close().await;
            }
        }
    }
}

fn sqlite_options(durability: Durability) -> SqliteConnectOptions {
    let synchronous = match durability {
        Durability::Full => SqliteSynchronous::Full,
        Durability::Off => SqliteSynchronous::Off,
    };
    SqliteConnectOptions::new()
        .filename(":memory:")
        .foreign_keys(true)
        .busy_timeout(PATIENCE)
        .synchronous(synchronous)
        .statement_cache_capacity(PREPARED)
        // PostgreSQL's name for the order of bytes, so that one text can ask for it.
        .collation("C", byte_order)
}

fn byte_order(left: &str, right: &str) -> Ordering {
    left.as_bytes().cmp(right.as_bytes())
}

/// Connections are kept: opening one costs more than holding it, and a database in memory would be lost with it.
fn forever<DB: Database>(options: PoolOptions<DB>) -> PoolOptions<DB> {
    options.acquire_timeout(PATIENCE).test_before_acquire(false).idle_timeout(None).max_lifetime(None)
}

/// One connection for readers and the writer alike, since every connection to `:memory:` is a database of its own.
async fn memory_pool(options: SqliteConnectOptions) -> Result<SqlitePool> {
    Ok(forever(SqlitePoolOptions::new().max_connections(1)).connect_with(options).await?)
}

/// After a full disk SQLite may have ended the transaction by itself, which sqlx does not notice: such a connection is not used again.
async fn is_sound(connection: &mut sqlx::SqliteConnection) -> std::result::Result<bool, sqlx::Error> {
    connection.ping().await?;
    Ok(!connection.is_in_transaction())
}

async fn postgres_pools(address: &PgConnectOptions) -> Result<Pools> {
    let address = address
        .clone()
        .application_name("fixpath")
        .statement_cache_capacity(PREPARED)
        .options([("idle_in_transaction_session_timeout", IDLE_IN_TRANSACTION), ("client_min_messages", "warning")]);
    let reading = address.clone().options([("default_transaction_read_only", "on")]);
    let pool = || {
        let options = PgPoolOptions::new().acquire_timeout(PATIENCE).test_before_acquire(false);
        options.before_acquire(|connection, metadata| {
            Box::pin(async move {
                if metadata.idle_for > RESTED {
                    connection.ping().await?;
                }
                Ok(true)
            })
        })
    };
    let write = pool().max_connections(POSTGRES_WRITERS).connect_with(address).await?;
    let read = pool().max_connections(POSTGRES_READERS).connect_with(reading).await?;
    Ok(Pools::Postgres { read, write })
}
