//! Lists enumerated: every multiset of the kinds of machines, for conditions whose quantifiers stand inside each other and for counts.

use std::collections::HashSet;
use std::rc::Rc;

use super::asked::{Owner, RowByRow, Sense, Survey};
use super::machines::{Machines, named};
use super::rows::Table;
use super::{MOST_POINTS, Solved, Solver};
use crate::tree::condition::{Condition, Truth};
use crate::tree::fact::{Row, Rows, Value};
use crate::tree::proof::formula::{AtomId, Truths};
use crate::tree::proof::point::{Point, Values};

/// Most kinds of machines in one enumeration.
const MOST_KINDS: usize = 4_000;
/// Most points of all enumerations of one tree, so that no tree takes for ever.
const MOST_OF_A_TREE: usize = 1_000_000;

/// A list that fulfils the literals, smallest lists first.
pub(super) fn lists(solver: &Solver<'_>, lists: &[&'static str], base: &Values, literals: &[(AtomId, Truths)]) -> Solved {
    let exprs = || literals.iter().filter_map(|(atom, _)| solver.ground.atoms.atoms.get(*atom)).map(|atom| atom.condition.shape());
    let survey = Survey::of(exprs());
    // What is true or false with something unknown is so with any value of it: unknown parts are needed only where the unknown is asked for.
    let needs_vague = literals.iter().any(|(_, truths)| truths.has(Truth::Unknown));
    let mut kinds: Vec<(&'static str, Row)> = Vec::new();
    for list in lists {
        if let [_] = lists
            && let Some(table) = solver.table(list, base, literals)
            && let Some(rows) = told_apart(&table, needs_vague, literals)
        {
            kinds.extend(rows.into_iter().map(|row| (*list, row)));
            continue;
        }
        let asked = survey.machines.get(&Owner::List(list)).cloned().unwrap_or_default();
        let Some(machines) = Machines::of(&solver.ground, &asked, true, MOST_KINDS) else { return Solved::Open };
        let taken = if needs_vague { machines.rows.len() } else { machines.known };
        let allowed = machines.rows.into_iter().take(taken).filter(|row| is_allowed(solver, list, row, base, literals));
        kinds.extend(allowed.map(|row| (*list, row)));
    }
    let most = survey.greatest_count.max(survey.depth).saturating_add(1);
    let mut search = Search { solver, lists, kinds: &kinds, base, literals, needs_vague, most, points: 0, chosen: Vec::new() };
    let largest = most.saturating_mul(kinds.len());
    for size in lists.len()..=largest {
        match search.with_rows(0, size) {
            Found::Point(point) => return Solved::Point(point),
            Found::TooMany => return Solved::Open,
            Found::Nothing => {}
        }
    }
    Solved::Contradiction
}

/// One kind of machine for each way in which rows bear on the literals, of those that may be in the list; `None` where rows alone do not decide the literals,
/// or where kinds have names and so cannot stand for each other.
fn told_apart(table: &Table, needs_vague: bool, literals: &[(AtomId, Truths)]) -> Option<Vec<Row>> {
    let tests: Vec<(Sense, &[Truth], Truths)> =
        literals.iter().map(|(atom, truths)| table.of(*atom).map(|(sense, fits)| (sense, fits, *truths))).collect::<Option<_>>()?;
    let machines = &table.machines;
    if machines.rows.iter().any(|row| row.name.is_some()) {
        return None;
    }
    let taken = if needs_vague { machines.rows.len() } else { machines.known };
    let mut seen: HashSet<Vec<Truth>> = HashSet::new();
    let mut kinds = Vec::new();
    for (kind, row) in machines.rows.iter().take(taken).enumerate() {
        let fits: Option<Vec<Truth>> = tests.iter().map(|(_, fits, _)| fits.get(kind).copied()).collect();
        let Some(fits) = fits else { continue };
        let is_allowed = tests.iter().zip(&fits).all(|((sense, _, truths), fits)| allows(*sense, *truths, *fits));
        if is_allowed && seen.insert(fits) {
            kinds.push(row.clone());
        }
    }
    Some(kinds)
}

/// Whether an atom that is to come to one of `truths` allows a row that fulfils its test so far.
fn allows(sense: Sense, truths: Truths, fits: Truth) -> bool {
    let wanted = match sense {
        Sense::Some => truths,
        Sense::None => truths.turned(),
        Sense::Count => return true,
    };
    // An unknown row leaves the whole at best unknown.
    wanted.has(Truth::True) || wanted.has(fits) || (fits == Truth::False && wanted.has(Truth::Unknown))
}

/// Whether a row of this kind may be in the list, as far as atoms that look at rows one by one decide.
fn is_allowed(solver: &Solver<'_>, list: &str, row: &Row, base: &Values, literals: &[(AtomId, Truths)]) -> bool {
    literals.iter().all(|(atom, truths)| {
        let Some(atom) = solver.ground.atoms.atoms.get(*atom) else { return true };
        let Some(by_row) = RowByRow::of(atom.condition.shape()) else { return true };
        if allows(by_row.sense, *truths, Truth::True) && allows(by_row.sense, *truths, Truth::Unknown) {
            return true;
        }
        let rows = Value::Rows(Rows { rows: vec![row.clone()], more: false });
        let values: Values = base.iter().cloned().chain([(solver.ground.key(list), Some(rows))]).collect();
        let fits = solver.ground.truths([Condition::of(by_row.probe)].iter(), &values);
        fits.first().is_none_or(|fits| allows(by_row.sense, *truths, *fits))
    })
}

enum Found {
    Point(Rc<Point>),
    Nothing,
    TooMany,
}

struct Search<'s, 'c> {
    solver: &'s Solver<'c>,
    lists: &'s [&'static str],
    kinds: &'s [(&'static str, Row)],
    base: &'s Values,
    literals: &'s [(AtomId, Truths)],
    needs_vague: bool,
    /// The most rows of one kind.
    most: usize,
    points: usize,
    chosen: Vec<usize>,
}

