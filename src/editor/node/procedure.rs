//! A procedure in the form of its outcome.

use super::super::form::targets::key_from;
use super::super::form::typed::MOST_ROWS;
use super::super::form::{Reader, Typed, word_of};
use super::{USUAL_SHELL, fill_command, read_command};
use crate::tree::model::{Command, Procedure, Risk, Step};
use crate::tree::wording::Room;

/// A procedure of which nothing is written yet.
pub fn empty() -> Typed {
    Typed::default().with("risk", word_of(&Risk::Low))
}

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
    let applies = row.wording("applies", Room::Markdown);
    let risk = row.word("risk");
    let minutes = row.number("minutes", "Write whole minutes, such as 45.");
    if row.line("minutes").is_empty() {
        row.refuse("minutes", "Write about how many minutes it takes.");
    }
    let per = row.word("per");
    let rights = row.wording("rights", Room::Line);
    let mut steps = row.rows("step", |step| {
        let (title, text) = (step.wording("title", Room::Line), step.optional_wording("text", Room::Markdown));
        Some(Step { title, text, command: read_command(step) })
    });
    add_steps(row, &mut steps);
    let verify = row.wording("verify", Room::Markdown);
    let way_back = match row.optional_wording("way_back", Room::Markdown) {
        Some(way_back) => way_back,
        None if risk == Some(Risk::None) => "Nothing was changed.".to_owned(),
        None => String::new(),
    };
    Some(Procedure { key, title, applies, risk: risk?, minutes: minutes?, per: per?, rights, steps, verify, way_back })
}

/// Adds the steps that are written one a line. A line wholly in backquotes is the command of the step before it; a further one is its next line.
fn add_steps(row: &mut Reader<'_>, steps: &mut Vec<Step>) {
    let written = row.text("more");
    let mut problems = Vec::new();
    for (number, line) in (1..).zip(written.lines().map(str::trim)).filter(|(_, line)| !line.is_empty()) {
        let command = line.strip_prefix('`').and_then(|line| line.strip_suffix('`')).map(str::trim);
        let text = command.unwrap_or(line);
        problems.extend(row.problems(text, Room::Line).into_iter().map(|problem| format!("Line {number}: {problem}")));
        match (command, steps.last_mut()) {
            (None, _) => steps.push(Step { title: text.to_owned(), text: None, command: None }),
            (Some(_), Some(Step { command: Some(command), .. })) => {
                command.text.push('\n');
                command.text.push_str(text);
            }
            (Some(_), Some(step)) => step.command = Some(Command { shell: USUAL_SHELL, text: text.to_owned() }),
            (Some(_), None) => problems.push(format!("Line {number}: Write the step before its command.")),
        }
    }
    if !written.trim().is_empty() && steps.len() > MOST_ROWS {
        problems.push(format!("A procedure has at most {MOST_ROWS} steps."));
    }
    row.refuse_for("more", &problems);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::model::Shell;
    use crate::web::FieldErrors;

    fn added(more: &str) -> (Vec<Step>, FieldErrors) {
        let (typed, mut errors, mut steps) = (Typed::default().with("more", more), FieldErrors::default(), Vec::new());
        add_steps(&mut Reader::new(&typed, &mut errors), &mut steps);
        (steps, errors)
    }

    #[test]
    fn lines_become_steps_and_lines_in_backquotes_their_commands() {
        let (steps, errors) = added("Stop it\n`net stop x`\n `net stop y` \n\n  Run `setup` again\n");
        assert!(errors.is_empty(), "{errors:?}");
        let command = Command { shell: Shell::Cmd, text: "net stop x\nnet stop y".to_owned() };
        let wanted = [("Stop it", Some(command)), ("Run `setup` again", None)];
        assert_eq!(steps, wanted.map(|(title, command)| Step { title: title.to_owned(), text: None, command }));
    }

    #[test]
    fn a_line_that_cannot_be_read_is_named() {
        for (more, said) in
            [("Stop it\non {", "Line 2: "), ("`net stop x`", "Line 1: Write the step before its command."), (&"a\n".repeat(MOST_ROWS + 1), "at most")]
        {
            assert!(added(more).1.of("more").unwrap().contains(said), "{more}");
        }
    }
}
