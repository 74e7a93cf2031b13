//! Lists whose cells are separated by tabs, semicolons, commas or, as in a wiki, by bars, with or without a line of headings.

use std::ops::Range;

use super::super::paste::Lines;
use super::Known;
use super::column::{Column, headings};
use super::plain::is_host_name;
use super::record::Record;

/// The columns of a list without headings.
const USUAL: [Column; 4] = [Column::Name, Column::Version, Column::ServicePack, Column::Roles];

/// Reads every delimited list of servers, and takes its lines.
pub(super) fn read(lines: &mut Lines, known: Known<'_>) -> Vec<Record> {
    let mut records = Vec::new();
    for run in lines.free() {
        let mut at = run.start;
        while at < run.end {
            let (end, found) = ['\t', ';', ',', '|']
                .into_iter()
                .map(|delimiter| list(lines, at..run.end, delimiter, known))
                .max_by_key(|(end, _)| *end)
                .unwrap_or((at, Vec::new()));
            if end > at {
                lines.take(at..end);
                records.extend(found);
            }
            at = end.max(at + 1);
        }
    }
    records
}

/// The list that begins at `at` and its end; an end at `at` says that there is none.
fn list(lines: &Lines, range: Range<usize>, delimiter: char, known: Known<'_>) -> (usize, Vec<Record>) {
    let (at, end) = (range.start, range.end);
    let named = headings(&cells(lines.line(at), delimiter).iter().map(String::as_str).collect::<Vec<_>>());
    // `#TYPE ...` stands above the headings of Export-Csv.
    let typed = lines.line(at).starts_with("#TYPE") && at + 1 < end;
    if typed {
        let (list_end, records) = list(lines, at + 1..end, delimiter, known);
        return if records.is_empty() { (at, Vec::new()) } else { (list_end, records) };
    }
    let (first, columns) = match &named {
        Some(columns) => (at + 1, columns.as_slice()),
        None => (at, &USUAL[..]),
    };
    let mut records = Vec::new();
    let is_rule = |line: &str| line.contains('-') && line.chars().all(|c| "|-:+ ".contains(c));
    let mut position = if first > at && is_rule(lines.line(first)) { first + 1 } else { first };
    while position < end {
        let cells = cells(lines.line(position), delimiter);
        let fits = if named.is_some() { cells.len() > 1 } else { is_usual(&cells, known) };
        if !fits {
            break;
        }
        records.push(Record::new(columns.iter().copied().zip(cells.iter().map(String::as_str)), position..position + 1));
        position += 1;
    }
    if records.is_empty() { (at, records) } else { (position, records) }
}

fn cells(line: &str, delimiter: char) -> Vec<String> {
    if !line.contains(delimiter) {
        return Vec::new();
    }
    // Most lines need no reader of their own.
    if delimiter == '|' || !line.contains('"') {
        let line = if delimiter == '|' { line.trim().trim_matches('|') } else { line };
        return line.split(delimiter).map(|cell| cell.trim().to_owned()).collect();
    }
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter as u8).buffer_capacity(line.len()).from_reader(line.as_bytes());
    let record = reader.records().next().and_then(Result::ok).unwrap_or_default();
    record.iter().map(|cell| cell.trim().to_owned()).collect()
}

/// Whether the cells are a name, a version, and at most a service pack and roles.
fn is_usual(cells: &[String], known: Known<'_>) -> bool {
    let [name, version, rest @ ..] = cells else { return false };
    rest.len() <= 2 && is_host_name(name) && known.version(version).is_some() && rest.first().is_none_or(|pack| is_service_pack(pack))
}

fn is_service_pack(cell: &str) -> bool {
    let lower = cell.to_lowercase();
    let number = lower.trim_start_matches("service pack").trim_start_matches("sp").trim();
    number.len() <= 3 && number.chars().all(|c| c.is_ascii_digit() || c == 'a')
        || ["none", "no", "rtm", "-"].contains(&number)
        || lower.starts_with("cu")
        || lower.starts_with("ru")
}
