//! A line together with the lines that stand in it.

use super::{Field, Form, Kind, Line};

/// A line and what is in it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part<'f> {
    /// The line's number, from 1.
    pub(super) number: usize,
    pub(super) line: &'f Line,
    /// The lines that belong to it, of any depth.
    inside: &'f [Line],
}

impl<'f> Part<'f> {
    /// The first line of a form, and so all of it.
    pub(super) fn whole(form: &'f Form) -> Option<Self> {
        let (line, inside) = form.lines.split_first()?;
        Some(Self { number: 1, line, inside })
    }

    /// The parts that stand directly in it.
    pub(super) fn parts(&self) -> Vec<Self> {
        let mut parts = Vec::new();
        let (mut number, mut rest) = (self.number + 1, self.inside);
        while let Some((line, after)) = rest.split_first() {
            let length = after.iter().take_while(|other| other.depth > line.depth).count();
            let (inside, following) = after.split_at(length);
            parts.push(Self { number, line, inside });
            number += 1 + length;
            rest = following;
        }
        parts
    }

    pub(super) fn kind(&self) -> Kind {
        self.line.kind
    }

    pub(super) fn get(&self, field: Field) -> &'f str {
        self.line.get(field)
    }
}
