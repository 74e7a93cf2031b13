//! Free lines as one text, with the way back from a place in it to its line.

use std::ops::Range;

use crate::evidence::paste::Lines;

/// A run of lines joined by line ends.
pub(super) struct Passage {
    /// The joined text.
    pub(super) text: String,
    /// The first line's number in the paste.
    first: usize,
    /// Where each line starts in the text.
    starts: Vec<usize>,
}

impl Passage {
    /// The lines of `run`.
    pub(super) fn of(lines: &Lines, run: &Range<usize>) -> Self {
        let (mut text, mut starts) = (String::new(), Vec::with_capacity(run.len()));
        for position in run.clone() {
            if position > run.start {
                text.push('\n');
            }
            starts.push(text.len());
            text.push_str(lines.line(position));
        }
        Self { text, first: run.start, starts }
    }

    /// The text of a range, empty if there is no such range.
    pub(super) fn slice(&self, range: Range<usize>) -> &str {
        self.text.get(range).unwrap_or_default()
    }

    /// Everything from a place on.
    pub(super) fn rest(&self, from: usize) -> &str {
        self.text.get(from..).unwrap_or_default()
    }

    /// Where the line of a place starts in the text.
    pub(super) fn line_start(&self, place: usize) -> usize {
        self.starts.get(self.index(place)).copied().unwrap_or_default()
    }

    /// Where the line of a place ends, before its line end.
    pub(super) fn line_end(&self, place: usize) -> usize {
        self.starts.get(self.index(place) + 1).map_or(self.text.len(), |next| next - 1)
    }

    /// The lines of the paste that a range of the text touches; a line end at its own end does not count.
    pub(super) fn lines(&self, range: Range<usize>) -> Range<usize> {
        let text = self.slice(range.clone());
        let (start, end) = (range.start + (text.len() - text.trim_start().len()), range.end - (text.len() - text.trim_end().len()));
        let start = start.min(end);
        self.first + self.index(start)..self.first + self.index(end.saturating_sub(1).max(start)) + 1
    }

    fn index(&self, place: usize) -> usize {
        self.starts.partition_point(|start| *start <= place).saturating_sub(1)
    }
}
