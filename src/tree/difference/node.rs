//! What differs in a node.

use super::{Titles, branches, outcome};
use crate::tree::model::{Node, NodeKind, Question};

/// Compares two states of one node; `None` is a node that is not there.
pub(super) fn sentences(before: Option<&Node>, after: Option<&Node>, titles: &Titles<'_>) -> Vec<String> {
    let (before, after) = match (before, after) {
        (Some(before), Some(after)) => (before, after),
        (None, Some(node)) => return vec![format!("Added the {} “{}”", node.kind.name(), node.title)],
        (Some(node), None) => return vec![format!("Removed the {} “{}”", node.kind.name(), node.title)],
        (None, None) => return Vec::new(),
    };
    let mut said = Vec::new();
    if before.title != after.title {
        said.push(format!("Renamed “{}” to “{}”", before.title, after.title));
    }
    let title = after.title.as_str();
    match (&before.kind, &after.kind) {
        (NodeKind::Question(old), NodeKind::Question(new)) => {
            said.extend(question(title, old, new));
            said.extend(branches::sentences(title, &old.fork, &new.fork, titles));
        }
        (NodeKind::Route(old), NodeKind::Route(new)) => said.extend(branches::sentences(title, old, new, titles)),
        (NodeKind::Outcome(old), NodeKind::Outcome(new)) => said.extend(outcome::sentences(title, old, new, titles)),
        (NodeKind::Jump(old), NodeKind::Jump(new)) if old != new => said.push(format!("“{title}” now goes on in the guide “{}”", new.tree)),
        (NodeKind::Jump(_), NodeKind::Jump(_)) => {}
        (old, new) => said.push(format!("“{title}” is now {} instead of {}", with_article(new.name()), with_article(old.name()))),
    }
    said
}

fn with_article(kind: &str) -> String {
    let article = if kind.starts_with('o') { "an" } else { "a" };
    format!("{article} {kind}")
}

/// What differs in how a question is asked.
fn question(title: &str, old: &Question, new: &Question) -> Vec<String> {
    let mut said = Vec::new();
    if old.ask != new.ask {
        said.push(format!("“{title}” now asks for {} instead of {}", new.ask.as_str(), old.ask.as_str()));
    }
    if old.fact != new.fact {
        said.push(format!("“{title}” now sets the fact “{}” instead of “{}”", new.fact, old.fact));
    }
    let changed = [
        ("prompt", old.prompt != new.prompt),
        ("hint", old.hint != new.hint),
        ("help", old.help != new.help),
        ("card", old.card != new.card),
        ("columns", old.columns != new.columns),
        ("families", old.families != new.families),
        ("offers", old.offers != new.offers),
        ("limits", old.number != new.number),
    ];
    said.extend(changed.into_iter().filter(|(_, differs)| *differs).map(|(field, _)| format!("Changed the {field} of “{title}”")));
    said.extend(options(title, old, new));
    said
}

fn options(title: &str, old: &Question, new: &Question) -> Vec<String> {
    let mut said = Vec::new();
    for option in &new.options {
        match old.options.iter().find(|before| before.key == option.key) {
            None => said.push(format!("Added the option “{}” to “{title}”", option.label)),
            Some(before) if before != option => said.push(format!("Changed the option “{}” of “{title}”", option.label)),
            Some(_) => {}
        }
    }
    for option in old.options.iter().filter(|option| new.options.iter().all(|after| after.key != option.key)) {
        said.push(format!("Removed the option “{}” from “{title}”", option.label));
    }
    if super::moved(old.options.iter().map(|option| &option.key), new.options.iter().map(|option| &option.key)) {
        said.push(format!("Changed the order of the options of “{title}”"));
    }
    said
}
