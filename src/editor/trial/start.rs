//! Where a trial stands, and how one begins: from nothing, from a counter-example, or from a case.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};

use super::super::Editor;
use super::beside::{KeptCase, Typed};
use super::standing::{self, Standing};
use super::{outcome, question};
use crate::tree::model::Case;
use crate::tree::walk::End;
use crate::web::{Failure, FieldErrors, Fields, Form, Path, Query, Viewer};

/// Shows the question or outcome at which the trial stands.
pub async fn show(State(editor): State<Editor>, viewer: Viewer, Path(slug): Path<String>, Query(query): Query) -> Result<Response, Failure> {
    let standing = standing::open(&editor, &viewer, &slug).await?;
    let kept = query.get("kept")?.filter(|name| standing.draft.tree.cases.iter().any(|case| case.name == *name));
    let left_out = query.get("left_out")?.and_then(|count| count.parse().ok()).unwrap_or_default();
    let typed = Typed { kept: kept.map(|name| KeptCase { name: name.to_owned(), left_out }), ..Typed::default() };
    page(&editor, &viewer, &standing, query.get("way")?, typed, FieldErrors::default())
}

/// The page for where `standing` stands, with what was typed beside it and must be changed. `way` is the procedure whose steps are shown.
///
/// # Errors
/// The question that comes next is not in the tree.
pub fn page(editor: &Editor, viewer: &Viewer, standing: &Standing, way: Option<&str>, typed: Typed, errors: FieldErrors) -> Result<Response, Failure> {
    match &standing.walk.end {
        End::Question { node, .. } => Ok(question::page(editor, viewer, standing, node, question::Shown::Fresh { typed, errors })?.into_response()),
        End::Outcome { .. } | End::HandOver => Ok(outcome::page(editor, viewer, standing, way, typed, errors).into_response()),
    }
}

/// Begins a trial. The field `case` holds a case as JSON, such as a counter-example; `number` and `revision` name one of the draft's; without
/// either the trial begins from nothing.
pub async fn start(State(editor): State<Editor>, viewer: Viewer, Path(slug): Path<String>, Form(fields): Form) -> Result<Response, Failure> {
    let standing = standing::open(&editor, &viewer, &slug).await?;
    let case = asked_for(&editor, &slug, &fields).await?;
    standing::put(&editor, &viewer, &standing, case).await.map_err(|failure| failure.keeping(&fields))?;
    Ok(Redirect::to(&editor.site.urls().editor_try(&slug)).into_response())
}

async fn asked_for(editor: &Editor, slug: &str, fields: &Fields) -> Result<Case, Failure> {
    if let Some(json) = fields.get("case")? {
        let changed = |_| Failure::bad_input("The case in the form could not be read. Go back, reload the page and press the button again.");
        return serde_json::from_str(json).map_err(changed);
    }
    let Some(number) = fields.get("number")? else { return Ok(standing::nothing()) };
    let (_, tree) = super::super::save::base(editor, slug, fields).await?;
    let index = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    index.and_then(|index| tree.cases.get(index)).cloned().ok_or(Failure::NotFound)
}
