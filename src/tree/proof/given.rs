//! What is given: what atoms must come to, with values that bring them there.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::rc::Rc;

use super::atoms::GroupId;
use super::formula::{AtomId, Demand, Goal, Truths};
use super::plain;
use super::point::{Literals, Point, Values};
use super::space::{Solved, Solver};

/// What atoms must come to, group by group, each with values that fulfil it.
#[derive(Clone, Default)]
pub(super) struct Given {
    groups: BTreeMap<GroupId, Known>,
}

#[derive(Clone)]
struct Known {
    literals: Rc<Literals>,
    point: Rc<Point>,
}

/// What came of asking for more.
pub(super) enum Narrowed {
    Given(Given),
    Contradiction,
    Open,
}

impl Given {
    /// These values of one group, of which nothing is asked yet.
    pub(super) fn holding(group: GroupId, point: Rc<Point>) -> Self {
        Self { groups: BTreeMap::from([(group, Known { literals: Rc::default(), point })]) }
    }

    /// The same, and the atoms come to these truths.
    pub(super) fn with(&self, solver: &Solver<'_>, wanted: &[(AtomId, Truths)]) -> Narrowed {
        let mut narrowed = self.clone();
        let mut by_group: BTreeMap<GroupId, Literals> = BTreeMap::new();
        for (atom, truths) in wanted {
            let group = solver.ground.atoms.group_of(*atom);
            let literals = by_group.entry(group).or_insert_with(|| self.groups.get(&group).map(|known| known.literals.as_ref().clone()).unwrap_or_default());
            match literals.binary_search_by_key(atom, |(other, _)| *other) {
                Ok(at) => {
                    if let Some((_, known)) = literals.get_mut(at) {
                        *known = known.and(*truths);
                        if *known == Truths::NONE {
                            return Narrowed::Contradiction;
                        }
                    }
                }
                Err(at) => literals.insert(at, (*atom, *truths)),
            }
        }
        for (group, literals) in by_group {
            // The values at hand often do.
            let kept = self.groups.get(&group).map(|known| &known.point).filter(|point| solver.ground.fulfils(point, &literals));
            let point = match kept {
                Some(point) => Rc::clone(point),
                None => match solver.solve(group, &literals) {
                    Solved::Point(point) => point,
                    Solved::Contradiction => return Narrowed::Contradiction,
                    Solved::Open => return Narrowed::Open,
                },
            };
            narrowed.groups.insert(group, Known { literals: Rc::new(literals), point });
        }
        Narrowed::Given(narrowed)
    }

    /// Whether the atom comes to one of these truths by what is given.
    fn grants(&self, solver: &Solver<'_>, atom: AtomId, truths: Truths) -> bool {
        let known = self.groups.get(&solver.ground.atoms.group_of(atom));
        let literals = known.map(|known| known.literals.as_slice()).unwrap_or_default();
        let found = literals.binary_search_by_key(&atom, |(other, _)| *other).ok().and_then(|at| literals.get(at));
        found.is_some_and(|(_, given)| given.is_within(truths))
    }

    /// The same with machines of which no more is known than has to be.
    pub(super) fn plain(&self, solver: &Solver<'_>) -> Self {
        let groups = self.groups.iter().map(|(group, known)| {
            let fits = |point: &Rc<Point>| solver.ground.fulfils(point, &known.literals);
            (*group, Known { literals: Rc::clone(&known.literals), point: plain::point(&known.point, &fits) })
        });
        Self { groups: groups.collect() }
    }

    /// The values that fulfil it.
    pub(super) fn values(&self) -> Values {
        self.groups.values().flat_map(|known| known.point.values.iter().cloned()).collect()
    }

    /// What is given for some groups.
    pub(super) fn of_groups(&self, is_wanted: impl Fn(GroupId) -> bool) -> Vec<(GroupId, Rc<Literals>)> {
        self.groups.iter().filter(|(group, _)| is_wanted(**group)).map(|(group, known)| (*group, Rc::clone(&known.literals))).collect()
    }
}

/// How much a search may still do, and whether it left something out.
pub(super) struct Effort {
    pub(super) steps: usize,
    /// Whether a way was passed over without being ruled out.
    pub(super) is_open: bool,
    /// How much all searches of the tree together may still do.
    together: Rc<Cell<usize>>,
}

impl Effort {
    /// So many steps at most, and no more than all searches together have left.
    pub(super) fn new(steps: usize, together: &Rc<Cell<usize>>) -> Self {
        Self { steps, is_open: false, together: Rc::clone(together) }
    }

    /// Takes one step; false if there is none left.
    pub(super) fn step(&mut self) -> bool {
        let (Some(own), Some(together)) = (self.steps.checked_sub(1), self.together.get().checked_sub(1)) else {
            self.is_open = true;
            return false;
        };
        self.steps = own;
        self.together.set(together);
        true
    }
}

/// Visits what is given and fulfils the goals too, way by way, until a visit breaks off.
pub(super) fn fulfil<'f>(
    solver: &Solver<'_>,
    given: &Given,
    goals: Vec<Goal<'f>>,
    effort: &mut Effort,
    visit: &mut dyn FnMut(Given, &mut Effort) -> ControlFlow<()>,
) -> ControlFlow<()> {
    if !effort.step() {
        return ControlFlow::Continue(());
    }
    let mut literals: Vec<(AtomId, Truths)> = Vec::new();
    let mut choices: Vec<(Goal<'f>, Vec<Vec<Goal<'f>>>)> = Vec::new();
    let mut open = goals;
    while let Some(goal) = open.pop() {
        match goal.demand() {
            Demand::Atom(atom, truths) => literals.push((atom, truths)),
            Demand::Each(goals) => open.extend(goals),
            Demand::OneOf(ways) => choices.push((goal, ways)),
        }
    }
    let given = match given.with(solver, &literals) {
        Narrowed::Given(given) => given,
        Narrowed::Contradiction => return ControlFlow::Continue(()),
        Narrowed::Open => {
            effort.is_open = true;
            return ControlFlow::Continue(());
        }
    };
    // What is granted already needs no choice.
    choices.retain(|(_, ways)| !ways.iter().any(|goals| goals.iter().all(|goal| is_granted(solver, &given, goal))));
    let Some((_, ways)) = choices.pop() else { return visit(given, effort) };
    for way in ways {
        let goals = choices.iter().map(|(goal, _)| *goal).chain(way).collect();
        fulfil(solver, &given, goals, effort, visit)?;
    }
    ControlFlow::Continue(())
}

fn is_granted(solver: &Solver<'_>, given: &Given, goal: &Goal<'_>) -> bool {
    match goal.demand() {
        Demand::Atom(atom, truths) => given.grants(solver, atom, truths),
        Demand::Each(goals) => goals.iter().all(|goal| is_granted(solver, given, goal)),
        Demand::OneOf(ways) => ways.iter().any(|goals| goals.iter().all(|goal| is_granted(solver, given, goal))),
    }
}
