//! What a case says of a fact, in words, without the question that the fact belonged to.

use serde_json::{Map, Value};

/// Members of a machine or event that are said first, and without their names.
const FIRST: [&str; 5] = ["name", "id", "source", "version", "text"];

/// The value of a fact as it is written in a case, in words: "MAIL1 5.5 SP2".
#[must_use]
pub fn written(value: &Value) -> String {
    match value {
        Value::Null => "not known".to_owned(),
        Value::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        Value::Array(items) if items.is_empty() => "none".to_owned(),
        Value::Array(items) => items.iter().map(written).collect::<Vec<_>>().join("; "),
        Value::Object(members) => object(members),
    }
}

fn object(members: &Map<String, Value>) -> String {
    let first = FIRST.iter().filter_map(|name| members.get(*name)).map(written).collect::<Vec<_>>().join(" ");
    let rest = members.iter().filter(|(name, _)| !FIRST.contains(&name.as_str()));
    let rest = rest.map(|(name, value)| format!("{} {}", name.replace('_', " "), written(value)));
    std::iter::once(first).filter(|first| !first.is_empty()).chain(rest).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn no_brace_or_quotation_mark_is_left() {
        let said = [
            (json!({"version": "5.5 SP2", "name": "MAIL1", "roles": ["mail", "web"]}), "MAIL1 5.5 SP2, roles mail; web"),
            (json!([{"name": "A"}, {"name": "B", "os": "NT 4.0"}]), "A; B, os NT 4.0"),
            (json!({"os": "NT 4.0"}), "os NT 4.0"),
            (json!([{"text": "It failed.", "source": "MTA", "id": 57}]), "57 MTA It failed."),
            (json!(["no route", "host down"]), "no route; host down"),
            (json!(true), "yes"),
            (json!(12), "12"),
            (json!([]), "none"),
            (json!(null), "not known"),
        ];
        for (value, words) in said {
            assert_eq!(written(&value), words);
        }
    }
}
