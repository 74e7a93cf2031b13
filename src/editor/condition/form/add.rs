//! What can be added to an outline, with sensible beginnings.

use super::{Field, Form, Join, Kind, Line, MOST_LINES};
use crate::tree::condition::{FactKind, Scope};

/// Lines to be added, with depths that count from the first one's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addition(Vec<Line>);

impl Addition {
    /// Reads what an "Add" control sends: `servers`, `level`, `contains`, `fact:share`. `None` for a word that it does not offer.
    #[must_use]
    pub fn parse(word: &str, scope: &Scope<'_>) -> Option<Self> {
        if let Some(key) = word.strip_prefix("fact:") {
            return Some(Self::fact(key, (scope.kind)(key)));
        }
        let group = |kind| Line::new(kind, 0).with(Field::Join, Join::All.as_str());
        let rows = |list: &str, who: &str| Line::rows(0, "some").with(Field::Join, Join::All.as_str()).with(Field::List, list).with(Field::Who, who);
        let said = |how: &str, depth| Line::new(Kind::Said, depth).with(Field::How, how);
        Some(Self(match word {
            "group" => vec![group(Kind::Group).with(Field::Join, Join::Any.as_str())],
            "servers" => vec![rows("server", ""), level(1, "")],
            "clients" => vec![rows("client", ""), level(1, "")],
            "other_servers" => vec![rows("server", "other"), level(1, "")],
            "other_clients" => vec![rows("client", "other"), level(1, "")],
            "where" => vec![group(Kind::Where), level(1, "")],
            "messages" => vec![group(Kind::Messages).with(Field::Fact, "text"), said("contains", 1)],
            "event" => vec![group(Kind::Event), said("source", 1), said("id", 1)],
            "contains" | "words" | "like" | "matches" | "source" | "id" => vec![said(word, 0)],
            "text_code" => vec![said("code", 0)],
            "admin" => vec![level(0, "admin")],
            "code" => vec![Line::new(Kind::Code, 0)],
            test => vec![row_test(test)?],
        }))
    }

    /// A test of the answer to a question.
    fn fact(key: &str, kind: Option<FactKind<'_>>) -> Self {
        let test = |op: &str, value: &str| vec![Line::new(Kind::Fact, 0).with(Field::Fact, key).with(Field::Op, op).with(Field::Value, value)];
        Self(match kind {
            Some(FactKind::Subject) => vec![level(0, key)],
            Some(FactKind::Text) => {
                let message = Line::new(Kind::Messages, 0).with(Field::Fact, key).with(Field::Join, Join::All.as_str());
                vec![message, Line::new(Kind::Said, 1).with(Field::How, "contains")]
            }
            Some(FactKind::Choices(_)) => test("has", ""),
            Some(FactKind::YesNo) => test("=", "yes"),
            Some(FactKind::Number) => test(">=", ""),
            _ => test("=", ""),
        })
    }
}

/// Which level a machine runs; `of` is empty for the row around.
fn level(depth: usize, of: &str) -> Line {
    Line::new(Kind::Level, depth).with(Field::How, "is").with(Field::Of, of)
}

fn row_test(word: &str) -> Option<Line> {
    let kind = Kind::parse(word)?;
    let line = Line::new(kind, 0);
    Some(match kind {
        Kind::Level | Kind::Os => line.with(Field::How, "is"),
        Kind::Component => line.with(Field::How, "at least"),
        Kind::Compare => line.with(Field::What, "level").with(Field::Op, "=").with(Field::WithWhat, "level"),
        Kind::Attribute => line.with(Field::What, "site").with(Field::Op, "="),
        Kind::Version => line.with(Field::What, "file").with(Field::Op, ">="),
        Kind::HasFile | Kind::Hotfix | Kind::Role => line,
        Kind::History => line.with(Field::How, "did").with(Field::Action, "apply"),
        _ => return None,
    })
}

impl Form {
    /// Adds lines to the end of what the line with this number holds, or behind it if it holds none; a filter comes first. Gives the number of the
    /// first new line.
    ///
    /// # Errors
    /// The outline would have too many lines; says so.
    pub fn add(&mut self, number: usize, addition: Addition) -> Result<usize, String> {
        if self.lines.len() + addition.0.len() > MOST_LINES {
            return Err(format!("The form has room for {MOST_LINES} lines. Write longer conditions as text, or split them over several branches."));
        }
        let number = number.clamp(1, self.lines.len());
        let block = self.block(number);
        let Some(line) = self.line(number) else { return Ok(1) };
        let depth = line.depth + usize::from(line.kind.holds_lines());
        let is_filter = addition.0.first().is_some_and(|line| line.kind == Kind::Where);
        let at = if is_filter { block.start + 1 } else { block.end };
        self.lines.splice(at..at, addition.0.into_iter().map(|line| line.deeper(depth)));
        Ok(at + 1)
    }
}
