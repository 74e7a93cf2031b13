//! The labels of a record's parts, as Event Viewer writes them and as people and articles do: `Event ID: 2037`, `Source - W3SVC`, `Cateogory:`.

use std::sync::LazyLock;

use regex::Regex;

static WORD: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[A-Za-z]+").ok());
/// What may stand before the first label of a record on its line: bullets, quote marks, a time stamp, a lead-in.
static LEAD: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"^(?:[\s>*+\u{2022}\u{b7}\u{2013}"'\u{201c}-]|\[[^\]]{1,40}\]|\(?\d{1,2}[.)]\s|[^:\s][^:]{0,24}:\s)*$"#).ok());
/// The number behind a label of ids, alone or in parentheses.
static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^\s*[(#]?\s*(\d{1,10})\b\)?").ok());

/// A lead has no more bytes than this.
const MOST_LEAD: usize = 120;

/// The part of a record that a label names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Id,
    Source,
    Type,
    Category,
    Description,
    Date,
    Time,
    User,
    Computer,
    /// A part that no record of ours keeps, by a number for each.
    Other(u8),
}

/// How a label is tied to its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tie {
    /// A colon or an equals sign.
    Sign,
    /// A dash with blanks around it.
    Dash,
    /// Only a blank or a line end.
    Nothing,
}

/// Labels of one word that need no sign behind them.
const NAMES: [&str; 10] = ["eventid", "event", "id", "source", "type", "category", "cat", "description", "severity", "eventsource"];

/// A label in a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Label {
    pub(super) kind: Kind,
    /// Where it begins.
    pub(super) start: usize,
    /// Where its value begins.
    pub(super) end: usize,
    pub(super) tie: Tie,
    /// Only a lead stands before it on its line.
    pub(super) leads: bool,
    /// `Event Type` and the like, which stand nowhere else.
    pub(super) sure: bool,
}

/// Every place of `text` where a label may stand, in order.
pub(super) fn labels(text: &str) -> Vec<Label> {
    let words: Vec<(usize, usize)> = WORD.iter().flat_map(|word| word.find_iter(text)).map(|word| (word.start(), word.end())).collect();
    let mut labels = Vec::new();
    let mut past = 0;
    for (position, (start, end)) in words.iter().copied().enumerate() {
        if start < past || text.get(..start).is_some_and(|before| before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '/' | '\\' | '@')))
        {
            continue;
        }
        let word = |at: usize| words.get(at).and_then(|(start, end)| text.get(*start..*end)).unwrap_or_default();
        let gap = |at: usize| words.get(at).zip(words.get(at + 1)).and_then(|((_, end), (next, _))| text.get(*end..*next)).unwrap_or_default();
        let pair = is_gap(gap(position)).then(|| pair(word(position), word(position + 1))).flatten();
        let (kind, sure, end) = match (pair, single(word(position))) {
            (Some(kind), _) => (kind, true, words.get(position + 1).map_or(end, |(_, end)| *end)),
            (None, Some(kind)) => (kind, word(position).len() > 5 && kind == Kind::Id, end),
            (None, None) => continue,
        };
        let (tie, value) = tie(text, end);
        let misspelt = pair.is_none() && !NAMES.contains(&word(position).to_lowercase().as_str());
        if misspelt && tie != Tie::Sign {
            continue;
        }
        if tie != Tie::Sign && text.get(end..).is_some_and(|after| after.starts_with(|c: char| c.is_alphanumeric() && kind != Kind::Id)) {
            continue;
        }
        past = end;
        labels.push(Label { kind, start, end: value, tie, leads: leads(text, start), sure });
    }
    labels
}

/// The number behind a label of ids, and where it ends. Dates, versions, times and the first part of a longer word are none.
pub(super) fn id_at(text: &str, place: usize) -> Option<(u64, usize)> {
    let rest = text.get(place..)?;
    let found = NUMBER.as_ref()?.captures(rest)?;
    let (all, digits) = (found.get(0)?, found.get(1)?);
    let after = rest.get(all.end()..).unwrap_or_default();
    let mut following = after.chars();
    let goes_on = match following.next() {
        Some('.' | '/' | ':' | '-' | ',') => following.next().is_some_and(|c| c.is_ascii_digit()),
        Some(c) => c.is_alphanumeric() || matches!(c, '_' | '%'),
        None => false,
    };
    (!goes_on).then(|| digits.as_str().parse().ok()).flatten().map(|id| (id, place + all.end()))
}

/// What may stand between the two words of a label: blanks, at most one line end, a hyphen.
fn is_gap(gap: &str) -> bool {
    !gap.is_empty() && gap.len() < 12 && (gap == "-" || gap.chars().all(char::is_whitespace)) && gap.matches('\n').count() < 2
}

