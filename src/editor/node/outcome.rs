//! The form of an outcome.

use super::super::form::{Reader, Targets, Typed, word_of};
use super::procedure;
use crate::tree::model::{Outcome, Reference};
use crate::tree::wording::Room;

pub fn fill(typed: Typed, title: &str, outcome: &Outcome) -> Typed {
    let references =
        outcome.references.iter().map(|reference| Typed::default().with("article", &reference.article).with_optional("title", reference.title.as_deref()));
    // Where there is something to do, the form begins with the place to write it.
    let first = (outcome.procedures.is_empty() && outcome.verdict.has_remedy()).then(procedure::empty);
    typed
        .with("verdict", word_of(&outcome.verdict))
        // A headline that says the same follows the title.
        .with("headline", if outcome.headline == title { "" } else { &outcome.headline })
        .with("cause", &outcome.cause)
        .with_rows("reference", references)
        .with_optional("did_not_help", outcome.did_not_help.as_deref())
        .with_rows("procedure", outcome.procedures.iter().map(procedure::fill).chain(first))
}

pub fn read(reader: &mut Reader<'_>, title: &str, targets: &mut Targets<'_>) -> Option<Outcome> {
    let verdict = reader.word("verdict");
    let headline = reader.optional_wording("headline", Room::Line).unwrap_or_else(|| title.to_owned());
    let cause = reader.wording("cause", Room::Markdown);
    let procedures = reader.rows("procedure", procedure::read);
    let references = reader.rows("reference", |row| {
        let article = row.line("article");
        if article.is_empty() {
            row.refuse("article", "Write the article's number, such as Q247773.");
        }
        Some(Reference { article, title: row.optional_line("title") })
    });
    let did_not_help = if reader.line("did_not_help").is_empty() { None } else { Some(reader.target("did_not_help", targets)) };
    Some(Outcome { verdict: verdict?, headline, cause, procedures, references, did_not_help })
}
