//! Steps through the words of a condition.

use super::super::ParseError;
use super::super::ast::Op;
use super::super::lexer::{self, Lexeme, Token};
use crate::tree::code::Code;

/// How deep brackets, `not` and row bodies may be nested.
const DEEPEST: usize = 64;

/// A reader that stands at one lexeme of a condition.
pub(in super::super) struct Parser {
    pub(super) lexemes: std::vec::IntoIter<Lexeme>,
    pub(super) here: Lexeme,
    pub(super) depth: usize,
    pub(super) quantifiers: usize,
}

impl Parser {
    pub(in super::super) fn new(text: &str) -> Result<Self, ParseError> {
        let mut lexemes = lexer::lex(text)?.into_iter();
        let here = lexemes.next().unwrap_or(Lexeme { token: Token::End, line: 1, column: 1 });
        Ok(Self { lexemes, here, depth: 0, quantifiers: 0 })
    }

    /// The token where the reader stands.
    pub(super) fn token(&self) -> &Token {
        &self.here.token
    }

    /// The token after it.
    pub(super) fn next_token(&self) -> Option<&Token> {
        self.lexemes.as_slice().first().map(|lexeme| &lexeme.token)
    }

    /// Takes the token where the reader stands; the end stays.
    pub(super) fn take(&mut self) -> Lexeme {
        match self.lexemes.next() {
            Some(next) => std::mem::replace(&mut self.here, next),
            None => self.here.clone(),
        }
    }

    pub(super) fn word(&self) -> Option<&str> {
        if let Token::Word(word) = self.token() { Some(word) } else { None }
    }

    pub(in super::super) fn at_word(&self, wanted: &str) -> bool {
        self.word() == Some(wanted)
    }

    pub(in super::super) fn eat_word(&mut self, wanted: &str) -> bool {
        let is_there = self.at_word(wanted);
        if is_there {
            self.take();
        }
        is_there
    }

    pub(super) fn eat(&mut self, wanted: &Token) -> bool {
        let is_there = self.token() == wanted;
        if is_there {
            self.take();
        }
        is_there
    }

    /// An error where the reader stands.
    pub(super) fn error<T>(&self, message: impl Into<String>, help: &str) -> Result<T, ParseError> {
        let help = (!help.is_empty()).then(|| help.to_owned());
        Err(ParseError { line: self.here.line, column: self.here.column, message: message.into(), help, expected: None })
    }

    /// An error that says what was expected where the reader stands.
    pub(super) fn expected<T>(&self, what: &str, help: &str) -> Result<T, ParseError> {
        let error = self.error(format!("Expected {what}, found {}.", self.token().describe()), help);
        error.map_err(|error| ParseError { expected: Some(what.to_owned()), ..error })
    }

    pub(super) fn require(&mut self, wanted: &Token, help: &str) -> Result<(), ParseError> {
        if self.eat(wanted) { Ok(()) } else { self.expected(&wanted.describe(), help) }
    }

    pub(super) fn require_word(&mut self, wanted: &str, help: &str) -> Result<(), ParseError> {
        if self.eat_word(wanted) { Ok(()) } else { self.expected(&format!("\"{wanted}\""), help) }
    }

    /// A word, whatever it is.
    pub(super) fn any_word(&mut self, what: &str, help: &str) -> Result<String, ParseError> {
        let Token::Word(word) = self.token().clone() else {
            return self.expected(what, help);
        };
        self.take();
        Ok(word)
    }

    /// A word or a text in quotes.
    pub(super) fn word_or_text(&mut self, what: &str) -> Result<String, ParseError> {
        let (Token::Word(text) | Token::Text(text)) = self.token().clone() else {
            return self.expected(what, "");
        };
        self.take();
        Ok(text)
    }

    /// A text in quotes.
    pub(super) fn text(&mut self, help: &str) -> Result<String, ParseError> {
        let Token::Text(text) = self.token().clone() else {
            return self.expected("a text in double quotes", help);
        };
        self.take();
        Ok(text)
    }

    pub(super) fn op(&mut self) -> Result<Op, ParseError> {
        let Token::Op(op) = *self.token() else {
            return self.expected("a comparison", "The comparisons are = != < <= > >=.");
        };
        self.take();
        Ok(op)
    }

    pub(super) fn code(&mut self) -> Result<Code, ParseError> {
        let Token::Word(word) = self.token().clone() else {
            return self.expected("an error code", "Write it as c1030ad1, 0xC1030AD1, -528 or 4294966768.");
        };
        match Code::parse(&word) {
            Ok(code) => {
                self.take();
                Ok(code)
            }
            Err(message) => self.error(format!("{message}."), ""),
        }
    }

    /// Nothing may follow.
    pub(in super::super) fn end(&mut self) -> Result<(), ParseError> {
        match self.token() {
            Token::End => Ok(()),
            Token::Close => self.error("This bracket closes nothing.", ""),
            Token::Word(_) | Token::Text(_) => {
                self.expected("\"and\", \"or\" or the end", "Names of more than one word stand in double quotes: is 2000 \"post-SP3 Sep03\".")
            }
            _ => self.expected("\"and\", \"or\" or the end", ""),
        }
    }

    /// Reads something one level deeper.
    pub(super) fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, ParseError>) -> Result<T, ParseError> {
        if self.depth == DEEPEST {
            return self.error(format!("The condition is nested more than {DEEPEST} levels deep."), "Split it over several branches or a route.");
        }
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        result
    }
}
