//! Making links.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Api, access};
use crate::web::error_page::Problem;
use crate::web::{self, Failure, FieldErrors, Path, urls};

const DAY_MS: i64 = 86_400_000;
/// The longest time that a link may be made for, in days; without a time it works until it is ended.
const MOST_DAYS: i64 = 3650;

/// What a link is to be like.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewShare {
    /// `view`: whoever has the link may look.
    kind: String,
    /// Whether placeholders stand for the names of servers, accounts and addresses.
    #[serde(default = "yes")]
    #[schema(default = true)]
    redact: bool,
    /// After how many days it stops working; without this it works until its owner ends it.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 3650)]
    expires_in_days: Option<i64>,
}

fn yes() -> bool {
    true
}

/// A link.
#[derive(Debug, Serialize, ToSchema)]
pub struct NewLink {
    /// Its address, with scheme and host where the installation knows its public URL. It is shown this once.
    url: String,
}

/// Makes a link that shows the diagnosis to whoever has it.
#[utoipa::path(
    post,
    path = urls::API_SHARES,
    tag = "diagnoses",
    security(("owner_token" = [])),
    params(("id" = String, Path, description = "The diagnosis.")),
    responses((status = 201, description = "The link.", body = NewLink), (status = "default", response = Problem)),
)]
pub async fn create_share(
    State(api): State<Api>,
    headers: HeaderMap,
    Path(id): Path<String>,
    web::Json(share): web::Json<NewShare>,
) -> Result<impl IntoResponse, Failure> {
    let visit = access::own(&api, &headers, &id).await?;
    check(&share).map_err(Failure::Invalid)?;
    let expires_at = share.expires_in_days.map(|days| api.clock.now_ms().saturating_add(days.saturating_mul(DAY_MS)));
    let token = api.visits.records.share(&visit.diagnosis.id, expires_at, share.redact).await.map_err(access::unavailable)?;
    let urls = api.site.urls();
    Ok((StatusCode::CREATED, axum::Json(NewLink { url: urls.absolute(&urls.shared(&token.reveal())) })))
}

fn check(share: &NewShare) -> Result<(), FieldErrors> {
    let mut errors = FieldErrors::default();
    if share.kind != "view" {
        errors.add(
            "/kind",
            "The only kind of link is \"view\": whoever has it may look. To let somebody else go on with the diagnosis, give him its owner token.",
        );
    }
    if share.expires_in_days.is_some_and(|days| !(1..=MOST_DAYS).contains(&days)) {
        errors.add("/expires_in_days", format!("Give 1 to {MOST_DAYS} days, or leave it out."));
    }
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}
