//! Lists of machines and single machines: what is wrong with them, cell by cell.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::{MAX_CELL, MAX_ROWS, Problem, shortened};
use crate::tree::fact::{Marks, Row, Rows};
use crate::tree::ladder::{Found, Ladder, Ladders};

/// Checks a list of machines and writes levels in the ladders' own words.
///
/// # Errors
/// No row, too many, two of one name, a missing name, a level or build that the ladder does not know: each at its cell.
pub fn check_rows(rows: Rows, ladders: &Ladders, ladder: &str) -> Result<Rows, Vec<Problem>> {
    if rows.rows.is_empty() {
        return Err(vec![Problem::whole("Name at least one machine, or choose \"I don't know\".")]);
    }
    if rows.rows.len() > MAX_ROWS {
        return Err(vec![Problem::whole(format!("The list has {} rows; {MAX_ROWS} is the limit. Leave out machines that are alike.", rows.rows.len()))]);
    }
    let mut problems = Vec::new();
    let mut first_with: BTreeMap<String, usize> = BTreeMap::new();
    let mut checked = Vec::with_capacity(rows.rows.len());
    for (index, row) in rows.rows.into_iter().enumerate() {
        let (row, mut found) = checked_row(row, Some(index), ladders, ladder);
        match &row.name {
            None => found.push(Problem::cell(index, "name", format!("Row {}: enter a name, or remove the row.", index + 1))),
            Some(name) => {
                if let Some(first) = first_with.get(&name.to_lowercase()) {
                    found.push(Problem::cell(
                        index,
                        "name",
                        format!("Rows {} and {} are both called {name}. Change one name, or remove a row.", first + 1, index + 1),
                    ));
                } else {
                    first_with.insert(name.to_lowercase(), index);
                }
            }
        }
        problems.append(&mut found);
        checked.push(row);
    }
    if problems.is_empty() { Ok(Rows { rows: checked, more: rows.more }) } else { Err(problems) }
}

/// Checks one machine, which need not have a name.
///
/// # Errors
/// As for [`check_rows`], with row 0.
pub fn check_subject(row: Row, ladders: &Ladders, ladder: &str) -> Result<Row, Vec<Problem>> {
    let (row, problems) = checked_row(row, None, ladders, ladder);
    if problems.is_empty() { Ok(row) } else { Err(problems) }
}

/// `number` is the row's place in its list; there is none for a machine by itself, whose messages need not name it.
fn checked_row(row: Row, number: Option<usize>, ladders: &Ladders, ladder: &str) -> (Row, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut row = tidied(row);
    let index = number.unwrap_or_default();
    let named =
        number.map(|index| row.name.as_deref().map_or_else(|| format!("Row {}: ", index + 1), |name| format!("{}: ", shortened(name)))).unwrap_or_default();
    let texts = [
        ("name", &row.name),
        ("level", &row.level),
        ("build", &row.build),
        ("site", &row.site),
        ("os", &row.os),
        ("platform", &row.platform),
        ("edition", &row.edition),
        ("language", &row.language),
    ];
    for (cell, text) in texts {
        if text.as_ref().is_some_and(|text| text.chars().count() > MAX_CELL) {
            problems.push(Problem::cell(index, cell, format!("{named}This has more than {MAX_CELL} characters. Shorten it.")));
        }
    }
    if !problems.is_empty() {
        return (row, problems);
    }
    if let Some(typed) = row.level.take() {
        match find(ladders.get(ladder).map(AsRef::as_ref), &typed) {
            Ok(Found::Level(level)) => row.level = Some(level),
            Ok(Found::Build(build)) => row.build = row.build.take().or(Some(build)),
            Err(message) => {
                row.level = Some(typed);
                problems.push(Problem::cell(index, "level", format!("{named}{message}")));
            }
        }
    }
    if let Some(typed) = row.os.take() {
        match find(ladders.get("windows").map(AsRef::as_ref), &typed) {
            Ok(Found::Level(level)) => row.os = Some(level),
            Ok(Found::Build(build)) => row.os = Some(build),
            Err(message) => {
                row.os = Some(typed);
                problems.push(Problem::cell(index, "os", format!("{named}{message}")));
            }
        }
    }
    (row, problems)
}

fn find(ladder: Option<&Ladder>, typed: &str) -> Result<Found, String> {
    let Some(ladder) = ladder else { return Ok(Found::Level(typed.to_owned())) };
    ladder.find(typed).map_err(|error| error.to_string())
}

/// Trims every cell; an empty one is unknown.
fn tidied(row: Row) -> Row {
    let trim = |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    Row {
        name: trim(row.name),
        level: trim(row.level),
        build: trim(row.build),
        site: trim(row.site),
        os: trim(row.os),
        platform: trim(row.platform),
        edition: trim(row.edition),
        language: trim(row.language),
        roles: marks(row.roles),
        hotfixes: marks(row.hotfixes),
        history: marks(row.history),
        ..row
    }
}

fn marks(marks: Marks) -> Marks {
    let tidy = |items: Vec<String>| items.into_iter().map(|item| item.trim().to_owned()).filter(|item| !item.is_empty()).collect();
    Marks { stated: tidy(marks.stated), offered: tidy(marks.offered), in_order: marks.in_order }
}

pub(super) fn rows_from(json: &Json) -> Result<Rows, Problem> {
    let (items, more) = match json {
        Json::Array(items) => (items.as_slice(), false),
        Json::Object(fields) => match fields.get("rows") {
            Some(Json::Array(items)) => (items.as_slice(), fields.get("more").and_then(Json::as_bool).unwrap_or(false)),
            _ => return Err(Problem::whole(ROWS_SHAPE)),
        },
        _ => return Err(Problem::whole(ROWS_SHAPE)),
    };
    let rows = items.iter().map(row_from).collect::<Result<_, _>>()?;
    Ok(Rows { rows, more })
}

const ROWS_SHAPE: &str = "Give a list such as [{\"name\": \"EX01\", \"version\": \"5.0 SP2\"}].";

pub(super) fn row_from(json: &Json) -> Result<Row, Problem> {
    super::record_from(json).map_err(|error| Problem::whole(format!("A server looks like {{\"name\": \"EX01\", \"version\": \"5.0 SP2\"}}: {error}.")))
}
