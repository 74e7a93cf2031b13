//! The labels of one record, as they stand together, up to where its description begins.

use std::sync::LazyLock;

use regex::Regex;

use super::label::{Kind, Label, Tie, id_at, labels};
use super::passage::Passage;
use super::source;

/// Values of labels are shorter than this; what is longer is a description.
const MOST_VALUE: usize = 160;
/// Values have no more words than this.
const MOST_WORDS: usize = 8;

static TYPE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)^(?:error|warning|information(?:al)?|success audit|failure audit|audit success|audit failure|critical|verbose|success|failure|none)\b[.,;]?",
    )
    .ok()
});
/// Categories that are followed by an unlabelled description on the same line.
static CATEGORY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)^(?:none|general|security|operating system|x\.?400 service|internal processing|replication(?: errors| outgoing(?: messages?)?| incoming(?: messages?)?| general)?|field engineering|content engine|logging/recovery|initialization/termination|transport (?:delivering|sending)|groupwise (?:directory synchronization|interface)|message transfer|startup|monitoring|recovery|views|authentication|interface|controller|directory access|configuration|mta connections|operations|service control|performance|database (?:page cache|corruption)|space management|online defragmentation|logons?|ndr|\(\d+\))[.,;]?(?:\s|$)",
    )
    .ok()
});
static DATE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?i)^\S+(?:\s+\d{1,2}:\d{2}(?::\d{2})?(?:\s*[ap]\.?m\b\.?)?)?").ok());
static TIME: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?i)^\S+(?:\s*[ap]\.?m\b\.?)?").ok());
static USER: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?i)^(?:nt authority\\(?:local service|network service|\S+)|\S+)").ok());
/// `msexchangeimc on LONDON-MX: ...`.
static ON_HOST: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?i)^(.{1,50}?)\s+on\s+\S{1,64}:\s").ok());
/// A source in parentheses behind the id.
static IN_PARENTHESES: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^\s*\(([A-Za-z][\w&$. -]{1,40})\)").ok());
/// Words that go on with a sentence about an event, where a description does not begin.
static GOES_ON: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:is|are|was|were|has|have|had|and|or|may|might|can|could|will|appears?|occurs?|occurred|comes?|keeps?|shows?|gets?|from|in|on|at|by|with|logged|reported|since|after|every|again|which|that|says|saying|said|means|about|for|of|when|while|as|too|also|but|then|if|before|during|not|does|did|source)\b").ok()
});

static FAILURE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:errors?|fail(?:s|ed|ure)|could not|cannot|can't|unable|not|denied|refused|invalid|corrupt(?:ed|ion)?|terminated|stopped|0x[0-9a-f]+|the MTA|Exchange Server)\b").ok()
});
/// `Event 2026` is more often held in that year than logged, unless a program failed.
pub(super) const YEARS: std::ops::RangeInclusive<u64> = 1990..=2035;

/// A record's labels.
pub(super) struct Head {
    /// Where its first label begins.
    pub(super) start: usize,
    pub(super) id: u64,
    pub(super) source: String,
    /// Where its description begins, if it has one.
    pub(super) body: usize,
    /// Whether a label says so.
    pub(super) labelled: bool,
    /// The kinds of its labels.
    pub(super) kinds: Vec<Kind>,
}

/// The heads of all records in a passage, in order.
pub(super) fn heads(passage: &Passage, room: usize) -> Vec<Head> {
    let mut heads = Vec::new();
    let mut open: Vec<Label> = Vec::new();
    for label in labels(&passage.text) {
        if heads.len() >= room {
            break;
        }
        if !is_usable(passage, &open, label) {
            continue;
        }
        let ends = open.last().is_some_and(|last| last.kind == Kind::Description || !joins(passage, *last, label))
            || (open.iter().any(|known| known.kind == Kind::Id) && open.iter().any(|known| known.kind == label.kind));
        if ends {
            heads.extend(head(passage, &open));
            open.clear();
        }
        if !open.is_empty() || begins(label) {
            open.push(label);
        }
    }
    heads.extend(head(passage, &open));
    heads
}

