//! Two versions of one part of a tree, field by field.

use serde_json::{Map, Value as Json};

use crate::tree::edit::{Conflict, Part};

/// What both sides changed, each in another way.
pub struct Dispute {
    /// What it is about: "Server versions", "About this guide".
    pub title: String,
    /// Whether it is about the part as a whole, since one side deleted it or made it anew.
    pub whole: Option<Whole>,
    /// The fields that differ.
    pub fields: Vec<FieldDispute>,
    /// Their version, with what only I changed.
    merged: Json,
    mine: Option<Json>,
    theirs: Option<Json>,
}

/// Which side has the part no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whole {
    /// They deleted it.
    TheyDeleted,
    /// I deleted it.
    IDeleted,
}

/// A field in two versions.
#[derive(Debug, PartialEq)]
pub struct FieldDispute {
    /// What authors call it: "Prompt", "Procedure 1, step 2, title".
    pub name: String,
    /// My text.
    pub mine: String,
    /// Their text.
    pub theirs: String,
    /// Whether it can be edited by hand: texts can, lists cannot.
    pub is_text: bool,
    pointer: String,
    mine_value: Json,
    theirs_value: Json,
}

/// What is chosen for a field.
pub enum Choice<'a> {
    /// My version.
    Mine,
    /// Theirs.
    Theirs,
    /// A text of both.
    ByHand(&'a str),
}

impl Dispute {
    /// What of `conflict` has to be decided. `title_of` says what the node with a key is called.
    pub fn new(conflict: Conflict, title_of: &dyn Fn(&str) -> Option<String>) -> Self {
        let title = match &conflict.part {
            Part::Head => "About this guide".to_owned(),
            Part::Order => "The order of the nodes".to_owned(),
            Part::CaseOrder => "The order of the cases".to_owned(),
            Part::Node(key) => title_of(key).unwrap_or_else(|| key.clone()),
            Part::Case(name) => format!("Case \u{201c}{name}\u{201d}"),
        };
        let whole = match (&conflict.mine, &conflict.theirs) {
            (Some(_), None) => Some(Whole::TheyDeleted),
            (None, _) => Some(Whole::IDeleted),
            (Some(_), Some(_)) => None,
        };
        let mut merged = conflict.theirs.clone().unwrap_or(Json::Null);
        let mut fields = Vec::new();
        if whole.is_none() {
            // What they left alone is open all the same where it cannot stay mine: it leads to a node that they deleted.
            let base = conflict.base.as_ref().filter(|_| conflict.theirs != conflict.base).unwrap_or(&Json::Null);
            let sides = Sides { base, mine: conflict.mine.as_ref().unwrap_or(&Json::Null), theirs: conflict.theirs.as_ref().unwrap_or(&Json::Null) };
            compare(sides, "", &mut fields, &mut merged);
        }
        Self { title, whole, fields, merged, mine: conflict.mine, theirs: conflict.theirs }
    }

    /// The part as a whole, as one side has it.
    pub fn side(&self, mine: bool) -> Option<Json> {
        if mine { self.mine.clone() } else { self.theirs.clone() }
    }

    /// The part with what was chosen for each of its fields, in their order.
    pub fn resolved<'a>(&self, choices: impl IntoIterator<Item = Choice<'a>>) -> Json {
        let mut merged = self.merged.clone();
        for (field, choice) in self.fields.iter().zip(choices) {
            let value = match choice {
                Choice::Mine => field.mine_value.clone(),
                Choice::Theirs => field.theirs_value.clone(),
                Choice::ByHand("") => Json::Null,
                Choice::ByHand(text) => Json::String(text.to_owned()),
            };
            put(&mut merged, &field.pointer, value);
        }
        merged
    }

    /// What they have now.
    pub fn present(&self) -> Option<Json> {
        self.theirs.clone()
    }
}

/// One value in three versions.
#[derive(Clone, Copy)]
struct Sides<'a> {
    base: &'a Json,
    mine: &'a Json,
    theirs: &'a Json,
}

impl<'a> Sides<'a> {
    fn of(self, key: &str) -> Self {
        let field = |json: &'a Json| json.get(key).unwrap_or(&Json::Null);
        Self { base: field(self.base), mine: field(self.mine), theirs: field(self.theirs) }
    }

    fn at(self, index: usize) -> Self {
        let item = |json: &'a Json| json.get(index).unwrap_or(&Json::Null);
        Self { base: item(self.base), mine: item(self.mine), theirs: item(self.theirs) }
    }
}

/// Collects the fields that both changed, and puts what only I changed into `merged`.
fn compare(sides: Sides<'_>, pointer: &str, fields: &mut Vec<FieldDispute>, merged: &mut Json) {
    let Sides { base, mine, theirs } = sides;
    if mine == theirs || mine == base {
        return;
    }
    match (mine, theirs) {
        (Json::Object(left), Json::Object(right)) => {
            let others = right.keys().filter(|key| !left.contains_key(*key));
            for key in left.keys().chain(others) {
                compare(sides.of(key), &format!("{pointer}/{key}"), fields, merged);
            }
        }
        (Json::Array(left), Json::Array(right)) if left.len() == right.len() && left.iter().chain(right).all(Json::is_object) => {
            for index in 0..left.len() {
                compare(sides.at(index), &format!("{pointer}/{index}"), fields, merged);
            }
        }
        _ if theirs == base => put(merged, pointer, mine.clone()),
        _ => fields.push(FieldDispute {
            name: name_of(pointer),
            mine: shown(mine),
            theirs: shown(theirs),
            is_text: [mine, theirs].iter().all(|value| value.is_string() || value.is_null()),
            pointer: pointer.to_owned(),
            mine_value: mine.clone(),
            theirs_value: theirs.clone(),
        }),
    }
}

