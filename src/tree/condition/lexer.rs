//! Words, strings and signs of a condition.

use super::ParseError;
use super::ast::Op;

/// The longest condition, in bytes.
pub(super) const LONGEST: usize = 16 * 1024;

/// A piece of a condition's text.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// A keyword, name, number, level or code: letters, digits, `.`, `-` and `_`.
    Word(String),
    /// A text in double quotes, without them.
    Text(String),
    Open,
    Close,
    Colon,
    Comma,
    Op(Op),
    /// The end of the condition.
    End,
}

impl Token {
    /// The token as an error shows it.
    pub(super) fn describe(&self) -> String {
        match self {
            Self::Word(word) => format!("\"{word}\""),
            Self::Text(text) => format!("the text \"{text}\""),
            Self::Open => "\"(\"".to_owned(),
            Self::Close => "\")\"".to_owned(),
            Self::Colon => "\":\"".to_owned(),
            Self::Comma => "\",\"".to_owned(),
            Self::Op(op) => format!("\"{}\"", op.as_str()),
            Self::End => "the end".to_owned(),
        }
    }
}

/// A token and where it begins.
#[derive(Debug, Clone)]
pub(super) struct Lexeme {
    pub(super) token: Token,
    pub(super) line: usize,
    pub(super) column: usize,
}

/// Whether `c` may stand in a word.
pub(crate) fn is_word_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_')
}

/// Refuses a text that is too long.
pub(super) fn check_length(text: &str) -> Result<(), ParseError> {
    if text.len() <= LONGEST {
        return Ok(());
    }
    let message = format!("The condition is {} bytes long; {LONGEST} are the limit.", text.len());
    Err(ParseError { line: 1, column: 1, message, help: Some("Split it over several branches or a route.".to_owned()), expected: None })
}

/// Takes a text apart; the last lexeme is [`Token::End`].
pub(super) fn lex(text: &str) -> Result<Vec<Lexeme>, ParseError> {
    check_length(text)?;
    let mut lexer = Lexer { rest: text.chars().peekable(), line: 1, column: 1 };
    let mut lexemes = Vec::new();
    loop {
        lexer.skip_white_space();
        let (line, column) = (lexer.line, lexer.column);
        let token = lexer.token()?;
        let is_end = token == Token::End;
        lexemes.push(Lexeme { token, line, column });
        if is_end {
            return Ok(lexemes);
        }
    }
}

struct Lexer<'a> {
    rest: std::iter::Peekable<std::str::Chars<'a>>,
    line: usize,
    column: usize,
}

impl Lexer<'_> {
    fn bump(&mut self) -> Option<char> {
        let c = self.rest.next()?;
        if c == '\n' {
            self.line += 1;
            self.column = 1;
        } else {
            self.column += 1;
        }
        Some(c)
    }

    fn skip_white_space(&mut self) {
        while self.rest.peek().is_some_and(|c| c.is_whitespace()) {
            self.bump();
        }
    }

    fn eat(&mut self, wanted: char) -> bool {
        let is_there = self.rest.peek() == Some(&wanted);
        if is_there {
            self.bump();
        }
        is_there
    }

    fn token(&mut self) -> Result<Token, ParseError> {
        let (line, column) = (self.line, self.column);
        let error = |message: String, help: &str| ParseError { line, column, message, help: Some(help.to_owned()), expected: None };
        let Some(&first) = self.rest.peek() else { return Ok(Token::End) };
        if is_word_char(first) {
            let mut word = String::new();
            while let Some(c) = self.rest.next_if(|&c| is_word_char(c)) {
                self.column += 1;
                word.push(c);
            }
            return Ok(Token::Word(word));
        }
        self.bump();
        Ok(match first {
            '"' => {
                return self
                    .string()
                    .ok_or_else(|| error("The text has no closing quote.".to_owned(), "Inside a text a quote is written \\\" and a backslash \\\\."));
            }
            '(' => Token::Open,
            ')' => Token::Close,
            ':' => Token::Colon,
            ',' => Token::Comma,
            '=' => {
                if self.rest.peek() == Some(&'=') {
                    return Err(error("\"==\" is not a comparison.".to_owned(), "Write one \"=\"."));
                }
                Token::Op(Op::Eq)
            }
            '!' if self.eat('=') => Token::Op(Op::Ne),
            '<' if self.eat('=') => Token::Op(Op::Le),
            '<' if self.rest.peek() == Some(&'>') => return Err(error("\"<>\" is not a comparison.".to_owned(), "Write \"!=\".")),
            '<' => Token::Op(Op::Lt),
            '>' if self.eat('=') => Token::Op(Op::Ge),
            '>' => Token::Op(Op::Gt),
            '!' | '&' | '|' => return Err(error(format!("\"{first}\" has no meaning here."), "Write \"not\", \"and\" or \"or\".")),
            other => return Err(error(format!("\"{other}\" has no meaning here."), "Texts stand in double quotes.")),
        })
    }

    /// The rest of a text after its opening quote; `None` if it never ends.
    fn string(&mut self) -> Option<Token> {
        let mut text = String::new();
        loop {
            match self.bump()? {
                '"' => return Some(Token::Text(text)),
                // Only quotes and backslashes are escaped; before anything else a backslash is itself.
                '\\' if matches!(self.rest.peek(), Some('"' | '\\')) => text.extend(self.bump()),
                c => text.push(c),
            }
        }
    }
}
