//! Tables of PowerShell: a line of headings, a line of dashes, and rows whose cells begin where the dashes do.

use super::super::paste::Lines;
use super::column::{Column, headings};
use super::record::Record;

/// Reads every table of servers, and takes its lines.
pub(super) fn read(lines: &mut Lines) -> Vec<Record> {
    let mut records = Vec::new();
    for run in lines.free() {
        let mut at = run.start;
        while at + 1 < run.end {
            let Some(table) = Table::headed(lines.line(at), lines.line(at + 1)) else {
                at += 1;
                continue;
            };
            let first = at + 2;
            // Output of several commands has an empty line between its tables; PowerShell puts one above the first row at times.
            let body = (first..run.end).find(|row| !lines.line(*row).trim().is_empty()).unwrap_or(run.end);
            let end = (body..run.end).find(|row| !table.has_row(lines.line(*row))).unwrap_or(run.end);
            records.extend((body..end).map(|row| Record::new(table.cells(lines.line(row)), row..row + 1)));
            if end > body {
                lines.take(at..end);
            }
            at = end.max(first);
        }
    }
    records
}

/// The shape of a table.
struct Table {
    columns: Vec<Column>,
    /// Where each column begins, in characters.
    starts: Vec<usize>,
}

impl Table {
    fn headed(heading: &str, dashes: &str) -> Option<Self> {
        let is_rule = dashes.contains("--") && dashes.chars().all(|c| c == '-' || c.is_whitespace());
        if !is_rule {
            return None;
        }
        let starts: Vec<usize> = starts(dashes);
        let by_place = Self { columns: Vec::new(), starts: starts.clone() };
        let names: Vec<&str> = by_place.split(heading).into_iter().map(str::trim).collect();
        // A mail program that joins blanks moves the headings, not their order.
        let names = if names.iter().any(|name| name.is_empty() || name.contains(' ')) { heading.split_whitespace().collect() } else { names };
        (names.len() == starts.len()).then_some(())?;
        Some(Self { columns: headings(&names)?, starts })
    }

    /// The parts of a line that begin where the columns do.
    fn split<'a>(&self, line: &'a str) -> Vec<&'a str> {
        let bytes: Vec<usize> = line.char_indices().map(|(at, _)| at).collect();
        let byte = |character: usize| bytes.get(character).copied().unwrap_or(line.len());
        let ends = self.starts.iter().skip(1).copied().chain([usize::MAX]);
        self.starts.iter().zip(ends).map(|(start, end)| line.get(byte(*start)..byte(end)).unwrap_or_default()).collect()
    }

    /// The cells of a row. Where the cells do not stand below their headings, two blanks separate them, or one.
    fn cells<'a>(&self, line: &'a str) -> Vec<(Column, &'a str)> {
        let by_place = self.split(line);
        let aligned = self.starts.iter().skip(1).all(|start| *start == 0 || line.chars().nth(start - 1).is_none_or(char::is_whitespace));
        let cells = if aligned {
            by_place
        } else {
            let wide: Vec<&str> = line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect();
            if wide.len() == self.columns.len() { wide } else { line.split_whitespace().collect() }
        };
        self.columns.iter().copied().zip(cells).collect()
    }

    fn has_row(&self, line: &str) -> bool {
        !line.trim().is_empty() && !line.starts_with("PS ") && !line.starts_with("[PS]") && !line.ends_with(':') && self.cells(line).len() > 1
            || self.columns.len() == 1 && !line.trim().is_empty()
    }
}

/// Where each run of dashes begins, in characters.
fn starts(dashes: &str) -> Vec<usize> {
    let mut before = ' ';
    let mut starts = Vec::new();
    for (at, c) in dashes.chars().enumerate() {
        if c == '-' && before != '-' {
            starts.push(at);
        }
        before = c;
    }
    starts
}
