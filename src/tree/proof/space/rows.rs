//! Lists of machines that bring atoms to given truths.

use std::rc::Rc;

use super::asked::{Owner, RowByRow, Sense, Survey};
use super::enumerate;
use super::machines::{Machines, named};
use super::{MOST_POINTS, Solved, Solver};
use crate::tree::condition::ast::{Expr, Op};
use crate::tree::condition::{Condition, Truth};
use crate::tree::fact::{Row, Rows, Value};
use crate::tree::proof::formula::{AtomId, Truths};
use crate::tree::proof::point::{Point, Values};

/// Most kinds of machines that are told apart at once.
const MOST_KINDS: usize = 4_000;

/// What the atoms over one list come to for each kind of machine in it.
pub(in crate::tree::proof) struct Table {
    pub(super) machines: Machines,
    /// By atom: how the rows decide it, and for each kind whether a row of it fulfils the test.
    pub(super) atoms: Vec<(AtomId, Sense, Vec<Truth>)>,
}

impl Table {
    /// How the rows decide the atom; `None` where not row by row.
    pub(super) fn of(&self, atom: AtomId) -> Option<(Sense, &[Truth])> {
        self.atoms.iter().find(|(other, _, _)| *other == atom).map(|(_, sense, truths)| (*sense, truths.as_slice()))
    }
}

impl Solver<'_> {
    /// A list that fulfils the literals, beside the values of `base`.
    pub(super) fn solve_rows(&self, lists: &[&'static str], base: &Values, literals: &[(AtomId, Truths)]) -> Solved {
        // One list, looked at row by row, is decided by its kinds of machines alone.
        let solved = match lists {
            [list] => self.row_by_row(list, false, base, literals).map(|solved| match solved {
                // Where the unknown is asked for, the visitor may have said that there are more.
                Solved::Contradiction => self.row_by_row(list, true, base, literals).unwrap_or(Solved::Contradiction),
                solved => solved,
            }),
            _ => None,
        };
        let solved = solved.unwrap_or_else(|| enumerate::lists(self, lists, base, literals));
        match solved {
            Solved::Point(point) => Solved::Point(point),
            // What is left is a list of which nothing is known.
            other => {
                let unknown = lists.iter().map(|list| (self.ground.key(list), None));
                let point = Point::new(base.iter().cloned().chain(unknown).collect());
                if self.ground.fulfils(&point, literals) { Solved::Point(point) } else { other }
            }
        }
    }

    /// `None` where kinds of machines alone do not decide the literals. Of a list to which there are `more`, nothing that is not listed is known.
    fn row_by_row(&self, list: &'static str, more: bool, base: &Values, literals: &[(AtomId, Truths)]) -> Option<Solved> {
        let table = self.table(list, base, literals)?;
        let mut is_allowed = vec![true; table.machines.rows.len()];
        let mut needs: Vec<(&[Truth], Truths, usize)> = Vec::new();
        let mut is_bounded = false;
        for (atom, truths) in literals {
            let (sense, fits) = table.of(*atom)?;
            let truths = if sense == Sense::None { truths.turned() } else { *truths };
            if sense == Sense::Count {
                is_bounded = true;
                needs.extend(self.least_count(*atom, truths).map(|least| (fits, Truths::TRUE, least)));
                continue;
            }
            let allowed = match truths {
                Truths::TRUE | Truths::NOT_FALSE => {
                    needs.push((fits, truths, 1));
                    continue;
                }
                Truths::FALSE if more => return Some(Solved::Contradiction),
                Truths::FALSE => Truths::FALSE,
                Truths::NOT_TRUE => Truths::NOT_TRUE,
                Truths::UNKNOWN if more => Truths::NOT_TRUE,
                Truths::UNKNOWN => {
                    needs.push((fits, truths, 1));
                    Truths::NOT_TRUE
                }
                _ => return None,
            };
            is_allowed.iter_mut().zip(fits).for_each(|(is_allowed, truth)| *is_allowed &= allowed.has(*truth));
        }
        let Some(chosen) = choose(&is_allowed, &needs) else { return Some(Solved::Contradiction) };
        let rows = chosen.iter().filter_map(|kind| table.machines.rows.get(*kind).cloned()).collect();
        let point = self.list_point(list, rows, more, base);
        match point.filter(|point| self.ground.fulfils(point, literals)) {
            Some(point) => Some(Solved::Point(point)),
            // Fewer rows may do where there is an upper bound; names may clash.
            None if is_bounded => None,
            None => Some(Solved::Open),
        }
    }

    /// The number of rows that must fit for a count to hold.
    fn least_count(&self, atom: AtomId, truths: Truths) -> Option<usize> {
        let Expr::Count { op, number, .. } = self.ground.atoms.atoms.get(atom)?.condition.shape() else { return None };
        let number = usize::try_from(*number).ok()?;
        match op {
            Op::Ge | Op::Eq if truths == Truths::TRUE => Some(number),
            Op::Gt if truths == Truths::TRUE => Some(number + 1),
            Op::Lt if truths == Truths::FALSE => Some(number),
            Op::Le | Op::Ne if truths == Truths::FALSE => Some(number + usize::from(*op == Op::Le)),
            _ => None,
        }
    }

    /// The table for the atoms of the whole group where that is small enough, else for those of the literals.
    pub(super) fn table(&self, list: &'static str, base: &Values, literals: &[(AtomId, Truths)]) -> Option<Rc<Table>> {
        let wanted: Vec<AtomId> = literals.iter().map(|(atom, _)| *atom).collect();
        let group = wanted.first().map(|atom| self.ground.atoms.group_of(*atom))?;
        let whole = base.is_empty().then(|| self.ground.atoms.groups.get(group).map(|group| group.atoms.clone())).flatten();
        [whole, Some(wanted)].into_iter().flatten().find_map(|atoms| {
            if !base.is_empty() {
                return self.build_table(list, base, &atoms).map(Rc::new);
            }
            if let Some(table) = self.tables.borrow().get(&atoms) {
                return table.clone();
            }
            let table = self.build_table(list, base, &atoms).map(Rc::new);
            self.tables.borrow_mut().insert(atoms, table.clone());
            table
        })
    }

    fn build_table(&self, list: &'static str, base: &Values, atoms: &[AtomId]) -> Option<Table> {
        let exprs = || atoms.iter().filter_map(|atom| self.ground.atoms.atoms.get(*atom)).map(|atom| atom.condition.shape());
        let survey = Survey::of(exprs());
        let asked = survey.machines.get(&Owner::List(list)).cloned().unwrap_or_default();
        let machines = Machines::of(&self.ground, &asked, true, MOST_KINDS)?;
        let row_by_row: Vec<(AtomId, RowByRow)> = atoms.iter().copied().zip(exprs()).filter_map(|(atom, expr)| Some((atom, RowByRow::of(expr)?))).collect();
        let probes: Vec<Condition> = row_by_row.iter().map(|(_, atom)| Condition::of(atom.probe.clone())).collect();
        let mut found: Vec<(AtomId, Sense, Vec<Truth>)> = row_by_row.iter().map(|(atom, by_row)| (*atom, by_row.sense, Vec::new())).collect();
        for row in &machines.rows {
            let rows = Value::Rows(Rows { rows: vec![row.clone()], more: false });
            let values: Values = base.iter().cloned().chain([(self.ground.key(list), Some(rows))]).collect();
            for ((_, _, truths), truth) in found.iter_mut().zip(self.ground.truths(probes.iter(), &values)) {
                truths.push(truth);
            }
        }
        Some(Table { machines, atoms: found })
    }

    /// The list with these rows, beside the values of `base`; `None` if no visitor could state it.
    fn list_point(&self, list: &str, rows: Vec<Row>, more: bool, base: &Values) -> Option<Rc<Point>> {
        let rows = Value::Rows(Rows { rows: named(rows, list)?, more });
        Some(Point::new(base.iter().cloned().chain([(self.ground.key(list), Some(rows))]).collect()))
    }
}

