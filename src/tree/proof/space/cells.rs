//! The values of one attribute of a machine that the proof tells apart.

use super::asked::{Asked, Tests};
use super::builds;
use crate::tree::condition::ast::{Expr, List, Predicate, Quantifier, Range, RowTest, Who};
use crate::tree::condition::{Condition, Truth};
use crate::tree::fact::Row;
use crate::tree::ladder::{Build, Ladder, WINDOWS};
use crate::tree::proof::point::Ground;

/// A value of one attribute, or of the level and the build, which are one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cell {
    /// The level and the build.
    Level(Option<String>, Option<String>),
    Os(String),
    Component(String, String),
    /// An attribute that holds a text.
    Text(&'static str, String),
    File(String, String),
    /// A hotfix, which was applied or not.
    Hotfix(String, bool),
    /// A role, which the machine has or not.
    Role(String, bool),
    /// The deeds that were done, in order, and all that were asked for.
    History(Vec<String>, Vec<String>),
    /// Nothing is known.
    Unknown,
}

impl Cell {
    /// Writes the value into a row.
    pub(super) fn write(&self, row: &mut Row) {
        let mark = |marks: &mut crate::tree::fact::Marks, name: &String, is_there: bool| {
            marks.offered.push(name.clone());
            marks.stated.extend(is_there.then(|| name.clone()));
        };
        match self {
            Self::Level(level, build) => (row.level, row.build) = (level.clone(), build.clone()),
            Self::Os(os) => row.os = Some(os.clone()),
            Self::Component(name, level) => {
                row.components.insert(name.clone(), level.clone());
            }
            Self::Text(attribute, text) => match *attribute {
                "name" => row.name = Some(text.clone()),
                "site" => row.site = Some(text.clone()),
                "platform" => row.platform = Some(text.clone()),
                "edition" => row.edition = Some(text.clone()),
                _ => row.language = Some(text.clone()),
            },
            Self::File(name, version) => {
                row.files.insert(name.clone(), version.clone());
            }
            Self::Hotfix(name, is_there) => mark(&mut row.hotfixes, name, *is_there),
            Self::Role(name, is_there) => mark(&mut row.roles, name, *is_there),
            Self::History(done, asked) => {
                row.history.stated.clone_from(done);
                row.history.offered.clone_from(asked);
                row.history.in_order = true;
            }
            Self::Unknown => {}
        }
    }
}

/// The values of one attribute: those that are known first.
#[derive(Debug, Clone)]
pub(super) struct Dimension {
    pub(super) cells: Vec<Cell>,
    /// How many of them say all that is asked; the others leave something open.
    pub(super) known: usize,
}

impl Dimension {
    fn new(mut known: Vec<Cell>, vague: Vec<Cell>) -> Self {
        let count = known.len();
        known.extend(vague);
        Self { cells: known, known: count }
    }
}

/// Most actions whose orders are enumerated.
const MOST_DEEDS: usize = 6;

/// The attributes that are asked for, each with its values; `None` where there are too many to enumerate.
pub(super) fn dimensions(ground: &Ground<'_>, asked: &Asked, in_list: bool) -> Option<Vec<Dimension>> {
    let mut found = Vec::new();
    let product = ground.ladder();
    if let Some(tests) = &asked.level {
        let candidates = product.map(|ladder| levels(ladder, asked.builds.as_deref())).unwrap_or_default();
        found.push(merged(ground, tests, candidates, in_list));
    }
    if let Some(tests) = &asked.os {
        let windows = ground.closure.ladders.get(WINDOWS);
        let candidates = windows.map(|ladder| texts_of_levels(ladder).into_iter().map(Cell::Os).collect()).unwrap_or_default();
        found.push(merged(ground, tests, candidates, in_list));
    }
    for (name, tests) in &asked.components {
        let texts = product.map(texts_of_levels).unwrap_or_default();
        let candidates = texts.into_iter().map(|level| Cell::Component(name.clone(), level)).collect();
        found.push(merged(ground, tests, candidates, in_list));
    }
    found.extend(asked.texts.iter().map(|(attribute, (values, is_compared))| texts(attribute, values, *is_compared)));
    found.extend(files(asked));
    let mark = |name: &String, cell: fn(String, bool) -> Cell| Dimension::new(vec![cell(name.clone(), false), cell(name.clone(), true)], vec![Cell::Unknown]);
    found.extend(without_repeats(&asked.hotfixes).iter().map(|name| mark(name, Cell::Hotfix)));
    found.extend(without_repeats(&asked.roles).iter().map(|name| mark(name, Cell::Role)));
    if !asked.deeds.is_empty() {
        found.push(history(&without_repeats(&asked.deeds), asked.has_order)?);
    }
    Some(found)
}

/// Every level of the ladder with its build, what lies between two releases, and what is newer than the ladder knows.
fn levels(ladder: &Ladder, builds: Option<&[Build]>) -> Vec<Cell> {
    let mut cells: Vec<Cell> = Vec::new();
    for (_, level, release) in ladder.levels() {
        cells.push(Cell::Level(Some(level), release.build.clone().filter(|_| builds.is_some())));
    }
    cells.extend(builds.into_iter().flat_map(builds::around).map(|build| Cell::Level(None, Some(build))));
    let mut between = Vec::new();
    for family in ladder.families() {
        let known: Vec<&str> = family.releases.iter().filter_map(|release| release.build.as_deref()).collect();
        between.extend(known.iter().filter_map(|build| builds::right_after(build)));
        between.extend(known.first().and_then(|build| builds::right_before(build)));
        between.extend(known.last().and_then(|build| builds::well_above(build)));
        cells.push(Cell::Level(Some(family.name.clone()), None));
    }
    cells.extend(between.into_iter().map(|build| Cell::Level(None, Some(build))));
    cells
}

