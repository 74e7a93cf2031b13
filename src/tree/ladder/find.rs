//! Finding the level that a visitor means.

use super::spelling::Spelling;
use super::{Build, Ladder, canonical};

/// What a visitor's words name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// A level in canonical text (`5.5 SP3`), or a family alone (`5.5`).
    Level(String),
    /// A build, such as `5.5.2653.23`.
    Build(String),
}

/// Why nothing was found.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct FindError {
    /// What is wrong and what can be written instead.
    pub message: String,
    /// Up to three levels that are written alike, nearest first.
    pub nearest: Vec<String>,
}

/// How many suggestions an error makes.
const NEAREST: usize = 3;

/// Longer texts name no level; they are not compared with every level of the ladder.
const LONGEST: usize = 120;

impl Ladder {
    /// Finds what a visitor typed or pasted for one machine: a level (`5.5sp3`, `Exchange Server 5.5 Service Pack 3`, `E2K7 SP3`, `2016 CU23 (KB5121576)`), a
    /// family alone (`5.0`) or a build (`5.5.2653.23`, `Version 15.2 (Build 1118.7)`).
    ///
    /// # Errors
    /// Nothing on the ladder is called so; the error names up to three levels that are written alike.
    pub fn find(&self, typed: &str) -> Result<Found, FindError> {
        if typed.len() > LONGEST {
            return Err(FindError { message: format!("That is too long for a version. Write it as {}.", self.example()), nearest: Vec::new() });
        }
        if let Some(found) = self.named(typed) {
            return Ok(found);
        }
        if let Some((number, rest)) = take_kb(typed) {
            return self.find_by_article(&number, &rest);
        }
        let readings = self.readings(typed);
        let nearest = nearest(readings.first().map_or("", String::as_str), &self.spellings);
        let hint = if nearest.is_empty() { format!("Write it as {}.", self.example()) } else { format!("Did you mean {}?", nearest.join(", ")) };
        Err(FindError { message: format!("\"{}\" is no version of {} that we know. {hint}", typed.trim(), self.product), nearest })
    }

    /// The same without suggestions, for texts that most likely name no version at all: it costs a look into a table.
    #[must_use]
    pub fn named(&self, typed: &str) -> Option<Found> {
        if typed.len() > LONGEST {
            return None;
        }
        if let Some(build) = read_build(typed) {
            return Some(Found::Build(build.to_string()));
        }
        if let Some((number, rest)) = take_kb(typed) {
            return self.find_by_article(&number, &rest).ok();
        }
        self.readings(typed).iter().find_map(|reading| self.spelled(reading)).map(|name| Found::Level(name.to_owned()))
    }

    /// The level or family that is spelled so.
    fn spelled(&self, simple: &str) -> Option<&str> {
        let at = *self.by_spelling.get(simple)?;
        self.spellings.get(at).map(|spelling| spelling.name.as_str())
    }

    /// Finds the level that an article is about. Where the article is about several, `rest` must tell them apart: by a family, by a line (`2016 CU23`), or by
    /// the level itself.
    fn find_by_article(&self, number: &str, rest: &str) -> Result<Found, FindError> {
        if let Some(build) = read_build(rest) {
            return Ok(Found::Build(build.to_string()));
        }
        let kb = format!("KB{number}");
        let about: Vec<(String, String)> = self
            .levels()
            .filter(|(_, _, release)| release.kb.as_deref() == Some(kb.as_str()))
            .map(|(family, name, release)| (canonical(&family.name, &release.line), name))
            .collect();
        let readings = self.readings(rest);
        let said = readings.iter().find_map(|reading| self.spelled(reading));
        let fits = |line: &str, name: &str| match said {
            Some(said) => said == name || said == line || self.is_family_of(said, name),
            None => readings.iter().all(String::is_empty),
        };
        let fitting: Vec<&String> = about.iter().filter(|(line, name)| fits(line, name)).map(|(_, name)| name).collect();
        if let [only] = fitting.as_slice() {
            return Ok(Found::Level((*only).clone()));
        }
        let nearest: Vec<String> =
            if fitting.is_empty() { about.iter().map(|(_, name)| name).collect() } else { fitting }.into_iter().take(NEAREST).cloned().collect();
        let message = if nearest.is_empty() {
            format!("{kb} is no update of {} that we know. Write it as {}.", self.product, self.example())
        } else if said.is_none() && !rest.is_empty() {
            format!("\"{}\" is no version of {} that we know. {kb} is {}.", rest.trim(), self.product, nearest.join(", "))
        } else {
            format!("{kb} is {}: write which one it is.", nearest.join(", "))
        };
        Err(FindError { message, nearest })
    }

    fn is_family_of(&self, family: &str, level: &str) -> bool {
        self.families.iter().any(|known| known.name == family && level.strip_prefix(family).is_some_and(|rest| rest.starts_with(' ')))
    }

    fn example(&self) -> String {
        let example = self.levels().find(|(_, _, release)| release.level != "RTM").or_else(|| self.levels().next());
        example.map_or_else(|| self.product.clone(), |(_, name, _)| format!("\"{name}\""))
    }
}

/// The levels that are written most alike; none is worth naming that shares less than half of its letters.
fn nearest(wanted: &str, spellings: &[Spelling]) -> Vec<String> {
    let mut scored: Vec<(usize, &str)> = spellings
        .iter()
        .map(|spelling| (strsim::levenshtein(wanted, &spelling.simple), spelling))
        .filter(|(distance, spelling)| distance * 2 <= spelling.simple.len().max(wanted.len()))
        .map(|(distance, spelling)| (distance, spelling.name.as_str()))
        .collect();
    scored.sort_by_key(|&(distance, _)| distance);
    let mut names: Vec<String> = Vec::new();
    for (_, name) in scored {
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    names.truncate(NEAREST);
    names
}

/// Takes the number of an article (`KB5121573`) out of a text; what is left is what stands around it.
fn take_kb(typed: &str) -> Option<(String, String)> {
    let lower = typed.to_lowercase();
    let (before, after) = lower.split_once("kb").filter(|(before, _)| !before.ends_with(char::is_alphanumeric))?;
    let after = after.trim_start_matches(' ');
    let digits = after.chars().take_while(char::is_ascii_digit).count();
    let (number, after) = after.split_at_checked(digits).filter(|(number, _)| number.len() >= 5)?;
    Some((number.to_owned(), format!("{} {}", before.trim_matches([' ', '(', ',']), after.trim_matches([' ', ')', ','])).trim().to_owned()))
}

/// Reads a build of at least three numbers, also as `Version 15.2 (Build 1118.7)` with more text inside the brackets.
fn read_build(typed: &str) -> Option<Build> {
    let lower = typed.trim().to_lowercase();
    if let Some((version, rest)) = lower.split_once("build") {
        let version = version.rsplit(|c: char| !(c.is_ascii_digit() || c == '.')).find(|part| !part.is_empty());
        let number = rest.trim_start_matches([' ', ':']).split(|c: char| !(c.is_ascii_digit() || c == '.')).next()?;
        return match version {
            Some(version) if number.matches('.').count() < 2 => Build::parse(&format!("{version}.{number}")),
            _ => plain_build(number),
        };
    }
    let plain = lower.strip_prefix("version").unwrap_or(&lower);
    plain_build(plain)
}

/// Two numbers (`5.5`) are a family, not a build.
fn plain_build(text: &str) -> Option<Build> {
    let text = text.trim();
    (text.matches('.').count() >= 2).then(|| Build::parse(text)).flatten()
}
