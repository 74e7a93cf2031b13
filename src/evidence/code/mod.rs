//! Error codes as they stand in text.

mod names;

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::paste::Lines;
use super::{Item, Proposal};
use crate::tree::code::Code;

pub use names::{code_of, name_of};

/// More different codes than that are not proposed.
const MAX_CODES: usize = 100;

/// A pattern whose group `code` holds what may be a code.
fn pattern(text: &str) -> Option<Regex> {
    Regex::new(text).ok()
}

/// What may stand behind a number: nothing that would make it a part of something longer. A sentence may follow without a blank.
const END: &str = r"(?:$|[.,;:!?]*(?:$|[^\w.\\/-])|\.(?-i:[A-Z][a-z]))";

/// The notations. What each matches must still be a code for [`Code::parse`].
static NOTATIONS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    // What may stand before and behind a number: no letter, digit, dot or dash that would make it a part of something longer.
    let alone = |code: &str| format!(r"(?i)(?:^|[^\w.\\/-])(?P<code>{code}){END}");
    [
        // 0x80004005, also widened to 64 bits.
        alone(r"0x[0-9a-f]{1,8}|0x[0-9a-f]{16}"),
        // c1030ad1, and with the parts that follow it in a message box (8004011d-0526-00000000).
        format!(r"(?i)(?:^|[^\w.\\/{{-])(?P<code>[0-9a-f]{{8}})(?:-[0-9a-f]{{4}}-[0-9a-f]{{8}})?{END}"),
        // -1018, -2147221233; not the second part of a range or a date.
        r"(?:^|[\s(=:\[,])(?P<code>-(?:\d{3,4}|\d{9,10}))(?:$|[.,;:!?)\]]*(?:$|[\s(]))".to_owned(),
        // 4294966768.
        alone(r"[2-4]\d{9}"),
        // error 2140, error code: 2127, service-specific error code 5, code=1053, err 1722.
        r"(?i)\b(?:error|err|code|fehler)(?:\s+(?:code|number|no\.?|nr\.?|value|id))?\s*(?:is|was|of)?\s*[:=#]?\s*[(<\[]?(?P<code>\d{1,10})(?:$|[.,;:!?)>\]]*(?:$|[\s(\]])|\.(?-i:[A-Z][a-z]))".to_owned(),
    ]
    .iter()
    .filter_map(|text| pattern(text))
    .collect()
});

/// What makes a ten-digit number something else than a code.
static OTHER_NUMBERS: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"(?i)(?:\b(?:phone|tel|fax|mobile|order|invoice|ticket|instance\s?id)\b|\+)[^\d]{0,20}$"));
/// What makes `code 2037` no error code.
static OTHER_CODES: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"(?i)\b(?:event|exit|zip|post|postal|area|country|product|door|source|bar|dress|page|promo|discount|order)\W*$"));
/// A name such as `MAPI_E_CALL_FAILED` or `JET_errDiskIO`.
static NAME: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(r"\b(?:MAPI_E|JET_err|STATUS|ERROR|RPC_S|EPT_S|NERR|E)_?\w+\b"));

/// The codes of a text, in order, each with where it stands.
pub(super) fn codes_in(text: &str) -> Vec<(Range<usize>, Code)> {
    let mut found: Vec<(Range<usize>, Code)> = Vec::new();
    for notation in NOTATIONS.iter() {
        let mut from = 0;
        // Matches share the character between them, so each search begins at the end of the last code.
        while let Some(groups) = notation.captures_at(text, from) {
            let Some(written) = groups.name("code") else { break };
            from = written.end();
            let before = text.get(..written.start()).unwrap_or_default();
            if looks_like_a_code(written.as_str(), before)
                && !found.iter().any(|(range, _)| range.start < written.end() && written.start() < range.end)
                && let Ok(code) = Code::parse(written.as_str())
            {
                found.push((written.range(), code));
            }
        }
    }
    if let Some(name) = NAME.as_ref() {
        for word in name.find_iter(text) {
            let known = code_of(word.as_str()).filter(|code| !found.iter().any(|(_, other)| other.matches(code)));
            found.extend(known.map(|code| (word.range(), code)));
        }
    }
    found.sort_by_key(|(range, _)| range.start);
    found
}

/// Whether a number in the right notation is meant as a code. `before` is the text before it.
fn looks_like_a_code(written: &str, before: &str) -> bool {
    let digits_only = written.bytes().all(|b| b.is_ascii_digit());
    // The last characters alone: a search through the whole text for every number would not be linear.
    let mut start = before.len().saturating_sub(48);
    while !before.is_char_boundary(start) {
        start += 1;
    }
    let before = before.get(start..).unwrap_or_default();
    let is_other = |pattern: &Option<Regex>| pattern.as_ref().is_some_and(|pattern| pattern.is_match(before));
    if digits_only && written.len() == 10 {
        return written.parse::<u32>().is_ok_and(|number| number >= 1 << 31) && !is_other(&OTHER_NUMBERS);
    }
    if written.len() == 8 && written.bytes().all(|b| b.is_ascii_hexdigit()) {
        // Words such as "defaced1" are rare, dates such as 20261120 are not.
        let failure = written.starts_with("800");
        return if digits_only { failure || labelled(before) } else { written.bytes().any(|b| b.is_ascii_digit()) };
    }
    if digits_only {
        let label_start = before.rfind(['\n', ',', ';']).map_or(0, |at| at + 1);
        let label = before.get(label_start..).unwrap_or_default().to_lowercase();
        let word = label.rfind("code").or_else(|| label.rfind("err")).unwrap_or(0);
        return !OTHER_CODES.as_ref().is_some_and(|other| other.is_match(label.get(..word).unwrap_or_default()));
    }
    true
}

