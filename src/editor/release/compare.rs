//! Two states of a tree compared: in sentences, and side by side with the words that differ.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State;

use super::{TreeState, frame, open};
use crate::editor::{Bar, Editor};
use crate::tree::difference::{self, NodeDiff, Sentence};
use crate::web::{Failure, Page, Path, Query, Viewer};

/// Two states of a tree.
#[derive(Template, WebTemplate)]
#[template(path = "editor/release/compare.html")]
pub struct ComparePage {
    page: Page,
    bar: Bar,
    from: String,
    to: String,
    /// The same two the other way round.
    swapped: String,
    back: String,
    sentences: Vec<Sentence>,
    differing: Vec<NodeDiff>,
}

/// Compares what `?from=` and `?to=` name; without them, the published version and the draft.
pub async fn show(State(editor): State<Editor>, viewer: Viewer, Path(slug): Path<String>, Query(fields): Query) -> Result<ComparePage, Failure> {
    let draft = open(&editor, &slug).await?;
    let usual = draft.live.map_or(TreeState::Draft, TreeState::Version);
    let named = |name: &str, usual: TreeState| match fields.get(name)? {
        Some(written) => TreeState::parse(written).ok_or(Failure::NotFound),
        None => Ok(usual),
    };
    let (from, to) = (named("from", usual)?, named("to", TreeState::Draft)?);
    let (before, after) = (from.tree(&editor, &draft).await?, to.tree(&editor, &draft).await?);
    let (page, bar) = frame(&editor, &viewer, &draft, "Compare");
    let urls = editor.site.urls();
    Ok(ComparePage {
        page,
        bar,
        from: from.words(),
        to: to.words(),
        swapped: urls.editor_compare(&slug, &to.to_string(), &from.to_string()),
        back: urls.editor_versions(&slug),
        sentences: difference::sentences(&before, &after),
        differing: difference::side_by_side(&before, &after),
    })
}
