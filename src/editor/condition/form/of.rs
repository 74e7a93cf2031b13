//! The outline of a condition.

use std::borrow::Cow;

use super::join::Joined;
use super::{Field, Form, Kind, Line, name};
use crate::tree::condition::action::Action;
use crate::tree::condition::ast::{Expr, LevelName, LevelTest, Predicate, Range, RowTest, Scale, TextExpr, VersionOf, Who};
use crate::tree::condition::{Condition, Selection};

impl Form {
    /// The outline of a condition.
    #[must_use]
    pub fn of(condition: &Condition) -> Self {
        Self::of_shape(condition.shape())
    }

    /// The outline of a selection's condition; empty if it has none.
    #[must_use]
    pub fn of_selection(selection: &Selection) -> Self {
        selection.filter().map_or_else(Self::new, Self::of_shape)
    }

    fn of_shape(expr: &Expr) -> Self {
        let mut outline = Outline { lines: Vec::new() };
        outline.exprs(Line::new(Kind::Group, 0), expr);
        Self { lines: outline.lines }
    }
}

/// Lines so far.
struct Outline {
    lines: Vec<Line>,
}

impl Outline {
    /// A line and what is in it: the parts of `expr`.
    fn exprs(&mut self, line: Line, expr: &Expr) {
        let depth = line.depth + 1;
        let (join, parts) = expr.apart();
        self.lines.push(line.with(Field::Join, join.as_str()));
        parts.into_iter().for_each(|part| self.expr(depth, part));
    }

    fn texts(&mut self, line: Line, test: &TextExpr) {
        let depth = line.depth + 1;
        let (join, parts) = test.apart();
        self.lines.push(line.with(Field::Join, join.as_str()));
        parts.into_iter().for_each(|part| self.text(depth, part));
    }

    fn expr(&mut self, depth: usize, expr: &Expr) {
        let line = |kind| Line::new(kind, depth);
        match expr {
            Expr::All(_) | Expr::Any(_) | Expr::Not(_) => self.exprs(line(Kind::Group), expr),
            Expr::Quantified { how, rows, body } => self.rows(Line::rows(depth, how.as_str()), rows, body),
            Expr::Count { rows, body, op, number } => {
                let line = line(Kind::Rows).with(Field::How, "count").with(Field::Op, op.as_str()).with(Field::Value, number.to_string());
                self.rows(line, rows, body);
            }
            Expr::Row(test) => self.lines.push(row_test(depth, test)),
            Expr::Messages { fact, test } => self.texts(line(Kind::Messages).with(Field::Fact, fact), test),
            Expr::Records(test) => self.texts(line(Kind::Event), test),
            Expr::Code(code) => self.lines.push(line(Kind::Code).with(Field::Value, code.as_str())),
            Expr::Compare { fact, op, value } => {
                self.lines.push(line(Kind::Fact).with(Field::Fact, fact).with(Field::Op, op.as_str()).with(Field::Value, value));
            }
            Expr::Has { fact, option } => self.lines.push(line(Kind::Fact).with(Field::Fact, fact).with(Field::Op, "has").with(Field::Value, option)),
        }
    }

    fn rows(&mut self, line: Line, rows: &Range, body: &Expr) {
        let depth = line.depth + 1;
        let who = match &rows.who {
            Who::Everyone => "",
            Who::Others => "other",
            Who::OthersOf(row) => row,
        };
        let line = line.with(Field::List, rows.list.row()).with(Field::Who, who).with(Field::Var, rows.var.as_deref().unwrap_or_default());
        let (join, parts) = body.apart();
        self.lines.push(line.with(Field::Join, join.as_str()));
        if let Some(filter) = &rows.filter {
            self.exprs(Line::new(Kind::Where, depth), filter);
        }
        parts.into_iter().for_each(|part| self.expr(depth, part));
    }

    fn text(&mut self, depth: usize, test: &TextExpr) {
        let mut said = |how: &str, value: String| self.lines.push(Line::new(Kind::Said, depth).with(Field::How, how).with(Field::Value, value));
        match test {
            TextExpr::All(_) | TextExpr::Any(_) | TextExpr::Not(_) => self.texts(Line::new(Kind::Group, depth), test),
            TextExpr::Contains(phrase) => said("contains", phrase.written().to_owned()),
            TextExpr::Words(phrase) => said("words", phrase.written().to_owned()),
            TextExpr::Like(glob) => said("like", glob.written().to_owned()),
            TextExpr::Matches(pattern) => said("matches", pattern.written().to_owned()),
            TextExpr::Code(code) => said("code", code.to_string()),
            TextExpr::Source(source) => said("source", name::shown(source).into_owned()),
            TextExpr::Id(id) => said("id", id.to_string()),
        }
    }
}

