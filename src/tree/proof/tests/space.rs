//! The clever search against the plain enumeration of a small space, on random conditions.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::tree::condition::Truth;
use crate::tree::fact::{Row, Rows, Value};
use crate::tree::proof::formula::Goal;
use crate::tree::proof::given::Given;
use crate::tree::proof::point::{Values, sheet};

/// Levels of every kind that the conditions below tell apart.
const LEVELS: [&str; 5] = ["5.0 RTM", "5.0 SP1", "5.0 SP2", "5.5 SP4", "2000 RTM"];
/// A build between two of them, and one that is newer than the ladder knows.
const BUILDS: [&str; 2] = ["5.0.1459.0", "5.0.5000.0"];
/// Most rows of the plain lists.
const MOST_ROWS: usize = 4;

fn atom() -> impl Strategy<Value = String> {
    let row = select(vec!["is 5.0", "is 5.5", "is 5.0 below SP2", "is 5.0 SP1", "older than 5.5", "(is 5.0 and not is 5.0 SP2)"]);
    let quantifier = select(vec!["some server", "every server", "no server", "count(server", "every server where is 5.0:"]);
    let nested = select(vec![
        "some server a (is 5.0 SP2 and every server in others(a) is 5.0 below SP2)",
        "some server (is 5.5 and some other server is 5.0)",
        "some server a (is 5.5 and no server in others(a) is 5.5)",
        "every server a (is 5.0 or some server in others(a) is 5.0 SP1)",
    ]);
    let number = select(vec!["> 1", "= 1", "< 2", ">= 1"]);
    let rows = (quantifier, row, number).prop_map(|(quantifier, row, number)| {
        if quantifier.starts_with("count") { format!("{quantifier} {row}) {number}") } else { format!("{quantifier} {row}") }
    });
    let facts = select(vec!["share = there", "share != missing", "gs = yes"]);
    prop_oneof![4 => rows, 1 => nested.prop_map(str::to_owned), 3 => facts.prop_map(str::to_owned)]
}

fn condition() -> impl Strategy<Value = String> {
    atom().prop_recursive(2, 5, 3, |inner| {
        let joined = |parts: Vec<String>, word: &str| parts.iter().map(|part| format!("({part})")).collect::<Vec<_>>().join(word);
        prop_oneof![
            inner.clone().prop_map(|part| format!("not ({part})")),
            vec(inner.clone(), 2..4).prop_map(move |parts| joined(parts, " and ")),
            vec(inner, 2..4).prop_map(move |parts| joined(parts, " or ")),
        ]
    })
}

/// Every value of a fact.
fn values(fact: &str) -> Vec<Option<Value>> {
    let known: Vec<Value> = match fact {
        "share" => ["there", "missing", "locked"].map(|option| Value::Choice(option.to_owned())).to_vec(),
        "gs" => vec![Value::YesNo(true), Value::YesNo(false)],
        _ => lists(),
    };
    known.into_iter().map(Some).chain([None]).collect()
}

/// Every multiset of the levels and the unknown one, complete or not.
fn lists() -> Vec<Value> {
    let level = |level: &str| Row { level: Some(level.to_owned()), ..Row::default() };
    let build = |build: &str| Row { build: Some(build.to_owned()), ..Row::default() };
    let kinds: Vec<Row> = LEVELS.into_iter().map(level).chain(BUILDS.into_iter().map(build)).chain([Row::default()]).collect();
    let mut sets: Vec<Vec<usize>> = vec![Vec::new()];
    let mut found = Vec::new();
    for _ in 0..MOST_ROWS {
        sets = sets.iter().flat_map(|set| (set.last().copied().unwrap_or_default()..kinds.len()).map(|kind| [set.as_slice(), &[kind]].concat())).collect();
        for set in &sets {
            let rows = set.iter().enumerate().map(|(at, kind)| Row { name: Some(format!("EX{at}")), ..kinds[*kind].clone() });
            let rows: Vec<Row> = rows.collect();
            found.push(Value::Rows(Rows { rows: rows.clone(), more: false }));
            if set.len() < 3 {
                found.push(Value::Rows(Rows { rows, more: true }));
            }
        }
    }
    found
}

/// What the conditions come to over every point of the plain space, without repeats.
fn plain(walks: &Walks<'_>) -> Vec<Vec<Truth>> {
    let ground = &walks.solver.ground;
    let fork = walks.node(0).unwrap().kind.fork().unwrap();
    let facts: Vec<_> = ground.atoms.groups.iter().flat_map(|group| group.facts.clone()).collect();
    let mut points: Vec<Values> = vec![Vec::new()];
    for fact in facts {
        let values = values(fact.bare());
        points = points.iter().flat_map(|point| values.iter().map(|value| point.iter().cloned().chain([(fact.clone(), value.clone())]).collect())).collect();
    }
    let mut found: Vec<Vec<Truth>> = Vec::new();
    for point in points {
        let sheet = sheet(&point);
        let facts = walks.closure.facts(&sheet);
        let truths: Vec<Truth> = fork.branches.iter().map(|branch| branch.when.truth(&facts)).collect();
        if !found.contains(&truths) {
            found.push(truths);
        }
    }
    found
}

/// Whether the clever search finds a point at which the branches come to these truths.
fn clever(walks: &Walks<'_>, goals: Vec<Goal<'_>>) -> Result<bool, TestCaseError> {
    let mut effort = walks.effort_for(250);
    let found = walks.first(&Given::default(), goals, &mut effort).is_some();
    if !found && effort.is_open {
        return Err(TestCaseError::reject("too much to look at"));
    }
    Ok(found)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, max_global_rejects: 100, ..ProptestConfig::default() })]

    #[test]
    fn the_clever_space_is_the_plain_one(conditions in vec(condition(), 1..4)) {
        let branches = conditions.iter().map(|condition| format!("{condition} -> x")).collect::<Vec<_>>().join("; ");
        let asked = [("share", "", "x", "x"), ("gs", "", "x", "x")];
        let closure = tree(&[[("r_all", branches.as_str(), "x", "x")].as_slice(), &asked].concat(), &["x"], &[]);
        let walks = Walks::new(&closure);
        let plain = plain(&walks);
        let fork = closure.tree.nodes[0].kind.fork().unwrap();
        let falls = |truths: &[Truth], at: usize| truths[..at].iter().all(|truth| truth.is_false());
        for at in 0..fork.branches.len() {
            prop_assert_eq!(clever(&walks, walks.goals(0, Way::Branch(at)))?, plain.iter().any(|truths| falls(truths, at) && truths[at].is_true()), "branch {}", at);
            prop_assert_eq!(clever(&walks, walks.goals(0, Way::Unknown(at)))?, plain.iter().any(|truths| falls(truths, at) && !truths[at].is_known()), "unknown {}", at);
            for later in at + 1..fork.branches.len() {
                let both = walks.goals(0, Way::Branch(at)).into_iter().chain(walks.holds(0, later)).collect();
                let expected = plain.iter().any(|truths| falls(truths, at) && truths[at].is_true() && truths[later].is_true());
                prop_assert_eq!(clever(&walks, both)?, expected, "{} and {}", at, later);
            }
        }
        prop_assert_eq!(clever(&walks, walks.goals(0, Way::Otherwise))?, plain.iter().any(|truths| falls(truths, truths.len())), "otherwise");
    }
}
