//! What is pasted, typed and uploaded on the start page, read into one form of facts.

use super::Desk;
use crate::evidence::{self, Reading};
use crate::form::FactForm;
use crate::intake::Refused;
use crate::tree::answer::{MAX_CELL, MAX_TEXT};
use crate::tree::fact::Event;
use crate::web::upload::File;
use crate::web::{Failure, FieldErrors, Fields, Upload};

/// What was typed into the form of the start page.
#[derive(Debug, Clone, Default)]
pub struct Pasted {
    /// The text.
    pub evidence: String,
    /// The event's number, as typed.
    pub event_id: String,
    /// The event's source.
    pub event_source: String,
}

impl Pasted {
    /// What a form sent.
    ///
    /// # Errors
    /// A field was sent twice.
    pub fn sent(fields: &Fields) -> Result<Self, Failure> {
        let field = |name: &str| Ok::<_, Failure>(fields.get(name)?.unwrap_or_default().replace("\r\n", "\n"));
        Ok(Self { evidence: field("evidence")?, event_id: field("event-id")?, event_source: field("event-source")? })
    }

    /// The facts in it.
    ///
    /// # Errors
    /// What must change, at the id of its control.
    pub fn read(&self, desk: &Desk) -> Result<FactForm, FieldErrors> {
        self.read_with(desk, Vec::new())
    }

    fn read_with(&self, desk: &Desk, files: Vec<(Option<String>, Reading)>) -> Result<FactForm, FieldErrors> {
        let catalog = desk.visits.shelf.catalog();
        let event = self.check(!files.is_empty())?;
        let pasted = (None, evidence::read(&self.evidence, catalog.ladders()));
        let readings: Vec<_> = std::iter::once(pasted).chain(files).collect();
        let mut form = FactForm::of_readings(&readings, catalog.ladders());
        if let Some(event) = event {
            form.add_event(event);
        }
        Ok(form)
    }

    /// The event that was typed, if the form can be taken.
    fn check(&self, has_files: bool) -> Result<Option<Event>, FieldErrors> {
        let mut errors = FieldErrors::default();
        let (digits, source) = (self.event_id.trim(), self.event_source.trim());
        let id = if digits.is_empty() { None } else { digits.parse::<u32>().ok() };
        if !digits.is_empty() && id.is_none() {
            errors.add("event-id", "Enter the event's number in digits, such as 2037.");
        }
        if self.evidence.len() > MAX_TEXT {
            errors.add(
                "evidence",
                format!("The text has {} KiB; {} KiB is the limit. Keep the part that shows the error.", self.evidence.len().div_ceil(1024), MAX_TEXT / 1024),
            );
        }
        if source.chars().count() > MAX_CELL {
            errors.add("event-source", format!("The source has more than {MAX_CELL} characters. Give the name of the program that logged the event."));
        }
        if self.evidence.trim().is_empty() && digits.is_empty() && source.is_empty() && !has_files {
            errors.add("evidence", "Paste the text of the message or event, choose a file, or choose a guide below.");
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        let source = Some(source.to_owned()).filter(|source| !source.is_empty());
        Ok((id.is_some() || source.is_some()).then_some(Event { id, source, text: None }))
    }
}

/// Reads everything that was sent.
///
/// # Errors
/// What must change, at the id of its control; the files are not kept then, as a browser does not send a choice of files back.
pub async fn read(desk: &Desk, pasted: &Pasted, upload: Upload) -> Result<FactForm, FieldErrors> {
    let mut errors = FieldErrors::default();
    let mut readings = Vec::new();
    for file in upload.files {
        let name = file.name.clone();
        match read_file(desk, file).await {
            Ok(reading) => readings.push((Some(name), reading)),
            Err(refused) => {
                if let Refused::Fault(fault) = &refused {
                    tracing::error!(%fault, "an uploaded file could not be read");
                }
                errors.add("file", format!("{name}: {refused}"));
            }
        }
    }
    match pasted.read_with(desk, readings) {
        Ok(form) if errors.is_empty() => Ok(form),
        Ok(_) => Err(errors),
        Err(found) => {
            // An empty form is no second mistake beside a refused file.
            let is_news = |field: &str| errors.is_empty() || field != "evidence" || !pasted.evidence.is_empty();
            let mut all = FieldErrors::default();
            found.iter().filter(|error| is_news(&error.field)).chain(errors.iter()).for_each(|error| all.add(&error.field, &error.text));
            Err(all)
        }
    }
}

async fn read_file(desk: &Desk, file: File) -> Result<Reading, Refused> {
    desk.intake.read_file(&file.name, file.bytes, desk.visits.shelf.catalog().ladders()).await
}
