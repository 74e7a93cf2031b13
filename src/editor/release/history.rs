//! The edits of a tree's draft: read, looked at, and restored from.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State;
use axum::response::Response;

use super::{TreeState, frame, open};
use crate::editor::save::{Attempt, refusal, revision, saved};
use crate::editor::{Bar, Editor};
use crate::shelf::EditRow;
use crate::tree::model::Tree;
use crate::web::{Failure, Form, Page, Path, Query, Viewer, time};

/// Edits on one page.
const AT_ONCE: i64 = 50;

/// The edits of a draft.
#[derive(Template, WebTemplate)]
#[template(path = "editor/release/history.html")]
pub struct HistoryPage {
    page: Page,
    bar: Bar,
    revision: i64,
    edits: Vec<EditLine>,
    older: Option<String>,
    action: String,
    back: String,
}

/// An edit of the list.
struct EditLine {
    revision: i64,
    at: String,
    by: String,
    sentences: Vec<String>,
    undoes: Option<i64>,
    /// The version that was published from it.
    version: Option<i64>,
    /// What the edit changed.
    difference: String,
    /// What has changed since.
    since: Option<String>,
    export: String,
}

/// The edits, newest first; `?before=` names the revision to go on from.
pub async fn show(State(editor): State<Editor>, viewer: Viewer, Path(slug): Path<String>, Query(fields): Query) -> Result<HistoryPage, Failure> {
    let draft = open(&editor, &slug).await?;
    let before = fields.get("before")?.map(|before| before.parse::<i64>().map_err(|_| Failure::NotFound)).transpose()?;
    let rows = editor.shelf.history(&slug, before, AT_ONCE).await.map_err(refusal)?;
    let (page, bar) = frame(&editor, &viewer, &draft, "Edits");
    let urls = editor.site.urls();
    let is_full = i64::try_from(rows.len()).is_ok_and(|count| count == AT_ONCE);
    let last = rows.last().map(|row| row.revision).filter(|revision| is_full && *revision > 1);
    let older = last.map(|last| format!("{}?{}", urls.editor_history(&slug), crate::web::urls::query([("before", last.to_string().as_str())])));
    let line = |row: EditRow| {
        let compare = |from: TreeState, to: TreeState| urls.editor_compare(&slug, &from.to_string(), &to.to_string());
        let state = TreeState::Revision(row.revision);
        EditLine {
            difference: compare(TreeState::Revision(row.revision - 1), state),
            since: (row.revision < draft.revision).then(|| compare(state, TreeState::Draft)),
            export: urls.editor_export(&slug, &state.to_string()),
            revision: row.revision,
            at: time::moment(row.at),
            by: row.by,
            sentences: row.sentences,
            undoes: row.undoes,
            version: row.version,
        }
    };
    let edits = rows.into_iter().map(line).collect();
    Ok(HistoryPage { page, bar, revision: draft.revision, edits, older, action: urls.editor_history(&slug), back: urls.editor_tree(&slug) })
}

/// Makes the draft what it was after an edit. That is an edit itself.
pub async fn restore(State(editor): State<Editor>, viewer: Viewer, Path(slug): Path<String>, Form(fields): Form) -> Result<Response, Failure> {
    let wanted = fields.get("restore")?.and_then(|number| number.parse().ok());
    let wanted = wanted.ok_or_else(|| Failure::bad_input("The form names no edit. Open the list of edits again and use its buttons."))?;
    let tree = editor.shelf.draft_at(&slug, wanted).await.map_err(|error| refusal(error).keeping(&fields))?;
    let attempt = Attempt { revision: revision(&fields)?, tree: Tree::clone(&tree), next: editor.site.urls().editor_tree(&slug), slug };
    saved(&editor, &viewer, attempt).await.map_err(|failure| failure.keeping(&fields))
}
