//! The space of a tree's facts, solved group by group: values that bring atoms to given truths.
//!
//! A group's values are those of semantics: options, cut points, levels, multisets of kinds of machines, texts made from patterns. Every point is made of real values
//! and held against the real conditions, so that what is found is certain; and what is not found is ruled out only by an enumeration that leaves nothing out.

mod asked;
mod builds;
mod cells;
mod contradiction;
mod enumerate;
mod example;
mod machines;
mod messages;
mod record;
mod rows;
mod scalars;
mod text;

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use super::atoms::{Group, GroupId};
use super::formula::{AtomId, Truths};
use super::point::{Ground, Literals, Point, Values};
use crate::tree::answer::Kind;
use crate::tree::code::Code;
use crate::tree::condition::ast::Expr;
use crate::tree::condition::{Condition, Truth};
use crate::tree::fact::{FactKey, Value};

use asked::{Owner, Survey};
use rows::Table;

/// Most points of one enumeration; what is larger is not proven.
pub(super) const MOST_POINTS: usize = 200_000;

/// What came of looking for values.
#[derive(Clone)]
pub(super) enum Solved {
    /// These do.
    Point(Rc<Point>),
    /// None do.
    Contradiction,
    /// None were found, but not everything could be looked at.
    Open,
}

/// The points of a group, in order.
pub(super) type Points = Rc<[Rc<Point>]>;

/// Finds values, and remembers what it found.
pub(super) struct Solver<'c> {
    pub(super) ground: Ground<'c>,
    solved: RefCell<HashMap<(GroupId, Literals), Solved>>,
    /// The points of groups whose values can be listed.
    domains: RefCell<HashMap<GroupId, Option<Points>>>,
    /// Kinds of machines by the atoms that tell them apart.
    tables: RefCell<HashMap<Vec<AtomId>, Option<Rc<Table>>>>,
    /// The points that were enumerated so far.
    enumerated: Cell<usize>,
}

impl<'c> Solver<'c> {
    pub(super) fn new(ground: Ground<'c>) -> Self {
        Self { ground, solved: RefCell::default(), domains: RefCell::default(), tables: RefCell::default(), enumerated: Cell::default() }
    }

    /// Values of the group's facts for which every atom comes to one of its truths.
    pub(super) fn solve(&self, group: GroupId, literals: &Literals) -> Solved {
        let key = (group, literals.clone());
        if let Some(solved) = self.solved.borrow().get(&key) {
            return solved.clone();
        }
        let solved = self.look(group, literals);
        self.solved.borrow_mut().insert(key, solved.clone());
        solved
    }

    fn look(&self, group: GroupId, literals: &[(AtomId, Truths)]) -> Solved {
        let Some(known) = self.ground.atoms.groups.get(group) else {
            // An atom without facts is what it is.
            let point = Point::new(Vec::new());
            return if self.ground.fulfils(&point, literals) { Solved::Point(point) } else { Solved::Contradiction };
        };
        if let Some(points) = self.points(group) {
            let found = points.iter().find(|point| self.ground.fulfils(point, literals));
            return found.map_or(Solved::Contradiction, |point| Solved::Point(Rc::clone(point)));
        }
        if let [fact] = known.facts.as_slice() {
            return self.one_fact(fact, literals);
        }
        self.tied(known, literals)
    }

    /// Every point of a group whose values can be listed, known values first.
    pub(super) fn points(&self, group: GroupId) -> Option<Points> {
        if let Some(points) = self.domains.borrow().get(&group) {
            return points.clone();
        }
        let known = self.ground.atoms.groups.get(group)?;
        let points: Option<Points> = self.products(known, &known.facts).map(|all| all.into_iter().map(Point::new).collect());
        self.domains.borrow_mut().insert(group, points.clone());
        points
    }

    /// Every combination of the facts' values; `None` where those of one cannot be listed, or where there are too many.
    fn products(&self, group: &Group, facts: &[FactKey]) -> Option<Vec<Values>> {
        let mut all: Vec<Values> = vec![Vec::new()];
        for fact in facts {
            let domain = scalars::domain(&self.ground, group, fact)?;
            if all.len().saturating_mul(domain.len()) > MOST_POINTS {
                return None;
            }
            all = all.iter().flat_map(|values| domain.iter().map(|value| values.iter().cloned().chain([(fact.clone(), value.clone())]).collect())).collect();
        }
        Some(all)
    }

    fn one_fact(&self, fact: &FactKey, literals: &[(AtomId, Truths)]) -> Solved {
        match self.ground.kind(fact) {
            Some(Kind::Messages | Kind::Events | Kind::Text) => self.solve_texts(fact, literals),
            Some(Kind::Codes) => self.solve_codes(fact, literals),
            Some(Kind::Choices(_)) => self.solve_choices(fact, literals),
            Some(Kind::Rows) => self.solve_rows(&[list_name(fact)], &Vec::new(), literals),
            _ => Solved::Open,
        }
    }

