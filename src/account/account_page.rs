//! The page about one's own account: password and sessions.

use std::time::Instant;

use askama::Template;
use askama_web::WebTemplate;
use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::Accounts;
use super::client::Client;
use super::manage::role_words;
use super::password::objection;
use super::session::{Session, browser_name, cookie};
use super::sign_in::{NO_STORE, too_many};
use crate::web::{Failure, FieldErrors, Form, Nav, Page, Role, Viewer, time};

/// The page.
#[derive(Template, WebTemplate)]
#[template(path = "account/account.html")]
pub struct AccountPage {
    page: Page,
    errors: FieldErrors,
    name: String,
    roles: String,
    sessions: Vec<SessionLine>,
    is_admin: bool,
    sees_audit: bool,
}

struct SessionLine {
    id: i64,
    /// Whether it is the one that asks.
    is_this: bool,
    browser: String,
    text: String,
}

/// Whether somebody may read the audit log.
pub(super) fn sees_audit(viewer: &Viewer) -> bool {
    viewer.roles.allow(Role::Admin) || viewer.roles.allow(Role::Publisher)
}

async fn page(accounts: &Accounts, viewer: &Viewer, this: &Session) -> Result<AccountPage, Failure> {
    let sessions = accounts.sessions(viewer).await?.into_iter().map(|session| line(session, this)).collect();
    Ok(AccountPage {
        page: accounts.site.page("Your account").at(Nav::Account).hidden().seen_by(viewer),
        errors: FieldErrors::default(),
        name: viewer.name.clone(),
        roles: role_words(viewer.roles),
        sessions,
        is_admin: viewer.roles.allow(Role::Admin),
        sees_audit: sees_audit(viewer),
    })
}

fn line(session: Session, this: &Session) -> SessionLine {
    let text = format!("From {}, signed in {}, last used {}", session.address, time::moment(session.created_at), time::moment(session.seen_at));
    SessionLine { id: session.id, is_this: session.id == this.id, browser: browser_name(&session.browser), text }
}

/// Shows the page.
pub async fn show(State(accounts): State<Accounts>, viewer: Viewer, Extension(this): Extension<Session>) -> Result<AccountPage, Failure> {
    page(&accounts, &viewer, &this).await
}

/// Changes the password, which ends every other session and gives this one a new secret.
pub async fn change_password(
    State(accounts): State<Accounts>,
    client: Client,
    viewer: Viewer,
    Extension(this): Extension<Session>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let [old, new, again] = [fields.get("old")?, fields.get("new")?, fields.get("again")?].map(Option::unwrap_or_default);
    accounts.attempts.take(client.address, Instant::now())?;
    let mut page = page(&accounts, &viewer, &this).await?;
    let now = accounts.clock.now_ms();
    if let Some(pause) = accounts.slowdown.pause(&viewer.name, now) {
        page.errors.add("old", too_many(pause));
    } else if !accounts.knows_password(&viewer, old).await? {
        accounts.slowdown.failed(&viewer.name, now);
        page.errors.add("old", "This is not your present password.");
    }
    if let Some(text) = objection(new, &viewer.name) {
        page.errors.add("new", text);
    } else if new != again {
        page.errors.add("again", "This is not the same as the new password above. Type both once more.");
    }
    if !page.errors.is_empty() {
        let page = AccountPage { page: page.page.with_error(), ..page };
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, NO_STORE, page).into_response());
    }
    accounts.slowdown.succeeded(&viewer.name);
    let secret = accounts.change_password(&viewer, new, &client).await?;
    Ok((cookie::set(&secret, &accounts.site), Redirect::to(&accounts.site.urls().account())).into_response())
}

/// Ends the session that the form names, or all of them where it names none.
pub async fn end_sessions(State(accounts): State<Accounts>, viewer: Viewer, Form(fields): Form) -> Result<Redirect, Failure> {
    let one = fields.get("session")?.map(|id| id.parse().map_err(|_| Failure::NotFound)).transpose()?;
    accounts.end_sessions(&viewer, one).await?;
    Ok(Redirect::to(&accounts.site.urls().account()))
}
