//! The atoms of a tree's conditions, and the groups of facts that some atom ties together.
//!
//! Facts of different groups vary independently, so that each group is solved by itself.

use std::collections::{BTreeMap, HashMap};

use super::formula::{AtomId, Formula};
use crate::tree::closure::Closure;
use crate::tree::condition::Condition;
use crate::tree::condition::ast::Expr;
use crate::tree::fact::FactKey;
use crate::tree::model::Fork;

/// The number of a group of facts.
pub(super) type GroupId = usize;

/// A part of a condition that is no `and`, `or` or `not`.
#[derive(Debug)]
pub(super) struct Atom {
    /// The atom as a condition of its own.
    pub(super) condition: Condition,
    /// The facts that decide it.
    pub(super) group: GroupId,
}

/// Facts that vary together.
#[derive(Debug, Default)]
pub(super) struct Group {
    /// The facts, in order of their keys.
    pub(super) facts: Vec<FactKey>,
    /// The atoms over them.
    pub(super) atoms: Vec<AtomId>,
}

/// The conditions of a fork.
#[derive(Debug, Default)]
pub(super) struct Conditions {
    /// One for each branch, in order.
    pub(super) branches: Vec<Formula>,
}

/// Every atom of a set of forks.
#[derive(Debug, Default)]
pub(super) struct Atoms {
    pub(super) atoms: Vec<Atom>,
    pub(super) groups: Vec<Group>,
    group_of: HashMap<FactKey, GroupId>,
}

impl Atoms {
    /// Numbers the atoms of `forks`, and the facts of the tree's questions with them. Each fork's conditions are answered in the same order.
    pub(super) fn number<'f>(closure: &Closure, forks: impl Iterator<Item = Option<&'f Fork>>) -> (Self, Vec<Conditions>) {
        let mut numbers = Numbers { slug: &closure.tree.slug, by_text: HashMap::new(), conditions: Vec::new() };
        let conditions = forks
            .map(|fork| Conditions { branches: fork.into_iter().flat_map(|fork| &fork.branches).map(|branch| numbers.formula(branch.when.shape())).collect() })
            .collect();
        (Self::grouped(numbers.conditions), conditions)
    }

    /// Puts facts that an atom mentions together into one group.
    fn grouped(conditions: Vec<(Condition, Vec<FactKey>)>) -> Self {
        let mut group_of: BTreeMap<FactKey, usize> = BTreeMap::new();
        for (number, (_, facts)) in conditions.iter().enumerate() {
            let fresh = conditions.len() + number;
            let tied: Vec<usize> = facts.iter().filter_map(|fact| group_of.get(fact).copied()).collect();
            let group = tied.first().copied().unwrap_or(fresh);
            for of in group_of.values_mut().filter(|of| tied.contains(of)) {
                *of = group;
            }
            group_of.extend(facts.iter().map(|fact| (fact.clone(), group)));
        }
        let mut all = Self::default();
        let mut numbers: HashMap<usize, GroupId> = HashMap::new();
        for (fact, of) in group_of {
            let group = *numbers.entry(of).or_insert(all.groups.len());
            if group == all.groups.len() {
                all.groups.push(Group::default());
            }
            if let Some(known) = all.groups.get_mut(group) {
                known.facts.push(fact.clone());
            }
            all.group_of.insert(fact, group);
        }
        for (number, (condition, facts)) in conditions.into_iter().enumerate() {
            let group = facts.first().and_then(|fact| all.group_of.get(fact).copied()).unwrap_or(usize::MAX);
            if let Some(known) = all.groups.get_mut(group) {
                known.atoms.push(number);
            }
            all.atoms.push(Atom { condition, group });
        }
        all
    }

    /// The atom's group.
    pub(super) fn group_of(&self, atom: AtomId) -> GroupId {
        self.atoms.get(atom).map_or(usize::MAX, |atom| atom.group)
    }

    /// The group of a fact, if an atom mentions it.
    pub(super) fn group_of_fact(&self, fact: &FactKey) -> Option<GroupId> {
        self.group_of.get(fact).copied()
    }
}

/// Gives equal atoms one number.
struct Numbers<'c> {
    slug: &'c str,
    by_text: HashMap<String, AtomId>,
    conditions: Vec<(Condition, Vec<FactKey>)>,
}

impl Numbers<'_> {
    fn formula(&mut self, expr: &Expr) -> Formula {
        match expr {
            Expr::All(parts) => Formula::All(parts.iter().map(|part| self.formula(part)).collect()),
            Expr::Any(parts) => Formula::Any(parts.iter().map(|part| self.formula(part)).collect()),
            Expr::Not(part) => Formula::Not(Box::new(self.formula(part))),
            atom => Formula::Atom(self.atom(atom)),
        }
    }

    fn atom(&mut self, expr: &Expr) -> AtomId {
        let condition = Condition::of(expr.clone());
        *self.by_text.entry(condition.to_string()).or_insert_with(|| {
            let facts = condition.facts(self.slug);
            self.conditions.push((condition, facts));
            self.conditions.len() - 1
        })
    }
}
