//! Correcting a fact that no question on the path has asked for, such as a pasted event.

use axum::extract::State;
use axum::response::Response;

use super::question::{self, QuestionPage, Shown};
use super::sent::{Said, Sent};
use super::{Desk, access};
use crate::tree::closure::NodeRef;
use crate::tree::fact::FactKey;
use crate::visit::Visit;
use crate::web::{Failure, Form, Path, Visitor};

/// The fact that an address names and the question that would ask for it; only facts that were stated have a page.
fn stated(visit: &Visit, written: &str) -> Result<(FactKey, NodeRef), Failure> {
    let key = FactKey::within(visit.slug(), written);
    visit.sheet.get(&key).ok_or(Failure::NotFound)?;
    let (part, node, _) = visit.closure().question_for(&key).ok_or(Failure::NotFound)?;
    let node = NodeRef::new(&part.tree.slug, &node.key);
    Ok((key, node))
}

fn address(desk: &Desk, visit: &Visit, key: &FactKey) -> String {
    desk.site.urls().fact(visit.diagnosis.id.as_str(), key.as_str())
}

/// Shows the form of the fact.
pub async fn show(State(desk): State<Desk>, visitor: Visitor, Path((id, key)): Path<(String, String)>) -> Result<QuestionPage, Failure> {
    let visit = access::own(&desk, &visitor, &id).await?;
    let (key, node) = stated(&visit, &key)?;
    Ok(question::page(&desk, &visit, &node, Shown::Change)?.posting_to(address(&desk, &visit, &key)))
}

/// Stores the corrected fact.
pub async fn correct(State(desk): State<Desk>, visitor: Visitor, Path((id, key)): Path<(String, String)>, Form(fields): Form) -> Result<Response, Failure> {
    let visit = access::own(&desk, &visitor, &id).await.map_err(|failure| failure.keeping(&fields))?;
    let (key, node) = stated(&visit, &key)?;
    let action = Some(address(&desk, &visit, &key));
    let mark = fields.get("mark")?.unwrap_or("unsaid");
    let id = &visit.diagnosis.id;
    Sent { desk: &desk, visit: &visit, node: &node, fields: &fields, action }
        .store(async |said| match said {
            Said::TakenBack => desk.visits.unsay(id, &key).await,
            Said::Answer(value) => desk.visits.correct(id, &key, value, mark).await,
        })
        .await
}
