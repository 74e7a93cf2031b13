//! The table that a ladder is kept in: comma-separated, one level a line, in order.

use serde::{Deserialize, Serialize};

use super::{Build, Family, FamilyKind, Ladder, Release};

/// What is wrong with a ladder's table.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {message}")]
pub struct LadderError {
    /// The line in the table, from 1.
    pub line: u64,
    /// What is wrong and what belongs there.
    pub message: String,
}

/// One line of the table.
#[derive(Serialize, Deserialize)]
struct Line {
    family: String,
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
        let mut families: Vec<Family> = Vec::new();
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
        let mut last = 1;
        for line in reader.deserialize::<Line>() {
            let line = line.map_err(|error| unreadable(&error, last))?;
            last += 1;
            add(&mut families, line).map_err(|message| LadderError { line: last, message })?;
        }
        if families.is_empty() {
            return Err(LadderError { line: last, message: "the ladder has no levels".to_owned() });
        }
        Ok(Self::new(key, product, families))
    }

    /// Writes the ladder's table; reading it back gives the same ladder.
    #[must_use]
    pub fn to_csv(&self) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        for (family, _, release) in self.levels() {
            let Release { line, update, level, build, released, kb } = release.clone();
            let line = Line { family: family.name.clone(), kind: family.kind.as_str().to_owned(), line, update, level, build, released, kb };
            // Writing to memory cannot fail, and every line has the same columns.
            let _ = writer.serialize(line);
        }
        let bytes = writer.into_inner().unwrap_or_default();
        String::from_utf8(bytes).unwrap_or_default()
    }
}

fn unreadable(error: &csv::Error, last: u64) -> LadderError {
    let line = error.position().map_or(last + 1, csv::Position::line);
    let message = match error.kind() {
        csv::ErrorKind::Deserialize { err, .. } => format!("{err} (the columns are family,kind,line,update,level,build,released,kb)"),
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => format!("{len} fields where the first line names {expected_len}"),
        _ => "the line cannot be read as comma-separated text in UTF-8".to_owned(),
    };
    LadderError { line, message }
}

/// Adds a line to the family it names, which is the last one or a new one.
fn add(families: &mut Vec<Family>, line: Line) -> Result<(), String> {
    let kind = read_kind(&line.kind)?;
    check(&line)?;
    let is_last = families.last().is_some_and(|family| family.name.eq_ignore_ascii_case(&line.family));
    if !is_last {
        if families.iter().any(|family| family.name.eq_ignore_ascii_case(&line.family)) {
            return Err(format!("the levels of family \"{}\" must stand together", line.family));
        }
        families.push(Family { name: line.family.clone(), kind, releases: Vec::new() });
    }
    let Some(family) = families.last_mut() else { return Ok(()) };
    if family.kind != kind {
        return Err(format!("family \"{}\" is {} in the lines above", family.name, family.kind.as_str()));
    }
    if family.releases.iter().any(|release| release.level.eq_ignore_ascii_case(&line.level)) {
        return Err(format!("level \"{}\" of family \"{}\" stands in the lines above", line.level, family.name));
    }
    let Line { line, update, level, build, released, kb, .. } = line;
    family.releases.push(Release { line, update, level, build, released, kb });
    Ok(())
}

fn read_kind(word: &str) -> Result<FamilyKind, String> {
    [FamilyKind::ServicePacks, FamilyKind::Updates]
        .into_iter()
        .find(|kind| kind.as_str() == word)
        .ok_or_else(|| format!("the kind is service_packs or updates, not \"{word}\""))
}

fn check(line: &Line) -> Result<(), String> {
    if line.family.is_empty() {
        return Err("the family is missing".to_owned());
    }
    if line.level.is_empty() {
        return Err("the level is missing".to_owned());
    }
    if let Some(build) = line.build.as_deref().filter(|build| Build::parse(build).is_none()) {
        return Err(format!("the build is two to four numbers joined by dots, not \"{build}\""));
    }
    match line.released.as_deref() {
        Some(day) if !is_day_or_month(day) => Err(format!("the release date is written YYYY-MM-DD or YYYY-MM, not \"{day}\"")),
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
