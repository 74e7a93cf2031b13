//! The visitor's pages: home, what was read, what a link says, guide, question, outcome, maps, share and "My diagnoses".
//!
//! A page is a struct, a template and a handler side by side. What is decided here is how things look and read; what holds and what comes
//! next is decided by `visit` and `tree`.

mod access;
mod delete;
mod doors;
mod fact;
mod find;
mod guide;
mod hand_over;
mod home;
mod image;
mod lead;
mod maps;
mod mine;
mod opened;
mod outcome;
mod paste;
mod question;
mod rail;
mod reading;
mod rendered;
mod sent;
mod share;
mod state;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

pub use rendered::Rendered;
pub use state::Desk;

use crate::web::upload::UPLOAD_LIMIT;
use crate::web::urls;

/// Most bytes of a form of facts: each travels with the lines that it was read from.
const FACTS_LIMIT: usize = 2 * 1024 * 1024;

/// The pages of this room. Whoever mounts them says who is signed in: authors see more pictures than visitors, and everybody their name.
pub fn router(desk: Desk) -> Router {
    Router::new()
        .route(urls::HOME, get(home::show))
        .merge(doors::router())
        .route(urls::READ, post(reading::read).layer(DefaultBodyLimit::max(UPLOAD_LIMIT)))
        .route(urls::READ_PREVIEW, post(reading::preview))
        .route(urls::FIND, get(doors::find).post(find::find).layer(DefaultBodyLimit::max(FACTS_LIMIT)))
        .route(urls::GUIDE, get(guide::show).post(guide::start).layer(DefaultBodyLimit::max(FACTS_LIMIT)))
        .route(urls::GUIDE_MAP, get(maps::guide))
        .route(urls::MY_DIAGNOSES, get(mine::show))
        .route(urls::DIAGNOSIS, get(opened::show))
        .route(urls::DIAGNOSIS_MAP, get(maps::diagnosis))
        .route(urls::QUESTION, get(question::show).post(question::answer))
        .route(urls::OUTCOME, get(outcome::show).post(outcome::helped))
        .route(urls::TICKS, post(outcome::tick))
        .route(urls::FACT, get(fact::show).post(fact::correct))
        .route(urls::REMOVE_FACT, post(question::remove_fact))
        .route(urls::SHARE, get(share::show).post(share::make))
        .route(urls::END_SHARES, post(share::end))
        .route(urls::DELETE, get(delete::show).post(delete::delete))
        .route(urls::SHARED, get(share::open))
        .route(urls::SHARED_MAP, get(maps::shared))
        .route(urls::IMAGE, get(image::show))
        .with_state(desk)
}
