//! The table that a ladder is kept in: comma-separated, one level a line, in order.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Build, Family, FamilyKind, Ladder, Release};

/// What is wrong with a ladder's table.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {message}")]
pub struct LadderError {
    /// The line in the table, from 1.
    pub line: u64,
    /// The column, by its name; `None` where the line as a whole is meant.
    pub column: Option<&'static str>,
    /// What is wrong and what belongs there.
    pub message: String,
}

/// A mistake in a line: the column, and what is wrong.
type Mistake = (Option<&'static str>, String);

/// One line of the table.
#[derive(Serialize, Deserialize)]
struct Line {
    family: String,
    #[serde(default)]
    kind: String,
    line: String,
    update: Option<String>,
    level: String,
    build: Option<String>,
    released: Option<String>,
    kb: Option<String>,
}

impl Ladder {
    /// Reads a ladder's table. Its first line names the columns: `family,kind,line,update,level,build,released,kb`.
    ///
    /// # Errors
    /// The first mistake, with its line.
    pub fn from_csv(key: &str, product: &str, text: &str) -> Result<Self, LadderError> {
        Self::from_lines(key, product, read(text)?)
    }

    /// Reads a table from elsewhere, which may lack the column `kind`: a family that `known` has keeps its kind, any other one is kept by updates if its
    /// table names cumulative updates or rollups.
    ///
    /// # Errors
    /// As for [`Ladder::from_csv`].
    pub fn import_csv(key: &str, product: &str, text: &str, known: Option<&Self>) -> Result<Self, LadderError> {
        let mut lines = read(text)?;
        let has_updates: BTreeSet<String> = lines.iter().filter(|(_, line)| names_update(&line.level)).map(|(_, line)| line.family.to_lowercase()).collect();
        for (_, line) in lines.iter_mut().filter(|(_, line)| line.kind.is_empty()) {
            let guess = if has_updates.contains(&line.family.to_lowercase()) { FamilyKind::Updates } else { FamilyKind::ServicePacks };
            let kind = known.and_then(|known| known.family(&line.family)).map_or(guess, |family| family.kind);
            kind.as_str().clone_into(&mut line.kind);
        }
        Self::from_lines(key, product, lines)
    }

    /// The ladder of these families, in this order.
    ///
    /// # Errors
    /// The first mistake; its line is that of the level in the table that [`Ladder::to_csv`] would write.
    pub fn from_families(key: &str, product: &str, families: &[Family]) -> Result<Self, LadderError> {
        let levels = families.iter().flat_map(|family| family.releases.iter().map(move |release| Line::new(family, release)));
        Self::from_lines(key, product, (2..).zip(levels).collect())
    }

    fn from_lines(key: &str, product: &str, lines: Vec<(u64, Line)>) -> Result<Self, LadderError> {
        let mut families: Vec<Family> = Vec::new();
        for (number, line) in lines {
            add(&mut families, line).map_err(|(column, message)| LadderError { line: number, column, message })?;
        }
        if families.is_empty() {
            return Err(LadderError { line: 1, column: None, message: "the ladder has no levels".to_owned() });
        }
        Ok(Self::new(key, product, families))
    }

    /// Writes the ladder's table; reading it back gives the same ladder.
    #[must_use]
    pub fn to_csv(&self) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        for (family, _, release) in self.levels() {
            // Writing to memory cannot fail, and every line has the same columns.
            let _ = writer.serialize(Line::new(family, release));
        }
        let bytes = writer.into_inner().unwrap_or_default();
        String::from_utf8(bytes).unwrap_or_default()
    }
}

impl Line {
    fn new(family: &Family, release: &Release) -> Self {
        let Release { line, update, level, build, released, kb } = release.clone();
        Self { family: family.name.clone(), kind: family.kind.as_str().to_owned(), line, update, level, build, released, kb }
    }
}

