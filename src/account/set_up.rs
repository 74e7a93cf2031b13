//! Links that set a password: for the first account, for a new one, and for somebody who has forgotten it.

use std::time::Instant;

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::change::Invited;
use super::client::Client;
use super::password::objection;
use super::session::cookie;
use super::sign_in::NO_STORE;
use super::{Accounts, read_name};
use crate::secret::Secret;
use crate::web::{Failure, FieldErrors, Form, Page, Path, Role};

/// The page that sets a password.
#[derive(Template, WebTemplate)]
#[template(path = "account/set_up.html")]
pub struct SetUpPage {
    page: Page,
    errors: FieldErrors,
    /// The account's name; none where the first account is made.
    account: Option<String>,
    name: String,
    action: String,
}

/// Shows the page of a link that works.
pub async fn show(State(accounts): State<Accounts>, client: Client, Path(token): Path<String>) -> Result<Response, Failure> {
    let (_, invited) = open(&accounts, &client, &token).await?;
    Ok((NO_STORE, page(&accounts, &token, &invited)).into_response())
}

/// Sets the password, uses the link up, and signs in.
pub async fn set_up(State(accounts): State<Accounts>, client: Client, Path(token): Path<String>, Form(fields): Form) -> Result<Response, Failure> {
    let (secret, invited) = open(&accounts, &client, &token).await?;
    let mut page = page(&accounts, &token, &invited);
    let mut name = page.account.clone().unwrap_or_default();
    if invited == Invited::First {
        page.name = fields.get("name")?.unwrap_or_default().to_owned();
        match read_name(&page.name) {
            Ok(read) => name = read,
            Err(text) => page.errors.add("name", text),
        }
    }
    let (password, again) = (fields.get("password")?.unwrap_or_default(), fields.get("again")?.unwrap_or_default());
    if let Some(text) = objection(password, &name) {
        page.errors.add("password", text);
    } else if password != again {
        page.errors.add("again", "This is not the same as the password above. Type both once more.");
    }
    if !page.errors.is_empty() {
        let page = SetUpPage { page: page.page.with_error(), ..page };
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, NO_STORE, page).into_response());
    }
    let session = accounts.set_up(&secret, name, password, &client).await?;
    let urls = accounts.site.urls();
    // Whoever may write has come to write, as whoever makes the first account may.
    let may_write = match &invited {
        Invited::First => true,
        Invited::Account(account) => account.roles.allow(Role::Author),
    };
    let next = if may_write { urls.editor() } else { urls.account() };
    Ok((cookie::set(&session, &accounts.site), Redirect::to(&next)).into_response())
}

async fn open(accounts: &Accounts, client: &Client, token: &str) -> Result<(Secret, Invited), Failure> {
    accounts.attempts.take(client.address, Instant::now())?;
    let secret = Secret::parse(token).ok_or(super::Error::LinkSpent)?;
    let invited = accounts.invited(&secret).await?;
    Ok((secret, invited))
}

fn page(accounts: &Accounts, token: &str, invited: &Invited) -> SetUpPage {
    let account = match invited {
        Invited::First => None,
        Invited::Account(account) => Some(account.name.clone()),
    };
    let title = if account.is_some() { "Set a password" } else { "Make the first account" };
    SetUpPage {
        page: accounts.site.page(title).hidden(),
        errors: FieldErrors::default(),
        account,
        name: String::new(),
        action: accounts.site.urls().set_up(token),
    }
}
