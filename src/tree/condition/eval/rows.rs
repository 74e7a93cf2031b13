//! Tests of one row.

use super::super::action::{Action, Deed};
use super::super::ast::{Attribute, Bound, LevelName, LevelTest, List, Op, Predicate, RowTest, Scale, VersionOf};
use super::super::facts::Facts;
use super::super::truth::Truth;
use crate::tree::fact::{Marks, Row, Value};
use crate::tree::ladder::{Build, Ladder, Place, Slot, Standing};

/// A row that a quantifier looks at, and the rows around it.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct RowScope<'s> {
    /// Its name in the condition.
    pub(in super::super) var: Option<&'s str>,
    /// The list it stands in.
    pub(in super::super) list: List,
    /// Its position in the list.
    pub(in super::super) index: usize,
    /// The row.
    pub(in super::super) row: &'s Row,
    /// The row around.
    pub(in super::super) outer: Option<&'s RowScope<'s>>,
}

impl<'s> RowScope<'s> {
    /// The innermost row called `var`.
    pub(in super::super) fn named(scope: Option<&'s Self>, var: &str) -> Option<&'s Self> {
        std::iter::successors(scope, |row| row.outer).find(|row| row.var == Some(var))
    }
}

/// A machine, and whether it stands in a list.
#[derive(Clone, Copy)]
struct Machine<'s> {
    row: &'s Row,
    in_list: bool,
}

/// The machine that a test is about; `None` if it is not known, or if there is none.
fn machine<'s>(subject: Option<&str>, facts: &Facts<'s>, scope: Option<&'s RowScope<'s>>) -> Option<Machine<'s>> {
    let around = match subject {
        None => Some(scope?),
        Some(name) => RowScope::named(scope, name),
    };
    if let Some(found) = around {
        return Some(Machine { row: found.row, in_list: true });
    }
    match facts.value(subject?) {
        Some(Value::Subject(row)) => Some(Machine { row, in_list: false }),
        _ => None,
    }
}

/// Decides a test of one row.
pub(super) fn test(test: &RowTest, facts: &Facts<'_>, scope: Option<&RowScope<'_>>) -> Truth {
    let Some(machine) = machine(test.subject.as_deref(), facts, scope) else {
        return Truth::Unknown;
    };
    let other = |with: &str| self::machine(Some(with), facts, scope);
    let row = machine.row;
    match &test.predicate {
        Predicate::Level { scale, is } => level(machine, scale, is, facts),
        Predicate::CompareLevel { scale, op, with, with_scale } => match other(with) {
            Some(other) => compare_standings(&standing(machine, scale, facts), *op, &standing(other, with_scale, facts)),
            None => Truth::Unknown,
        },
        Predicate::Text { attribute, differs, value } => same_text(text(row, *attribute), Some(value), *differs),
        Predicate::CompareText { attribute, differs, with } => match other(with) {
            Some(other) => same_text(text(row, *attribute), text(other.row, *attribute), *differs),
            None => Truth::Unknown,
        },
        Predicate::Version { of, op, number } => version(row, of).map_or(Truth::Unknown, |version| compare_versions(version, *op, *number)),
        Predicate::CompareVersion { of, op, with, with_of } => {
            let with = match with {
                None => Some(machine),
                Some(with) => other(with),
            };
            match (version(row, of), with.and_then(|with| version(with.row, with_of))) {
                (Some(here), Some(there)) => compare_stated(here, *op, there),
                _ => Truth::Unknown,
            }
        }
        Predicate::HasFile(file) => find(&row.files, file).map_or(Truth::Unknown, |_| Truth::True),
        Predicate::Hotfix(hotfix) => marked(&row.hotfixes, hotfix),
        Predicate::Role(role) => marked(&row.roles, role),
        Predicate::Did(action) => done(&row.history, action, false),
        Predicate::Doing(action) => done(&row.history, action, true),
        Predicate::Before(first, then) => before(&row.history, first, then),
    }
}

/// Where a machine stands on a scale.
fn standing(machine: Machine<'_>, scale: &Scale, facts: &Facts<'_>) -> Standing {
    let Some(ladder) = facts.ladder(scale) else { return Standing::default() };
    let row = machine.row;
    match scale {
        Scale::Level => ladder.standing(row.level.as_deref(), row.build.as_deref(), machine.in_list),
        Scale::Os => ladder.standing(row.os.as_deref(), None, machine.in_list),
        Scale::Component(name) => ladder.standing(find(&row.components, name), None, machine.in_list),
    }
}

fn level(machine: Machine<'_>, scale: &Scale, is: &LevelTest, facts: &Facts<'_>) -> Truth {
    let Some(ladder) = facts.ladder(scale) else { return Truth::Unknown };
    let standing = standing(machine, scale, facts);
    let decided = match is {
        LevelTest::Is(LevelName { family, level: None }) => ladder.family_at(family).map(|family| standing.test(|place| place.family == family)),
        LevelTest::Is(LevelName { family, level: Some(level) }) => ladder.place(family, level).map(|wanted| standing.test(|place| place == wanted)),
        LevelTest::Within { family, bound, level } => {
            ladder.place(family, level).map(|limit| standing.test(|place| place.family == limit.family && is_within(place.slot, *bound, limit.slot)))
        }
        LevelTest::OlderThan(name) => ends(ladder, name).map(|(lowest, _)| standing.test(|place| place < lowest)),
        LevelTest::NewerThan(name) => ends(ladder, name).map(|(_, highest)| standing.test(|place| place > highest)),
        LevelTest::NewerThanKnown => Some(standing.test(|place| place.slot == Slot::Newer)),
        LevelTest::Behind => Some(standing.test(|place| ladder.is_behind(place))),
        LevelTest::OnEndedLine => Some(standing.test(|place| ladder.is_on_ended_line(place))),
        LevelTest::InEndedFamily => Some(standing.test(|place| ladder.is_in_ended_family(place))),
    };
    decided.flatten().into()
}

