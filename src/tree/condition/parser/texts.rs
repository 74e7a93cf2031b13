//! Tests of messages and event records.

use super::super::ParseError;
use super::super::ast::{Expr, Pattern, TextExpr};
use super::super::lexer::Token;
use super::Parser;
use crate::tree::message::{Glob, Phrase};

impl Parser {
    /// `"(" text-expr ")"`, after `text` or a text fact was taken.
    pub(super) fn messages(&mut self) -> Result<TextExpr, ParseError> {
        self.bracketed(false)
    }

    /// `"(" text-expr-with-source-and-id ")"`, after `event` was taken.
    pub(super) fn records(&mut self) -> Result<Expr, ParseError> {
        Ok(Expr::Records(self.bracketed(true)?))
    }

    fn bracketed(&mut self, of_record: bool) -> Result<TextExpr, ParseError> {
        self.require(&Token::Open, "Write text(contains \"a phrase\") or event(source MSExchangeSA and id 2037).")?;
        let test = self.text_condition(of_record)?;
        self.require(&Token::Close, "Tests inside the brackets are joined by \"and\" and \"or\".")?;
        Ok(test)
    }

    fn text_condition(&mut self, of_record: bool) -> Result<TextExpr, ParseError> {
        let mut parts = vec![self.text_all(of_record)?];
        while self.eat_word("or") {
            parts.push(self.text_all(of_record)?);
        }
        Ok(TextExpr::any(parts))
    }

    fn text_all(&mut self, of_record: bool) -> Result<TextExpr, ParseError> {
        let mut parts = vec![self.text_one(of_record)?];
        while self.eat_word("and") {
            parts.push(self.text_one(of_record)?);
        }
        Ok(TextExpr::all(parts))
    }

    fn text_one(&mut self, of_record: bool) -> Result<TextExpr, ParseError> {
        self.deeper(|parser| {
            if parser.eat_word("not") {
                return Ok(TextExpr::Not(Box::new(parser.text_one(of_record)?)));
            }
            if parser.token() == &Token::Open {
                return parser.bracketed(of_record);
            }
            parser.text_test_of_message(of_record)
        })
    }

    fn text_test_of_message(&mut self, of_record: bool) -> Result<TextExpr, ParseError> {
        match self.word().unwrap_or_default().to_owned().as_str() {
            "contains" => Ok(TextExpr::Contains(self.phrase()?)),
            "words" => Ok(TextExpr::Words(self.phrase()?)),
            "like" => self.glob(),
            "matches" => self.pattern(),
            "code" => {
                self.take();
                Ok(TextExpr::Code(self.code()?))
            }
            "source" if of_record => {
                self.take();
                Ok(TextExpr::Source(self.word_or_text("a source")?))
            }
            "id" if of_record => {
                self.take();
                let Some(id) = self.word().and_then(|word| word.parse().ok()) else {
                    return self.expected("the event's number", "");
                };
                self.take();
                Ok(TextExpr::Id(id))
            }
            "source" | "id" => self.error("Messages have no source and no number.", "Write event(source MSExchangeSA and id 2037)."),
            _ => self.expected("a test of the text", "The tests are contains, words, like, matches, code, and inside event(...) source and id."),
        }
    }

    fn phrase(&mut self) -> Result<Phrase, ParseError> {
        self.take();
        match self.token() {
            Token::Text(text) => match Phrase::new(text) {
                Some(phrase) => {
                    self.take();
                    Ok(phrase)
                }
                None => self.error("There is no word in this text.", "Words are letters and digits."),
            },
            _ => self.expected("a text in double quotes", "Write contains \"a phrase\"."),
        }
    }

    fn glob(&mut self) -> Result<TextExpr, ParseError> {
        self.take();
        let help = "Write like \"Extension * could not be loaded.\".";
        match self.token() {
            Token::Text(text) => match Glob::new(text) {
                Some(glob) => {
                    self.take();
                    Ok(TextExpr::Like(glob))
                }
                None => self.error("The pattern is empty.", help),
            },
            _ => self.expected("a text in double quotes", help),
        }
    }

    fn pattern(&mut self) -> Result<TextExpr, ParseError> {
        self.take();
        match self.token() {
            Token::Text(text) => match Pattern::new(text) {
                Ok(pattern) => {
                    self.take();
                    Ok(TextExpr::Matches(pattern))
                }
                Err(regex::Error::CompiledTooBig(_)) => self.error("The regular expression grows too big.", "Use smaller numbers of repetitions, or \"like\"."),
                Err(error) => self.error(format!("The regular expression is wrong: {error}"), "A backslash in a text is written \\\\."),
            },
            _ => self.expected("a text in double quotes", "Write matches \"regular expression\"."),
        }
    }
}
