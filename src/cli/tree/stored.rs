//! `fixpath tree rename` and `fixpath tree list`: the trees in the database.

use clap::Args;

use crate::cli::database::{failed, open_shelf, with_database};
use crate::cli::{Failed, print};
use crate::settings::Settings;
use crate::tree::check::is_slug;

/// What to rename.
#[derive(Debug, Args)]
#[command(after_help = "Links to the old address lead to the new one. Diagnoses and published versions stay as they are.")]
pub(in crate::cli) struct Rename {
    /// The tree's address
    old: String,
    /// The address to move it to
    new: String,
}

impl Rename {
    /// Moves the tree.
    pub(super) fn run(&self, settings: &Settings) -> Result<(), Failed> {
        if !is_slug(&self.new) {
            return Err(Failed::Usage(format!(
                "\"{}\" cannot be an address: use a-z, 0-9 and \"-\", beginning with a letter, at most 80 characters",
                self.new
            )));
        }
        with_database(settings, |db| async move { open_shelf(&db).await?.rename_slug(&self.old, &self.new).await.map_err(failed) })?;
        print(&format!("{} is now {}\n", self.old, self.new))
    }
}

/// Prints the stored trees, one a line: address, newest version, draft, title.
pub(super) fn list(settings: &Settings) -> Result<(), Failed> {
    let trees = with_database(settings, |db| async move { open_shelf(&db).await?.list().await.map_err(failed) })?;
    for tree in trees {
        let version = tree.version.map_or_else(|| "not published".to_owned(), |number| format!("version {number}"));
        let draft = if tree.has_draft { "draft" } else { "" };
        print(&format!("{}\t{version}\t{draft}\t{}\n", tree.slug, tree.title))?;
    }
    Ok(())
}
