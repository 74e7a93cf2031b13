//! Rows with delimiters: rows copied from Event Viewer, its exports as CSV or text, `Export-Csv`.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::record::{Record, number};
use crate::evidence::paste::Lines;

static DATE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b").ok());
static TIME: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?i)^\d{1,2}[:.]\d{2}([:.]\d{2})?(\s*[ap]\.?m\.?)?$").ok());
/// A row of NT 4.0 whose columns are separated by blanks.
static BLANKS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)^\s*\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4},?\s+\d{1,2}:\d{2}(?::\d{2})?(?:\s*[ap]m)?\s+(\S.{0,60}?)\s+(?:error|warning|information(?:al)?|success audit|failure audit|success|failure)\s+(\S.{0,60}?)\s+(\d{1,5})\s+(?:(n/a|nt authority\\\S+|\S+)\s+(\S+))(?:\s+(.*))?$",
    )
    .ok()
});

/// The types and levels of records.
const TYPES: [&str; 13] = [
    "error",
    "warning",
    "information",
    "informational",
    "success",
    "failure",
    "critical",
    "verbose",
    "success audit",
    "failure audit",
    "audit success",
    "audit failure",
    "none",
];

/// Where the parts of a record stand in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Layout {
    id: usize,
    source: Option<usize>,
    /// A column of descriptions; without one they stand behind the last named column.
    text: usize,
}

/// NT 4.0: date, time, source, type, category, event, user, computer, description.
const NT4: Layout = Layout { id: 5, source: Some(2), text: 8 };
/// Windows 2000 to 2003: type, date, time, source, category, event, user, computer, description.
const W2000: Layout = Layout { id: 5, source: Some(3), text: 8 };
/// Since Windows Vista: level, date and time, source, event id, task category, description.
const VISTA: Layout = Layout { id: 3, source: Some(2), text: 5 };

/// The records of all such rows.
pub(super) fn read(lines: &mut Lines, room: usize) -> Vec<Record> {
    let mut records: Vec<Record> = Vec::new();
    let mut heads = Vec::new();
    for run in lines.free() {
        let mut at = run.start;
        while at < run.end && records.len() < room {
            let line = lines.line(at);
            if let Some((layout, delimiter)) = head(line) {
                let (mut found, end) = rows(lines, at + 1..run.end, delimiter, |cells| layout.fits(cells).then_some(layout));
                if !found.is_empty() {
                    heads.push(at..at + 1);
                    records.append(&mut found);
                    at = end;
                    continue;
                }
            } else if let Some(delimiter) = ['\t', ',', ';']
                .into_iter()
                .find(|delimiter| begins_usual(line, *delimiter) && cells(line, *delimiter).is_some_and(|cells| usual(&cells).is_some()))
            {
                let (mut found, end) = rows(lines, at..run.end, delimiter, usual);
                records.append(&mut found);
                at = end.max(at + 1);
                continue;
            } else if let Some(record) = by_blanks(line, at) {
                records.push(record);
            }
            at += 1;
        }
    }
    heads.into_iter().chain(records.iter().map(|record| record.lines.clone())).for_each(|range| lines.take(range));
    records
}

impl Layout {
    /// Whether a row has an id where this layout has it.
    fn fits(self, cells: &[String]) -> bool {
        cells.get(self.id).and_then(|cell| number(cell)).is_some()
    }

    fn record(self, cells: &[String], lines: Range<usize>) -> Option<Record> {
        let cell = |at: usize| cells.get(at).map_or("", String::as_str);
        let id = number(cell(self.id))?;
        let text = cells.get(self.text..).unwrap_or_default().join("\n");
        Some(Record::new(id, lines).from(self.source.map_or("", cell)).saying(&text).perhaps_cut())
    }
}

