//! "This is what the link says": the facts of an address, to be checked before anything is stored.

use std::time::Instant;

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Response};

use super::super::lead::{Lead, WhatWasRead};
use super::super::{Desk, find, opened};
use super::event_viewer::Hints;
use super::link::Link;
use super::{NEVER_CACHED, fields};
use crate::form::{FactForm, Pressed, Summary};
use crate::shelf::Version;
use crate::web::{ClientAddress, Failure, FieldErrors, Fields, Nav, Page, Visitor};
use crate::words;

/// What came through the door besides facts. It travels with the form in the field `door`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Door {
    /// A start link, or one of a monitoring system.
    Link,
    /// Event Viewer.
    EventViewer(Hints),
}

impl Door {
    /// The door that a form of facts came through, if any.
    ///
    /// # Errors
    /// A field was sent twice.
    pub fn sent(fields: &Fields) -> Result<Option<Self>, Failure> {
        Ok(match fields.get("door")? {
            Some("link") => Some(Self::Link),
            Some("event-viewer") => Some(Self::EventViewer(Hints::sent(fields)?)),
            _ => None,
        })
    }

    fn title(&self) -> &'static str {
        match self {
            Self::Link => "This is what the link says",
            Self::EventViewer(_) => "This is what Event Viewer says",
        }
    }

    /// The page of this door for `form`; where its fields have mistakes it has the messages.
    pub fn page(self, desk: &Desk, form: FactForm) -> LinkPage {
        LinkPage::new(desk, form, self, None)
    }
}

/// The guide that a link names.
#[derive(Debug, Clone)]
struct Named {
    title: String,
    /// Where the form goes.
    href: String,
}

/// The page of what a link says.
#[derive(Template, WebTemplate)]
#[template(path = "diagnose/link.html")]
pub struct LinkPage {
    page: Page,
    errors: FieldErrors,
    form: FactForm,
    door: Door,
    /// The guide that the link names; without one the facts are looked for.
    guide: Option<Named>,
    /// What the fields say; `None` while they have mistakes.
    summary: Option<Summary>,
    /// Where it leads; `None` with mistakes, or if the link names a guide.
    read: Option<WhatWasRead>,
}

impl LinkPage {
    fn new(desk: &Desk, form: FactForm, door: Door, guide: Option<Named>) -> Self {
        let (statements, errors) = match form.statements(desk.visits.shelf.catalog().ladders()) {
            Ok(statements) => (Some(statements), FieldErrors::default()),
            Err(errors) => (None, errors),
        };
        let read = statements.as_ref().filter(|_| guide.is_none()).map(|statements| WhatWasRead::new(desk, &form, statements, None));
        let summary = statements.as_ref().map(|statements| Summary::new(&form, statements));
        Self { page: desk.site.page(door.title()).at(Nav::Guides).hidden(), errors, form, door, guide, summary, read }
    }

    fn of_guide(desk: &Desk, form: FactForm, version: &Version) -> Self {
        let tree = &version.closure.tree;
        let guide = Named { title: tree.title.clone(), href: desk.site.urls().guide(&tree.slug) };
        Self::new(desk, form, Door::Link, Some(guide))
    }

    /// The page as the answer to a link, whose mistakes the visitor has not made.
    pub fn opened(self) -> Response {
        (NEVER_CACHED, self).into_response()
    }

    /// The page as the answer to a form that could not be taken.
    pub fn with_errors(mut self) -> Response {
        self.page = self.page.with_error();
        (opened::UNPROCESSABLE, NEVER_CACHED, self).into_response()
    }

    /// The page as the answer to a form whose rows changed: what was sent is not final yet.
    pub fn reshaped(mut self) -> Response {
        self.errors = FieldErrors::default();
        (NEVER_CACHED, self).into_response()
    }

    /// What the button says that sends the form.
    fn label(&self) -> &'static str {
        if self.guide.is_some() { "Start the guide" } else { "Find the fix" }
    }

    /// The guides that the facts fit.
    fn fitting(&self) -> &[super::super::lead::Fitting] {
        match self.read.as_ref().map(|read| &read.lead) {
            Some(Lead::Clear(guide)) => std::slice::from_ref(guide),
            Some(Lead::Several { guides, .. }) => guides,
            Some(Lead::Nothing) | None => &[],
        }
    }
}

/// The page for a link that brings nothing before its `#`; the script fills the form in with what stands behind it.
#[derive(Template, WebTemplate)]
#[template(path = "diagnose/start.html")]
struct StartPage {
    page: Page,
}

/// Shows what a link says that names no guide, and where that leads. Nothing is stored.
pub async fn start(State(desk): State<Desk>, address: ClientAddress, RawQuery(query): RawQuery) -> Result<Response, Failure> {
    let link = Link::of(&fields(query.as_deref())?)?;
    if link.is_empty() {
        let page = desk.site.page(Door::Link.title()).at(Nav::Guides).hidden();
        return Ok((NEVER_CACHED, StartPage { page }).into_response());
    }
    desk.finds.take(address, Instant::now())?;
    let form = link.form(desk.visits.shelf.catalog().ladders(), words::LINK);
    Ok(Door::Link.page(&desk, form).opened())
}

/// Shows what a link says to the guide `version`. Nothing is stored.
///
/// # Errors
/// The address has looked at too many.
pub fn of_guide(desk: &Desk, address: ClientAddress, version: &Version, link: &Link) -> Result<Response, Failure> {
    desk.finds.take(address, Instant::now())?;
    let form = link.form(desk.visits.shelf.catalog().ladders(), words::LINK);
    Ok(LinkPage::of_guide(desk, form, version).opened())
}

/// Begins a diagnosis of the guide `version` with the facts that were sent, or shows their form again.
///
/// # Errors
/// What no form of ours sends, too many diagnoses of one address, or the database failed.
pub async fn sent_to_guide(desk: &Desk, visitor: Visitor, address: ClientAddress, version: &Version, fields: &Fields) -> Result<Response, Failure> {
    let catalog = desk.visits.shelf.catalog();
    let form = FactForm::sent(fields, catalog.ladders())?;
    if FactForm::pressed(fields)? == Pressed::Reshape {
        return Ok(LinkPage::of_guide(desk, form, version).reshaped());
    }
    match form.statements(catalog.ladders()) {
        Ok(statements) => find::begin(desk, visitor, address, &version.closure.tree.slug, statements, fields).await,
        Err(_) => Ok(LinkPage::of_guide(desk, form, version).with_errors()),
    }
}
