//! What holds for the reading of any text whatever. The fuzz targets check the same.

use std::ops::Range;

use fixpath::evidence::{self, Item, MAX_LINE, MAX_LINES, Reading, Redactor, name_of};
use fixpath::tree::fact::{Event, Row, Source, Statement, Value};
use fixpath::tree::ladder::{Ladder, Ladders};

/// Bytes of the mark at the end of a line that was cut off.
const MARK: usize = '\u{2026}'.len_utf8();

/// Reads the text and holds the reading against everything that must be true of it.
///
/// # Panics
/// Something is not true; the message says what.
pub fn read_and_check(text: &str, ladders: &Ladders) -> Reading {
    let reading = evidence::read(text, ladders);
    assert_eq!(reading, evidence::read(text, ladders), "reading the same text again gives something else");
    check_shape(&reading);
    let evidence = Evidence::of(text);
    for proposal in &reading.proposals {
        evidence.check(&proposal.item);
    }
    for statement in reading.statements(Source::Pasted) {
        assert!(statement.value.is_some(), "{} is stated as unknown", statement.key);
    }
    reading
}

/// Holds the ranges against the lines and each other, and the sizes against the caps.
///
/// # Panics
/// Something is not true; the message says what.
pub fn check_shape(reading: &Reading) {
    let lines = &reading.lines;
    assert!(lines.len() <= MAX_LINES, "{} lines", lines.len());
    assert!(lines.iter().all(|line| line.len() <= MAX_LINE + MARK && !line.contains('\n') && !line.chars().any(is_odd)), "a line is too long, or not plain");
    let blank = |position: usize| lines.get(position).is_some_and(|line| line.trim().is_empty());
    let inside = |range: &Range<usize>| range.start < range.end && range.end <= lines.len();
    for proposal in &reading.proposals {
        assert!(inside(&proposal.lines), "{proposal:?} is not within {} lines", lines.len());
        assert!(proposal.remarks.iter().all(|remark| !remark.trim().is_empty()), "{proposal:?} has an empty remark");
    }
    assert!(reading.proposals.is_sorted_by_key(|proposal| proposal.lines.start), "proposals are not in order");
    let mut end = 0;
    for run in &reading.not_understood {
        assert!(inside(run) && run.start >= end, "{run:?} is not within the lines, or not after {end}");
        assert!(!blank(run.start) && !blank(run.end - 1), "{run:?} begins or ends with a blank line");
        let overlaps = reading.proposals.iter().find(|proposal| proposal.lines.start < run.end && run.start < proposal.lines.end);
        assert!(overlaps.is_none(), "{run:?} is not understood, and yet {overlaps:?}");
        end = run.end;
    }
}

/// Redacts everything that was read, and holds what comes of it against what was there.
///
/// # Panics
/// Something is not true; the message says what.
pub fn check_redaction(reading: &Reading, ladders: &[Ladder]) {
    let statements = reading.statements(Source::Pasted);
    let redactor = Redactor::of(&statements, ladders);
    for statement in &statements {
        let redacted = redactor.statement(statement);
        assert_eq!(redactor.statement(&redacted), redacted, "redacting again changes something");
        if let (Some(Value::Codes(codes)), Some(Value::Codes(kept))) = (&statement.value, &redacted.value) {
            assert_eq!(codes, kept, "a code is no name");
        }
        let shown = serde_json::to_string(&redacted.value).unwrap_or_default() + redacted.line.as_deref().unwrap_or_default();
        let words: Vec<&str> = shown.split(|c: char| !c.is_alphanumeric() && c != '-').collect();
        for name in statements.iter().flat_map(server_names).filter(|name| is_distinctive(name)) {
            assert!(!words.iter().any(|word| word.eq_ignore_ascii_case(name)), "{name} is still in {shown}");
        }
    }
}

fn server_names(statement: &Statement) -> impl Iterator<Item = &str> {
    let rows = if let Some(Value::Rows(rows)) = &statement.value { rows.rows.as_slice() } else { &[] };
    rows.iter().filter_map(|row| row.name.as_deref())
}

/// Whether nobody could take it for a word, a number, a code, a level or a placeholder: two capitals that are no hexadecimal digits, and three digits.
fn is_distinctive(name: &str) -> bool {
    name.len() >= 6
        && name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
        && name.chars().filter(|c| ('G'..='Z').contains(c)).count() >= 2
        && name.chars().filter(char::is_ascii_digit).count() >= 3
}

/// A text in the forms in which its words may come back: white space does not count, as lines are joined and tables taken apart, nor how XML writes a character.
struct Evidence {
    squeezed: String,
    numbers: Vec<u64>,
}

impl Evidence {
    fn of(text: &str) -> Self {
        let text: String = text.chars().filter(|c| !is_odd(*c)).collect();
        let plain = without_entities(&text);
        let numbers = [&text, &plain].iter().flat_map(|text| text.split(|c: char| !c.is_ascii_digit())).filter_map(|digits| digits.parse().ok()).collect();
        Self { squeezed: squeeze(&text) + "\n" + &squeeze(&plain), numbers }
    }

