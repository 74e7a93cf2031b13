//! Reading and putting a draft.

use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use super::checks::Checks;
use super::{by, open, refused, stale};
use crate::account::ApiAuthor;
use crate::api::Api;
use crate::shelf::{self, Draft, Saved};
use crate::tree::check;
use crate::tree::file;
use crate::tree::ladder::Ladders;
use crate::tree::model::Tree;
use crate::web::error_page::Problem;
use crate::web::{Failure, FieldErrors, Path, Query, Role, urls};

/// The media type of a tree file as YAML.
const YAML: &str = "application/yaml";
/// The media types that a tree file may come as; JSON is read as the YAML that it is.
const TAKEN: [&str; 4] = ["application/json", YAML, "application/x-yaml", "text/yaml"];

/// A draft as it was stored.
#[derive(Debug, Serialize, ToSchema)]
pub struct StoredDraft {
    /// The tree's address.
    slug: String,
    /// The draft's revision, to be named by whoever replaces or publishes it.
    revision: i64,
    /// The number of the version that it will become.
    version: i64,
    /// Whether it differs from the newest version.
    has_changes: bool,
    /// What the gate before publishing says of it.
    checks: Checks,
}

/// The draft of a tree as a tree file; of a tree without one, its newest version. The `ETag` has the revision. `Accept: application/yaml` gets the
/// canonical form.
#[utoipa::path(
    get,
    path = urls::API_DRAFT,
    tag = "drafts",
    security(("api_token" = [])),
    params(("slug" = String, Path, description = "The tree.")),
    responses(
        (
            status = 200,
            description = "The tree file (fixpath/1).",
            content((Object = "application/json"), (String = "application/yaml")),
            headers(("ETag" = String, description = "The revision in quotation marks.")),
        ),
        (status = "default", response = Problem),
    ),
)]
pub async fn show_draft(State(api): State<Api>, author: ApiAuthor, headers: HeaderMap, Path(slug): Path<String>) -> Result<Response, Failure> {
    author.require(Role::Author)?;
    let draft = open(&api, &slug).await?;
    let tag: [(HeaderName, String); 1] = [(header::ETAG, format!("\"{}\"", draft.revision))];
    let wants_yaml = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).is_some_and(|value| value.contains(YAML));
    let tree = api.visits.shelf.packed(&draft.tree).await.map_err(refused)?;
    if wants_yaml {
        let text = file::write(&tree).map_err(Failure::internal)?;
        return Ok((tag, [(header::CONTENT_TYPE, YAML)], text).into_response());
    }
    Ok((tag, axum::Json(tree)).into_response())
}

/// Puts a tree file in place of the draft, or makes the tree. `If-Match: "REVISION"` or `?revision=` names the revision that it replaces; a tree
/// that is not there yet has none. The file is JSON or YAML, as its Content-Type says.
#[utoipa::path(
    put,
    path = urls::API_DRAFT,
    tag = "drafts",
    security(("api_token" = [])),
    params(
        ("slug" = String, Path, description = "The tree; the file's slug is the same."),
        ("revision" = Option<i64>, Query, description = "The revision that the file replaces."),
        ("If-Match" = Option<String>, Header, description = "The same, in quotation marks."),
    ),
    request_body(content((Object = "application/json"), (String = "application/yaml")), description = "The tree file (fixpath/1)."),
    responses(
        (status = 200, description = "The draft is replaced, or was the same already.", body = StoredDraft),
        (status = 201, description = "The tree is made.", body = StoredDraft),
        (
            status = 409,
            description = "The revision is not the present one; \"current\" has that revision and what the file would change in it.",
            body = Problem,
            content_type = "application/problem+json",
        ),
        (status = "default", response = Problem),
    ),
)]
pub async fn put_draft(
    State(api): State<Api>,
    author: ApiAuthor,
    headers: HeaderMap,
    Path(slug): Path<String>,
    Query(query): Query,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Failure> {
    author.require(Role::Author)?;
    let body = body.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Failure::TooLarge,
        _ => Failure::bad_input("The request broke off before all of it arrived. Send it again."),
    })?;
    let named = named_revision(&headers, query.get("revision")?)?;
    let tree = read(&headers, &body, &slug)?;
    let shelf = &api.visits.shelf;
    let ladders = shelf.ladders().await.map_err(Failure::unavailable)?;
    refuse_unfit(&tree, &ladders)?;
    let draft = match shelf.open_draft(&slug).await {
        Ok(draft) => draft,
        Err(shelf::Error::NoTree(_)) => {
            let draft = shelf.create(tree, &by(&author.viewer)).await.map_err(refused)?;
            return stored(&api, StatusCode::CREATED, &draft).await;
        }
        Err(error) => return Err(refused(error)),
    };
    if named != Some(draft.revision) {
        return Err(stale(&draft, Some(&tree)));
    }
    match shelf.replace(&slug, draft.revision, tree.clone(), &by(&author.viewer)).await {
        Ok(Saved::Stored(draft) | Saved::Unchanged(draft)) => stored(&api, StatusCode::OK, &draft).await,
        Ok(Saved::Conflict { draft, .. }) => Err(stale(&draft, Some(&tree))),
        Err(shelf::Error::Stale { .. }) => Err(stale(&open(&api, &slug).await?, Some(&tree))),
        Err(error) => Err(refused(error)),
    }
}

