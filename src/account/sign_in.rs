//! Signing in and out.

use std::time::{Duration, Instant};

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};

use super::Accounts;
use super::client::Client;
use super::kept::Kept;
use super::own_path::own_path;
use super::session::cookie;
use crate::web::{Failure, FieldErrors, Form, Page, Query};

/// What is said whatever was wrong, so that nobody learns which names there are.
const WRONG: &str = "The name or the password is not right. Passwords tell capital letters from small ones. An administrator of this site can make a link that sets \
                     a new password.";

/// The page that signs in.
#[derive(Template, WebTemplate)]
#[template(path = "account/sign_in.html")]
pub struct SignInPage {
    page: Page,
    errors: FieldErrors,
    name: String,
    /// Where to go on.
    next: String,
    /// A form that came without a session.
    kept: Option<Kept>,
    /// Whether nobody can sign in yet.
    is_new: bool,
}

impl SignInPage {
    fn new(accounts: &Accounts) -> Self {
        let page = accounts.site.page("Sign in").hidden();
        Self { page, errors: FieldErrors::default(), name: String::new(), next: String::new(), kept: None, is_new: false }
    }

    /// The answer to a form that came without a session: it is carried along.
    pub fn carrying(accounts: &Accounts, kept: Kept) -> impl IntoResponse {
        (StatusCode::UNAUTHORIZED, NO_STORE, Self { kept: Some(kept), ..Self::new(accounts) })
    }

    /// The same page with a message about one of its fields.
    fn with_error(mut self, field: &str, text: &str) -> Self {
        self.errors.add(field, text);
        Self { page: self.page.with_error(), ..self }
    }
}

/// What was typed is in the page.
pub const NO_STORE: [(HeaderName, &str); 1] = [(header::CACHE_CONTROL, "no-store")];

/// The page after signing in with a form that had come without a session.
#[derive(Template, WebTemplate)]
#[template(path = "account/resume.html")]
pub struct ResumePage {
    page: Page,
    kept: Kept,
}

/// Shows the page.
pub async fn show(State(accounts): State<Accounts>, Query(query): Query) -> Result<SignInPage, Failure> {
    let next = query.get("next")?.and_then(|next| own_path(&accounts.site, next)).unwrap_or_default();
    let is_new = accounts.is_empty().await?;
    Ok(SignInPage { next, is_new, ..SignInPage::new(&accounts) })
}

/// Signs in and goes on where the visitor was going, or offers to send the form that had come without a session.
pub async fn sign_in(State(accounts): State<Accounts>, client: Client, Form(fields): Form) -> Result<Response, Failure> {
    let (name, password) = (fields.get("name")?.unwrap_or_default(), fields.get("password")?.unwrap_or_default());
    let next = fields.get("next")?.and_then(|next| own_path(&accounts.site, next));
    let kept = fields.get("kept")?.and_then(|text| Kept::read(text, &accounts.site));
    let again = SignInPage { name: name.to_owned(), next: next.clone().unwrap_or_default(), kept: kept.clone(), ..SignInPage::new(&accounts) };
    if name.trim().is_empty() || password.is_empty() {
        let (field, text) = if name.trim().is_empty() { ("name", "Enter the name of your account.") } else { ("password", "Enter your password.") };
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, NO_STORE, again.with_error(field, text)).into_response());
    }
    if let Some(pause) = pause(&accounts, name, &client) {
        return Ok(too_soon(again, pause));
    }
    let Some(secret) = accounts.sign_in(name, password, &client).await? else {
        accounts.slowdown.failed(name, accounts.clock.now_ms());
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, NO_STORE, again.with_error("password", WRONG)).into_response());
    };
    accounts.slowdown.succeeded(name);
    let cookie = cookie::set(&secret, &accounts.site);
    if let Some(kept) = kept {
        return Ok((cookie, NO_STORE, ResumePage { page: accounts.site.page("Signed in").hidden(), kept }).into_response());
    }
    let to = next.unwrap_or_else(|| accounts.site.urls().account());
    Ok((cookie, Redirect::to(&to)).into_response())
}

/// How long this client must wait before it may try this name, if at all.
fn pause(accounts: &Accounts, name: &str, client: &Client) -> Option<Duration> {
    let crowded = match accounts.attempts.take(client.address, Instant::now()) {
        Err(Failure::TooMany { retry_after }) => Some(retry_after),
        _ => None,
    };
    crowded.max(accounts.slowdown.pause(name, accounts.clock.now_ms()))
}

fn too_soon(again: SignInPage, pause: Duration) -> Response {
    let page = again.with_error("password", &too_many(pause));
    (StatusCode::TOO_MANY_REQUESTS, NO_STORE, [(header::RETRY_AFTER, HeaderValue::from(whole_seconds(pause)))], page).into_response()
}

/// What somebody reads who must wait.
pub fn too_many(pause: Duration) -> String {
    format!("There were too many attempts in a short time. Wait {} seconds, then try again. Nothing is lost.", whole_seconds(pause))
}

/// Never less than the pause, so that whoever waits as long is let through.
fn whole_seconds(pause: Duration) -> u64 {
    pause.as_secs() + u64::from(pause.subsec_nanos() > 0)
}

/// Ends the session.
pub async fn sign_out(State(accounts): State<Accounts>, client: Client) -> Result<Response, Failure> {
    accounts.sign_out(&client).await?;
    Ok((cookie::clear(&accounts.site), Redirect::to(&accounts.site.urls().home())).into_response())
}
