//! The form of a condition as an outline: a flat list of lines, each of which belongs to the nearest line above that stands less far in.
//!
//! It is flat because it must work without JavaScript: every line is a few numbered fields (`kind-3`, `depth-3`, `level-3`), every button posts all of
//! them, and what comes back is the same outline with one change. Fields keep what was typed, whatever it is; only [`Form::condition`] judges it.

mod add;
mod change;
mod join;
mod line;
mod meaning;
mod name;
mod of;
mod part;
mod read;
#[cfg(test)]
mod tests;

pub use add::Addition;
pub use change::Step;
pub use join::Join;
pub use line::{Field, Kind, Line};

/// The most lines of an outline. A condition with more is edited as text.
pub const MOST_LINES: usize = 400;

/// In the field for the other row: the row itself, whose build is compared with one of its files. No row can have this name.
pub const SAME_ROW: &str = ".";

/// An outline. The first line is a group that everything belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    lines: Vec<Line>,
}

impl Form {
    /// An outline without tests.
    #[must_use]
    pub fn new() -> Self {
        Self { lines: vec![Line::new(Kind::Group, 0).with(Field::Join, Join::All.as_str())] }
    }

    /// The lines; line numbers, which count from 1, are positions in this list plus one.
    #[must_use]
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// Whether nothing is tested.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines.len() < 2
    }

    /// The line with this number.
    fn line(&self, number: usize) -> Option<&Line> {
        self.lines.get(number.checked_sub(1)?)
    }

    /// Puts every line at most one step further in than a line above that can hold it, and none beside the first.
    fn settle(&mut self) {
        let mut most = 0;
        for line in &mut self.lines {
            line.depth = line.depth.clamp(most.min(1), most);
            most = if line.kind.holds_lines() { line.depth + 1 } else { line.depth };
        }
    }
}

impl Default for Form {
    fn default() -> Self {
        Self::new()
    }
}
