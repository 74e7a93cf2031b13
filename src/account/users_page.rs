//! Everybody's accounts, for administrators.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};

use super::manage::role_words;
use super::own::by;
use super::sign_in::NO_STORE;
use super::{Account, Accounts, Error, error, read_name};
use crate::secret::Secret;
use crate::web::{Failure, FieldErrors, Fields, Form, Nav, Page, Role, Roles, Viewer, time};

/// The page.
#[derive(Template, WebTemplate)]
#[template(path = "account/users.html")]
pub struct UsersPage {
    page: Page,
    errors: FieldErrors,
    /// The link that was just made, with whose it is; it is shown once.
    made: Option<(String, String)>,
    name: String,
    /// Roles ticked for a new account.
    roles: Roles,
    lines: Vec<UserLine>,
}

struct UserLine {
    account: Account,
    state: String,
}

async fn page(accounts: &Accounts, viewer: &Viewer) -> Result<UsersPage, Failure> {
    Ok(UsersPage {
        page: accounts.site.page("Accounts").at(Nav::Account).hidden().seen_by(viewer),
        errors: FieldErrors::default(),
        made: None,
        name: String::new(),
        roles: Roles::default(),
        lines: accounts.all().await?.into_iter().map(line).collect(),
    })
}

fn line(account: Account) -> UserLine {
    let state = match account.disabled_at {
        Some(at) => format!("Disabled {}", time::moment(at)),
        None if account.has_password => format!("Made {}, {}", time::day(account.created_at), role_words(account.roles)),
        None => format!("Made {}, {}; has no password yet", time::day(account.created_at), role_words(account.roles)),
    };
    UserLine { account, state }
}

/// Shows the page.
pub async fn show(State(accounts): State<Accounts>, viewer: Viewer) -> Result<UsersPage, Failure> {
    viewer.require(Role::Admin)?;
    page(&accounts, &viewer).await
}

fn ticked(fields: &Fields) -> Roles {
    fields.all("role").filter_map(Role::parse).collect()
}

/// Makes an account. The link that sets its password is shown once.
pub async fn add(State(accounts): State<Accounts>, viewer: Viewer, headers: HeaderMap, Form(fields): Form) -> Result<Response, Failure> {
    viewer.require(Role::Admin)?;
    let (typed, roles) = (fields.get("name")?.unwrap_or_default(), ticked(&fields));
    let added = match read_name(typed) {
        Ok(name) => accounts.add(&name, roles, &by(&viewer)).await.map(Ok),
        Err(text) => Ok(Err(text.to_owned())),
    };
    let refused = match added {
        Ok(Ok((account, token))) => return made(&accounts, &viewer, &headers, account.name, &token).await,
        Ok(Err(text)) => text,
        Err(taken @ Error::NameTaken) => error::sentence(&taken),
        Err(other) => return Err(other.into()),
    };
    let fresh = page(&accounts, &viewer).await?;
    let mut page = UsersPage { page: fresh.page.with_error(), name: typed.to_owned(), roles, ..fresh };
    page.errors.add("name", refused);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

async fn made(accounts: &Accounts, viewer: &Viewer, headers: &HeaderMap, name: String, token: &Secret) -> Result<Response, Failure> {
    let href = accounts.site.whole_address(&accounts.site.urls().set_up(&token.reveal()), headers);
    let page = UsersPage { made: Some((name, href)), ..page(accounts, viewer).await? };
    Ok((NO_STORE, page).into_response())
}

/// Changes an account as the button that was pressed says.
pub async fn change(State(accounts): State<Accounts>, viewer: Viewer, headers: HeaderMap, Form(fields): Form) -> Result<Response, Failure> {
    viewer.require(Role::Admin)?;
    let id: i64 = fields.get("account")?.and_then(|id| id.parse().ok()).ok_or(Failure::NotFound)?;
    let changed = match fields.get("do")?.unwrap_or_default() {
        "roles" => accounts.set_roles(id, ticked(&fields), &by(&viewer)).await,
        "disable" => accounts.set_disabled(id, true, &by(&viewer)).await,
        "enable" => accounts.set_disabled(id, false, &by(&viewer)).await,
        "reset" => {
            let token = accounts.reset(id, &by(&viewer)).await?;
            let name = accounts.all().await?.into_iter().find(|account| account.id == id).map(|account| account.name).unwrap_or_default();
            return made(&accounts, &viewer, &headers, name, &token).await;
        }
        _ => return Err(Failure::bad_input("The form names nothing to do. Open the page of the accounts again and press one of its buttons.")),
    };
    match changed {
        Ok(()) => Ok(Redirect::to(&accounts.site.urls().account_users()).into_response()),
        Err(last @ Error::LastAdmin) => {
            let fresh = page(&accounts, &viewer).await?;
            let mut page = UsersPage { page: fresh.page.with_error(), ..fresh };
            page.errors.add(format!("account-{id}"), error::sentence(&last));
            Ok((StatusCode::CONFLICT, page).into_response())
        }
        Err(other) => Err(other.into()),
    }
}
