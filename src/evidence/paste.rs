//! Reads one paste: each reader takes the lines it understands and leaves the rest to the next.

use std::ops::Range;

use super::decode::plain;
use super::{Reading, code, event, message, server};
use crate::tree::ladder::Ladders;

/// More bytes than any paste or text file that an admin would read; what follows is cut off.
pub const MAX_BYTES: usize = 4 * 1024 * 1024;
/// More lines than that are cut off.
pub const MAX_LINES: usize = 50_000;
/// Longer lines are cut off.
pub const MAX_LINE: usize = 16 * 1024;

/// The lines of a paste, and which of them a reader has taken.
#[derive(Debug)]
pub(super) struct Lines {
    lines: Vec<String>,
    taken: Vec<bool>,
}

impl Lines {
    fn new(lines: Vec<String>) -> Self {
        Self { taken: vec![false; lines.len()], lines }
    }

    /// The lines of a short text, for tests of a reader.
    #[cfg(test)]
    pub(super) fn of(text: &str) -> Self {
        Self::new(split(text, &mut Vec::new()))
    }

    /// The line at `position`, empty beyond the end.
    pub(super) fn line(&self, position: usize) -> &str {
        self.lines.get(position).map_or("", String::as_str)
    }

    /// The longest runs of lines that nobody has taken, in order.
    pub(super) fn free(&self) -> Vec<Range<usize>> {
        let mut runs: Vec<Range<usize>> = Vec::new();
        for position in (0..self.lines.len()).filter(|position| self.taken.get(*position) == Some(&false)) {
            match runs.last_mut() {
                Some(run) if run.end == position => run.end += 1,
                _ => runs.push(position..position + 1),
            }
        }
        runs
    }

    /// Takes lines, so that no other reader sees them.
    pub(super) fn take(&mut self, range: Range<usize>) {
        for taken in self.taken.get_mut(range).unwrap_or_default() {
            *taken = true;
        }
    }

    /// The runs that nobody took, without blank lines at their ends.
    fn left(&self) -> Vec<Range<usize>> {
        let blank = |position: &usize| self.line(*position).trim().is_empty();
        let trimmed = self.free().into_iter().filter_map(|run| {
            let first = run.clone().find(|position| !blank(position))?;
            let last = run.rev().find(|position| !blank(position))?;
            Some(first..last + 1)
        });
        trimmed.collect()
    }
}

/// Reads whatever was pasted: messages, events, codes and lists of servers, several in any order, with chatter around them.
///
/// `ladders` tell which versions and builds exist. What is larger than the caps of this module is cut, and the reading says so.
#[must_use]
pub fn read(text: &str, ladders: &Ladders) -> Reading {
    let mut cut = Vec::new();
    let mut lines = Lines::new(split(text, &mut cut));
    let mut proposals = event::read(&mut lines, &mut cut);
    proposals.extend(server::read(&mut lines, ladders, &mut cut));
    proposals.extend(message::read(&mut lines, &mut cut));
    proposals.extend(code::read(&lines, &proposals));
    // Codes, and servers that a sentence mentions, leave their line to the others; it is understood all the same.
    for proposal in &proposals {
        lines.take(proposal.lines.clone());
    }
    proposals.sort_by_key(|proposal| (proposal.lines.start, proposal.lines.end));
    Reading { not_understood: lines.left(), lines: lines.lines, proposals, cut }
}

/// The lines of a text, cut to the caps.
fn split(text: &str, cut: &mut Vec<String>) -> Vec<String> {
    let mut end = text.len().min(MAX_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    if end < text.len() {
        cut.push(format!("Only the first {} MiB were read.", MAX_BYTES / 1024 / 1024));
    }
    let text = plain(text.get(..end).unwrap_or_default().trim_start_matches('\u{feff}'));
    let mut all = text.split('\n');
    let lines: Vec<String> = all.by_ref().take(MAX_LINES).map(|line| shorten(line, MAX_LINE)).collect();
    if all.next().is_some() {
        cut.push(format!("Only the first {MAX_LINES} lines were read."));
    }
    if lines.iter().any(|line| line.len() > MAX_LINE) {
        cut.push(format!("Lines of more than {} KiB were read to that length only.", MAX_LINE / 1024));
    }
    lines
}

/// The line without its trailing blanks; one that is longer than `most` bytes keeps that many and a mark.
fn shorten(line: &str, most: usize) -> String {
    let line = line.trim_end();
    if line.len() <= most {
        return line.to_owned();
    }
    let mut end = most;
    while !line.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}\u{2026}", line.get(..end).unwrap_or_default())
}
