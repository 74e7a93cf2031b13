//! The description of this API, made from its handlers and types.

use axum::extract::State;
use axum::response::IntoResponse;
use utoipa::openapi::OpenApi as Description;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::server::Server;
use utoipa::{Modify, OpenApi};

use super::Api;
use crate::web::error_page::Problem;
use crate::web::urls;

/// What the description says beside the routes.
#[derive(Debug, OpenApi)]
#[openapi(
    info(title = "Fixpath", description = "From a symptom to the fix: find a guide, answer its questions, read the steps."),
    components(responses(Problem)),
    tags((name = "trees", description = "The published guides."), (name = "diagnoses", description = "One walk through a guide, owned by its token."), (name = "drafts", description = "Trees before they are published, for authors with an API token.")),
    modifiers(&Tokens),
)]
pub struct Head;

/// The tokens that requests carry.
#[derive(Debug)]
struct Tokens;

impl Modify for Tokens {
    fn modify(&self, description: &mut Description) {
        let scheme = Http::builder().scheme(HttpAuthScheme::Bearer).description(Some("The owner_token that the creation of the diagnosis answered."));
        let components = description.components.get_or_insert_default();
        components.add_security_scheme("owner_token", SecurityScheme::Http(scheme.build()));
        let scheme = Http::builder().scheme(HttpAuthScheme::Bearer).description(Some("An API token that an author has made at /account/tokens."));
        components.add_security_scheme("api_token", SecurityScheme::Http(scheme.build()));
    }
}

/// This description.
#[utoipa::path(get, path = urls::API_DOCUMENT, tag = "trees", responses((status = 200, description = "The OpenAPI document.", body = Object)))]
pub async fn show_openapi(State(api): State<Api>) -> impl IntoResponse {
    let mut description = super::routes().into_openapi();
    let base = api.site.urls().base();
    description.servers = Some(vec![Server::new(if base.is_empty() { "/" } else { base })]);
    axum::Json(description)
}
