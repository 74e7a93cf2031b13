//! The texts of a node that may hold selections.

use crate::tree::model::{Command, Node, NodeKind, Outcome, Procedure, Question};
use crate::tree::wording::Room;

/// One text of a node.
pub struct Passage<'n> {
    /// What it is: "Cause", "Step 2 of “Apply Service Pack 2”".
    pub title: String,
    /// The text as the author wrote it.
    pub text: &'n mut String,
    /// How much room it has; a command is shown as it stands.
    pub room: Room,
}

impl<'n> Passage<'n> {
    fn line(title: impl Into<String>, text: &'n mut String) -> Self {
        Self { title: title.into(), text, room: Room::Line }
    }

    fn markdown(title: impl Into<String>, text: &'n mut String) -> Self {
        Self { title: title.into(), text, room: Room::Markdown }
    }
}

/// The texts of `node`, in the order of its form.
pub fn of(node: &mut Node) -> Vec<Passage<'_>> {
    match &mut node.kind {
        NodeKind::Question(question) => of_question(question),
        NodeKind::Outcome(outcome) => of_outcome(outcome),
        NodeKind::Route(_) | NodeKind::Jump(_) => Vec::new(),
    }
}

fn of_question(question: &mut Question) -> Vec<Passage<'_>> {
    let mut passages = Vec::new();
    for (at, lookup) in question.card.iter_mut().enumerate() {
        let title = |what: &str| format!("{what} of way {}", at + 1);
        passages.extend(lookup.command.as_mut().map(|command| of_command(title("Command"), command)));
        passages.extend(lookup.steps.as_mut().map(|steps| Passage::markdown(title("Steps"), steps)));
    }
    passages
}

fn of_outcome(outcome: &mut Outcome) -> Vec<Passage<'_>> {
    let mut passages = vec![Passage::line("Headline", &mut outcome.headline), Passage::markdown("Cause", &mut outcome.cause)];
    passages.extend(outcome.procedures.iter_mut().flat_map(of_procedure));
    passages
}

fn of_procedure(procedure: &mut Procedure) -> Vec<Passage<'_>> {
    let name = procedure.title.clone();
    let title = |what: &str| format!("{what} of \u{201c}{name}\u{201d}");
    let mut passages = vec![Passage::line(title("Title"), &mut procedure.title), Passage::markdown(title("When to choose it"), &mut procedure.applies)];
    for (at, step) in procedure.steps.iter_mut().enumerate() {
        passages.push(Passage::line(title(&format!("Step {}", at + 1)), &mut step.title));
        passages.extend(step.text.as_mut().map(|text| Passage::markdown(title(&format!("Text of step {}", at + 1)), text)));
        passages.extend(step.command.as_mut().map(|command| of_command(title(&format!("Command of step {}", at + 1)), command)));
    }
    passages.push(Passage::markdown(title("How to see that it worked"), &mut procedure.verify));
    passages.push(Passage::markdown(title("Way back"), &mut procedure.way_back));
    passages
}

fn of_command(title: String, command: &mut Command) -> Passage<'_> {
    Passage::line(title, &mut command.text)
}
