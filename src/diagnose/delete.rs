//! Deleting a diagnosis, after asking once.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State;
use axum::response::Redirect;

use super::{Desk, access};
use crate::web::{Failure, Form, Page, Path, Visitor};

/// The page that asks.
#[derive(Template, WebTemplate)]
#[template(path = "diagnose/delete.html")]
pub struct DeletePage {
    page: Page,
    guide: String,
    spoken: String,
    links: usize,
    action: String,
    back: String,
}

/// Asks whether the diagnosis is to be deleted.
pub async fn show(State(desk): State<Desk>, visitor: Visitor, Path(id): Path<String>) -> Result<DeletePage, Failure> {
    let visit = access::own(&desk, &visitor, &id).await?;
    let links = desk.visits.records.shares_of(&visit.diagnosis.id).await.map_err(access::unavailable)?.len();
    let urls = desk.site.urls();
    Ok(DeletePage {
        page: desk.site.page("Delete this diagnosis").hidden(),
        guide: visit.closure().tree.title.clone(),
        spoken: visit.diagnosis.id.spoken(),
        links,
        action: urls.delete(&id),
        back: urls.diagnosis(&id),
    })
}

/// Deletes it at once, with everything that belongs to it.
pub async fn delete(State(desk): State<Desk>, visitor: Visitor, Path(id): Path<String>, Form(fields): Form) -> Result<Redirect, Failure> {
    let visit = access::own(&desk, &visitor, &id).await.map_err(|failure| failure.keeping(&fields))?;
    desk.visits.records.delete(&visit.diagnosis).await.map_err(|error| access::unavailable(error).keeping(&fields))?;
    Ok(Redirect::to(&desk.site.urls().my_diagnoses()))
}
