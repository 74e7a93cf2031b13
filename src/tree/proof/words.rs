//! The facts of a witness in a few words: "EX01 5.5 SP1, EX02 5.5 SP4; share = missing".

use super::walks::{NodeId, State, Walks};
use super::witness::written;
use crate::tree::fact::{Event, Marks, Row, Value};
use crate::tree::model::Case;

/// Longest text that is shown whole, in characters.
const LONGEST: usize = 80;

/// The facts that the node's conditions ask for; all of them where it asks for none.
pub(super) fn of_case(walks: &Walks<'_>, case: &Case, node: NodeId, state: &State) -> String {
    let slug = &walks.closure.tree.slug;
    let groups = walks.groups_at(node);
    let is_asked = |key: &crate::tree::fact::FactKey| walks.solver.ground.atoms.group_of_fact(key).is_some_and(|group| groups.contains(&group));
    let values = state.given.values();
    let asked: Vec<_> = values.iter().filter(|(key, _)| is_asked(key)).collect();
    let shown = if asked.is_empty() { values.iter().collect() } else { asked };
    let words: Vec<String> = shown.into_iter().map(|(key, value)| of_value(written(key, slug), value.as_ref())).collect();
    if words.is_empty() {
        return match case.unknown.as_slice() {
            [] => "nothing is known".to_owned(),
            facts => facts.iter().map(|fact| of_value(fact, None)).collect::<Vec<_>>().join("; "),
        };
    }
    words.join("; ")
}

/// One fact in words.
pub(super) fn of_value(fact: &str, value: Option<&Value>) -> String {
    let joined = |words: Vec<String>| words.join(", ");
    match value {
        None => format!("{fact} not known"),
        Some(Value::Messages(texts)) => joined(texts.iter().map(|text| quoted(text)).collect()),
        Some(Value::Text(text)) => format!("{fact}: {}", quoted(text)),
        Some(Value::Events(events)) => joined(events.iter().map(of_event).collect()),
        Some(Value::Codes(codes)) => joined(codes.iter().map(|code| format!("code {code}")).collect()),
        Some(Value::Rows(rows)) => joined(rows.rows.iter().map(|row| of_row(row, "a machine")).collect()),
        Some(Value::Subject(row)) => of_row(row, fact),
        Some(Value::Choice(option)) => format!("{fact} = {option}"),
        Some(Value::Choices(options)) if options.is_empty() => format!("{fact}: none"),
        Some(Value::Choices(options)) => format!("{fact}: {}", joined(options.iter().cloned().collect())),
        Some(Value::YesNo(yes)) => format!("{fact} = {}", if *yes { "yes" } else { "no" }),
        Some(Value::Number(number)) => format!("{fact} = {number}"),
        Some(Value::Code(code)) => format!("{fact} = {code}"),
    }
}

/// A machine with everything that is known of it: "EX01 5.5 SP1 (build 5.5.2448.8), os NT 4.0 SP4".
fn of_row(row: &Row, unnamed: &str) -> String {
    let mut words = vec![row.name.clone().unwrap_or_else(|| unnamed.to_owned())];
    words.push(match (&row.level, &row.build) {
        (Some(level), Some(build)) => format!("{level} (build {build})"),
        (Some(level), None) => level.clone(),
        (None, Some(build)) => format!("build {build}"),
        (None, None) => String::new(),
    });
    for (name, text) in [("site", &row.site), ("os", &row.os), ("platform", &row.platform), ("edition", &row.edition), ("language", &row.language)] {
        words.extend(text.as_ref().map(|text| format!("{name} {text}")));
    }
    words.extend(row.components.iter().map(|(name, level)| format!("{name} {level}")));
    words.extend(row.files.iter().map(|(name, version)| format!("{name} {version}")));
    words.extend([of_marks("role", &row.roles), of_marks("hotfix", &row.hotfixes), of_marks("done:", &row.history)].into_iter().flatten());
    words.retain(|word| !word.is_empty());
    if words.len() == 1 {
        words.push("of which nothing is known".to_owned());
    }
    words.join(" ")
}

fn of_marks(name: &str, marks: &Marks) -> Option<String> {
    (!marks.stated.is_empty()).then(|| format!("{name} {}", marks.stated.join(" and ")))
}

fn of_event(event: &Event) -> String {
    let mut words = vec!["event".to_owned()];
    words.extend(event.id.map(|id| id.to_string()));
    words.extend(event.source.as_ref().map(|source| format!("of {source}")));
    words.extend(event.text.as_ref().map(|text| quoted(text)));
    words.join(" ")
}

fn quoted(text: &str) -> String {
    let short: String = text.chars().take(LONGEST).collect();
    if short.len() < text.len() { format!("\"{short}...\"") } else { format!("\"{text}\"") }
}
