//! The condition that an outline means, or what must change in its fields first.

mod levels;
mod rows;
mod texts;

use super::join::Joined;
use super::part::Part;
use super::{Field, Form, Join, Kind};
use crate::tree::code::Code;
use crate::tree::condition::ast::{Expr, Op};
use crate::tree::condition::{Condition, Scope, is_fact, is_reserved, is_word_char};
use crate::web::FieldErrors;

impl Form {
    /// The condition that the outline means. `scope` tells how the ladders call the levels that were typed.
    ///
    /// # Errors
    /// What must change, beside the fields it is about; about the whole, beside the first line's.
    pub fn condition(&self, scope: &Scope<'_>) -> Result<Condition, FieldErrors> {
        let mut reading = Reading { scope, errors: FieldErrors::default() };
        let expr = Part::whole(self).and_then(|whole| reading.joined(&whole, whole.parts(), Reading::expr));
        if !reading.errors.is_empty() {
            return Err(reading.errors);
        }
        let condition = expr.map(|expr| Condition::of_shape(expr).map_err(|error| error.message));
        condition.unwrap_or_else(|| Err("Add a test.".to_owned())).map_err(|message| {
            let mut errors = FieldErrors::default();
            errors.add(Field::Join.id(1), message);
            errors
        })
    }
}

/// An outline being read, and what was found wrong with it. What cannot be read is `None` and has a message.
struct Reading<'s, 'a> {
    scope: &'s Scope<'a>,
    errors: FieldErrors,
}

impl Reading<'_, '_> {
    fn wrong<T>(&mut self, part: &Part<'_>, field: Field, message: impl Into<String>) -> Option<T> {
        self.errors.add(field.id(part.number), message);
        None
    }

    /// What the parts say together, in the way that the line `part` joins them.
    fn joined<T: Joined>(&mut self, part: &Part<'_>, parts: Vec<Part<'_>>, mut read: impl FnMut(&mut Self, &Part<'_>) -> Option<T>) -> Option<T> {
        if parts.is_empty() {
            return self.wrong(part, Field::Join, "Nothing is tested here yet: add a test, or remove this line.");
        }
        // All are read before one that fails ends it, so that every message is shown at once.
        let read: Vec<Option<T>> = parts.iter().map(|part| read(self, part)).collect();
        let parts: Option<Vec<T>> = read.into_iter().collect();
        Some(T::together(Join::parse(part.get(Field::Join)), parts?))
    }

    fn expr(&mut self, part: &Part<'_>) -> Option<Expr> {
        match part.kind() {
            Kind::Group => self.joined(part, part.parts(), Self::expr),
            Kind::Rows => self.rows(part),
            Kind::Messages => {
                let fact = self.messages_fact(part);
                let test = self.joined(part, part.parts(), |reading, part| reading.text(part, false));
                Some(Expr::Messages { fact: fact?, test: test? })
            }
            Kind::Event => Some(Expr::Records(self.joined(part, part.parts(), |reading, part| reading.text(part, true))?)),
            Kind::Code => Some(Expr::Code(self.code(part)?)),
            Kind::Fact => self.fact(part),
            Kind::Where => self.wrong(
                part,
                Field::Join,
                "This says which servers or clients are looked at: it stands directly in such a line. Move it there, or remove it.",
            ),
            Kind::Said => self.wrong(part, Field::Value, "This tests a text: it stands in a message or an event. Move it there, or remove it."),
            _ => self.row_test(part).map(Expr::Row),
        }
    }

    /// `text`, or the key of a text fact.
    fn messages_fact(&mut self, part: &Part<'_>) -> Option<String> {
        match part.get(Field::Fact) {
            "" | "text" => Some("text".to_owned()),
            _ => self.fact_key(part),
        }
    }

    fn fact_key(&mut self, part: &Part<'_>) -> Option<String> {
        let fact = part.get(Field::Fact);
        if fact.is_empty() {
            return self.wrong(part, Field::Fact, "Choose which answer is meant.");
        }
        if is_reserved(fact) || !is_fact(fact) {
            return self.wrong(part, Field::Fact, format!("\u{201c}{fact}\u{201d} names no answer: choose one of the list."));
        }
        Some(fact.to_owned())
    }

    fn fact(&mut self, part: &Part<'_>) -> Option<Expr> {
        let fact = self.fact_key(part);
        let value = part.get(Field::Value).trim();
        if value.is_empty() {
            return self.wrong(part, Field::Value, "Choose or enter an answer.");
        }
        if !value.chars().all(is_word_char) {
            return self.wrong(part, Field::Value, "An answer is an option\u{2019}s key, yes, no, a number or a code, without blanks.");
        }
        let value = value.to_owned();
        if part.get(Field::Op) == "has" {
            return Some(Expr::Has { fact: fact?, option: value });
        }
        let op = self.op(part)?;
        Some(Expr::Compare { fact: fact?, op, value })
    }

    fn op(&mut self, part: &Part<'_>) -> Option<Op> {
        let sign = part.get(Field::Op);
        Op::ALL.into_iter().find(|op| op.as_str() == sign).or_else(|| self.wrong(part, Field::Op, "Choose how to compare."))
    }

    fn code(&mut self, part: &Part<'_>) -> Option<Code> {
        let code = Code::parse(part.get(Field::Value));
        code.map_err(|message| format!("{message}.")).map_or_else(|message| self.wrong(part, Field::Value, message), Some)
    }
}
