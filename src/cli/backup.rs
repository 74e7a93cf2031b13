//! `fixpath backup` and `fixpath restore`.

use std::path::PathBuf;

use clap::Args;

use super::database::{failed, with_database};
use super::{Failed, print};
use crate::clock::Clock;
use crate::db::{self, RowCounts};
use crate::settings::Settings;

/// What to back up to.
#[derive(Debug, Args)]
#[command(
    after_help = "The file holds trees and diagnoses as of one moment and a checksum. It fits SQLite and PostgreSQL alike; a file that is there is replaced."
)]
pub(super) struct Backup {
    /// The file to write
    file: PathBuf,
}

impl Backup {
    /// Writes the backup.
    pub(super) fn run(&self, settings: &Settings) -> Result<(), Failed> {
        let rows = with_database(settings, |db| async move { db::backup(&db, &Clock::system(), &self.file).await.map_err(failed) })?;
        print(&format!("{} rows written to {}\n", total(&rows), self.file.display()))
    }
}

/// What to restore from.
#[derive(Debug, Args)]
#[command(after_help = "All of the backup is loaded, or nothing. The database must be new: name it with --database, restore, and then start the server.")]
pub(super) struct Restore {
    /// The file that `fixpath backup` wrote
    file: PathBuf,
}

impl Restore {
    /// Loads the backup.
    pub(super) fn run(&self, settings: &Settings) -> Result<(), Failed> {
        let rows = with_database(settings, |db| async move { db::restore(&db, &self.file).await.map_err(failed) })?;
        print(&format!("{} rows restored from {}\n", total(&rows), self.file.display()))
    }
}

fn total(rows: &RowCounts) -> u64 {
    rows.values().sum()
}
