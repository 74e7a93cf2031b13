//! The table output of `Get-WinEvent` and `Get-EventLog`: column names, a line of dashes below them, then one record a line.

use std::ops::Range;

use super::record::{Record, number};
use crate::evidence::paste::Lines;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holds {
    Id,
    InstanceId,
    Source,
    Message,
    Other,
}

/// A column and the characters that its dashes stand under.
struct Column {
    holds: Holds,
    dashes: Range<usize>,
}

/// The records of all such tables.
pub(super) fn read(lines: &mut Lines, room: usize) -> Vec<Record> {
    let mut records = Vec::new();
    let mut taken = Vec::new();
    for run in lines.free() {
        let mut at = run.start;
        while at + 1 < run.end && records.len() < room {
            let Some(columns) = columns(lines.line(at), lines.line(at + 1)) else {
                at += 1;
                continue;
            };
            let table = Table { columns, group: group_above(lines, run.start..at) };
            let (mut found, end) = table.records(lines, at + 2..run.end);
            if !found.is_empty() {
                taken.push(at..at + 2);
                records.append(&mut found);
            }
            at = end;
        }
    }
    let groups: Vec<usize> = taken.iter().filter_map(|header| header.start.checked_sub(1)).flat_map(|above| [above, above.saturating_sub(1)]).collect();
    taken.extend(groups.into_iter().filter(|position| group(lines.line(*position)).is_some()).map(|position| position..position + 1));
    taken.extend(records.iter().map(|record: &Record| record.lines.clone()));
    taken.into_iter().for_each(|range| lines.take(range));
    records
}

/// The columns, if a line of names and a line of dashes below it are the head of a table of events.
fn columns(names: &str, dashes: &str) -> Option<Vec<Column>> {
    if !dashes.contains("--") || !dashes.chars().all(|c| c == '-' || c == ' ') {
        return None;
    }
    let names: Vec<char> = names.chars().collect();
    let mut columns: Vec<Column> = Vec::new();
    for (position, _) in dashes.chars().enumerate().filter(|(_, c)| *c == '-') {
        match columns.last_mut() {
            Some(column) if column.dashes.end == position => column.dashes.end += 1,
            _ => columns.push(Column { holds: Holds::Other, dashes: position..position + 1 }),
        }
    }
    for column in &mut columns {
        let name: String = names.get(column.dashes.start..column.dashes.end.min(names.len())).unwrap_or_default().iter().collect();
        column.holds = holds(&name);
    }
    let has = |holds| columns.iter().any(|column| column.holds == holds);
    ((has(Holds::Id) || has(Holds::InstanceId)) && columns.len() > 1).then_some(columns)
}

fn holds(name: &str) -> Holds {
    match name.trim().to_lowercase().as_str() {
        "id" | "eventid" | "eventcode" => Holds::Id,
        "instanceid" => Holds::InstanceId,
        "providername" | "source" | "sourcename" => Holds::Source,
        "message" => Holds::Message,
        _ => Holds::Other,
    }
}

/// The source that a heading names for the records below it: `   ProviderName: MSExchangeSA`.
fn group(line: &str) -> Option<&str> {
    line.trim().strip_prefix("ProviderName:").map(str::trim).filter(|source| !source.is_empty())
}

fn group_above(lines: &Lines, range: Range<usize>) -> Option<String> {
    range.rev().take(2).find_map(|position| group(lines.line(position))).map(str::to_owned)
}

/// One head with the records below it.
struct Table {
    columns: Vec<Column>,
    /// The source that a heading above names.
    group: Option<String>,
}

impl Table {
    /// The records, and where they end.
    fn records(mut self, lines: &Lines, range: Range<usize>) -> (Vec<Record>, usize) {
        let mut records: Vec<Record> = Vec::new();
        for position in range.clone() {
            let line = lines.line(position);
            if line.trim().is_empty() {
                continue;
            }
            if let Some(source) = group(line) {
                self.group = Some(source.to_owned());
                continue;
            }
            if position + 1 < range.end && columns(line, lines.line(position + 1)).is_some() {
                return (finished(records), position);
            }
            if let Some(record) = self.record(line, position) {
                records.push(record);
            } else if let (Some(record), Some(text)) = (records.last_mut(), self.goes_on(line)) {
                // Only a line directly below goes on with the description.
                if record.lines.end == position {
                    let before = record.text.take().unwrap_or_default();
                    record.text = Some(format!("{before}\n{text}"));
                    record.lines.end = position + 1;
                    continue;
                }
                return (finished(records), position);
            } else {
                return (finished(records), position);
            }
        }
        (finished(records), range.end)
    }

    fn record(&self, line: &str, position: usize) -> Option<Record> {
        let cells = self.cells(line);
        let cell = |holds| self.columns.iter().zip(&cells).find(|(column, _)| column.holds == holds).map(|(_, cell)| cell.as_str());
        let id = cell(Holds::Id).and_then(number).or_else(|| cell(Holds::InstanceId).and_then(number))?;
        let source = cell(Holds::Source).or(self.group.as_deref()).unwrap_or_default();
        Some(Record::new(id, position..position + 1).from(source).saying(cell(Holds::Message).unwrap_or_default()))
    }

    /// The cells of a line. A cell begins at the dashes of its column, or left of them where numbers are written flush right.
    fn cells(&self, line: &str) -> Vec<String> {
        let characters: Vec<char> = line.chars().collect();
        let mut starts: Vec<usize> = Vec::with_capacity(self.columns.len());
        for column in &self.columns {
            let mut start = column.dashes.start.min(characters.len());
            let least = starts.last().copied().unwrap_or_default();
            while start > least && characters.get(start - 1).is_some_and(|c| !c.is_whitespace()) && characters.get(start).is_some_and(|c| !c.is_whitespace()) {
                start -= 1;
            }
            starts.push(start);
        }
        let ends = starts.iter().skip(1).copied().chain([characters.len()]);
        starts.iter().zip(ends).map(|(start, end)| characters.get(*start..end).unwrap_or_default().iter().collect::<String>().trim().to_owned()).collect()
    }

    /// The text of a line that has nothing but more of a wrapped description.
    fn goes_on<'a>(&self, line: &'a str) -> Option<&'a str> {
        let last = self.columns.last().filter(|column| column.holds == Holds::Message)?;
        let indent = line.chars().take_while(|c| c.is_whitespace()).count();
        (indent >= last.dashes.start).then(|| line.trim())
    }
}

fn finished(records: Vec<Record>) -> Vec<Record> {
    records.into_iter().map(Record::perhaps_cut).collect()
}
