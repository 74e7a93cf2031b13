//! Turns a failure into what the client can use: a page for a browser, a problem document (RFC 9457) for a program.

use askama::Template;
use axum::{
    extract::Request,
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    response::{Html, IntoResponse, Response},
};
use serde::Serialize;
use utoipa::{ToResponse, ToSchema};

use super::{Failure, Fields, Link, Page, Site, urls::API_PREFIX};

/// What must be known of the request to answer its failure, noted before the handler takes it.
#[derive(Debug)]
pub struct Asked {
    wants_problem: bool,
    uri: Uri,
}

impl Asked {
    /// Notes the request.
    #[must_use]
    pub fn new(request: &Request) -> Self {
        let accept = request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let json = accept.contains("application/json") || accept.contains("application/problem+json");
        let wants_problem = request.uri().path().starts_with(API_PREFIX) || (json && !accept.contains("text/html"));
        Self { wants_problem, uri: request.uri().clone() }
    }
}

/// Renders a failure. `reference` is the request's id, under which the log has the cause.
#[must_use]
pub fn render(site: &Site, failure: &Failure, asked: &Asked, reference: &str) -> Response {
    let mut response = if asked.wants_problem { problem(failure, reference) } else { page(site, failure, asked, reference) };
    retry_after(failure, response.headers_mut());
    if matches!(failure, Failure::SignInFirst(_)) {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn retry_after(failure: &Failure, headers: &mut HeaderMap) {
    let seconds = match failure {
        Failure::TooMany { retry_after } => retry_after.as_secs().max(1),
        Failure::Unavailable { .. } => 5,
        _ => return,
    };
    headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
}

#[derive(Template)]
#[template(path = "web/failure.html")]
struct FailurePage<'a> {
    page: Page,
    status: u16,
    heading: &'a str,
    detail: String,
    ways_on: Vec<Link>,
    /// The form that was not stored, to be sent again.
    again: Option<Again<'a>>,
    reference: Option<&'a str>,
}

struct Again<'a> {
    action: String,
    fields: &'a Fields,
}

fn page(site: &Site, failure: &Failure, asked: &Asked, reference: &str) -> Response {
    let again = match failure {
        Failure::Unavailable { typed: Some(fields), .. } | Failure::Conflict { typed: Some(fields), .. } => {
            Some(Again { action: address(site, &asked.uri), fields })
        }
        _ => None,
    };
    let page = FailurePage {
        page: site.page(failure.title()).hidden(),
        status: failure.status().as_u16(),
        heading: failure.title(),
        detail: failure.detail(),
        ways_on: ways_on(site, failure),
        again,
        reference: failure.cause().is_some().then_some(reference),
    };
    match page.render() {
        Ok(html) => (failure.status(), Html(html)).into_response(),
        Err(error) => {
            tracing::error!(%error, "the error page itself could not be rendered");
            (StatusCode::INTERNAL_SERVER_ERROR, "Fixpath made a mistake. Nothing was stored.").into_response()
        }
    }
}

fn address(site: &Site, uri: &Uri) -> String {
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    format!("{}{path}", site.urls().base())
}

fn ways_on(site: &Site, failure: &Failure) -> Vec<Link> {
    let mut links = match failure {
        Failure::Conflict { ways_on, .. } => ways_on.clone(),
        _ => Vec::new(),
    };
    links.push(Link { href: site.urls().my_diagnoses(), text: "My diagnoses".to_owned() });
    links.push(Link { href: site.urls().home(), text: "All guides".to_owned() });
    links
}

/// A problem document with our own member `request_id`, and where they help `ways_on`, `errors` and `current`.
#[derive(Debug, Serialize, ToSchema, ToResponse)]
#[response(description = "What happened and what to do (RFC 9457).", content_type = "application/problem+json")]
pub struct Problem<'a> {
    r#type: &'static str,
    /// What happened, in a few words.
    title: &'a str,
    status: u16,
    /// What happened and what to do.
    detail: String,
    /// The id under which the log has the request.
    request_id: &'a str,
    /// Addresses to go on at.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    ways_on: Vec<&'a str>,
    /// What must change, each at its JSON Pointer.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<ProblemAt<'a>>,
    /// The present state, where the request was decided on an older one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Object)]
    current: Option<&'a serde_json::Value>,
}

/// One thing that must change.
#[derive(Debug, Serialize, ToSchema)]
struct ProblemAt<'a> {
    /// The JSON Pointer (RFC 6901) of the member.
    at: &'a str,
    /// What to do.
    message: &'a str,
}

/// What a program is told where a page speaks of links and browsers.
const NOT_FOUND: &str = "There is nothing at this address, or it belongs to another owner: check the address, and the bearer token if it needs one.";

fn problem(failure: &Failure, reference: &str) -> Response {
    let ways_on = match failure {
        Failure::Conflict { ways_on, .. } => ways_on.iter().map(|link| link.href.as_str()).collect(),
        _ => Vec::new(),
    };
    let errors = match failure {
        Failure::Invalid(errors) => errors.iter().map(|error| ProblemAt { at: &error.field, message: &error.text }).collect(),
        _ => Vec::new(),
    };
    let current = match failure {
        Failure::Stale { current, .. } => Some(current),
        _ => None,
    };
    let (title, detail) = match failure {
        Failure::NotFound => ("Not found", NOT_FOUND.to_owned()),
        _ => (failure.title(), failure.detail()),
    };
    let document = Problem { r#type: "about:blank", title, status: failure.status().as_u16(), detail, request_id: reference, ways_on, errors, current };
    let body = serde_json::to_vec(&document).unwrap_or_default();
    (failure.status(), [(header::CONTENT_TYPE, "application/problem+json")], body).into_response()
}