/// Whether the text right before a number calls it an error or a code.
fn labelled(before: &str) -> bool {
    let before = before.trim_end_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    ["error", "code", "id no"].iter().any(|label| before.ends_with(label))
}

/// Proposes the codes of what the other readers understood, and of the lines that nobody took.
pub(super) fn read(lines: &Lines, understood: &[Proposal]) -> Vec<Proposal> {
    let mut proposals: Vec<Proposal> = Vec::new();
    for proposal in understood {
        let text = match &proposal.item {
            Item::Message(text) => Some(text.as_str()),
            Item::Event(event) => event.text.as_deref(),
            Item::Code(_) | Item::Server(_) => None,
        };
        for (range, code) in text.map(codes_in).unwrap_or_default() {
            let written = text.and_then(|text| text.get(range)).unwrap_or_default();
            let line = proposal.lines.clone().find(|line| lines.line(*line).contains(written)).map_or(proposal.lines.clone(), |line| line..line + 1);
            add(&mut proposals, code, written, line);
        }
    }
    for line in lines.free().into_iter().flatten() {
        let found: Vec<(Code, String)> =
            codes_in(lines.line(line)).into_iter().map(|(range, code)| (code, lines.line(line).get(range).unwrap_or_default().to_owned())).collect();
        for (code, written) in found {
            add(&mut proposals, code, &written, line..line + 1);
        }
    }
    proposals
}

/// Adds a code that is not there yet in any notation.
fn add(proposals: &mut Vec<Proposal>, code: Code, written: &str, lines: Range<usize>) {
    let is_there = proposals.iter().any(|other| matches!(&other.item, Item::Code(there) if there.matches(&code)));
    if is_there || proposals.len() >= MAX_CODES {
        return;
    }
    let remarks = match name_of(&code) {
        Some(name) if name == written => vec![format!("{name} is {code}.")],
        Some(name) => vec![format!("This is {name}.")],
        None => Vec::new(),
    };
    proposals.push(Proposal { item: Item::Code(code), lines, remarks });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> Vec<String> {
        codes_in(text).into_iter().map(|(_, code)| code.to_string()).collect()
    }

    #[test]
    fn every_notation_is_found() {
        for (text, expected) in [
            ("ID no: c1030ad1", &["c1030ad1"][..]),
            ("Logon failure. [MAPI 1.0] ID no: 8004011d-0526-00000000", &["8004011d"]),
            ("failed with 0x80004005 and (0xC0000005).", &["0x80004005", "0xC0000005"]),
            ("Jet error -1018, then (-528).", &["-1018", "-528"]),
            ("service-specific error 4294966768.", &["4294966768"]),
            ("returned service specific error code 4294966090", &["4294966090"]),
            ("Error 2140: An internal error; error code: 2127, Error Code = 5", &["2140", "2127", "5"]),
            ("error number 1053", &["1053"]),
            ("0x80004005 0x8004010f,0x5", &["0x80004005", "0x8004010f", "0x5"]),
            ("the call returned MAPI_E_NOT_FOUND", &["0x8004010F"]),
            ("MAPI_E_NOT_FOUND (8004010f)", &["8004010f"]),
            ("(80004005)", &["80004005"]),
            ("error no = 80004005.The next sentence", &["80004005"]),
            ("FAILED ERROR CODE <183>", &["183"]),
        ] {
            assert_eq!(codes(text), expected, "{text}");
        }
    }

    #[test]
    fn other_numbers_are_no_codes() {
        for text in [
            "Event ID: 2037",
            "event code 2037",
            "on 2026-11-20 at 10:31, call 555-1234 or +1 425 555 0100",
            "phone 4255550123",
            "Build 5.5.2653.23 of 20261120",
            "{c1030ad1-0526-11d1-8000-00a0c9000000}",
            r"C:\temp\c1030ad1.log",
            "10.0.0.80",
            "pages 100-1018",
            "InstanceId : 3221226477",
            "zip code 98052",
            "no errors in 2026",
            "550 5.7.1 unable to relay",
            "object ID: 06000058",
        ] {
            assert_eq!(codes(text), [] as [&str; 0], "{text}");
        }
    }

    #[test]
    fn a_code_is_proposed_once_with_its_line_and_its_name() {
        let message = Proposal { item: Item::Message("It failed.\nError -528 (4294966768)".to_owned()), lines: 0..2, remarks: Vec::new() };
        let lines = Lines::of("It failed.\nError -528 (4294966768)");
        let proposals = read(&lines, &[message]);
        let [one] = proposals.as_slice() else { unreachable!("{proposals:?}") };
        assert_eq!((one.lines.clone(), one.remarks.as_slice()), (1..2, &["This is JET_errMissingLogFile.".to_owned()][..]));
    }
}
