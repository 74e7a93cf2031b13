//! What one line of a paste is: a part of a message, something that separates messages, or what its writer says himself.

use std::sync::LazyLock;

use regex::Regex;

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Blank,
    /// A line of dashes or other signs.
    Rule,
    /// Buttons of a dialog, or `-or-` between two messages.
    Boundary,
    /// The end of a letter; what follows is a signature.
    Closing,
    /// What the writer says to the reader.
    Chatter,
    /// Anything else: a part of a message, if the message says that something failed.
    Text,
}

fn pattern(text: &str) -> Option<Regex> {
    Regex::new(text).ok()
}

fn is_match(pattern: &Option<Regex>, text: &str) -> bool {
    pattern.as_ref().is_some_and(|pattern| pattern.is_match(text))
}

/// One or several buttons of a dialog, and nothing else.
static BUTTONS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:[\[<(]?\s*&?(?:ok|cancel|yes|no|retry|ignore|abort|close|help|details|continue|apply|next|back|finish)\s*(?:>>|<<|>|\.\.\.)?\s*[\])>]?[\s|/]*)+$",
    )
});
static OR: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(r"(?i)^[-\s]*(?:or|and)[-\s:.]*$"));
static GREETING: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"(?i)^(?:hi|hello|hey|hallo|dear|greetings|good (?:morning|afternoon|evening|day))\b[^:]{0,60}[,!.:]?$"));
static CLOSING: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:--|(?:(?:many|kind|best|warm|with|and|in advance)\s*)*(?:thanks|thank you|thx|regards|wishes|cheers|best|sincerely|yours|br|rgds)(?:\s*(?:in advance|again|a lot|very much|so much|for (?:your|any) \w+|and|best|kind|regards|sincerely|truly|faithfully))*[,.!]*(?:\s+[\w.-]+){0,3})$",
    )
});
/// Words of somebody who writes about himself or to somebody. Programs say `you`, seldom `I` or `we`.
static PERSON: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:i|i'm|i've|i'd|we|we're|we've|we'd|my|our|ours|us|me|anyone|anybody|somebody|colleagues?|folks|guys|boss|customers?|users? (?:complain|report|say|call)\w*)\b",
    )
});
/// What only people say.
static TALK: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?i)\bplease (?:help|advise|see|find|let|look|call|reply|note that we)\b|\bany (?:ideas?|help|thoughts|suggestions)\b|\b(?:since|until|last|this|on) (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|yesterday|week|weekend|night|morning|month)\b|\byesterday\b|\btoday\b|\bsee below\b|\b(?:screenshot|attached|fyi|asap|urgent|btw|by the way|asked for|here (?:is|are)|do you know)\b|^(?:what|why|how|who|does|do you|has|can you|could you|is there|are there)\b.*\?$",
    )
});
/// Headers of letters and tickets.
static HEADER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:from|to|cc|bcc|subject|re|fw|fwd|sent|ticket|case|incident|priority|severity|assigned to|reported by|opened by|customer|contact|phone|tel|e-?mail|department|location|affected users?)\s*(?:#|no\.?|id)?\s*:",
    )
});
/// A prompt with or without a command.
static PROMPT: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"^(?:\[PS\] ?|PS )?[A-Za-z]:\\[^<>|]*>|^(?:\[PS\]|PS)\s*>|^>>\s|^[$#] \w|^(?:Get|Set|Test|Select|Format|Export|Where)-\w+"));
/// A quoted text behind or inside what its writer says.
static QUOTED: LazyLock<Option<Regex>> = LazyLock::new(|| pattern("[\"\u{201c}\u{201e}](?P<text>[^\"\u{201c}\u{201d}\u{201e}]{12,})[\"\u{201d}\u{201c}]"));
/// The time and the machine at the beginning of a line of a log.
static STAMP: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"^(?:\[?\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}[T ,]+\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?(?:\s?[AP]M)?Z?\]?[ \t:-]*)(?:(?:ERROR|ERR|WARNING|WARN|FATAL|INFO)\b[\]:-]*[ \t]+)?",
    )
});
/// Words and signs of failure.
static FAILURE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:errors?|fail(?:s|ed|ure|ures|ing)?|cannot|can't|can not|could not|couldn't|unable|not|n't|denied|refused|reject(?:ed|s)|invalid|illegal|incorrect|unknown|unexpected(?:ly)?|corrupt(?:ed|ion)?|damaged|missing|lost|conflict|problems?|exception|violation|warning|terminat(?:ed|ing)|stopped|abort(?:ed)?|crash(?:ed)?|dropped|hung|timed? ?out|expired|full|exceed(?:ed|s)|insufficient|too (?:many|large|long|small|low|busy|big)|out of|no (?:such|more|longer|valid|response|route|mailbox|transport|server|logon|access|recipient)|inaccessible|unavailable|undeliverable|unsuccessful|unresolved|unrecognized|bad|fault|critical|fatal|locked|disabled|shortage|mismatch|inconsistent|already|insufficient|id no|stop:?)\b|n't\b",
    )
});