    /// Facts that some atom ties together: every combination of those that can be listed, and lists of machines beside each.
    fn tied(&self, group: &Group, literals: &[(AtomId, Truths)]) -> Solved {
        let (lists, others): (Vec<&FactKey>, Vec<&FactKey>) = group.facts.iter().partition(|fact| matches!(self.ground.kind(fact), Some(Kind::Rows)));
        let lists: Vec<&'static str> = lists.into_iter().map(list_name).collect();
        let others: Vec<FactKey> = others.into_iter().cloned().collect();
        let Some(bases) = self.products(group, &others) else { return Solved::Open };
        let mut is_open = false;
        for base in &bases {
            match self.solve_rows(&lists, base, literals) {
                Solved::Point(point) => return Solved::Point(point),
                Solved::Open => is_open = true,
                Solved::Contradiction => {}
            }
        }
        if is_open { Solved::Open } else { Solved::Contradiction }
    }

    /// A set with the options that are wanted, or an unknown one.
    fn solve_choices(&self, fact: &FactKey, literals: &[(AtomId, Truths)]) -> Solved {
        let chosen =
            literals.iter().filter(|(_, truths)| truths.has(Truth::True) && !truths.has(Truth::False)).filter_map(|(atom, _)| self.expr(*atom)).filter_map(
                |expr| match expr {
                    Expr::Has { option, .. } => Some(option.clone()),
                    _ => None,
                },
            );
        self.first_that_fits([Some(Value::Choices(chosen.collect())), None], fact, literals)
    }

    /// The codes that are wanted, or else another one, or unknown ones.
    fn solve_codes(&self, fact: &FactKey, literals: &[(AtomId, Truths)]) -> Solved {
        let of = |wanted: bool| -> Vec<Code> {
            let is_wanted = move |truths: &Truths| (truths.has(Truth::True) && !truths.has(Truth::False)) == wanted;
            let codes = literals.iter().filter(|(_, truths)| is_wanted(truths)).filter_map(|(atom, _)| self.expr(*atom));
            codes.filter_map(|expr| if let Expr::Code(code) = expr { Some(code.clone()) } else { None }).collect()
        };
        let mut wanted = of(true);
        if wanted.is_empty() {
            wanted.extend(scalars::another_code(&of(false)));
        }
        // Bare digits may have two readings, of which one is excluded: the number as hexadecimal has one.
        let plain = wanted.iter().filter_map(|code| code.readings().map(|reading| format!("0x{reading:X}")).find_map(|text| Code::parse(&text).ok()));
        let last = wanted.iter().filter_map(|code| code.readings().last()).filter_map(|reading| Code::parse(&format!("0x{reading:X}")).ok());
        let candidates = [wanted.clone(), plain.collect(), last.collect()].map(|codes| Some(Value::Codes(codes)));
        self.first_that_fits(candidates.into_iter().chain([None]), fact, literals)
    }

    /// The builds at and between those that the machines of the fact are held against, lowest first.
    pub(super) fn builds(&self, fact: &FactKey) -> Vec<String> {
        let atoms = self.ground.atoms.group_of_fact(fact).and_then(|group| self.ground.atoms.groups.get(group)).map(|group| group.atoms.as_slice());
        let survey = Survey::of(atoms.into_iter().flatten().filter_map(|atom| self.expr(*atom)));
        let is_own = |owner: &Owner| match owner {
            Owner::List(list) => self.ground.key(list) == *fact,
            Owner::Subject(name) => self.ground.key(name) == *fact,
        };
        let asked = survey.machines.iter().find(|(owner, _)| is_own(owner)).and_then(|(_, asked)| asked.builds.as_deref());
        asked.map(builds::around).unwrap_or_default()
    }

    fn first_that_fits(&self, values: impl IntoIterator<Item = Option<Value>>, fact: &FactKey, literals: &[(AtomId, Truths)]) -> Solved {
        let mut points = values.into_iter().map(|value| Point::new(vec![(fact.clone(), value)]));
        points.find(|point| self.ground.fulfils(point, literals)).map_or(Solved::Contradiction, Solved::Point)
    }

    fn expr(&self, atom: AtomId) -> Option<&Expr> {
        self.ground.atoms.atoms.get(atom).map(|atom| Condition::shape(&atom.condition))
    }
}

fn list_name(fact: &FactKey) -> &'static str {
    if fact.as_str() == "clients" { "clients" } else { "servers" }
}
