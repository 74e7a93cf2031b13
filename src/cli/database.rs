//! How commands other than `serve` reach the database: also beside a running server, which notices what they change.

use std::future::Future;

use super::Failed;
use crate::app::content;
use crate::clock::Clock;
use crate::db::{Db, Options};
use crate::settings::Settings;
use crate::shelf::Shelf;

/// Runs `work` with the database that the settings name.
pub(super) fn with_database<T, F: Future<Output = Result<T, Failed>>>(settings: &Settings, work: impl FnOnce(Db) -> F) -> Result<T, Failed> {
    let runtime = tokio::runtime::Runtime::new().map_err(|error| Failed::Command(format!("cannot start the worker threads: {error}")))?;
    runtime.block_on(async {
        let url = settings.database.reveal().parse().map_err(failed)?;
        let db = Db::open(&url, Options::new(Clock::system())).await.map_err(failed)?;
        let done = work(db.clone()).await;
        db.close().await;
        done
    })
}

/// The stored trees of `db`, with the ladders that ship with the program.
pub(super) async fn open_shelf(db: &Db) -> Result<Shelf, Failed> {
    let shelf = Shelf::open(db.clone(), Clock::system()).await.map_err(failed)?;
    shelf.load_ladders(content::ladders().map_err(failed)?).await.map_err(failed)?;
    Ok(shelf)
}

/// An error as the command's own.
pub(super) fn failed(error: impl std::fmt::Display) -> Failed {
    Failed::Command(error.to_string())
}