/// The line without the marks of a quoted letter and without a bullet.
pub(super) fn bare(line: &str) -> &str {
    let mut text = line.trim();
    while let Some(rest) = text.strip_prefix('>') {
        text = rest.trim_start();
    }
    for bullet in ["- ", "* ", "\u{2022} ", "\u{b7} ", "o "] {
        if let Some(rest) = text.strip_prefix(bullet) {
            return rest.trim_start();
        }
    }
    text
}

/// What the line is.
pub(super) fn kind(text: &str) -> Kind {
    if text.is_empty() {
        Kind::Blank
    } else if is_match(&OR, text) || is_match(&BUTTONS, text) {
        Kind::Boundary
    } else if !text.chars().any(char::is_alphanumeric) {
        Kind::Rule
    } else if text.len() <= 80 && is_match(&CLOSING, text) {
        Kind::Closing
    } else if is_chatter(text) {
        Kind::Chatter
    } else {
        Kind::Text
    }
}

fn is_chatter(text: &str) -> bool {
    let is_lead_in = text.ends_with(':') && text.contains(' ') && !ends_dialog(text);
    is_lead_in || is_match(&GREETING, text) || is_match(&HEADER, text) || is_match(&PROMPT, text) || is_match(&PERSON, text) || is_match(&TALK, text)
}

/// Whether something failed, or a code stands in the text. A code with its label and nothing else is no message.
pub(super) fn says_failure(text: &str) -> bool {
    let has_words = || text.split_whitespace().filter(|word| word.len() >= 3 && word.chars().all(|c| c.is_alphabetic() || ".,:;'".contains(c))).count() >= 2;
    is_match(&FAILURE, text) || (has_words() && !super::super::code::codes_in(text).is_empty())
}

/// Whether a report of a message that was not delivered begins with this line. Headers of the message and lead-ins are parts of it.
pub(super) fn begins_report(text: &str) -> bool {
    let lower = text.to_lowercase();
    [
        "your message did not reach",
        "your message to",
        "delivery has failed",
        "undeliverable",
        "this is the mail system",
        "a message that you sent",
        "your message wasn't delivered",
    ]
    .iter()
    .any(|beginning| lower.starts_with(beginning))
}

/// Whether the line is a header of a letter or a lead-in, and no word of a person.
pub(super) fn is_of_report(text: &str) -> bool {
    (text.ends_with(':') || is_match(&HEADER, text)) && !is_match(&PERSON, text)
}

/// Whether a dialog ends with this line: `ID no: c1030ad1`.
pub(super) fn ends_dialog(text: &str) -> bool {
    let lower = text.to_lowercase();
    lower.starts_with("id no") || lower.contains("id no:")
}

/// The message that the writer quotes, or that follows a colon on his line; `None` if there is none that says something failed.
pub(super) fn quoted(text: &str) -> Option<&str> {
    let in_quotes = QUOTED.as_ref().and_then(|quoted| quoted.captures(text)).and_then(|groups| groups.name("text")).map(|found| found.as_str().trim());
    let behind_colon = || text.rsplit_once(": ").map(|(_, rest)| rest.trim()).filter(|rest| rest.split(' ').count() >= 3 && !is_chatter(rest));
    in_quotes.or_else(behind_colon).filter(|text| says_failure(text))
}

/// The line without the time that a log puts before it.
pub(super) fn without_stamp(text: &str) -> &str {
    let stamp = STAMP.as_ref().and_then(|stamp| stamp.find(text));
    stamp.and_then(|stamp| text.get(stamp.end()..)).filter(|rest| !rest.trim().is_empty()).unwrap_or(text).trim()
}
