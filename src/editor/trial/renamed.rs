//! A trial with other names for its machines, so that a case kept from real evidence names nobody's servers.

use std::collections::BTreeMap;

use super::standing::Standing;
use crate::tree::fact::{Event, Row, Rows, Value};
use crate::tree::model::Case;

/// Names in lower case, each with what takes its place.
#[derive(Default)]
struct Names {
    places: BTreeMap<String, String>,
    servers: usize,
    clients: usize,
}

/// The case of `standing` with EX01, EX02 ... for the names of its servers and PC01, PC02 ... for those of clients, wherever they stand as whole words.
pub fn renamed(standing: &Standing) -> Case {
    let mut names = Names::default();
    for (key, held) in standing.sheet.iter() {
        let is_client = key.as_str() == "clients";
        match &held.value {
            Some(Value::Rows(rows)) => rows.rows.iter().for_each(|row| names.learn(row, is_client)),
            Some(Value::Subject(row)) => names.learn(row, is_client),
            _ => {}
        }
    }
    let mut case = standing.understood.clone();
    for (key, held) in standing.sheet.iter() {
        if let Some(value) = &held.value {
            case.say(&standing.closure.tree.slug, key, Some(&names.value(value)));
        }
    }
    case
}

impl Names {
    fn learn(&mut self, row: &Row, is_client: bool) {
        let Some(name) = row.name.as_deref().map(str::trim).filter(|name| !name.is_empty()) else { return };
        if self.places.contains_key(&name.to_lowercase()) {
            return;
        }
        let (count, prefix) = if is_client { (&mut self.clients, "PC") } else { (&mut self.servers, "EX") };
        *count += 1;
        self.places.insert(name.to_lowercase(), format!("{prefix}{count:02}"));
    }

    fn value(&self, value: &Value) -> Value {
        match value {
            Value::Messages(messages) => Value::Messages(messages.iter().map(|message| self.text(message)).collect()),
            Value::Events(events) => {
                let event = |event: &Event| Event { text: event.text.as_deref().map(|text| self.text(text)), ..event.clone() };
                Value::Events(events.iter().map(event).collect())
            }
            Value::Rows(rows) => Value::Rows(Rows { rows: rows.rows.iter().map(|row| self.row(row)).collect(), more: rows.more }),
            Value::Subject(row) => Value::Subject(Box::new(self.row(row))),
            Value::Text(text) => Value::Text(self.text(text)),
            other => other.clone(),
        }
    }

    fn row(&self, row: &Row) -> Row {
        let name = row.name.as_ref().map(|name| self.places.get(&name.trim().to_lowercase()).unwrap_or(name).clone());
        Row { name, ..row.clone() }
    }

    /// The text with other names, also where a name stands with its domain.
    fn text(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while !rest.is_empty() {
            let end = rest.find(|c: char| !is_of_word(c)).unwrap_or(rest.len());
            let (word, after) = rest.split_at(end);
            let bare = word.trim_end_matches('.');
            let place = self.places.get(&bare.to_lowercase()).or_else(|| self.places.get(&bare.split('.').next()?.to_lowercase()));
            match place {
                Some(place) if !bare.is_empty() => {
                    out.push_str(place);
                    out.push_str(word.get(bare.len()..).unwrap_or_default());
                }
                _ => out.push_str(word),
            }
            let gap = after.find(is_of_word).unwrap_or(after.len());
            let (between, next) = after.split_at(gap);
            out.push_str(between);
            rest = next;
        }
        out
    }
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_' | '.')
}

#[cfg(test)]
mod tests {
    use super::super::standing::{nothing, tests::standing};
    use super::*;

    #[test]
    fn one_name_becomes_one_other_wherever_it_stands() {
        let mut case = nothing();
        case.facts.insert("servers".to_owned(), serde_json::json!([{"name": "Berlin-1", "version": "5.0 SP2"}, {"name": "PARIS", "version": "5.0"}]));
        case.facts.insert("text".to_owned(), serde_json::json!(["\\\\berlin-1\\Add-ins of paris.example.org. Parish stays, as does SP2."]));
        let renamed = renamed(&standing(case));
        assert_eq!(renamed.facts["servers"][0]["name"], "EX01");
        assert_eq!(renamed.facts["servers"][1]["name"], "EX02");
        assert_eq!(renamed.facts["text"][0], "\\\\EX01\\Add-ins of EX02. Parish stays, as does SP2.");
    }
}