fn texts_of_levels(ladder: &Ladder) -> Vec<String> {
    ladder.levels().map(|(_, level, _)| level).chain(ladder.families().iter().map(|family| family.name.clone())).collect()
}

/// Keeps one value of those that all tests of the attribute answer alike; where machines are compared the outer two, since between them lies nothing that a
/// test could tell apart.
fn merged(ground: &Ground<'_>, tests: &Tests, candidates: Vec<Cell>, in_list: bool) -> Dimension {
    let conditions = alone(&tests.alone, in_list);
    let mut known: Vec<(Vec<Truth>, Cell)> = Vec::new();
    let mut vague: Vec<(Vec<Truth>, Cell)> = Vec::new();
    for cell in candidates {
        let mut row = Row::default();
        cell.write(&mut row);
        let answers = ground.answers(&conditions, row, in_list);
        let is_known = !answers.contains(&Truth::Unknown) && (!tests.is_compared || is_one_level(&cell));
        let class = if is_known { &mut known } else { &mut vague };
        let alike = class.iter().filter(|(other, _)| *other == answers).count();
        match class.iter_mut().filter(|(other, _)| *other == answers).nth(1) {
            Some(second) if tests.is_compared => second.1 = cell,
            _ if alike == 0 || tests.is_compared => class.push((answers, cell)),
            _ => {}
        }
    }
    let cells = |class: Vec<(Vec<Truth>, Cell)>| class.into_iter().map(|(_, cell)| cell);
    Dimension::new(cells(known).collect(), cells(vague).chain([Cell::Unknown]).collect())
}

/// The tests as conditions about the only row of a list, or about one machine.
fn alone(tests: &[Predicate], in_list: bool) -> Vec<Condition> {
    let test = |predicate: &Predicate, subject| Expr::Row(RowTest { subject, predicate: predicate.clone() });
    let some = |body| {
        let rows = Range { list: List::Servers, who: Who::Everyone, var: None, filter: None };
        Expr::Quantified { how: Quantifier::Some, rows, body: Box::new(body) }
    };
    let whole = |predicate| if in_list { some(test(predicate, None)) } else { test(predicate, Some("admin".to_owned())) };
    tests.iter().map(|predicate| Condition::of(whole(predicate))).collect()
}

/// Whether the cell stands in one place of its ladder, so that it can be compared.
fn is_one_level(cell: &Cell) -> bool {
    match cell {
        Cell::Level(level, _) => level.as_ref().is_some_and(|level| level.contains(' ')),
        _ => true,
    }
}

fn texts(attribute: &'static str, values: &[String], is_compared: bool) -> Dimension {
    let mut known = without_repeats(values);
    let others = ["OTHER", "THIRD", "FOURTH", "FIFTH"].iter().map(|other| (*other).to_owned());
    let fresh: Vec<String> = others.filter(|other| !known.iter().any(|value| value.eq_ignore_ascii_case(other))).collect();
    known.extend(fresh.into_iter().take(if is_compared { 2 } else { 1 }));
    // A name that is not asked for is given when the list is put together.
    let cell = |text: String| if attribute == "name" && !values.contains(&text) { Cell::Unknown } else { Cell::Text(attribute, text) };
    let vague = if attribute == "name" { Vec::new() } else { vec![Cell::Unknown] };
    let mut cells: Vec<Cell> = known.into_iter().map(cell).collect();
    cells.dedup();
    Dimension::new(cells, vague)
}

/// The versions of files. All files share their cut points, since they may be compared with each other.
fn files(asked: &Asked) -> Vec<Dimension> {
    let mut points: Vec<Build> = asked.files.values().flatten().chain(asked.builds.iter().flatten()).copied().collect();
    if points.is_empty() {
        points.extend(["1.0.0.1", "1.0.0.3"].iter().filter_map(|build| Build::parse(build)));
    }
    let versions = builds::around(&points);
    let of = |file: &String| versions.iter().map(|version| Cell::File(file.clone(), version.clone())).collect();
    asked.files.keys().map(|file| Dimension::new(of(file), vec![Cell::Unknown])).collect()
}

/// Every set of deeds, in every order if that is asked for.
fn history(deeds: &[String], has_order: bool) -> Option<Dimension> {
    if deeds.len() > MOST_DEEDS {
        return None;
    }
    let mut sets: Vec<Vec<String>> = vec![Vec::new()];
    let mut longest = sets.clone();
    for _ in deeds {
        let mut longer: Vec<Vec<String>> = Vec::new();
        for set in &longest {
            let last = set.last().and_then(|last| deeds.iter().position(|deed| deed == last));
            let may_follow = |at: usize| has_order || last.is_none_or(|last| at > last);
            longer.extend(deeds.iter().enumerate().filter(|(at, deed)| may_follow(*at) && !set.contains(deed)).map(|(_, deed)| {
                let mut set = set.clone();
                set.push(deed.clone());
                set
            }));
        }
        sets.extend(longer.iter().cloned());
        longest = longer;
    }
    Some(Dimension::new(sets.into_iter().map(|done| Cell::History(done, deeds.to_vec())).collect(), vec![Cell::Unknown]))
}

fn without_repeats(texts: &[String]) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for text in texts {
        if !kept.iter().any(|other| other.eq_ignore_ascii_case(text)) {
            kept.push(text.clone());
        }
    }
    kept
}
