//! The gate before publishing: what must hold of a draft, as a list of checks that pass, warn or fail.
//!
//! Everybody who publishes asks it: the page, the API, and the task that publishes at a time that was set.

use std::collections::{BTreeMap, BTreeSet};

use super::check::{Finding, Place, What};
use super::difference;
use super::model::{NodeKind, Tree};
use super::report::Report;

/// How a check went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// It holds.
    Pass,
    /// The author should look; publishing goes on.
    Warn,
    /// The draft must not be published.
    Fail,
}

impl Verdict {
    /// The word that pages and the JSON API use.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Warn => "warn",
            Self::Fail => "fail",
        }
    }
}

/// One check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// How it went.
    pub verdict: Verdict,
    /// What holds or does not, in one sentence without a full stop.
    pub title: String,
    /// What it is about, one by one.
    pub lines: Vec<Line>,
}

/// One thing that a check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The node it is about; `None` for the tree as a whole.
    pub node: Option<String>,
    /// What is wrong and what to do.
    pub text: String,
    /// The case that can be accepted as it now comes out.
    pub case: Option<ChangedCase>,
}

/// A case that comes to another end than it expects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedCase {
    /// The case's name.
    pub name: String,
    /// The key of the outcome that it comes to, or `hand_over`.
    pub got: String,
}

/// The checks on one draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gate {
    /// In the order that pages show them.
    pub checks: Vec<Check>,
}

impl Gate {
    /// Examines `draft`, on which `report` was made. `live` is the version that visitors walk now, with its number.
    #[must_use]
    pub fn new(draft: &Tree, report: &Report, live: Option<(i64, &Tree)>) -> Self {
        let errors = |wanted: &dyn Fn(&Finding) -> bool| -> Vec<Line> {
            report.findings.iter().filter(|finding| finding.is_error() && wanted(finding)).map(|finding| line(draft, report, finding)).collect()
        };
        let is_jump = |finding: &Finding| finding.what == What::BadJump;
        let is_case = |finding: &Finding| matches!(finding.what, What::FailingCase | What::BadCase);
        let mut checks = vec![check(
            Verdict::Fail,
            "The tree has no errors".to_owned(),
            |count| format!("The tree has {}", counted(count, "error")),
            errors(&|finding| !is_jump(finding) && !is_case(finding)),
        )];
        if draft.nodes.iter().any(|node| matches!(node.kind, NodeKind::Jump(_))) {
            let failed = |count| format!("{} to no published guide", if count == 1 { "A jump leads".to_owned() } else { format!("{count} jumps lead") });
            checks.push(check(Verdict::Fail, "Every jump leads to a published guide".to_owned(), failed, errors(&is_jump)));
        }
        checks.push(cases(draft, errors(&is_case)));
        let warnings: Vec<&Finding> = report.findings.iter().filter(|finding| !finding.is_error()).collect();
        checks.push(check(
            Verdict::Warn,
            "There are no warnings".to_owned(),
            |count| format!("There {} {}", if count == 1 { "is" } else { "are" }, counted(count, "warning")),
            warnings.iter().map(|finding| line(draft, report, finding)).collect(),
        ));
        checks.push(changes(draft, live));
        Self { checks }
    }

    /// The worst of the checks.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        self.checks.iter().map(|check| check.verdict).max().unwrap_or(Verdict::Pass)
    }

    /// Whether the draft may be published if the cases with these names are accepted as they now come out.
    #[must_use]
    pub fn opens(&self, accepted: &BTreeSet<String>) -> bool {
        self.failed().all(|line| line.case.as_ref().is_some_and(|case| accepted.contains(&case.name)))
    }

    /// What the checks that fail are about.
    pub fn failed(&self) -> impl Iterator<Item = &Line> {
        self.checks.iter().filter(|check| check.verdict == Verdict::Fail).flat_map(|check| &check.lines)
    }

    /// The cases that can be accepted as they now come out.
    pub fn changed_cases(&self) -> impl Iterator<Item = &ChangedCase> {
        self.checks.iter().flat_map(|check| &check.lines).filter_map(|line| line.case.as_ref())
    }

    /// `draft` with the accepted cases expecting what they now come to.
    #[must_use]
    pub fn accept(&self, draft: &Tree, accepted: &BTreeSet<String>) -> Tree {
        let got: BTreeMap<&str, &str> = self.changed_cases().map(|case| (case.name.as_str(), case.got.as_str())).collect();
        let mut tree = draft.clone();
        for case in tree.cases.iter_mut().filter(|case| accepted.contains(&case.name)) {
            if let Some(got) = got.get(case.name.as_str()) {
                case.expect = (*got).to_owned();
            }
        }
        tree
    }

    /// Why the draft must not be published, in one text; empty if it may.
    #[must_use]
    pub fn refusal(&self) -> String {
        let failed = self.checks.iter().filter(|check| check.verdict == Verdict::Fail);
        failed.map(|check| format!("{}.", check.title)).collect::<Vec<_>>().join(" ")
    }
}

/// A check that holds if it has no lines.
fn check(otherwise: Verdict, holds: String, fails: impl Fn(usize) -> String, lines: Vec<Line>) -> Check {
    match lines.len() {
        0 => Check { verdict: Verdict::Pass, title: holds, lines },
        count => Check { verdict: otherwise, title: fails(count), lines },
    }
}

fn line(draft: &Tree, report: &Report, finding: &Finding) -> Line {
    let name = match (&finding.what, &finding.place) {
        (What::FailingCase, Some(Place::Case(name))) => Some(name),
        _ => None,
    };
    let ran = name.and_then(|name| report.cases.iter().find(|case| case.name == *name));
    // A walk that stops at a question, or facts that cannot be read, are no result that could be expected.
    let case = ran.filter(|ran| is_end(draft, &ran.got)).map(|ran| ChangedCase { name: ran.name.clone(), got: ran.got.clone() });
    Line { node: finding.node.clone(), text: finding.message.clone(), case }
}

/// Whether a case may expect `key`.
fn is_end(draft: &Tree, key: &str) -> bool {
    let is_own = draft.node(key).is_some_and(|node| matches!(node.kind, NodeKind::Outcome(_)));
    is_own || key == super::case::HAND_OVER || key.split_once('.').is_some_and(|(slug, _)| super::check::is_slug(slug))
}

fn cases(draft: &Tree, lines: Vec<Line>) -> Check {
    if draft.cases.is_empty() {
        let title = "There are no cases, so nothing shows that the guide still does what it did".to_owned();
        return Check { verdict: Verdict::Warn, title, lines };
    }
    let holds = match draft.cases.len() {
        1 => "The one case comes to what it expects".to_owned(),
        count => format!("All {count} cases come to what they expect"),
    };
    check(
        Verdict::Fail,
        holds,
        |count| format!("{} to something else than expected", if count == 1 { "A case comes".to_owned() } else { format!("{count} cases come") }),
        lines,
    )
}

fn changes(draft: &Tree, live: Option<(i64, &Tree)>) -> Check {
    let Some((number, tree)) = live else {
        return Check { verdict: Verdict::Pass, title: "This is the first version".to_owned(), lines: Vec::new() };
    };
    match difference::sentences(tree, draft).len() {
        0 => Check { verdict: Verdict::Warn, title: format!("Nothing has changed since version {number}"), lines: Vec::new() },
        count => Check { verdict: Verdict::Pass, title: format!("{} since version {number}", counted(count, "change")), lines: Vec::new() },
    }
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("one {what}") } else { format!("{count} {what}s") }
}

#[cfg(test)]
mod tests;