fn is_within(slot: Slot, bound: Bound, limit: Slot) -> bool {
    match bound {
        Bound::Below => slot < limit,
        Bound::AtMost => slot <= limit,
        Bound::AtLeast => slot >= limit,
        Bound::Above => slot > limit,
    }
}

/// The lowest and the highest place of a family, or the place of a level twice.
fn ends(ladder: &Ladder, name: &LevelName) -> Option<(Place, Place)> {
    if let Some(level) = &name.level {
        return ladder.place(&name.family, level).map(|place| (place, place));
    }
    let family = ladder.family_at(&name.family)?;
    Some((Place { family, slot: Slot::Older }, Place { family, slot: Slot::Newer }))
}

fn compare_standings(here: &Standing, op: Op, there: &Standing) -> Truth {
    here.test_with(there, |here, there| op.holds(&here, &there)).into()
}

/// The version of the product or of a file, as far as it is known and can be read.
fn version(row: &Row, of: &VersionOf) -> Option<Build> {
    let text = match of {
        VersionOf::Build => row.build.as_deref(),
        VersionOf::File(file) => find(&row.files, file),
    };
    text.and_then(Build::parse)
}

/// Compares a version with a number, which stands for every version that begins with it.
fn compare_versions(version: Build, op: Op, number: Build) -> Truth {
    let not = |holds: Option<bool>| holds.map(|holds| !holds);
    match op {
        Op::Eq => version.is_one_of(&number),
        Op::Ne => not(version.is_one_of(&number)),
        Op::Lt => version.is_below(&number),
        Op::Ge => not(version.is_below(&number)),
        Op::Gt => version.is_above(&number),
        Op::Le => not(version.is_above(&number)),
    }
    .into()
}

/// Compares two stated versions. If one is a shortened form of what the other may be, nothing is known.
fn compare_stated(here: Build, op: Op, there: Build) -> Truth {
    if here != there && (here.covers(&there) || there.covers(&here)) { Truth::Unknown } else { compare_versions(here, op, there) }
}

fn text(row: &Row, attribute: Attribute) -> Option<&String> {
    match attribute {
        Attribute::Name => row.name.as_ref(),
        Attribute::Site => row.site.as_ref(),
        Attribute::Platform => row.platform.as_ref(),
        Attribute::Edition => row.edition.as_ref(),
        Attribute::Language => row.language.as_ref(),
    }
}

fn same_text(here: Option<&String>, there: Option<&String>, differs: bool) -> Truth {
    match (here, there) {
        (Some(here), Some(there)) => (is_same(here, there) != differs).into(),
        _ => Truth::Unknown,
    }
}

/// Whether two names are the same but for case and blanks around them.
fn is_same(here: &str, there: &str) -> bool {
    here.trim().to_lowercase() == there.trim().to_lowercase()
}

/// The value under a name in any case.
fn find<'m>(map: &'m std::collections::BTreeMap<String, String>, name: &str) -> Option<&'m str> {
    map.iter().find(|(key, _)| is_same(key, name)).map(|(_, value)| value.as_str())
}

/// Whether the element was stated; false only if it was offered and left out.
fn marked(marks: &Marks, wanted: &str) -> Truth {
    if marks.stated.iter().any(|element| is_same(element, wanted)) {
        Truth::True
    } else if marks.offered.iter().any(|element| is_same(element, wanted)) {
        Truth::False
    } else {
        Truth::Unknown
    }
}

/// Whether the action was done, or is being done. It was not if it, or the same with less said, was offered and left out.
fn done(history: &Marks, wanted: &Action, in_progress: bool) -> Truth {
    let deeds = |elements: &[String]| -> Vec<Action> {
        elements.iter().filter_map(|element| Deed::parse(element).ok()).filter(|deed| deed.in_progress == in_progress).map(|deed| deed.action).collect()
    };
    let stated = deeds(&history.stated);
    let known = Truth::any(stated.iter().map(|deed| deed.is(wanted).into()));
    if known != Truth::False {
        return known;
    }
    let left_out = |offer: &Action| !stated.iter().any(|deed| deed.is(offer) == Some(true));
    let denied = deeds(&history.offered).iter().any(|offer| left_out(offer) && wanted.is(offer) == Some(true));
    if denied { Truth::False } else { Truth::Unknown }
}

/// Whether both were done, the first of them earlier.
fn before(history: &Marks, first: &Action, then: &Action) -> Truth {
    let both = Truth::all([done(history, first, false), done(history, then, false)]);
    if !both.is_true() {
        return both;
    }
    if !history.in_order {
        return Truth::Unknown;
    }
    let positions = |wanted: &Action| -> Vec<usize> {
        let deeds = history.stated.iter().enumerate().filter_map(|(at, element)| Some((at, Deed::parse(element).ok()?)));
        deeds.filter(|(_, deed)| !deed.in_progress && deed.action.is(wanted) == Some(true)).map(|(at, _)| at).collect()
    };
    match (positions(first).first(), positions(then).last()) {
        (Some(earliest), Some(latest)) => (earliest < latest).into(),
        _ => Truth::Unknown,
    }
}
