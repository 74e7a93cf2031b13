//! `fixpath tree`: the files of trees, and what is stored of them.

mod check;
mod export;
mod files;
mod load;
mod stored;

use clap::Subcommand;

use super::Failed;
use crate::settings::Settings;

/// What to do with trees.
#[derive(Debug, Subcommand)]
pub(super) enum TreeCommand {
    /// Read tree files, check them and run their cases; exits with 1 if there are errors
    Check(check::Check),
    /// Load tree files into the database, as drafts or published
    Load(load::Load),
    /// Write a stored tree as a file, in canonical form
    Export(export::Export),
    /// Move a tree to another address; the old one leads there from then on
    Rename(stored::Rename),
    /// List the stored trees with their versions and drafts
    List,
}

impl TreeCommand {
    /// Runs the command.
    pub(super) fn run(&self, settings: &Settings) -> Result<(), Failed> {
        match self {
            Self::Check(command) => command.run(),
            Self::Load(command) => command.run(settings),
            Self::Export(command) => command.run(settings),
            Self::Rename(command) => command.run(settings),
            Self::List => stored::list(settings),
        }
    }
}
