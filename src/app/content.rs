//! What ships with the program: the starter trees and the ladders.

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::StartError;
use crate::shelf::{Loaded, Shelf, Starter};
use crate::tree::case;
use crate::tree::check::{self, Finding};
use crate::tree::closure::Closure;
use crate::tree::file;
use crate::tree::ladder::{Ladder, Ladders};
use crate::tree::model::Tree;

/// The starter trees, by file name.
pub const STARTER_TREES: &[(&str, &str)] = &[
    // One line each, in the order of the alphabet.
    ("directory-service-errors.yaml", include_str!("../../trees/directory-service-errors.yaml")),
    ("exchange-update-levels.yaml", include_str!("../../trees/exchange-update-levels.yaml")),
    ("extension-not-loaded.yaml", include_str!("../../trees/extension-not-loaded.yaml")),
    ("information-store-not-starting.yaml", include_str!("../../trees/information-store-not-starting.yaml")),
    ("internet-mail-service-stops.yaml", include_str!("../../trees/internet-mail-service-stops.yaml")),
    ("mta-rpc-errors.yaml", include_str!("../../trees/mta-rpc-errors.yaml")),
];

/// The ladders: key, product, table.
const LADDERS: [(&str, &str, &str); 2] = [
    ("exchange", "Exchange Server", include_str!("../../trees/ladders/exchange.csv")),
    ("windows", "Windows", include_str!("../../trees/ladders/windows.csv")),
];

/// The ladders that ship with the program.
///
/// # Errors
/// A table that cannot be read, which only a wrong build has.
pub fn ladders() -> Result<Vec<Ladder>, StartError> {
    LADDERS.into_iter().map(read_ladder).collect()
}

fn read_ladder((key, product, table): (&str, &str, &str)) -> Result<Ladder, StartError> {
    Ladder::from_csv(key, product, table).map_err(|error| StartError::Content(format!("ladder {key}: {error}")))
}

/// Loads ladders and starter trees into a database that does not have them, or has older ones. What an author changed stays.
///
/// Nearly every start finds what an earlier one has loaded: then nothing is parsed, checked or written.
///
/// # Errors
/// The database failed, or a shipped file cannot be read.
pub async fn load(shelf: &Shelf) -> Result<(), StartError> {
    let mut newer = Vec::new();
    for ladder in LADDERS {
        if !shelf.has_ladder(ladder.0, ladder.1, ladder.2).await? {
            newer.push(read_ladder(ladder)?);
        }
    }
    if !newer.is_empty() {
        shelf.load_ladders(newer).await?;
    }
    let mut starters = Vec::new();
    for &(name, text) in STARTER_TREES {
        let digest = HEXLOWER.encode(&Sha256::digest(text));
        if !shelf.has_starter(&digest).await? {
            let tree = file::read(text).map_err(|error| StartError::Content(format!("{name}: {error}")))?;
            starters.push(Starter { digest, tree });
        }
    }
    if starters.is_empty() {
        return Ok(());
    }
    for (slug, loaded) in shelf.load_starters(starters, passes).await? {
        match loaded {
            Loaded::Unchanged => {}
            Loaded::Published => tracing::info!(slug, "starter tree published"),
            Loaded::Offered => tracing::warn!(slug, "a newer starter tree is offered as a draft"),
            Loaded::Held => tracing::warn!(slug, "a newer starter tree waits: the tree has an author's draft"),
        }
    }
    Ok(())
}

/// Whether a tree passes its plain checks and all its cases. That nothing is left for the proof to find in a shipped tree is shown by this
/// program's tests, and need not be shown again at each first start.
#[must_use]
pub fn passes(tree: &Tree, ladders: &Ladders) -> bool {
    let sound = !check::check(tree, ladders).iter().any(Finding::is_error);
    let closure = Closure::single(tree.clone().into(), ladders.clone().into());
    sound && tree.cases.iter().all(|kept| case::run(&closure, kept).is_ok_and(|ran| ran.passed))
}