fn row_test(depth: usize, test: &RowTest) -> Line {
    let line = |kind| Line::new(kind, depth);
    let same = |differs: bool| if differs { "!=" } else { "=" };
    let line = match &test.predicate {
        Predicate::Level { scale, is } => level_test(depth, scale, is),
        Predicate::CompareLevel { scale, op, with, with_scale } => {
            let (what, name) = of_scale(scale);
            let (with_what, with_name) = of_scale(with_scale);
            let line = line(Kind::Compare).with(Field::What, what).with(Field::Name, name).with(Field::Op, op.as_str()).with(Field::With, with);
            line.with(Field::WithWhat, with_what).with(Field::WithName, with_name)
        }
        Predicate::Text { attribute, differs, value } => {
            line(Kind::Attribute).with(Field::What, attribute.as_str()).with(Field::Op, same(*differs)).with(Field::Value, name::shown(value))
        }
        Predicate::CompareText { attribute, differs, with } => {
            line(Kind::Attribute).with(Field::What, attribute.as_str()).with(Field::Op, same(*differs)).with(Field::With, with)
        }
        Predicate::Version { of, op, number } => {
            let (what, name) = of_version(of);
            line(Kind::Version).with(Field::What, what).with(Field::Name, name).with(Field::Op, op.as_str()).with(Field::Value, number.to_string())
        }
        Predicate::CompareVersion { of, op, with, with_of } => {
            let (what, name) = of_version(of);
            let (with_what, with_name) = of_version(with_of);
            let line = line(Kind::Version).with(Field::What, what).with(Field::Name, name).with(Field::Op, op.as_str());
            line.with(Field::With, with.as_deref().unwrap_or(super::SAME_ROW)).with(Field::WithWhat, with_what).with(Field::WithName, with_name)
        }
        Predicate::HasFile(file) => line(Kind::HasFile).with(Field::Value, name::shown(file)),
        Predicate::Hotfix(hotfix) => line(Kind::Hotfix).with(Field::Value, name::shown(hotfix)),
        Predicate::Role(role) => line(Kind::Role).with(Field::Value, name::shown(role)),
        Predicate::Did(action) => did(line(Kind::History).with(Field::How, "did"), action),
        Predicate::Doing(action) => did(line(Kind::History).with(Field::How, "doing"), action),
        Predicate::Before(first, then) => {
            let line = did(line(Kind::History).with(Field::How, "before"), first).with(Field::Then, then.verb);
            line.with(Field::ThenFrom, written(then.from.as_ref())).with(Field::ThenTo, written(then.to.as_ref()))
        }
    };
    line.with(Field::Of, test.subject.as_deref().unwrap_or_default())
}

fn level_test(depth: usize, scale: &Scale, is: &LevelTest) -> Line {
    let line = match scale {
        Scale::Level => Line::new(Kind::Level, depth),
        Scale::Os => Line::new(Kind::Os, depth),
        Scale::Component(name) => Line::new(Kind::Component, depth).with(Field::Name, name::shown(name)),
    };
    let (how, level) = match is {
        LevelTest::Is(name) => ("is", name.to_string()),
        LevelTest::Within { family, bound, level } => (bound.as_str(), LevelName { family: family.clone(), level: Some(level.clone()) }.to_string()),
        LevelTest::OlderThan(name) => ("older than", name.to_string()),
        LevelTest::NewerThan(name) => ("newer than", name.to_string()),
        LevelTest::NewerThanKnown | LevelTest::Behind | LevelTest::OnEndedLine | LevelTest::InEndedFamily => return line.with(Field::How, is.to_string()),
    };
    line.with(Field::How, how).with(Field::Level, level)
}

fn did(line: Line, action: &Action) -> Line {
    line.with(Field::Action, action.verb).with(Field::From, written(action.from.as_ref())).with(Field::To, written(action.to.as_ref()))
}

fn written(level: Option<&LevelName>) -> String {
    level.map(ToString::to_string).unwrap_or_default()
}

fn of_scale(scale: &Scale) -> (&'static str, Cow<'_, str>) {
    match scale {
        Scale::Level => ("level", "".into()),
        Scale::Os => ("os", "".into()),
        Scale::Component(name) => ("component", name::shown(name)),
    }
}

fn of_version(of: &VersionOf) -> (&'static str, Cow<'_, str>) {
    match of {
        VersionOf::Build => ("build", "".into()),
        VersionOf::File(name) => ("file", name::shown(name)),
    }
}
