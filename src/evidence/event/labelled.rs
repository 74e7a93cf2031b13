//! Records whose parts have labels, in any order, on several lines or on one.

use super::extent;
use super::head::{Head, heads};
use super::label::Kind;
use super::passage::Passage;
use super::record::Record;
use crate::evidence::paste::Lines;

/// The records of all label blocks.
pub(super) fn read(lines: &mut Lines, room: usize) -> Vec<Record> {
    let mut records: Vec<Record> = Vec::new();
    for run in lines.free() {
        let passage = Passage::of(lines, &run);
        let heads = heads(&passage, room - records.len().min(room));
        let ends = heads.iter().skip(1).map(|next| next.start).chain([passage.text.len()]);
        records.extend(heads.iter().zip(ends).map(|(head, end)| record(&passage, head, end)));
    }
    for record in &records {
        lines.take(record.lines.clone());
    }
    records
}

/// The record of a head; the next one begins at `limit`.
fn record(passage: &Passage, head: &Head, limit: usize) -> Record {
    let limit = limit.max(head.body);
    let line = passage.line_start(head.start);
    let before = passage.slice(line..head.start);
    let indent = before.len() - before.trim_start().len();
    // What leads to the next record on its line is no part of this one.
    let limit = if limit < passage.text.len() && passage.line_start(limit) > head.body { passage.line_start(limit) } else { limit };
    let region = passage.slice(head.body..limit);
    let length = extent::description(region, indent, head.labelled);
    let text = region.get(..length).unwrap_or_default();
    let quoted = before.trim_start().starts_with('>');
    let text: Vec<&str> = text.lines().map(|line| if quoted { line.trim_start_matches(['>', ' ']) } else { line }).collect();
    let (text, source) = without_last_labels(text, head);
    let source = source.unwrap_or_else(|| head.source.clone());
    Record::new(head.id, passage.lines(head.start..head.body + length)).from(&source).saying(&text).perhaps_cut()
}

/// The description without labels that stand behind it, and the source that one of them names.
fn without_last_labels(mut text: Vec<&str>, head: &Head) -> (String, Option<String>) {
    let mut source = None;
    while let Some(last) = text.last() {
        let known = super::label::labels(last)
            .into_iter()
            .next()
            .filter(|label| label.leads && label.tie == super::label::Tie::Sign && !head.kinds.contains(&label.kind));
        match known.map(|label| (label.kind, last.get(label.end..).unwrap_or_default().trim())) {
            Some((Kind::Source, value)) if text.len() > 1 && value.split_whitespace().count() < 5 => source = Some(value.to_owned()),
            Some((Kind::Type | Kind::Category | Kind::Date | Kind::Time | Kind::User | Kind::Computer, value))
                if text.len() > 1 && value.split_whitespace().count() < 5 => {}
            _ => break,
        }
        text.pop();
    }
    (text.join("\n"), source)
}
