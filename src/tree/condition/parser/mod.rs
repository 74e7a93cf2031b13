//! Reads a condition's text.

mod cursor;
mod levels;
mod rows;
mod selections;
mod texts;

use super::ParseError;
use super::ast::{Expr, List, Quantifier, Range, Who};
use super::lexer::Token;
pub(super) use cursor::Parser;

/// How many quantifiers may stand inside each other. Deciding takes as many steps as the list has rows to the power of this.
const MOST_QUANTIFIERS: usize = 3;

/// Words of the language. They cannot name facts or rows, and as names of levels they are quoted.
const RESERVED: &str = "name level build site role roles os platform edition language file hotfix component did doing before text event events code codes server servers client \
    clients admin some every no count other others is older newer not and or where in has below above at from to behind on known";

/// Whether `word` is a word of the language, which cannot be the key of a fact.
#[must_use]
pub fn is_reserved(word: &str) -> bool {
    RESERVED.split(' ').any(|reserved| reserved == word)
}

/// Whether `word` can name a fact or a row: `a-z`, `0-9` and `_`.
pub(crate) fn is_key(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

/// Whether `word` can be a declared fact: a key, or a slug, a dot and a key.
pub(crate) fn is_fact(word: &str) -> bool {
    match word.split_once('.') {
        Some((slug, key)) => is_key(key) && !slug.is_empty() && slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'),
        None => is_key(word),
    }
}

impl Parser {
    /// `all { "or" all }`
    pub(super) fn condition(&mut self) -> Result<Expr, ParseError> {
        let mut parts = vec![self.all()?];
        while self.eat_word("or") {
            parts.push(self.all()?);
        }
        Ok(Expr::any(parts))
    }

    /// `one { "and" one }`
    fn all(&mut self) -> Result<Expr, ParseError> {
        let mut parts = vec![self.one()?];
        while self.eat_word("and") {
            parts.push(self.one()?);
        }
        Ok(Expr::all(parts))
    }

    /// `"not" one | "(" condition ")" | test`
    fn one(&mut self) -> Result<Expr, ParseError> {
        self.deeper(|parser| {
            if parser.eat_word("not") {
                return Ok(Expr::Not(Box::new(parser.one()?)));
            }
            if parser.token() == &Token::Open { parser.in_brackets() } else { parser.test() }
        })
    }

    fn in_brackets(&mut self) -> Result<Expr, ParseError> {
        self.take();
        let inner = self.condition()?;
        self.require(&Token::Close, "A bracket opened before is not closed.")?;
        Ok(inner)
    }

    fn test(&mut self) -> Result<Expr, ParseError> {
        let Some(word) = self.word().map(str::to_owned) else {
            return self.expected("a test", "A test is for example: some server is 5.0 SP2, text(contains \"a phrase\"), share = missing.");
        };
        if let Some(how) = Quantifier::ALL.into_iter().find(|how| how.as_str() == word) {
            self.take();
            let (rows, body) = self.rows_and_body()?;
            return Ok(Expr::Quantified { how, rows, body });
        }
        match word.as_str() {
            "count" => self.count(),
            "code" => {
                self.take();
                self.require(&Token::Open, "Write code(c1030ad1).")?;
                let code = self.code()?;
                self.require(&Token::Close, "")?;
                Ok(Expr::Code(code))
            }
            "event" => {
                self.take();
                self.records()
            }
            "server" | "client" | "servers" | "clients" => self.error(
                format!("\"{word}\" does not say which rows are meant."),
                "Write some server ..., every server ..., no server ... or count(server ...).",
            ),
            _ => self.row_or_fact_test(word),
        }
    }

    /// `"count" "(" rows row-body ")" op INTEGER`
    fn count(&mut self) -> Result<Expr, ParseError> {
        self.take();
        self.require(&Token::Open, "Write count(server is 5.5) >= 2.")?;
        let (rows, body) = self.rows_and_body()?;
        self.require(&Token::Close, "Several tests of one row stand in brackets of their own: count(server (is 5.5 and role has ims)) >= 2.")?;
        let op = self.op()?;
        let Some(number) = self.word().and_then(|word| word.parse().ok()) else {
            return self.expected("a whole number", "");
        };
        self.take();
        Ok(Expr::Count { rows, body, op, number })
    }

    /// `rows row-body`
    fn rows_and_body(&mut self) -> Result<(Range, Box<Expr>), ParseError> {
        if self.quantifiers == MOST_QUANTIFIERS {
            return self.error(
                format!("More than {MOST_QUANTIFIERS} lists of rows are looked at inside each other."),
                "Every row of one would be compared with every row of the others.",
            );
        }
        self.quantifiers += 1;
        let rows = self.range()?;
        // The body's own brackets are no level: the canonical text may add them, and must be readable too.
        let body = Box::new(if self.token() == &Token::Open { self.in_brackets()? } else { self.one()? });
        self.quantifiers -= 1;
        Ok((rows, body))
    }

    /// `["other"] ("server" | "client") [VAR] ["in" "others" "(" VAR ")"] ["where" condition ":"]`
    fn range(&mut self) -> Result<Range, ParseError> {
        let is_other = self.eat_word("other");
        let Some(list) = List::ALL.into_iter().find(|list| self.at_word(list.row())) else {
            return self.expected("\"server\" or \"client\"", "Rows are named one by one: some server, every client, no other server.");
        };
        self.take();
        let var = self.word().filter(|word| is_key(word) && !is_reserved(word)).map(str::to_owned);
        if var.is_some() {
            self.take();
        }
        let mut who = if is_other { Who::Others } else { Who::Everyone };
        if self.at_word("in") {
            if is_other {
                return self.error("\"other\" and \"in others(...)\" say the same.", "Leave one of them out.");
            }
            self.take();
            self.require_word("others", "Write every server in others(a), where a names a row around it.")?;
            self.require(&Token::Open, "")?;
            who = Who::OthersOf(self.row_name()?);
            self.require(&Token::Close, "")?;
        }
        let mut filter = None;
        if self.eat_word("where") {
            filter = Some(Box::new(self.deeper(Self::condition)?));
            self.require(&Token::Colon, "After \"where\" and its condition a colon follows: every server where role has bridgehead: is 5.0.")?;
        }
        Ok(Range { list, who, var, filter })
    }

    fn row_name(&mut self) -> Result<String, ParseError> {
        match self.word().map(str::to_owned) {
            Some(word) if is_key(&word) && !is_reserved(&word) => {
                self.take();
                Ok(word)
            }
            _ => self.expected("the name of a row", "Names are a-z, 0-9 and _, and no words of the language."),
        }
    }
}
