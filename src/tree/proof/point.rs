//! Points of the space: values of some facts, over which the real conditions are evaluated.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::atoms::Atoms;
use super::formula::{AtomId, Truths};
use crate::tree::answer::Kind;
use crate::tree::closure::Closure;
use crate::tree::condition::{Condition, Facts, Truth};
use crate::tree::fact::{FactKey, Row, Rows, Sheet, Source, Statement, Value};
use crate::tree::ladder::Ladder;

/// Values of facts; `None` is "I don't know".
pub(super) type Values = Vec<(FactKey, Option<Value>)>;

/// What atoms are to come to, in order of their numbers.
pub(super) type Literals = Vec<(AtomId, Truths)>;

/// The tree that is proven, and its atoms.
pub(super) struct Ground<'c> {
    pub(super) closure: &'c Closure,
    pub(super) atoms: Atoms,
}

/// Values of the facts of a group. What atoms come to over them is remembered.
pub(super) struct Point {
    pub(super) values: Values,
    sheet: Sheet,
    truths: RefCell<HashMap<AtomId, Truth>>,
}

impl Point {
    pub(super) fn new(values: Values) -> Rc<Self> {
        let sheet = sheet(&values);
        Rc::new(Self { values, sheet, truths: RefCell::default() })
    }
}

/// The values as what the visitor said.
pub(super) fn sheet(values: &Values) -> Sheet {
    let statement = |(key, value): &(FactKey, Option<Value>)| Statement { key: key.clone(), value: value.clone(), source: Source::Asked, line: None };
    Sheet::resolve(&values.iter().map(statement).collect::<Vec<_>>())
}

impl Ground<'_> {
    /// The ladder of the tree's product.
    pub(super) fn ladder(&self) -> Option<&Ladder> {
        self.closure.ladders.get(&self.closure.tree.ladder).map(AsRef::as_ref)
    }

    /// What the fact looks like; `None` if no question sets it.
    pub(super) fn kind(&self, fact: &FactKey) -> Option<Kind<'_>> {
        Kind::of(&self.closure.tree, fact.as_str())
    }

    /// The key of the fact that conditions write so.
    pub(super) fn key(&self, written: &str) -> FactKey {
        FactKey::within(&self.closure.tree.slug, written)
    }

    fn facts<'a>(&'a self, sheet: &'a Sheet) -> Facts<'a> {
        self.closure.facts(sheet)
    }

    /// What the atom comes to over the values.
    pub(super) fn truth(&self, point: &Point, atom: AtomId) -> Truth {
        if let Some(truth) = point.truths.borrow().get(&atom) {
            return *truth;
        }
        let truth = self.atoms.atoms.get(atom).map_or(Truth::Unknown, |atom| atom.condition.truth(&self.facts(&point.sheet)));
        point.truths.borrow_mut().insert(atom, truth);
        truth
    }

    /// Whether every atom comes to one of its truths over the values.
    pub(super) fn fulfils(&self, point: &Point, literals: &[(AtomId, Truths)]) -> bool {
        literals.iter().all(|(atom, truths)| truths.has(self.truth(point, *atom)))
    }

    /// What the conditions come to over these values.
    pub(super) fn truths<'q>(&self, conditions: impl Iterator<Item = &'q Condition>, values: &Values) -> Vec<Truth> {
        let sheet = sheet(values);
        let facts = self.facts(&sheet);
        conditions.map(|condition| condition.truth(&facts)).collect()
    }

    /// What the conditions come to over one row of a list, or over the Administrator program's machine.
    pub(super) fn answers(&self, conditions: &[Condition], row: Row, in_list: bool) -> Vec<Truth> {
        let value = if in_list { Value::Rows(Rows { rows: vec![row], more: false }) } else { Value::Subject(Box::new(row)) };
        let fact = if in_list { "servers" } else { "admin" };
        self.truths(conditions.iter(), &vec![(self.key(fact), Some(value))])
    }
}
