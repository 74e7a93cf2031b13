//! Moves SQLite's write-ahead log into the database file, off the path of the writer.
//!
//! SQLite would do it inside whichever commit finds the log long, which makes that visitor wait. Here a connection of its own does it
//! between commits.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection};
use tokio::sync::watch;
use tokio::task::JoinHandle;

const PAUSE: Duration = Duration::from_millis(200);
/// Pauses without a commit after which the log is cut to nothing.
const IDLE_PAUSES: u32 = 10;
/// Pages in the log (64 MiB) from which on writers have to wait until it can begin anew.
const LONG: i64 = 16_384;

/// The task; it ends when this is dropped.
#[derive(Debug)]
pub(super) struct Checkpoints {
    ended: watch::Sender<bool>,
    task: Mutex<Option<JoinHandle<()>>>,
}

impl Checkpoints {
    pub(super) fn start(options: SqliteConnectOptions) -> Self {
        let (ended, mut end) = watch::channel(false);
        let task = tokio::spawn(async move {
            loop {
                // A full or failing disk passes; the log waits.
                if let Err(error) = keep_short(&options, &mut end).await {
                    tracing::warn!(%error, "the write-ahead log cannot be moved into the database file; trying again");
                }
                if has_ended(&mut end, PAUSE * IDLE_PAUSES).await {
                    return;
                }
            }
        });
        Self { ended, task: Mutex::new(Some(task)) }
    }

    /// Ends the task and waits until its connection is closed. Of two connections that close at the same moment neither is the last
    /// one for SQLite, and the log would stay behind.
    pub(super) async fn stop(&self) {
        self.ended.send_replace(true);
        let task = self.task.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(task) = task
            && let Err(error) = task.await
        {
            tracing::warn!(%error, "the task that moves the write-ahead log ended early");
        }
    }
}

impl Drop for Checkpoints {
    fn drop(&mut self) {
        if let Some(task) = self.task.lock().unwrap_or_else(PoisonError::into_inner).take() {
            task.abort();
        }
    }
}

/// Waits for `pause`, or until the end if that comes first; answers whether it came.
async fn has_ended(end: &mut watch::Receiver<bool>, pause: Duration) -> bool {
    tokio::time::timeout(pause, end.wait_for(|ended| *ended)).await.is_ok()
}

/// Returns when the end has come, or at the first failure.
async fn keep_short(options: &SqliteConnectOptions, end: &mut watch::Receiver<bool>) -> sqlx::Result<()> {
    let mut log = Log { connection: options.connect().await?, seen: None, idle: 0 };
    let looked = loop {
        if let Err(error) = log.look().await {
            break Err(error);
        }
        if has_ended(end, PAUSE).await {
            break Ok(());
        }
    };
    log.connection.close().await?;
    looked
}

/// The log as the task last saw it.
struct Log {
    connection: SqliteConnection,
    /// SQLite's number for the state of the database.
    seen: Option<i64>,
    /// Looks since the last commit.
    idle: u32,
}

impl Log {
    /// Moves what was committed since the last look; cuts the log when nothing was for a while.
    async fn look(&mut self) -> sqlx::Result<()> {
        let now = Some(self.data_version().await?);
        if now != self.seen {
            (self.seen, self.idle) = (now, 0);
            if self.checkpoint("PRAGMA wal_checkpoint(PASSIVE)").await? > LONG {
                self.checkpoint("PRAGMA wal_checkpoint(RESTART)").await?;
            }
        } else if self.idle < IDLE_PAUSES {
            self.idle += 1;
            if self.idle == IDLE_PAUSES {
                self.checkpoint("PRAGMA wal_checkpoint(TRUNCATE)").await?;
            }
        }
        Ok(())
    }

    /// Changes whenever another connection, of this process or another, has committed.
    async fn data_version(&mut self) -> sqlx::Result<i64> {
        sqlx::query_scalar("PRAGMA data_version").fetch_one(&mut self.connection).await
    }

    /// Runs one checkpoint; answers how many pages the log holds. One that finds readers or writers in its way does what it can.
    async fn checkpoint(&mut self, statement: &'static str) -> sqlx::Result<i64> {
        let (_busy, pages, _moved): (i64, i64, i64) = sqlx::query_as(statement).fetch_one(&mut self.connection).await?;
        Ok(pages)
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use sqlx::sqlite::{SqliteJournalMode, SqlitePool};

    use super::*;
    use crate::clock::Clock;
    use crate::db::{DatabaseUrl, Db, Options};

    fn size(path: &Path) -> u64 {
        path.metadata().map_or(0, |file| file.len())
    }

    #[tokio::test]
    async fn commits_move_at_the_next_look_and_an_idle_log_is_cut() {
        let folder = tempfile::tempdir().unwrap();
        let (file, wal) = (folder.path().join("db"), folder.path().join("db-wal"));
        let options = SqliteConnectOptions::new().filename(&file).create_if_missing(true).journal_mode(SqliteJournalMode::Wal);
        let writer = SqlitePool::connect_with(options.clone().pragma("wal_autocheckpoint", "0")).await.unwrap();
        let mut log = Log { connection: options.connect().await.unwrap(), seen: None, idle: 0 };
        log.look().await.unwrap();

        sqlx::raw_sql("CREATE TABLE t (text TEXT); INSERT INTO t VALUES (hex(zeroblob(1000000)))").execute(&writer).await.unwrap();
        assert!(size(&file) < 100_000 && size(&wal) > 2_000_000, "the commit itself moves nothing");
        log.look().await.unwrap();
        assert!(size(&file) > 2_000_000);
        assert!(size(&wal) > 0);
        for _ in 0..IDLE_PAUSES {
            log.look().await.unwrap();
        }
        assert_eq!(size(&wal), 0);
    }

    #[tokio::test]
    async fn closing_leaves_nothing_in_the_log() {
        let folder = tempfile::tempdir().unwrap();
        let (file, wal) = (folder.path().join("db"), folder.path().join("db-wal"));
        for round in 0..50 {
            let db = Db::open(&DatabaseUrl::sqlite_file(&file), Options::new(Clock::fixed(0))).await.unwrap();
            db.close().await;
            assert!(!wal.exists(), "in round {round} two connections closed at the same moment");
        }
    }
}
