//! Links that show a diagnosis to others.

use std::collections::BTreeSet;

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, header};
use axum::response::{IntoResponse, Redirect, Response};

use super::rail::Rail;
use super::{Desk, access, opened, words};
use crate::map::Shape;
use crate::record::Shared;
use crate::secret::Secret;
use crate::tree::closure::NodeRef;
use crate::tree::fact::Value;
use crate::visit::Visit;
use crate::web::{Failure, Form, Page, Path, Query, Visitor, time};

/// The link that a visitor came by.
#[derive(Debug, Clone)]
pub struct Link {
    /// The address of the link.
    pub href: String,
    /// The address of the whole guide with the path.
    pub map: String,
    /// Until when it works.
    pub until: String,
}

/// The page on which links are made.
#[derive(Template, WebTemplate)]
#[template(path = "diagnose/share.html")]
pub struct SharePage {
    page: Page,
    guide: String,
    /// The link that was just made; it is shown once.
    made: Option<String>,
    until: String,
    /// What whoever has the link will see.
    names: Vec<String>,
    links: Vec<String>,
    action: String,
    end_action: String,
    back: String,
}

/// Says what a link shows, before it is made.
pub async fn show(State(desk): State<Desk>, visitor: Visitor, Path(id): Path<String>) -> Result<SharePage, Failure> {
    let visit = access::own(&desk, &visitor, &id).await?;
    page(&desk, &visit, None).await
}

/// Makes a link. It is shown once: only its hash is kept.
pub async fn make(State(desk): State<Desk>, visitor: Visitor, Path(id): Path<String>, headers: HeaderMap, Form(fields): Form) -> Result<SharePage, Failure> {
    let visit = access::own(&desk, &visitor, &id).await.map_err(|failure| failure.keeping(&fields))?;
    let token = desk.visits.records.share(&visit.diagnosis.id, None).await;
    let token = token.map_err(|error| access::unavailable(error).keeping(&fields))?;
    let urls = desk.site.urls();
    page(&desk, &visit, Some(whole(&urls.absolute(&urls.shared(&token.reveal())), &headers))).await
}

/// An address that works elsewhere too: where the installation does not know its own, the one by which this visitor came.
fn whole(address: &str, headers: &HeaderMap) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    host.filter(|_| address.starts_with('/')).map_or_else(|| address.to_owned(), |host| format!("http://{host}{address}"))
}

/// Ends every link of the diagnosis.
pub async fn end(State(desk): State<Desk>, visitor: Visitor, Path(id): Path<String>, Form(fields): Form) -> Result<Redirect, Failure> {
    let visit = access::own(&desk, &visitor, &id).await.map_err(|failure| failure.keeping(&fields))?;
    let ended = desk.visits.records.revoke_shares(&visit.diagnosis.id).await;
    ended.map_err(|error| access::unavailable(error).keeping(&fields))?;
    Ok(Redirect::to(&desk.site.urls().share(&id)))
}

async fn page(desk: &Desk, visit: &Visit, made: Option<String>) -> Result<SharePage, Failure> {
    let shares = desk.visits.records.shares_of(&visit.diagnosis.id).await.map_err(access::unavailable)?;
    let urls = desk.site.urls();
    let id = visit.diagnosis.id.as_str();
    let kept = desk.site.kept_until(visit.diagnosis.opened_at);
    Ok(SharePage {
        page: desk.site.page("Share this diagnosis").hidden(),
        guide: visit.closure().tree.title.clone(),
        made,
        until: until(None, &kept),
        names: names(visit),
        links: shares.iter().map(|shared| line(shared, &kept)).collect(),
        action: urls.share(id),
        end_action: urls.end_shares(id),
        back: urls.diagnosis(id),
    })
}

fn line(shared: &Shared, kept: &str) -> String {
    format!("Made {}, works {}", time::moment(shared.created_at), until(shared.expires_at, kept))
}

/// Until when a link works. `kept` is the day until which its diagnosis is kept.
fn until(expires_at: Option<i64>, kept: &str) -> String {
    match expires_at {
        Some(at) => format!("until {}, or until its owner ends it", time::moment(at)),
        None => format!("at least until {kept}, unless its owner ends it or deletes the diagnosis"),
    }
}

/// The names of machines that the link shows.
fn names(visit: &Visit) -> Vec<String> {
    let values = visit.sheet.iter().filter_map(|(_, held)| held.value.as_ref());
    let mut names: Vec<String> = values
        .flat_map(|value| match value {
            Value::Rows(rows) => rows.rows.iter().filter_map(|row| row.name.clone()).collect(),
            Value::Subject(row) => row.name.clone().into_iter().collect(),
            _ => Vec::new(),
        })
        .collect();
    let mut seen = BTreeSet::new();
    names.retain(|name| seen.insert(name.clone()));
    names
}

/// Opens a diagnosis by its link, to look.
pub async fn open(State(desk): State<Desk>, Path(token): Path<String>, Query(query): Query) -> Result<Response, Failure> {
    let (visit, link) = by_link(&desk, &token).await?;
    Ok((NO_REFERRER, opened::page(&desk, &visit, query.get("way")?, Some(&link))?).into_response())
}

/// Keeps the address of a link, which is a secret, to the page it opens. Such a page has no form that would need more.
pub const NO_REFERRER: [(HeaderName, &str); 1] = [(header::REFERRER_POLICY, "no-referrer")];

/// The diagnosis that a link opens.
pub async fn by_link(desk: &Desk, token: &str) -> Result<(Visit, Link), Failure> {
    let secret = Secret::parse(token).ok_or(Failure::NotFound)?;
    let found = desk.visits.open_shared(&secret).await.map_err(access::unavailable)?;
    let (visit, expires_at) = found.ok_or(Failure::NotFound)?;
    let urls = desk.site.urls();
    let until = until(expires_at, &desk.site.kept_until(visit.diagnosis.opened_at));
    Ok((visit, Link { href: urls.shared(token), map: urls.shared_map(token), until }))
}

/// A shared diagnosis that has not come to an outcome.
#[derive(Template, WebTemplate)]
#[template(path = "diagnose/unfinished.html")]
pub struct UnfinishedPage {
    page: Page,
    guide: String,
    question: String,
    until: String,
    withdrawn: Option<String>,
    rail: Rail,
}

/// The page for a shared diagnosis that stands at a question.
pub fn unfinished(desk: &Desk, visit: &Visit, node: &NodeRef, link: Option<&Link>) -> UnfinishedPage {
    UnfinishedPage {
        page: desk.site.page(visit.closure().tree.title.clone()).hidden(),
        guide: visit.closure().tree.title.clone(),
        question: visit.question(node).map_or_else(String::new, |(_, question)| question.prompt.clone()),
        until: link.map_or_else(String::new, |link| link.until.clone()),
        withdrawn: words::withdrawn(visit),
        rail: Rail::new(visit, desk.site.urls(), false),
    }
}
