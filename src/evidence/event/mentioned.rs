//! Events that a sentence mentions: `event 2037 from MSExchangeSA`.

use std::sync::LazyLock;

use regex::Regex;

use super::head::YEARS;
use super::record::{Record, number};
use super::source;
use crate::evidence::code::codes_in;
use crate::evidence::paste::Lines;

/// An id with the word event before it, and what may tie a source to it.
static EVENT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let source = source::look();
    Regex::new(&format!(
        r"(?i)(?:\b({source})\s+)?\b(?:events?(?:\s*ids?|\s+numbers?)?|event-?ids?)\s*[:=#]?\s*(\d{{1,5}})\b(?:,?\s*\(?(?:(?:which\s+)?(?:is\s+|was\s+)?(?:logged\s+)?(?:from|by|of|source)[:=]?\s+)?(?:the\s+)?(?:source\s+)?({source})\b)?"
    ))
    .ok()
});
/// An id right beside a source that is known by its look.
static BESIDE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let source = source::look();
    Regex::new(&format!(r"(?i)(?:^|\s|\()(?:({source})[\s/:,]+(\d{{1,5}})|(\d{{1,5}})[\s/:,]+({source}))(?:[\s),.;:?!]|$)")).ok()
});

/// The events that free lines mention.
pub(super) fn read(lines: &mut Lines, room: usize) -> Vec<Record> {
    let mut records = Vec::new();
    for position in lines.free().into_iter().flatten() {
        let line = lines.line(position);
        let before = records.len();
        for found in EVENT.iter().flat_map(|pattern| pattern.captures_iter(line)) {
            let part = |at: usize| found.get(at).map(|part| part.as_str());
            let after = found.get(2).and_then(|id| line.get(id.end()..)).unwrap_or_default();
            if !is_number_part(after)
                && let Some(id) = part(2).and_then(number)
            {
                let record = Record::new(id, position..position + 1).from(part(3).or(part(1)).unwrap_or_default());
                let is_year = record.source.is_none() && YEARS.contains(&id) && !part(0).unwrap_or_default().to_lowercase().contains("id");
                records.extend((!is_year).then_some(record));
            }
        }
        if records.len() == before {
            for found in BESIDE.iter().flat_map(|pattern| pattern.captures_iter(line)) {
                let part = |first: usize, second: usize| found.get(first).or(found.get(second)).map_or("", |part| part.as_str());
                let record = number(part(2, 3)).map(|id| Record::new(id, position..position + 1).from(part(1, 4)));
                records.extend(record);
            }
        }
        // A sentence that also tells a code is the description, so that the code is not lost.
        if records.len() > before && !codes_in(line).is_empty() {
            let mentions = records.split_off(before);
            records.extend(mentions.into_iter().map(|record| record.saying(line)));
        }
        if records.len() >= room {
            break;
        }
    }
    for record in &records {
        lines.take(record.lines.clone());
    }
    records
}

/// Whether what follows makes the number part of a date, a time, a version or an amount.
fn is_number_part(after: &str) -> bool {
    let mut following = after.chars();
    matches!(following.next(), Some('.' | '/' | ':' | '-' | ',')) && following.next().is_some_and(|c| c.is_ascii_digit())
}
