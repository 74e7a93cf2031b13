//! Moves SQLite's write-ahead log into the database file, off the path of the writer.
//!
//! SQLite would do it inside whichever commit finds the log long, which makes that visitor wait. Here a connection of its own does it
//! between commits.

use std::time::Duration;

use sqlx::ConnectOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use tokio::task::JoinHandle;

const PAUSE: Duration = Duration::from_millis(200);
/// Pauses without a commit after which the log is cut to nothing.
const IDLE_PAUSES: u32 = 10;
/// Pages in the log (64 MiB) from which on writers have to wait until it can begin anew.
const LONG: i64 = 16_384;

/// The task; it ends when this is dropped.
#[derive(Debug)]
pub(super) struct Checkpoints(JoinHandle<()>);

impl Checkpoints {
    pub(super) fn start(options: SqliteConnectOptions) -> Self {
        Self(tokio::spawn(async move {
            loop {
                // A full or failing disk passes; the log waits.
                if let Err(error) = keep_short(&options).await {
                    tracing::warn!(%error, "the write-ahead log cannot be moved into the database file; trying again");
                }
                tokio::time::sleep(PAUSE * IDLE_PAUSES).await;
            }
        }))
    }
}

impl Drop for Checkpoints {
    fn drop(&mut self) {
        self.0.abort();
    }
}

async fn keep_short(options: &SqliteConnectOptions) -> sqlx::Result<()> {
    let mut connection = options.connect().await?;
    let mut seen = 0;
    let mut idle = 0;
    loop {
        let now = data_version(&mut connection).await?;
        if now != seen {
            (seen, idle) = (now, 0);
            if checkpoint(&mut connection, "PRAGMA wal_checkpoint(PASSIVE)").await? > LONG {
                checkpoint(&mut connection, "PRAGMA wal_checkpoint(RESTART)").await?;
            }
        } else if idle < IDLE_PAUSES {
            idle += 1;
            if idle == IDLE_PAUSES {
                checkpoint(&mut connection, "PRAGMA wal_checkpoint(TRUNCATE)").await?;
            }
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// Changes whenever another connection, of this process or another, has committed.
async fn data_version(connection: &mut SqliteConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar("PRAGMA data_version").fetch_one(connection).await
}

/// Runs one checkpoint; answers how many pages the log holds. One that finds readers or writers in its way does what it can.
async fn checkpoint(connection: &mut SqliteConnection, statement: &'static str) -> sqlx::Result<i64> {
    let (_busy, pages, _moved): (i64, i64, i64) = sqlx::query_as(statement).fetch_one(connection).await?;
    Ok(pages)
}
