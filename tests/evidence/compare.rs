//! What a reading lacks, has otherwise, or has invented, measured against what is expected. The README says what each of the three means.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use fixpath::evidence::{Item, Proposal, Reading};
use fixpath::tree::code::Code;
use fixpath::tree::event_source;
use fixpath::tree::fact::{Event, Row};
use fixpath::tree::ladder::Build;

use crate::table::{Expect, ExpectedEvent, ExpectedText};

/// Two texts that share this many words in a row speak of the same thing.
const RUN: usize = 4;

/// How a reading differs from what is expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Expected and not read.
    Missing,
    /// Read, but cut, merged or completed otherwise than expected.
    Wrong,
    /// Read, but the paste does not say it.
    Invented,
}

/// One difference.
#[derive(Debug, PartialEq, Eq)]
pub struct Difference {
    pub kind: Kind,
    pub what: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", format!("{:?}", self.kind).to_lowercase(), self.what)
    }
}

/// Every difference; empty if the reading is right.
pub fn differences(reading: &Reading, expect: &Expect) -> Vec<Difference> {
    let mut found = Differences::default();
    let (mut messages, mut events, mut codes, mut servers) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for proposal in &reading.proposals {
        match &proposal.item {
            Item::Message(text) => messages.push(text.as_str()),
            Item::Event(event) => events.push(event),
            Item::Code(code) => codes.push(code),
            Item::Server(row) => servers.push((row.as_ref(), proposal)),
        }
    }
    found.messages(&messages, expect);
    found.events(&events, &expect.events);
    found.codes(&codes, expect);
    found.servers(&servers, expect);
    found.not_understood(reading, expect);
    found.0
}

/// The text in which texts are compared: one blank for every run of white space, without quotes around it or dots of a cut at its end.
pub fn normal(text: &str) -> String {
    let blanks = text.split_whitespace().collect::<Vec<_>>().join(" ");
    blanks.trim_matches(['"', '\u{201c}', '\u{201d}']).trim_end_matches("...").trim_end_matches('\u{2026}').trim().to_owned()
}

#[derive(Default)]
struct Differences(Vec<Difference>);

impl Differences {
    fn add(&mut self, kind: Kind, what: impl Into<String>) {
        self.0.push(Difference { kind, what: what.into() });
    }

    fn messages(&mut self, actual: &[&str], expect: &Expect) {
        let mut open: Vec<&ExpectedText> = expect.messages.iter().collect();
        for text in actual {
            let text = normal(text);
            let is_it = |expected: &&ExpectedText| expected.all().any(|expected| normal(expected) == text);
            if let Some(at) = open.iter().position(is_it) {
                open.remove(at);
            } else if !expect.messages_allowed.iter().any(|allowed| is_it(&allowed)) {
                let kind = if expected_texts(expect).any(|expected| related(&text, &normal(expected))) { Kind::Wrong } else { Kind::Invented };
                self.add(kind, format!("message \"{text}\""));
            }
        }
        for expected in open {
            self.add(Kind::Missing, format!("message \"{}\"", expected.text));
        }
    }

    fn events(&mut self, actual: &[&Event], expected: &[ExpectedEvent]) {
        let mut open: Vec<&ExpectedEvent> = expected.iter().collect();
        for event in actual {
            if let Some(at) = open.iter().position(|expected| is_event(event, expected)) {
                open.remove(at);
            } else {
                let is_part =
                    |expected: &ExpectedEvent| event.id.is_none_or(|id| id == expected.id) && (event.source.is_none() || same_source(event, expected));
                let kind = if expected.iter().any(is_part) { Kind::Wrong } else { Kind::Invented };
                self.add(kind, format!("event {event:?}"));
            }
        }
        for expected in open {
            self.add(Kind::Missing, format!("event {} from {:?}: \"{}\"", expected.id, expected.source, expected.text));
        }
    }

    fn codes(&mut self, actual: &[&Code], expect: &Expect) {
        for code in actual {
            if !expect.codes.iter().chain(&expect.codes_allowed).any(|expected| expected.matches(code)) {
                self.add(Kind::Invented, format!("code {code}"));
            }
        }
        for expected in &expect.codes {
            if !actual.iter().any(|code| code.matches(expected)) {
                self.add(Kind::Missing, format!("code {expected}"));
            }
        }
    }

