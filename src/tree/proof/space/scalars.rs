//! Facts with few values: those that the proof tells apart are listed.

use super::asked::{Owner, Survey};
use super::machines::Machines;
use crate::tree::answer::{Kind, limited};
use crate::tree::code::Code;
use crate::tree::condition::ast::Expr;
use crate::tree::fact::{FactKey, Value};
use crate::tree::model::NumberLimits;
use crate::tree::proof::atoms::Group;
use crate::tree::proof::point::Ground;

/// Most kinds of one machine that are told apart.
const MOST_MACHINES: usize = 20_000;
/// Most options of a set whose subsets are listed.
const MOST_OPTIONS: usize = 10;

/// The values of a fact that the atoms of its group tell apart, and "I don't know" as the last; `None` where they cannot be listed.
pub(super) fn domain(ground: &Ground<'_>, group: &Group, fact: &FactKey) -> Option<Vec<Option<Value>>> {
    let exprs = || group.atoms.iter().filter_map(|atom| ground.atoms.atoms.get(*atom)).map(|atom| atom.condition.shape());
    let mut words = Vec::new();
    let mut note = |written: &str, word: &str| {
        if ground.key(written) == *fact && !words.iter().any(|other: &String| other == word) {
            words.push(word.to_owned());
        }
    };
    exprs().for_each(|expr| compared_with(expr, &mut note));
    let known: Vec<Value> = match ground.kind(fact) {
        None => Vec::new(),
        Some(Kind::Choice(options)) => options.iter().map(|option| Value::Choice(option.key.clone())).collect(),
        Some(Kind::YesNo) => vec![Value::YesNo(true), Value::YesNo(false)],
        Some(Kind::Number(limits)) => numbers(&words, limits),
        Some(Kind::Code) => codes(&words),
        Some(Kind::Choices(_)) => subsets(&words)?,
        Some(Kind::Subject) => {
            let survey = Survey::of(exprs());
            let owner = survey.machines.iter().find(|(owner, _)| matches!(owner, Owner::Subject(name) if ground.key(name) == *fact));
            let asked = owner.map(|(_, asked)| asked.clone()).unwrap_or_default();
            Machines::of(ground, &asked, false, MOST_MACHINES)?.rows.into_iter().map(|row| Value::Subject(Box::new(row))).collect()
        }
        Some(Kind::Messages | Kind::Events | Kind::Codes | Kind::Rows | Kind::Text) => return None,
    };
    Some(known.into_iter().map(Some).chain([None]).collect())
}

/// Visits the declared facts that are compared, each with its word.
fn compared_with(expr: &Expr, visit: &mut dyn FnMut(&str, &str)) {
    match expr {
        Expr::All(parts) | Expr::Any(parts) => parts.iter().for_each(|part| compared_with(part, visit)),
        Expr::Not(part) => compared_with(part, visit),
        Expr::Quantified { rows, body, .. } | Expr::Count { rows, body, .. } => {
            rows.filter.iter().for_each(|filter| compared_with(filter, visit));
            compared_with(body, visit);
        }
        Expr::Compare { fact, value, .. } => visit(fact, value),
        Expr::Has { fact, option } => visit(fact, option),
        Expr::Row(_) | Expr::Messages { .. } | Expr::Records(_) | Expr::Code(_) => {}
    }
}

/// The numbers that are named, one between each two of them, one below all and one above, as far as the limits allow; lowest first.
fn numbers(words: &[String], limits: Option<&NumberLimits>) -> Vec<Value> {
    let mut points: Vec<f64> = words.iter().filter_map(|word| word.parse().ok()).filter(|number: &f64| number.is_finite()).collect();
    let edges = limits.map(|limits| [limits.min, limits.max]).unwrap_or_default();
    points.extend(edges.into_iter().flatten());
    points.sort_by(f64::total_cmp);
    points.dedup();
    let between = points.iter().zip(points.iter().skip(1)).map(|(low, high)| {
        let whole = (low + 1.0).floor();
        if whole < *high { whole } else { f64::midpoint(*low, *high) }
    });
    let outer = points.first().map(|lowest| lowest - 1.0).into_iter().chain(points.last().map(|highest| highest + 1.0));
    let mut all: Vec<f64> = between.chain(outer).chain(points.iter().copied()).collect();
    if all.is_empty() {
        all.push(1.0);
    }
    all.retain(|number| limited(*number, limits).is_ok());
    all.sort_by(f64::total_cmp);
    all.dedup();
    all.into_iter().map(Value::Number).collect()
}

/// The codes that are named, and another one.
fn codes(words: &[String]) -> Vec<Value> {
    let named: Vec<Code> = words.iter().filter_map(|word| Code::parse(word).ok()).collect();
    let other = another_code(&named);
    named.into_iter().chain(other).map(Value::Code).collect()
}

/// A code that is none of these.
pub(super) fn another_code(named: &[Code]) -> Option<Code> {
    (1..1_000).filter_map(|number: u32| Code::parse(&number.to_string()).ok()).find(|code| !named.iter().any(|other| other.matches(code)))
}

/// Every set of the options that are named.
fn subsets(options: &[String]) -> Option<Vec<Value>> {
    if options.len() > MOST_OPTIONS {
        return None;
    }
    let with = |sets: Vec<Vec<String>>, option: &String| {
        sets.iter().cloned().chain(sets.iter().map(|set| [set.as_slice(), std::slice::from_ref(option)].concat())).collect()
    };
    let sets = options.iter().fold(vec![Vec::new()], with);
    Some(sets.into_iter().map(|set| Value::Choices(set.into_iter().collect())).collect())
}
