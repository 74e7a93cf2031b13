//! Where a fact came from, in words.

use super::{capitalised, event_name};
use crate::tree::fact::{Held, Source, Value};

/// The place of facts that a start link brought, as the lines beside them say it.
pub const LINK: &str = "the link";
/// The place of facts that Event Viewer sent, as the lines beside them say it.
pub const EVENT_VIEWER: &str = "Event Viewer";

/// Who said it.
pub fn source(held: &Held) -> &'static str {
    let has_line = held.line.as_deref().is_some_and(|line| !line.trim().is_empty());
    match held.source {
        Source::Confirmed if is_from_link(held) => "from the link, confirmed by you",
        Source::Asked if held.value.is_none() => "you don't know it",
        Source::Asked => "your answer",
        Source::Confirmed | Source::Pasted | Source::Carried if has_line => "known from what you pasted",
        Source::Confirmed => "confirmed by you",
        Source::Pasted => "pasted by you",
        Source::Uploaded => "read from your file",
        Source::Linked => "from the link",
        Source::Carried => "from an earlier diagnosis",
    }
}

/// Where each element of the fact was read: its line, unless that says no more than the value, or that the visitor corrected it.
pub fn lines(held: &Held) -> Vec<String> {
    let (Some(value), Some(lines)) = (&held.value, &held.line) else { return Vec::new() };
    // For each element what it is called where it has no line, and the text that its line would only repeat.
    let elements: Vec<(String, &str)> = match value {
        Value::Messages(messages) => messages.iter().map(|message| ("A message".to_owned(), message.trim_start())).collect(),
        Value::Events(events) => events.iter().map(|event| (capitalised(&event_name(event)), "")).collect(),
        Value::Codes(codes) => codes.iter().map(|code| (code.to_string(), code.as_str())).collect(),
        Value::Rows(rows) => rows.rows.iter().map(|row| (row.name.clone().unwrap_or_default(), "")).collect(),
        _ => Vec::new(),
    };
    let mut shown: Vec<String> = Vec::new();
    for ((name, repeated), line) in elements.into_iter().zip(lines.split('\n').map(str::trim).chain(std::iter::repeat(""))) {
        let words = match line {
            "" => format!("{name}: corrected or added by you"),
            line if repeated.starts_with(line) => continue,
            line => format!("\u{201c}{line}\u{201d}"),
        };
        if !shown.contains(&words) {
            shown.push(words);
        }
    }
    shown
}

/// Whether a link said it, or Event Viewer, by the lines that it was read from.
fn is_from_link(held: &Held) -> bool {
    let is_of_link = |line: &str| line.split_once(": ").is_some_and(|(place, _)| [LINK, EVENT_VIEWER].contains(&place));
    held.line.as_deref().is_some_and(|lines| !lines.is_empty() && lines.lines().all(is_of_link))
}
