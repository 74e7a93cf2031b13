//! The form of a question.

use std::collections::BTreeMap;

use super::super::form::targets::key_from;
use super::super::form::{Asked, Reader, Targets, Typed, word_of};
use super::{fill_command, fork, read_command};
use crate::tree::check::{MAX_LOOKUP_TEXT, MAX_PLACE};
use crate::tree::fact::BUILT_IN;
use crate::tree::model::{Ask, Choice, Column, Lookup, NumberLimits, Question, Tree};
use crate::tree::wording::Room;

/// The columns whose boxes a question may name, with the form's field for them.
const OFFERS: [(Column, &str); 3] = [(Column::Roles, "offers_roles"), (Column::Hotfixes, "offers_hotfixes"), (Column::History, "offers_history")];

pub fn fill(typed: Typed, question: &Question) -> Typed {
    let card = question.card.iter().map(|lookup| {
        let row = fill_command(Typed::default().with("where", &lookup.place), lookup.command.as_ref());
        row.with_optional("steps", lookup.steps.as_deref()).with_optional("looks_like", lookup.looks_like.as_deref())
    });
    let options = question
        .options
        .iter()
        .map(|option| Typed::default().with("key", &option.key).with("label", &option.label).with_optional("hint", option.hint.as_deref()));
    let columns = question.columns.iter().map(|column| Typed::default().with("name", column.as_str()));
    let limits = question.number.clone().unwrap_or_default();
    let number = |limit: Option<f64>| limit.map(|limit| limit.to_string()).unwrap_or_default();
    let mut typed = typed
        .with("fact", &question.fact)
        .with("ask", word_of(&question.ask))
        .with("prompt", &question.prompt)
        .with_optional("hint", question.hint.as_deref())
        .with_optional("help", question.help.as_deref())
        .with_rows("card", card)
        .with_rows("option", options)
        .with_rows("column", columns)
        .with("families", question.families.join(", "))
        .with("min", number(limits.min))
        .with("max", number(limits.max))
        .with_optional("unit", limits.unit.as_deref());
    for (column, field) in OFFERS {
        typed = typed.with(field, question.offers.get(&column).map(|offers| offers.join("\n")).unwrap_or_default());
    }
    fork::fill(typed, &question.fork)
}

pub fn read(reader: &mut Reader<'_>, key: &str, before: &Question, targets: &mut Targets<'_>) -> Option<Question> {
    // What is not a kind is refused; the rest is still read.
    let ask = reader.word("ask").unwrap_or(before.ask);
    let fact = fact(reader, key, before, ask, targets.tree());
    let (prompt, hint, help) = (reader.text("prompt"), reader.optional_markdown("hint"), reader.optional_markdown("help"));
    let card = reader.rows("card", lookup);
    let options = reader.rows("option", |row| {
        let (key, label) = (row.line("key"), row.line("label"));
        if key.is_empty() {
            row.refuse("key", "Write the key that conditions compare with, such as missing.");
        }
        Some(Choice { key, label, hint: row.optional_line("hint") })
    });
    let mut columns = reader.rows("column", |row| row.word("name"));
    if ask == Ask::Servers && before.ask != Ask::Servers && columns.is_empty() {
        columns.push(Column::Level);
    }
    let families = reader.listed("families");
    let offers = offers(reader, &before.offers);
    let number = limits(reader);
    let asked = Asked { fact: &fact, ask, options: &options };
    let fork = fork::read(reader, &before.fork, Some(&asked), targets);
    Some(Question { fact, ask, prompt, hint, help, card, options, columns, families, offers, number, fork })
}

/// The fact that was typed. Where none was, or the kind of question changed and the fact was not, it is the one that the kind usually sets: a fact of the
/// language in place of the node's own, and one of the node's own in place of a fact of the language.
fn fact(reader: &Reader<'_>, key: &str, before: &Question, ask: Ask, tree: &Tree) -> String {
    let typed = reader.line("fact");
    let is_free = |fact: &str| tree.question_for(fact).is_none_or(|(node, _)| node.key == key);
    let usual = built_in(ask).filter(|fact| is_free(fact));
    let is_untouched = ask != before.ask && typed == before.fact;
    let follows = is_untouched && (built_in(before.ask) == Some(typed.as_str()) || usual.is_some() && typed == key && !BUILT_IN.contains(&typed.as_str()));
    if typed.is_empty() || follows { usual.map_or_else(|| key_from(&reader.line("title")), str::to_owned) } else { typed }
}

/// The fact of the language that a kind of question asks for.
fn built_in(ask: Ask) -> Option<&'static str> {
    match ask {
        Ask::Servers => Some("servers"),
        Ask::Text => Some("text"),
        Ask::Event => Some("events"),
        Ask::Code => Some("codes"),
        Ask::YesNo | Ask::Choice | Ask::Choices | Ask::Number => None,
    }
}

fn lookup(row: &mut Reader<'_>) -> Option<Lookup> {
    let place = row.line("where");
    for (name, limit) in [("where", MAX_PLACE), ("command", MAX_LOOKUP_TEXT), ("steps", MAX_LOOKUP_TEXT), ("looks_like", MAX_LOOKUP_TEXT)] {
        let length = row.line(name).chars().count();
        if length > limit {
            row.refuse(name, format!("This has {length} characters; {limit} is the limit on a card. Keep what shows the fact."));
        }
    }
    let (command, steps) = (read_command(row), row.optional_wording("steps", Room::Markdown));
    Some(Lookup { place, command, steps, looks_like: row.optional_text("looks_like") })
}

/// What is offered, by column. Offers of columns that the form does not show stay as they were.
fn offers(reader: &Reader<'_>, before: &BTreeMap<Column, Vec<String>>) -> BTreeMap<Column, Vec<String>> {
    let mut offers = before.clone();
    for (column, field) in OFFERS {
        offers.insert(column, reader.lines(field));
    }
    offers.retain(|_, offered| !offered.is_empty());
    offers
}

fn limits(reader: &mut Reader<'_>) -> Option<NumberLimits> {
    const REFUSAL: &str = "Write a number, such as 100 or 0.5.";
    let limits = NumberLimits { min: reader.number("min", REFUSAL), max: reader.number("max", REFUSAL), unit: reader.optional_line("unit") };
    for (name, limit) in [("min", limits.min), ("max", limits.max)] {
        if limit.is_some_and(|limit| !limit.is_finite()) {
            reader.refuse(name, REFUSAL);
        }
    }
    (limits != NumberLimits::default()).then_some(limits)
}
