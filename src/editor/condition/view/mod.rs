//! An outline as the page shows it: the words, choices and buttons of each line.

mod choices;
mod controls;
mod words;

pub use choices::{Choices, Group};

use super::form::{Field, Form, Kind, Line, Step};

/// One control of a line.
#[derive(Debug, Clone)]
pub struct Control {
    /// Its name and id.
    pub id: String,
    /// What stands above it.
    pub label: &'static str,
    /// What stands in it.
    pub value: String,
    /// When it matters: `if-count` only where the quantifier counts, and so on; the stylesheet hides it otherwise.
    pub class: &'static str,
    /// How it is filled in.
    pub input: Input,
}

/// How a control is filled in.
#[derive(Debug, Clone)]
pub enum Input {
    /// One of several.
    Select(Vec<Group>),
    /// A text, with the id of the list that suggests some.
    Text(Option<&'static str>),
    /// A text of several lines.
    Area,
}

impl Control {
    /// Whether the value is none of those offered, so that it must be offered too.
    #[must_use]
    pub fn lacks_value(&self) -> bool {
        match &self.input {
            Input::Select(groups) => !groups.iter().flat_map(|group| &group.options).any(|(value, _)| *value == self.value),
            Input::Text(_) | Input::Area => false,
        }
    }
}

/// One line as it is shown.
#[derive(Debug, Clone)]
pub struct Shown {
    /// Its number, from 1.
    pub number: usize,
    /// The word of its kind, for the hidden field.
    pub kind: &'static str,
    /// How far in it stands.
    pub depth: usize,
    /// What it is, in words.
    pub title: &'static str,
    /// What an author may not know about it.
    pub help: Option<&'static str>,
    /// Its controls.
    pub controls: Vec<Control>,
    /// What its buttons can do: the word they send, and whether it can be done now.
    pub steps: Vec<(Step, bool)>,
}

impl Shown {
    /// The class of the stylesheet that draws it as far in as it stands.
    #[must_use]
    pub fn depth_class(&self) -> &'static str {
        depth_class(self.depth)
    }
}

/// Where something can be added: behind everything that one line holds.
#[derive(Debug, Clone)]
pub struct Adding {
    /// The number of the line that will hold it.
    pub number: usize,
    /// The class of the stylesheet that draws it as far in as what it adds.
    pub depth_class: &'static str,
    /// What is added to, in words.
    pub title: &'static str,
    /// What can be added.
    pub offers: Vec<Group>,
}

/// A piece of the list, from top to bottom.
#[derive(Debug, Clone)]
pub enum Item {
    /// A line.
    Line(Shown),
    /// A place to add lines.
    Adding(Adding),
}

/// The list that a page shows for an outline. `row` is the word for the row that all of it is about: `server` or `client`; `None` in a branch.
#[must_use]
pub fn items(form: &Form, choices: &Choices, row: Option<&'static str>) -> Vec<Item> {
    let mut items = Vec::new();
    let mut open: Vec<(usize, &Line)> = Vec::new();
    let mut helped: Vec<Kind> = Vec::new();
    for (at, line) in form.lines().iter().enumerate() {
        while let Some((number, held)) = open.pop_if(|(_, open)| open.depth >= line.depth) {
            items.push(Item::Adding(adding(form, number, held, choices, row)));
        }
        // What is said of one line of a kind need not be said of the next.
        let is_first = !helped.contains(&line.kind);
        helped.push(line.kind);
        items.push(Item::Line(shown(form, at + 1, line, choices, is_first, row)));
        if line.kind.holds_lines() {
            open.push((at + 1, line));
        }
    }
    items.extend(open.into_iter().rev().map(|(number, line)| Item::Adding(adding(form, number, line, choices, row))));
    items
}

fn shown(form: &Form, number: usize, line: &Line, choices: &Choices, with_help: bool, row: Option<&'static str>) -> Shown {
    let surroundings = Surroundings::of(form, number).within(row);
    let controls = controls::of(line, number, &surroundings, choices);
    let steps = if number == 1 { Vec::new() } else { Step::ALL.into_iter().map(|step| (step, form.can(step, number))).collect() };
    let (title, help) = words::of_line(line, number, row);
    Shown { number, kind: line.kind.as_str(), depth: line.depth, title, help: help.filter(|_| with_help), controls, steps }
}

fn adding(form: &Form, number: usize, line: &Line, choices: &Choices, row: Option<&'static str>) -> Adding {
    let surroundings = Surroundings::inside(form, number).within(row);
    let offers = choices.additions(line.kind, &surroundings);
    Adding { number, depth_class: depth_class(line.depth + 1), title: words::of_place(line, number, &surroundings), offers }
}

/// The class that draws a line of this depth. Deeper ones are drawn no further in, so that there is room for their fields.
fn depth_class(depth: usize) -> &'static str {
    const CLASSES: [&str; 6] = ["in-0", "in-1", "in-2", "in-3", "in-4", "in-5"];
    CLASSES.get(depth).copied().unwrap_or("in-6")
}

/// What stands around a line.
#[derive(Debug, Clone, Default)]
pub struct Surroundings {
    /// Whether a row stands around it, and the list's word for one: `server` or `client`.
    pub row: Option<&'static str>,
    /// The names of the rows around.
    pub names: Vec<String>,
    /// The message or event around, if there is one.
    pub record: Option<Kind>,
    /// Whether something in the line may be compared with the line's own row, which needs a name for that.
    pub compares: bool,
}

impl Surroundings {
    /// What stands around the line with this number.
    fn of(form: &Form, number: usize) -> Self {
        let around = if number < 2 { Self::default() } else { Self::inside(form, form.holder(number)) };
        let can_compare = |line: &Line| matches!(line.kind, Kind::Rows | Kind::Compare | Kind::Version | Kind::Attribute);
        Self { compares: form.inside(number).iter().any(can_compare), ..around }
    }

    /// The same in an outline that is all about this row.
    fn within(self, row: Option<&'static str>) -> Self {
        Self { row: self.row.or(row), ..self }
    }

    /// What stands around the lines in the line with this number.
    fn inside(form: &Form, number: usize) -> Self {
        let mut found = Self::default();
        let mut at = number;
        while let Some(line) = form.lines().get(at.wrapping_sub(1)) {
            match line.kind {
                Kind::Rows => {
                    found.row = found.row.or(Some(if line.get(Field::List) == "client" { "client" } else { "server" }));
                    found.names.extend(Some(line.get(Field::Var).trim().to_owned()).filter(|name| !name.is_empty()));
                }
                Kind::Messages | Kind::Event => found.record = found.record.or(Some(line.kind)),
                _ => {}
            }
            if at <= 1 {
                break;
            }
            at = form.holder(at);
        }
        found
    }
}
