//! The form of facts as it was sent: read back, reshaped, and made statements of.

use super::super::{EventFields, Origin, Pressed, Table};
use super::{Entry, FactForm, MOST_SHOWN, carried};
use crate::evidence::{Item, Proposal, Reading};
use crate::tree::answer::{self, MAX_TEXT, check_rows};
use crate::tree::fact::{Row, Rows, Source, Statement, Value};
use crate::tree::ladder::{Found, Ladder, Ladders};
use crate::web::{Failure, FieldErrors, Fields};

impl FactForm {
    /// The form as it was sent, without the fact whose "Remove" was pressed. Statements in the hidden field `facts` alone make a form too.
    ///
    /// # Errors
    /// A field was sent twice, or what the page keeps in hidden fields came back changed.
    pub fn sent(fields: &Fields, ladders: &Ladders) -> Result<Self, Failure> {
        let unseen = carried::read(fields.get("facts")?.unwrap_or_default(), ladders)?;
        let told_as = fields.get("told-as")?.and_then(|word| word.parse().ok()).filter(|source| *source != Source::Asked);
        let Some(source) = told_as else {
            // Without fields of its own the hidden one says who made the statements.
            let source = unseen.first().map_or(Source::Confirmed, |statement| statement.source);
            return Ok(Self::of_statements(&unseen, source, ladders));
        };
        let mut form = Self::empty(source, ladders);
        form.messages = entries(fields, "message", |fields, number| Ok(fields.get(&format!("message-{number}"))?.map(|text| text.replace("\r\n", "\n"))))?;
        form.events = entries(fields, "event", |fields, number| EventFields::sent(fields, "event-", number))?;
        form.codes = entries(fields, "code", |fields, number| Ok(fields.get(&format!("code-{number}"))?.map(|text| text.trim().to_owned())))?;
        form.servers = Table::of_servers(ladders).filled(fields)?;
        if let Some(unread) = fields.get("unread")?.filter(|unread| !unread.is_empty()) {
            form.unread =
                serde_json::from_str(unread).map_err(|_| Failure::bad_input("The form came back changed. Go back, reload the page and send it again."))?;
        }
        unseen.iter().for_each(|statement| form.add(statement));
        form.drop_descriptions();
        Ok(form)
    }

    /// What was pressed.
    ///
    /// # Errors
    /// Several buttons at once.
    pub fn pressed(fields: &Fields) -> Result<Pressed, Failure> {
        let reshapes = fields.get("do")?.is_some() || fields.get("remove")?.is_some();
        Ok(if reshapes { Pressed::Reshape } else { Pressed::Continue })
    }

    /// The statements that the form makes, at most one for each fact.
    ///
    /// # Errors
    /// What must change, at the id of its control.
    pub fn statements(&self, ladders: &Ladders) -> Result<Vec<Statement>, FieldErrors> {
        let mut statements = self.with_servers(ladders)?;
        statements.extend(self.others.iter().cloned());
        Ok(statements)
    }

    /// The statements on messages, events and codes.
    pub(super) fn list_statements(&self) -> Result<Vec<Statement>, FieldErrors> {
        let mut errors = FieldErrors::default();
        let mut stated = Stated::default();
        self.state_lists(&mut stated, &mut errors);
        if errors.is_empty() { Ok(stated.0.statements(self.source)) } else { Err(errors) }
    }

