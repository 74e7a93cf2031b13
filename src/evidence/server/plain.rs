//! Servers in plain lines: `EX01 5.0 SP2`, `EX01, EX02: Exchange 5.5 SP4 on NT 4.0 SP6a`, and in sentences.

use std::sync::LazyLock;

use regex::Regex;

use super::super::paste::Lines;
use super::Known;
use super::draft::Draft;
use super::record::{roles, server_name};
use crate::tree::fact::Row;
use crate::tree::ladder::Found;

/// Longer lines are prose.
const LONGEST_LINE: usize = 160;
/// Words that a version takes at most: `Microsoft Exchange Server 2019 Cumulative Update 14 Aug26SU`.
const LONGEST_VERSION: usize = 10;
/// Lines that are looked at more closely; a list that is longer is no list that an admin typed.
const MOST_CANDIDATES: usize = 2_000;

/// Words between a server and its version.
const CONNECTORS: [&str; 17] =
    ["is", "are", "runs", "run", "running", "on", "has", "have", "with", "at", "still", "currently", "now", "both", "all", "which", "that"];
/// Words before a server's name.
const TITLES: [&str; 7] = ["server", "servers", "host", "machine", "computer", "name", "bridgehead"];
/// Words between a version and the operating system.
const BEFORE_SYSTEM: [&str; 7] = ["on", "under", "and", "with", "os", "running", "over"];
/// Roles that people write behind a version.
const ROLES: [&str; 16] = [
    "mailbox",
    "bridgehead",
    "ims",
    "imc",
    "hub",
    "cas",
    "edge",
    "um",
    "mta",
    "owa",
    "public",
    "connector",
    "hubtransport",
    "clientaccess",
    "backend",
    "frontend",
];
/// Words that look like names of machines and are none.
const NO_NAMES: [&str; 40] = [
    "exchange",
    "microsoft",
    "windows",
    "nt",
    "version",
    "build",
    "service",
    "pack",
    "sp",
    "cu",
    "ru",
    "su",
    "update",
    "server",
    "outlook",
    "internet",
    "error",
    "event",
    "id",
    "source",
    "type",
    "level",
    "os",
    "ok",
    "no",
    "yes",
    "the",
    "we",
    "our",
    "it",
    "this",
    "and",
    "or",
    "if",
    "not",
    "from",
    "smtp",
    "mta",
    "dll",
    "kb",
];

/// Reads every plain line about servers, and takes those that say nothing else.
pub(super) fn read(lines: &mut Lines, known: Known<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let mut candidates = 0;
    for run in lines.free() {
        let mut spoken: Vec<(usize, Spoken)> = Vec::new();
        for position in run.clone() {
            let line = lines.line(position);
            if candidates < MOST_CANDIDATES && line.len() <= LONGEST_LINE && line.contains(|c: char| c.is_ascii_digit()) {
                candidates += 1;
                spoken.extend(servers(line, position, known).map(|spoken| (position, spoken)));
            }
        }
        let positions: Vec<usize> = spoken.iter().map(|(position, _)| *position).collect();
        for (position, spoken) in spoken {
            let has_neighbour = positions.iter().any(|other| other.abs_diff(position) == 1);
            if spoken.is_certain || has_neighbour {
                lines.take(position..position + 1);
                drafts.extend(spoken.drafts);
            }
        }
    }
    for position in lines.free().into_iter().flatten().take(MOST_CANDIDATES) {
        drafts.extend(in_sentence(lines.line(position), position, known));
    }
    drafts
}

/// What one line says of servers.
struct Spoken {
    drafts: Vec<Draft>,
    /// Whether the line alone is enough: a bare number behind a word may be anything.
    is_certain: bool,
}

/// The servers of a line that speaks of nothing else.
fn servers(line: &str, position: usize, known: Known<'_>) -> Option<Spoken> {
    let text = without_bullet(line);
    let pieces: Vec<&str> = text.split([',', ';']).map(str::trim).filter(|piece| !piece.is_empty()).collect();
    let each: Option<Vec<Spoken>> = pieces.iter().map(|piece| statement(piece, position, known)).collect();
    match each {
        Some(each) if each.len() > 1 => Some(Spoken { drafts: each.into_iter().flat_map(|one| one.drafts).collect(), is_certain: true }),
        _ => statement(text, position, known),
    }
}

