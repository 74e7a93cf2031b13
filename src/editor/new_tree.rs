//! Makes a tree: a new one, or one that is like another. Here also its address changes.

use std::collections::BTreeMap;

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::form::targets::{outcome, question, slug_from};
use super::form::{Reader, Typed};
use super::{Bar, Editor, by, refusal};
use crate::shelf;
use crate::tree::check::is_slug;
use crate::tree::model::{Ask, FORMAT, Fork, Node, NodeKind, Outcome, Symptoms, Tree, Verdict};
use crate::web::{Failure, FieldErrors, Form, Nav, Page, Path, Viewer};

/// The form of a new tree.
#[derive(Template, WebTemplate)]
#[template(path = "editor/new_tree.html")]
pub struct NewTreePage {
    page: Page,
    typed: Typed,
    errors: FieldErrors,
    ladders: Vec<(String, String)>,
}

/// Shows the form.
pub async fn show(State(editor): State<Editor>, viewer: Viewer) -> Result<NewTreePage, Failure> {
    page(&editor, &viewer, Typed::default(), FieldErrors::default()).await
}

async fn page(editor: &Editor, viewer: &Viewer, typed: Typed, errors: FieldErrors) -> Result<NewTreePage, Failure> {
    let ladders = editor.shelf.ladders().await.map_err(refusal)?;
    let ladders = ladders.products().into_iter().map(|ladder| (ladder.key().to_owned(), ladder.product().to_owned())).collect();
    let page = editor.site.page("New guide").at(Nav::Editor).seen_by(viewer).hidden();
    Ok(NewTreePage { page: if errors.is_empty() { page } else { page.with_error() }, typed, errors, ladders })
}

/// Makes the tree and goes on to its desk.
pub async fn post(State(editor): State<Editor>, viewer: Viewer, Form(fields): Form) -> Result<Response, Failure> {
    let typed = Typed::of(&fields);
    let mut errors = FieldErrors::default();
    let mut reader = Reader::new(&typed, &mut errors);
    let title = reader.line("title");
    if title.is_empty() {
        reader.refuse("title", "Write a title: it is what visitors call the problem.");
    }
    let summary = reader.text("summary");
    let slug = address(&mut reader, &title);
    let (products, applies_to, ladder) = (reader.lines("products"), reader.line("applies_to"), reader.line("ladder"));
    if products.is_empty() {
        reader.refuse("products", "Name a product: the list of guides groups by it.");
    }
    if errors.is_empty() {
        let tree = beginning(Tree {
            format: FORMAT.to_owned(),
            slug,
            summary: if summary.trim().is_empty() { title.clone() } else { summary },
            title,
            applies_to: if applies_to.is_empty() { products.join(", ") } else { applies_to },
            products,
            ladder,
            owner: Some(viewer.name.clone()),
            reviewed: None,
            review_by: None,
            symptoms: Symptoms::default(),
            start: String::new(),
            nodes: Vec::new(),
            cases: Vec::new(),
            pictures: BTreeMap::new(),
        });
        match editor.shelf.create(tree, &by(&viewer)).await {
            Ok(draft) => return Ok(Redirect::to(&editor.site.urls().editor_tree(&draft.slug)).into_response()),
            Err(shelf::Error::SlugTaken(slug)) => errors.add("slug", taken(&slug)),
            Err(error) => return Err(refusal(error).keeping(&fields)),
        }
    }
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&editor, &viewer, typed, errors).await?).into_response())
}

/// The address that was typed, or one made from the title.
fn address(reader: &mut Reader<'_>, title: &str) -> String {
    let slug = reader.optional_line("slug").unwrap_or_else(|| slug_from(title));
    // The page of new guides stands where this guide would.
    if !is_slug(&slug) || slug == "new" {
        reader.refuse("slug", "Use a-z, 0-9 and \"-\", beginning with a letter, at most 80 characters.");
    }
    slug
}

fn taken(slug: &str) -> String {
    format!("Another guide has, or had, the address \"{slug}\": choose one that no guide has or had.")
}

/// The tree with a question and a hand-over: the least that hangs together.
fn beginning(tree: Tree) -> Tree {
    let to = || "hand_over".to_owned();
    let fork = Fork { branches: Vec::new(), otherwise: to(), unknown: to(), meant: Vec::new() };
    let first = Node {
        key: "first_question".to_owned(),
        title: "First question".to_owned(),
        kind: NodeKind::Question(Box::new(question("text", "What does the error message say?", Ask::Text, fork))),
    };
    let cause = "Nothing that this guide knows matches.".to_owned();
    let hand_over = Outcome { cause, ..outcome(Verdict::HandOver, "Hand the case over") };
    let last = Node { key: to(), title: "Hand over".to_owned(), kind: NodeKind::Outcome(Box::new(hand_over)) };
    Tree { start: first.key.clone(), nodes: vec![first, last], ..tree }
}

