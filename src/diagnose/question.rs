//! One question a page: show it, read its answer, change it later.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::form::{CellKind, LevelCell, Pressed, Typed};
use super::rail::Rail;
use super::{Desk, access, opened, words};
use crate::map::Shape;
use crate::tree::closure::NodeRef;
use crate::tree::fact::{FactKey, Value};
use crate::tree::model::Question;
use crate::tree::walk::How;
use crate::visit::{Refusal, Visit};
use crate::web::{Failure, FieldErrors, Fields, Form, Page, Path, Visitor, markdown};

/// The page of a question.
#[derive(Template, WebTemplate)]
#[template(path = "diagnose/question.html")]
pub struct QuestionPage {
    page: Page,
    guide: String,
    /// "question 3 of 5 at most"
    progress: String,
    prompt: String,
    hint: Option<String>,
    help: Option<String>,
    action: String,
    back: (String, String),
    mark: String,
    typed: Typed,
    unit: Option<String>,
    errors: FieldErrors,
    /// What somebody else answered meanwhile, for the visitor to choose.
    conflict: Option<Conflict>,
    /// Whether the visitor has answered it before, so that the answer can be taken back.
    answered: bool,
    /// What a paste says about it without deciding it.
    prefilled: bool,
    rail: Rail,
}

impl QuestionPage {
    /// The same page, whose form is posted to `action`.
    pub fn posting_to(self, action: String) -> Self {
        Self { action, ..self }
    }
}

/// Two values for one question.
pub struct Conflict {
    /// What is stored.
    lines: Vec<String>,
    /// Keeps it.
    keep: String,
}

/// What stands in the form.
pub enum Shown<'a> {
    /// The question is asked for the first time, perhaps with what a paste says about it.
    Fresh {
        /// What the paste says.
        value: Option<&'a Value>,
    },
    /// The answer is to be changed.
    Change,
    /// The form comes back as it was typed.
    Again {
        /// What was typed.
        typed: Typed,
        /// What must change.
        errors: FieldErrors,
        /// Whether the stored answer was changed meanwhile.
        changed: bool,
    },
}

/// The page of the question `node`.
pub fn page(desk: &Desk, visit: &Visit, node: &NodeRef, shown: Shown<'_>) -> Result<QuestionPage, Failure> {
    let (part, question) = visit.question(node).ok_or(Failure::NotFound)?;
    let urls = desk.site.urls();
    let id = visit.diagnosis.id.as_str();
    let key = FactKey::within(&part.tree.slug, &question.fact);
    let prefilled = matches!(shown, Shown::Fresh { value: Some(_) });
    let (typed, errors, changed) = match shown {
        Shown::Fresh { value } => (Typed::new(part, question, value), FieldErrors::default(), false),
        Shown::Change => {
            let value = visit.sheet.get(&key).and_then(|held| held.value.as_ref());
            (Typed::new(part, question, value), FieldErrors::default(), false)
        }
        Shown::Again { typed, errors, changed } => (typed, errors, changed),
    };
    let mut page = desk.site.page(question.prompt.clone()).hidden();
    if !errors.is_empty() {
        page = page.with_error();
    }
    Ok(QuestionPage {
        page,
        guide: visit.closure().tree.title.clone(),
        progress: progress(visit, node),
        prompt: question.prompt.clone(),
        hint: question.hint.as_deref().map(markdown::render),
        help: question.help.as_deref().map(markdown::render),
        action: urls.question(id, &node.written_in(visit.slug())),
        back: back(desk, visit, node),
        mark: visit.diagnosis.mark(&key),
        typed,
        unit: question.number.as_ref().and_then(|limits| limits.unit.clone()),
        errors,
        conflict: changed.then(|| conflict(visit, question, &key, urls.diagnosis(id))),
        answered: visit.diagnosis.own_statement(&key).is_some(),
        prefilled,
        rail: Rail::new(visit, urls, true),
    })
}

fn conflict(visit: &Visit, question: &Question, key: &FactKey, keep: String) -> Conflict {
    let lines = visit.sheet.get(key).map_or_else(
        || vec!["no answer".to_owned()],
        |held| {
            let value = words::value(held, Some(question));
            let rows = value.rows.into_iter().map(|row| format!("{} {} {}", row.name, row.level, row.rest).trim().to_owned());
            rows.chain(value.lines).collect()
        },
    );
    Conflict { lines, keep }
}

/// "question 3 of 5 at most": what was asked so far, and the longest way on.
fn progress(visit: &Visit, node: &NodeRef) -> String {
    let before: Vec<&NodeRef> = asked(visit).take_while(|other| *other != node).collect();
    let number = before.len() + 1;
    let ahead = visit.closure().part(&node.slug).map_or(1, |part| part.most_questions_from(&node.key));
    format!("question {number} of {} at most", number - 1 + ahead.max(1))
}

