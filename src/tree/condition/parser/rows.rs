//! Tests of a row, and of declared facts, which begin alike.

use super::super::ParseError;
use super::super::ast::{Attribute, Expr, Op, Predicate, RowTest, Scale, VersionOf};
use super::super::lexer::Token;
use super::{Parser, is_fact, is_reserved};
use crate::tree::ladder::Build;

/// Words that begin a test of a row, after a subject and a dot or without them.
const ATTRIBUTES: [&str; 14] =
    ["level", "build", "site", "role", "os", "platform", "edition", "language", "file", "hotfix", "component", "did", "doing", "before"];

fn is_attribute(word: &str) -> bool {
    word == "name" || ATTRIBUTES.contains(&word)
}

/// Takes `a.level` apart: the subject and the attribute.
fn split_subject(word: &str) -> Option<(Option<String>, String)> {
    if is_attribute(word) {
        return Some((None, word.to_owned()));
    }
    let (subject, attribute) = word.rsplit_once('.')?;
    is_attribute(attribute).then(|| (Some(subject.to_owned()), attribute.to_owned()))
}

impl Parser {
    /// A test that begins with `word`, where the reader stands.
    pub(super) fn row_or_fact_test(&mut self, word: String) -> Result<Expr, ParseError> {
        let row = |subject, predicate| Expr::Row(RowTest { subject, predicate });
        if matches!(word.as_str(), "is" | "older" | "newer") {
            return Ok(row(None, Predicate::Level { scale: Scale::Level, is: self.level_test()? }));
        }
        if word == "has" {
            return Ok(row(None, self.has_file()?));
        }
        if let Some((subject, attribute)) = split_subject(&word) {
            self.check_subject(subject.as_deref())?;
            self.take();
            return Ok(row(subject, self.attribute_test(&attribute)?));
        }
        let follows = |wanted: &str| matches!(self.next_token(), Some(Token::Word(next)) if next == wanted);
        if follows("is") || follows("older") || follows("newer") {
            self.check_subject(Some(&word))?;
            self.take();
            return Ok(row(Some(word), Predicate::Level { scale: Scale::Level, is: self.level_test()? }));
        }
        self.fact_test(word)
    }

    fn check_subject(&self, subject: Option<&str>) -> Result<(), ParseError> {
        match subject {
            Some(subject) if subject != "admin" && (is_reserved(subject) || !is_fact(subject)) => self.error(
                format!("\"{subject}\" cannot name a machine."),
                "A machine is a row's name (some server a), admin, or a subject that a question of the tree sets.",
            ),
            _ => Ok(()),
        }
    }

    /// `share = missing`, `signs has network_path`, `note(contains "...")`, `sender has file "..."`
    fn fact_test(&mut self, fact: String) -> Result<Expr, ParseError> {
        let is_text = fact == "text";
        let can_be_fact = is_fact(&fact) && !is_reserved(&fact);
        if !is_text && !can_be_fact && fact != "admin" {
            return self.expected("a test", "Tests begin with some, every, no, count, text, event, code, a row's attribute, or a fact of the tree.");
        }
        match self.next_token() {
            Some(Token::Open) if fact != "admin" => {
                self.take();
                Ok(Expr::Messages { fact, test: self.messages()? })
            }
            Some(Token::Op(_)) if can_be_fact => {
                self.take();
                let op = self.op()?;
                let value = self.any_word("an option, yes, no, a number or a code", "It stands without quotes: share = missing.")?;
                Ok(Expr::Compare { fact, op, value })
            }
            Some(Token::Word(has)) if has == "has" => {
                self.take();
                if matches!(self.next_token(), Some(Token::Word(file)) if file == "file")
                    && matches!(self.lexemes.as_slice().get(1).map(|l| &l.token), Some(Token::Text(_)))
                {
                    return Ok(Expr::Row(RowTest { subject: Some(fact), predicate: self.has_file()? }));
                }
                self.take();
                let option = self.any_word("an option", "It stands without quotes: signs has network_path.")?;
                Ok(Expr::Has { fact, option })
            }
            _ => {
                self.take();
                self.expected(
                    &format!("a comparison, \"is\", \"has\" or \"(\" after \"{fact}\""),
                    "For example: share = missing, admin is 5.0, signs has network_path, text(contains \"a phrase\").",
                )
            }
        }
    }

    /// `has file "Imcadmin.dll"`
    fn has_file(&mut self) -> Result<Predicate, ParseError> {
        let help = "Write has file \"Imcadmin.dll\".";
        self.require_word("has", help)?;
        self.require_word("file", help)?;
        Ok(Predicate::HasFile(self.text(help)?))
    }