async fn stored(api: &Api, status: StatusCode, draft: &Draft) -> Result<Response, Failure> {
    let gate = api.visits.shelf.gate(draft).await.map_err(refused)?;
    let body = StoredDraft {
        slug: draft.slug.clone(),
        revision: draft.revision,
        version: draft.number,
        has_changes: draft.has_changes,
        checks: Checks::new(draft, &gate),
    };
    Ok((status, [(header::ETAG, format!("\"{}\"", draft.revision))], axum::Json(body)).into_response())
}

/// The revision that the request names, if it names one.
fn named_revision(headers: &HeaderMap, query: Option<&str>) -> Result<Option<i64>, Failure> {
    let header = headers.get(header::IF_MATCH).map(|value| value.to_str().unwrap_or_default().trim().trim_matches('"'));
    let Some(written) = header.or(query) else { return Ok(None) };
    let number =
        written.parse().map_err(|_| Failure::bad_input(format!("\"{written}\" is no revision: send the number of the ETag, such as If-Match: \"12\".")));
    number.map(Some)
}

/// Refuses a tree with texts that would not be shown as they are written, or with edges to nodes that are not there.
fn refuse_unfit(tree: &Tree, ladders: &Ladders) -> Result<(), Failure> {
    let mut errors = FieldErrors::default();
    for finding in check::unfit(tree, ladders) {
        let index = tree.nodes.iter().position(|node| Some(&node.key) == finding.node.as_ref());
        errors.add(index.map_or_else(String::new, |index| format!("/nodes/{index}")), finding.message);
    }
    if errors.is_empty() { Ok(()) } else { Err(Failure::Invalid(errors)) }
}

/// Reads the file that was sent.
fn read(headers: &HeaderMap, body: &[u8], slug: &str) -> Result<Tree, Failure> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = kind.split(';').next().unwrap_or_default().trim();
    if !TAKEN.iter().any(|taken| essence.eq_ignore_ascii_case(taken)) {
        return Err(Failure::WrongType { expected: "application/json or application/yaml" });
    }
    let text = std::str::from_utf8(body).map_err(|_| Failure::bad_input("The tree file is not UTF-8 text."))?;
    let wrong = |at: &str, text: String| {
        let mut errors = FieldErrors::default();
        errors.add(at, text);
        Failure::Invalid(errors)
    };
    let tree = file::read(text.trim_start_matches('\u{feff}')).map_err(|error| wrong("", error.to_string()))?;
    if tree.slug == slug {
        return Ok(tree);
    }
    Err(wrong("/slug", format!("The file is about \"{}\", the address about \"{slug}\": make them the same.", tree.slug)))
}
