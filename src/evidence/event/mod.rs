//! Records of event logs in every form in which people paste them. Each reader takes the lines that it understands, the surest form first.

mod columns;
mod delimited;
mod extent;
mod head;
mod label;
mod labelled;
mod list;
mod mentioned;
mod passage;
mod record;
mod source;
mod xml;

use std::collections::HashMap;

use super::paste::Lines;
use super::{Item, Proposal};
use crate::tree::event_source;
use crate::tree::fact::Event;
use record::Record;

/// More records of one paste are not looked at.
const MOST_RECORDS: usize = 10_000;
/// More different events are not proposed: nobody would confirm them one by one.
const MOST_EVENTS: usize = 200;

/// Reads the event log records of a paste and takes their lines. What is left out is said in `cut`.
pub(super) fn read(lines: &mut Lines, cut: &mut Vec<String>) -> Vec<Proposal> {
    let mut records = Vec::new();
    for reader in [xml::read, list::read, columns::read, delimited::read, labelled::read] {
        let room = MOST_RECORDS - records.len();
        let mut found = reader(lines, room);
        found.truncate(room);
        records.append(&mut found);
    }
    if records.len() == MOST_RECORDS {
        cut.push(format!("Only the first {MOST_RECORDS} event log records were read."));
    }
    records.sort_by_key(|record| (record.lines.start, record.lines.end));
    records.dedup_by(|record, above| {
        let is_same = record.again && record.id == above.id && above.lines.end + 2 >= record.lines.start;
        if is_same {
            above.lines.end = record.lines.end;
        }
        is_same
    });
    records.iter().for_each(|record| lines.take(record.lines.clone()));
    let mentions = mentioned::read(lines, MOST_RECORDS);
    let mut different = Different::default();
    records.into_iter().for_each(|record| different.add(record));
    mentions.into_iter().filter(|mention| !different.tells_of(mention)).collect::<Vec<_>>().into_iter().for_each(|mention| different.add(mention));
    different.proposals(cut)
}

/// Records that differ in id, source or description, with how often each occurs.
#[derive(Default)]
struct Different {
    records: Vec<(Record, usize)>,
    known: HashMap<(u32, Option<String>, Option<String>), usize>,
    ids: HashMap<u32, Vec<usize>>,
}

impl Different {
    fn add(&mut self, record: Record) {
        let source = record.source.as_deref().map(event_source::canonical);
        let next = self.records.len();
        let position = *self.known.entry((record.id, source, record.text.clone())).or_insert(next);
        match self.records.get_mut(position) {
            Some((_, times)) => *times += 1,
            None => {
                self.ids.entry(record.id).or_default().push(next);
                self.records.push((record, 1));
            }
        }
    }

    /// Whether a record has the id and the source of the mention; a mention without a source may mean any.
    fn tells_of(&self, mention: &Record) -> bool {
        let same = |source: &str, record: &Record| record.source.as_ref().is_some_and(|other| event_source::same(source, other));
        let of_that_id = self.ids.get(&mention.id).into_iter().flatten().filter_map(|position| self.records.get(*position));
        of_that_id.map(|(record, _)| record).any(|record| mention.source.as_deref().is_none_or(|source| same(source, record)))
    }

    fn proposals(mut self, cut: &mut Vec<String>) -> Vec<Proposal> {
        let more = self.records.len().saturating_sub(MOST_EVENTS);
        if more > 0 {
            cut.push(format!("Only the first {MOST_EVENTS} different events are shown; {more} more were left out."));
        }
        self.records.truncate(MOST_EVENTS);
        self.records.into_iter().map(|(record, times)| proposal(record, times)).collect()
    }
}

fn proposal(record: Record, times: usize) -> Proposal {
    let Record { id, source, text, lines, mut remarks, again: _ } = record;
    if times > 1 {
        remarks.push(format!("It occurs {times} times; its first record is shown."));
    }
    Proposal { item: Item::Event(Event { id: Some(id), source, text }), lines, remarks }
}

#[cfg(test)]
mod tests;
