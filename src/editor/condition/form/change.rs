//! Changes of an outline that keep what was typed: lines go, and move up, down, in and out with what is in them.

use std::ops::Range;

use super::{Field, Form, Join, Kind, Line};

/// One change of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// It goes, and what is in it.
    Remove,
    /// It changes places with the one above on its level.
    Up,
    /// It changes places with the one below on its level.
    Down,
    /// It becomes the last of what the line above holds; where that can hold none, a new group is put around it.
    Indent,
    /// It leaves the line that it belongs to and comes behind that.
    Outdent,
}

impl Step {
    /// Every change.
    pub const ALL: [Self; 5] = [Self::Remove, Self::Up, Self::Down, Self::Indent, Self::Outdent];

    /// The word that its button sends before the line's number.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Remove => "remove",
            Self::Up => "up",
            Self::Down => "down",
            Self::Indent => "indent",
            Self::Outdent => "outdent",
        }
    }

    /// Reads the word back.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.as_str() == word)
    }
}

impl Form {
    /// Whether the line with this number can take the step.
    #[must_use]
    pub fn can(&self, step: Step, number: usize) -> bool {
        let Some(line) = self.line(number).filter(|_| number > 1) else { return false };
        match step {
            Step::Remove | Step::Indent => true,
            Step::Up => self.before(number).is_some(),
            Step::Down => self.after(number).is_some(),
            Step::Outdent => line.depth > 1,
        }
    }

    /// Takes a step and gives the number that the line has then, or that of the line before it if it is gone. A step that cannot be taken changes nothing.
    pub fn take(&mut self, step: Step, number: usize) -> usize {
        if !self.can(step, number) {
            return number.clamp(1, self.lines.len());
        }
        let block = self.block(number);
        match step {
            Step::Remove => {
                self.lines.drain(block);
                number - 1
            }
            Step::Up => {
                let before = self.before(number).unwrap_or_else(|| block.clone());
                self.rotate(before.start..block.end, before.len());
                before.start + 1
            }
            Step::Down => {
                let after = self.after(number).unwrap_or_else(|| block.clone());
                self.rotate(block.start..after.end, block.len());
                number + after.len()
            }
            Step::Indent => self.indent(number, block),
            Step::Outdent => {
                let (length, parent) = (block.len(), self.block(self.holder(number)));
                self.shift(block.clone(), |depth| depth - 1);
                self.rotate(block.start..parent.end, length);
                parent.end - length + 1
            }
        }
    }

    fn indent(&mut self, number: usize, block: Range<usize>) -> usize {
        let depth = self.line(number).map_or(1, |line| line.depth);
        let is_held = self.before(number).and_then(|before| self.lines.get(before.start)).is_some_and(|line| line.kind.holds_lines());
        self.shift(block.clone(), |depth| depth + 1);
        if is_held {
            return number;
        }
        self.lines.insert(block.start, Line::new(Kind::Group, depth).with(Field::Join, Join::Any.as_str()));
        number + 1
    }

    /// The positions of the line with this number and of what is in it.
    pub(super) fn block(&self, number: usize) -> Range<usize> {
        let start = number.saturating_sub(1);
        let depth = self.lines.get(start).map_or(0, |line| line.depth);
        let inside = self.lines.iter().skip(number).take_while(|line| line.depth > depth).count();
        start..(number + inside).min(self.lines.len())
    }

    /// The lines that belong to the line with this number, of any depth.
    #[must_use]
    pub fn inside(&self, number: usize) -> &[Line] {
        let block = self.block(number);
        self.lines.get(block.start + 1..block.end).unwrap_or_default()
    }

    /// The positions of the block above on the same level.
    fn before(&self, number: usize) -> Option<Range<usize>> {
        let block = self.block(number);
        let depth = self.lines.get(block.start)?.depth;
        let at = self.lines.iter().take(block.start).rposition(|line| line.depth <= depth)?;
        (self.lines.get(at)?.depth == depth).then_some(at..block.start)
    }

    /// The positions of the block below on the same level.
    fn after(&self, number: usize) -> Option<Range<usize>> {
        let block = self.block(number);
        let depth = self.lines.get(block.start)?.depth;
        let next = self.lines.get(block.end)?;
        (next.depth == depth).then(|| self.block(block.end + 1))
    }

    /// The number of the line that the line with this number belongs to.
    #[must_use]
    pub fn holder(&self, number: usize) -> usize {
        let start = number.saturating_sub(1);
        let depth = self.lines.get(start).map_or(0, |line| line.depth);
        self.lines.iter().take(start).rposition(|line| line.depth < depth).map_or(1, |at| at + 1)
    }

    fn shift(&mut self, block: Range<usize>, depth: impl Fn(usize) -> usize) {
        for line in self.lines.get_mut(block).into_iter().flatten() {
            line.depth = depth(line.depth);
        }
    }

    fn rotate(&mut self, block: Range<usize>, by: usize) {
        if let Some(lines) = self.lines.get_mut(block).filter(|lines| by <= lines.len()) {
            lines.rotate_left(by);
        }
    }
}
