//! The shipped trees with every single-point mutation. Each is killed by a case of the tree, found by the checks or the proof, or shown to choose the same for all facts;
//! at most five of a hundred survive.

mod mutants;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io::Write as _;
use std::sync::Arc;

use fixpath::app::content::STARTER_TREES;
use fixpath::tree::check::{self, Finding};
use fixpath::tree::closure::{Closure, NodeRef};
use fixpath::tree::fact::Sheet;
use fixpath::tree::model::NodeKind;
use fixpath::tree::proof::{self, Same};
use fixpath::tree::walk::{End, Tried, Walk, walk};
use fixpath::tree::{case, file};

use super::closure;
use mutants::Mutant;

/// What became of a mutant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fate {
    /// A case comes to something else.
    Killed,
    /// The node chooses the same, whatever the facts.
    Equivalent,
    /// The checks find an error that the tree does not have.
    Checked,
    /// The proof finds something that the tree does not have.
    Proven,
    /// Nobody has noticed.
    Survives,
}

/// What became of the mutants of one tree.
struct Count {
    name: &'static str,
    fates: BTreeMap<Fate, usize>,
    survivors: Vec<String>,
}

impl Count {
    fn of(&self, fate: Fate) -> usize {
        self.fates.get(&fate).copied().unwrap_or_default()
    }

    fn all(&self) -> usize {
        self.fates.values().sum()
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [killed, equivalent, checked, proven, survive] =
            [Fate::Killed, Fate::Equivalent, Fate::Checked, Fate::Proven, Fate::Survives].map(|fate| self.of(fate));
        let found = format!("{checked} found by the checks, {proven} by the proof, {equivalent} equivalent, {survive} survive");
        writeln!(f, "{}: {} mutants, {killed} killed by a case, {found}", self.name, self.all())?;
        self.survivors.iter().try_for_each(|survivor| writeln!(f, "    {survivor}"))
    }
}

/// A case of a tree, ready to be walked.
struct Kept {
    sheet: Sheet,
    tried: Tried,
    end: End,
    /// The nodes that its walk passes, by key. A mutation of any other node changes nothing for it.
    passes: BTreeSet<String>,
}

fn kept(closure: &Closure) -> Vec<Kept> {
    let slug = &closure.tree.slug;
    let ready = closure.tree.cases.iter().map(|case| {
        let sheet = Sheet::resolve(&case::statements(closure, case).unwrap_or_else(|message| panic!("{slug}: {}: {message}", case.name)));
        let tried: Tried = case.answers.iter().map(|(key, helped)| (NodeRef::parse(key, slug), *helped)).collect();
        let Walk { path, end } = walk(closure, &sheet, &tried);
        let passes = path.iter().map(|stop| &stop.node).chain(end.node()).map(|node| node.key.clone()).collect();
        Kept { sheet, tried, end, passes }
    });
    ready.collect()
}

/// A tree with what is known of it, to which its mutants are compared.
struct Original {
    closure: Closure,
    cases: Vec<Kept>,
    findings: Vec<Finding>,
}

impl Original {
    /// What became of `mutated`, whose node `key` was changed. What takes least time is asked first.
    fn fate(&self, mutated: &Closure, key: &str) -> Fate {
        let differs = |kept: &Kept| kept.passes.contains(key) && walk(mutated, &kept.sheet, &kept.tried).end != kept.end;
        if self.cases.iter().any(differs) {
            return Fate::Killed;
        }
        let is_new = |finding: &Finding| !self.findings.contains(finding);
        if check::check(&mutated.tree, &mutated.ladders).iter().any(|finding| finding.is_error() && is_new(finding)) {
            return Fate::Checked;
        }
        let is_fork = mutated.tree.node(key).is_some_and(|node| node.kind.fork().is_some());
        if is_fork && proof::same_choice(&self.closure, mutated, key) == Same::Always {
            return Fate::Equivalent;
        }
        if proof::prove(mutated).iter().any(is_new) { Fate::Proven } else { Fate::Survives }
    }
}

/// Puts the mutant into the tree; gives what stood there.
fn put(closure: &mut Closure, node: &str, kind: NodeKind) -> NodeKind {
    let tree = Arc::make_mut(&mut closure.tree);
    let place = tree.nodes.iter_mut().find(|other| other.key == node).expect("the node of a mutant");
    std::mem::replace(&mut place.kind, kind)
}

fn count(name: &'static str, text: &str) -> Count {
    let closure = closure(file::read(text).expect("a shipped tree"));
    let mut mutated = closure.clone();
    let original = Original { cases: kept(&closure), findings: proof::prove(&closure), closure };
    let mut count = Count { name, fates: BTreeMap::new(), survivors: Vec::new() };
    for Mutant { node, change, kind } in mutants::of(&original.closure.tree) {
        let before = put(&mut mutated, &node, kind);
        let fate = original.fate(&mutated, &node);
        put(&mut mutated, &node, before);
        *count.fates.entry(fate).or_default() += 1;
        if fate == Fate::Survives {
            count.survivors.push(format!("{node}, {change}"));
        }
    }
    count
}

#[test]
fn nearly_every_mutation_of_the_shipped_trees_is_noticed() {
    let counts: Vec<Count> = std::thread::scope(|scope| {
        let threads: Vec<_> = STARTER_TREES.iter().map(|&(name, text)| scope.spawn(move || count(name, text))).collect();
        threads.into_iter().map(|thread| thread.join().expect("a tree's mutants are judged")).collect()
    });
    let report: String = counts.iter().map(Count::to_string).collect();
    let (all, survive): (usize, usize) = (counts.iter().map(Count::all).sum(), counts.iter().map(|count| count.of(Fate::Survives)).sum());
    // Past the harness, which keeps what a passing test prints: the survivors are to be read.
    std::io::stderr().write_all(report.as_bytes()).expect("the survivors are printed");
    assert!(all > 1_500 && survive * 100 <= all * 5, "{survive} of {all} mutants survive");
}
