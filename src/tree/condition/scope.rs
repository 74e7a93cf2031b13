//! What is wrong with a condition that can be read: names that mean nothing in its tree.

use std::collections::BTreeSet;

use super::ast::{Expr, LevelName, LevelTest, Op, Predicate, Range, RowTest, Scale, Who};
use super::selection::Kind;
use super::{Condition, Selection};
use crate::tree::code::Code;
use crate::tree::ladder::{Ladder, Ladders, WINDOWS};
use crate::tree::model::Choice;

/// What the names in a condition can mean.
pub struct Scope<'a> {
    /// The tree's slug.
    pub slug: &'a str,
    /// The ladders.
    pub ladders: &'a Ladders,
    /// The key of the tree's ladder.
    pub ladder: &'a str,
    /// The kind of the declared fact that the tree writes so; `None` if no question sets it. Built-in facts are not asked for.
    pub kind: &'a dyn Fn(&str) -> Option<FactKind<'a>>,
}

/// The kind of a declared fact.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum FactKind<'a> {
    /// Free text.
    Text,
    /// One of the options.
    Choice(&'a [Choice]),
    /// Any number of the options.
    Choices(&'a [Choice]),
    /// Yes or no.
    YesNo,
    /// A number.
    Number,
    /// An error code.
    Code,
    /// One machine.
    Subject,
}

impl FactKind<'_> {
    /// The tests that fit the kind, for a fact called `name`.
    fn example(self, name: &str) -> String {
        match self {
            Self::Text => format!("a text: write {name}(contains \"a phrase\")"),
            Self::Choice(_) => format!("one of several options: write {name} = option or {name} != option"),
            Self::Choices(_) => format!("a set of options: write {name} has option"),
            Self::YesNo => format!("yes or no: write {name} = yes"),
            Self::Number => format!("a number: write {name} >= 100"),
            Self::Code => format!("an error code: write {name} = 0x80040000"),
            Self::Subject => format!("a machine: write {name} is 5.5"),
        }
    }
}

impl Condition {
    /// What is wrong with the condition in a tree, in sentences; empty if nothing is.
    #[must_use]
    pub fn problems(&self, scope: &Scope<'_>) -> Vec<String> {
        let mut check = Check { scope, rows: Vec::new(), found: Vec::new() };
        check.expr(&self.0);
        check.without_repeats()
    }
}

impl Selection {
    /// What is wrong with the selection in a tree, in sentences; empty if nothing is.
    #[must_use]
    pub fn problems(&self, scope: &Scope<'_>) -> Vec<String> {
        let mut check = Check { scope, rows: Vec::new(), found: Vec::new() };
        match &self.0 {
            Kind::Fact { filter: Some(filter), .. } => check.filter(filter),
            Kind::Fact { fact, filter: None } if !matches!(fact.as_str(), "servers" | "clients" | "admin") => {
                check.kind(fact);
            }
            Kind::Fact { filter: None, .. } => {}
            Kind::Levels { filter, .. } => {
                check.ladder(scope.ladder);
                filter.iter().for_each(|filter| check.filter(filter));
            }
            Kind::LadderDate { family: Some(family) } => check.level(scope.ladder, family, None),
            Kind::LadderDate { family: None } => {
                check.ladder(scope.ladder);
            }
        }
        check.without_repeats()
    }
}

/// A walk over a condition that notes what is wrong.
struct Check<'c, 'a> {
    scope: &'c Scope<'a>,
    /// The names of the rows around, innermost last.
    rows: Vec<Option<String>>,
    found: Vec<String>,
}

