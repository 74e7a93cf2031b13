//! `fixpath tree load`: tree files into the database.

use std::path::PathBuf;

use clap::Args;

use super::check::refuse_errors;
use super::files::{Files, Found};
use crate::cli::database::{failed, open_shelf, with_database};
use crate::cli::{Failed, print};
use crate::db::Db;
use crate::settings::Settings;
use crate::shelf::{Draft, Error, Shelf};
use crate::tree::model::Tree;
use crate::tree::{difference, edit};

/// What to load.
#[derive(Debug, Args)]
#[command(
    after_help = "All files are loaded, or none: a file with a mistake stops the command. A draft may have findings, which are printed; publishing refuses \
    trees that do not pass their checks and cases. A draft with edits that were never published is replaced only by a file that names its revision with \
    --revision; otherwise the difference is printed and the exit code is 1. Replacing is an edit that authors can undo. A running server shows what was \
    published within half a second."
)]
pub(in crate::cli) struct Load {
    /// The tree files
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The revision of the draft that the file replaces, as `export --draft` prints it; for one file
    #[arg(long, value_name = "N")]
    revision: Option<i64>,
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
        if self.revision.is_some() && self.files.len() > 1 {
            return Err(Failed::Usage("--revision is about one draft: load one file at a time".to_owned()));
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
        self.refuse_overwriting(&shelf, &trees).await?;
        let slugs: Vec<String> = trees.iter().map(|tree| tree.slug.clone()).collect();
        let published = shelf.load_all(trees, self.summary.clone()).await.map_err(failed)?;
        let lines = match self.publish {
            true => published.iter().map(|(slug, version)| format!("{slug}: version {} published\n", version.number)).collect::<String>(),
            false => slugs.iter().map(|slug| format!("{slug}: draft loaded\n")).collect(),
        };
        print(&lines)
    }

    /// Ends the command if a file would replace edits that whoever loads it has not seen.
    async fn refuse_overwriting(&self, shelf: &Shelf, trees: &[Tree]) -> Result<(), Failed> {
        for tree in trees {
            let draft = match shelf.open_draft(&tree.slug).await {
                Ok(draft) => draft,
                Err(Error::NoTree(_)) if self.revision.is_none() => continue,
                Err(error) => return Err(failed(error)),
            };
            let is_seen = self.revision.map_or(!draft.has_changes, |revision| revision == draft.revision);
            if !is_seen && !edit::between(&draft.tree, tree).is_empty() {
                print(&difference(&draft, tree))?;
                let slug = &draft.slug;
                return Err(Failed::Command(format!(
                    "nothing was loaded: the draft of \"{slug}\" is at revision {}. Look at the difference above, take over what you want to keep \
                     (\"fixpath tree export {slug} --draft\"), and load the file with --revision {}",
                    draft.revision, draft.revision
                )));
            }
        }
        Ok(())
    }
}

/// What the file would change in the draft, one change a line.
fn difference(draft: &Draft, tree: &Tree) -> String {
    difference::sentences(&draft.tree, tree).into_iter().map(|sentence| format!("{}: {}\n", draft.slug, sentence.text)).collect()
}
