//! One's own API tokens.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::Accounts;
use super::sign_in::NO_STORE;
use super::token::{LONGEST_DAYS, Scope, Token, reveal};
use crate::web::{Failure, FieldErrors, Form, Nav, Page, Role, Viewer, time};

/// Most characters of a token's name.
const LONGEST_NAME: usize = 60;
/// How many days a token works unless its maker says otherwise.
const USUAL_DAYS: &str = "90";

/// The page.
#[derive(Template, WebTemplate)]
#[template(path = "account/tokens.html")]
pub struct TokensPage {
    page: Page,
    errors: FieldErrors,
    /// The token that was just made; it is shown once.
    made: Option<String>,
    name: String,
    scope: String,
    days: String,
    longest_days: i64,
    scopes: Vec<Scope>,
    tokens: Vec<TokenLine>,
}

struct TokenLine {
    id: i64,
    name: String,
    may: &'static str,
    text: String,
    is_expired: bool,
}

async fn page(accounts: &Accounts, viewer: &Viewer) -> Result<TokensPage, Failure> {
    let now = accounts.clock.now_ms();
    Ok(TokensPage {
        page: accounts.site.page("API tokens").at(Nav::Account).hidden().seen_by(viewer),
        errors: FieldErrors::default(),
        made: None,
        name: String::new(),
        scope: String::new(),
        days: USUAL_DAYS.to_owned(),
        longest_days: LONGEST_DAYS,
        scopes: offered(viewer),
        tokens: accounts.tokens(viewer).await?.into_iter().map(|token| line(token, now)).collect(),
    })
}

/// The scopes that would give a token of this account anything.
fn offered(viewer: &Viewer) -> Vec<Scope> {
    let useful = |scope: &Scope| match scope {
        Scope::Guides => true,
        Scope::Drafts => viewer.roles.allow(Role::Author),
        Scope::Publish => viewer.roles.allow(Role::Publisher),
    };
    Scope::ALL.into_iter().filter(useful).collect()
}

fn line(token: Token, now: i64) -> TokenLine {
    let is_expired = token.expires_at <= now;
    let used = token.last_used_at.map_or_else(|| "never used".to_owned(), |at| format!("last used {}", time::moment(at)));
    let works = if is_expired { "expired" } else { "works until" };
    let text = format!("Made {}, {works} {}, {used}", time::day(token.created_at), time::moment(token.expires_at));
    TokenLine { id: token.id, name: token.name, may: token.scope.words(), text, is_expired }
}

/// Shows the page.
pub async fn show(State(accounts): State<Accounts>, viewer: Viewer) -> Result<TokensPage, Failure> {
    page(&accounts, &viewer).await
}

/// Makes a token. It is shown once: only its hash is kept.
pub async fn make(State(accounts): State<Accounts>, viewer: Viewer, Form(fields): Form) -> Result<Response, Failure> {
    let [name, scope, days] = [fields.get("name")?, fields.get("scope")?, fields.get("days")?].map(Option::unwrap_or_default);
    let mut errors = FieldErrors::default();
    if name.trim().is_empty() || name.trim().chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
        errors.add("name", format!("Enter what the token is for, in at most {LONGEST_NAME} characters."));
    }
    let chosen = Scope::parse(scope).filter(|scope| offered(&viewer).contains(scope));
    if chosen.is_none() {
        errors.add("scope", "Choose what the token may do, out of what your account may.");
    }
    let works = days.trim().parse().ok().filter(|days| (1..=LONGEST_DAYS).contains(days));
    if works.is_none() {
        errors.add("days", format!("Enter a whole number of days between 1 and {LONGEST_DAYS}."));
    }
    let (Some(scope), Some(works), true) = (chosen, works, errors.is_empty()) else {
        let fresh = page(&accounts, &viewer).await?;
        let typed = (name.to_owned(), scope.to_owned(), days.to_owned());
        let page = TokensPage { page: fresh.page.with_error(), errors, name: typed.0, scope: typed.1, days: typed.2, ..fresh };
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let secret = accounts.make_token(&viewer, name.trim().to_owned(), scope, works).await?;
    let page = TokensPage { made: Some(reveal(&secret)), ..page(&accounts, &viewer).await? };
    Ok((NO_STORE, page).into_response())
}

/// Revokes the token that the form names.
pub async fn revoke(State(accounts): State<Accounts>, viewer: Viewer, Form(fields): Form) -> Result<Redirect, Failure> {
    let id = fields.get("token")?.and_then(|id| id.parse().ok()).ok_or(Failure::NotFound)?;
    accounts.revoke_token(&viewer, id).await?;
    Ok(Redirect::to(&accounts.site.urls().account_tokens()))
}
