//! The form of a node: every field of the file format, filled from a node and read back into one.

mod fork;
mod outcome;
mod procedure;
mod question;

pub use procedure::empty as empty_procedure;

use super::form::{Reader, Targets, Typed};
use crate::tree::check::MAX_TITLE;
use crate::tree::ladder::Ladders;
use crate::tree::model::{Command, Jump, Node, NodeKind, Shell};
use crate::tree::wording::Room;
use crate::web::FieldErrors;

/// What stands in the form of `node` before anything is typed.
pub fn fill(node: &Node) -> Typed {
    let typed = Typed::default().with("title", &node.title);
    match &node.kind {
        NodeKind::Question(question) => question::fill(typed, question),
        NodeKind::Route(fork) => fork::fill(typed, fork),
        NodeKind::Outcome(outcome) => outcome::fill(typed, &node.title, outcome),
        NodeKind::Jump(jump) => typed.with("tree", &jump.tree),
    }
}

/// The longest title of a node that is taken, in characters; fewer fit the map.
const LONGEST_TITLE: usize = 200;

/// Reads the form of the node that was `before`. `None` if something cannot be taken; then `errors` says what, field by field.
pub fn read(typed: &Typed, before: &Node, targets: &mut Targets<'_>, ladders: &Ladders, errors: &mut FieldErrors) -> Option<Node> {
    let mut reader = Reader::within(typed, errors, targets.tree(), ladders);
    let title = reader.line("title");
    if title.is_empty() {
        reader.refuse("title", "Write a title: the map and the outline show it.");
    }
    if title.chars().count() > LONGEST_TITLE {
        reader.refuse("title", format!("Write a title of at most {LONGEST_TITLE} characters; {MAX_TITLE} fit the map."));
    }
    let key = before.key.as_str();
    let kind = match &before.kind {
        NodeKind::Question(before) => question::read(&mut reader, key, before, targets).map(|question| NodeKind::Question(Box::new(question))),
        NodeKind::Route(before) => Some(NodeKind::Route(fork::read(&mut reader, before, None, targets))),
        NodeKind::Outcome(_) => outcome::read(&mut reader, &title, targets).map(|outcome| NodeKind::Outcome(Box::new(outcome))),
        NodeKind::Jump(_) => Some(NodeKind::Jump(Jump { tree: reader.line("tree") })),
    };
    if !errors.is_empty() {
        return None;
    }
    Some(Node { key: before.key.clone(), title, kind: kind? })
}

/// The shell of a command for which none was chosen.
const USUAL_SHELL: Shell = Shell::Cmd;

/// The fields of a command.
fn fill_command(typed: Typed, command: Option<&Command>) -> Typed {
    let shell = command.map_or(USUAL_SHELL, |command| command.shell);
    typed.with("shell", super::form::word_of(&shell)).with_optional("command", command.map(|command| command.text.as_str()))
}

/// A command, if one was typed.
fn read_command(reader: &mut Reader<'_>) -> Option<Command> {
    let text = reader.optional_wording("command", Room::Line)?;
    Some(Command { shell: reader.word("shell")?, text })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::file;
    use crate::tree::model::Tree;

    const TREES: [&str; 7] = [
        include_str!("../../../trees/directory-service-errors.yaml"),
        include_str!("../../../trees/exchange-update-levels.yaml"),
        include_str!("../../../trees/extension-not-loaded.yaml"),
        include_str!("../../../trees/information-store-not-starting.yaml"),
        include_str!("../../../trees/internet-mail-service-stops.yaml"),
        include_str!("../../../trees/mta-rpc-errors.yaml"),
        include_str!("../../../tests/browser/trees/every-kind.yaml"),
    ];

    fn read_again(tree: &Tree, node: &Node, typed: &Typed) -> (Option<Node>, FieldErrors) {
        let mut errors = FieldErrors::default();
        let none = std::collections::BTreeSet::new();
        let world = crate::tree::condition::testing::World::new();
        let read = read(typed, node, &mut Targets::new(tree, &none), world.ladders(), &mut errors);
        (read, errors)
    }

    #[test]
    fn every_node_of_the_starter_trees_comes_back_from_its_form_as_it_was() {
        for text in TREES {
            let tree = file::read(text).unwrap();
            for node in &tree.nodes {
                let (read, errors) = read_again(&tree, node, &fill(node));
                assert_eq!(read.as_ref(), Some(node), "{}.{}: {errors:?}", tree.slug, node.key);
            }
        }
    }

    #[test]
    fn the_fact_follows_the_kind_of_question_until_one_is_chosen() {
        let tree = file::read(TREES[6]).unwrap();
        let node = tree.node("agreed").unwrap();
        let empty = Tree { nodes: Vec::new(), ..tree.clone() };
        for (fact, ask, now) in
            [("agreed", "servers", "servers"), ("own", "servers", "own"), ("agreed", "number", "agreed"), ("", "yes_no", "agreed"), ("", "text", "text")]
        {
            let typed = fill(node).with("fact", fact).with("ask", ask);
            let (read, errors) =
                read_again(&empty, node, &typed.with("otherwise", "+outcome").with("unknown", "").with_rows("branch", []).with_rows("card", []));
            let Some(Node { kind: NodeKind::Question(question), .. }) = read else { panic!("{errors:?}") };
            assert_eq!(question.fact, now, "{fact} asked as {ask}");
            assert_eq!(question.columns.len(), usize::from(ask == "servers"), "a table asks for the level");
        }
    }

    #[test]
    fn every_mistake_is_named_at_its_field() {
        let tree = file::read(TREES[2]).unwrap();
        let node = tree.node("error_text").unwrap();
        let branches = [("when", "text(contains"), ("to", "nowhere")].map(|(name, value)| Typed::default().with(name, value));
        let typed = fill(node).with("title", " ").with("ask", "shout").with("prompt", "{servers: is}").with_rows("branch", branches).with("otherwise", "");
        let (read, errors) = read_again(&tree, node, &typed);
        assert_eq!(read, None);
        let fields: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["title", "ask", "branch-1-when", "branch-1-to", "branch-2-when", "branch-2-to", "otherwise"]);
    }
}
