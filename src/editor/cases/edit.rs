//! The form of one case: its name, what is given, and what it expects.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::super::save::{self, Attempt, saved};
use super::super::trial::LONGEST_NAME;
use super::super::{Bar, Editor, refusal};
use crate::tree::case;
use crate::tree::closure::Closure;
use crate::tree::file;
use crate::tree::model::{Case, Given, Node, NodeKind, Tree};
use crate::web::{Failure, FieldErrors, Fields, Form, Nav, Page, Path, Viewer};
use crate::words::{capitalised, ends};

/// The page.
#[derive(Template, WebTemplate)]
#[template(path = "editor/cases/edit.html")]
struct CasePage {
    page: Page,
    bar: Bar,
    errors: FieldErrors,
    typed: Typed,
    /// Where the form is posted to.
    action: String,
    revision: i64,
    /// The place of the case, from 1; `None` for a new one.
    number: Option<usize>,
    ends: Vec<(String, String)>,
    /// The facts that the tree knows, for those who write them: key and the question that sets it.
    facts: Vec<(String, String)>,
    try_action: String,
    back: String,
}

/// What stands in the form.
#[derive(Debug, Clone, Default)]
struct Typed {
    name: String,
    given: String,
    expect: String,
}

impl Typed {
    fn of(case: &Case) -> Result<Self, Failure> {
        let given = file::write_given(&Given::of(case)).map_err(Failure::internal)?;
        Ok(Self { name: case.name.clone(), given, expect: case.expect.clone() })
    }

    fn sent(fields: &Fields) -> Result<Self, Failure> {
        let field = |name: &str| Ok::<_, Failure>(fields.get(name)?.unwrap_or_default().replace("\r\n", "\n"));
        Ok(Self { name: field("name")?.trim().to_owned(), given: field("given")?, expect: field("expect")? })
    }

    /// The case in a tree whose other cases have the names `others`.
    fn read(&self, closure: &Closure, others: &[&str]) -> Result<Case, FieldErrors> {
        let mut errors = FieldErrors::default();
        if self.name.is_empty() {
            errors.add("name", "Say in a few words what the case shows.");
        } else if self.name.chars().count() > LONGEST_NAME {
            errors.add("name", format!("The name has more than {LONGEST_NAME} characters. Shorten it."));
        } else if others.contains(&self.name.as_str()) {
            errors.add("name", "Another case has this name. Choose another, since changed cases are accepted by name.");
        }
        if !ends::all(closure).iter().any(|(written, _)| *written == self.expect) {
            errors.add("expect", "Choose what the case is to come to.");
        }
        let case = match file::read_given(&self.given) {
            Ok(given) => given.case(&self.name, &self.expect),
            Err(problem) => {
                errors.add("given", sentence(&problem.to_string()));
                return Err(errors);
            }
        };
        if let Err(problem) = case::run(closure, &case) {
            errors.add("given", problem);
        }
        if errors.is_empty() { Ok(case) } else { Err(errors) }
    }
}

/// A message that begins as a sentence does and ends in a full stop.
fn sentence(message: &str) -> String {
    let message = capitalised(message);
    if message.ends_with('.') { message } else { format!("{message}.") }
}

/// The index that an address names; `None` for a new case.
fn index(tree: &Tree, written: &str) -> Result<Option<usize>, Failure> {
    if written == "new" {
        return Ok(None);
    }
    let index = written.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    index.filter(|index| *index < tree.cases.len()).map(Some).ok_or(Failure::NotFound)
}

/// Shows the form.
pub async fn show(State(editor): State<Editor>, viewer: Viewer, Path((slug, number)): Path<(String, String)>) -> Result<Response, Failure> {
    let draft = editor.shelf.open_draft(&slug).await.map_err(refusal)?;
    let index = index(&draft.tree, &number)?;
    let typed = match index.and_then(|index| draft.tree.cases.get(index)) {
        Some(case) => Typed::of(case)?,
        None => Typed::default(),
    };
    page(&editor, &viewer, &slug, draft.revision, index, typed, FieldErrors::default()).await
}

