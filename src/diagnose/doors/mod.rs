//! Doors: addresses that lead into the site from elsewhere and bring facts along.
//!
//! A start link, a monitoring system and Event Viewer each put facts into an address. What they say is shown in the form of facts, and nothing is stored
//! before the visitor presses a button: anybody can make such an address, so it is nobody's word yet.

mod address;
mod event_viewer;
mod link;
mod links;
mod page;

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderName, header};
use axum::response::Response;
use axum::routing::get;

pub use link::Link;
pub use page::{Door, of_guide, sent_to_guide};

use super::Desk;
use crate::web::{ClientAddress, Failure, Fields, urls};

/// Most bytes behind the `?` of an address that brings facts. Browsers and proxies take about as much.
const LONGEST_QUERY: usize = 16 * 1024;

/// What an address says belongs to whoever opened it, so no cache may keep its page.
const NEVER_CACHED: [(HeaderName, &str); 1] = [(header::CACHE_CONTROL, "no-store")];

/// The addresses of this part of the room. `POST` to [`urls::FIND`] is the form's, not a door.
pub fn router() -> Router<Desk> {
    Router::new()
        .route(urls::START, get(page::start))
        .route(urls::LINKS, get(links::show).post(links::build))
        .route(urls::EVENT_VIEWER, get(event_viewer::show))
        .route(urls::EVENT_VIEWER_SETUP, get(event_viewer::setup))
        .route(urls::EVENT_VIEWER_REG, get(event_viewer::reg_file))
        .route(urls::EVENT_VIEWER_UNDO, get(event_viewer::undo_file))
}

/// `GET` of the address that a form of facts is posted to: a monitoring system's link.
pub async fn find(state: State<Desk>, address: ClientAddress, query: RawQuery) -> Result<Response, Failure> {
    page::start(state, address, query).await
}

/// The fields behind the `?`.
///
/// # Errors
/// They are too long or cannot be read.
pub fn fields(query: Option<&str>) -> Result<Fields, Failure> {
    let query = short_enough(query.unwrap_or_default())?;
    Fields::parse(query.as_bytes())
}

fn short_enough(query: &str) -> Result<&str, Failure> {
    if query.len() <= LONGEST_QUERY {
        return Ok(query);
    }
    let limit = LONGEST_QUERY / 1024;
    Err(Failure::bad_input(format!(
        "The link is longer than {limit} KiB. Shorten its text to the lines that show the error, or paste the text on the start page."
    )))
}
