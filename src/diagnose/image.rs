//! The pictures of guides.

use axum::extract::State;
use axum::http::{HeaderName, header};
use axum::response::IntoResponse;

use super::Desk;
use crate::web::{Failure, Path, Role, Viewer};

/// Kept by the browser for good, since another picture has another address; and by no cache that others share, since who may see it can change.
const CACHING: &str = "private, max-age=31536000, immutable";

/// A picture: for visitors if a published version shows it, for authors in any case. What only drafts show does not exist for visitors.
pub async fn show(State(desk): State<Desk>, viewer: Option<Viewer>, Path(digest): Path<String>) -> Result<impl IntoResponse, Failure> {
    let shelf = &desk.visits.shelf;
    let is_author = viewer.is_some_and(|viewer| viewer.roles.allow(Role::Author));
    if !is_author && !shelf.is_image_published(&digest) {
        return Err(Failure::NotFound);
    }
    let image = shelf.image(&digest).await.map_err(Failure::unavailable)?.ok_or(Failure::NotFound)?;
    let headers: [(HeaderName, String); 2] = [(header::CONTENT_TYPE, image.media_type), (header::CACHE_CONTROL, CACHING.to_owned())];
    Ok((headers, image.bytes))
}