/// The questions on the path that the visitor answered, in order.
fn asked(visit: &Visit) -> impl Iterator<Item = &NodeRef> {
    visit.walk.path.iter().filter(|stop| matches!(stop.how, How::Answered | How::DontKnow)).map(|stop| &stop.node)
}

/// The page before this one: the question before it, or the guide.
fn back(desk: &Desk, visit: &Visit, node: &NodeRef) -> (String, String) {
    let urls = desk.site.urls();
    match asked(visit).take_while(|other| *other != node).last() {
        Some(previous) => (
            urls.question(visit.diagnosis.id.as_str(), &previous.written_in(visit.slug())),
            format!("Back to \u{201c}{}\u{201d}", words::title(visit.closure(), previous)),
        ),
        None => (urls.guide(visit.slug()), "Back to the guide".to_owned()),
    }
}

/// Shows a question of the path, to change its answer.
pub async fn show(State(desk): State<Desk>, visitor: Visitor, Path((id, node)): Path<(String, String)>) -> Result<Response, Failure> {
    let visit = access::own(&desk, &visitor, &id).await?;
    let node = access::node(&visit, &node);
    if visit.question(&node).is_none() {
        return Err(Failure::NotFound);
    }
    if !visit.walk.has(&node) {
        return Err(access::refused(&desk.site, Refusal::NotOnPath(visit.into())));
    }
    Ok(page(&desk, &visit, &node, Shown::Change)?.into_response())
}

/// Reads an answer, stores it and goes on to where the diagnosis then stands.
pub async fn answer(
    State(desk): State<Desk>,
    visitor: Visitor,
    Path((id, node)): Path<(String, String)>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let visit = access::own(&desk, &visitor, &id).await?;
    let node = access::node(&visit, &node);
    let (part, question) = visit.question(&node).ok_or(Failure::NotFound)?;
    if !visit.walk.has(&node) {
        return Err(access::refused(&desk.site, Refusal::NotOnPath(visit.into())));
    }
    let (typed, pressed) = Typed::sent(part, question, &fields)?;
    let value = match pressed {
        Pressed::Reshape => return Ok(page(&desk, &visit, &node, again(typed, FieldErrors::default(), false))?.into_response()),
        Pressed::TakeBack => {
            let taken = desk.visits.take_back(&visit.diagnosis.id, &node).await;
            let stored = taken.map_err(|refusal| access::refused(&desk.site, refusal).keeping(&fields))?;
            return Ok(Redirect::to(&desk.site.urls().diagnosis(stored.diagnosis.id.as_str())).into_response());
        }
        Pressed::DontKnow => None,
        Pressed::Continue => match typed.read(part, question) {
            Ok(value) => Some(value),
            Err(errors) => return Ok((opened::UNPROCESSABLE, page(&desk, &visit, &node, again(typed, errors, false))?).into_response()),
        },
    };
    store(&desk, &visit, &node, value, typed, &fields).await
}

fn again<'a>(typed: Typed, errors: FieldErrors, changed: bool) -> Shown<'a> {
    Shown::Again { typed, errors, changed }
}

async fn store(desk: &Desk, visit: &Visit, node: &NodeRef, value: Option<Value>, typed: Typed, fields: &Fields) -> Result<Response, Failure> {
    match desk.visits.answer(&visit.diagnosis.id, node, value.as_ref(), Some(fields.get("mark")?.unwrap_or("unsaid"))).await {
        Ok(stored) => Ok(Redirect::to(&desk.site.urls().diagnosis(stored.diagnosis.id.as_str())).into_response()),
        Err(Refusal::Changed(now)) => Ok((StatusCode::CONFLICT, page(desk, &now, node, again(typed, FieldErrors::default(), true))?).into_response()),
        Err(refusal) => Err(access::refused(&desk.site, refusal).keeping(fields)),
    }
}

/// Removes a fact that was told earlier, or pasted, and that no question on the path asks for.
pub async fn remove_fact(State(desk): State<Desk>, visitor: Visitor, Path((id, key)): Path<(String, String)>) -> Result<Response, Failure> {
    let visit = access::own(&desk, &visitor, &id).await?;
    let key = FactKey::within(visit.slug(), &key);
    take_fact_back(&desk, &visit, &key).await
}

/// Removes everything that was stated about `key`.
pub async fn take_fact_back(desk: &Desk, visit: &Visit, key: &FactKey) -> Result<Response, Failure> {
    desk.visits.unsay(&visit.diagnosis.id, key).await.map_err(|refusal| access::refused(&desk.site, refusal))?;
    Ok(Redirect::to(&desk.site.urls().diagnosis(visit.diagnosis.id.as_str())).into_response())
}

