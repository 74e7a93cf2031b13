//! The gate before publishing, and publishing.

use std::collections::BTreeSet;

use axum::extract::State;
use axum::response::IntoResponse;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{by, open, refused, stale};
use crate::account::ApiAuthor;
use crate::api::Api;
use crate::shelf::{self, Draft};
use crate::tree::gate::{Check, Gate};
use crate::web::error_page::Problem;
use crate::web::{Failure, FieldErrors, Json, Path, Role, urls};

/// What the gate before publishing says of a draft.
#[derive(Debug, Serialize, ToSchema)]
pub struct Checks {
    /// The draft's revision.
    revision: i64,
    /// The worst of the checks: pass, warn or fail.
    verdict: &'static str,
    /// Whether the draft may be published as it is.
    publishable: bool,
    /// The checks, one by one.
    checks: Vec<CheckLine>,
}

/// One check.
#[derive(Debug, Serialize, ToSchema)]
struct CheckLine {
    /// How it went: pass, warn or fail.
    verdict: &'static str,
    /// What holds or does not.
    title: String,
    /// What it is about, one by one.
    findings: Vec<CheckFinding>,
}

/// One thing that a check found.
#[derive(Debug, Serialize, ToSchema)]
struct CheckFinding {
    /// The node; null for the tree as a whole.
    node: Option<String>,
    /// What is wrong and what to do.
    message: String,
    /// The name of the case that may be accepted as it now comes out; null if there is none.
    case: Option<String>,
}

impl Checks {
    pub(super) fn new(draft: &Draft, gate: &Gate) -> Self {
        let check = |check: &Check| CheckLine {
            verdict: check.verdict.as_str(),
            title: check.title.clone(),
            findings: check
                .lines
                .iter()
                .map(|line| CheckFinding { node: line.node.clone(), message: line.text.clone(), case: line.case.as_ref().map(|case| case.name.clone()) })
                .collect(),
        };
        Self {
            revision: draft.revision,
            verdict: gate.verdict().as_str(),
            publishable: gate.opens(&BTreeSet::new()),
            checks: gate.checks.iter().map(check).collect(),
        }
    }
}

/// What to publish.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewVersion {
    /// The draft's revision.
    revision: i64,
    /// What changed, in a sentence; it is kept with the version.
    summary: String,
}

/// A version that was published.
#[derive(Debug, Serialize, ToSchema)]
pub struct PublishedVersion {
    /// The tree's address.
    slug: String,
    /// The version's number.
    version: i64,
}

/// What the gate before publishing says of a tree's draft.
#[utoipa::path(
    get,
    path = urls::API_CHECKS,
    tag = "drafts",
    security(("api_token" = [])),
    params(("slug" = String, Path, description = "The tree.")),
    responses((status = 200, description = "The checks.", body = Checks), (status = "default", response = Problem)),
)]
pub async fn show_checks(State(api): State<Api>, author: ApiAuthor, Path(slug): Path<String>) -> Result<impl IntoResponse, Failure> {
    author.require(Role::Author)?;
    let draft = open(&api, &slug).await?;
    let gate = api.visits.shelf.gate(&draft).await.map_err(refused)?;
    Ok(axum::Json(Checks::new(&draft, &gate)))
}

/// Publishes a tree's draft if it passes the gate.
#[utoipa::path(
    post,
    path = urls::API_PUBLISH,
    tag = "drafts",
    security(("api_token" = [])),
    params(("slug" = String, Path, description = "The tree.")),
    responses(
        (status = 200, description = "The version.", body = PublishedVersion),
        (
            status = 409,
            description = "The revision is not the present one; \"current\" has it.",
            body = Problem,
            content_type = "application/problem+json",
        ),
        (
            status = 422,
            description = "The draft does not pass the gate, or the summary is empty; \"errors\" says what is in the way.",
            body = Problem,
            content_type = "application/problem+json",
        ),
        (status = "default", response = Problem),
    ),
)]
pub async fn publish_draft(
    State(api): State<Api>,
    author: ApiAuthor,
    Path(slug): Path<String>,
    Json(new): Json<NewVersion>,
) -> Result<impl IntoResponse, Failure> {
    author.require(Role::Publisher)?;
    let shelf = &api.visits.shelf;
    let draft = open(&api, &slug).await?;
    if draft.revision != new.revision {
        return Err(stale(&draft, None));
    }
    let gate = shelf.gate(&draft).await.map_err(refused)?;
    let errors = in_the_way(&gate, &new);
    if !errors.is_empty() {
        return Err(Failure::Invalid(errors));
    }
    match shelf.publish_draft(&slug, draft.revision, new.summary.trim(), &by(&author.viewer)).await {
        Ok(published) => Ok(axum::Json(PublishedVersion { slug: draft.slug, version: published.number })),
        Err(shelf::Error::Stale { .. }) => Err(stale(&open(&api, &slug).await?, None)),
        Err(error) => Err(refused(error)),
    }
}

/// What keeps the draft from being published.
fn in_the_way(gate: &Gate, new: &NewVersion) -> FieldErrors {
    let mut errors = FieldErrors::default();
    if new.summary.trim().is_empty() {
        errors.add("/summary", "Say in a sentence what changed.");
    }
    if !gate.opens(&BTreeSet::new()) {
        for line in gate.failed() {
            let node = line.node.as_ref().map(|node| format!("{node}: ")).unwrap_or_default();
            errors.add("/revision", format!("{node}{}", line.text));
        }
    }
    errors
}
