//! From facts to their guide: straight on where one fits, to a choice where several do, and an honest word where none does.

use std::time::Instant;

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};

use super::doors::Door;
use super::lead::{Fitting, Lead, WhatWasRead};
use super::paste::Pasted;
use super::{Desk, access, home, reading};
use crate::form::{FactForm, Pressed, Summary};
use crate::tree::fact::{Sheet, Statement};
use crate::visit::Start;
use crate::web::{ClientAddress, Failure, FieldErrors, Fields, Form, Nav, Page, Visitor};
use crate::words;

/// The page for facts that several guides fit, or none.
#[derive(Template, WebTemplate)]
#[template(path = "diagnose/found.html")]
pub struct FoundPage {
    page: Page,
    summary: Summary,
    /// What tells the guides apart; `None` if none fits.
    question: Option<String>,
    /// The guides that fit.
    fitting: Vec<Fitting>,
    /// Every other guide: address and title.
    others: Vec<(String, String)>,
    /// Whether a guide was walked already and is left out.
    is_another: bool,
    /// What is known, to be handed over.
    known: String,
    /// The form as it was sent.
    fields: Fields,
}

/// Looks for the guide of the facts that were sent, or starts the one that was chosen.
pub async fn find(State(desk): State<Desk>, visitor: Visitor, address: ClientAddress, Form(fields): Form) -> Result<Response, Failure> {
    desk.finds.take(address, Instant::now())?;
    let catalog = desk.visits.shelf.catalog();
    let form = FactForm::sent(&fields, catalog.ladders())?;
    let except = fields.get("except")?.filter(|slug| !slug.is_empty());
    let statements = match (FactForm::pressed(&fields)?, form.statements(catalog.ladders())) {
        (Pressed::Continue, Ok(statements)) => statements,
        (pressed, _) => return again(&desk, form, &fields, pressed == Pressed::Continue),
    };
    if let Some(slug) = fields.get("guide")? {
        return begin(&desk, visitor, address, slug, statements, &fields).await;
    }
    if statements.is_empty() && form.unread.quotes.is_empty() {
        let mut errors = FieldErrors::default();
        errors.add("evidence", "No fact is left to look for. Paste the text of the message or event, or choose a guide below.");
        return Ok((super::opened::UNPROCESSABLE, home::page(&desk, Pasted::sent(&fields)?, errors, None)).into_response());
    }
    let WhatWasRead { summary, lead } = WhatWasRead::new(&desk, &form, &statements, except);
    let (question, fitting) = match lead {
        Lead::Clear(guide) => return begin(&desk, visitor, address, &guide.slug, statements, &fields).await,
        Lead::Several { question, guides } => (Some(question), guides),
        Lead::Nothing => (None, Vec::new()),
    };
    let is_left = |slug: &str| Some(slug) != except && !fitting.iter().any(|guide| guide.slug == slug);
    let others = catalog.guides().iter().filter(|guide| is_left(&guide.slug)).map(|guide| (guide.slug.clone(), guide.tree.title.clone())).collect();
    let title = if question.is_some() { "Several guides fit" } else { "Nothing we know matches" };
    Ok(FoundPage {
        page: desk.site.page(title).at(Nav::Guides).hidden(),
        summary,
        question,
        others,
        is_another: except.is_some(),
        known: known(&statements),
        fitting,
        fields: fields.without(&["do", "remove", "guide"]),
    }
    .into_response())
}

/// The page that the form came from, with what was sent: with messages if that was final.
fn again(desk: &Desk, form: FactForm, fields: &Fields, is_final: bool) -> Result<Response, Failure> {
    if let Some(door) = Door::sent(fields)? {
        let page = door.page(desk, form);
        return Ok(if is_final { page.with_errors() } else { page.reshaped() });
    }
    let except = fields.get("except")?.filter(|slug| !slug.is_empty());
    let page = reading::page(desk, form, Pasted::sent(fields)?, except.map(str::to_owned));
    Ok(if is_final { page.with_errors() } else { page.without_errors().into_response() })
}

/// Begins a diagnosis with `statements` and goes there. `fields` are what the visitor sent, kept if it cannot be stored.
///
/// # Errors
/// There is no such guide, the address has begun too many, or the database failed.
pub async fn begin(
    desk: &Desk,
    visitor: Visitor,
    address: ClientAddress,
    slug: &str,
    statements: Vec<Statement>,
    fields: &Fields,
) -> Result<Response, Failure> {
    desk.starts.take(address, Instant::now())?;
    let (secret, cookie) = visitor.or_new(&desk.random);
    let start = Start { slug: slug.to_owned(), owner: secret.hash(), statements };
    let visit = desk.visits.start(start).await.map_err(|refusal| access::refused(&desk.site, refusal).keeping(fields))?;
    Ok((cookie, Redirect::to(&desk.site.urls().diagnosis(visit.diagnosis.id.as_str()))).into_response())
}

/// What is known, as text to be copied into a mail or ticket.
fn known(statements: &[Statement]) -> String {
    let sheet = Sheet::resolve(statements);
    let fact = |(key, held): (&_, &_)| {
        let value = words::value(held, None);
        let rows = value.rows.into_iter().map(|row| [row.name, row.level, row.rest].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" "));
        let lines: Vec<String> = rows.chain(value.lines).map(|line| format!("  {}", line.replace('\n', "\n  "))).collect();
        format!("{}:\n{}", words::built_in_name(key), lines.join("\n"))
    };
    sheet.iter().map(fact).collect::<Vec<_>>().join("\n\n")
}
