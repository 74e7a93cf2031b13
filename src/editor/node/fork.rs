//! Branches in a form, with `otherwise`, `unknown` and the findings that the author means.

use super::super::form::{Asked, Reader, Targets, Typed, word_of};
use crate::tree::condition::Condition;
use crate::tree::model::{Branch, Fork, Meant};

pub fn fill(typed: Typed, fork: &Fork) -> Typed {
    let branches = fork.branches.iter().enumerate().map(|(index, branch)| {
        let row = Typed::default().with("when", branch.when.to_string()).with_optional("label", branch.label.as_deref()).with("to", &branch.to);
        // Which stored branch the row is, wherever it is moved to.
        row.with("was", (index + 1).to_string())
    });
    // The first branch needs no button.
    let first = fork.branches.is_empty().then(Typed::default);
    let unknown = if fork.unknown == fork.otherwise { "" } else { fork.unknown.as_str() };
    let typed = typed.with_rows("branch", branches.chain(first)).with("otherwise", &fork.otherwise).with("unknown", unknown);
    typed.with_ticks("meant", fork.meant.iter().map(word_of))
}

pub fn read(reader: &mut Reader<'_>, before: &Fork, asked: Option<&Asked<'_>>, targets: &mut Targets<'_>) -> Fork {
    let branches = reader.rows("branch", |row| {
        let when = condition(row, asked);
        let (label, to) = (row.optional_line("label"), row.target("to", targets));
        Some(Branch { when: when?, label, to })
    });
    let otherwise = reader.target("otherwise", targets);
    let unknown = if reader.line("unknown").is_empty() { otherwise.clone() } else { reader.target("unknown", targets) };
    let meant = reader.ticked("meant", &[Meant::Order, Meant::Otherwise]);
    // Boxes have no order of their own, so an unchanged set stays as the file has it.
    let same = before.meant.len() == meant.len() && meant.iter().all(|one| before.meant.contains(one));
    Fork { branches, otherwise, unknown, meant: if same { before.meant.clone() } else { meant } }
}

fn condition(row: &mut Reader<'_>, asked: Option<&Asked<'_>>) -> Option<Condition> {
    if row.line("when").is_empty() {
        row.refuse("when", "Write the condition of this branch, or remove the branch.");
        return None;
    }
    row.condition("when", asked)
}
