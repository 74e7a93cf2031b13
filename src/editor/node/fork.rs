//! Branches in a form, with `otherwise`, `unknown` and the findings that the author means.

use super::super::form::{Reader, Targets, Typed, word_of};
use crate::tree::condition::Condition;
use crate::tree::model::{Branch, Fork, Meant};

pub fn fill(typed: Typed, fork: &Fork) -> Typed {
    let branches = fork.branches.iter().enumerate().map(|(index, branch)| {
        let row = Typed::default().with("when", branch.when.to_string()).with_optional("label", branch.label.as_deref()).with("to", &branch.to);
        // Which stored branch the row is, wherever it is moved to.
        row.with("was", (index + 1).to_string())
    });
    let typed = typed.with_rows("branch", branches).with("otherwise", &fork.otherwise).with("unknown", &fork.unknown);
    typed.with_ticks("meant", fork.meant.iter().map(word_of))
}

pub fn read(reader: &mut Reader<'_>, before: &Fork, targets: &mut Targets<'_>) -> Fork {
    let branches = reader.rows("branch", |row| {
        let when = condition(row);
        let (label, to) = (row.optional_line("label"), row.target("to", targets));
        Some(Branch { when: when?, label, to })
    });
    let (otherwise, unknown) = (reader.target("otherwise", targets), reader.target("unknown", targets));
    let meant = reader.ticked("meant", &[Meant::Order, Meant::Otherwise]);
    // Boxes have no order of their own, so an unchanged set stays as the file has it.
    let same = before.meant.len() == meant.len() && meant.iter().all(|one| before.meant.contains(one));
    Fork { branches, otherwise, unknown, meant: if same { before.meant.clone() } else { meant } }
}

fn condition(row: &mut Reader<'_>) -> Option<Condition> {
    let text = row.text("when");
    if text.trim().is_empty() {
        row.refuse("when", "Write the condition of this branch, or remove the branch.");
        return None;
    }
    match Condition::parse(&text) {
        Ok(condition) => Some(condition),
        Err(error) => {
            row.refuse("when", format!("The condition cannot be read: {error}"));
            None
        }
    }
}
