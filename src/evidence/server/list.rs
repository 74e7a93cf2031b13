//! Lists of PowerShell: `Name : EX01`, one property a line, an empty line between the servers.

use super::super::paste::Lines;
use super::column::Column;
use super::record::Record;

/// Reads every list of servers, and takes its lines.
pub(super) fn read(lines: &mut Lines) -> Vec<Record> {
    let mut records = Vec::new();
    for run in lines.free() {
        let mut at = run.start;
        while at < run.end {
            let end = block_end(lines, at, run.end);
            if let Some(record) = record(lines, at, end) {
                records.push(record);
                lines.take(at..end);
            }
            at = end.max(at + 1);
        }
    }
    records
}

/// The end of the block that begins at `at`: an empty line, a line that is no property, or a property that comes a second time.
fn block_end(lines: &Lines, at: usize, end: usize) -> usize {
    let mut seen: Vec<Column> = Vec::new();
    for position in at..end {
        let line = lines.line(position);
        match property(line) {
            Some((column, _)) if column != Column::Other && seen.contains(&column) => return position,
            Some((column, _)) => seen.push(column),
            // Long values go on indented.
            None if !seen.is_empty() && line.starts_with("    ") => {}
            None => return position,
        }
    }
    end
}

/// One property and its value.
fn property(line: &str) -> Option<(Column, &str)> {
    let (heading, value) = line.split_once(':')?;
    let heading = heading.trim();
    let is_name = !heading.is_empty() && heading.len() <= 40 && heading.chars().all(|c| c.is_alphanumeric() || c == '_' || c == ' ');
    (is_name && (value.is_empty() || value.starts_with([' ', '\t']))).then(|| (Column::of(heading), value.trim()))
}

fn record(lines: &Lines, at: usize, end: usize) -> Option<Record> {
    let cells: Vec<(Column, &str)> = (at..end).filter_map(|position| property(lines.line(position))).collect();
    let has_name = cells.iter().any(|(column, cell)| *column == Column::Name && !cell.is_empty());
    let has_file = cells.iter().any(|(column, _)| *column == Column::FileVersion);
    let has_version = cells.iter().any(|(column, cell)| column.is_version() && !cell.is_empty());
    (cells.len() >= 2 && (has_name || has_file) && has_version).then(|| Record::new(cells, at..end))
}
