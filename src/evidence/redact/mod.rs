//! Redaction: names of servers, accounts and addresses become placeholders; error texts, codes, versions and events stay readable.
//!
//! A [`Redactor`] first learns the names of one diagnosis and then replaces them, each by the same placeholder everywhere: `SERVER-1`,
//! `ACCOUNT-2`, numbered by first appearance. A name is learned from a list of machines, from its shape (mail addresses, `DOMAIN\user`, X.500 and X.400
//! names, SIDs, GUIDs, addresses of networks and network cards, hosts in a domain), or from what stands beside it (`Computer:`, `\\`, `server EX01`,
//! folders of users). A name that nothing marks as one cannot be known: whoever shares should look at what the link shows.
//!
//! A learned name is replaced wherever it stands as whole words, in any case, in its long form with a domain too. **Everyday words** are the exception: a
//! server may be called `MAIL` or `EXCHANGE`, an account `sales`. A name of fewer than three characters (four without a digit), a number, a
//! code, a level (`SP2`) or a word of ordinary error texts is replaced only where its surroundings show a name: behind `\\`, before a domain, behind a
//! label or the word for a machine if it is spelled as it was in the list, and in lists of machines and their source lines.
//!
//! Four numbers joined by dots are a version if one is above 255 or has leading zeros, if the ladder or a row knows them as a build, or if the word
//! "version", the name of a file or the like stands before them; otherwise they are an address.

mod accounts;
mod everyday;
mod find;
mod register;
mod shapes;

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

use accounts::free_words;
use find::{Finder, Found};
use register::{Kind, MOST_WORDS, Register, own_shape, words_of};

use crate::tree::fact::{Event, FactKey, Marks, Row, Rows, Statement, Value};
use crate::tree::ladder::{Build, Ladder};

/// The longest stretch of text that is compared with a name, in bytes.
const LONGEST_NAME: usize = 256;

/// How often a text is read at most. Two readings are usual: one that replaces, one that finds no more.
const MOST_READINGS: usize = 6;

/// Replaces the names that occur in one diagnosis. See the module for what is a name.
#[derive(Debug, Clone, Default)]
pub struct Redactor {
    register: Register,
    builds: HashSet<Build>,
}

