//! Where a fact was read: sent along with its form, so that the page shows it as often as it comes back, and an edit is told from what was read.

use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::evidence::{Item, Proposal, Reading};
use crate::tree::fact::Row;
use crate::web::Failure;

/// The most lines of the evidence that stand beside one fact.
const MOST_LINES: usize = 6;
/// The longest of these lines, in characters.
const LONGEST_LINE: usize = 300;

/// Where one fact was read.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Origin {
    /// Which lines, in words: "lines 3 to 5".
    pub place: String,
    /// The lines themselves, or the first of them.
    pub excerpt: Vec<String>,
    /// The line that the statement keeps, behind the name of its file.
    pub line: String,
    /// What to know of how it was read.
    pub remarks: Vec<String>,
    /// What was read, as a digest: another one means that the visitor changed it.
    read: String,
    /// The server as it was read, with what the table has no columns for.
    row: Option<Box<Row>>,
}

/// A piece of a line, marked if the fact was read from it.
#[derive(Debug, PartialEq, Eq)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// Whether it is marked.
    pub marked: bool,
}

impl Origin {
    /// The origin of a proposal of `reading`, which was read from the file of that name or from the paste.
    pub fn new(reading: &Reading, proposal: &Proposal, file: Option<&str>) -> Self {
        let lines = reading.lines.get(proposal.lines.clone()).unwrap_or_default();
        let first = lines.first().map(|line| shortened(line).trim().to_owned()).unwrap_or_default();
        Self {
            place: place(proposal.lines.start, lines.len(), file),
            excerpt: lines.iter().take(MOST_LINES).map(|line| shortened(line)).collect(),
            line: file.map_or_else(|| first.clone(), |file| format!("{file}: {first}")),
            remarks: proposal.remarks.clone(),
            read: digest(&proposal.item),
            row: match &proposal.item {
                Item::Server(row) => Some(row.clone()),
                _ => None,
            },
        }
    }

    /// The origin of a fact that was stated before, of which its line alone is known.
    pub fn of_line(item: &Item, line: &str) -> Self {
        let row = if let Item::Server(row) = item { Some(row.clone()) } else { None };
        let excerpt = Some(line.to_owned()).filter(|line| !line.is_empty()).into_iter().collect();
        Self { excerpt, line: line.to_owned(), read: digest(item), row, ..Self::default() }
    }

    /// Reads what a form sent along; nothing stands for a fact that the visitor added.
    ///
    /// # Errors
    /// It was changed on its way.
    pub fn sent(written: &str) -> Result<Self, Failure> {
        if written.is_empty() {
            return Ok(Self::default());
        }
        serde_json::from_str(written).map_err(|_| Failure::bad_input("The form came back changed. Go back, reload the page and send it again."))
    }

