//! Small trees in one line a node, and walks along them, for tests.

use std::fmt::Write as _;
use std::sync::Arc;

use crate::tree::closure::{Closure, NodeRef};
use crate::tree::model::NodeKind;
use crate::tree::walk::{End, How, Stop, Taken, Walk};

/// Reads a tree. One line a node: `key kind Title : label>target, label>target, target`, where kind is `?` (question), `/` (route), `!` (outcome),
/// `^` (hand-over) or `@slug` (jump). The last target is that of `otherwise` and `unknown`; an outcome's only target is where it goes on.
pub(super) fn tree(lines: &str) -> Closure {
    let mut yaml = String::from("format: fixpath/1\nslug: sample\ntitle: Sample\nsummary: For tests.\nproducts: [Test]\napplies_to: all\nladder: exchange\n");
    let mut start = true;
    for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (head, targets) = line.split_once(" : ").unwrap_or((line, ""));
        let mut words = head.splitn(3, ' ');
        let (key, kind, title) = (words.next().unwrap(), words.next().unwrap(), words.next().unwrap_or("Untitled"));
        if std::mem::take(&mut start) {
            write!(yaml, "start: {key}\nnodes:\n").unwrap();
        }
        let targets: Vec<(Option<&str>, &str)> = targets
            .split(", ")
            .filter(|target| !target.is_empty())
            .map(|target| target.split_once('>').map_or((None, target), |(label, to)| (Some(label), to)))
            .collect();
        write!(yaml, "- key: {key}\n  title: \"{title}\"\n{}", body(key, kind, &targets)).unwrap();
    }
    let tree = crate::tree::file::read(&yaml).unwrap_or_else(|error| panic!("{error}\n{yaml}"));
    Closure::single(Arc::new(tree), Arc::default())
}

fn body(key: &str, kind: &str, targets: &[(Option<&str>, &str)]) -> String {
    let end = targets.last().map_or("", |(_, to)| to);
    match kind {
        "!" | "^" => {
            let verdict = if kind == "^" { "hand_over" } else { "fix" };
            let next = if end.is_empty() { String::new() } else { format!("    did_not_help: {end}\n") };
            format!("  outcome:\n    verdict: {verdict}\n    headline: Fixed\n    cause: Known.\n{next}")
        }
        "?" | "/" => {
            let fact = format!("{key}_fact");
            let head = if kind == "?" { format!("  question:\n    fact: {fact}\n    ask: number\n    prompt: Which?\n") } else { "  route:\n".to_owned() };
            let mut branches = String::new();
            for (at, (label, to)) in targets.iter().filter(|(label, _)| label.is_some()).enumerate() {
                write!(branches, "    - when: {fact} = {at}\n      label: \"{}\"\n      to: {to}\n", label.unwrap_or_default()).unwrap();
            }
            let branches = if branches.is_empty() { "    branches: []\n".to_owned() } else { format!("    branches:\n{branches}") };
            format!("{head}{branches}    otherwise: {end}\n    unknown: {end}\n")
        }
        jump => format!("  jump:\n    tree: {}\n", jump.trim_start_matches('@')),
    }
}

/// The guide of the mock-ups.
pub(super) fn mock_up() -> Closure {
    tree(
        "text ? Error text : ext
        ext / Extension named : SMTP>event, Wireless>restore, DSAVUADM>dsav, none
        restore ? Rebuilt or recovered? : yes>wireless, none
        wireless ! Remove “Wireless” value
        dsav ! Remove DSAVUADM leftover
        event ? Event : 2037>servers, none
        servers ? Server versions : 5.0: SP2 + below>level, 5.5 and 5.0>repl, all alike>dll, none
        level ! Level the generators : dll
        repl ! Replicate 5.5 imcadmin.dll
        dll ? imcadmin.dll in place? : missing>putback, none
        putback ! Put imcadmin.dll back
        none ^ Hand over",
    )
}

/// A walk that takes the branch `picks[0]` at the first node, and so on; a number beyond the branches takes `otherwise`.
pub(super) fn walk(closure: &Closure, picks: &[usize]) -> Walk {
    let mut key = closure.tree.start.clone();
    let mut path = Vec::new();
    for pick in picks {
        let node = closure.tree.node(&key).unwrap();
        let Some(fork) = node.kind.fork() else { break };
        let branch = fork.branches.get(*pick);
        let taken = branch.map_or(Taken::Otherwise, |_| Taken::Branch(*pick));
        let how = if matches!(node.kind, NodeKind::Route(_)) { How::Routed } else { How::Answered };
        path.push(Stop { node: at(&key), how, taken });
        key = branch.map_or(&fork.otherwise, |branch| &branch.to).clone();
    }
    let end = match &closure.tree.node(&key).unwrap().kind {
        NodeKind::Outcome(_) => End::Outcome { node: at(&key), solved: false },
        _ => End::Question { node: at(&key), prefill: None },
    };
    Walk { path, end }
}

/// The node `key` of the sample.
pub(super) fn at(key: &str) -> NodeRef {
    NodeRef::new("sample", key)
}

/// A tree of `count` nodes whose shape follows from `seed`: each node leads to later ones, so that it has no circles.
pub(super) fn random(count: usize, seed: u64) -> Closure {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).unwrap() % below
    };
    let mut lines = String::new();
    for number in 0..count {
        let later = count - number - 1;
        if later == 0 || number > 0 && next(3) == 0 {
            writeln!(lines, "n{number} ! Outcome number {number}").unwrap();
            continue;
        }
        let kind = if next(2) == 0 { "?" } else { "/" };
        let branches: Vec<String> = (0..=next(4)).map(|at| format!("label {at}>n{}", number + 1 + next(later.min(30)))).collect();
        let otherwise = if next(2) == 0 { "none".to_owned() } else { format!("n{}", number + 1 + next(later)) };
        writeln!(lines, "n{number} {kind} Node {number} has a title : {}, {otherwise}", branches.join(", ")).unwrap();
    }
    tree(&format!("{lines}none ^ Hand over"))
}
