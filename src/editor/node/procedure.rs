//! A procedure in the form of its outcome.

use super::super::form::targets::key_from;
use super::super::form::{Reader, Typed, word_of};
use super::{fill_command, read_command};
use crate::tree::model::{Procedure, Step};
use crate::tree::wording::Room;

pub fn fill(procedure: &Procedure) -> Typed {
    let steps = procedure.steps.iter().map(|step| {
        let row = Typed::default().with("title", &step.title).with_optional("text", step.text.as_deref());
        fill_command(row, step.command.as_ref())
    });
    Typed::default()
        .with("key", &procedure.key)
        .with("title", &procedure.title)
        .with("applies", &procedure.applies)
        .with("risk", word_of(&procedure.risk))
        .with("minutes", procedure.minutes.to_string())
        .with("per", word_of(&procedure.per))
        .with("rights", &procedure.rights)
        .with_rows("step", steps)
        .with("verify", &procedure.verify)
        .with("way_back", &procedure.way_back)
}

pub fn read(row: &mut Reader<'_>) -> Option<Procedure> {
    let title = row.wording("title", Room::Line);
    // Ticks of visitors hang on the key, so it stays when the title changes; a new procedure gets one from its title.
    let key = row.optional_line("key").unwrap_or_else(|| key_from(&title));
    let applies = row.optional_wording("applies", Room::Markdown).unwrap_or_else(|| "Always.".to_owned());
    let risk = row.word("risk");
    let minutes = row.number("minutes", "Write whole minutes, such as 45.");
    if row.line("minutes").is_empty() {
        row.refuse("minutes", "Write about how many minutes it takes.");
    }
    let per = row.word("per");
    let rights = row.optional_wording("rights", Room::Line).unwrap_or_else(|| "None.".to_owned());
    let steps = row.rows("step", |step| {
        let (title, text) = (step.wording("title", Room::Line), step.optional_wording("text", Room::Markdown));
        Some(Step { title, text, command: read_command(step) })
    });
    let (verify, way_back) = (row.wording("verify", Room::Markdown), row.wording("way_back", Room::Markdown));
    Some(Procedure { key, title, applies, risk: risk?, minutes: minutes?, per: per?, rights, steps, verify, way_back })
}