    /// What a form sends along.
    pub fn written(&self) -> String {
        // Texts and lists of them can always be written.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The line for `item`, if it is still what was read from that line.
    pub fn line_of(&self, item: &Item) -> &str {
        if self.read == digest(item) { &self.line } else { "" }
    }

    /// The server that was read, for what a table of servers does not show.
    pub fn row(&self) -> Option<&Row> {
        self.row.as_deref()
    }

    /// The excerpt in pieces: `code` is marked where it stands, and without one every line from its first to its last letter.
    pub fn pieces(&self, code: &str) -> Vec<Vec<Piece>> {
        let found = Some(code).filter(|code| !code.is_empty() && self.excerpt.iter().any(|line| position(line, code).is_some()));
        self.excerpt.iter().map(|line| pieces(line, found)).collect()
    }
}

/// The line, or the beginning of a long one.
pub fn shortened(line: &str) -> String {
    line.chars().take(LONGEST_LINE).collect()
}

/// Which lines, in words, counted from 1.
pub fn place(start: usize, count: usize, file: Option<&str>) -> String {
    let lines = match count {
        0 | 1 => format!("line {}", start + 1),
        _ => format!("lines {} to {}", start + 1, start + count),
    };
    file.map_or_else(|| lines.clone(), |file| format!("{file}, {lines}"))
}

/// A short digest of what was read, by the text that it is stored as: what that leaves out says nothing.
fn digest(item: &Item) -> String {
    let text = match item {
        Item::Message(message) => Ok(message.clone()),
        Item::Event(event) => serde_json::to_string(event),
        Item::Code(code) => Ok(code.to_string()),
        Item::Server(row) => serde_json::to_string(row),
    };
    let digest = Sha256::digest(text.unwrap_or_default());
    HEXLOWER.encode(digest.get(..8).unwrap_or_default())
}

/// Where `code` stands in `line` in any case; ASCII keeps its length when its case is folded.
fn position(line: &str, code: &str) -> Option<usize> {
    line.to_ascii_lowercase().find(&code.to_ascii_lowercase())
}

fn pieces(line: &str, code: Option<&str>) -> Vec<Piece> {
    let (before, rest, after) = match code {
        Some(code) => match position(line, code) {
            Some(start) => {
                let (before, rest) = line.split_at(start);
                let (marked, after) = rest.split_at(code.len().min(rest.len()));
                (before, marked, after)
            }
            None => (line, "", ""),
        },
        None => {
            let start = line.len() - line.trim_start().len();
            let (before, rest) = line.split_at(start);
            let marked = rest.trim_end();
            (before, marked, rest.get(marked.len()..).unwrap_or_default())
        }
    };
    let piece = |text: &str, marked| Piece { text: text.to_owned(), marked };
    [piece(before, false), piece(rest, true), piece(after, false)].into_iter().filter(|piece| !piece.text.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::code::Code;

    fn reading(text: &str, item: Item, lines: std::ops::Range<usize>) -> Origin {
        let reading = Reading { lines: text.lines().map(str::to_owned).collect(), ..Reading::default() };
        Origin::new(&reading, &Proposal { item, lines, remarks: vec!["a guess".to_owned()] }, None)
    }

    fn shown(pieces: &[Vec<Piece>]) -> Vec<String> {
        let line = |pieces: &Vec<Piece>| pieces.iter().map(|piece| if piece.marked { format!("[{}]", piece.text) } else { piece.text.clone() }).collect();
        pieces.iter().map(line).collect()
    }

    #[test]
    fn an_origin_comes_back_as_it_was_sent() {
        let origin = reading("x\n  Ä <b>\nz", Item::Message("Ä <b>\nz".to_owned()), 1..3);
        assert_eq!((origin.place.as_str(), origin.line.as_str()), ("lines 2 to 3", "Ä <b>"));
        assert_eq!(Origin::sent(&origin.written()).unwrap(), origin);
        assert_eq!(Origin::sent("").unwrap(), Origin::default());
        assert!(Origin::sent("{\"line\": 1}").is_err());
    }

    #[test]
    fn a_fact_keeps_its_line_until_it_is_changed() {
        let row = |level: &str| Item::Server(Box::new(Row { name: Some("EX01".to_owned()), level: Some(level.to_owned()), ..Row::default() }));
        let origin = reading("EX01 5.0 SP1", row("5.0 SP1"), 0..1);
        assert_eq!(origin.line_of(&row("5.0 SP1")), "EX01 5.0 SP1");
        assert_eq!(origin.line_of(&row("5.0 SP2")), "");
    }

    #[test]
    fn a_code_is_marked_where_it_stands_and_anything_else_by_whole_lines() {
        let code = Item::Code(Code::parse("c1030ad1").unwrap());
        let origin = reading(" ID no: C1030AD1 (é)\nend", code, 0..2);
        assert_eq!(shown(&origin.pieces("c1030ad1")), [" ID no: [C1030AD1] (é)", "end"]);
        assert_eq!(shown(&origin.pieces("-528")), [" [ID no: C1030AD1 (é)]", "[end]"]);
        assert_eq!(shown(&origin.pieces("")), [" [ID no: C1030AD1 (é)]", "[end]"]);
    }

    #[test]
    fn long_evidence_is_quoted_in_part() {
        let text = format!("{}\n", "x".repeat(500)).repeat(20);
        let origin = reading(&text, Item::Message("x".to_owned()), 0..20);
        assert_eq!((origin.excerpt.len(), origin.line.len()), (MOST_LINES, LONGEST_LINE));
        assert_eq!(origin.place, "lines 1 to 20");
    }
}
