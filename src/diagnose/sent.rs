//! The form of a question as it was sent: read, and stored or shown again.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::question::{self, Shown};
use super::{Desk, access, opened};
use crate::form::{CardState, PASTE, Pressed, Typed, one_error, takes_paste};
use crate::tree::closure::{Closure, NodeRef};
use crate::tree::fact::Value;
use crate::tree::model::Question;
use crate::visit::{Refusal, Visit};
use crate::web::{Failure, FieldErrors, Fields};

/// What a form says about a fact.
pub enum Said<'a> {
    /// The value, or "I don't know".
    Answer(Option<&'a Value>),
    /// What was said is taken back.
    TakenBack,
}

/// The form of a question as it was sent.
pub struct Sent<'a> {
    /// The room's state.
    pub desk: &'a Desk,
    /// The diagnosis.
    pub visit: &'a Visit,
    /// The question.
    pub node: &'a NodeRef,
    /// What was sent.
    pub fields: &'a Fields,
    /// Where the form is posted to, if not to the question.
    pub action: Option<String>,
}

impl Sent<'_> {
    /// Reads the form and stores what it says; the form comes back where something must be changed, chosen or checked first.
    pub async fn store(self, store: impl AsyncFnOnce(Said<'_>) -> Result<Visit, Refusal>) -> Result<Response, Failure> {
        let (part, question) = self.visit.question(self.node).ok_or(Failure::NotFound)?;
        let (typed, pressed) = Typed::sent(part, question, self.fields)?;
        let paste = if takes_paste(question) { self.fields.get(PASTE)?.unwrap_or_default() } else { "" };
        let mut card = CardState { asked: pressed == Pressed::FindOut, paste: paste.to_owned(), read: None };
        let value = match pressed {
            Pressed::Reshape | Pressed::FindOut => return self.again(self.visit, Shown::Again { typed, errors: FieldErrors::default(), card, changed: None }),
            Pressed::ReadPaste => return self.read_paste(part, question, typed, card),
            Pressed::TakeBack | Pressed::DontKnow => None,
            Pressed::Continue => match checked(part, question, &typed, &card) {
                Ok(value) => Some(value),
                Err(errors) => return self.refused(typed, errors, card),
            },
        };
        let said = if pressed == Pressed::TakeBack { Said::TakenBack } else { Said::Answer(value.as_ref()) };
        match store(said).await {
            Ok(stored) => Ok(Redirect::to(&self.desk.site.urls().diagnosis(stored.diagnosis.id.as_str())).into_response()),
            Err(Refusal::Changed(now)) => {
                card.asked = pressed == Pressed::DontKnow;
                let form = self.again(&now, Shown::Again { typed, errors: FieldErrors::default(), card, changed: Some(pressed) })?;
                Ok((StatusCode::CONFLICT, form).into_response())
            }
            Err(refusal) => Err(access::refused(&self.desk.site, refusal).keeping(self.fields)),
        }
    }

    /// The form with what was pasted in it, to be checked.
    fn read_paste(&self, part: &Closure, question: &Question, mut typed: Typed, card: CardState) -> Result<Response, Failure> {
        match typed.take_paste(part, question, &card.paste) {
            Ok(read) => {
                let card = CardState { read: Some(read), ..CardState::default() };
                self.again(self.visit, Shown::Again { typed, errors: FieldErrors::default(), card, changed: None })
            }
            Err(why) => self.refused(typed, one_error(PASTE, why), card),
        }
    }

    /// The form with what must be changed in it.
    fn refused(&self, typed: Typed, errors: FieldErrors, card: CardState) -> Result<Response, Failure> {
        Ok((opened::UNPROCESSABLE, self.again(self.visit, Shown::Again { typed, errors, card, changed: None })?).into_response())
    }

    fn again(&self, visit: &Visit, shown: Shown<'_>) -> Result<Response, Failure> {
        let page = question::page(self.desk, visit, self.node, shown)?;
        Ok(match &self.action {
            Some(action) => page.posting_to(action.clone()),
            None => page,
        }
        .into_response())
    }
}

/// The value that was typed. What was pasted must have been read, so that nobody takes it for sent.
fn checked(part: &Closure, question: &Question, typed: &Typed, card: &CardState) -> Result<Value, FieldErrors> {
    let read = typed.read(part, question);
    if card.paste.trim().is_empty() {
        return read;
    }
    let mut errors = read.err().unwrap_or_default();
    errors.add(PASTE, "The box still holds what you pasted. Press \"Read what I pasted\", or clear the box.");
    Err(errors)
}