/// Whether a label may begin a record: at the start of a line, or where no other text has it.
fn begins(label: Label) -> bool {
    (label.leads && label.kind != Kind::Description) || (label.sure && label.tie == Tie::Sign && matches!(label.kind, Kind::Id | Kind::Source | Kind::Type))
}

/// Whether what looks like a label is one where it stands.
fn is_usable(passage: &Passage, open: &[Label], label: Label) -> bool {
    let before = passage.slice(passage.line_start(label.start)..label.start).trim_end();
    let separated = label.leads
        || before.ends_with([',', ';'])
        || open.last().is_some_and(|last| {
            last.kind == Kind::Id && id_at(&passage.text, last.end).is_some_and(|(_, end)| passage.slice(end..label.start).trim().is_empty())
        });
    let value = passage.slice(label.end..passage.line_end(label.end));
    match (label.kind, label.tie) {
        (Kind::Id, _) if id_at(&passage.text, label.end).is_none() => false,
        (Kind::Id, Tie::Sign) if passage.rest(label.start).starts_with(['E', 'e']) => label.leads || label.sure || separated || !open.is_empty(),
        (Kind::Id, _) => label.sure || label.leads || (label.tie == Tie::Sign && separated),
        (Kind::Type, Tie::Nothing) if TYPE.as_ref().is_none_or(|pattern| !pattern.is_match(value.trim())) => false,
        (_, Tie::Sign) => true,
        (Kind::Description, Tie::Nothing) => label.leads && !open.is_empty() && value.trim_start().chars().next().is_none_or(|c| !c.is_lowercase()),
        (_, Tie::Dash) => separated,
        (Kind::Source | Kind::Category | Kind::Type, Tie::Nothing) => {
            separated && !open.is_empty() && !value.trim().is_empty() && GOES_ON.as_ref().is_none_or(|pattern| !pattern.is_match(value.trim()))
        }
        _ => false,
    }
}

/// Whether two labels belong to one record: nothing but the value of the first stands between them.
fn joins(passage: &Passage, one: Label, next: Label) -> bool {
    let from = if one.kind == Kind::Id { id_at(&passage.text, one.end).map_or(one.end, |(_, end)| end) } else { one.end };
    if next.start < from || next.start - from > MOST_VALUE {
        return false;
    }
    let between = passage.slice(from..next.start);
    let words = |text: &str| text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count();
    if next.leads {
        let between = passage.slice(from..passage.line_start(next.start).max(from));
        let (value, more) = between.split_once('\n').unwrap_or((between, ""));
        let more = if value.trim().is_empty() { words(more).saturating_sub(4) } else { words(more) };
        return words(value) <= MOST_WORDS && more < 4;
    }
    between.matches('\n').count() < 3 && words(between) <= if next.sure || between.trim_end().ends_with([',', ';', '.']) { MOST_WORDS } else { 4 }
}

