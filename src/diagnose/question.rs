//! One question a page: show it, read its answer, change it later.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};

use super::opened::{self, WithdrawnVersion};
use super::rail::Rail;
use super::sent::{Said, Sent};
use super::{Desk, access};
use crate::form::{Card, CardState, Pressed, Typed};
use crate::map::Shape;
use crate::tree::bound;
use crate::tree::closure::NodeRef;
use crate::tree::fact::{FactKey, Value};
use crate::tree::model::Question;
use crate::tree::walk::{How, Taken};
use crate::visit::{Refusal, Visit};
use crate::web::{Failure, FieldErrors, Form, Page, Path, Visitor, markdown};
use crate::words;

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
    action: String,
    back: (String, String),
    mark: String,
    typed: Typed,
    unit: Option<String>,
    card: Card,
    errors: FieldErrors,
    /// What somebody else answered meanwhile, for the visitor to choose.
    conflict: Option<Conflict>,
    /// Whether the visitor has answered it before, so that the answer can be taken back.
    answered: bool,
    /// What a paste says about it without deciding it.
    prefilled: bool,
    withdrawn: Option<WithdrawnVersion>,
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
    /// What the visitor sent, which is not stored, and how to store it.
    yours: &'static str,
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
        /// What was done with the card.
        card: CardState,
        /// What was pressed, if the stored answer was changed meanwhile.
        changed: Option<Pressed>,
    },
}

/// The page of the question `node`.
pub fn page(desk: &Desk, visit: &Visit, node: &NodeRef, shown: Shown<'_>) -> Result<QuestionPage, Failure> {
    let (part, question) = visit.question(node).ok_or(Failure::NotFound)?;
    let urls = desk.site.urls();
    let id = visit.diagnosis.id.as_str();
    let key = FactKey::within(&part.tree.slug, &question.fact);
    let pictures = desk.pictures();
    let prefilled = matches!(shown, Shown::Fresh { value: Some(_) });
    let (typed, errors, card, changed) = match shown {
        Shown::Fresh { value } => (Typed::new(part, question, value), FieldErrors::default(), CardState::default(), None),
        Shown::Change => {
            let value = visit.sheet.get(&key).and_then(|held| held.value.as_ref());
            (Typed::new(part, question, value), FieldErrors::default(), CardState::default(), None)
        }
        Shown::Again { typed, errors, card, changed } => (typed, errors, card, changed),
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
        hint: question.hint.as_deref().map(|hint| markdown::render(hint, &pictures)),
        action: urls.question(id, &node.written_in(visit.slug())),
        back: back(desk, visit, node),
        mark: visit.diagnosis.mark(&key),
        typed,
        unit: question.number.as_ref().and_then(|limits| limits.unit.clone()),
        card: Card::new(part, question, &visit.sheet, card, &errors, &pictures),
        errors,
        conflict: changed.map(|pressed| conflict(visit, question, &key, &pressed, urls.diagnosis(id))),
        answered: visit.diagnosis.own_statement(&key).is_some(),
        prefilled,
        withdrawn: opened::withdrawn(visit),
        rail: Rail::new(visit, urls, true),
    })
}

fn conflict(visit: &Visit, question: &Question, key: &FactKey, pressed: &Pressed, keep: String) -> Conflict {
    let lines = visit.sheet.get(key).map_or_else(
        || vec!["no answer".to_owned()],
        |held| {
            let value = words::value(held, Some(question));
            let rows = value.rows.into_iter().map(|row| format!("{} {} {}", row.name, row.level, row.rest).trim().to_owned());
            rows.chain(value.lines).collect()
        },
    );
    let yours = match pressed {
        Pressed::DontKnow => "You said that you don\u{2019}t know; that is not stored yet. Say so again to store it",
        Pressed::TakeBack => "You took the answer back; that is not stored yet. Press \u{201c}Take this answer back\u{201d} again to store it",
        Pressed::Continue | Pressed::FindOut | Pressed::ReadPaste | Pressed::Reshape => {
            "Your answer stands in the form below; nothing of it is stored yet. Press Continue to store yours"
        }
    };
    Conflict { lines, yours, keep }
}

/// "question 3 of 5 at most": what was asked so far, and the longest way on from where the walk stands.
fn progress(visit: &Visit, node: &NodeRef) -> String {
    let number = asked(visit).take_while(|other| *other != node).count() + 1;
    let waiting = visit.walk.path.iter().rev().find(|stop| stop.taken == Taken::Waits).map(|stop| &stop.node);
    let from = waiting.or(visit.walk.end.node()).unwrap_or(node);
    let answered = |key: &FactKey| visit.diagnosis.own_statement(key).is_some();
    let ahead = visit.closure().part(&from.slug).and_then(|part| bound::most_questions(part, &from.key, &answered));
    match ahead {
        Some(ahead) => format!("question {number} of {} at most", number.max(asked(visit).count() + ahead)),
        None => format!("question {number}"),
    }
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
pub async fn answer(State(desk): State<Desk>, visitor: Visitor, Path((id, node)): Path<(String, String)>, Form(fields): Form) -> Result<Response, Failure> {
    let visit = access::own(&desk, &visitor, &id).await.map_err(|failure| failure.keeping(&fields))?;
    let node = access::node(&visit, &node);
    if visit.question(&node).is_none() {
        return Err(Failure::NotFound);
    }
    if !visit.walk.has(&node) {
        return Err(access::refused(&desk.site, Refusal::NotOnPath(visit.into())));
    }
    let sent = Sent { desk: &desk, visit: &visit, node: &node, fields: &fields, action: None };
    let id = &visit.diagnosis.id;
    let mark = Some(fields.get("mark")?.unwrap_or("unsaid"));
    sent.store(async |said| match said {
        Said::TakenBack => desk.visits.take_back(id, &node, mark).await,
        Said::Answer(value) => desk.visits.answer(id, &node, value, mark).await,
    })
    .await
}

/// Removes a fact that was told earlier, or pasted, and that no question on the path asks for.
pub async fn remove_fact(State(desk): State<Desk>, visitor: Visitor, Path((id, key)): Path<(String, String)>, Form(fields): Form) -> Result<Response, Failure> {
    let visit = access::own(&desk, &visitor, &id).await.map_err(|failure| failure.keeping(&fields))?;
    let key = FactKey::within(visit.slug(), &key);
    let removed = desk.visits.unsay(&visit.diagnosis.id, &key).await;
    removed.map_err(|refusal| access::refused(&desk.site, refusal).keeping(&fields))?;
    Ok(Redirect::to(&desk.site.urls().diagnosis(visit.diagnosis.id.as_str())).into_response())
}
