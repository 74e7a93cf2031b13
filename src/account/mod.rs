//! Accounts: signing in, roles, set-up links and API tokens. [`Accounts::require_sign_in`] fills [`crate::web::Viewer`] for the rooms above.
//!
//! Passwords are kept as argon2id hashes; secrets of sessions, links and tokens as hashes of 256 random bits. A session is one row with a hash and an
//! account, so it is looked up here rather than by a store of sessions that would serialise one into another. Every change is
//! noted in the audit log in its own transaction. Nothing here reaches a log of the program, and no answer tells which names have an account.

mod account_page;
mod api;
mod audit_page;
mod change;
mod client;
mod error;
mod kept;
mod layer;
mod link;
mod manage;
mod own;
mod own_path;
mod password;
mod people;
mod session;
mod set_up;
mod sign_in;
mod slowdown;
mod state;
mod token;
mod tokens_page;
mod users_page;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

pub use api::ApiAuthor;
pub use error::{Error, Result};
pub use password::Cost;
pub use people::{Account, read_name};
pub use state::Accounts;
pub use token::Scope;

use crate::web::urls;

/// The pages of this room.
pub fn router(accounts: Accounts) -> Router {
    let own = Router::new()
        .route(urls::ACCOUNT, get(account_page::show))
        .route(urls::ACCOUNT_PASSWORD, post(account_page::change_password))
        .route(urls::ACCOUNT_SESSIONS, post(account_page::end_sessions))
        .route(urls::ACCOUNT_TOKENS, get(tokens_page::show).post(tokens_page::make))
        .route(urls::ACCOUNT_TOKENS_REVOKE, post(tokens_page::revoke))
        .route(urls::ACCOUNT_USERS, get(users_page::show).post(users_page::add))
        .route(urls::ACCOUNT_USERS_CHANGE, post(users_page::change))
        .route(urls::ACCOUNT_AUDIT, get(audit_page::show))
        .with_state(accounts.clone());
    Router::new()
        .route(urls::SIGN_IN, get(sign_in::show).post(sign_in::sign_in).layer(DefaultBodyLimit::max(kept::SIGN_IN_LIMIT)))
        .route(urls::SIGN_OUT, post(sign_in::sign_out))
        .route(urls::SET_UP, get(set_up::show).post(set_up::set_up))
        .with_state(accounts.clone())
        .merge(accounts.require_sign_in(own))
}
