//! What differs in an outcome.

use super::Titles;
use crate::tree::model::{Outcome, Procedure};

/// Compares two states of the outcome called `title`.
pub(super) fn sentences(title: &str, old: &Outcome, new: &Outcome, titles: &Titles<'_>) -> Vec<String> {
    let mut said = Vec::new();
    if old.verdict != new.verdict {
        said.push(format!("The verdict of “{title}” is now “{}” instead of “{}”", new.verdict.as_str(), old.verdict.as_str()));
    }
    let changed = [("headline", old.headline != new.headline), ("cause", old.cause != new.cause), ("references", old.references != new.references)];
    said.extend(changed.into_iter().filter(|(_, differs)| *differs).map(|(field, _)| format!("Changed the {field} of “{title}”")));
    for procedure in &new.procedures {
        match old.procedures.iter().find(|before| before.key == procedure.key) {
            None => said.push(format!("Added the procedure “{}” to “{title}”", procedure.title)),
            Some(before) => said.extend(procedure_sentences(title, before, procedure)),
        }
    }
    for procedure in old.procedures.iter().filter(|procedure| new.procedures.iter().all(|after| after.key != procedure.key)) {
        said.push(format!("Removed the procedure “{}” from “{title}”", procedure.title));
    }
    if super::moved(old.procedures.iter().map(|procedure| &procedure.key), new.procedures.iter().map(|procedure| &procedure.key)) {
        said.push(format!("Changed the order of the procedures of “{title}”"));
    }
    if old.did_not_help != new.did_not_help {
        let target = new.did_not_help.as_deref().map_or_else(|| "the hand-over".to_owned(), |target| titles.of_target(target));
        said.push(format!("“Did not help” of “{title}” now leads to {target}"));
    }
    said
}

fn procedure_sentences(title: &str, old: &Procedure, new: &Procedure) -> Vec<String> {
    let mut said = Vec::new();
    if old.title != new.title {
        said.push(format!("Renamed the procedure “{}” of “{title}” to “{}”", old.title, new.title));
    }
    let changed = [
        ("words on when to choose", old.applies != new.applies),
        ("risk", old.risk != new.risk),
        ("time", (old.minutes, old.per) != (new.minutes, new.per)),
        ("rights", old.rights != new.rights),
        ("steps", old.steps != new.steps),
        ("way to verify", old.verify != new.verify),
        ("way back", old.way_back != new.way_back),
    ];
    said.extend(
        changed.into_iter().filter(|(_, differs)| *differs).map(|(field, _)| format!("Changed the {field} of the procedure “{}” of “{title}”", new.title)),
    );
    said
}
