//! Links that show a diagnosis to others.

use std::collections::BTreeSet;

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, header};
use axum::response::{IntoResponse, Redirect, Response};

use super::opened::{self, WithdrawnVersion};
use super::rail::Rail;
use super::{Desk, access};
use crate::map::Shape;
use crate::record::Shared;
use crate::secret::Secret;
use crate::tree::closure::NodeRef;
use crate::tree::fact::Value;
use crate::visit::Visit;
use crate::web::{Failure, Form, Page, Path, Query, Visitor, time};

/// A day in milliseconds.
const DAY: i64 = 24 * 60 * 60 * 1000;

/// How long a link may work, as the form sends it and in words. The last one ends with the diagnosis.
const TIMES: [(&str, &str); 4] = [("7", "7 days"), ("30", "30 days"), ("90", "90 days"), (AS_LONG_AS_KEPT, "as long as the diagnosis is kept")];
const AS_LONG_AS_KEPT: &str = "kept";
const USUAL_TIME: &str = "30";

/// The link that a visitor came by.
#[derive(Debug, Clone)]
pub struct Link {
    /// The address of the link.
    pub href: String,
    /// The address of the whole guide with the path.
    pub map: String,
    /// Until when it works.
    pub until: String,
    /// Whether it shows placeholders instead of names.
    pub redacted: bool,
}

/// The page on which links are made.
#[derive(Template, WebTemplate)]
#[template(path = "diagnose/share.html")]
pub struct SharePage {
    page: Page,
    guide: String,
    made: Option<Made>,
    /// What stands for each machine in a link that hides names.
    machines: Vec<(String, String)>,
    /// How long the link may work: what is sent, words for it, and whether it is chosen at first.
    times: [(&'static str, &'static str, bool); 4],
    kept_until: String,
    links: Vec<LinkLine>,
    action: String,
    end_action: String,
    back: String,
}

/// The link that was just made; it is shown once.
struct Made {
    href: String,
    until: String,
    redacted: bool,
}

/// A link that opens the diagnosis now.
struct LinkLine {
    name: String,
    redacted: bool,
    text: String,
}

/// Says what a link shows, before it is made.
pub async fn show(State(desk): State<Desk>, visitor: Visitor, Path(id): Path<String>) -> Result<SharePage, Failure> {
    let visit = access::own(&desk, &visitor, &id).await?;
    page(&desk, &visit, None).await
}

/// Makes a link. It is shown once: only its hash is kept.
pub async fn make(State(desk): State<Desk>, visitor: Visitor, Path(id): Path<String>, headers: HeaderMap, Form(fields): Form) -> Result<SharePage, Failure> {
    let visit = access::own(&desk, &visitor, &id).await.map_err(|failure| failure.keeping(&fields))?;
    let expires_at = expiry(fields.get("time")?.unwrap_or(USUAL_TIME), desk.clock.now_ms())?;
    let redacted = fields.get("names")?.is_none();
    let token = desk.visits.records.share(&visit.diagnosis.id, expires_at, redacted).await;
    let token = token.map_err(|error| access::unavailable(error).keeping(&fields))?;
    let urls = desk.site.urls();
    let href = desk.site.whole_address(&urls.shared(&token.reveal()), &headers);
    let until = until(expires_at, &desk.site.kept_until(visit.diagnosis.opened_at));
    page(&desk, &visit, Some(Made { href, until, redacted })).await
}

/// When a link stops working that is made `now` for the time that the form sent.
fn expiry(time: &str, now: i64) -> Result<Option<i64>, Failure> {
    let known = TIMES.iter().any(|(sent, _)| *sent == time);
    match time.parse::<i64>() {
        Ok(days) if known => Ok(Some(now + days * DAY)),
        Err(_) if known => Ok(None),
        _ => Err(Failure::bad_input("The time must be one of those on the form. Go back and choose one.")),
    }
}

/// Ends the link that the form names, or every link of the diagnosis where it names none.
pub async fn end(State(desk): State<Desk>, visitor: Visitor, Path(id): Path<String>, Form(fields): Form) -> Result<Redirect, Failure> {
    let visit = access::own(&desk, &visitor, &id).await.map_err(|failure| failure.keeping(&fields))?;
    let (records, id) = (&desk.visits.records, &visit.diagnosis.id);
    let ended = match fields.get("link")? {
        Some(name) => records.revoke_share(id, name).await,
        None => records.revoke_shares(id).await,
    };
    ended.map_err(|error| access::unavailable(error).keeping(&fields))?;
    Ok(Redirect::to(&desk.site.urls().share(id.as_str())))
}