/// The lines of a table, each with its number.
fn read(text: &str) -> Result<Vec<(u64, Line)>, LadderError> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let head = reader.headers().map_err(|error| unreadable(&error, 1))?.clone();
    let mut lines = Vec::new();
    let mut last = 1;
    for record in reader.records() {
        let record = record.map_err(|error| unreadable(&error, last))?;
        last = record.position().map_or(last + 1, csv::Position::line);
        let line = record.deserialize(Some(&head)).map_err(|error| unreadable(&error, last))?;
        lines.push((last, line));
    }
    Ok(lines)
}

fn unreadable(error: &csv::Error, last: u64) -> LadderError {
    let line = error.position().map_or(last, csv::Position::line);
    let message = match error.kind() {
        csv::ErrorKind::Deserialize { err, .. } => format!("{err} (the columns are family,kind,line,update,level,build,released,kb)"),
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => format!("{len} fields where the first line names {expected_len}"),
        _ => "the line cannot be read as comma-separated text in UTF-8".to_owned(),
    };
    LadderError { line, column: None, message }
}

/// Adds a line to the family it names, which is the last one or a new one.
fn add(families: &mut Vec<Family>, line: Line) -> Result<(), Mistake> {
    let kind = FamilyKind::parse(&line.kind).ok_or_else(|| (Some("kind"), format!("the kind is service_packs or updates, not \"{}\"", line.kind)))?;
    check(&line)?;
    let is_last = families.last().is_some_and(|family| family.name.eq_ignore_ascii_case(&line.family));
    if !is_last {
        if families.iter().any(|family| family.name.eq_ignore_ascii_case(&line.family)) {
            return Err((Some("family"), format!("the levels of family \"{}\" must stand together", line.family)));
        }
        families.push(Family { name: line.family.clone(), kind, releases: Vec::new() });
    }
    let Some(family) = families.last_mut() else { return Ok(()) };
    if family.kind != kind {
        return Err((Some("kind"), format!("family \"{}\" is {} in the lines above", family.name, family.kind.as_str())));
    }
    if family.releases.iter().any(|release| release.level.eq_ignore_ascii_case(&line.level)) {
        return Err((Some("level"), format!("level \"{}\" of family \"{}\" stands in the lines above", line.level, family.name)));
    }
    let Line { line, update, level, build, released, kb, .. } = line;
    family.releases.push(Release { line, update, level, build, released, kb });
    Ok(())
}

/// Whether a level is that of a cumulative, security or hotfix update or of a rollup, such as `CU14`, `SP3 RU4` or `RTM Aug25SU`.
fn names_update(level: &str) -> bool {
    let numbered = |word: &str| ["CU", "RU"].iter().any(|kind| word.strip_prefix(kind).is_some_and(|number| number.parse::<u16>().is_ok()));
    let dated = |word: &str| ["SU", "HU"].iter().any(|kind| word.split_once(kind).is_some_and(|(month, _)| month.ends_with(|c: char| c.is_ascii_digit())));
    level.split_whitespace().any(|word| numbered(word) || dated(word))
}

fn check(line: &Line) -> Result<(), Mistake> {
    for (column, text) in [("family", &line.family), ("level", &line.level)] {
        if text.is_empty() {
            return Err((Some(column), format!("the {column} is missing")));
        }
    }
    if let Some(build) = line.build.as_deref().filter(|build| Build::parse(build).is_none()) {
        return Err((Some("build"), format!("the build is two to four numbers joined by dots, not \"{build}\"")));
    }
    match line.released.as_deref() {
        Some(day) if !is_day_or_month(day) => Err((Some("released"), format!("the release date is written YYYY-MM-DD or YYYY-MM, not \"{day}\""))),
        _ => Ok(()),
    }
}

fn is_day_or_month(text: &str) -> bool {
    let digits = |part: &str, length| part.len() == length && part.bytes().all(|b| b.is_ascii_digit());
    match text.split('-').collect::<Vec<_>>().as_slice() {
        [year, month] => digits(year, 4) && digits(month, 2),
        [year, month, day] => digits(year, 4) && digits(month, 2) && digits(day, 2),
        _ => false,
    }
}
