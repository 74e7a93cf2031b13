//! What differs in the head of a tree.

use serde_json::Value as Json;

use super::Titles;

/// The head's fields as the file writes them, and how authors call them.
const FIELDS: &[(&str, &str)] = &[
    ("slug", "address"),
    ("title", "title"),
    ("summary", "summary"),
    ("products", "products"),
    ("applies_to", "words on what it applies to"),
    ("ladder", "ladder"),
    ("owner", "owner"),
    ("reviewed", "day of the last review"),
    ("review_by", "day of the next review"),
    ("symptoms", "symptoms"),
    ("format", "format"),
];

/// Longest value that a sentence quotes, in characters.
const QUOTED: usize = 60;

/// Compares two heads.
pub(super) fn sentences(before: Option<&Json>, after: Option<&Json>, titles: &Titles<'_>) -> Vec<String> {
    let field = |head: Option<&Json>, name: &str| head.and_then(|head| head.get(name)).cloned();
    let mut said = Vec::new();
    for (name, called) in FIELDS {
        let (old, new) = (field(before, name), field(after, name));
        if old != new {
            said.push(match (short(old.as_ref()), short(new.as_ref())) {
                (Some(old), Some(new)) => format!("Changed the {called} of the guide from “{old}” to “{new}”"),
                (None, Some(new)) if old.is_none() => format!("Set the {called} of the guide to “{new}”"),
                (Some(_), None) if new.is_none() => format!("Removed the {called} of the guide"),
                _ => format!("Changed the {called} of the guide"),
            });
        }
    }
    let start = |head: Option<&Json>| field(head, "start").and_then(|start| start.as_str().map(str::to_owned));
    match (start(before), start(after)) {
        (old, Some(new)) if old.as_ref() != Some(&new) => said.push(format!("The guide now begins with {}", titles.of_target(&new))),
        _ => {}
    }
    said
}

/// A value that fits a sentence.
fn short(value: Option<&Json>) -> Option<&str> {
    value?.as_str().filter(|text| !text.is_empty() && text.chars().count() <= QUOTED && !text.contains('\n'))
}
