//! "Links into Fixpath": which addresses lead into the site, with examples for this installation, and a form that makes one.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};

use super::super::{Desk, opened};
use super::{LONGEST_QUERY, Link, NEVER_CACHED, address};
use crate::web::{Failure, FieldErrors, Fields, Form, Nav, Page, Urls, urls};
use crate::words;

/// The page.
#[derive(Template, WebTemplate)]
#[template(path = "diagnose/links.html")]
struct LinksPage {
    page: Page,
    errors: FieldErrors,
    typed: Typed,
    /// The links that were made of what was typed.
    made: Option<Made>,
    /// Address and title of every guide.
    guides: Vec<(String, String)>,
    /// An example of a start link.
    example: String,
    /// The address for a monitoring system, with a name in capitals in place of each value.
    monitoring: String,
    /// The address for Event Viewer.
    event_viewer: String,
}

/// What stands in the form.
#[derive(Debug, Clone, Default)]
struct Typed {
    /// The guide's address; empty for none.
    guide: String,
    link: Link,
}

/// A link in both forms.
struct Made {
    /// With everything behind the `?`.
    plain: String,
    /// With everything behind the `#`.
    unsent: String,
}

/// Shows the page.
pub async fn show(State(desk): State<Desk>, headers: HeaderMap) -> Result<Response, Failure> {
    Ok(page(&desk, &address::own(&desk, &headers)?, Typed::default(), FieldErrors::default(), None).into_response())
}

/// Makes a link of what was typed. It is posted, so that the form leaves nothing in an address either; nothing is stored.
pub async fn build(State(desk): State<Desk>, headers: HeaderMap, Form(fields): Form) -> Result<Response, Failure> {
    let own = address::own(&desk, &headers)?;
    let typed = Typed::sent(&fields)?;
    let errors = typed.check(&desk);
    if !errors.is_empty() {
        return Ok((opened::UNPROCESSABLE, NEVER_CACHED, page(&desk, &own, typed, errors, None)).into_response());
    }
    let made = typed.links(&own);
    Ok((NEVER_CACHED, page(&desk, &own, typed, errors, Some(made))).into_response())
}

fn page(desk: &Desk, own: &Urls, typed: Typed, errors: FieldErrors, made: Option<Made>) -> LinksPage {
    let page = desk.site.page("Links into Fixpath").at(Nav::Guides).hidden();
    let page = if errors.is_empty() { page } else { page.with_error() };
    let catalog = desk.visits.shelf.catalog();
    let example = urls::query([("event", "2037"), ("source", "MSExchangeSA"), ("servers", "EX01:5.0,EX02:5.0 SP2")]);
    LinksPage {
        page,
        errors,
        typed,
        made,
        guides: catalog.guides().iter().map(|guide| (guide.slug.clone(), guide.tree.title.clone())).collect(),
        example: format!("{}?{example}", own.absolute(&own.start())),
        monitoring: format!("{}?event=EVENT&source=SOURCE&text=TEXT", own.absolute(&own.find())),
        event_viewer: own.absolute(&own.event_viewer()),
    }
}

impl Typed {
    fn sent(fields: &Fields) -> Result<Self, Failure> {
        Ok(Self { guide: fields.get("guide")?.unwrap_or_default().to_owned(), link: Link::of(fields)? })
    }

    /// What keeps the link from being understood, at the id of its control.
    fn check(&self, desk: &Desk) -> FieldErrors {
        let mut errors = FieldErrors::default();
        let catalog = desk.visits.shelf.catalog();
        if !self.guide.is_empty() && catalog.guide(&self.guide).is_none() {
            errors.add("guide", "There is no such guide any more. Choose another, or let the facts find one.");
        }
        if self.link.is_empty() {
            errors.add("event", "Enter an event, a text or a server: a link without facts is the address of the guide.");
        }
        if self.link.query().len() > LONGEST_QUERY {
            errors.add("text", format!("The link would be longer than {} KiB. Keep the lines that show the error.", LONGEST_QUERY / 1024));
        }
        if let Err(found) = self.link.form(catalog.ladders(), words::LINK).statements(catalog.ladders()) {
            found.iter().for_each(|error| errors.add(control(&error.field), &error.text));
        }
        errors
    }

    fn links(&self, own: &Urls) -> Made {
        let query = self.link.query();
        let place = if self.guide.is_empty() { own.start() } else { own.guide(&self.guide) };
        Made { plain: format!("{}?{query}", own.absolute(&place)), unsent: format!("{}#{query}", own.absolute(&own.start())) }
    }
}

/// The control of this page for a control of the form of facts.
fn control(field: &str) -> &'static str {
    match field.rsplit_once('-').map_or(field, |(name, _)| name) {
        "event-id" => "event",
        "event-source" => "source",
        "message" | "event-text" | "code" => "text",
        _ => "servers",
    }
}