    fn servers(&mut self, actual: &[(&Row, &Proposal)], expect: &Expect) {
        let mut open: Vec<_> = expect.servers.iter().collect();
        for (row, proposal) in actual {
            let shown = row.name.as_deref().unwrap_or("without a name");
            let Some(at) = open.iter().position(|expected| lower(expected.name.as_deref()) == lower(row.name.as_deref())) else {
                let is_again = expect.servers.iter().any(|expected| lower(expected.name.as_deref()) == lower(row.name.as_deref()));
                self.add(if is_again { Kind::Wrong } else { Kind::Invented }, format!("server {shown} {:?}", cells(row)));
                continue;
            };
            let expected = open.remove(at);
            let (must, may, is) = (cells(&expected.row()), cells(&expected.allowed), cells(row));
            for (cell, value) in must.difference(&is) {
                self.add(Kind::Missing, format!("server {shown}: {cell} {value}"));
            }
            for (cell, value) in is.iter().filter(|cell| !must.contains(cell) && !may.contains(cell)) {
                self.add(Kind::Invented, format!("server {shown}: {cell} {value}"));
            }
            for remark in expected.remarks.iter().filter(|remark| !proposal.remarks.iter().any(|said| said.contains(remark.as_str()))) {
                self.add(Kind::Missing, format!("server {shown}: a remark with \"{remark}\""));
            }
        }
        for expected in open {
            self.add(Kind::Missing, format!("server {:?} {:?}", expected.name, cells(&expected.row())));
        }
    }

    fn not_understood(&mut self, reading: &Reading, expect: &Expect) {
        let lines: Vec<&String> = reading.not_understood.iter().filter_map(|range| reading.lines.get(range.clone())).flatten().collect();
        for part in expect.not_understood.iter().filter(|part| !lines.iter().any(|line| line.contains(part.as_str()))) {
            self.add(Kind::Missing, format!("the line with \"{part}\" among those not understood"));
        }
    }
}

/// Every text of a dialog or of a description that the paste holds.
fn expected_texts(expect: &Expect) -> impl Iterator<Item = &str> {
    let messages = expect.messages.iter().chain(&expect.messages_allowed).flat_map(ExpectedText::all);
    messages.chain(expect.events.iter().flat_map(ExpectedEvent::texts)).filter(|text| !text.is_empty())
}

/// Whether one holds the other, or both hold the same words in a row.
fn related(one: &str, other: &str) -> bool {
    let runs = |text: &str| -> BTreeSet<Vec<String>> { text.split(' ').map(str::to_owned).collect::<Vec<_>>().windows(RUN).map(<[String]>::to_vec).collect() };
    one.contains(other) || other.contains(one) || !runs(one).is_disjoint(&runs(other))
}

fn is_event(event: &Event, expected: &ExpectedEvent) -> bool {
    let text = normal(event.text.as_deref().unwrap_or_default());
    event.id == Some(expected.id) && same_source(event, expected) && expected.texts().any(|expected| normal(expected) == text)
}

fn same_source(event: &Event, expected: &ExpectedEvent) -> bool {
    match (&event.source, &expected.source) {
        (Some(one), Some(other)) => event_source::same(one, other),
        (one, other) => one.is_none() && other.is_none(),
    }
}

fn lower(text: Option<&str>) -> Option<String> {
    text.map(str::to_lowercase)
}

/// What a row says besides its name, cell by cell, in a form in which spellings meet: builds by number, sites by the last part of their path.
fn cells(row: &Row) -> BTreeSet<(&'static str, String)> {
    let mut cells = BTreeSet::new();
    let number = |build: &str| Build::parse(build).map_or_else(|| build.to_owned(), |build| build.to_string());
    let site = row.site.as_deref().map(|site| site.rsplit('/').next().unwrap_or(site).to_owned());
    let single = [("level", &row.level), ("site", &site), ("os", &row.os), ("platform", &row.platform), ("edition", &row.edition), ("language", &row.language)];
    cells.extend(single.into_iter().filter_map(|(cell, value)| Some((cell, value.as_deref()?.to_lowercase()))));
    cells.extend(row.build.as_deref().map(|build| ("build", number(build))));
    for (cell, marks) in [("roles", &row.roles), ("hotfixes", &row.hotfixes), ("history", &row.history)] {
        cells.extend(marks.stated.iter().chain(&marks.offered).map(|mark| (cell, mark.to_lowercase())));
    }
    let pairs =
        |map: &BTreeMap<String, String>| -> Vec<String> { map.iter().map(|(key, value)| format!("{} {}", key.to_lowercase(), number(value))).collect() };
    cells.extend(pairs(&row.files).into_iter().map(|file| ("files", file)));
    cells.extend(pairs(&row.components).into_iter().map(|component| ("components", component)));
    cells
}

#[cfg(test)]
mod tests;
