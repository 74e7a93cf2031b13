//! Finding the level that a visitor means.

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

/// Words of several parts, and the short form that levels use.
const LONG_FORMS: [(&str, &str); 7] = [
    ("service pack", "sp"),
    ("servicepack", "sp"),
    ("cumulative update", "cu"),
    ("update rollup", "ru"),
    ("security update", "su"),
    ("subscription edition", "se"),
    ("no sp", "rtm"),
];

/// Words around a version that say nothing about the level.
const FILLERS: [&str; 13] =
    ["microsoft", "ms", "server", "version", "ver", "release", "edition", "standard", "enterprise", "professional", "workstation", "advanced", "with"];

impl Ladder {
    /// Finds what a visitor typed or pasted for one machine: a level (`5.5sp3`, `Exchange Server 5.5 Service Pack 3`), a
    /// family alone (`5.0`) or a build (`5.5.2653.23`, `Version 15.2 (Build 1118.7)`).
    ///
    /// # Errors
    /// Nothing on the ladder is called so; the error names up to three levels that are written alike.
    pub fn find(&self, typed: &str) -> Result<Found, FindError> {
        if typed.len() > LONGEST {
            return Err(FindError { message: format!("That is too long for a version. Write it as {}.", self.example()), nearest: Vec::new() });
        }
        if let Some(build) = read_build(typed) {
            return Ok(Found::Build(build.to_string()));
        }
        let wanted = self.simplify(typed);
        let names: Vec<(String, String)> = self.names().map(|name| (self.simplify(&name), name)).collect();
        if let Some((_, name)) = names.iter().find(|(simple, _)| *simple == wanted && !wanted.is_empty()) {
            return Ok(Found::Level(name.clone()));
        }
        let nearest = nearest(&wanted, &names);
        let hint = if nearest.is_empty() { format!("Write it as {}.", self.example()) } else { format!("Did you mean {}?", nearest.join(", ")) };
        Err(FindError { message: format!("\"{}\" is no version of {} that we know. {hint}", typed.trim(), self.product), nearest })
    }

    /// What can be named: the families, and every level.
    fn names(&self) -> impl Iterator<Item = String> {
        self.families.iter().flat_map(|family| {
            let levels = family.releases.iter().map(|release| canonical(&family.name, &release.level));
            std::iter::once(family.name.clone()).chain(levels)
        })
    }

    /// The form in which spellings of one level meet: lower case, short words, no product name, no blanks or dashes.
    fn simplify(&self, text: &str) -> String {
        let mut lower = text.to_lowercase().replace(['-', '_', ',', '(', ')', '/'], " ").split_whitespace().collect::<Vec<_>>().join(" ");
        for (long, short) in LONG_FORMS {
            lower = lower.replace(long, short);
        }
        let product = self.product.to_lowercase();
        let says_nothing = |word: &str| FILLERS.contains(&word) || product.split_whitespace().any(|part| part == word);
        lower.split(' ').filter(|word| !says_nothing(word)).collect()
    }

    fn example(&self) -> String {
        let example = self.levels().find(|(_, _, release)| release.level != "RTM").or_else(|| self.levels().next());
        example.map_or_else(|| self.product.clone(), |(_, name, _)| format!("\"{name}\""))
    }
}

/// The levels that are written most alike; none is worth naming that shares less than half of its letters.
fn nearest(wanted: &str, names: &[(String, String)]) -> Vec<String> {
    let mut scored: Vec<(usize, &str)> = names
        .iter()
        .map(|(simple, name)| (distance(wanted, simple), simple.len(), name))
        .filter(|(distance, length, _)| distance * 2 <= (*length).max(wanted.len()))
        .map(|(distance, _, name)| (distance, name.as_str()))
        .collect();
    scored.sort_by_key(|&(distance, _)| distance);
    scored.into_iter().take(NEAREST).map(|(_, name)| name.to_owned()).collect()
}

/// How many letters must be added, removed or replaced to make one text of the other.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        let mut next = vec![left];
        for (&b, &above) in other.iter().zip(row.iter().skip(1)) {
            left = (diagonal + usize::from(a != b)).min(above + 1).min(left + 1);
            diagonal = above;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
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
