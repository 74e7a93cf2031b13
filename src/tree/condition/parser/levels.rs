//! Levels, ranges of levels, and the actions that name levels.

use super::super::ParseError;
use super::super::action::Action;
use super::super::ast::{Bound, LevelName, LevelTest};
use super::super::lexer::Token;
use super::{Parser, is_reserved};

impl Parser {
    /// `is FAMILY [LEVEL | below LEVEL | at most LEVEL | at least LEVEL | above LEVEL]`, `older than FAMILY [LEVEL]`, `newer than known`, `is behind`,
    /// `is on an ended line`, `is in an ended family`
    pub(super) fn level_test(&mut self) -> Result<LevelTest, ParseError> {
        if self.eat_word("older") {
            self.require_word("than", "Write older than 5.5.")?;
            return Ok(LevelTest::OlderThan(self.level_name()?));
        }
        if self.eat_word("newer") {
            self.require_word("than", "Write newer than 5.0, or newer than known.")?;
            if self.eat_word("known") {
                return Ok(LevelTest::NewerThanKnown);
            }
            return Ok(LevelTest::NewerThan(self.level_name()?));
        }
        self.require_word("is", "Levels are tested with is, older than or newer than.")?;
        if matches!(self.word(), Some("below" | "above" | "at")) {
            return self.error("A range needs its family.", "Write is 5.5 below SP3, or over the whole ladder: older than 5.5 SP3.");
        }
        if self.eat_word("behind") {
            return self.behind();
        }
        if self.eat_word("on") {
            self.ended("line", "Write is on an ended line: the security updates of its family pass its line over.")?;
            return Ok(LevelTest::OnEndedLine);
        }
        if self.eat_word("in") {
            self.ended("family", "Write is in an ended family: the security updates of the product pass its family over.")?;
            return Ok(LevelTest::InEndedFamily);
        }
        let name = self.level_name()?;
        if name.level.is_some() {
            return Ok(LevelTest::Is(name));
        }
        let Some(bound) = self.bound()? else { return Ok(LevelTest::Is(name)) };
        let level = self.word_or_text("a level of the family")?;
        Ok(LevelTest::Within { family: name.family, bound, level })
    }

    /// `an ended line`, `an ended family`
    fn ended(&mut self, what: &str, help: &str) -> Result<(), ParseError> {
        ["an", "ended", what].into_iter().try_for_each(|word| self.require_word(word, help))
    }

    /// What may follow `is behind`: the test names nothing that a machine is behind of.
    fn behind(&self) -> Result<LevelTest, ParseError> {
        let names_something = match self.token() {
            Token::Text(_) => true,
            Token::Word(word) => !matches!(word.as_str(), "and" | "or"),
            _ => false,
        };
        if names_something {
            return self.error(
                "\"is behind\" stands alone: it means the newest update that the ladder has for the line.",
                "A fixed level is tested with is 2019 below \"CU15 Aug26SU\", or two rows with level < a.level.",
            );
        }
        Ok(LevelTest::Behind)
    }

    fn bound(&mut self) -> Result<Option<Bound>, ParseError> {
        if self.eat_word("below") {
            return Ok(Some(Bound::Below));
        }
        if self.eat_word("above") {
            return Ok(Some(Bound::Above));
        }
        if !self.eat_word("at") {
            return Ok(None);
        }
        if self.eat_word("least") {
            Ok(Some(Bound::AtLeast))
        } else if self.eat_word("most") {
            Ok(Some(Bound::AtMost))
        } else {
            self.expected("\"least\" or \"most\"", "Write at least SP1 or at most SP3.")
        }
    }

    /// A family, and a level of it if one follows.
    pub(in super::super) fn level_name(&mut self) -> Result<LevelName, ParseError> {
        if self.word().is_some_and(is_reserved) {
            return self.expected("a family", "Names that are words of the language stand in double quotes.");
        }
        let family = self.word_or_text("a family, such as 5.5")?;
        let level = match self.token() {
            Token::Text(level) => Some(level.clone()),
            Token::Word(level) if !is_reserved(level) => Some(level.clone()),
            _ => None,
        };
        if level.is_some() {
            self.take();
        }
        Ok(LevelName { family, level })
    }

    /// An action with the levels it names.
    pub(in super::super) fn action(&mut self) -> Result<Action, ParseError> {
        let words: Vec<String> = self
            .word()
            .into_iter()
            .map(str::to_owned)
            .chain(self.lexemes.as_slice().iter().map_while(|lexeme| match &lexeme.token {
                Token::Word(word) => Some(word.clone()),
                _ => None,
            }))
            .take(3)
            .collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let Some((verb, length)) = Action::verb(&words) else {
            return self.expected("an action", &format!("The actions are: {}.", Action::verbs()));
        };
        for _ in 0..length {
            self.take();
        }
        let mut action = Action { verb, from: None, to: None };
        if verb == "upgrade" {
            if self.eat_word("from") {
                action.from = Some(self.level_name()?);
            }
            if self.eat_word("to") {
                action.to = Some(self.level_name()?);
            }
        } else if Action::names_level(verb) && matches!(self.token(), Token::Word(_) | Token::Text(_)) {
            action.to = Some(self.level_name()?);
        }
        Ok(action)
    }
}