async fn page(
    editor: &Editor,
    viewer: &Viewer,
    slug: &str,
    revision: i64,
    index: Option<usize>,
    typed: Typed,
    errors: FieldErrors,
) -> Result<Response, Failure> {
    let draft = editor.shelf.open_draft(slug).await.map_err(refusal)?;
    let closure = editor.shelf.closure_of(&draft.tree).await.map_err(refusal)?;
    let urls = editor.site.urls();
    let number = index.map(|index| index + 1);
    let mut page = editor.site.page(format!("Case: {}", draft.tree.title)).at(Nav::Editor).seen_by(viewer).hidden();
    let mut status = StatusCode::OK;
    if !errors.is_empty() {
        page = page.with_error();
        status = StatusCode::UNPROCESSABLE_ENTITY;
    }
    let page = CasePage {
        page,
        bar: Bar::of(urls, viewer, &draft, "", None),
        errors,
        typed,
        action: number.map_or_else(|| urls.editor_new_case(slug), |number| urls.editor_case(slug, number)),
        revision,
        number,
        ends: ends::all(&closure),
        facts: facts(&draft.tree),
        try_action: urls.editor_try(slug),
        back: urls.editor_cases(slug),
    };
    Ok((status, page).into_response())
}

/// The facts that questions of the tree set.
fn facts(tree: &Tree) -> Vec<(String, String)> {
    let fact = |node: &Node| match &node.kind {
        NodeKind::Question(question) => Some((question.fact.clone(), node.title.clone())),
        _ => None,
    };
    tree.nodes.iter().filter_map(fact).collect()
}

/// Saves the form.
pub async fn save(State(editor): State<Editor>, viewer: Viewer, Path((slug, number)): Path<(String, String)>, Form(fields): Form) -> Result<Response, Failure> {
    let (revision, base) = save::base(&editor, &slug, &fields).await?;
    let index = index(&base, &number)?;
    let typed = Typed::sent(&fields)?;
    let closure = editor.shelf.closure_of(&base).await.map_err(refusal)?;
    let others: Vec<&str> = base.cases.iter().enumerate().filter(|(other, _)| Some(*other) != index).map(|(_, case)| case.name.as_str()).collect();
    let case = match typed.read(&closure, &others) {
        Ok(case) => case,
        Err(errors) => return page(&editor, &viewer, &slug, revision, index, typed, errors).await,
    };
    let mut tree = Tree::clone(&base);
    match index.and_then(|index| tree.cases.get_mut(index)) {
        Some(old) => *old = case,
        None => tree.cases.push(case),
    }
    let next = editor.site.urls().editor_cases(&slug);
    saved(&editor, &viewer, Attempt { slug, revision, tree, next }).await
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::tree::ladder::{Ladder, Ladders, WINDOWS};

    fn closure() -> Closure {
        let tree = file::read(include_str!("../../../trees/extension-not-loaded.yaml")).unwrap();
        let ladder = |key, product, table| Arc::new(Ladder::from_csv(key, product, table).unwrap());
        let exchange = ladder("exchange", "Exchange Server", include_str!("../../../trees/ladders/exchange.csv"));
        let windows = ladder(WINDOWS, "Windows", include_str!("../../../trees/ladders/windows.csv"));
        Closure::single(Arc::new(tree), Arc::new(Ladders::new([exchange, windows])))
    }

    #[test]
    fn every_case_of_a_shipped_tree_comes_back_from_its_form_as_it_was() {
        let closure = closure();
        for case in &closure.tree.cases {
            assert_eq!(Typed::of(case).unwrap().read(&closure, &[]).unwrap(), *case);
        }
    }

    #[test]
    fn every_mistake_is_said_at_its_field() {
        let closure = closure();
        let fields = |typed: Typed| typed.read(&closure, &["taken"]).unwrap_err().iter().map(|error| error.field.clone()).collect::<Vec<_>>();
        let typed = |name: &str, given: &str, expect: &str| Typed { name: name.to_owned(), given: given.to_owned(), expect: expect.to_owned() };
        assert_eq!(fields(typed("", "", "")), ["name", "expect"]);
        assert_eq!(fields(typed("taken", "", "hand_over")), ["name"]);
        assert_eq!(fields(typed(&"x".repeat(201), "", "hand_over")), ["name"]);
        assert_eq!(fields(typed("a", "facts: [", "hand_over")), ["given"]);
        assert_eq!(fields(typed("a", "facts:\n  colour: red\n", "hand_over")), ["given"]);
        assert_eq!(fields(typed("a", "unknown: [taste]", "hand_over")), ["given"]);
        let located = typed("a", "facts:\n  servers: 1\nmore: 2\n", "hand_over").read(&closure, &[]).unwrap_err();
        assert!(located.of("given").unwrap().starts_with("Line 3"), "{:?}", located.of("given"));
    }
}
