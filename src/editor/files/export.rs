//! A tree as a file to be downloaded.

use axum::extract::State;
use axum::http::{HeaderName, header};
use axum::response::IntoResponse;

use crate::editor::release::{TreeState, open};
use crate::editor::{Editor, refusal};
use crate::tree::file;
use crate::web::{Failure, Path, Query};

/// The file of the state that `?of=` names; without it, of the draft.
pub async fn show(State(editor): State<Editor>, Path(slug): Path<String>, Query(fields): Query) -> Result<impl IntoResponse, Failure> {
    let state = fields.get("of")?.map_or(Some(TreeState::Draft), TreeState::parse).ok_or(Failure::NotFound)?;
    let draft = open(&editor, &slug).await?;
    let tree = state.tree(&editor, &draft).await?;
    let text = file::write(&editor.shelf.packed(&tree).await.map_err(refusal)?).map_err(Failure::internal)?;
    // Slugs and states have only letters, digits and hyphens.
    let name = format!("attachment; filename=\"{}-{state}.yaml\"", draft.slug);
    let headers: [(HeaderName, String); 3] = [
        (header::CONTENT_TYPE, "application/yaml; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, text))
}