impl<'a> Check<'_, 'a> {
    fn without_repeats(self) -> Vec<String> {
        let mut seen = BTreeSet::new();
        self.found.into_iter().filter(|problem| seen.insert(problem.clone())).collect()
    }

    fn note(&mut self, problem: impl Into<String>) {
        self.found.push(problem.into());
    }

    /// The kind of a declared fact; notes that no question sets it.
    fn kind(&mut self, name: &str) -> Option<FactKind<'a>> {
        let kind = (self.scope.kind)(name);
        if kind.is_none() {
            self.note(format!("No question sets the fact \"{name}\"."));
        }
        kind
    }

    fn wrong_kind(&mut self, name: &str, kind: FactKind<'_>) {
        self.note(format!("\"{name}\" is {}.", kind.example(name)));
    }

    /// The condition of a selection: a row stands around it.
    fn filter(&mut self, filter: &Expr) {
        self.rows.push(None);
        self.expr(filter);
        self.rows.pop();
    }

    fn expr(&mut self, expr: &Expr) {
        match expr {
            Expr::All(parts) | Expr::Any(parts) => parts.iter().for_each(|part| self.expr(part)),
            Expr::Not(part) => self.expr(part),
            Expr::Quantified { rows, body, .. } | Expr::Count { rows, body, .. } => self.range(rows, body),
            Expr::Row(test) => self.row_test(test),
            Expr::Messages { fact, .. } => match fact.as_str() {
                "text" => {}
                name => match self.kind(name) {
                    None | Some(FactKind::Text) => {}
                    Some(kind) => self.wrong_kind(name, kind),
                },
            },
            Expr::Records(_) | Expr::Code(_) => {}
            Expr::Compare { fact, op, value } => self.comparison(fact, *op, value),
            Expr::Has { fact, option } => match self.kind(fact) {
                Some(FactKind::Choices(options)) => self.option(fact, options, option),
                Some(kind) => self.wrong_kind(fact, kind),
                None => {}
            },
        }
    }

    fn range(&mut self, range: &Range, body: &Expr) {
        match &range.who {
            Who::Others if self.rows.is_empty() => {
                self.note(format!("\"other {}\" stands outside a row, so it is not said which row the others are other than.", range.list.row()))
            }
            Who::OthersOf(var) if !self.is_row(var) => self.note(format!("\"others({var})\" names no row around it.")),
            _ => {}
        }
        if let Some(var) = range.var.as_ref().filter(|var| self.is_row(var)) {
            self.note(format!("The name \"{var}\" is given to two rows, one inside the other."));
        }
        self.rows.push(range.var.clone());
        if let Some(filter) = &range.filter {
            self.expr(filter);
        }
        self.expr(body);
        self.rows.pop();
    }

    fn is_row(&self, name: &str) -> bool {
        self.rows.iter().flatten().any(|row| row == name)
    }

    fn row_test(&mut self, test: &RowTest) {
        match &test.subject {
            None if self.rows.is_empty() => {
                self.note(format!("\"{test}\" stands outside a row: say whose it is, as in some server {test}, or admin."));
            }
            None => {}
            Some(subject) => self.subject(subject),
        }
        match &test.predicate {
            Predicate::Level { scale, is } => self.level_test(scale, is),
            Predicate::CompareLevel { with, .. } | Predicate::CompareText { with, .. } | Predicate::CompareVersion { with: Some(with), .. } => {
                self.subject(with);
            }
            Predicate::Did(action) | Predicate::Doing(action) => self.levels_of_action([&action.from, &action.to]),
            Predicate::Before(first, then) => {
                self.levels_of_action([&first.from, &first.to]);
                self.levels_of_action([&then.from, &then.to]);
            }
            _ => {}
        }
    }

    fn subject(&mut self, name: &str) {
        if name == "admin" || self.is_row(name) {
            return;
        }
        match (self.scope.kind)(name) {
            Some(FactKind::Subject) => {}
            Some(kind) => self.wrong_kind(name, kind),
            None => self.note(format!("\"{name}\" is neither the name of a row around it nor a machine that a question sets.")),
        }
    }

    fn level_test(&mut self, scale: &Scale, is: &LevelTest) {
        let key = if *scale == Scale::Os { WINDOWS } else { self.scope.ladder };
        match is {
            LevelTest::Is(name) | LevelTest::OlderThan(name) | LevelTest::NewerThan(name) => self.level(key, &name.family, name.level.as_deref()),
            LevelTest::Within { family, level, .. } => self.level(key, family, Some(level)),
            LevelTest::NewerThanKnown | LevelTest::Behind => {
                self.ladder(key);
            }
            LevelTest::OnEndedLine | LevelTest::InEndedFamily => {
                if self.ladder(key).is_some_and(|ladder| !ladder.has_security_updates()) {
                    self.note(format!(
                        "The ladder \"{key}\" has no security updates, by which lines and families are known to have ended: test \"is behind\"."
                    ));
                }
            }
        }
    }

    /// The ladder with the key; notes that there is none.
    fn ladder(&mut self, key: &str) -> Option<&'a Ladder> {
        let ladder = self.scope.ladders.get(key);
        if ladder.is_none() {
            self.note(format!("There is no ladder \"{key}\"."));
        }
        ladder.map(AsRef::as_ref)
    }

    fn levels_of_action(&mut self, names: [&Option<LevelName>; 2]) {
        for name in names.into_iter().flatten() {
            self.level(self.scope.ladder, &name.family, name.level.as_deref());
        }
    }

    fn level(&mut self, key: &str, family: &str, level: Option<&str>) {
        let Some(ladder) = self.ladder(key) else { return };
        let Some(known) = ladder.family(family) else {
            self.note(format!("The ladder \"{key}\" has no family \"{family}\"; it has {}.", families(ladder)));
            return;
        };
        if let Some(level) = level.filter(|level| ladder.place(family, level).is_none()) {
            let levels: Vec<&str> = known.releases.iter().map(|release| release.level.as_str()).collect();
            let shown = if levels.len() > 12 { String::new() } else { format!("; it has {}", levels.join(", ")) };
            self.note(format!("The family \"{family}\" has no level \"{level}\"{shown}."));
        }
    }

    fn comparison(&mut self, fact: &str, op: Op, value: &str) {
        let Some(kind) = self.kind(fact) else { return };
        match kind {
            FactKind::Choice(options) if op.is_equality() => self.option(fact, options, value),
            FactKind::YesNo if op.is_equality() && matches!(value, "yes" | "no") => {}
            FactKind::Number if value.parse::<f64>().is_ok_and(f64::is_finite) => {}
            FactKind::Code if op.is_equality() && Code::parse(value).is_ok() => {}
            _ => self.wrong_kind(fact, kind),
        }
    }

    fn option(&mut self, fact: &str, options: &[Choice], option: &str) {
        if !options.iter().any(|known| known.key == option) {
            let known: Vec<&str> = options.iter().map(|known| known.key.as_str()).collect();
            self.note(format!("\"{fact}\" has no option \"{option}\"; it has {}.", known.join(", ")));
        }
    }
}

fn families(ladder: &Ladder) -> String {
    ladder.families().iter().map(|family| family.name.as_str()).collect::<Vec<_>>().join(", ")
}