impl Redactor {
    /// Learns the names in `statements`. `ladders` say which builds exist.
    #[must_use]
    pub fn of<'l>(statements: &[Statement], ladders: impl IntoIterator<Item = &'l Ladder>) -> Self {
        let builds = ladders.into_iter().flat_map(Ladder::levels).filter_map(|(_, _, release)| Build::parse(release.build.as_deref()?)).collect();
        let mut redactor = Self { register: Register::default(), builds };
        for statement in statements {
            let rows = rows_of(statement);
            redactor.builds.extend(rows.iter().flat_map(|row| row.build.iter().chain(row.files.values())).filter_map(|build| Build::parse(build)));
            texts_of(statement).for_each(|text| redactor.reserve(text));
        }
        // What is learned late may show an earlier word to be a name, so that everything is read twice.
        for statement in statements.iter().chain(statements) {
            redactor.learn(statement);
        }
        redactor
    }

    fn reserve(&mut self, text: &str) {
        for word in text.split(|letter: char| !letter.is_alphanumeric() && letter != '-').filter_map(own_shape) {
            self.register.reserve(&word);
        }
    }

    fn learn(&mut self, statement: &Statement) {
        let kind = machine_kind(&statement.key);
        for row in rows_of(statement) {
            if let Some(name) = &row.name {
                self.learn_machine(kind, name);
            }
            if let Some(site) = &row.site {
                self.register.add(Kind::Site, site);
            }
        }
        texts_of(statement).for_each(|text| self.learn_text(text));
    }

    /// A machine may be listed by its address or under a name that is no name of a machine.
    fn learn_machine(&mut self, kind: Kind, name: &str) {
        match self.whole(name) {
            Some((shape, _)) if !matches!(shape, Kind::Server | Kind::Domain) => self.register.add(shape, name),
            _ => self.register.add(kind, name),
        }
    }

    /// What a text is if it is one name and nothing else.
    fn whole(&self, text: &str) -> Option<(Kind, String)> {
        let trimmed = text.trim();
        let found = self.find(trimmed).into_iter().next().filter(|found| found.range == (0..trimmed.len()))?;
        found.name
    }

    fn learn_text(&mut self, text: &str) {
        let found = self.find(text);
        let covered: Vec<Range<usize>> = found.iter().map(|found| found.range.clone()).collect();
        for (kind, name) in found.into_iter().filter_map(|found| found.name) {
            if kind == Kind::Address
                && let Some((user, domain)) = name.rsplit_once('@')
            {
                self.register.hint(Kind::Account, user);
                self.register.add_domain(domain);
            }
            if kind == Kind::Domain {
                self.register.add_domain(&name);
            }
            self.register.add(kind, &name);
        }
        for name in self.hinted(text, &covered) {
            self.register.add(name.0, &name.1);
        }
    }

    /// Words that are known to be names and have no placeholder yet.
    fn hinted(&self, text: &str, covered: &[Range<usize>]) -> Vec<(Kind, String)> {
        let mut names = Vec::new();
        self.each_run(text, covered, |run| {
            let name = text.get(run).unwrap_or_default();
            let kind = self.register.hinted(name);
            names.extend(kind.map(|kind| (kind, name.to_owned())));
            kind.is_some()
        });
        names
    }

    fn find(&self, text: &str) -> Vec<Found> {
        Finder::find(text, &self.register, &|numbers| Build::parse(numbers).is_some_and(|build| self.builds.contains(&build)))
    }

    /// The text with placeholders for names. Redacting the result again changes nothing: what was replaced may show that a word beside it is a name,
    /// so the text is read until no more is found.
    #[must_use]
    pub fn text(&self, text: &str) -> String {
        let mut shown = self.replaced(text);
        for _ in 1..MOST_READINGS {
            let next = self.replaced(&shown);
            if next == shown {
                break;
            }
            shown = next;
        }
        shown
    }

    fn replaced(&self, text: &str) -> String {
        let found = self.find(text);
        let covered: Vec<Range<usize>> = found.iter().map(|found| found.range.clone()).collect();
        let mut replaced: Vec<(Range<usize>, Cow<'_, str>)> = Vec::new();
        for found in found {
            if let Some((kind, name)) = found.name {
                replaced.push((found.range, self.register.placeholder(kind, &name).into()));
            }
        }
        self.each_run(text, &covered, |run| {
            let placeholder = text.get(run.clone()).and_then(|name| self.register.bare(name));
            replaced.extend(placeholder.map(|placeholder| (run, placeholder.into())));
            placeholder.is_some()
        });
        replaced.sort_by_key(|(range, _)| range.start);
        with_replaced(text, &replaced)
    }

    /// Offers every run of words that may be a name, the longest first; words of a run that was taken are not offered again.
    fn each_run(&self, text: &str, covered: &[Range<usize>], mut is_taken: impl FnMut(Range<usize>) -> bool) {
        let words: Vec<(usize, Range<usize>)> = free_words(text, covered).collect();
        let mut at = 0;
        while let Some((passed, first)) = words.get(at) {
            let longest = self.register.longest().min(MOST_WORDS).min(words.len() - at);
            let taken = (1..=longest).rev().find(|count| {
                let Some((_, last)) = words.get(at + count - 1).filter(|(others, _)| others == passed) else { return false };
                let run = first.start..last.end;
                let is_one_line = run.len() <= LONGEST_NAME && text.get(run.clone()).is_some_and(|run| !run.contains('\n'));
                is_one_line && is_taken(run)
            });
            at += taken.unwrap_or(1);
        }
    }

    /// The statement with placeholders for names. Answers that an author worded, and numbers and codes, stay as they are.
    #[must_use]
    pub fn statement(&self, statement: &Statement) -> Statement {
        let names: Vec<&str> = rows_of(statement).iter().filter_map(|row| row.name.as_deref()).collect();
        let value = statement.value.as_ref().map(|value| self.value(value));
        let line = statement.line.as_ref().map(|line| self.text(&self.with_machines(line, &names)));
        Statement { key: statement.key.clone(), value, source: statement.source, line }
    }

    fn value(&self, value: &Value) -> Value {
        match value {
            Value::Messages(messages) => Value::Messages(messages.iter().map(|message| self.text(message)).collect()),
            Value::Events(events) => Value::Events(events.iter().map(|event| self.event(event)).collect()),
            Value::Rows(rows) => Value::Rows(Rows { rows: rows.rows.iter().map(|row| self.row(row)).collect(), more: rows.more }),
            Value::Subject(row) => Value::Subject(Box::new(self.row(row))),
            Value::Text(text) => Value::Text(self.text(text)),
            Value::Codes(_) | Value::Choice(_) | Value::Choices(_) | Value::YesNo(_) | Value::Number(_) | Value::Code(_) => value.clone(),
        }
    }

    fn event(&self, event: &Event) -> Event {
        Event { id: event.id, source: event.source.clone(), text: event.text.as_ref().map(|text| self.text(text)) }
    }

    fn row(&self, row: &Row) -> Row {
        let marks = |marks: &Marks| Marks { stated: marks.stated.iter().map(|mark| self.text(mark)).collect(), ..marks.clone() };
        let text = |text: &Option<String>| text.as_ref().map(|text| self.text(text));
        Row {
            name: row.name.as_ref().map(|name| self.machine(name)),
            site: row.site.as_ref().map(|site| self.register.placeholder(Kind::Site, site)),
            os: text(&row.os),
            platform: text(&row.platform),
            edition: text(&row.edition),
            language: text(&row.language),
            roles: marks(&row.roles),
            history: marks(&row.history),
            ..row.clone()
        }
    }

    fn machine(&self, name: &str) -> String {
        match self.whole(name) {
            Some((shape, _)) if !matches!(shape, Kind::Server | Kind::Domain) => self.register.placeholder(shape, name),
            _ => self.register.placeholder(Kind::Server, name),
        }
    }

    /// The source lines of a list with its machines replaced, everyday words or not, where they are written as in the list.
    fn with_machines(&self, lines: &str, names: &[&str]) -> String {
        let everyday: HashSet<&str> = names.iter().copied().filter(|name| self.register.is_spelled_out(name)).collect();
        let words = words_of(lines).filter_map(|word| {
            let name = lines.get(word.clone()).filter(|name| everyday.contains(name))?;
            Some((word, self.register.placeholder(Kind::Server, name).into()))
        });
        with_replaced(lines, &words.collect::<Vec<_>>())
    }
}

