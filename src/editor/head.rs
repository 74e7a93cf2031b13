//! The form of the guide as a whole: its title, what it is about, who keeps it, and what leads to it.

use axum::extract::State;
use axum::response::{IntoResponse, Response};

use super::Editor;
use super::desk::{self, Again};
use super::form::{Reader, Reshape, Targets, Typed};
use super::save::{self, Attempt, saved};
use crate::tree::model::{SymptomEvent, Symptoms, Tree};
use crate::web::{Failure, FieldErrors, Form, Path, Viewer};

/// What stands in the form before anything is typed.
pub fn fill(tree: &Tree) -> Typed {
    let events = tree.symptoms.events.iter().map(|event| Typed::default().with("source", &event.source).with("id", event.id.to_string()));
    Typed::default()
        .with("title", &tree.title)
        .with("summary", &tree.summary)
        .with("products", tree.products.join("\n"))
        .with("applies_to", &tree.applies_to)
        .with("ladder", &tree.ladder)
        .with_optional("owner", tree.owner.as_deref())
        .with_optional("reviewed", tree.reviewed.as_deref())
        .with_optional("review_by", tree.review_by.as_deref())
        .with("start", &tree.start)
        .with("texts", tree.symptoms.texts.join("\n"))
        .with_rows("event", events)
}

/// Reads the form of the tree that was `before`. `None` if something cannot be taken; then `errors` says what.
fn read(typed: &Typed, before: &Tree, targets: &mut Targets<'_>, errors: &mut FieldErrors) -> Option<Tree> {
    let mut reader = Reader::new(typed, errors);
    for (name, refusal) in [
        ("title", "Write a title: it is what visitors call the problem."),
        ("applies_to", "Write what it applies to, such as Exchange 5.5."),
        ("products", "Name a product: the list of guides groups by it."),
    ] {
        if reader.line(name).is_empty() {
            reader.refuse(name, refusal);
        }
    }
    let events = reader.rows("event", |row| {
        let source = row.line("source");
        if source.is_empty() {
            row.refuse("source", "Write the program that logs the event.");
        }
        let id = row.number("id", "Write the event's number, such as 2037.");
        if row.line("id").is_empty() {
            row.refuse("id", "Write the event's number, such as 2037.");
        }
        Some(SymptomEvent { source, id: id? })
    });
    let (reviewed, review_by) = (day(&mut reader, "reviewed"), day(&mut reader, "review_by"));
    let read = Tree {
        title: reader.line("title"),
        summary: reader.markdown("summary"),
        products: reader.lines("products"),
        applies_to: reader.line("applies_to"),
        ladder: reader.line("ladder"),
        owner: reader.optional_line("owner"),
        reviewed,
        review_by,
        symptoms: Symptoms { texts: reader.lines("texts"), events },
        start: reader.target("start", targets),
        ..before.clone()
    };
    errors.is_empty().then_some(read)
}

fn day(reader: &mut Reader<'_>, name: &str) -> Option<String> {
    let day = reader.optional_line(name)?;
    if day.parse::<jiff::civil::Date>().is_err() {
        reader.refuse(name, "Write the day as 2026-11-22.");
    }
    Some(day)
}

/// Saves it, or shows the form again with a row more or less.
pub async fn post(State(editor): State<Editor>, viewer: Viewer, Path(slug): Path<String>, Form(fields): Form) -> Result<Response, Failure> {
    let mut typed = Typed::of(&fields);
    let (revision, base) = save::base(&editor, &slug, &fields).await.map_err(|failure| failure.keeping(&fields))?;
    if let Some(change) = fields.all("do").find_map(Reshape::parse) {
        typed.reshape(change);
        let again = Again { base, revision, key: None, typed, errors: FieldErrors::default(), texts: Vec::new() };
        return Ok(desk::again(&editor, &viewer, &slug, again).await?.into_response());
    }
    let former = editor.node_keys(&slug).await?;
    let mut targets = Targets::new(&base, &former);
    let mut errors = FieldErrors::default();
    let Some(mut tree) = read(&typed, &base, &mut targets, &mut errors) else {
        let again = Again { base, revision, key: None, typed, errors, texts: Vec::new() };
        return Ok(desk::refused(&editor, &viewer, &slug, again).await?.into_response());
    };
    tree.nodes.extend(targets.into_made());
    let next = editor.site.urls().editor_tree(&slug);
    saved(&editor, &viewer, Attempt { slug, revision, tree, next }).await.map_err(|failure| failure.keeping(&fields))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::tree::file;

    #[test]
    fn the_head_of_a_starter_tree_comes_back_as_it_was() {
        let tree = file::read(include_str!("../../trees/extension-not-loaded.yaml")).unwrap();
        let mut errors = FieldErrors::default();
        let none = BTreeSet::new();
        assert_eq!(read(&fill(&tree), &tree, &mut Targets::new(&tree, &none), &mut errors).as_ref(), Some(&tree));
        let typed = fill(&tree).with("title", "").with("review_by", "soon").with("start", "nowhere").with_rows("event", [Typed::default().with("id", "x")]);
        assert_eq!(read(&typed, &tree, &mut Targets::new(&tree, &none), &mut errors), None);
        let fields: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["title", "event-1-source", "event-1-id", "review_by", "start"]);
    }
}
