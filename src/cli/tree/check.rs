//! `fixpath tree check`: what is wrong with tree files, without a database.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;

use super::files::{Files, Found};
use crate::app::content;
use crate::cli::database::failed;
use crate::cli::{Failed, print};
use crate::tree::ladder::Ladders;

/// What to check.
#[derive(Debug, Args)]
#[command(after_help = "Findings go to standard output: file, line and column where they are known, severity, node, what is wrong and what to do. \
    Levels are compared with the ladders that ship with this program. Warnings alone exit with 0.")]
pub(in crate::cli) struct Check {
    /// The tree files; a jump may lead from one to another
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Print the findings as one JSON array
    #[arg(long)]
    json: bool,
}

impl Check {
    /// Prints the findings.
    pub(super) fn run(&self) -> Result<(), Failed> {
        let ladders = content::ladders().map_err(failed)?.into_iter().map(Arc::new);
        let found = Files::read(&self.files)?.examine(&Arc::new(Ladders::new(ladders)), |_| None);
        if self.json {
            print(&format!("{}\n", serde_json::to_string_pretty(&found).map_err(failed)?))?;
        } else {
            print(&found.iter().map(Found::line).collect::<String>())?;
        }
        refuse_errors(&found)
    }
}

/// Ends the command if there is an error among the findings.
pub(super) fn refuse_errors(found: &[Found]) -> Result<(), Failed> {
    match found.iter().filter(|found| found.is_error()).count() {
        0 => Ok(()),
        1 => Err(Failed::Command("1 error; correct it and try again".to_owned())),
        errors => Err(Failed::Command(format!("{errors} errors; correct them and try again"))),
    }
}
