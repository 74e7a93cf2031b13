//! Correcting a fact that no question on the path has asked for, such as a pasted event.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::form::{Pressed, Typed};
use super::question::{self, QuestionPage, Shown};
use super::{Desk, access, opened};
use crate::tree::closure::NodeRef;
use crate::tree::fact::FactKey;
use crate::visit::{Refusal, Visit};
use crate::web::{Failure, FieldErrors, Form, Path, Visitor};

/// The fact that an address names and the question that would ask for it; only facts that were stated have a page.
fn stated(visit: &Visit, written: &str) -> Result<(FactKey, NodeRef), Failure> {
    let key = FactKey::within(visit.slug(), written);
    visit.sheet.get(&key).ok_or(Failure::NotFound)?;
    let (part, node, _) = visit.closure().question_for(&key).ok_or(Failure::NotFound)?;
    let node = NodeRef::new(&part.tree.slug, &node.key);
    Ok((key, node))
}

fn page(desk: &Desk, visit: &Visit, key: &FactKey, node: &NodeRef, shown: Shown<'_>) -> Result<QuestionPage, Failure> {
    let id = visit.diagnosis.id.as_str();
    Ok(question::page(desk, visit, node, shown)?.posting_to(desk.site.urls().fact(id, key.as_str())))
}

/// Shows the form of the fact.
pub async fn show(State(desk): State<Desk>, visitor: Visitor, Path((id, key)): Path<(String, String)>) -> Result<QuestionPage, Failure> {
    let visit = access::own(&desk, &visitor, &id).await?;
    let (key, node) = stated(&visit, &key)?;
    page(&desk, &visit, &key, &node, Shown::Change)
}

/// Stores the corrected fact.
pub async fn correct(
    State(desk): State<Desk>,
    visitor: Visitor,
    Path((id, key)): Path<(String, String)>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let visit = access::own(&desk, &visitor, &id).await?;
    let (key, node) = stated(&visit, &key)?;
    let (part, question) = visit.question(&node).ok_or(Failure::NotFound)?;
    let (typed, pressed) = Typed::sent(part, question, &fields)?;
    let again = |typed, errors, changed| Shown::Again { typed, errors, changed };
    let value = match pressed {
        Pressed::Reshape => return Ok(page(&desk, &visit, &key, &node, again(typed, FieldErrors::default(), false))?.into_response()),
        Pressed::TakeBack => return super::question::take_fact_back(&desk, &visit, &key).await,
        Pressed::DontKnow => None,
        Pressed::Continue => match typed.read(part, question) {
            Ok(value) => Some(value),
            Err(errors) => return Ok((opened::UNPROCESSABLE, page(&desk, &visit, &key, &node, again(typed, errors, false))?).into_response()),
        },
    };
    let mark = fields.get("mark")?.unwrap_or("unsaid");
    match desk.visits.correct(&visit.diagnosis.id, &key, value.as_ref(), mark).await {
        Ok(stored) => Ok(Redirect::to(&desk.site.urls().diagnosis(stored.diagnosis.id.as_str())).into_response()),
        Err(Refusal::Changed(now)) => Ok((StatusCode::CONFLICT, page(&desk, &now, &key, &node, again(typed, FieldErrors::default(), true))?).into_response()),
        Err(refusal) => Err(access::refused(&desk.site, refusal).keeping(&fields)),
    }
}
