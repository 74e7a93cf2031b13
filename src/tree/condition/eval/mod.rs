//! Decides conditions in three values.

mod rows;
mod texts;

pub(super) use rows::RowScope;
pub(super) use texts::holds as record;

use super::ast::{Expr, List, Op, Quantifier, Range, Who};
use super::facts::Facts;
use super::truth::Truth;
use crate::tree::code::Code;
use crate::tree::fact::{Row, Rows, Value};

/// What is known about a condition.
pub(super) fn truth(expr: &Expr, facts: &Facts<'_>) -> Truth {
    within(expr, facts, None)
}

/// What is known about a part of a condition that stands inside the given rows.
pub(super) fn within(expr: &Expr, facts: &Facts<'_>, scope: Option<&RowScope<'_>>) -> Truth {
    match expr {
        Expr::All(parts) => Truth::all(parts.iter().map(|part| within(part, facts, scope))),
        Expr::Any(parts) => Truth::any(parts.iter().map(|part| within(part, facts, scope))),
        Expr::Not(part) => !within(part, facts, scope),
        Expr::Quantified { how, rows, body } => quantified(*how, rows, body, facts, scope),
        Expr::Count { rows, body, op, number } => count(rows, body, *op, *number, facts, scope),
        Expr::Row(test) => rows::test(test, facts, scope),
        Expr::Messages { fact, test } => texts::messages(fact, test, facts),
        Expr::Records(test) => texts::records(test, facts),
        Expr::Code(code) => codes(code, facts),
        Expr::Compare { fact, op, value } => compare(facts.value(fact), *op, value),
        Expr::Has { fact, option } => match facts.value(fact) {
            Some(Value::Choices(chosen)) => chosen.contains(option).into(),
            _ => Truth::Unknown,
        },
    }
}

/// Decides `some`, `every` and `no`. Rows that are not listed may be of any kind.
fn quantified(how: Quantifier, range: &Range, body: &Expr, facts: &Facts<'_>, scope: Option<&RowScope<'_>>) -> Truth {
    let Some(rows) = listed(range, facts, scope) else { return Truth::Unknown };
    let belongs = |row: &RowScope<'_>| range.filter.as_ref().map_or(Truth::True, |filter| within(filter, facts, Some(row)));
    let unlisted = || rows.more.then_some(Truth::Unknown);
    let decided = match how {
        Quantifier::Some => {
            return Truth::any(rows.each().map(|row| Truth::all([belongs(&row), within(body, facts, Some(&row))])).chain(unlisted()));
        }
        Quantifier::Every => Truth::all(rows.each().map(|row| Truth::any([!belongs(&row), within(body, facts, Some(&row))])).chain(unlisted())),
        Quantifier::No => !Truth::any(rows.each().map(|row| Truth::all([belongs(&row), within(body, facts, Some(&row))])).chain(unlisted())),
    };
    if range.who != Who::Others {
        return decided;
    }
    let is_another = Truth::any(rows.each().map(|row| belongs(&row)).chain(unlisted()));
    Truth::all([is_another, decided])
}

/// Decides `count`: the true number lies between the rows that fit and those that may.
fn count(range: &Range, body: &Expr, op: Op, number: u32, facts: &Facts<'_>, scope: Option<&RowScope<'_>>) -> Truth {
    let Some(rows) = listed(range, facts, scope) else { return Truth::Unknown };
    let (mut least, mut most) = (0_u32, 0_u32);
    for row in rows.each() {
        let belongs = range.filter.as_ref().map_or(Truth::True, |filter| within(filter, facts, Some(&row)));
        let fits = Truth::all([belongs, within(body, facts, Some(&row))]);
        least += u32::from(fits.is_true());
        most += u32::from(!fits.is_false());
    }
    if rows.more {
        most = u32::MAX;
    }
    let sure = |holds: bool, fails: bool| Truth::from(if holds { Some(true) } else { fails.then_some(false) });
    match op {
        Op::Eq => sure(least == number && most == number, number < least || most < number),
        Op::Ne => !sure(least == number && most == number, number < least || most < number),
        Op::Lt => sure(most < number, least >= number),
        Op::Ge => !sure(most < number, least >= number),
        Op::Le => sure(most <= number, least > number),
        Op::Gt => !sure(most <= number, least > number),
    }
}

/// The listed rows that a range looks at, before its filter.
pub(super) struct Listed<'s> {
    list: List,
    var: Option<&'s str>,
    rows: &'s [Row],
    /// The row that is left out.
    except: Option<usize>,
    outer: Option<&'s RowScope<'s>>,
    /// Whether there may be rows that are not listed.
    pub(super) more: bool,
}

impl<'s> Listed<'s> {
    /// The rows, each with its surroundings.
    pub(super) fn each(&self) -> impl Iterator<Item = RowScope<'s>> {
        let (list, var, outer, except) = (self.list, self.var, self.outer, self.except);
        let rows = self.rows.iter().enumerate().filter(move |&(index, _)| except != Some(index));
        rows.map(move |(index, row)| RowScope { var, list, index, row, outer })
    }
}

/// The rows of a range; `None` if the list is unknown, or if the row whose others are meant is not there.
pub(super) fn listed<'s>(range: &'s Range, facts: &Facts<'s>, scope: Option<&'s RowScope<'s>>) -> Option<Listed<'s>> {
    let Some(Value::Rows(Rows { rows, more })) = facts.value(range.list.fact()) else {
        return None;
    };
    let around = match &range.who {
        Who::Everyone => None,
        Who::Others => Some(scope?),
        Who::OthersOf(var) => Some(RowScope::named(scope, var)?),
    };
    let except = around.filter(|row| row.list == range.list).map(|row| row.index);
    Some(Listed { list: range.list, var: range.var.as_deref(), rows, except, outer: scope, more: *more })
}

/// Whether one of the codes that were stated is the wanted one.
fn codes(wanted: &Code, facts: &Facts<'_>) -> Truth {
    match facts.value("codes") {
        Some(Value::Codes(stated)) => stated.iter().any(|code| code.matches(wanted)).into(),
        _ => Truth::Unknown,
    }
}

/// Compares a declared fact with a word, which is read by the fact's kind. What cannot be compared is unknown.
fn compare(value: Option<&Value>, op: Op, word: &str) -> Truth {
    let same = |same: bool| {
        if op.is_equality() { Truth::from(same == (op == Op::Eq)) } else { Truth::Unknown }
    };
    match value {
        Some(Value::Choice(chosen)) => same(chosen == word),
        Some(Value::YesNo(answer)) => match word {
            "yes" => same(*answer),
            "no" => same(!*answer),
            _ => Truth::Unknown,
        },
        Some(Value::Number(number)) => word.parse::<f64>().map_or(Truth::Unknown, |wanted| op.holds(number, &wanted).into()),
        Some(Value::Code(code)) => Code::parse(word).map_or(Truth::Unknown, |wanted| same(code.matches(&wanted))),
        _ => Truth::Unknown,
    }
}

#[cfg(test)]
mod tests;