/// Sets the value at a pointer such as `/question/branches/2/to`; null takes it away.
fn put(json: &mut Json, pointer: &str, value: Json) {
    let Some((parent, name)) = pointer.rsplit_once('/') else {
        *json = value;
        return;
    };
    match json.pointer_mut(parent) {
        Some(Json::Object(fields)) if value.is_null() => drop(fields.remove(name)),
        Some(Json::Object(fields)) => drop(fields.insert(name.to_owned(), value)),
        Some(Json::Array(items)) => {
            if let Some(item) = name.parse::<usize>().ok().and_then(|index| items.get_mut(index)) {
                *item = value;
            }
        }
        _ => {}
    }
}

/// `/outcome/procedures/0/steps/1/title` as "Procedure 1, step 2, title".
fn name_of(pointer: &str) -> String {
    let mut parts: Vec<String> = Vec::new();
    for part in pointer.split('/').filter(|part| !part.is_empty() && !["question", "route", "outcome", "jump"].contains(part)) {
        match (part.parse::<usize>(), parts.last_mut()) {
            (Ok(index), Some(list)) => *list = format!("{} {}", singular(list), index + 1),
            _ => parts.push(part.replace('_', " ")),
        }
    }
    let name = parts.join(", ");
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn singular(list: &str) -> &str {
    match list {
        "branches" => "branch",
        list => list.strip_suffix('s').unwrap_or(list),
    }
}

/// A value as an author reads it: a text as it is, a list one item a line.
fn shown(value: &Json) -> String {
    match value {
        Json::Null => String::new(),
        Json::String(text) => text.clone(),
        Json::Array(items) => items.iter().map(shown).collect::<Vec<_>>().join("\n"),
        Json::Object(fields) => fields_shown(fields),
        other => other.to_string(),
    }
}

fn fields_shown(fields: &Map<String, Json>) -> String {
    let parts = fields.iter().map(|(name, value)| format!("{}: {}", name.replace('_', " "), shown(value)));
    parts.collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn dispute(base: Json, mine: Json, theirs: Json) -> Dispute {
        Dispute::new(Conflict { part: Part::Node("n".to_owned()), base: Some(base), mine: Some(mine), theirs: Some(theirs) }, &|_| None)
    }

    #[test]
    fn only_fields_that_both_changed_are_asked_for() {
        let base = json!({"title": "T", "question": {"prompt": "P", "hint": "H", "branches": [{"when": "a = b", "to": "x"}, {"when": "c = d", "to": "x"}]}});
        let mine =
            json!({"title": "Mine", "question": {"prompt": "My P", "hint": "H", "branches": [{"when": "a = b", "to": "y"}, {"when": "c = d", "to": "x"}]}});
        let theirs =
            json!({"title": "T", "question": {"prompt": "Their P", "help": "new", "branches": [{"when": "a = b", "to": "z"}, {"when": "c = d", "to": "x"}]}});
        let dispute = dispute(base, mine, theirs);
        let names: Vec<(&str, &str, &str)> = dispute.fields.iter().map(|field| (field.name.as_str(), field.mine.as_str(), field.theirs.as_str())).collect();
        assert_eq!(names, [("Prompt", "My P", "Their P"), ("Branch 1, to", "y", "z")]);
        let wanted =
            json!({"title": "Mine", "question": {"prompt": "Both", "help": "new", "branches": [{"when": "a = b", "to": "y"}, {"when": "c = d", "to": "x"}]}});
        assert_eq!(dispute.resolved([Choice::ByHand("Both"), Choice::Mine]), wanted);
        assert_eq!(dispute.resolved([Choice::Theirs, Choice::Theirs]).pointer("/question/prompt"), Some(&json!("Their P")));
    }

    #[test]
    fn lists_of_different_length_are_chosen_as_one() {
        let dispute = dispute(json!({"columns": ["level"]}), json!({"columns": ["level", "os"]}), json!({"columns": ["build"]}));
        assert_eq!(dispute.fields.len(), 1);
        assert_eq!((dispute.fields[0].mine.as_str(), dispute.fields[0].is_text), ("level\nos", false));
        assert_eq!(dispute.resolved([Choice::Mine]), json!({"columns": ["level", "os"]}));
    }

    #[test]
    fn a_field_that_is_emptied_by_hand_is_gone() {
        let dispute = dispute(json!({"hint": "H"}), json!({"hint": "Mine"}), json!({"hint": "Theirs"}));
        assert_eq!(dispute.resolved([Choice::ByHand("")]), json!({}));
    }
}
