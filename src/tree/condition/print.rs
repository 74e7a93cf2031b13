//! Writes a condition in its one canonical form.

use std::fmt::{Display, Formatter, Result, Write};

use super::action::Action;
use super::ast::{Expr, LevelName, LevelTest, Predicate, Range, RowTest, Scale, TextExpr, VersionOf, Who};
use super::lexer::is_word_char;
use super::parser::is_reserved;

impl Display for Expr {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::All(parts) => joined(f, parts, " and ", |part| matches!(part, Self::All(_) | Self::Any(_))),
            Self::Any(parts) => joined(f, parts, " or ", |part| matches!(part, Self::Any(_))),
            Self::Not(part) => {
                f.write_str("not ")?;
                bracketed(f, part, matches!(**part, Self::All(_) | Self::Any(_)))
            }
            Self::Quantified { how, rows, body } => {
                write!(f, "{} {rows} ", how.as_str())?;
                row_body(f, body)
            }
            Self::Count { rows, body, op, number } => {
                write!(f, "count({rows} ")?;
                row_body(f, body)?;
                write!(f, ") {} {number}", op.as_str())
            }
            Self::Row(test) => test.fmt(f),
            Self::Messages { fact, test } => write!(f, "{fact}({test})"),
            Self::Records(test) => write!(f, "event({test})"),
            Self::Code(code) => write!(f, "code({code})"),
            Self::Compare { fact, op, value } => write!(f, "{fact} {} {value}", op.as_str()),
            Self::Has { fact, option } => write!(f, "{fact} has {option}"),
        }
    }
}

fn joined<T: Display>(f: &mut Formatter<'_>, parts: &[T], by: &str, in_brackets: impl Fn(&T) -> bool) -> Result {
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            f.write_str(by)?;
        }
        bracketed(f, part, in_brackets(part))?;
    }
    Ok(())
}

fn bracketed(f: &mut Formatter<'_>, part: &impl Display, in_brackets: bool) -> Result {
    if in_brackets { write!(f, "({part})") } else { part.fmt(f) }
}

/// A body that begins with a name stands in brackets: without them the name would be the row's.
fn row_body(f: &mut Formatter<'_>, body: &Expr) -> Result {
    let bare = match body {
        Expr::Not(part) => matches!(**part, Expr::Row(_)),
        Expr::Row(test) => test.subject.is_none(),
        _ => false,
    };
    bracketed(f, body, !bare)
}

impl Display for Range {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        if self.who == Who::Others {
            f.write_str("other ")?;
        }
        f.write_str(self.list.row())?;
        if let Some(var) = &self.var {
            write!(f, " {var}")?;
        }
        if let Who::OthersOf(var) = &self.who {
            write!(f, " in others({var})")?;
        }
        if let Some(filter) = &self.filter {
            write!(f, " where {filter}:")?;
        }
        Ok(())
    }
}

impl Display for RowTest {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        // "is", "older than" and "has file" follow a subject after a blank, attributes after a dot.
        let separator = if matches!(self.predicate, Predicate::Level { scale: Scale::Level, .. } | Predicate::HasFile(_)) { ' ' } else { '.' };
        if let Some(subject) = &self.subject {
            write!(f, "{subject}{separator}")?;
        }
        self.predicate.fmt(f)
    }
}

