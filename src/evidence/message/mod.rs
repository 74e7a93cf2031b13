//! Messages: the texts of dialogs and log lines, told apart from what people write around them.

mod line;

use std::ops::Range;

use super::paste::Lines;
use super::{Item, Proposal};
use line::Kind;

/// More messages than that are not proposed.
const MAX_MESSAGES: usize = 50;
/// Longer messages are cut off.
const MAX_MESSAGE: usize = 16 * 1024;

/// A message as it is gathered, line by line.
#[derive(Debug, Default)]
struct Draft {
    texts: Vec<String>,
    lines: Option<Range<usize>>,
    /// Blank lines since the last line of text.
    blanks: usize,
    /// Whether a line says that something failed or bears a code.
    says_failure: bool,
    /// Whether the last line ends the dialog, as `ID no:` does.
    is_closed: bool,
    /// Whether it is a report of a message that was not delivered.
    is_report: bool,
}

impl Draft {
    fn push(&mut self, position: usize, text: &str) {
        if self.blanks > 0 && !self.texts.is_empty() {
            self.texts.push(String::new());
        }
        self.blanks = 0;
        self.says_failure |= line::says_failure(text);
        self.is_closed = line::ends_dialog(text);
        self.is_report |= self.texts.is_empty() && line::begins_report(text);
        self.texts.push(text.to_owned());
        let first = self.lines.as_ref().map_or(position, |lines| lines.start);
        self.lines = Some(first..position + 1);
    }

    fn proposal(self) -> Option<Proposal> {
        let lines = self.lines.filter(|_| self.says_failure)?;
        let mut text = self.texts.join("\n");
        let mut remarks = Vec::new();
        if text.len() > MAX_MESSAGE {
            let end = (0..=MAX_MESSAGE).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
            text.truncate(end);
            remarks.push(format!("The message was read to a length of {} KiB only.", MAX_MESSAGE / 1024));
        }
        Some(Proposal { item: Item::Message(text), lines, remarks })
    }
}

/// Proposes the messages of the lines that nobody has taken, and takes those lines. `cut` hears what was left out.
pub(super) fn read(lines: &mut Lines, cut: &mut Vec<String>) -> Vec<Proposal> {
    let mut proposals = Vec::new();
    for run in lines.free() {
        proposals.extend(messages_of(lines, run));
    }
    let left_out = proposals.len().saturating_sub(MAX_MESSAGES);
    if left_out > 0 {
        proposals.truncate(MAX_MESSAGES);
        cut.push(format!("{left_out} messages were left out: {MAX_MESSAGES} is the limit."));
    }
    for proposal in &proposals {
        lines.take(frame(lines, &proposal.lines));
    }
    proposals
}

/// The lines of a message with the rules and buttons right around it, which belong to its dialog.
fn frame(lines: &Lines, message: &Range<usize>) -> Range<usize> {
    let is_frame = |position: &usize| matches!(line::kind(line::bare(lines.line(*position))), Kind::Rule | Kind::Boundary);
    let above = (0..message.start).rev().take_while(is_frame).count();
    let below = (message.end..).take_while(|position| is_frame(position)).count();
    message.start - above..message.end + below
}

/// The messages of a run of lines.
fn messages_of(lines: &Lines, run: Range<usize>) -> Vec<Proposal> {
    let mut found = Vec::new();
    let mut draft = Draft::default();
    let mut is_signature = false;
    let end = |draft: &mut Draft, found: &mut Vec<Proposal>| found.extend(std::mem::take(draft).proposal());
    for position in run {
        let text = line::bare(lines.line(position));
        // What a letter quotes is not its signature.
        is_signature &= !lines.line(position).starts_with('>');
        match line::kind(text) {
            Kind::Blank => {
                draft.blanks += 1;
                // Whoever signs does so at the end of a paragraph or of the paste.
                if draft.blanks > 1 {
                    is_signature = false;
                }
            }
            Kind::Rule => {}
            Kind::Boundary => end(&mut draft, &mut found),
            Kind::Closing => {
                end(&mut draft, &mut found);
                is_signature = true;
            }
            Kind::Chatter if draft.is_report && line::is_of_report(text) => draft.push(position, text),
            Kind::Chatter => {
                end(&mut draft, &mut found);
                if let Some(quoted) = line::quoted(text) {
                    let mut inside = Draft::default();
                    inside.push(position, quoted);
                    end(&mut inside, &mut found);
                }
            }
            Kind::Text if is_signature => {}
            Kind::Text => {
                if draft.is_closed || draft.blanks > 1 {
                    end(&mut draft, &mut found);
                }
                draft.push(position, line::without_stamp(text));
            }
        }
    }
    end(&mut draft, &mut found);
    found
}

#[cfg(test)]
mod tests;
