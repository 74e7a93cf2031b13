//! The JSON API: what the pages do, for programs.
//!
//! It asks the same functions as the pages (`visit`, `shelf`, `evidence`, `search`, `tree`) and never the pages themselves. A diagnosis made here belongs to the
//! `owner_token` that its creation answers, once; every later request carries it as `Authorization: Bearer ...`. Whoever lacks it gets the answer of an
//! id that does not exist.
//!
//! Requests refuse unknown and repeated members. What is wrong with a value comes back as the `errors` of a problem document (RFC 9457), each at
//! its JSON Pointer. Routes and their OpenAPI description are one thing: `routes` makes both from the handlers.

mod access;
mod answers;
mod authoring;
mod diagnoses;
mod document;
mod facts;
mod find;
mod openapi;
mod outcome;
mod schema;
mod shares;
mod ticks;
mod trees;

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRef};
use utoipa::OpenApi;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouterExt};
use utoipa_axum::routes;

use crate::account::Accounts;
use crate::clock::Clock;
use crate::search::Finder;
use crate::tree::file::MAX_BYTES;
use crate::tree::picture::MAX_TOTAL;
use crate::visit::Visits;
use crate::web::{RateLimit, Site};

/// The room's state. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Api {
    /// Opens diagnoses.
    pub visits: Visits,
    /// Knows the tokens of authors' programs.
    pub accounts: Accounts,
    /// The installation.
    pub site: Site,
    /// Tells when a link expires.
    pub clock: Clock,
    /// How many diagnoses one address may begin, here and on the pages together.
    pub starts: Arc<RateLimit>,
    /// How often one address may look for trees.
    pub finds: Arc<RateLimit>,
    /// Finds trees.
    pub finder: Arc<Finder>,
}

impl FromRef<Api> for Site {
    fn from_ref(api: &Api) -> Self {
        api.site.clone()
    }
}

impl FromRef<Api> for Accounts {
    fn from_ref(api: &Api) -> Self {
        api.accounts.clone()
    }
}

/// The most bytes of a request that puts a draft.
const DRAFT_LIMIT: usize = 2 * MAX_BYTES + MAX_TOTAL;

/// The addresses of this room.
pub fn router(api: Api) -> Router {
    routes().split_for_parts().0.with_state(api)
}

/// Every handler with its description.
fn routes() -> OpenApiRouter<Api> {
    OpenApiRouter::with_openapi(openapi::Head::openapi())
        .routes(routes!(openapi::show_openapi))
        .routes(routes!(trees::list_trees))
        .routes(routes!(trees::show_tree))
        .routes(routes!(authoring::draft::show_draft, authoring::draft::put_draft).layer(DefaultBodyLimit::max(DRAFT_LIMIT)))
        .routes(routes!(authoring::checks::show_checks))
        .routes(routes!(authoring::checks::publish_draft))
        .routes(routes!(find::find))
        .routes(routes!(diagnoses::create_diagnosis))
        .routes(routes!(diagnoses::show_diagnosis, diagnoses::delete_diagnosis))
        .routes(routes!(answers::put_answer, answers::delete_answer))
        .routes(routes!(facts::put_fact, facts::delete_fact))
        .routes(routes!(ticks::put_ticks))
        .routes(routes!(shares::create_share))
}