fn with_replaced(text: &str, replaced: &[(Range<usize>, Cow<'_, str>)]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for (range, placeholder) in replaced {
        out.push_str(text.get(from..range.start).unwrap_or_default());
        out.push_str(placeholder);
        from = range.end;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}

fn machine_kind(key: &FactKey) -> Kind {
    if key.as_str() == "clients" { Kind::Client } else { Kind::Server }
}

fn rows_of(statement: &Statement) -> &[Row] {
    match &statement.value {
        Some(Value::Rows(rows)) => &rows.rows,
        Some(Value::Subject(row)) => std::slice::from_ref(row),
        _ => &[],
    }
}

/// Every text of a statement in which names may stand.
fn texts_of(statement: &Statement) -> impl Iterator<Item = &str> {
    let mut texts: Vec<&str> = Vec::new();
    match &statement.value {
        Some(Value::Messages(messages)) => texts.extend(messages.iter().map(String::as_str)),
        Some(Value::Events(events)) => texts.extend(events.iter().filter_map(|event| event.text.as_deref())),
        Some(Value::Text(text)) => texts.push(text),
        _ => {}
    }
    for row in rows_of(statement) {
        texts.extend([&row.name, &row.os, &row.platform, &row.edition, &row.language].into_iter().flatten().map(String::as_str));
        texts.extend([&row.roles, &row.history].into_iter().flat_map(|marks| marks.stated.iter().map(String::as_str)));
    }
    texts.extend(statement.line.as_deref());
    texts.into_iter()
}

#[cfg(test)]
mod tests;
