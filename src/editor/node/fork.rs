//! Branches in a form, with `otherwise`, `unknown` and the findings that the author means.

use super::super::form::{Reader, Targets, Typed, word_of};
use crate::tree::condition::Condition;
use crate::tree::model::{Ask, Branch, Choice, Fork, Meant};

/// What a fork asks, for branches that are written as one of its answers.
pub struct Asked<'a> {
    pub fact: &'a str,
    pub ask: Ask,
    pub options: &'a [Choice],
}

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
    let text = row.text("when");
    if text.trim().is_empty() {
        row.refuse("when", "Write the condition of this branch, or remove the branch.");
        return None;
    }
    let text = asked.and_then(|asked| in_full(text.trim(), asked)).unwrap_or(text);
    match Condition::parse(&text) {
        Ok(condition) => Some(condition),
        Err(error) => {
            row.refuse("when", format!("The condition cannot be read: {error}"));
            None
        }
    }
}

/// The condition that an answer to the question stands for: `no` is `retry = no`, `contains "a phrase"` is `text(contains "a phrase")`. None if it is
/// none of its answers.
fn in_full(written: &str, asked: &Asked<'_>) -> Option<String> {
    let fact = asked.fact;
    let option = || asked.options.iter().find(|option| option.key == written || option.label.eq_ignore_ascii_case(written));
    match asked.ask {
        Ask::YesNo => ["yes", "no"].into_iter().find(|answer| written.eq_ignore_ascii_case(answer)).map(|answer| format!("{fact} = {answer}")),
        Ask::Choice => option().map(|option| format!("{fact} = {}", option.key)),
        Ask::Choices => option().map(|option| format!("{fact} has {}", option.key)),
        Ask::Text => ["contains ", "words ", "like ", "matches "].iter().any(|verb| written.starts_with(verb)).then(|| format!("{fact}({written})")),
        Ask::Servers | Ask::Event | Ask::Code | Ask::Number => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_branch_may_be_written_as_an_answer_to_its_question() {
        let options = [Choice { key: "slow".to_owned(), label: "It is slow".to_owned(), hint: None }];
        for (ask, written, full) in [
            (Ask::YesNo, "No", Some("mail = no")),
            (Ask::YesNo, "mail = yes", None),
            (Ask::Choice, "it is slow", Some("mail = slow")),
            (Ask::Choices, "slow", Some("mail has slow")),
            (Ask::Text, "contains \"a phrase\"", Some("mail(contains \"a phrase\")")),
            (Ask::Servers, "some server is 5.5", None),
        ] {
            let asked = Asked { fact: "mail", ask, options: &options };
            assert_eq!(in_full(written, &asked).as_deref(), full, "{written}");
            assert!(full.is_none_or(|full| Condition::parse(full).is_ok()), "{full:?}");
        }
    }
}