    fn with_servers(&self, ladders: &Ladders) -> Result<Vec<Statement>, FieldErrors> {
        let mut errors = FieldErrors::default();
        let mut stated = Stated::default();
        self.state_lists(&mut stated, &mut errors);
        match self.server_rows(ladders) {
            Ok(rows) => rows.iter().for_each(|(row, origin)| stated.add(Item::Server(Box::new(row.clone())), origin)),
            Err(found) => found.iter().for_each(|error| errors.add(&error.field, &error.text)),
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        let mut statements = stated.0.statements(self.source);
        for statement in &mut statements {
            if let Some(Value::Rows(rows)) = &mut statement.value {
                rows.more = self.servers.more;
            }
        }
        Ok(statements)
    }

    fn state_lists(&self, stated: &mut Stated, errors: &mut FieldErrors) {
        let total: usize = self.messages.iter().map(|message| message.typed.len()).sum();
        if total > MAX_TEXT {
            errors.add(
                "message-1",
                format!("The messages have {} KiB together; {} KiB is the limit. Keep the parts that show the error.", total.div_ceil(1024), MAX_TEXT / 1024),
            );
        }
        for (number, entry) in numbered(&self.messages).filter(|(_, entry)| !entry.typed.trim().is_empty()) {
            stated.add(Item::Message(entry.typed.clone()), &entry.origin);
            if total <= MAX_TEXT
                && let Err(problem) = answer::checked_text(entry.typed.clone())
            {
                errors.add(format!("message-{number}"), problem.message);
            }
        }
        for (number, entry) in numbered(&self.events).filter(|(_, entry)| !entry.typed.is_blank()) {
            if let Some(event) = entry.typed.read("event-", number, errors) {
                stated.add(Item::Event(event), &entry.origin);
            }
        }
        for (number, entry) in numbered(&self.codes).filter(|(_, entry)| !entry.typed.is_empty()) {
            match answer::code(&entry.typed) {
                Ok(code) => stated.add(Item::Code(code), &entry.origin),
                Err(problem) => errors.add(format!("code-{number}"), problem.message),
            }
        }
    }

    /// The servers with where they were read. What the table has no columns for stays as it was read.
    fn server_rows(&self, ladders: &Ladders) -> Result<Vec<(Row, Origin)>, FieldErrors> {
        let typed = self.servers.read()?;
        if typed.rows.is_empty() {
            return Ok(Vec::new());
        }
        let origins: Vec<Origin> = self.servers.rows.iter().filter(|cells| !cells.is_blank()).map(|cells| cells.origin.clone()).collect();
        let rows: Vec<Row> = typed.rows.into_iter().zip(&origins).map(|(row, origin)| completed(row, origin)).collect();
        let ladder = ladder_for(&rows, ladders).map_or("", Ladder::key);
        let checked = check_rows(Rows { rows, more: self.servers.more }, ladders, ladder).map_err(|problems| self.servers.errors(problems))?;
        Ok(checked.rows.into_iter().zip(origins).collect())
    }
}

/// The entries `name-1`, `name-2` and so on, each with its origin, but without one that is to be removed.
fn entries<T>(fields: &Fields, name: &str, read: impl Fn(&Fields, usize) -> Result<Option<T>, Failure>) -> Result<Vec<Entry<T>>, Failure> {
    let removed = fields.get("remove")?;
    let mut entries = Vec::new();
    for number in 1..=MOST_SHOWN {
        let Some(typed) = read(fields, number)? else { break };
        let origin = Origin::sent(fields.get(&format!("{name}-origin-{number}"))?.unwrap_or_default())?;
        if removed != Some(&format!("{name}-{number}")) {
            entries.push(Entry { typed, origin });
        }
    }
    Ok(entries)
}

fn numbered<T>(entries: &[Entry<T>]) -> impl Iterator<Item = (usize, &Entry<T>)> {
    (1..).zip(entries)
}

/// The row as typed, with everything of the row as read that the table does not show.
fn completed(typed: Row, origin: &Origin) -> Row {
    match origin.row() {
        Some(read) => Row { name: typed.name, level: typed.level, build: typed.build, site: typed.site, os: typed.os, ..read.clone() },
        None => typed,
    }
}

/// The product's ladder that knows the levels of the most rows.
fn ladder_for<'a>(rows: &[Row], ladders: &'a Ladders) -> Option<&'a Ladder> {
    let knows = |ladder: &Ladder| {
        let levels = rows.iter().filter_map(|row| row.level.as_deref());
        levels.filter(|level| matches!(ladder.find(level), Ok(Found::Level(_)))).count()
    };
    // Of equals `max_by_key` takes the last.
    ladders.products().into_iter().rev().max_by_key(|ladder| knows(ladder)).map(AsRef::as_ref)
}

/// Facts on their way to statements, as a reading whose lines are those that the facts keep.
#[derive(Default)]
struct Stated(Reading);

impl Stated {
    fn add(&mut self, item: Item, origin: &Origin) {
        let at = self.0.lines.len();
        self.0.lines.push(origin.line_of(&item).to_owned());
        self.0.proposals.push(Proposal { item, lines: at..at + 1, remarks: Vec::new() });
    }
}
