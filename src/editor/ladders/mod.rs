//! The ladders: families and levels of each product in order, edited in forms or taken from a table.

mod family;
mod import;
mod list;
mod one;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::get;

use super::Editor;
use super::save::refusal;
use crate::shelf::{self, LevelInUse};
use crate::tree::ladder::{Ladder, LadderError};
use crate::web::{Failure, FieldErrors, urls};

/// Most bytes of a request with a ladder's table.
const IMPORT_LIMIT: usize = 4 * 1024 * 1024;

/// The pages of this part.
pub fn router() -> Router<Editor> {
    Router::new()
        .route(urls::EDITOR_LADDERS, get(list::show).post(list::create))
        .route(urls::EDITOR_LADDER, get(one::show).post(one::change))
        .route(urls::EDITOR_LADDER_TABLE, get(one::table))
        .route(urls::EDITOR_LADDER_IMPORT, get(import::show).post(import::take).layer(DefaultBodyLimit::max(IMPORT_LIMIT)))
        .route(urls::EDITOR_FAMILY, get(family::show).post(family::edit))
}

/// A ladder with the number of its newest revision.
pub struct Newest {
    ladder: std::sync::Arc<Ladder>,
    revision: i64,
}

/// The newest revision of the ladder `key`.
async fn newest(editor: &Editor, key: &str) -> Result<Newest, Failure> {
    let ladders = editor.shelf.ladders().await.map_err(refusal)?;
    let ladder = ladders.get(key).ok_or(Failure::NotFound)?;
    let revisions = editor.shelf.ladder_revisions(key).await.map_err(refusal)?;
    Ok(Newest { ladder: std::sync::Arc::clone(ladder), revision: revisions.iter().map(|row| row.revision).max().unwrap_or(0) })
}

/// Adds what the shelf says about the levels that would be lost; gives any other error back.
fn levels_in_use(error: shelf::Error, field: &str, errors: &mut FieldErrors) -> Result<(), Failure> {
    let shelf::Error::LevelsInUse(places) = error else { return Err(refusal(error)) };
    for LevelInUse { level, tree, place } in places {
        errors.add(field, format!("{level} is used by \"{tree}\", {place}: change that first, or keep the level."));
    }
    Ok(())
}

/// The mistake in a table, as the message beside the field that took it.
fn in_table(error: &LadderError) -> String {
    let column = error.column.map(|column| format!(", column {column}")).unwrap_or_default();
    format!("Line {}{column}: {}.", error.line, error.message)
}
