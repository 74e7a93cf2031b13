//! The audit log, for administrators and publishers.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State;

use super::account_page::sees_audit;
use super::{Accounts, Error};
use crate::audit::{self, Entry, Filter};
use crate::web::{Failure, Nav, Page, Query, Viewer, urls};

/// Entries on a page.
const PER_PAGE: usize = 50;
/// Entries that are read: one more than is shown says whether there is an older page.
const ONE_MORE: i64 = 51;

/// The page.
#[derive(Template, WebTemplate)]
#[template(path = "account/audit.html")]
pub struct AuditPage {
    page: Page,
    filter: Filter,
    entries: Vec<Entry>,
    /// The page with older entries, if there are any.
    older: Option<String>,
}

/// Shows the newest entries, or those before the one that the address names.
pub async fn show(State(accounts): State<Accounts>, viewer: Viewer, Query(query): Query) -> Result<AuditPage, Failure> {
    if !sees_audit(&viewer) {
        return Err(Failure::Forbidden("Your account may not read the audit log. Ask an administrator of this site."));
    }
    let asked = |name| Ok::<_, Failure>(query.get(name)?.unwrap_or_default().trim().to_owned());
    let filter = Filter { name: asked("person")?, subject: asked("subject")? };
    let before = query.get("before")?.and_then(|number| number.parse().ok());
    let mut read = accounts.db.read().await.map_err(Error::from)?;
    let mut entries = audit::entries(&mut read, &filter, before, ONE_MORE).await.map_err(Error::from)?;
    let has_older = entries.len() > PER_PAGE;
    entries.truncate(PER_PAGE);
    let older = entries.last().filter(|_| has_older).map(|last| {
        let pairs = [("person", filter.name.as_str()), ("subject", filter.subject.as_str()), ("before", &last.id.to_string())];
        format!("{}?{}", accounts.site.urls().account_audit(), urls::query(pairs))
    });
    Ok(AuditPage { page: accounts.site.page("Audit log").at(Nav::Account).hidden().seen_by(&viewer), filter, entries, older })
}
