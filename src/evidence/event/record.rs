//! One record as a reader found it.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// The highest event id; a greater number is a whole instance id.
const MOST_ID: u64 = 0xffff;

/// A line of a hex dump: `0000: ff ff ff ff   ....`, or bytes alone.
static HEX_DUMP: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)^\s*(?:(?:0x)?[0-9a-f]{4,8}:(?:\s+[0-9a-f]{2,8})+\b.*|[0-9a-f]{2}(?:\s+[0-9a-f]{2}){3,})\s*$").ok());

/// One record of an event log, or an event that is mentioned.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) id: u32,
    pub(super) source: Option<String>,
    pub(super) text: Option<String>,
    /// The lines it was read from.
    pub(super) lines: Range<usize>,
    pub(super) remarks: Vec<String>,
    /// Whether the paste says that the record above is the same.
    pub(super) again: bool,
}

impl Record {
    /// A record of the number that a form shows: an id, or an instance id whose lower half is the id.
    pub(super) fn new(number: u64, lines: Range<usize>) -> Self {
        let id = u32::try_from(number & MOST_ID).unwrap_or_default();
        let mut record = Self { id, lines, ..Self::default() };
        if number > MOST_ID {
            record.remarks.push(format!("The id {id} is the lower part of the instance id {number}."));
        }
        record
    }

    /// The same with a source, unless it is empty or says that there is none.
    pub(super) fn from(mut self, source: &str) -> Self {
        let source = source.trim().trim_end_matches([',', ';', '.']).trim_end();
        self.source = Some(source)
            .filter(|source| source.chars().any(char::is_alphanumeric) && !matches!(source.to_lowercase().as_str(), "n/a" | "none"))
            .map(str::to_owned);
        self
    }

    /// The same with a description, unless it is empty: without the hex dump of its data, line by line without blanks around it.
    pub(super) fn saying(mut self, text: &str) -> Self {
        let mut lines: Vec<&str> = text.trim().lines().map(str::trim).collect();
        if let Some(end) = lines.iter().position(|line| is_hex_dump(line)) {
            lines.truncate(end);
            while lines.last().is_some_and(|last| last.is_empty() || last.eq_ignore_ascii_case("data:")) {
                lines.pop();
            }
        }
        let text = lines.join("\n").trim().to_owned();
        self.text = Some(text).filter(|text| text.chars().any(char::is_alphanumeric));
        self
    }

    /// The same with a remark if dots at the end of the description show that the output cut it.
    pub(super) fn perhaps_cut(mut self) -> Self {
        if self.text.as_ref().is_some_and(|text| text.ends_with("...") || text.ends_with('\u{2026}')) {
            self.remarks.push("The list cut the description.".to_owned());
        }
        self
    }
}

/// Whether a line shows the bytes of a record's data.
pub(super) fn is_hex_dump(line: &str) -> bool {
    HEX_DUMP.as_ref().is_some_and(|pattern| pattern.is_match(line))
}

/// The number of a cell or value that holds nothing else.
pub(super) fn number(value: &str) -> Option<u64> {
    let value = value.trim();
    let digits = !value.is_empty() && value.len() <= 10 && value.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| value.parse().ok()).flatten()
}
