//! "My diagnoses": those of this browser.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State;

use super::{Desk, access};
use crate::tree::resolution;
use crate::tree::walk::End;
use crate::visit::Visit;
use crate::web::{Failure, Nav, Page, Visitor, time};

/// The page with the browser's diagnoses.
#[derive(Template, WebTemplate)]
#[template(path = "diagnose/mine.html")]
pub struct MinePage {
    page: Page,
    lines: Vec<MineLine>,
}

/// One diagnosis.
pub struct MineLine {
    title: String,
    href: String,
    state: String,
    spoken: String,
    changed_at: String,
    delete: String,
}

/// Lists the diagnoses of this browser, newest first.
pub async fn show(State(desk): State<Desk>, visitor: Visitor) -> Result<MinePage, Failure> {
    let mut lines = Vec::new();
    if let Some(owner) = visitor.owner() {
        for summary in desk.visits.records.of_owner(&owner).await.map_err(access::unavailable)? {
            if let Some(visit) = desk.visits.open(&summary.id).await.map_err(access::unavailable)? {
                lines.push(line(&desk, &visit));
            }
        }
    }
    Ok(MinePage { page: desk.site.page("My diagnoses").at(Nav::MyDiagnoses).hidden(), lines })
}

fn line(desk: &Desk, visit: &Visit) -> MineLine {
    let urls = desk.site.urls();
    let id = visit.diagnosis.id.as_str();
    MineLine {
        title: visit.closure().tree.title.clone(),
        href: urls.diagnosis(id),
        state: state(visit),
        spoken: visit.diagnosis.id.spoken(),
        changed_at: time::moment(visit.diagnosis.changed_at),
        delete: urls.delete(id),
    }
}

/// Where a diagnosis stands, in a line.
fn state(visit: &Visit) -> String {
    match &visit.walk.end {
        End::Question { node, .. } => visit.question(node).map_or_else(String::new, |(_, question)| format!("Next: {}", question.prompt)),
        End::Outcome { node, solved } => {
            let headline = visit.outcome(node).map(|(part, outcome)| resolution::resolve(part, outcome, &visit.sheet).headline.plain());
            let solved = if *solved { "Solved: " } else { "" };
            format!("{solved}{}", headline.unwrap_or_default())
        }
        End::HandOver => "Handed over: nothing known is left to try".to_owned(),
    }
}