/// As few allowed kinds as are easily found so that each need has its rows, and at least one; `None` if some need has no kind.
fn choose(is_allowed: &[bool], needs: &[(&[Truth], Truths, usize)]) -> Option<Vec<usize>> {
    let meets = |kind: usize, (fits, truths, _): &(&[Truth], Truths, usize)| fits.get(kind).is_some_and(|truth| truths.has(*truth));
    let allowed = || (0..is_allowed.len()).filter(|kind| is_allowed.get(*kind).copied().unwrap_or_default());
    let mut chosen: Vec<usize> = Vec::new();
    loop {
        let is_open = |need: &&(&[Truth], Truths, usize)| chosen.iter().filter(|kind| meets(**kind, need)).count() < need.2;
        let open: Vec<_> = needs.iter().filter(is_open).collect();
        if (open.is_empty() && !chosen.is_empty()) || chosen.len() > MOST_POINTS {
            return Some(chosen);
        }
        // Of equals the first is taken, so that known machines come before vague ones.
        let met = |kind: usize| open.iter().filter(|need| meets(kind, need)).count();
        let best = allowed().map(|kind| (met(kind), kind)).reduce(|best, next| if next.0 > best.0 { next } else { best })?;
        if best.0 == 0 && !open.is_empty() {
            return None;
        }
        chosen.push(best.1);
    }
}