fn head(passage: &Passage, labels: &[Label]) -> Option<Head> {
    let (first, last) = (labels.first()?, labels.last()?);
    let (id, id_end) = labels.iter().find(|label| label.kind == Kind::Id).and_then(|label| id_at(&passage.text, label.end))?;
    let mut head = Head {
        start: first.start,
        id,
        source: String::new(),
        body: last.end,
        labelled: last.kind == Kind::Description,
        kinds: labels.iter().map(|label| label.kind).collect(),
    };
    let in_parentheses = IN_PARENTHESES.as_ref().and_then(|pattern| pattern.captures(passage.rest(id_end)));
    if let Some(name) = in_parentheses.as_ref().and_then(|found| found.get(1)) {
        name.as_str().clone_into(&mut head.source);
    }
    for (label, next) in labels.iter().zip(labels.iter().skip(1)).filter(|(label, _)| label.kind == Kind::Source) {
        head.source = value_before(passage, *label, *next);
    }
    if last.kind == Kind::Id {
        head.body = id_end + in_parentheses.and_then(|found| found.get(0)).map_or(0, |all| all.len());
        let rest = passage.slice(head.body..passage.line_end(head.body)).trim_start();
        let alone = labels.len() == 1;
        let mentions = GOES_ON.as_ref().is_some_and(|pattern| pattern.is_match(rest.trim_start_matches([',', ';'])));
        let text = rest.trim_start_matches([':', '-', '.', ',', ';', ' ']);
        let unsigned = last.tie == Tie::Nothing && rest.len() == text.len() && !text.is_empty() && !is_failure_of_program(text);
        let is_year = !first.sure && YEARS.contains(&id) && !is_failure_of_program(text);
        if alone && (!first.leads || mentions || unsigned || is_year || id_follows(passage, head.body)) {
            return None;
        }
        head.body += passage.rest(head.body).len() - passage.rest(head.body).trim_start_matches([':', '-', '.', ',', ';', ' ', '\t']).len();
    } else if !head.labelled {
        let (value, body) = last_value(passage, *last);
        if last.kind == Kind::Source {
            head.source = value;
        }
        head.body = body;
    }
    (first.leads || labels.len() > 1).then_some(head)
}

/// Whether a text without a label begins like a description: a sentence about a failure of a program.
fn is_failure_of_program(text: &str) -> bool {
    text.starts_with(char::is_uppercase) && source::at_start(text).is_none() && FAILURE.as_ref().is_some_and(|pattern| pattern.is_match(text))
}

/// Whether the line names another event.
fn id_follows(passage: &Passage, place: usize) -> bool {
    let line = passage.slice(place..passage.line_end(place));
    labels(line).iter().any(|label| label.kind == Kind::Id && id_at(line, label.end).is_some())
}

/// The value between a label and the next; over a line end only where the line was wrapped.
fn value_before(passage: &Passage, label: Label, next: Label) -> String {
    let end = if next.leads { passage.line_start(next.start).max(label.end) } else { next.start.max(label.end) };
    let between = passage.slice(label.end..end).trim();
    let value = if next.leads { between.lines().next().unwrap_or_default() } else { between };
    value.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The value of the last label, and where the unlabelled description behind it begins.
fn last_value(passage: &Passage, label: Label) -> (String, usize) {
    let rest = passage.rest(label.end);
    let from = label.end + rest.len() - rest.trim_start_matches([' ', '\t']).len();
    // The value of a wrapped line stands on the next.
    let from = if passage.line_end(from) == from && passage.line_end(from + 1) > from + 1 { from + 1 } else { from };
    let line = passage.slice(from..passage.line_end(from));
    let prefix = |pattern: &LazyLock<Option<Regex>>| pattern.as_ref().and_then(|pattern| pattern.find(line)).map(|found| found.end());
    let few = line.split_whitespace().count() <= 5;
    let length = match label.kind {
        Kind::Source => match ON_HOST.as_ref().and_then(|pattern| pattern.captures(line)) {
            Some(found) => return (found.get(1).map_or_else(String::new, |name| name.as_str().to_owned()), from + found.get(0).map_or(0, |all| all.len())),
            None if few => None,
            None => source::at_start(line).or_else(|| line.find(char::is_whitespace)),
        },
        Kind::Type => prefix(&TYPE),
        Kind::Category => prefix(&CATEGORY).filter(|end| !few || line.get(*end..).is_some_and(|rest| rest.split_whitespace().count() > 2)),
        Kind::Date if !few => prefix(&DATE),
        Kind::Time => prefix(&TIME),
        Kind::User | Kind::Computer => prefix(&USER),
        _ => None,
    };
    let length = length.unwrap_or(line.len());
    (line.get(..length).unwrap_or_default().trim().to_owned(), from + length)
}