/// The layout that a line of column names tells, with its delimiter.
fn head(line: &str) -> Option<(Layout, char)> {
    // Taking every line of a paste apart would be slow.
    if !line.to_lowercase().contains("source") && !line.to_lowercase().contains("provider") {
        return None;
    }
    ['\t', ',', ';'].into_iter().find_map(|delimiter| {
        let names: Vec<String> =
            cells(line, delimiter)?.iter().map(|name| name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()).collect();
        let at = |wanted: &[&str]| wanted.iter().find_map(|wanted| names.iter().position(|name| name == wanted));
        let id = at(&["eventid", "id", "event", "eventcode", "instanceid", "eventidentifier"])?;
        let source = at(&["source", "providername", "sourcename", "eventsource"]);
        let text = at(&["description", "message", "eventmessage", "text"]);
        let known = [
            "level",
            "leveldisplayname",
            "type",
            "severity",
            "entrytype",
            "date",
            "dateandtime",
            "timecreated",
            "timegenerated",
            "taskcategory",
            "category",
            "computer",
        ];
        let sure = source.is_some() && names.len() > 2 && (text.is_some() || names.iter().any(|name| known.contains(&name.as_str())));
        sure.then(|| (Layout { id, source, text: text.unwrap_or(names.len()) }, delimiter))
    })
}

/// Whether the first cell of a line is the type or the date of a record.
fn begins_usual(line: &str, delimiter: char) -> bool {
    let cell = line.split(delimiter).next().unwrap_or_default().trim().trim_matches('"');
    is_type(cell) || DATE.as_ref().is_some_and(|pattern| pattern.is_match(cell))
}

fn is_type(cell: &str) -> bool {
    TYPES.contains(&cell.to_lowercase().as_str())
}

/// The layout of a row without column names.
fn usual(cells: &[String]) -> Option<Layout> {
    let cell = |at: usize| cells.get(at).map_or("", String::as_str);
    let is = |pattern: &LazyLock<Option<Regex>>, at: usize| pattern.as_ref().is_some_and(|pattern| pattern.is_match(cell(at)));
    let is_type = |at: usize| is_type(cell(at));
    let layout = if is(&DATE, 0) && is(&TIME, 1) && is_type(3) {
        NT4
    } else if is_type(0) && is(&DATE, 1) && is(&TIME, 2) {
        W2000
    } else if is_type(0) && is(&DATE, 1) {
        VISTA
    } else {
        return None;
    };
    layout.fits(cells).then_some(layout)
}

/// The records of the rows from the start of `range` on, and where they end. A quoted cell may go over several lines.
fn rows(lines: &Lines, range: Range<usize>, delimiter: char, layout: impl Fn(&[String]) -> Option<Layout>) -> (Vec<Record>, usize) {
    let mut records = Vec::new();
    let mut at = range.start;
    while at < range.end {
        if lines.line(at).trim().is_empty() {
            at += 1;
            continue;
        }
        let end = end_of_row(lines, at..range.end, delimiter);
        let text = (at..end).map(|position| lines.line(position)).collect::<Vec<_>>().join("\n");
        let record = cells(&text, delimiter).and_then(|cells| layout(&cells)?.record(&cells, at..end));
        let Some(record) = record else { break };
        records.push(record);
        at = end;
    }
    (records, at)
}

/// The line behind the row that begins at the start of `range`: where no quote is open. An open quote that is never closed ends with its line.
fn end_of_row(lines: &Lines, range: Range<usize>, delimiter: char) -> usize {
    let first = lines.line(range.start);
    let quoted = first.starts_with('"') || first.contains(&format!("{delimiter}\""));
    let mut open = false;
    for position in range.clone().take(MOST_ROW_LINES) {
        open ^= lines.line(position).matches('"').count() % 2 == 1;
        if !open || !quoted {
            return position + 1;
        }
    }
    range.start + 1
}

/// A description in quotes has no more lines than this.
const MOST_ROW_LINES: usize = 200;

fn cells(row: &str, delimiter: char) -> Option<Vec<String>> {
    if !row.contains(delimiter) {
        return None;
    }
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(u8::try_from(delimiter).ok()?).from_reader(row.as_bytes());
    let record = reader.records().next()?.ok()?;
    Some(record.iter().map(|cell| cell.trim().to_owned()).collect())
}

fn by_blanks(line: &str, position: usize) -> Option<Record> {
    let found = BLANKS.as_ref()?.captures(line)?;
    let part = |at: usize| found.get(at).map_or("", |part| part.as_str());
    Some(Record::new(number(part(3))?, position..position + 1).from(part(1)).saying(part(6)).perhaps_cut())
}
