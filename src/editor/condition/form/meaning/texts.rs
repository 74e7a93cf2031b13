//! Tests of one message or record.

use super::super::part::Part;
use super::super::{Field, Kind};
use super::Reading;
use crate::tree::condition::ast::{Pattern, TextExpr};
use crate::tree::message::{Glob, Phrase};

impl Reading<'_, '_> {
    /// A test inside a message, or inside an event's record.
    pub(super) fn text(&mut self, part: &Part<'_>, of_record: bool) -> Option<TextExpr> {
        match part.kind() {
            Kind::Group => self.joined(part, part.parts(), |reading, part| reading.text(part, of_record)),
            Kind::Said => self.said(part, of_record),
            kind => {
                let field = if kind.holds_lines() { Field::Join } else { Field::Of };
                self.wrong(part, field, "This is no test of a text, so it cannot stand in a message or an event. Move it out, or remove it.")
            }
        }
    }

    fn said(&mut self, part: &Part<'_>, of_record: bool) -> Option<TextExpr> {
        let typed = part.get(Field::Value);
        let how = part.get(Field::How);
        if matches!(how, "source" | "id") && !of_record {
            return self.wrong(part, Field::How, "A message has no source and no number: test an event.");
        }
        match how {
            "contains" | "words" => match Phrase::new(typed) {
                Some(phrase) if how == "words" => Some(TextExpr::Words(phrase)),
                Some(phrase) => Some(TextExpr::Contains(phrase)),
                None => self.wrong(part, Field::Value, "Enter words: letters or digits."),
            },
            "like" => Glob::new(typed).map(TextExpr::Like).or_else(|| self.wrong(part, Field::Value, "Enter the whole message; * stands for any text.")),
            "matches" => match Pattern::new(typed) {
                Ok(pattern) => Some(TextExpr::Matches(pattern)),
                Err(regex::Error::CompiledTooBig(_)) => {
                    self.wrong(part, Field::Value, "The regular expression grows too big: use smaller numbers of repetitions, or the whole message with *.")
                }
                Err(error) => self.wrong(part, Field::Value, format!("The regular expression is wrong: {error}")),
            },
            "code" => self.code(part).map(TextExpr::Code),
            "source" => self.named(part, Field::Value, "the event\u{2019}s source, such as MSExchangeSA").map(TextExpr::Source),
            "id" => match typed.trim().parse() {
                Ok(id) => Some(TextExpr::Id(id)),
                Err(_) => self.wrong(part, Field::Value, "Enter the event\u{2019}s number, such as 2037."),
            },
            _ => self.wrong(part, Field::How, "Choose how the text is tested."),
        }
    }
}
