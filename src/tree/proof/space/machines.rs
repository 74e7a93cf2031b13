//! The kinds of machines that a set of conditions can tell apart.

use super::asked::Asked;
use super::cells::{Cell, dimensions};
use crate::tree::fact::Row;
use crate::tree::proof::point::Ground;

/// Kinds of machines; those of which everything that is asked is known come first.
#[derive(Debug, Default)]
pub(in crate::tree::proof) struct Machines {
    pub(in crate::tree::proof) rows: Vec<Row>,
    pub(in crate::tree::proof) known: usize,
}

impl Machines {
    /// Every kind of machine, its name left open; `None` where there are more than `most`.
    pub(in crate::tree::proof) fn of(ground: &Ground<'_>, asked: &Asked, in_list: bool, most: usize) -> Option<Self> {
        let dimensions = dimensions(ground, asked, in_list)?;
        let count = dimensions.iter().try_fold(1_usize, |count, dimension| count.checked_mul(dimension.cells.len()))?;
        if count > most {
            return None;
        }
        let mut rows: Vec<(bool, Row)> = vec![(true, Row::default())];
        for dimension in &dimensions {
            let with = |(is_known, row): &(bool, Row), at: usize, cell: &Cell| {
                let mut row = row.clone();
                cell.write(&mut row);
                (*is_known && at < dimension.known, row)
            };
            rows = rows.iter().flat_map(|row| dimension.cells.iter().enumerate().map(move |(at, cell)| with(row, at, cell))).collect();
        }
        // Keeps the order among those that are known and those that are not.
        rows.sort_by_key(|(is_known, _)| !is_known);
        let known = rows.iter().filter(|(is_known, _)| *is_known).count();
        Some(Self { rows: rows.into_iter().map(|(_, row)| row).collect(), known })
    }
}

/// Gives the rows without a name one: EX01, EX02 and so on. `None` if two have the same.
pub(in crate::tree::proof) fn named(mut rows: Vec<Row>, list: &str) -> Option<Vec<Row>> {
    let mut number = 0_usize;
    let mut taken: Vec<String> = rows.iter().filter_map(|row| row.name.as_ref()).map(|name| name.to_lowercase()).collect();
    let given = taken.len();
    taken.sort_unstable();
    taken.dedup();
    if taken.len() < given {
        return None;
    }
    let prefix = if list == "clients" { "PC" } else { "EX" };
    for row in rows.iter_mut().filter(|row| row.name.is_none()) {
        let name = loop {
            number += 1;
            let name = format!("{prefix}{number:02}");
            if !taken.contains(&name.to_lowercase()) {
                break name;
            }
        };
        row.name = Some(name);
    }
    Some(rows)
}
