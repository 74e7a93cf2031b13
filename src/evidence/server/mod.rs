//! Lists of servers: the output of PowerShell as table, list or CSV, delimited lines, and plain lines such as `EX01 5.0 SP2`.

mod column;
mod delimited;
mod draft;
mod list;
mod plain;
mod record;
mod table;

use draft::Draft;

use super::Proposal;
use super::paste::Lines;
use crate::tree::ladder::{FamilyKind, Found, Ladder, Ladders, WINDOWS};

/// More servers than that are not proposed; a diagnosis holds no more.
const MAX_SERVERS: usize = 500;

/// What versions and operating systems there are.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known<'a>(&'a Ladders);

impl Known<'_> {
    fn products(&self) -> impl Iterator<Item = &Ladder> {
        self.0.iter().filter(|ladder| ladder.key() != WINDOWS)
    }

    /// The level or build of a product that the text names.
    fn version(&self, text: &str) -> Option<Found> {
        self.products().find_map(|ladder| ladder.named(text))
    }

    /// The same for a text that nothing but the version itself calls one: numbers with dots must belong to a product.
    fn certain_version(&self, text: &str) -> Option<Found> {
        self.version(text).filter(|found| match found {
            Found::Level(_) => true,
            Found::Build(build) => self.products().any(|ladder| !ladder.standing(None, Some(build), false).is_unknown()),
        })
    }

    /// Whether the level is a family alone whose levels are service packs.
    fn lacks_service_pack(&self, level: &str) -> bool {
        self.products().filter_map(|ladder| ladder.family(level)).any(|family| family.kind == FamilyKind::ServicePacks)
    }

    /// The level of Windows that the text names.
    fn windows(&self, text: &str) -> Option<String> {
        match self.0.get(WINDOWS)?.named(text)? {
            Found::Level(level) => Some(level),
            Found::Build(_) => None,
        }
    }
}

/// Proposes the servers of the lines that nobody has taken, and takes those lines. `cut` hears what was left out.
pub(super) fn read(lines: &mut Lines, ladders: &Ladders, cut: &mut Vec<String>) -> Vec<Proposal> {
    let known = Known(ladders);
    let mut records = table::read(lines);
    records.extend(list::read(lines));
    records.extend(delimited::read(lines, known));
    let mut drafts: Vec<Draft> = records.into_iter().filter_map(|record| record.draft(known)).collect();
    drafts.extend(plain::read(lines, known));
    let mut servers = draft::join(drafts, known);
    let left_out = servers.len().saturating_sub(MAX_SERVERS);
    if left_out > 0 {
        servers.truncate(MAX_SERVERS);
        cut.push(format!("{left_out} servers were left out: {MAX_SERVERS} is the limit."));
    }
    servers
}

#[cfg(test)]
mod tests;