impl Display for Predicate {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let same = |differs: bool| if differs { "!=" } else { "=" };
        match self {
            Self::Level { scale: Scale::Level, is } => is.fmt(f),
            Self::Level { scale, is } => write!(f, "{scale} {is}"),
            Self::CompareLevel { scale, op, with, with_scale } => write!(f, "{scale} {} {with}.{with_scale}", op.as_str()),
            Self::Text { attribute, differs, value } => write!(f, "{} {} {}", attribute.as_str(), same(*differs), Quoted(value)),
            Self::CompareText { attribute, differs, with } => write!(f, "{0} {1} {with}.{0}", attribute.as_str(), same(*differs)),
            Self::Version { of, op, number } => write!(f, "{of} {} {number}", op.as_str()),
            Self::CompareVersion { of, op, with: Some(with), with_of } => write!(f, "{of} {} {with}.{with_of}", op.as_str()),
            Self::CompareVersion { of, op, with: None, with_of } => write!(f, "{of} {} {with_of}", op.as_str()),
            Self::HasFile(file) => write!(f, "has file {}", Quoted(file)),
            Self::Hotfix(hotfix) => write!(f, "hotfix({})", Name(hotfix)),
            Self::Role(role) => write!(f, "role has {}", Name(role)),
            Self::Did(action) => write!(f, "did({action})"),
            Self::Doing(action) => write!(f, "doing({action})"),
            Self::Before(first, then) => write!(f, "before({first}, {then})"),
        }
    }
}

impl Display for Scale {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Level => f.write_str("level"),
            Self::Os => f.write_str("os"),
            Self::Component(name) => write!(f, "component({})", Quoted(name)),
        }
    }
}

impl Display for VersionOf {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Build => f.write_str("build"),
            Self::File(name) => write!(f, "file({})", Quoted(name)),
        }
    }
}

impl Display for LevelTest {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Is(name) => write!(f, "is {name}"),
            Self::Within { family, bound, level } => write!(f, "is {} {} {}", Name(family), bound.as_str(), Name(level)),
            Self::OlderThan(name) => write!(f, "older than {name}"),
            Self::NewerThan(name) => write!(f, "newer than {name}"),
            Self::NewerThanKnown => f.write_str("newer than known"),
            Self::Behind => f.write_str("is behind"),
            Self::OnEndedLine => f.write_str("is on an ended line"),
            Self::InEndedFamily => f.write_str("is in an ended family"),
        }
    }
}

impl Display for LevelName {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        Name(&self.family).fmt(f)?;
        match &self.level {
            Some(level) => write!(f, " {}", Name(level)),
            None => Ok(()),
        }
    }
}

impl Display for Action {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str(self.verb)?;
        if let Some(from) = &self.from {
            write!(f, " from {from}")?;
        }
        match &self.to {
            Some(to) if Self::names_level(self.verb) => write!(f, " {to}"),
            Some(to) => write!(f, " to {to}"),
            None => Ok(()),
        }
    }
}

impl Display for TextExpr {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::All(parts) => joined(f, parts, " and ", |part| matches!(part, Self::All(_) | Self::Any(_))),
            Self::Any(parts) => joined(f, parts, " or ", |part| matches!(part, Self::Any(_))),
            Self::Not(part) => {
                f.write_str("not ")?;
                bracketed(f, part, matches!(**part, Self::All(_) | Self::Any(_)))
            }
            Self::Contains(phrase) => write!(f, "contains {}", Quoted(phrase.written())),
            Self::Words(phrase) => write!(f, "words {}", Quoted(phrase.written())),
            Self::Like(glob) => write!(f, "like {}", Quoted(glob.written())),
            Self::Matches(pattern) => write!(f, "matches {}", Quoted(pattern.written())),
            Self::Code(code) => write!(f, "code {code}"),
            Self::Source(source) => write!(f, "source {}", Name(source)),
            Self::Id(id) => write!(f, "id {id}"),
        }
    }
}

/// A text in quotes.
struct Quoted<'a>(&'a str);

impl Display for Quoted<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_char('"')?;
        for c in self.0.chars() {
            if matches!(c, '"' | '\\') {
                f.write_char('\\')?;
            }
            f.write_char(c)?;
        }
        f.write_char('"')
    }
}

/// A name, in quotes only where it is no single word or would be read as a word of the language.
pub(super) struct Name<'a>(pub(super) &'a str);

impl Display for Name<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let bare = !self.0.is_empty() && self.0.chars().all(is_word_char) && !is_reserved(self.0);
        if bare { f.write_str(self.0) } else { Quoted(self.0).fmt(f) }
    }
}
