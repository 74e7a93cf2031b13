//! Which facts a condition needs, and which part of it decides.

use std::collections::BTreeSet;

use super::Condition;
use super::ast::{Expr, Predicate, Range, RowTest};
use super::eval::{self, RowScope};
use super::facts::Facts;
use super::truth::Truth;
use crate::tree::fact::FactKey;

impl Condition {
    /// Every fact that the condition mentions, written in the tree `slug`, in reading order and without repeats.
    #[must_use]
    pub fn facts(&self, slug: &str) -> Vec<FactKey> {
        let mut keys = Vec::new();
        mentioned(&self.0, &mut Vec::new(), &mut |name| {
            let key = FactKey::within(slug, name);
            if !keys.contains(&key) {
                keys.push(key);
            }
        });
        keys
    }

    /// The facts, in reading order, that nobody stated and whose value could still decide this condition.
    ///
    /// A fact that was stated is never among them, not even as "I don't know" or with unknown parts.
    #[must_use]
    pub fn undecided(&self, facts: &Facts<'_>) -> Vec<FactKey> {
        let mut open = BTreeSet::new();
        collect(&self.0, Reach::BOTH, facts, None, &mut open);
        self.facts(facts.slug()).into_iter().filter(|key| open.contains(key)).collect()
    }

    /// The smallest parts that together make the condition `truth`, which is true or false; each of them is `truth` itself.
    /// Empty if the condition is not.
    #[must_use]
    pub fn reason(&self, facts: &Facts<'_>, truth: Truth) -> Vec<Self> {
        if !truth.is_known() || self.truth(facts) != truth {
            return Vec::new();
        }
        let mut parts = Vec::new();
        reason(&self.0, truth, false, facts, &mut parts);
        parts.into_iter().map(Self).collect()
    }
}

/// Visits the facts that `expr` mentions, in reading order. `bound` are the names of the rows around.
fn mentioned<'e>(expr: &'e Expr, bound: &mut Vec<&'e str>, visit: &mut dyn FnMut(&str)) {
    match expr {
        Expr::All(parts) | Expr::Any(parts) => parts.iter().for_each(|part| mentioned(part, bound, visit)),
        Expr::Not(part) => mentioned(part, bound, visit),
        Expr::Quantified { rows, body, .. } | Expr::Count { rows, body, .. } => in_range(rows, body, bound, visit),
        Expr::Row(test) => {
            for name in subjects(test).filter(|name| !bound.contains(name)) {
                visit(name);
            }
        }
        Expr::Messages { fact, .. } | Expr::Compare { fact, .. } | Expr::Has { fact, .. } => visit(fact),
        Expr::Records(_) => visit("events"),
        Expr::Code(_) => visit("codes"),
    }
}

fn in_range<'e>(rows: &'e Range, body: &'e Expr, bound: &mut Vec<&'e str>, visit: &mut dyn FnMut(&str)) {
    visit(rows.list.fact());
    let before = bound.len();
    bound.extend(rows.var.as_deref());
    if let Some(filter) = &rows.filter {
        mentioned(filter, bound, visit);
    }
    mentioned(body, bound, visit);
    bound.truncate(before);
}

/// The machines that a test names, in reading order.
fn subjects(test: &RowTest) -> impl Iterator<Item = &str> {
    let with = match &test.predicate {
        Predicate::CompareLevel { with, .. } | Predicate::CompareText { with, .. } => Some(with.as_str()),
        Predicate::CompareVersion { with, .. } => with.as_deref(),
        _ => None,
    };
    test.subject.as_deref().into_iter().chain(with)
}

/// Which truths a part can still come to when facts that nobody stated get a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Reach {
    yes: bool,
    no: bool,
}

impl Reach {
    const BOTH: Self = Self { yes: true, no: true };
    const NEITHER: Self = Self { yes: false, no: false };

    fn is_open(self) -> bool {
        self.yes || self.no
    }

    fn of(open: bool) -> Self {
        if open { Self::BOTH } else { Self::NEITHER }
    }

    fn turned(self) -> Self {
        Self { yes: self.no, no: self.yes }
    }

    fn and(self, other: Self) -> Self {
        Self { yes: self.yes && other.yes, no: self.no && other.no }
    }
}

