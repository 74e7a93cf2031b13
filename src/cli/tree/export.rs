//! `fixpath tree export`: a stored tree as a file.

use std::path::PathBuf;

use clap::Args;

use crate::cli::database::{failed, open_shelf, with_database};
use crate::cli::{Failed, complain, print};
use crate::db::Db;
use crate::settings::Settings;
use crate::shelf::Shelf;
use crate::tree::{file, model::Tree};

/// What to export.
#[derive(Debug, Args)]
#[command(
    after_help = "The file is in canonical form: loading it and exporting it again gives the same bytes. Without --draft the newest published version is written."
)]
pub(in crate::cli) struct Export {
    /// The tree's address, present or former
    slug: String,
    /// Write the draft instead of the newest published version, and its revision to standard error
    #[arg(long)]
    draft: bool,
    /// Write the draft as it was at this revision
    #[arg(long, value_name = "N", conflicts_with = "draft")]
    revision: Option<i64>,
    /// The file to write; without it, standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Export {
    /// Writes the tree.
    pub(super) fn run(&self, settings: &Settings) -> Result<(), Failed> {
        let tree = with_database(settings, |db| self.packed(db))?;
        let text = file::write(&tree).map_err(failed)?;
        match &self.output {
            Some(path) => std::fs::write(path, text).map_err(|error| Failed::Command(format!("cannot write {}: {error}", path.display()))),
            None => print(&text),
        }
    }

    /// The tree with its pictures.
    async fn packed(&self, db: Db) -> Result<Tree, Failed> {
        let shelf = open_shelf(&db).await?;
        let tree = self.tree(&shelf).await?;
        shelf.packed(&tree).await.map_err(failed)
    }

    async fn tree(&self, shelf: &Shelf) -> Result<Tree, Failed> {
        let draft = shelf.open_draft(&self.slug).await;
        let draft = draft.map_err(|error| Failed::Command(format!("{error}; \"fixpath tree list\" names those that are there")))?;
        if let Some(revision) = self.revision {
            return Ok(Tree::clone(&*shelf.draft_at(&self.slug, revision).await.map_err(failed)?));
        }
        if self.draft {
            if !draft.has_changes && draft.live.is_some() {
                let text = format!("the tree \"{}\" has no draft: leave out --draft for its newest published version", self.slug);
                return Err(Failed::Command(text));
            }
            complain(&format!("the draft of \"{}\" is at revision {}", draft.slug, draft.revision));
            return Ok(Tree::clone(&draft.tree));
        }
        match shelf.current(&draft.slug) {
            Some(version) => Ok(Tree::clone(&version.tree)),
            None => Err(Failed::Command(format!("the tree \"{}\" has no published version: add --draft for its draft", self.slug))),
        }
    }
}