/// `NAME[, NAME and NAME] VERSION [on SYSTEM] [ROLES]`.
fn statement(text: &str, position: usize, known: Known<'_>) -> Option<Spoken> {
    let spaced: String = text.chars().map(|c| if ":=(),;|\u{2013}\u{2192}\"".contains(c) || c.is_whitespace() { ' ' } else { c }).collect();
    let mut words = spaced.split(' ').filter(|word| !word.is_empty() && !["-", "->", "=>"].contains(word)).peekable();
    while words.next_if(|word| TITLES.contains(&word.to_lowercase().as_str())).is_some() {}
    let mut names = vec![words.next().filter(|word| may_be_name(word))?];
    while let Some(word) = words.next_if(|word| is_host_name(word) || ["and", "&"].contains(word)) {
        names.extend(Some(word).filter(|word| is_host_name(word)));
    }
    while words.next_if(|word| CONNECTORS.contains(&word.to_lowercase().as_str())).is_some() {}
    let rest: Vec<&str> = words.collect();
    let (found, used) = longest(&rest, |text| known.certain_version(text))?;
    let version = rest.get(..used)?;
    let mut behind = rest.get(used..)?;
    let mut row = Row::default();
    match found {
        Found::Level(level) => row.level = Some(level),
        Found::Build(build) => row.build = Some(build),
    }
    let skipped = behind.iter().take_while(|word| BEFORE_SYSTEM.contains(&word.to_lowercase().as_str())).count();
    if let Some((os, used)) = longest(behind.get(skipped..)?, |text| known.windows(text)) {
        row.os = Some(os);
        behind = behind.get(skipped + used..)?;
    }
    let count = behind.iter().take_while(|word| ROLES.contains(&word.to_lowercase().as_str())).count();
    row.roles = roles(&behind.get(..count)?.join(" "));
    let behind = behind.get(count..)?;
    let is_detailed = version.len() > 1 || row.build.is_some();
    let is_named = names.iter().all(|name| is_host_name(name));
    // What follows may be a remark, behind a version that can be nothing else.
    let may_have_remark = is_detailed && is_named && text.contains(['(', ',', '-', ';']);
    if !behind.is_empty() && !may_have_remark {
        return None;
    }
    let draft = |name: &&str| Draft::new(Row { name: Some(server_name(name)), ..row.clone() }, position..position + 1);
    Some(Spoken { drafts: names.iter().map(draft).collect(), is_certain: is_named && (is_detailed || names.iter().all(|name| has_digit(name))) })
}

/// The longest beginning of `words` that `find` knows, and how many words it has. It must hold a number or the name of an edition.
fn longest<T>(words: &[&str], find: impl Fn(&str) -> Option<T>) -> Option<(T, usize)> {
    let most = words.len().min(LONGEST_VERSION);
    (1..=most).rev().find_map(|count| {
        let text = words.get(..count)?.join(" ");
        find(text.trim_end_matches(['.', '!'])).map(|found| (found, count))
    })
}

/// A line without the bullet, number or quotation mark before it.
fn without_bullet(line: &str) -> &str {
    let line = line.trim().trim_start_matches(['-', '*', '>', '\u{2022}', '\u{b7}', '+', ' ']);
    match line.split_once(['.', ')']) {
        Some((number, rest)) if !number.is_empty() && number.len() <= 3 && number.bytes().all(|b| b.is_ascii_digit()) && rest.starts_with(' ') => {
            rest.trim_start()
        }
        _ => line,
    }
}

fn has_digit(word: &str) -> bool {
    word.bytes().any(|b| b.is_ascii_digit())
}

/// Whether a word can name a machine at all.
fn may_be_name(word: &str) -> bool {
    let word = word.trim_start_matches('\\');
    let letters = word.trim_end_matches(|c: char| c.is_ascii_digit()).to_lowercase();
    let is_level = ["sp", "cu", "ru", "su", "kb", "q", "v", "r"].contains(&letters.as_str());
    word.len() <= 255
        && word.starts_with(|c: char| c.is_ascii_alphanumeric())
        // `5.5sp3` is a version.
        && !(word.starts_with(|c: char| c.is_ascii_digit()) && word.contains('.'))
        && word.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
        && word.bytes().any(|b| b.is_ascii_alphabetic())
        && !NO_NAMES.contains(&word.to_lowercase().as_str())
        && !is_level
}

/// Whether a word looks like the name of a machine: with a digit, a dash or a dot in it, or in capitals.
pub(super) fn is_host_name(word: &str) -> bool {
    let plain = word.trim_start_matches('\\');
    let marked = has_digit(plain) || plain.contains('-') || plain.contains('.') || plain.contains('_');
    may_be_name(word) && plain.len() >= 2 && (marked || plain.bytes().all(|b| b.is_ascii_uppercase()))
}

/// A machine and what it runs, inside a sentence.
static SENTENCE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\b(?P<name>[A-Za-z][A-Za-z0-9-]*\d[A-Za-z0-9-]*)\)?,? (?:(?:which|that) )?(?:(?:still|currently|now) )?(?:runs|is running|is on|is at|is|has|running|with|on) (?P<rest>\S.*)")
        .ok()
});

/// The servers that a sentence mentions with what they run.
fn in_sentence(line: &str, position: usize, known: Known<'_>) -> Option<Draft> {
    if line.len() > 4 * LONGEST_LINE {
        return None;
    }
    let groups = SENTENCE.as_ref()?.captures(line)?;
    let name = groups.name("name").map(|name| name.as_str()).filter(|name| is_host_name(name))?;
    let rest = groups.name("rest").map_or("", |rest| rest.as_str());
    // A version ends with its clause.
    let clause = rest.split([',', ';', '(', ')']).next().unwrap_or(rest);
    let words: Vec<&str> = clause.split_whitespace().collect();
    let (found, used) = longest(&words, |text| known.certain_version(text))?;
    let is_detailed = used > 1;
    let mut row = Row { name: Some(server_name(name)), ..Row::default() };
    match found {
        Found::Level(level) if is_detailed => row.level = Some(level),
        Found::Build(build) => row.build = Some(build),
        Found::Level(_) => return None,
    }
    Some(Draft::new(row, position..position + 1))
}