fn reach(expr: &Expr, facts: &Facts<'_>, scope: Option<&RowScope<'_>>) -> Reach {
    match eval::within(expr, facts, scope) {
        Truth::True => return Reach { yes: true, no: false },
        Truth::False => return Reach { yes: false, no: true },
        Truth::Unknown => {}
    }
    let parts_reach = |parts: &[Expr]| -> Vec<Reach> { parts.iter().map(|part| reach(part, facts, scope)).collect() };
    match expr {
        Expr::All(parts) => {
            let parts = parts_reach(parts);
            Reach { yes: parts.iter().all(|part| part.yes), no: parts.iter().any(|part| part.no) }
        }
        Expr::Any(parts) => {
            let parts = parts_reach(parts);
            Reach { yes: parts.iter().any(|part| part.yes), no: parts.iter().all(|part| part.no) }
        }
        Expr::Not(part) => reach(part, facts, scope).turned(),
        _ => {
            let mut open = BTreeSet::new();
            collect(expr, Reach::BOTH, facts, scope, &mut open);
            Reach::of(!open.is_empty())
        }
    }
}

/// Collects the facts that can bring `expr` to one of the wanted truths.
fn collect(expr: &Expr, wanted: Reach, facts: &Facts<'_>, scope: Option<&RowScope<'_>>, open: &mut BTreeSet<FactKey>) {
    if eval::within(expr, facts, scope).is_known() {
        return;
    }
    match expr {
        Expr::All(parts) | Expr::Any(parts) => {
            let wanted = wanted.and(reach(expr, facts, scope));
            if wanted.is_open() {
                parts.iter().for_each(|part| collect(part, wanted, facts, scope, open));
            }
        }
        Expr::Not(part) => collect(part, wanted.turned(), facts, scope, open),
        Expr::Quantified { rows, body, .. } | Expr::Count { rows, body, .. } => collect_from_rows(rows, body, facts, scope, open),
        Expr::Row(_) | Expr::Messages { .. } | Expr::Records(_) | Expr::Code(_) | Expr::Compare { .. } | Expr::Has { .. } => {
            let mut names_of_rows = row_names(scope);
            mentioned(expr, &mut names_of_rows, &mut |name| add_unstated(name, facts, open));
        }
    }
}

/// Of a list that was stated, the rows that are not decided say what is missing; of any other everything is.
fn collect_from_rows(range: &Range, body: &Expr, facts: &Facts<'_>, scope: Option<&RowScope<'_>>, open: &mut BTreeSet<FactKey>) {
    let Some(rows) = eval::listed(range, facts, scope) else {
        if facts.held(range.list.fact()).is_none() {
            let mut names_of_rows = row_names(scope);
            in_range(range, body, &mut names_of_rows, &mut |name| add_unstated(name, facts, open));
        }
        return;
    };
    for row in rows.each() {
        let belongs = range.filter.as_ref().map_or(Truth::True, |filter| eval::within(filter, facts, Some(&row)));
        if belongs.is_false() {
            continue;
        }
        if let Some(filter) = &range.filter {
            collect(filter, Reach::BOTH, facts, Some(&row), open);
        }
        collect(body, Reach::BOTH, facts, Some(&row), open);
    }
}

/// The names of the rows around a part.
fn row_names<'s>(scope: Option<&'s RowScope<'s>>) -> Vec<&'s str> {
    std::iter::successors(scope, |row| row.outer).filter_map(|row| row.var).collect()
}

fn add_unstated(name: &str, facts: &Facts<'_>, open: &mut BTreeSet<FactKey>) {
    if facts.held(name).is_none() {
        open.insert(facts.key(name));
    }
}

/// Adds the smallest parts that make `expr` the given truth. `negated` tells that an odd number of `not` stands around it.
fn reason(expr: &Expr, truth: Truth, negated: bool, facts: &Facts<'_>, parts: &mut Vec<Expr>) {
    match (expr, truth) {
        (Expr::Not(part), _) => reason(part, !truth, !negated, facts, parts),
        (Expr::All(all), Truth::True) | (Expr::Any(all), Truth::False) => all.iter().for_each(|part| reason(part, truth, negated, facts, parts)),
        (Expr::All(any), _) | (Expr::Any(any), _) => {
            let deciding = any.iter().filter(|part| eval::truth(part, facts) == truth).map(|part| {
                let mut alone = Vec::new();
                reason(part, truth, negated, facts, &mut alone);
                alone
            });
            parts.extend(deciding.min_by_key(Vec::len).unwrap_or_default());
        }
        (atom, _) if negated => parts.push(Expr::Not(Box::new(atom.clone()))),
        (atom, _) => parts.push(atom.clone()),
    }
}
