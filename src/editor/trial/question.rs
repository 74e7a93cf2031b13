//! A question of a trial: the form that visitors fill in.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::super::{Bar, Editor};
use super::beside::{Beside, Typed as Other};
use super::standing::{self, Standing};
use crate::form::{Card, CardState, PASTE, Pressed, Typed, one_error, takes_paste};
use crate::map::Shape;
use crate::tree::closure::NodeRef;
use crate::tree::fact::{FactKey, Value};
use crate::web::{Failure, FieldErrors, Form, Nav, Page, Path, Viewer, markdown};

/// The page of a question.
#[derive(Template, WebTemplate)]
#[template(path = "editor/trial/question.html")]
pub struct QuestionPage {
    page: Page,
    bar: Bar,
    prompt: String,
    hint: Option<String>,
    action: String,
    typed: Typed,
    unit: Option<String>,
    card: Card,
    /// Whether it was answered before, so that the answer can be taken back.
    answered: bool,
    /// The question on the desk.
    edit: String,
    errors: FieldErrors,
    beside: Beside,
}

/// What stands in the form.
pub enum Shown {
    /// What is known, and what must be changed beside the form.
    Fresh {
        /// What was typed beside it.
        typed: Other,
        /// What must be changed there.
        errors: FieldErrors,
    },
    /// The form comes back as it was typed.
    Again {
        /// What was typed.
        typed: Typed,
        /// What must change.
        errors: FieldErrors,
        /// What was done with the card.
        card: CardState,
    },
}

/// The page of the question `node`.
///
/// # Errors
/// There is no such question.
pub fn page(editor: &Editor, viewer: &Viewer, standing: &Standing, node: &NodeRef, shown: Shown) -> Result<QuestionPage, Failure> {
    let (part, question) = standing.closure.question(node).ok_or(Failure::NotFound)?;
    let urls = editor.site.urls();
    let held = standing.sheet.get(&FactKey::within(&part.tree.slug, &question.fact));
    let (typed, errors, card, other) = match shown {
        Shown::Fresh { typed, errors } => {
            let known = Typed::new(part, question, held.and_then(|held| held.value.as_ref()));
            (known, errors, CardState::default(), typed)
        }
        Shown::Again { typed, errors, card } => (typed, errors, card, Other::default()),
    };
    let mut page = editor.site.page(format!("Trying {}", standing.draft.tree.title)).at(Nav::Editor).seen_by(viewer).hidden();
    if !errors.is_empty() {
        page = page.with_error();
    }
    let beside = Beside::new(standing, urls, other);
    let (slug, pictures) = (standing.slug(), editor.pictures());
    Ok(QuestionPage {
        page,
        bar: Bar::of(urls, viewer, &standing.draft, &node.key, None),
        prompt: question.prompt.clone(),
        hint: question.hint.as_deref().map(|hint| markdown::render(hint, &pictures)),
        action: urls.editor_try_question(slug, &standing.written(node)),
        typed,
        unit: question.number.as_ref().and_then(|limits| limits.unit.clone()),
        card: Card::new(part, question, &standing.sheet, card, &errors, &pictures),
        answered: held.is_some(),
        edit: urls.editor_node(if node.slug == standing.closure.tree.slug { slug } else { &node.slug }, &node.key),
        errors,
        beside,
    })
}

/// Shows a question, to change what was said.
pub async fn show(State(editor): State<Editor>, viewer: Viewer, Path((slug, node)): Path<(String, String)>) -> Result<QuestionPage, Failure> {
    let standing = standing::open(&editor, &viewer, &slug).await?;
    let node = standing.node(&node);
    page(&editor, &viewer, &standing, &node, Shown::Fresh { typed: Other::default(), errors: FieldErrors::default() })
}

/// Reads an answer and goes on to where the trial then stands.
pub async fn answer(State(editor): State<Editor>, viewer: Viewer, Path((slug, node)): Path<(String, String)>, Form(fields): Form) -> Result<Response, Failure> {
    let standing = standing::open(&editor, &viewer, &slug).await.map_err(|failure| failure.keeping(&fields))?;
    let node = standing.node(&node);
    let (part, question) = standing.closure.question(&node).ok_or(Failure::NotFound)?;
    let (mut typed, pressed) = Typed::sent(part, question, &fields)?;
    let paste = if takes_paste(question) { fields.get(PASTE)?.unwrap_or_default() } else { "" };
    let mut card = CardState { asked: pressed == Pressed::FindOut, paste: paste.to_owned(), read: None };
    let again = |typed, errors: FieldErrors, card| {
        let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        Ok((status, page(&editor, &viewer, &standing, &node, Shown::Again { typed, errors, card })?).into_response())
    };
    let value = match pressed {
        Pressed::Reshape | Pressed::FindOut => return again(typed, FieldErrors::default(), card),
        Pressed::ReadPaste => match typed.take_paste(part, question, &card.paste) {
            Ok(read) => {
                card = CardState { read: Some(read), ..CardState::default() };
                return again(typed, FieldErrors::default(), card);
            }
            Err(why) => return again(typed, one_error(PASTE, why), card),
        },
        Pressed::TakeBack => Said::Nothing,
        Pressed::DontKnow => Said::DontKnow,
        Pressed::Continue => match typed.read(part, question) {
            Ok(value) => Said::Value(value),
            Err(errors) => return again(typed, errors, card),
        },
    };
    let key = FactKey::within(&part.tree.slug, &question.fact);
    let mut case = standing.case.clone();
    let tree = &standing.closure.tree.slug;
    match &value {
        Said::Nothing => case.unsay(tree, &key),
        Said::DontKnow => case.say(tree, &key, None),
        Said::Value(value) => case.say(tree, &key, Some(value)),
    }
    standing::put(&editor, &viewer, &standing, case).await.map_err(|failure| failure.keeping(&fields))?;
    Ok(Redirect::to(&editor.site.urls().editor_try(&slug)).into_response())
}

/// What a form says of a fact.
enum Said {
    /// Nothing any more.
    Nothing,
    /// That it is not known.
    DontKnow,
    /// Its value.
    Value(Value),
}

/// Removes a fact, or the answer to an outcome that is not there any more.
pub async fn remove(State(editor): State<Editor>, viewer: Viewer, Path((slug, key)): Path<(String, String)>) -> Result<Redirect, Failure> {
    let standing = standing::open(&editor, &viewer, &slug).await?;
    let tree = &standing.closure.tree.slug;
    let mut case = standing.case.clone();
    case.unsay(tree, &FactKey::within(tree, &key));
    if standing.closure.outcome(&standing.node(&key)).is_none() {
        case.answers.remove(&key);
    }
    standing::put(&editor, &viewer, &standing, case).await?;
    Ok(Redirect::to(&editor.site.urls().editor_try(&slug)))
}