    /// Nothing is invented: whatever is proposed stands in the text.
    fn check(&self, item: &Item) {
        match item {
            Item::Message(message) => {
                assert!(!message.trim().is_empty(), "an empty message");
                self.has_words(message, item);
            }
            Item::Event(Event { id, source, text }) => {
                assert!(id.is_some() || source.is_some() || text.is_some(), "an event without anything");
                // A whole instance id holds the number in its lower half.
                let is_there = |id: u32| self.numbers.iter().any(|number| *number == u64::from(id) || (*number > 0xFFFF && *number & 0xFFFF == u64::from(id)));
                assert!(id.is_none_or(is_there), "{item:?}: the number is invented");
                [source, text].into_iter().flatten().for_each(|text| self.has_words(text, item));
            }
            // A well-known name stands for its number.
            Item::Code(code) => self.has_words(name_of(code).filter(|name| self.has(name)).unwrap_or(code.as_str()), item),
            Item::Server(row) => self.check_server(row, item),
        }
    }

    /// The level is the ladder's word for what the text says, and roles are the program's words; all else is the text's.
    fn check_server(&self, row: &Row, item: &Item) {
        [&row.name, &row.site].into_iter().flatten().for_each(|text| self.has_words(text, item));
        let parts = row.build.iter().flat_map(|build| build.split('.')).filter_map(|part| part.parse().ok());
        parts.for_each(|part: u64| assert!(self.numbers.contains(&part), "{item:?}: {part} is invented"));
    }

    /// Whether every word stands in the text, apart from signs at its ends.
    fn has_words(&self, text: &str, item: &Item) {
        assert!(!text.chars().any(is_odd), "{item:?} has a control character");
        for word in text.split_whitespace().map(|word| squeeze(word.trim_matches(|c: char| !c.is_alphanumeric()))) {
            assert!(self.squeezed.contains(&word), "{item:?}: \"{word}\" is invented");
        }
    }

    fn has(&self, name: &str) -> bool {
        self.squeezed.to_ascii_uppercase().contains(&name.to_ascii_uppercase())
    }
}

/// Control characters that neither a page nor a database may get to see.
fn is_odd(c: char) -> bool {
    c.is_control() && c != '\n' && c != '\t'
}

/// Without white space and control characters, and without the quotes that CSV takes off.
fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !is_odd(*c) && *c != '"').collect()
}

/// The text with the references of XML replaced by what they stand for, `&amp;` last, as some write it twice.
fn without_entities(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("&#") {
        plain.push_str(before);
        let (digits, radix) = after.strip_prefix(['x', 'X']).map_or((after, 10), |digits| (digits, 16));
        let end = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
        match u32::from_str_radix(&digits[..end], radix).ok().and_then(char::from_u32) {
            Some(c) => {
                plain.push(c);
                rest = digits[end..].strip_prefix(';').unwrap_or(&digits[end..]);
            }
            None => {
                plain.push_str("&#");
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")].iter().fold(plain, |text, (name, c)| text.replace(name, c))
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    use fixpath::evidence::Proposal;
    use fixpath::tree::code::Code;

    use super::*;

    /// First line, and the line after the last.
    type Lines = (usize, usize);

    /// A reading of three lines, with these proposals' lines and these that are not understood.
    fn reading(proposals: &[Lines], not_understood: &[Lines]) -> Reading {
        let proposal = |lines: &Lines| Proposal { item: Item::Message("one".to_owned()), lines: lines.0..lines.1, remarks: Vec::new() };
        Reading {
            lines: vec!["one".to_owned(), "two".to_owned(), " ".to_owned()],
            proposals: proposals.iter().map(proposal).collect(),
            not_understood: not_understood.iter().map(|lines| lines.0..lines.1).collect(),
            cut: Vec::new(),
        }
    }

    #[test]
    fn unsound_ranges_are_found() {
        check_shape(&reading(&[(0, 1), (0, 2)], &[]));
        check_shape(&reading(&[(0, 1)], &[(1, 2)]));
        let unsound: [(&[Lines], &[Lines]); 6] =
            [(&[(1, 1)], &[]), (&[(2, 4)], &[]), (&[(1, 2), (0, 1)], &[]), (&[(0, 2)], &[(1, 2)]), (&[], &[(1, 3)]), (&[], &[(1, 2), (0, 1)])];
        for (proposals, not_understood) in unsound {
            let unsound = reading(proposals, not_understood);
            assert!(catch_unwind(AssertUnwindSafe(|| check_shape(&unsound))).is_err(), "{unsound:?}");
        }
    }

    #[test]
    fn inventions_are_found() {
        let evidence = Evidence::of("Event 2037 (3221226477) from MSExchange\n  SA: a &lt;b&gt; &#x63;. EX01 is build 5.5.2653.23, c1030ad1");
        let event = |id, source: &str, text: &str| Item::Event(Event { id: Some(id), source: Some(source.to_owned()), text: Some(text.to_owned()) });
        let server = |name: &str, build: &str| Item::Server(Box::new(Row { name: Some(name.to_owned()), build: Some(build.to_owned()), ..Row::default() }));
        let code = |code: &str| Item::Code(Code::parse(code).unwrap());
        for said in [event(2037, "MSExchangeSA", "\"a <b> c\""), event(1005, "MSExchange SA", ""), server("EX01", "5.5.2653.23"), code("c1030ad1")] {
            evidence.check(&said);
        }
        let invented = [
            event(2038, "MSExchangeSA", ""),
            event(2037, "MSExchangeIS", ""),
            event(2037, "MSExchangeSA", "a zebra"),
            server("EX02", "5.5"),
            server("EX01", "5.6"),
            code("c1030ad2"),
        ];
        for invented in invented {
            assert!(catch_unwind(AssertUnwindSafe(|| evidence.check(&invented))).is_err(), "{invented:?}");
        }
    }
}
