//! Conditions as the proof sees them: `and`, `or` and `not` over atoms.

use crate::tree::condition::Truth;

/// The number of an atom: a part of a condition that is no `and`, `or` or `not`.
pub(super) type AtomId = usize;

/// A condition over numbered atoms.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Formula {
    Atom(AtomId),
    All(Vec<Formula>),
    Any(Vec<Formula>),
    Not(Box<Formula>),
}

impl Formula {
    /// Visits the atoms, in reading order and with repeats.
    pub(super) fn atoms(&self, visit: &mut dyn FnMut(AtomId)) {
        match self {
            Self::Atom(atom) => visit(*atom),
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.atoms(visit)),
            Self::Not(part) => part.atoms(visit),
        }
    }
}

/// A set of truths that are allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Truths(u8);

impl Truths {
    pub(super) const NONE: Self = Self(0);
    pub(super) const TRUE: Self = Self(1);
    pub(super) const FALSE: Self = Self(2);
    pub(super) const UNKNOWN: Self = Self(4);
    pub(super) const NOT_FALSE: Self = Self(5);
    pub(super) const NOT_TRUE: Self = Self(6);

    pub(super) fn only(truth: Truth) -> Self {
        match truth {
            Truth::True => Self::TRUE,
            Truth::False => Self::FALSE,
            Truth::Unknown => Self::UNKNOWN,
        }
    }

    pub(super) fn has(self, truth: Truth) -> bool {
        self.and(Self::only(truth)) != Self::NONE
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether every truth that is allowed here is allowed there.
    pub(super) fn is_within(self, other: Self) -> bool {
        self.and(other) == self
    }

    /// The same for the negation.
    pub(super) fn turned(self) -> Self {
        let swap = |from: Self, to: Self| if self.and(from) == Self::NONE { 0 } else { to.0 };
        Self(swap(Self::TRUE, Self::FALSE) | swap(Self::FALSE, Self::TRUE) | self.and(Self::UNKNOWN).0)
    }
}

/// What a formula is to come to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Goal<'f> {
    pub(super) formula: &'f Formula,
    pub(super) truths: Truths,
}

/// What fulfils a goal.
pub(super) enum Demand<'f> {
    /// The atom comes to one of these.
    Atom(AtomId, Truths),
    /// Each of these goals is fulfilled.
    Each(Vec<Goal<'f>>),
    /// All goals of one of these lists are fulfilled.
    OneOf(Vec<Vec<Goal<'f>>>),
}

impl<'f> Goal<'f> {
    pub(super) fn new(formula: &'f Formula, truths: Truths) -> Self {
        Self { formula, truths }
    }

    /// The goal, one step nearer to atoms. Together the ways to fulfil it leave out nothing that does.
    pub(super) fn demand(&self) -> Demand<'f> {
        match self.formula {
            Formula::Atom(atom) => Demand::Atom(*atom, self.truths),
            Formula::Not(part) => Demand::Each(vec![Self::new(part, self.truths.turned())]),
            Formula::All(parts) => joined(parts, self.truths, |truths| truths),
            Formula::Any(parts) => joined(parts, self.truths.turned(), Truths::turned),
        }
    }
}

/// What brings `and` over the parts to one of the truths. For `or` both sides are turned.
fn joined<'f>(parts: &'f [Formula], truths: Truths, side: impl Fn(Truths) -> Truths) -> Demand<'f> {
    let each = |truths: Truths| -> Vec<Goal<'f>> { parts.iter().map(|part| Goal::new(part, side(truths))).collect() };
    let one = |truths: Truths| -> Vec<Vec<Goal<'f>>> { parts.iter().map(|part| vec![Goal::new(part, side(truths))]).collect() };
    // One part is unknown and no other is false.
    let stopped = || -> Vec<Vec<Goal<'f>>> {
        let goals = |at: usize| parts.iter().enumerate().map(move |(other, part)| (other == at, part));
        let goal = |(is_open, part)| Goal::new(part, side(if is_open { Truths::UNKNOWN } else { Truths::NOT_FALSE }));
        (0..parts.len()).map(|at| goals(at).map(goal).collect()).collect()
    };
    match truths {
        Truths::TRUE | Truths::NOT_FALSE => Demand::Each(each(truths)),
        Truths::FALSE | Truths::NOT_TRUE => Demand::OneOf(one(truths)),
        Truths::UNKNOWN => Demand::OneOf(stopped()),
        Truths::NONE => Demand::OneOf(Vec::new()),
        // True or false.
        known if !known.has(Truth::Unknown) => Demand::OneOf([vec![each(Truths::TRUE)], one(Truths::FALSE)].concat()),
        _ => Demand::Each(Vec::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Truth; 3] = [Truth::True, Truth::False, Truth::Unknown];

    fn truth(formula: &Formula, atoms: &[Truth]) -> Truth {
        match formula {
            Formula::Atom(atom) => atoms[*atom],
            Formula::All(parts) => Truth::all(parts.iter().map(|part| truth(part, atoms))),
            Formula::Any(parts) => Truth::any(parts.iter().map(|part| truth(part, atoms))),
            Formula::Not(part) => !truth(part, atoms),
        }
    }

    fn is_fulfilled(goal: Goal<'_>, atoms: &[Truth]) -> bool {
        match goal.demand() {
            Demand::Atom(atom, truths) => truths.has(atoms[atom]),
            Demand::Each(goals) => goals.into_iter().all(|goal| is_fulfilled(goal, atoms)),
            Demand::OneOf(ways) => ways.into_iter().any(|goals| goals.into_iter().all(|goal| is_fulfilled(goal, atoms))),
        }
    }

    #[test]
    fn demands_are_what_makes_a_formula_come_to_its_truths() {
        let atom = Formula::Atom;
        let formulas = [
            Formula::All(vec![atom(0), atom(1), atom(2)]),
            Formula::Any(vec![atom(0), atom(1), atom(2)]),
            Formula::Not(Box::new(Formula::All(vec![atom(0), Formula::Any(vec![atom(1), Formula::Not(Box::new(atom(2)))])]))),
        ];
        for formula in &formulas {
            for bits in 0..8 {
                for (one, two, three) in ALL.iter().flat_map(|one| ALL.iter().flat_map(move |two| ALL.iter().map(move |three| (*one, *two, *three)))) {
                    let atoms = [one, two, three];
                    let expected = Truths(bits).has(truth(formula, &atoms));
                    assert_eq!(is_fulfilled(Goal::new(formula, Truths(bits)), &atoms), expected, "{formula:?} {bits} {atoms:?}");
                }
            }
        }
    }
}