impl Search<'_, '_> {
    /// Tries every multiset that adds `missing` rows of the kinds from `kind` on.
    fn with_rows(&mut self, kind: usize, missing: usize) -> Found {
        if missing == 0 {
            return self.try_chosen();
        }
        if self.most.saturating_mul(self.kinds.len().saturating_sub(kind)) < missing {
            return Found::Nothing;
        }
        for count in (0..=self.most.min(missing)).rev() {
            let before = self.chosen.len();
            self.chosen.extend(std::iter::repeat_n(kind, count));
            let found = self.with_rows(kind + 1, missing - count);
            self.chosen.truncate(before);
            if !matches!(found, Found::Nothing) {
                return found;
            }
        }
        Found::Nothing
    }

    fn try_chosen(&mut self) -> Found {
        // Long lists take longer to look at.
        let effort = 1 + self.chosen.len() / 4;
        self.points += effort;
        let spent = self.solver.enumerated.get() + effort;
        self.solver.enumerated.set(spent);
        if self.points > MOST_POINTS || spent > MOST_OF_A_TREE {
            return Found::TooMany;
        }
        // Where the unknown is asked for, the visitor may have said that there are more.
        let complete = self.point(false);
        let found =
            complete.into_iter().chain(self.needs_vague.then(|| self.point(true)).flatten()).find(|point| self.solver.ground.fulfils(point, self.literals));
        found.map_or(Found::Nothing, Found::Point)
    }

    /// The lists of the chosen rows; `None` if no visitor could state them.
    fn point(&self, more: bool) -> Option<Rc<Point>> {
        let mut values = self.base.clone();
        for list in self.lists {
            let of_list = self.chosen.iter().filter_map(|kind| self.kinds.get(*kind)).filter(|(of, _)| of == list);
            let rows: Vec<Row> = of_list.map(|(_, row)| row.clone()).collect();
            let rows = named(rows, list).filter(|rows| !rows.is_empty())?;
            values.push((self.solver.ground.key(list), Some(Value::Rows(Rows { rows, more }))));
        }
        Some(Point::new(values))
    }
}
