//! `fixpath tree load`: tree files into the database.

use std::path::PathBuf;

use clap::Args;

use super::check::refuse_errors;
use super::files::{Files, Found};
use crate::cli::database::{failed, open_shelf, with_database};
use crate::cli::{Failed, print};
use crate::db::Db;
use crate::settings::Settings;

/// What to load.
#[derive(Debug, Args)]
#[command(
    after_help = "All files are loaded, or none: a file with a mistake stops the command. A draft may have findings, which are printed; publishing refuses \
    trees that do not pass their checks and cases. A running server shows what was published within half a second."
)]
pub(in crate::cli) struct Load {
    /// The tree files
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Publish the trees instead of leaving them as drafts
    #[arg(long, requires = "summary")]
    publish: bool,
    /// What changed, in a sentence; it is kept with the published versions
    #[arg(long, requires = "publish", value_name = "TEXT")]
    summary: Option<String>,
}

impl Load {
    /// Loads the files.
    pub(super) fn run(&self, settings: &Settings) -> Result<(), Failed> {
        if self.summary.as_ref().is_some_and(|summary| summary.trim().is_empty()) {
            return Err(Failed::Usage("the summary is empty: say in a sentence what changed".to_owned()));
        }
        let files = Files::read(&self.files)?;
        files.refuse_unreadable()?;
        with_database(settings, |db| self.load(db, files))
    }

    async fn load(&self, db: Db, files: Files) -> Result<(), Failed> {
        let shelf = open_shelf(&db).await?;
        let ladders = shelf.ladders().await.map_err(failed)?;
        let found = files.examine(&ladders, |slug| shelf.current(slug).map(|version| version.closure.clone()));
        print(&found.iter().map(Found::line).collect::<String>())?;
        if self.publish {
            refuse_errors(&found)?;
        }
        let trees = files.into_trees();
        let slugs: Vec<String> = trees.iter().map(|tree| tree.slug.clone()).collect();
        let published = shelf.load_all(trees, self.summary.clone()).await.map_err(failed)?;
        let lines = match self.publish {
            true => published.iter().map(|(slug, version)| format!("{slug}: version {} published\n", version.number)).collect::<String>(),
            false => slugs.iter().map(|slug| format!("{slug}: draft loaded\n")).collect(),
        };
        print(&lines)
    }
}
