//! "This is what we read": the facts of a paste and of files, to be checked before anything is stored.

use std::time::Instant;

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State;
use axum::response::{IntoResponse, Response};

use super::lead::{Lead, WhatWasRead};
use super::paste::{self, Pasted};
use super::{Desk, home, opened};
use crate::form::FactForm;
use crate::web::{ClientAddress, Failure, FieldErrors, Form, Nav, Page, Upload};

/// The page that shows what was read.
#[derive(Template, WebTemplate)]
#[template(path = "diagnose/reading.html")]
pub struct ReadingPage {
    page: Page,
    errors: FieldErrors,
    form: FactForm,
    /// What the fields say and where it leads; `None` while they have mistakes.
    read: Option<WhatWasRead>,
    pasted: Pasted,
    /// A guide that is not looked for again.
    except: Option<String>,
}

/// The part of it that the start page shows while something is typed.
#[derive(Template, WebTemplate)]
#[template(path = "diagnose/what_was_read.html")]
pub struct Preview {
    read: Option<WhatWasRead>,
}

/// The page for `form`. Where its fields have mistakes it has the messages.
pub fn page(desk: &Desk, form: FactForm, pasted: Pasted, except: Option<String>) -> ReadingPage {
    let (read, errors) = match form.statements(desk.visits.shelf.catalog().ladders()) {
        Ok(statements) => (Some(WhatWasRead::new(desk, &form, &statements, except.as_deref())), FieldErrors::default()),
        Err(errors) => (None, errors),
    };
    let page = desk.site.page("This is what we read").at(Nav::Guides).hidden();
    ReadingPage { page, errors, form, read, pasted, except }
}

impl ReadingPage {
    /// The page as the answer to a form that could not be taken.
    pub fn with_errors(mut self) -> Response {
        self.page = self.page.with_error();
        (opened::UNPROCESSABLE, self).into_response()
    }

    /// The same page without messages: what was sent is not final yet.
    pub fn without_errors(self) -> Self {
        Self { errors: FieldErrors::default(), ..self }
    }
}

/// Reads what was pasted, typed and uploaded. Nothing is stored.
pub async fn read(State(desk): State<Desk>, address: ClientAddress, upload: Upload) -> Result<Response, Failure> {
    desk.finds.take(address, Instant::now())?;
    let pasted = Pasted::sent(&upload.fields)?;
    match paste::read(&desk, &pasted, upload).await {
        Ok(form) => Ok(page(&desk, form, pasted, None).without_errors().into_response()),
        Err(errors) => Ok((opened::UNPROCESSABLE, home::page(&desk, pasted, errors, None)).into_response()),
    }
}

/// Shows what would be read from the paste. Nothing is stored, and nothing is said about mistakes: the form is still being typed.
pub async fn preview(State(desk): State<Desk>, address: ClientAddress, Form(fields): Form) -> Result<Preview, Failure> {
    desk.previews.take(address, Instant::now())?;
    let form = Pasted::sent(&fields)?.read(&desk).ok();
    let read = form.and_then(|form| {
        let statements = form.statements(desk.visits.shelf.catalog().ladders()).ok()?;
        Some(WhatWasRead::new(&desk, &form, &statements, None))
    });
    Ok(Preview { read })
}
