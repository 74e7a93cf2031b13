//! Reads an outline from the fields that were posted.

use std::collections::BTreeMap;

use super::{Field, Form, Kind, Line, MOST_LINES};
use crate::web::Fields;

impl Form {
    /// The outline in the fields of a form. Fields that no outline has are left out, and lines stand no further in than they can.
    #[must_use]
    pub fn read(fields: &Fields) -> Self {
        let mut lines: BTreeMap<usize, Sent<'_>> = BTreeMap::new();
        for (name, value) in fields.iter() {
            let Some((name, number)) = name.rsplit_once('-') else { continue };
            let Ok(number) = number.parse() else { continue };
            let sent = lines.entry(number).or_default();
            match name {
                "kind" => sent.kind = sent.kind.or_else(|| Kind::parse(value)),
                "depth" => sent.depth = sent.depth.or_else(|| value.parse().ok()),
                name => sent.values.extend(Field::parse(name).map(|field| (field, value))),
            }
        }
        let mut form = Self { lines: lines.into_values().filter_map(Sent::line).take(MOST_LINES).collect() };
        if form.lines.first().is_none_or(|line| line.kind != Kind::Group) {
            form.lines.splice(0..0, Self::new().lines);
        }
        form.settle();
        form
    }
}

/// What was sent of one line.
#[derive(Default)]
struct Sent<'f> {
    kind: Option<Kind>,
    depth: Option<usize>,
    values: Vec<(Field, &'f str)>,
}

impl Sent<'_> {
    /// The line; `None` if no kind was sent for it.
    fn line(self) -> Option<Line> {
        let line = Line::new(self.kind?, self.depth.unwrap_or_default());
        // Browsers send the ends of lines in a text as two characters.
        Some(self.values.into_iter().rev().fold(line, |line, (field, value)| line.with(field, value.replace("\r\n", "\n"))))
    }
}
