//! Gaps between two ranges of one attribute: a number, a level or a build that no branch takes, although one below and one above it are taken.

use super::formula::{AtomId, Truths};
use super::given::{Given, Narrowed};
use super::point::{Point, Values};
use super::walks::{NodeId, Reach, State, Walks, Way};
use super::witness::Shown;
use super::words;
use crate::tree::answer::Kind;
use crate::tree::check::Witness;
use crate::tree::condition::Truth;
use crate::tree::fact::{FactKey, Row, Rows, Value};

/// A gap in words ("5.0 SP2"), and a walk that falls into it.
pub(super) fn find(walks: &Walks<'_>, at: NodeId) -> Option<(String, Witness)> {
    let ground = &walks.solver.ground;
    let fork = walks.node(at)?.kind.fork()?;
    for group in walks.groups_at(at) {
        let Some([fact]) = ground.atoms.groups.get(group).map(|group| group.facts.as_slice()) else { continue };
        for line in lines(walks, fact) {
            // A branch takes a value if it is the first that is not false over this fact alone.
            let takes = |value: &Value| {
                let values: Values = vec![(fact.clone(), Some(value.clone()))];
                let truths = ground.truths(fork.branches.iter().map(|branch| &branch.when), &values);
                truths.into_iter().find(|truth| *truth != Truth::False)
            };
            let taken: Vec<Option<Truth>> = line.iter().map(|(_, value)| takes(value)).collect();
            let is_taken = |taken: &Option<Truth>| *taken == Some(Truth::True);
            let (Some(first), Some(last)) = (taken.iter().position(is_taken), taken.iter().rposition(is_taken)) else { continue };
            for ((name, value), taken) in line.iter().zip(&taken).take(last).skip(first) {
                if taken.is_none()
                    && let Some(witness) = walk_to(walks, at, fact, value, name)
                {
                    return Some((name.clone(), witness));
                }
            }
        }
    }
    None
}

/// The values of a fact along which branches may take ranges, each line in order, with their names.
fn lines(walks: &Walks<'_>, fact: &FactKey) -> Vec<Vec<(String, Value)>> {
    let ground = &walks.solver.ground;
    match ground.kind(fact) {
        Some(Kind::Number(_)) => {
            let points = ground.atoms.group_of_fact(fact).and_then(|group| walks.solver.points(group));
            let values = points.iter().flat_map(|points| points.iter()).filter_map(|point| point.values.first().and_then(|(_, value)| value.clone()));
            vec![values.map(|value| (words::of_value(fact.bare(), Some(&value)), value)).collect()]
        }
        Some(kind @ (Kind::Rows | Kind::Subject)) => {
            let value = |row: Row| match kind {
                Kind::Subject => Value::Subject(Box::new(row)),
                _ => Value::Rows(Rows { rows: vec![Row { name: Some("EX01".to_owned()), ..row }], more: false }),
            };
            let level = |level: String| (level.clone(), value(Row { level: Some(level), ..Row::default() }));
            let build = |build: String| (format!("Build {build}"), value(Row { build: Some(build), ..Row::default() }));
            let families = ground.ladder().into_iter().flat_map(|ladder| ladder.families());
            let levels = families.map(|family| family.releases.iter().map(|release| level(format!("{} {}", family.name, release.level))).collect());
            levels.chain([walks.solver.builds(fact).into_iter().map(build).collect()]).collect()
        }
        _ => Vec::new(),
    }
}

/// A walk that comes to the node with this value, and falls to `otherwise`.
fn walk_to(walks: &Walks<'_>, at: NodeId, fact: &FactKey, value: &Value, name: &str) -> Option<Witness> {
    let ground = &walks.solver.ground;
    let point = Point::new(vec![(fact.clone(), Some(value.clone()))]);
    let group = ground.atoms.group_of_fact(fact)?;
    let fixed: Vec<(AtomId, Truths)> = ground.atoms.groups.get(group)?.atoms.iter().map(|atom| (*atom, Truths::only(ground.truth(&point, *atom)))).collect();
    // The value itself is kept, so that the walk shows it and not another one of its kind.
    let Narrowed::Given(given) = Given::holding(group, point).with(&walks.solver, &fixed) else { return None };
    let mut effort = walks.effort();
    let given = walks.first(&given, walks.goals(at, Way::Otherwise), &mut effort)?;
    let name = format!("{name} lies between the branches");
    let mut accept = |state: &State| walks.witness(state, Shown { node: at, way: Some(Way::Otherwise) }, &name);
    match walks.backward(at, State { given, path: Vec::new() }, &mut effort, &mut accept) {
        Reach::Found(witness) => Some(witness),
        Reach::Never | Reach::Open => None,
    }
}
