//! Evidence pasted into a trial: read, checked by the author, and taken over in one go.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::super::{Bar, Editor};
use super::beside::Typed;
use super::standing::{self, Standing};
use super::start;
use crate::evidence;
use crate::form::{FactForm, Pressed, one_error};
use crate::tree::answer::MAX_TEXT;
use crate::tree::fact::{Sheet, Source, Statement};
use crate::tree::model::Case;
use crate::web::{Failure, FieldErrors, Form, Nav, Page, Path, Viewer};

/// The page that shows what was read.
#[derive(Template, WebTemplate)]
#[template(path = "editor/trial/reading.html")]
pub struct ReadingPage {
    page: Page,
    bar: Bar,
    form: FactForm,
    errors: FieldErrors,
    action: String,
    back: String,
}

fn page(editor: &Editor, viewer: &Viewer, standing: &Standing, form: FactForm, errors: FieldErrors) -> Response {
    let urls = editor.site.urls();
    let mut page = editor.site.page("This is what we read").at(Nav::Editor).seen_by(viewer).hidden();
    let mut status = StatusCode::OK;
    if !errors.is_empty() {
        page = page.with_error();
        status = StatusCode::UNPROCESSABLE_ENTITY;
    }
    let slug = standing.slug();
    let bar = Bar::of(urls, viewer, &standing.draft, "", None);
    (status, ReadingPage { page, bar, form, errors, action: urls.editor_try_facts(slug), back: urls.editor_try(slug) }).into_response()
}

/// Reads what was pasted. Nothing is kept yet.
pub async fn read(State(editor): State<Editor>, viewer: Viewer, Path(slug): Path<String>, Form(fields): Form) -> Result<Response, Failure> {
    let standing = standing::open(&editor, &viewer, &slug).await.map_err(|failure| failure.keeping(&fields))?;
    let evidence = fields.get("evidence")?.unwrap_or_default().replace("\r\n", "\n");
    let problem = if evidence.trim().is_empty() {
        Some("Paste the text of a message or event, or a list of servers.".to_owned())
    } else if evidence.len() > MAX_TEXT {
        Some(format!("The text has {} KiB; {} KiB is the limit. Keep the part that shows the error.", evidence.len().div_ceil(1024), MAX_TEXT / 1024))
    } else {
        None
    };
    if let Some(problem) = problem {
        let typed = Typed { evidence, ..Typed::default() };
        let page = start::page(&editor, &viewer, &standing, None, typed, one_error("evidence", problem))?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let ladders = standing.closure.ladders.clone();
    let reading = tokio::task::spawn_blocking(move || evidence::read(&evidence, &ladders)).await.map_err(Failure::internal)?;
    let form = FactForm::of_readings(&[(None, reading)], &standing.closure.ladders);
    Ok(page(&editor, &viewer, &standing, form, FieldErrors::default()))
}

/// Takes over what was read, as the author has corrected it.
pub async fn take(State(editor): State<Editor>, viewer: Viewer, Path(slug): Path<String>, Form(fields): Form) -> Result<Response, Failure> {
    let standing = standing::open(&editor, &viewer, &slug).await.map_err(|failure| failure.keeping(&fields))?;
    let form = FactForm::sent(&fields, &standing.closure.ladders)?;
    if FactForm::pressed(&fields)? == Pressed::Reshape {
        return Ok(page(&editor, &viewer, &standing, form, FieldErrors::default()));
    }
    let statements = match form.statements(&standing.closure.ladders) {
        Ok(statements) => statements,
        Err(errors) => return Ok(page(&editor, &viewer, &standing, form, errors)),
    };
    let case = with(&standing, statements);
    standing::put(&editor, &viewer, &standing, case).await.map_err(|failure| failure.keeping(&fields))?;
    Ok(Redirect::to(&editor.site.urls().editor_try(&slug)).into_response())
}

/// The case with what was read: messages, events and codes add up, a list of servers takes the place of another.
fn with(standing: &Standing, statements: Vec<Statement>) -> Case {
    let mut case = standing.case.clone();
    for new in statements {
        let pasted = |value| Statement { key: new.key.clone(), value, source: Source::Pasted, line: None };
        let before = standing.sheet.get(&new.key).map(|held| pasted(held.value.clone()));
        let together: Vec<Statement> = before.into_iter().chain([pasted(new.value.clone())]).collect();
        let value = Sheet::resolve(&together).get(&new.key).and_then(|held| held.value.clone());
        case.say(&standing.closure.tree.slug, &new.key, value.as_ref());
    }
    case
}

#[cfg(test)]
mod tests {
    use super::super::standing::{nothing, tests::standing};
    use super::*;
    use crate::tree::fact::{FactKey, Row, Rows, Value};

    fn said(key: &str, value: Value) -> Statement {
        Statement { key: FactKey::within("", key), value: Some(value), source: Source::Confirmed, line: None }
    }

    fn servers(name: &str) -> Value {
        Value::Rows(Rows { rows: vec![Row { name: Some(name.to_owned()), level: Some("5.0 SP2".to_owned()), ..Row::default() }], more: false })
    }

    #[test]
    fn messages_add_up_and_servers_are_replaced() {
        let message = |text: &str| Value::Messages(vec![text.to_owned()]);
        let case = with(&standing(nothing()), vec![said("text", message("a")), said("servers", servers("EX01"))]);
        let case = with(&standing(case), vec![said("text", message("b")), said("servers", servers("EX02"))]);
        assert_eq!(case.facts["text"], serde_json::json!(["a", "b"]));
        assert_eq!(case.facts["servers"], serde_json::json!([{"name": "EX02", "version": "5.0 SP2"}]));
    }
}
