//! A newer shipped tree that waits as a draft: compared with what visitors see, then accepted or discarded.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};

use super::{TreeState, frame, open};
use crate::editor::save::{refusal, revision};
use crate::editor::{Bar, Editor, by};
use crate::tree::difference::{self, Sentence};
use crate::web::{Failure, Form, Link, Page, Path, Viewer};

/// The offer.
#[derive(Template, WebTemplate)]
#[template(path = "editor/release/offered.html")]
pub struct OfferedPage {
    page: Page,
    bar: Bar,
    live: Option<i64>,
    revision: i64,
    sentences: Vec<Sentence>,
    compare: Option<String>,
    publish: String,
    action: String,
    back: String,
}

/// Shows what the shipped tree would change.
pub async fn show(State(editor): State<Editor>, viewer: Viewer, Path(slug): Path<String>) -> Result<OfferedPage, Failure> {
    let draft = open(&editor, &slug).await?;
    if !draft.offered_by_starter {
        return Err(no_longer(&editor, &slug));
    }
    let current = editor.shelf.current(&draft.slug);
    let (page, bar) = frame(&editor, &viewer, &draft, "A newer shipped version");
    let urls = editor.site.urls();
    let live = current.as_ref().map(|version| version.number);
    Ok(OfferedPage {
        page,
        bar,
        live,
        revision: draft.revision,
        sentences: current.map_or_else(Vec::new, |version| difference::sentences(&version.tree, &draft.tree)),
        compare: live.map(|live| urls.editor_compare(&slug, &TreeState::Version(live).to_string(), &TreeState::Draft.to_string())),
        publish: urls.editor_publish(&slug),
        action: urls.editor_offered(&slug),
        back: urls.editor_tree(&slug),
    })
}

fn no_longer(editor: &Editor, slug: &str) -> Failure {
    let what = "No newer shipped version is offered for this guide: it was accepted, discarded, or edited.".to_owned();
    Failure::Conflict { what, ways_on: vec![Link { href: editor.site.urls().editor_tree(slug), text: "Open the guide".to_owned() }], typed: None }
}

/// Discards the offer: the draft is what visitors see again.
pub async fn act(State(editor): State<Editor>, viewer: Viewer, Path(slug): Path<String>, Form(fields): Form) -> Result<Response, Failure> {
    let draft = open(&editor, &slug).await?;
    if !draft.offered_by_starter || draft.revision != revision(&fields)? {
        return Err(no_longer(&editor, &slug));
    }
    editor.shelf.discard(&slug, draft.revision, &by(&viewer)).await.map_err(|error| refusal(error).keeping(&fields))?;
    Ok(Redirect::to(&editor.site.urls().editor_tree(&slug)).into_response())
}