/// The page with a new address and, for a copy, a title.
#[derive(Template, WebTemplate)]
#[template(path = "editor/address.html")]
pub struct AddressPage {
    page: Page,
    bar: Bar,
    copies: bool,
    action: String,
    slug: String,
    typed: Typed,
    errors: FieldErrors,
}

async fn address_page(editor: &Editor, viewer: &Viewer, slug: &str, copies: bool, (typed, errors): (Typed, FieldErrors)) -> Result<AddressPage, Failure> {
    let draft = editor.open_draft(slug).await?;
    let urls = editor.site.urls();
    let title = if copies { format!("Copy: {}", draft.tree.title) } else { format!("Address: {}", draft.tree.title) };
    let page = editor.site.page(title).at(Nav::Editor).seen_by(viewer).hidden();
    Ok(AddressPage {
        page: if errors.is_empty() { page } else { page.with_error() },
        bar: Bar::of(urls, viewer, &draft, "", None),
        copies,
        action: if copies { urls.editor_copy(&draft.slug) } else { urls.editor_address(&draft.slug) },
        slug: draft.slug,
        typed,
        errors,
    })
}

/// Asks for the new address.
pub async fn show_address(State(editor): State<Editor>, viewer: Viewer, Path(slug): Path<String>) -> Result<AddressPage, Failure> {
    let typed = Typed::default().with("slug", &slug);
    address_page(&editor, &viewer, &slug, false, (typed, FieldErrors::default())).await
}

/// Moves the tree; its former address leads to the new one.
pub async fn post_address(State(editor): State<Editor>, viewer: Viewer, Path(slug): Path<String>, Form(fields): Form) -> Result<Response, Failure> {
    let typed = Typed::of(&fields);
    let mut errors = FieldErrors::default();
    let new = address(&mut Reader::new(&typed, &mut errors), "");
    if errors.is_empty() {
        match editor.shelf.rename_slug(&slug, &new).await {
            Ok(()) => return Ok(Redirect::to(&editor.site.urls().editor_tree(&new)).into_response()),
            Err(shelf::Error::SlugTaken(slug)) => errors.add("slug", taken(&slug)),
            Err(error) => return Err(refusal(error).keeping(&fields)),
        }
    }
    Ok((StatusCode::UNPROCESSABLE_ENTITY, address_page(&editor, &viewer, &slug, false, (typed, errors)).await?).into_response())
}

/// Asks what the copy is called.
pub async fn show_copy(State(editor): State<Editor>, viewer: Viewer, Path(slug): Path<String>) -> Result<AddressPage, Failure> {
    address_page(&editor, &viewer, &slug, true, (Typed::default(), FieldErrors::default())).await
}

/// Makes the copy and goes on to its desk.
pub async fn post_copy(State(editor): State<Editor>, viewer: Viewer, Path(slug): Path<String>, Form(fields): Form) -> Result<Response, Failure> {
    let typed = Typed::of(&fields);
    let mut errors = FieldErrors::default();
    let mut reader = Reader::new(&typed, &mut errors);
    let title = reader.line("title");
    if title.is_empty() {
        reader.refuse("title", "Write the title of the copy.");
    }
    let new = address(&mut reader, &title);
    if errors.is_empty() {
        match editor.shelf.copy(&slug, &new, &title, &by(&viewer)).await {
            Ok(draft) => return Ok(Redirect::to(&editor.site.urls().editor_tree(&draft.slug)).into_response()),
            Err(shelf::Error::SlugTaken(slug)) => errors.add("slug", taken(&slug)),
            Err(error) => return Err(refusal(error).keeping(&fields)),
        }
    }
    Ok((StatusCode::UNPROCESSABLE_ENTITY, address_page(&editor, &viewer, &slug, true, (typed, errors)).await?).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::check;
    use crate::tree::ladder::Ladders;

    #[test]
    fn a_new_tree_hangs_together() {
        let tree = crate::tree::file::read(include_str!("../../trees/extension-not-loaded.yaml")).unwrap();
        let begun = beginning(Tree { nodes: Vec::new(), cases: Vec::new(), start: String::new(), ..tree });
        let ladder = crate::tree::ladder::Ladder::from_csv("exchange", "Exchange Server", include_str!("../../trees/ladders/exchange.csv")).unwrap();
        let findings = check::check(&begun, &Ladders::new([std::sync::Arc::new(ladder)]));
        assert!(!findings.iter().any(check::Finding::is_error), "{findings:?}");
    }
}