fn leads(text: &str, start: usize) -> bool {
    // Looking further back would take quadratic time on a long line.
    let mut from = start.saturating_sub(MOST_LEAD);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let near = text.get(from..start).unwrap_or_default();
    let before = match near.rfind('\n') {
        Some(end) => near.get(end + 1..).unwrap_or_default(),
        None if from == 0 => near,
        None => return false,
    };
    LEAD.as_ref().is_some_and(|lead| lead.is_match(before))
}

/// How the label that ends at `end` is tied to its value, and where that begins.
fn tie(text: &str, end: usize) -> (Tie, usize) {
    let rest = text.get(end..).unwrap_or_default();
    let blank = rest.len() - rest.trim_start_matches([' ', '\t', '#']).len();
    let after = rest.get(blank..).unwrap_or_default();
    if let Some(value) = after.strip_prefix([':', '=']) {
        return (Tie::Sign, text.len() - value.len());
    }
    match after.strip_prefix(['-', '\u{2013}']) {
        Some(value) if blank > 0 && value.starts_with([' ', '\t']) => (Tie::Dash, text.len() - value.len()),
        _ => (Tie::Nothing, end + blank),
    }
}

fn pair(one: &str, two: &str) -> Option<Kind> {
    let kind = match (one.to_lowercase().as_str(), two.to_lowercase().as_str()) {
        ("log" | "logfile", "name") => Kind::Other(0),
        ("task", "category") => Kind::Category,
        ("op", "code") => Kind::Other(1),
        ("user", "name") | ("record", "number") | ("logged", "on") => return None,
        (event, "id" | "ids" | "identifier" | "number" | "no" | "code") if is(event, "event") => Kind::Id,
        (event, "log") if is(event, "event") => Kind::Other(0),
        (event, "description" | "message" | "text" | "details") if is(event, "event") => Kind::Description,
        (event, "date") if is(event, "event") => Kind::Date,
        (event, "time") if is(event, "event") => Kind::Time,
        (event, "user") if is(event, "event") => Kind::User,
        (event, "computer") if is(event, "event") => Kind::Computer,
        (event, "level" | "severity") if is(event, "event") => Kind::Type,
        (event, "type") if is(event, "event") => Kind::Type,
        (event, other) if is(event, "event") && is(other, "source") => Kind::Source,
        (event, other) if is(event, "event") && is(other, "category") => Kind::Category,
        _ => return None,
    };
    Some(kind)
}

fn single(word: &str) -> Option<Kind> {
    let kind = match word.to_lowercase().as_str() {
        "eventid" | "event" | "id" => Kind::Id,
        "type" | "level" | "severity" => Kind::Type,
        "cat" => Kind::Category,
        "description" | "desc" => Kind::Description,
        "date" => Kind::Date,
        "time" => Kind::Time,
        "user" => Kind::User,
        "computer" | "machine" => Kind::Computer,
        "log" | "logname" => Kind::Other(0),
        "opcode" => Kind::Other(1),
        "keywords" | "keyword" => Kind::Other(2),
        "task" => Kind::Other(3),
        "eventrecordid" => Kind::Other(4),
        "provider" | "eventsource" => Kind::Source,
        "eventtype" => Kind::Type,
        "eventcategory" => Kind::Category,
        other => {
            let near =
                [("event", Kind::Id), ("source", Kind::Source), ("category", Kind::Category), ("description", Kind::Description), ("computer", Kind::Computer)];
            return near.into_iter().find(|(name, _)| is(other, name)).map(|(_, kind)| kind);
        }
    };
    Some(kind)
}

/// Whether a word is a name, perhaps with one typing mistake: a letter too many, missing or another, or two exchanged. Case does not count.
fn is(word: &str, name: &str) -> bool {
    let (word, name) = (word.to_lowercase().into_bytes(), name.as_bytes());
    if word.len() == name.len() + 1 && word.ends_with(b"s") {
        return false;
    }
    let same_start = word.iter().zip(name).take_while(|(one, other)| one == other).count();
    let same_end = word.iter().rev().zip(name.iter().rev()).take_while(|(one, other)| one == other).count();
    let shorter = word.len().min(name.len());
    if word.len() == name.len() {
        let exchanged =
            same_start + same_end + 2 == name.len() && word.get(same_start) == name.get(same_start + 1) && word.get(same_start + 1) == name.get(same_start);
        return same_start == name.len() || same_start + same_end + 1 == name.len() || exchanged;
    }
    word.len().abs_diff(name.len()) == 1 && same_start + same_end >= shorter
}