async fn page(desk: &Desk, visit: &Visit, made: Option<Made>) -> Result<SharePage, Failure> {
    let shares = desk.visits.records.shares_of(&visit.diagnosis.id).await.map_err(access::unavailable)?;
    let urls = desk.site.urls();
    let id = visit.diagnosis.id.as_str();
    let kept_until = desk.site.kept_until(visit.diagnosis.opened_at);
    Ok(SharePage {
        page: desk.site.page("Share this diagnosis").hidden(),
        guide: visit.closure().tree.title.clone(),
        made,
        machines: machines(visit),
        times: TIMES.map(|(days, words)| (days, words, days == USUAL_TIME)),
        links: shares.into_iter().map(|shared| line(shared, &kept_until)).collect(),
        kept_until,
        action: urls.share(id),
        end_action: urls.end_shares(id),
        back: urls.diagnosis(id),
    })
}

fn line(shared: Shared, kept: &str) -> LinkLine {
    let text = format!("Made {}, works {}", time::moment(shared.created_at), until(shared.expires_at, kept));
    LinkLine { name: shared.name, redacted: shared.redacted, text }
}

/// Until when a link works. `kept` is the day until which its diagnosis is kept.
fn until(expires_at: Option<i64>, kept: &str) -> String {
    match expires_at {
        Some(at) => format!("until {}, or until its owner ends it", time::moment(at)),
        None => format!("at least until {kept}, unless its owner ends it or deletes the diagnosis"),
    }
}

/// The names of machines, each with what stands for it in a link that hides names.
fn machines(visit: &Visit) -> Vec<(String, String)> {
    let mut seen = BTreeSet::new();
    let mut machines: Vec<(String, String)> = names(visit).into_iter().zip(names(&visit.redacted())).collect();
    machines.retain(|(name, _)| seen.insert(name.clone()));
    machines
}

fn names(visit: &Visit) -> Vec<String> {
    let values = visit.sheet.iter().filter_map(|(_, held)| held.value.as_ref());
    values
        .flat_map(|value| match value {
            Value::Rows(rows) => rows.rows.iter().filter_map(|row| row.name.clone()).collect(),
            Value::Subject(row) => row.name.clone().into_iter().collect(),
            _ => Vec::new(),
        })
        .collect()
}

/// Opens a diagnosis by its link, to look.
pub async fn open(State(desk): State<Desk>, Path(token): Path<String>, Query(query): Query) -> Result<Response, Failure> {
    let (visit, link) = by_link(&desk, &token).await?;
    Ok((NO_REFERRER, opened::page(&desk, &visit, opened::Chosen::of(&query)?, Some(&link))?).into_response())
}

/// Keeps the address of a link, which is a secret, to the page it opens. Such a page has no form that would need more.
pub const NO_REFERRER: [(HeaderName, &str); 1] = [(header::REFERRER_POLICY, "no-referrer")];

/// The diagnosis that a link opens.
pub async fn by_link(desk: &Desk, token: &str) -> Result<(Visit, Link), Failure> {
    let secret = Secret::parse(token).ok_or(Failure::NotFound)?;
    let found = desk.visits.open_shared(&secret).await.map_err(access::unavailable)?;
    let (visit, share) = found.ok_or(Failure::NotFound)?;
    let urls = desk.site.urls();
    let until = until(share.expires_at, &desk.site.kept_until(visit.diagnosis.opened_at));
    Ok((visit, Link { href: urls.shared(token), map: urls.shared_map(token), until, redacted: share.redacted }))
}

/// A shared diagnosis that has not come to an outcome.
#[derive(Template, WebTemplate)]
#[template(path = "diagnose/unfinished.html")]
pub struct UnfinishedPage {
    page: Page,
    guide: String,
    question: String,
    until: String,
    redacted: bool,
    withdrawn: Option<WithdrawnVersion>,
    rail: Rail,
}

/// The page for a shared diagnosis that stands at a question.
pub fn unfinished(desk: &Desk, visit: &Visit, node: &NodeRef, link: Option<&Link>) -> UnfinishedPage {
    UnfinishedPage {
        page: desk.site.page(visit.closure().tree.title.clone()).hidden(),
        guide: visit.closure().tree.title.clone(),
        question: visit.question(node).map_or_else(String::new, |(_, question)| question.prompt.clone()),
        until: link.map_or_else(String::new, |link| link.until.clone()),
        redacted: link.is_some_and(|link| link.redacted),
        withdrawn: opened::withdrawn(visit),
        rail: Rail::new(visit, desk.site.urls(), false),
    }
}
