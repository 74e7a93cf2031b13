//! How far a description goes: over wrapped lines and paragraphs, up to what is no part of the record.

use std::sync::LazyLock;

use regex::Regex;

use super::record::is_hex_dump;

/// Lines that end a description wherever they stand.
static BARRIER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^\s*(?:[-=_*+~]{3,}\s*$|-+\s*(?:or|and)\s*-+\s*$|PS [A-Z]:\\[^>]*>|[A-Z]:\\[^>]*>|Event Xml:|Event\[\d+\]:?\s*$|\[?(?:OK|Cancel|Yes|No|Help|Close|Retry|Abort)\]?(?:\s+\[?(?:Cancel|Help|No|Close|Retry|Ignore)\]?)*\s*$|-- ?$|<Events?\b)").ok()
});
/// Paragraphs that people write around records.
static CHATTER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^\s*(?:hi|hello|dear|thanks|thank you|thx|cheers|regards|(?:best|kind) (?:regards|wishes)|sincerely|greetings|please (?:help|advise)|any (?:ideas?|help|hints?|suggestions?)|sent from|ps:|p\.s\.)\b|\b(?:I|I'm|I've|we|we've|we're|our|my|me|us)\b(?:[^/\\=]|$)|\?\s*$").ok()
});
/// A line that leads in to something else.
static LEADS_IN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:following|error|errors|message|messages|event|events|log|servers?|versions?|list|says|also|then|dialog|output|here|these|this|shows?|get|see|below)\b[^.]*:\s*$").ok()
});
/// A server with its version, a dialog's last line, a title bar.
static OTHER_FORM: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\b\d\.\d\s+(?:SP\s?\d|RTM|Service Pack)\b|Version \d+\.\d+\s+\(Build|^\s*ID no:|^\s*(?:Microsoft (?:Exchange|Outlook|Windows|Management|Internet|Mail)[A-Za-z ]*|Exchange [A-Za-z ]+|Outlook|Services|System Manager|Server Manager)\s*$|^\s*Name\s+\S*(?:Version|Server|Edition)|^\s*(?:Name|Server)[,;\t]").ok()
});

fn is(pattern: &LazyLock<Option<Regex>>, text: &str) -> bool {
    pattern.as_ref().is_some_and(|pattern| pattern.is_match(text))
}

/// The length of the description at the start of `text`, which ends at the latest where the next record begins.
///
/// `indent` is that of the record's first line; a paragraph further left is no part of it. `sure` says that a label stands before the text.
pub(super) fn description(text: &str, indent: usize, sure: bool) -> usize {
    let (mut end, mut place, mut blank, mut said, mut data) = (0, 0, false, false, false);
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let next = place + line.len();
        if is(&BARRIER, line) {
            break;
        }
        if line.trim().is_empty() {
            // The rest of the label's own line is no blank line.
            blank = number > 0 || said;
        } else if is_hex_dump(line) || line.trim().eq_ignore_ascii_case("data:") {
            (data, end) = (true, next);
        } else if data || (blank && !goes_on(&paragraph(text, place), indent, said, sure)) {
            break;
        } else {
            (blank, said, end) = (false, true, next);
        }
        place = next;
    }
    end
}

fn paragraph(text: &str, place: usize) -> String {
    text.get(place..).unwrap_or_default().lines().take(MOST_LINES).take_while(|line| !line.trim().is_empty()).collect::<Vec<_>>().join("\n")
}

/// More lines of a paragraph are not looked at to tell what it is.
const MOST_LINES: usize = 12;

/// Whether a paragraph behind a blank line belongs to the description.
fn goes_on(paragraph: &str, indent: usize, said: bool, sure: bool) -> bool {
    if !said && sure {
        return true;
    }
    let starts = paragraph.len() - paragraph.trim_start().len();
    let left = starts < indent && indent > 1;
    !left && !is(&CHATTER, paragraph) && !is(&LEADS_IN, paragraph.lines().last().unwrap_or_default()) && !paragraph.lines().any(|line| is(&OTHER_FORM, line))
}
