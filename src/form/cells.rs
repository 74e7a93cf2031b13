//! One row of a table: as it was typed, and as a machine.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Origin;
use super::table::{CellKind, TableColumn};
use crate::tree::fact::{Marks, Row};
use crate::web::{Failure, Fields};

/// What stands for "I don't know" in a cell.
pub const UNKNOWN: &str = "?";

/// A row as typed.
#[derive(Debug, Clone, Default)]
pub struct Cells {
    /// The machine's name.
    pub name: String,
    /// Where the row was read; the page keeps it and sends it along unseen.
    pub origin: Origin,
    texts: BTreeMap<&'static str, String>,
    marks: BTreeMap<&'static str, BTreeSet<String>>,
}

impl Cells {
    /// The row as the table shows it.
    pub fn new(row: &Row, columns: &[TableColumn]) -> Self {
        let mut cells = Self { name: row.name.clone().unwrap_or_default(), ..Self::default() };
        for column in columns {
            match &column.cell {
                CellKind::Level(cell) => {
                    let level = if column.name == "os" { row.os.as_deref() } else { row.level.as_deref().or(row.build.as_deref()) };
                    let shown =
                        level.map_or_else(|| if column.name == "level" { UNKNOWN } else { "" }.to_owned(), |level| cell.shown(level, column.ladder.as_deref()));
                    cells.texts.insert(column.name, shown);
                }
                CellKind::Text => {
                    cells.texts.insert(column.name, text_of(row, column.name).unwrap_or_default());
                }
                CellKind::Marks(offers) => {
                    let marks = marks_of(row, column.name);
                    let is_stated = |offer: &&String| marks.stated.iter().any(|stated| stated.eq_ignore_ascii_case(offer));
                    let mut ticked: BTreeSet<String> = offers.iter().filter(is_stated).cloned().collect();
                    if marks.is_silent() {
                        ticked.insert(UNKNOWN.to_owned());
                    }
                    cells.marks.insert(column.name, ticked);
                }
            }
        }
        cells
    }

    /// The row `number`, from 1, as it was sent; `None` if there is none.
    ///
    /// # Errors
    /// A field that a row has once was sent twice.
    pub fn sent(sent: &Sent<'_>, columns: &[TableColumn], number: usize) -> Result<Option<Self>, Failure> {
        let name = sent.once("name", number)?;
        let origin = Origin::sent(&sent.once("origin", number)?.unwrap_or_default())?;
        let mut cells = Self { name: name.clone().unwrap_or_default(), origin, ..Self::default() };
        let mut found = name.is_some();
        for column in columns {
            if let CellKind::Marks(offers) = &column.cell {
                let ticked = sent.all(column.name, number).iter();
                let known = ticked.filter(|tick| **tick == UNKNOWN || offers.iter().any(|offer| offer == **tick)).map(|tick| (*tick).to_owned());
                cells.marks.insert(column.name, known.collect());
            } else if let Some(text) = sent.once(column.name, number)? {
                found = true;
                cells.texts.insert(column.name, text);
            }
        }
        Ok(found.then_some(cells))
    }

    /// What stands in the text cell or select of `column`.
    pub fn text(&self, column: &str) -> &str {
        self.texts.get(column).map_or("", String::as_str)
    }

    /// Whether `offer` is ticked in `column`; `UNKNOWN` stands for "not known".
    pub fn ticked(&self, column: &str, offer: &str) -> bool {
        self.marks.get(column).is_some_and(|marks| marks.contains(offer))
    }

    /// Whether nothing was entered.
    pub fn is_blank(&self) -> bool {
        self.name.trim().is_empty() && self.texts.values().all(|text| text.trim().is_empty()) && self.marks.values().all(BTreeSet::is_empty)
    }
}

/// The fields of a table by name, since asking the list for each of thousands of cells would take long.
pub struct Sent<'a>(HashMap<&'a str, Vec<&'a str>>);

impl<'a> Sent<'a> {
    /// The fields of a form.
    pub fn new(fields: &'a Fields) -> Self {
        let mut sent: HashMap<&str, Vec<&str>> = HashMap::new();
        for (name, value) in fields.iter() {
            sent.entry(name).or_default().push(value);
        }
        Self(sent)
    }

    /// How many rows have a name, wherever they stand.
    pub fn names(&self) -> usize {
        self.0.keys().filter(|name| name.starts_with("name-")).count()
    }

    fn all(&self, column: &str, number: usize) -> &[&'a str] {
        self.0.get(format!("{column}-{number}").as_str()).map_or(&[], Vec::as_slice)
    }

    fn once(&self, column: &str, number: usize) -> Result<Option<String>, Failure> {
        match self.all(column, number) {
            [] => Ok(None),
            [one] => Ok(Some((*one).to_owned())),
            _ => Err(Failure::bad_input(format!("The field \"{column}-{number}\" was sent more than once. Go back, reload the page and send it again."))),
        }
    }
}

fn text_of(row: &Row, column: &str) -> Option<String> {
    match column {
        "build" => row.build.clone(),
        "site" => row.site.clone(),
        "platform" => row.platform.clone(),
        "edition" => row.edition.clone(),
        "language" => row.language.clone(),
        _ => None,
    }
}

/// Puts what was typed into `column` of `row`.
pub fn set_text(row: &mut Row, column: &str, text: String) {
    match column {
        "level" => row.level = Some(text),
        "os" => row.os = Some(text),
        "build" => row.build = Some(text),
        "site" => row.site = Some(text),
        "platform" => row.platform = Some(text),
        "edition" => row.edition = Some(text),
        "language" => row.language = Some(text),
        _ => {}
    }
}

fn marks_of<'a>(row: &'a Row, column: &str) -> &'a Marks {
    match column {
        "roles" => &row.roles,
        "hotfixes" => &row.hotfixes,
        _ => &row.history,
    }
}

/// Puts what was ticked into `column` of `row`.
pub fn set_marks(row: &mut Row, column: &str, marks: Marks) {
    match column {
        "roles" => row.roles = marks,
        "hotfixes" => row.hotfixes = marks,
        _ => row.history = marks,
    }
}
