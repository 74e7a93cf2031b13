//! The list output of `Get-WinEvent`, `Get-EventLog` and the like: `Name    : value`, long values continued below themselves.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::record::{Record, number};
use crate::evidence::paste::Lines;

/// A property: `ProviderName : MSExchangeSA`. PowerShell writes a blank before the colon.
static PROPERTY: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^\s*([A-Za-z]{2,24})\s+:(?:\s(.*))?$").ok());

/// Names that no other form uses; one of them must be there.
const SURE: [&str; 14] = [
    "timecreated",
    "providername",
    "instanceid",
    "entrytype",
    "leveldisplayname",
    "message",
    "timegenerated",
    "timewritten",
    "machinename",
    "eventcode",
    "sourcename",
    "logname",
    "replacementstrings",
    "eventidentifier",
];
/// Names that such a list may also have.
const USUAL: [&str; 40] = [
    "index",
    "id",
    "eventid",
    "source",
    "category",
    "categorynumber",
    "categorystring",
    "username",
    "user",
    "data",
    "site",
    "container",
    "version",
    "qualifiers",
    "level",
    "task",
    "opcode",
    "keywords",
    "recordid",
    "recordnumber",
    "providerid",
    "processid",
    "threadid",
    "userid",
    "activityid",
    "relatedactivityid",
    "containerlog",
    "matchedqueryids",
    "bookmark",
    "opcodedisplayname",
    "taskdisplayname",
    "keywordsdisplaynames",
    "properties",
    "type",
    "logfile",
    "insertionstrings",
    "computername",
    "eventtype",
    "pscomputername",
    "time",
];

/// The records of all such lists.
pub(super) fn read(lines: &mut Lines, room: usize) -> Vec<Record> {
    let mut records = Vec::new();
    for run in lines.free() {
        let mut open: Option<Properties> = None;
        for position in run {
            let line = lines.line(position);
            if let Some((name, value)) = property(line) {
                if open.as_ref().is_some_and(|record| record.has(&name) || record.is_over(line)) {
                    records.extend(open.take().and_then(Properties::record));
                }
                open.get_or_insert_with(|| Properties::new(position)).add(name, value, line, position);
            } else if open.as_mut().is_some_and(|record| !record.goes_on(line, position)) {
                records.extend(open.take().and_then(Properties::record));
            }
        }
        records.extend(open.and_then(Properties::record));
        if records.len() >= room {
            break;
        }
    }
    for record in &records {
        lines.take(record.lines.clone());
    }
    records
}

fn property(line: &str) -> Option<(String, &str)> {
    let found = PROPERTY.as_ref()?.captures(line)?;
    let name = found.get(1)?.as_str().to_lowercase();
    let known = SURE.contains(&name.as_str()) || USUAL.contains(&name.as_str());
    known.then(|| (name, found.get(2).map_or("", |value| value.as_str())))
}

/// Where the value of a property begins.
fn value_column(line: &str) -> usize {
    line.find(':').unwrap_or_default() + 2
}

/// The properties of one record, as far as they were read.
struct Properties {
    values: Vec<(String, String)>,
    lines: Range<usize>,
    /// Where values begin.
    column: usize,
    after_blank: bool,
}

impl Properties {
    fn new(position: usize) -> Self {
        Self { values: Vec::new(), lines: position..position + 1, column: 0, after_blank: false }
    }

    fn has(&self, name: &str) -> bool {
        self.values.iter().any(|(known, _)| known == name)
    }

    /// Whether a property behind a blank line is of another record: PowerShell aligns the colons of one.
    fn is_over(&self, line: &str) -> bool {
        self.after_blank && value_column(line) != self.column
    }

    fn get(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.values.iter().find(|(known, _)| known == name)).map(|(_, value)| value.as_str())
    }

    fn add(&mut self, name: String, value: &str, line: &str, position: usize) {
        self.column = value_column(line);
        self.values.push((name, value.to_owned()));
        self.lines.end = position + 1;
        self.after_blank = false;
    }

    /// Adds a line to the last value; false if the line is no part of the record. After a blank line only indented ones are.
    fn goes_on(&mut self, line: &str, position: usize) -> bool {
        if line.trim().is_empty() {
            self.after_blank = true;
            return true;
        }
        let indent = line.len() - line.trim_start().len();
        let belongs = if self.after_blank { indent + 2 >= self.column } else { indent > 0 || self.values.last().is_some_and(|(name, _)| name == "message") };
        if let Some((_, value)) = self.values.last_mut().filter(|_| belongs) {
            value.push_str(if self.after_blank { "\n\n" } else { "\n" });
            value.push_str(line.trim());
            self.lines.end = position + 1;
            self.after_blank = false;
        }
        belongs
    }

    fn record(self) -> Option<Record> {
        let sure = self.values.iter().filter(|(name, _)| SURE.contains(&name.as_str())).count();
        let id = self.get(&["id", "eventid", "eventcode"]).and_then(number).or_else(|| self.get(&["instanceid", "eventidentifier"]).and_then(number))?;
        let source = self.get(&["providername", "source", "sourcename"]);
        (sure > 0)
            .then(|| Record::new(id, self.lines.clone()).from(source.unwrap_or_default()).saying(self.get(&["message"]).unwrap_or_default()).perhaps_cut())
    }
}
