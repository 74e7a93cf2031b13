//! Trees with one mistake each, and sound ones that look as if they had one.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use fixpath::tree::check::{Finding, Place, Severity, What, Witness};
use fixpath::tree::closure::{Closure, NodeRef};
use fixpath::tree::fact::Sheet;
use fixpath::tree::model::Fork;
use fixpath::tree::report::{Report, report};
use fixpath::tree::walk::{Taken, Walk};
use fixpath::tree::{case, file};

use super::closure;
use super::set::{self, Expected, Seeded, read};

/// The trees of `broken/` that can be read, each with its report.
static REPORTED: LazyLock<Vec<(Seeded, Closure, Report)>> = LazyLock::new(|| {
    let readable = read("broken").into_iter().filter(|seeded| seeded.refused.is_none());
    readable
        .map(|seeded| {
            let closure = closure(file::read(&seeded.text).unwrap_or_else(|error| panic!("{}: {error}", seeded.name)));
            let report = report(&closure);
            (seeded, closure, report)
        })
        .collect()
});

fn is_expected(finding: &Finding, expected: &Expected) -> bool {
    let place = match &expected.place {
        None => true,
        Some(set::Place::Branch(index)) => finding.place == Some(Place::Branch(*index)),
        Some(set::Place::Case(name)) => finding.place == Some(Place::Case(name.clone())),
    };
    let kind = expected.kinds.iter().any(|kind| kind == finding.what.as_str());
    kind && place && finding.node == expected.node && finding.is_error() == expected.is_error && (finding.witness.is_some() || !expected.shown)
}

/// A finding in a line.
fn told(finding: &Finding) -> String {
    let shown = finding.witness.as_ref().map(|witness| format!(" [{}]", witness.words)).unwrap_or_default();
    let (severity, node) = (finding.severity.as_str(), finding.node.as_deref().unwrap_or("the tree"));
    format!("{severity} {} at {node}, {:?}: {}{shown}", finding.what, finding.place, finding.message)
}

fn all_told(complaints: &[String]) {
    assert!(complaints.is_empty(), "{} complaints\n{}", complaints.len(), complaints.join("\n"));
}

#[test]
fn the_set_has_every_kind_of_mistake() {
    let set = read("broken");
    let mut named = BTreeSet::new();
    for seeded in &set {
        assert!(!seeded.words.is_empty(), "{} does not say what is wrong", seeded.name);
        assert_eq!(seeded.finds.is_empty(), seeded.refused.is_some(), "{}", seeded.name);
        named.extend(seeded.finds.iter().chain(&seeded.follows).flat_map(|expected| expected.kinds.iter().map(String::as_str)));
    }
    assert!(set.len() >= 45, "{}", set.len());
    assert_eq!(named, What::ALL.iter().map(|kind| kind.as_str()).collect());
}

#[test]
fn what_cannot_be_read_is_refused() {
    for seeded in read("broken") {
        let Some(message) = &seeded.refused else { continue };
        let said = file::read(&seeded.text).map_or_else(|error| error.to_string(), |_| "nothing".to_owned());
        assert!(said.contains(message), "{}: {said}", seeded.name);
    }
}

#[test]
fn every_mistake_is_found_at_its_node() {
    let mut complaints = Vec::new();
    for (seeded, _, report) in REPORTED.iter() {
        for expected in &seeded.finds {
            if !report.findings.iter().any(|finding| is_expected(finding, expected)) {
                let found: Vec<String> = report.findings.iter().map(told).collect();
                complaints.push(format!("{}: {expected:?} is not found, but {found:#?}", seeded.name));
            }
        }
    }
    all_told(&complaints);
}

#[test]
fn no_error_is_found_where_there_is_none() {
    let mut complaints = Vec::new();
    for (seeded, _, report) in REPORTED.iter() {
        let named = |finding: &&Finding| seeded.finds.iter().chain(&seeded.follows).any(|expected| is_expected(finding, expected));
        let invented = report.findings.iter().filter(|finding| finding.severity == Severity::Error && !named(finding));
        complaints.extend(invented.map(|finding| format!("{}: {}", seeded.name, told(finding))));
    }
    all_told(&complaints);
}

#[test]
fn nothing_is_found_in_a_sound_tree() {
    let sound = read("sound");
    assert!(sound.len() >= 10);
    let mut complaints = Vec::new();
    for seeded in sound {
        let tree = file::read(&seeded.text).unwrap_or_else(|error| panic!("{}: {error}", seeded.name));
        complaints.extend(report(&closure(tree)).findings.iter().map(|finding| format!("{}: {}", seeded.name, told(finding))));
    }
    all_told(&complaints);
}

#[test]
fn every_witness_walks_into_what_it_shows() {
    let mut complaints = Vec::new();
    let mut walked = 0;
    for (seeded, closure, report) in REPORTED.iter() {
        for finding in &report.findings {
            if let Some(witness) = &finding.witness {
                walked += 1;
                complaints.extend(doubt(closure, finding, witness).map(|doubt| format!("{}: {}: {doubt}", seeded.name, told(finding))));
            }
        }
    }
    all_told(&complaints);
    assert!(walked >= 25, "only {walked} witnesses");
}

/// What speaks against the witness.
fn doubt(closure: &Closure, finding: &Finding, witness: &Witness) -> Option<String> {
    let ran = match case::run(closure, &witness.case) {
        Ok(ran) if ran.passed => ran,
        Ok(ran) => return Some(format!("it comes to {} and not to {}", ran.got, witness.case.expect)),
        Err(message) => return Some(message),
    };
    let key = finding.node.as_deref()?;
    let node = NodeRef::new(&closure.tree.slug, key);
    if !ran.walk.has(&node) {
        return Some(format!("its walk does not come to {key}"));
    }
    let fork = closure.tree.node(key)?.kind.fork();
    match (finding.what, fork) {
        (What::Order, Some(fork)) => doubt_order(closure, fork, finding.place.as_ref(), witness),
        (What::Hole | What::Otherwise, Some(_)) => {
            let way = taken(&ran.walk, &node);
            (way != Some(Taken::Otherwise)).then(|| format!("it takes {way:?} there"))
        }
        _ => None,
    }
}

fn taken(walk: &Walk, node: &NodeRef) -> Option<Taken> {
    walk.path.iter().find(|stop| stop.node == *node).map(|stop| stop.taken)
}

/// The conditions of two branches with different targets must both be true, and the branch that is named must be one of them.
fn doubt_order(closure: &Closure, fork: &Fork, place: Option<&Place>, witness: &Witness) -> Option<String> {
    let sheet = Sheet::resolve(&case::statements(closure, &witness.case).ok()?);
    let facts = closure.facts(&sheet);
    let holding: Vec<usize> = fork.branches.iter().enumerate().filter(|(_, branch)| branch.when.truth(&facts).is_true()).map(|(index, _)| index).collect();
    let targets: BTreeSet<&str> = holding.iter().filter_map(|&index| fork.branches.get(index)).map(|branch| branch.to.as_str()).collect();
    let named = match place {
        Some(Place::Branch(index)) => holding.contains(index),
        _ => true,
    };
    (targets.len() < 2 || !named).then(|| format!("these branches hold: {holding:?}"))
}
