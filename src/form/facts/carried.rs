//! Facts in one hidden field: those that a page sends along without showing them as fields.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::tree::answer::{self, Kind};
use crate::tree::fact::{FactKey, Source, Statement};
use crate::tree::ladder::Ladders;
use crate::web::Failure;

/// A statement as it is written into the field.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Carried {
    key: FactKey,
    value: Json,
    source: Source,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    line: Option<String>,
}

/// The statements that every tree understands and that say something, as text for a hidden field.
pub fn written<'a>(statements: impl IntoIterator<Item = &'a Statement>) -> String {
    let carried: Vec<Carried> = statements
        .into_iter()
        .filter(|statement| statement.key.is_built_in())
        .filter_map(|statement| {
            let value = serde_json::to_value(statement.value.as_ref()?).ok()?;
            Some(Carried { key: statement.key.clone(), value, source: statement.source, line: statement.line.clone() })
        })
        .collect();
    if carried.is_empty() { String::new() } else { serde_json::to_string(&carried).unwrap_or_default() }
}

/// Reads the field back. Values are held against the limits of every fact, since a form can be forged.
///
/// # Errors
/// It is not what a page of ours has written.
pub fn read(text: &str, ladders: &Ladders) -> Result<Vec<Statement>, Failure> {
    if text.is_empty() {
        return Ok(Vec::new());
    }
    let carried: Vec<Carried> = serde_json::from_str(text).map_err(|_| changed())?;
    carried.into_iter().map(|fact| statement(fact, ladders)).collect()
}

fn changed() -> Failure {
    Failure::bad_input("The form came back changed. Go back, reload the page and send it again.")
}

fn statement(fact: Carried, ladders: &Ladders) -> Result<Statement, Failure> {
    let kind = Kind::built_in(fact.key.as_str()).ok_or_else(changed)?;
    // Levels are in some ladder's own words; which one it is does not matter here.
    let ladder = ladders.products().into_iter().find_map(|ladder| answer::read(kind, &fact.value, ladders, ladder.key()).ok());
    let value = match ladder {
        Some(value) => value,
        None => answer::read(kind, &fact.value, ladders, "").map_err(|_| changed())?,
    };
    Ok(Statement { key: fact.key, value: Some(value), source: fact.source, line: fact.line })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::condition::testing::World;
    use crate::tree::fact::{Row, Rows, Value};

    fn stated(key: &str, value: Option<Value>) -> Statement {
        Statement { key: FactKey::within("t", key), value, source: Source::Carried, line: Some("a\nb".to_owned()) }
    }

    #[test]
    fn what_every_tree_understands_comes_back_as_it_was() {
        let row = Row { name: Some("EX01".to_owned()), level: Some("5.0 SP2".to_owned()), ..Row::default() };
        let kept = [
            stated("text", Some(Value::Messages(vec!["<b>\n\"".to_owned()]))),
            stated("servers", Some(Value::Rows(Rows { rows: vec![row.clone()], more: true }))),
            stated("admin", Some(Value::Subject(Box::new(row)))),
        ];
        let left_out = [stated("wet", Some(Value::YesNo(true))), stated("clients", None)];
        let text = written(kept.iter().chain(&left_out));
        assert_eq!(read(&text, World::new().ladders()).unwrap(), kept);
        assert_eq!(read(&written(&left_out), World::new().ladders()).unwrap(), []);
    }

    #[test]
    fn what_no_page_has_written_is_refused() {
        for forged in [
            "[",
            "{}",
            r#"[{"key":"t.wet","value":true,"source":"asked"}]"#,
            r#"[{"key":"text","value":7.5,"source":"sworn"}]"#,
            r#"[{"key":"servers","value":[{"name":"EX01"},{"name":"ex01"}],"source":"carried"}]"#,
        ] {
            assert!(read(forged, World::new().ladders()).is_err(), "{forged}");
        }
    }
}
