//! What stands between the braces of a text.

use super::super::ParseError;
use super::super::ast::{Expr, List};
use super::super::lexer::Token;
use super::super::selection::Kind;
use super::{Parser, is_fact, is_reserved};

impl Parser {
    /// `("servers" | "clients") [":" condition] | FACT | "levels" "of" ("servers" | "clients") [":" condition] | "ladder" "date" ["of" FAMILY]`
    pub(in super::super) fn selection(&mut self) -> Result<Kind, ParseError> {
        let (line, column) = (self.here.line, self.here.column);
        let fact = self.any_word("a fact", "Write for example {servers}, {servers: is 5.0 below SP2}, {levels of servers}, {admin} or {share}.")?;
        let kind = match fact.as_str() {
            "levels" if self.at_word("of") => self.levels()?,
            "ladder" if self.at_word("date") => self.ladder_date()?,
            _ => {
                let list = list_called(&fact);
                if list.is_none() && fact != "admin" && (is_reserved(&fact) || !is_fact(&fact)) {
                    let help = Some("Servers, clients, admin and the facts of the tree can.".to_owned());
                    return Err(ParseError { line, column, message: format!("\"{fact}\" cannot be printed in a text."), help, expected: None });
                }
                if list.is_none() && self.token() == &Token::Colon {
                    return self.error("Only servers and clients are selected by a condition.", "Leave the colon and the condition out.");
                }
                Kind::Fact { fact, filter: self.filter()? }
            }
        };
        self.end()?;
        Ok(kind)
    }

    /// What follows `levels`.
    fn levels(&mut self) -> Result<Kind, ParseError> {
        self.take();
        let Some(list) = self.word().and_then(list_called) else {
            return self.expected("\"servers\" or \"clients\"", "Write {levels of servers} or {levels of servers: is behind}.");
        };
        self.take();
        Ok(Kind::Levels { list, filter: self.filter()? })
    }

    /// What follows `ladder`.
    fn ladder_date(&mut self) -> Result<Kind, ParseError> {
        self.take();
        let family = if self.eat_word("of") { Some(self.word_or_text("a family, such as 2019")?) } else { None };
        Ok(Kind::LadderDate { family })
    }

    /// `[":" condition]`
    fn filter(&mut self) -> Result<Option<Expr>, ParseError> {
        if self.token() != &Token::Colon {
            return Ok(None);
        }
        self.take();
        self.condition().map(Some)
    }
}

fn list_called(fact: &str) -> Option<List> {
    List::ALL.into_iter().find(|list| list.fact() == fact)
}
