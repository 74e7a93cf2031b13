//! A tree's versions: who published what when, how many diagnoses walk on each, and what can be done with them.

use std::collections::BTreeMap;

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State;
use axum::response::Response;

use super::{TreeState, frame, open};
use crate::editor::save::{Attempt, refusal, revision, saved};
use crate::editor::{Bar, Editor};
use crate::record::Walked;
use crate::shelf::{Draft, VersionRow};
use crate::tree::model::Tree;
use crate::web::{Failure, Form, Page, Path, Query, Role, Viewer, time};

/// A tree's versions.
#[derive(Template, WebTemplate)]
#[template(path = "editor/release/versions.html")]
pub struct VersionsPage {
    page: Page,
    bar: Bar,
    draft: DraftLine,
    revision: i64,
    action: String,
    compare: String,
    history: String,
    /// The guide as visitors see it, if they can.
    guide: Option<String>,
    /// The version that was just published.
    published: Option<i64>,
    withdraw: Option<String>,
    versions: Vec<VersionLine>,
    withdrawn: Vec<WithdrawnLine>,
}

/// The draft, above the versions.
struct DraftLine {
    number: i64,
    words: String,
    export: String,
}

/// A version of the list.
struct VersionLine {
    number: i64,
    is_live: bool,
    published: String,
    withdrawn: Option<String>,
    by: String,
    summary: String,
    running: i64,
    ended: i64,
    compare: String,
    export: String,
}

/// An outcome that was withdrawn.
struct WithdrawnLine {
    title: String,
    reason: String,
    since: String,
}

/// A tree's versions, newest first.
pub async fn show(State(editor): State<Editor>, viewer: Viewer, Path(slug): Path<String>, Query(query): Query) -> Result<VersionsPage, Failure> {
    let draft = open(&editor, &slug).await?;
    let rows = editor.shelf.versions(&slug).await.map_err(refusal)?;
    let walked = editor.records.walked(draft.tree_id).await.map_err(Failure::unavailable)?;
    let withdrawn = editor.shelf.withdrawn_outcomes(&slug).await.map_err(refusal)?;
    let (page, bar) = frame(&editor, &viewer, &draft, "Versions");
    let urls = editor.site.urls();
    let title = |key: &str| draft.tree.node(key).map_or_else(|| key.to_owned(), |node| node.title.clone());
    let withdrawn = withdrawn.into_iter().map(|(key, row)| WithdrawnLine { title: title(&key), reason: row.reason, since: time::day(row.at) });
    let versions = lines(&editor, &draft, rows, &walked);
    Ok(VersionsPage {
        page,
        bar,
        draft: DraftLine { number: draft.number, words: words(&draft), export: urls.editor_export(&slug, &TreeState::Draft.to_string()) },
        revision: draft.revision,
        action: urls.editor_versions(&slug),
        compare: urls.editor_compare_form(&slug),
        history: urls.editor_history(&slug),
        withdraw: viewer.roles.allow(Role::Publisher).then(|| urls.editor_withdraw(&slug)),
        published: query.get("published")?.and_then(|number| number.parse().ok()).filter(|number| draft.live == Some(*number)),
        guide: versions.iter().any(|version| version.is_live).then(|| urls.guide(&slug)),
        versions,
        withdrawn: withdrawn.collect(),
    })
}

/// How the draft stands to what visitors see.
fn words(draft: &Draft) -> String {
    match (draft.has_changes, draft.live) {
        (_, None) => "never published".to_owned(),
        (false, Some(live)) => format!("the same as version {live}"),
        (true, Some(live)) if draft.edits == 1 => format!("one edit since version {live}"),
        (true, Some(live)) => format!("{} edits since version {live}", draft.edits),
    }
}

fn lines(editor: &Editor, draft: &Draft, mut rows: Vec<VersionRow>, walked: &BTreeMap<i64, Walked>) -> Vec<VersionLine> {
    rows.sort_by_key(|row| std::cmp::Reverse(row.number));
    let urls = editor.site.urls();
    let line = |row: VersionRow| {
        let state = TreeState::Version(row.number).to_string();
        let walked = walked.get(&row.id).copied().unwrap_or_default();
        VersionLine {
            number: row.number,
            is_live: draft.live == Some(row.number) && row.withdrawn_at.is_none(),
            published: time::moment(row.published_at),
            withdrawn: row.withdrawn_at.map(time::day),
            by: row.by.unwrap_or_default(),
            summary: row.summary,
            running: walked.running,
            ended: walked.ended,
            compare: urls.editor_compare(&draft.slug, &state, &TreeState::Draft.to_string()),
            export: urls.editor_export(&draft.slug, &state),
        }
    };
    rows.into_iter().map(line).collect()
}

/// Makes an old version the draft again; it is an edit like any other.
pub async fn restore(State(editor): State<Editor>, viewer: Viewer, Path(slug): Path<String>, Form(fields): Form) -> Result<Response, Failure> {
    let number = fields.get("version")?.and_then(|number| number.parse().ok());
    let number = number.ok_or_else(|| Failure::bad_input("The form names no version. Open the list of versions again and use its buttons."))?;
    let tree = editor.shelf.version_tree(&slug, number).await.map_err(|error| refusal(error).keeping(&fields))?;
    let attempt = Attempt { revision: revision(&fields)?, tree: Tree::clone(&tree), next: editor.site.urls().editor_tree(&slug), slug };
    saved(&editor, &viewer, attempt).await.map_err(|failure| failure.keeping(&fields))
}
