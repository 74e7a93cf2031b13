//! The events of a log as a reading: equal ones once, the newest first, and what was left out in sentences.

use std::collections::HashMap;

use crate::evidence::{Item, Proposal, Reading};
use crate::tree::fact::Event;

use super::MOST_READ;
use super::evtx::{LoggedEvent, Summary};

/// Most different events that are proposed. Nobody confirms more.
const MOST_PROPOSED: usize = 200;

/// The events of one log file.
#[derive(Debug, Default)]
pub(super) struct Log {
    /// The newest different events, with the records that are equal.
    events: Vec<Repeated>,
    /// Places in `events` by source, number and text.
    places: HashMap<(String, u32, String), usize>,
    /// Records of events that are no longer among the newest.
    others: usize,
    summary: Summary,
}

#[derive(Debug)]
struct Repeated {
    newest: LoggedEvent,
    records: usize,
    oldest_time: String,
}

impl Log {
    /// Takes the next event; they come newest first.
    pub(super) fn add(&mut self, event: LoggedEvent) {
        let key = (event.source.clone(), event.id, event.text.clone());
        if let Some(repeated) = self.places.get(&key).and_then(|place| self.events.get_mut(*place)) {
            repeated.records += 1;
            repeated.oldest_time = event.time;
        } else if self.events.len() < MOST_PROPOSED {
            self.places.insert(key, self.events.len());
            self.events.push(Repeated { oldest_time: event.time.clone(), newest: event, records: 1 });
        } else {
            self.others += 1;
        }
    }

    /// Notes what the file held besides its events.
    pub(super) fn ended(self, summary: Summary) -> Self {
        Self { summary, ..self }
    }

    /// Whether nothing in the file could be read although something is there.
    pub(super) fn is_only_damage(&self) -> bool {
        self.summary.records == 0 && self.summary.damaged > 0
    }

    /// The events as proposals, one line each.
    pub(super) fn into_reading(self) -> Reading {
        let cut = self.left_out();
        let mut reading = Reading { cut, ..Reading::default() };
        for (place, repeated) in self.events.into_iter().enumerate() {
            reading.lines.push(repeated.newest.line());
            reading.proposals.push(Proposal { remarks: repeated.remarks(), item: Item::Event(repeated.event()), lines: place..place + 1 });
        }
        reading
    }

    fn left_out(&self) -> Vec<String> {
        let Summary { records, information, damaged, more } = self.summary;
        let sentences = [
            (records == 0).then(|| "The file holds no events.".to_owned()),
            (information > 0).then(|| format!("{} left out.", counted(information, "informational event was", "informational events were"))),
            more.then(|| format!("The file holds more: only the newest {} critical events, errors and warnings were read.", MOST_READ.events)),
            (self.others > 0).then(|| {
                format!(
                    "Only the newest {MOST_PROPOSED} different events are listed; {} left out.",
                    counted(self.others, "older record was", "older records were")
                )
            }),
            (damaged > 0).then(|| format!("{} damaged and could not be read.", counted(damaged, "part of the file is", "parts of the file are"))),
        ];
        sentences.into_iter().flatten().collect()
    }
}

impl Repeated {
    fn event(self) -> Event {
        let LoggedEvent { id, source, text, .. } = self.newest;
        Event { id: Some(id), source: Some(source), text: Some(text).filter(|text| !text.is_empty()) }
    }

    fn remarks(&self) -> Vec<String> {
        let LoggedEvent { computer, text, whole_sentence, cut, .. } = &self.newest;
        let remarks = [
            (self.records > 1).then(|| format!("It is in the log {} times, the oldest is of {}.", self.records, self.oldest_time)),
            (!computer.is_empty()).then(|| format!("Logged on {computer}.")),
            (!whole_sentence && !text.is_empty()).then(|| "The event file holds only the record's values, not its sentence.".to_owned()),
            cut.then(|| "Its text is longer; this is the beginning.".to_owned()),
        ];
        remarks.into_iter().flatten().collect()
    }
}

fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