    /// What follows an attribute that was taken.
    fn attribute_test(&mut self, attribute: &str) -> Result<Predicate, ParseError> {
        if let Some(attribute) = Attribute::ALL.into_iter().find(|known| known.as_str() == attribute) {
            return self.text_test(attribute);
        }
        match attribute {
            "build" => self.version_test(VersionOf::Build),
            "file" => {
                let of = VersionOf::File(self.text_argument("Write file(\"Store.exe\") >= 5.5.2651.32.")?);
                self.version_test(of)
            }
            "hotfix" => {
                self.require(&Token::Open, "Write hotfix(Q254805).")?;
                let hotfix = self.word_or_text("a hotfix")?;
                self.require(&Token::Close, "")?;
                Ok(Predicate::Hotfix(hotfix))
            }
            "role" => {
                self.require_word("has", "Write role has bridgehead.")?;
                Ok(Predicate::Role(self.word_or_text("a role")?))
            }
            "did" | "doing" => {
                self.require(&Token::Open, "Write did(apply 5.5 SP1).")?;
                let action = self.action()?;
                self.require(&Token::Close, "")?;
                Ok(if attribute == "did" { Predicate::Did(action) } else { Predicate::Doing(action) })
            }
            "before" => {
                self.require(&Token::Open, "Write before(apply 4.0 SP2, apply 4.0 SP5).")?;
                let first = self.action()?;
                self.require(&Token::Comma, "The two actions are separated by a comma.")?;
                let then = self.action()?;
                self.require(&Token::Close, "")?;
                Ok(Predicate::Before(first, then))
            }
            scale => {
                let scale = self.scale(scale)?;
                self.scale_test(scale)
            }
        }
    }

    /// `level`, `os`, `component("...")`, of which the first word was taken.
    fn scale(&mut self, word: &str) -> Result<Scale, ParseError> {
        Ok(match word {
            "os" => Scale::Os,
            "component" => Scale::Component(self.text_argument("Write component(\"Calendar Connector\") is 5.5 at least SP4.")?),
            _ => Scale::Level,
        })
    }

    fn text_argument(&mut self, help: &str) -> Result<String, ParseError> {
        self.require(&Token::Open, help)?;
        let text = self.text(help)?;
        self.require(&Token::Close, help)?;
        Ok(text)
    }

    fn text_test(&mut self, attribute: Attribute) -> Result<Predicate, ParseError> {
        let Token::Op(op) = *self.token() else {
            return self.expected("\"=\" or \"!=\"", "");
        };
        if !op.is_equality() {
            return self.error(format!("A {} is compared with = or != only.", attribute.as_str()), "");
        }
        self.take();
        let differs = op == Op::Ne;
        if let Token::Text(value) = self.token().clone() {
            self.take();
            return Ok(Predicate::Text { attribute, differs, value });
        }
        match self.word().and_then(split_subject) {
            Some((Some(with), other)) if other == attribute.as_str() => {
                self.check_subject(Some(&with))?;
                self.take();
                Ok(Predicate::CompareText { attribute, differs, with })
            }
            _ => self.expected(
                &format!("a text in double quotes or another row's {}", attribute.as_str()),
                &format!("For example: {0} = \"NORTH\", {0} = a.{0}.", attribute.as_str()),
            ),
        }
    }

    fn version_test(&mut self, of: VersionOf) -> Result<Predicate, ParseError> {
        let op = self.op()?;
        let help = "A version is two to four numbers joined by dots, or another row's: build < a.build, file(\"Store.exe\") < a.file(\"Store.exe\").";
        let Some(word) = self.word().map(str::to_owned) else {
            return self.expected("a version", help);
        };
        if let Some(number) = Build::parse(&word) {
            self.take();
            return Ok(Predicate::Version { of, op, number });
        }
        let Some((with, attribute)) = split_subject(&word).filter(|(_, attribute)| matches!(attribute.as_str(), "build" | "file")) else {
            return self.expected("a version", help);
        };
        self.check_subject(with.as_deref())?;
        self.take();
        let with_of = if attribute == "file" { VersionOf::File(self.text_argument(help)?) } else { VersionOf::Build };
        Ok(Predicate::CompareVersion { of, op, with, with_of })
    }

    /// A range, or a comparison with the same scale of another row.
    fn scale_test(&mut self, scale: Scale) -> Result<Predicate, ParseError> {
        let Token::Op(op) = *self.token() else {
            return Ok(Predicate::Level { scale, is: self.level_test()? });
        };
        self.take();
        let help = "Two rows are compared like this: level < a.level, os = a.os. A fixed level is tested with \"is\": is 5.5 below SP3.";
        let Some((Some(with), attribute)) = self.word().and_then(split_subject) else {
            return self.expected("another row's level", help);
        };
        let fits = match scale {
            Scale::Os => attribute == "os",
            Scale::Level | Scale::Component(_) => matches!(attribute.as_str(), "level" | "component"),
        };
        if !fits {
            return self.expected("another row's level", help);
        }
        self.check_subject(Some(&with))?;
        self.take();
        let with_scale = self.scale(&attribute)?;
        Ok(Predicate::CompareLevel { scale, op, with, with_scale })
    }
}
