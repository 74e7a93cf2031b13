//! The layer before rooms that only people who are signed in may use.

use axum::Router;
use axum::body::Body;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Redirect, Response};

use super::Accounts;
use super::api::ApiAuthor;
use super::client::Client;
use super::kept::Kept;
use super::session::Session;
use super::sign_in::SignInPage;
use crate::web::{Failure, Role, Viewer, bearer, urls};

/// Who may pass.
#[derive(Debug, Clone)]
struct Gate {
    accounts: Accounts,
    role: Option<Role>,
}

impl Accounts {
    /// Puts every route of `router` behind signing in, and [`Viewer`] into its requests. Somebody who is not signed in gets the sign-in page; what a
    /// form had in it is carried along.
    pub fn require_sign_in(&self, router: Router) -> Router {
        self.gate(router, None)
    }

    /// The same for accounts with this role alone.
    pub fn require_role(&self, router: Router, role: Role) -> Router {
        self.gate(router, Some(role))
    }

    /// Lets everybody through, and puts [`Viewer`] into the requests of those who are signed in, whose pages show their name.
    pub fn recognise(&self, router: Router) -> Router {
        router.route_layer(middleware::from_fn_with_state(self.clone(), pass_everybody))
    }

    /// Lets programs through that show an API token, and people who are signed in. The owner's token of a diagnosis suffices for that one: whoever has
    /// it came through here when the diagnosis began.
    pub fn require_token(&self, router: Router) -> Router {
        router.route_layer(middleware::from_fn_with_state(self.clone(), pass_program))
    }

    fn gate(&self, router: Router, role: Option<Role>) -> Router {
        router.route_layer(middleware::from_fn_with_state(Gate { accounts: self.clone(), role }, pass))
    }
}

async fn pass(State(gate): State<Gate>, request: Request, next: Next) -> Result<Response, Failure> {
    let (mut parts, body) = request.into_parts();
    let Ok(client) = Client::from_request_parts(&mut parts, &gate.accounts).await;
    let Some((session, viewer)) = gate.accounts.viewer(&client).await? else {
        return sign_in_first(&gate.accounts, Request::from_parts(parts, body)).await;
    };
    if let Some(role) = gate.role {
        viewer.require(role)?;
    }
    parts.extensions.insert(session);
    Ok(pass_as(viewer, parts, body, next).await)
}

async fn pass_everybody(State(accounts): State<Accounts>, request: Request, next: Next) -> Result<Response, Failure> {
    let (mut parts, body) = request.into_parts();
    let Ok(client) = Client::from_request_parts(&mut parts, &accounts).await;
    // Without a session's cookie, as nearly all visitors come, nothing is looked up.
    let Some((_, viewer)) = accounts.viewer(&client).await? else { return Ok(next.run(Request::from_parts(parts, body)).await) };
    Ok(pass_as(viewer, parts, body, next).await)
}

/// Lets a request through as this person's. The response carries [`Viewer`] too, for the page about a failure, which is made further out.
async fn pass_as(viewer: Viewer, mut parts: Parts, body: Body, next: Next) -> Response {
    parts.extensions.insert(viewer.clone());
    let mut response = viewer.clone().answering(next.run(Request::from_parts(parts, body))).await;
    response.extensions_mut().insert(viewer);
    response
}

async fn pass_program(State(accounts): State<Accounts>, request: Request, next: Next) -> Result<Response, Failure> {
    let (mut parts, body) = request.into_parts();
    let is_of_diagnosis = parts.uri.path().strip_prefix(urls::API_DIAGNOSES).is_some_and(|rest| rest.starts_with('/'));
    if !(is_of_diagnosis && bearer(&parts.headers).is_some()) {
        let Ok(client) = Client::from_request_parts(&mut parts, &accounts).await;
        if accounts.viewer(&client).await?.is_none() {
            ApiAuthor::from_request_parts(&mut parts, &accounts).await?;
        }
    }
    Ok(next.run(Request::from_parts(parts, body)).await)
}

/// Leads to the sign-in page, with everything that must not be lost.
async fn sign_in_first(accounts: &Accounts, request: Request) -> Result<Response, Failure> {
    let urls = accounts.site.urls();
    let address = format!("{}{}", urls.base(), request.uri().path_and_query().map_or("/", |path| path.as_str()));
    if request.method().is_safe() {
        return Ok(Redirect::to(&urls.sign_in_to(&address)).into_response());
    }
    let kept = Kept::of(request, address).await?;
    Ok(SignInPage::carrying(accounts, kept).into_response())
}

impl Accounts {
    /// Whoever the client's session belongs to, if it has one that has not ended.
    async fn viewer(&self, client: &Client) -> Result<Option<(Session, Viewer)>, Failure> {
        let Some(secret) = &client.secret else { return Ok(None) };
        let Some((session, account)) = self.session(secret).await? else { return Ok(None) };
        let viewer = Viewer { account: account.id, name: account.name, roles: account.roles, address: client.address.0.to_string() };
        Ok(Some((session, viewer)))
    }
}
