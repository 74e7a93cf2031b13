//! The table of servers, clients or one machine: rows as typed, and the columns that the question names.

use std::sync::Arc;

use super::cells::{Cells, Sent, UNKNOWN, set_marks, set_text};
use super::{LevelCell, asks_for_one_machine};
use crate::tree::answer::{MAX_ROWS, Problem};
use crate::tree::closure::Closure;
use crate::tree::fact::{Marks, Row, Rows, Value};
use crate::tree::ladder::{Ladder, Ladders, WINDOWS};
use crate::tree::model::{Column, Question};
use crate::web::{Failure, FieldErrors, Fields};

/// The rows of an empty table.
const FIRST_ROWS: usize = 3;
/// The rows that a table shows at once.
const SHOWN_ROWS: usize = 25;

/// The table as typed.
#[derive(Debug, Clone)]
pub struct Table {
    /// The columns after the name, in the question's order.
    pub columns: Vec<TableColumn>,
    /// The rows; those that say nothing come last.
    pub rows: Vec<Cells>,
    /// What a row is.
    pub noun: &'static Noun,
    /// Whether it is about one machine, which need not have a name.
    pub one: bool,
    /// Whether "there are more servers than these" is ticked.
    pub more: bool,
    /// Whether rows keep where they were read.
    pub has_origins: bool,
}

/// What the rows of a table are called.
#[derive(Debug, PartialEq, Eq)]
pub struct Noun {
    /// One of them.
    pub one: &'static str,
    /// Several of them.
    pub many: &'static str,
}

const SERVERS: Noun = Noun { one: "server", many: "servers" };
const CLIENTS: Noun = Noun { one: "client", many: "clients" };
const MACHINE: Noun = Noun { one: "machine", many: "machines" };

/// A column of the table.
#[derive(Debug, Clone)]
pub struct TableColumn {
    /// The name of its fields, before the row's number.
    pub name: &'static str,
    /// What stands above it.
    pub heading: &'static str,
    /// How a cell of it is filled in.
    pub cell: CellKind,
    /// The ladder of a column of levels.
    pub ladder: Option<Arc<Ladder>>,
}

/// How a cell is filled in.
#[derive(Debug, Clone)]
pub enum CellKind {
    /// A level of a ladder.
    Level(LevelCell),
    /// Free text.
    Text,
    /// Ticks.
    Marks(Vec<String>),
}

impl TableColumn {
    /// Whether `typed` is something that the select of this column does not offer. It is then shown as an option of its own, so that nothing that was
    /// typed or pasted is lost.
    pub fn lacks(&self, typed: &str) -> bool {
        matches!(&self.cell, CellKind::Level(cell) if !typed.is_empty() && typed != UNKNOWN && !cell.offers(typed))
    }
}

impl Table {
    /// The table that shows `value`, or empty rows.
    pub fn new(part: &Closure, question: &Question, value: Option<&Value>) -> Self {
        let mut table = Self::empty(part, question);
        match value {
            Some(Value::Rows(rows)) => {
                table.rows = rows.rows.iter().map(|row| Cells::new(row, &table.columns)).collect();
                table.more = rows.more;
            }
            Some(Value::Subject(row)) => table.rows = vec![Cells::new(row, &table.columns)],
            _ => {}
        }
        while table.rows.len() < if table.one { 1 } else { FIRST_ROWS } {
            table.rows.push(Cells::default());
        }
        table
    }

    fn empty(part: &Closure, question: &Question) -> Self {
        let one = asks_for_one_machine(question);
        let noun = match question.fact.as_str() {
            _ if one => &MACHINE,
            "clients" => &CLIENTS,
            _ => &SERVERS,
        };
        let columns = question.columns.iter().map(|column| table_column(part, question, *column, one)).collect();
        Self { columns, rows: Vec::new(), noun, one, more: false, has_origins: false }
    }

    /// An empty table of servers for which no question asks, with the columns that lists of servers have.
    pub fn of_servers(ladders: &Ladders) -> Self {
        let levels = |ladders: &[&Arc<Ladder>]| {
            let levels = ladders.iter().flat_map(|ladder| ladder.levels()).map(|(_, level, _)| level).collect();
            CellKind::Level(LevelCell::Typed(levels))
        };
        let column = |name, heading, cell| TableColumn { name, heading, cell, ladder: None };
        let windows: Vec<&Arc<Ladder>> = ladders.get(WINDOWS).into_iter().collect();
        let columns = vec![
            column("level", "Version and service pack", levels(&ladders.products())),
            column("build", "Build", CellKind::Text),
            column("site", "Site", CellKind::Text),
            column("os", "Operating system", levels(&windows)),
        ];
        Self { columns, rows: Vec::new(), noun: &SERVERS, one: false, more: false, has_origins: true }
    }

    /// What was sent, with rows added or removed as the visitor pressed.
    ///
    /// # Errors
    /// A field was sent twice, or the rows do not follow one another: no form of ours does that.
    pub fn sent(part: &Closure, question: &Question, fields: &Fields) -> Result<Self, Failure> {
        let mut table = Self::empty(part, question).filled(fields)?;
        if table.rows.is_empty() {
            table.rows.push(Cells::default());
        }
        Ok(table)
    }

    /// This empty table with the rows that were sent, reshaped as the visitor pressed.
    ///
    /// # Errors
    /// As for [`Table::sent`].
    pub fn filled(mut self, fields: &Fields) -> Result<Self, Failure> {
        let sent = Sent::new(fields);
        while let Some(cells) = Cells::sent(&sent, &self.columns, self.rows.len() + 1)? {
            self.rows.push(cells);
        }
        if self.rows.len() != sent.names() {
            return Err(Failure::bad_input("The rows of the table are not numbered one after the other. Go back, reload the page and send it again."));
        }
        if self.one {
            self.rows.truncate(1);
        } else {
            self.reshape(fields)?;
        }
        Ok(self)
    }

    /// Does what was pressed. Rows that say nothing move to the end, so that messages can name rows by their number.
    fn reshape(&mut self, fields: &Fields) -> Result<(), Failure> {
        self.more = fields.get("more")?.is_some();
        if let Some(row) = fields.get("remove")?.and_then(|row| row.parse::<usize>().ok())
            && (1..=self.rows.len()).contains(&row)
        {
            self.rows.remove(row - 1);
        }
        self.rows.sort_by_key(Cells::is_blank);
        match fields.get("do")? {
            Some("add") => self.add_rows(1),
            Some("add-ten") => self.add_rows(10),
            _ => {}
        }
        Ok(())
    }

    fn add_rows(&mut self, count: usize) {
        let count = count.min(MAX_ROWS.saturating_sub(self.rows.len()));
        self.rows.extend(std::iter::repeat_with(Cells::default).take(count));
    }

    /// Takes machines that were pasted: one that the table has by name is replaced, any other added. The answer has the name of each, `None` where
    /// there is no room.
    pub fn take(&mut self, rows: &[Row]) -> Vec<Option<String>> {
        let most = if self.one { 1 } else { MAX_ROWS };
        self.rows.retain(|cells| !self.one && !cells.is_blank());
        let before = self.rows.len();
        let mut names = Vec::new();
        for row in rows {
            let cells = Cells::new(row, &self.columns);
            let name = if cells.name.trim().is_empty() { super::capitalised(self.noun.one) } else { cells.name.trim().to_owned() };
            let has_room = self.rows.len() < most;
            let known = self.rows.iter_mut().take(before).find(|other| !name_of(other).is_empty() && name_of(other).eq_ignore_ascii_case(name_of(&cells)));
            names.push((known.is_some() || has_room).then_some(name));
            match known {
                Some(known) => *known = cells,
                None if has_room => self.rows.push(cells),
                None => {}
            }
        }
        names
    }

    /// The rows that say something, as a value that still has to be held against the ladders.
    ///
    /// # Errors
    /// A cell is empty that needs a choice.
    pub fn read(&self) -> Result<Rows, FieldErrors> {
        let mut errors = FieldErrors::default();
        let mut rows = Vec::new();
        for (index, cells) in self.rows.iter().enumerate().filter(|(_, cells)| self.one || !cells.is_blank()) {
            rows.push(self.read_row(cells, index + 1, &mut errors));
        }
        if errors.is_empty() { Ok(Rows { rows, more: self.more }) } else { Err(errors) }
    }

    fn read_row(&self, cells: &Cells, number: usize, errors: &mut FieldErrors) -> Row {
        let mut row = Row { name: Some(cells.name.clone()), ..Row::default() };
        let mut wrong = |column: &TableColumn, what: String| {
            let named = if cells.name.trim().is_empty() { format!("Row {number}") } else { cells.name.trim().to_owned() };
            let message = if self.one { super::capitalised(&what) } else { format!("{named}: {what}") };
            errors.add(format!("{}-{number}", column.name), message);
        };
        for column in &self.columns {
            let text = cells.text(column.name).trim();
            match &column.cell {
                // An operating system may stay empty: it is not known then. So may the version beside a build, which says more.
                CellKind::Level(cell) if text.is_empty() && column.name == "level" && matches!(cells.text("build").trim(), "" | UNKNOWN) => wrong(
                    column,
                    match cell {
                        LevelCell::Select(_) => "choose a version and service pack, or \"I don't know\".".to_owned(),
                        LevelCell::Typed(_) => "enter a version or build, or \"?\" if you don't know it.".to_owned(),
                    },
                ),
                CellKind::Level(_) | CellKind::Text if text == UNKNOWN || text.is_empty() => {}
                CellKind::Level(_) | CellKind::Text => set_text(&mut row, column.name, text.to_owned()),
                CellKind::Marks(offers) if !cells.ticked(column.name, UNKNOWN) => {
                    let stated = offers.iter().filter(|offer| cells.ticked(column.name, offer)).cloned().collect();
                    set_marks(&mut row, column.name, Marks { stated, offered: offers.clone(), in_order: false });
                }
                CellKind::Marks(offers) => {
                    if offers.iter().any(|offer| cells.ticked(column.name, offer)) {
                        wrong(column, "untick either \"not known\" or the others.".to_owned());
                    }
                }
            }
        }
        row
    }

    /// Whether levels are typed in some column, because they are too many for a select.
    pub fn has_typed_levels(&self) -> bool {
        self.columns.iter().any(|column| matches!(column.cell, CellKind::Level(LevelCell::Typed(_))))
    }

    /// How many rows are shown; the others are folded away, and sent with them all the same.
    pub fn shown(&self) -> usize {
        SHOWN_ROWS
    }

    /// Whether there is something to do among the rows that would be folded away.
    pub fn folds_away_work(&self, errors: &FieldErrors) -> bool {
        self.rows.iter().enumerate().skip(SHOWN_ROWS).any(|(index, cells)| cells.is_blank() || self.has_error(errors, &(index + 1)))
    }

    /// Whether a message is about a cell of the row `number`, from 1.
    pub fn has_error(&self, errors: &FieldErrors, number: &usize) -> bool {
        let names = self.columns.iter().map(|column| column.name).chain(["name"]);
        names.into_iter().any(|name| errors.of(&format!("{name}-{number}")).is_some())
    }

    /// Messages at the cells that they are about. Rows that say something come first, so a row's number is the same in both.
    pub fn errors(&self, problems: Vec<Problem>) -> FieldErrors {
        let mut errors = FieldErrors::default();
        for problem in problems {
            let (row, cell) = problem.cell.unwrap_or((0, "name"));
            let cell = if self.columns.iter().any(|column| column.name == cell) { cell } else { "name" };
            errors.add(format!("{cell}-{}", row + 1), problem.message);
        }
        errors
    }

    /// What the row `number` is called where its name may not be known yet.
    pub fn row_name(&self, number: &usize) -> String {
        if self.one { format!("the {}", self.noun.one) } else { format!("{} {number}", self.noun.one) }
    }
}

fn name_of(cells: &Cells) -> &str {
    cells.name.trim()
}

fn table_column(part: &Closure, question: &Question, column: Column, one: bool) -> TableColumn {
    let offers = || CellKind::Marks(question.offers.get(&column).cloned().unwrap_or_default());
    let key = if column == Column::Os { WINDOWS } else { part.tree.ladder.as_str() };
    let ladder = part.ladders.get(key);
    let level = |families: &[String]| CellKind::Level(LevelCell::new(ladder.map(AsRef::as_ref), families, one));
    let (name, heading, cell) = match column {
        Column::Level => ("level", "Version and service pack", level(&question.families)),
        Column::Os => ("os", "Operating system", level(&[])),
        Column::Build => ("build", "Build", CellKind::Text),
        Column::Site => ("site", "Site", CellKind::Text),
        Column::Platform => ("platform", "Processor", CellKind::Text),
        Column::Edition => ("edition", "Edition", CellKind::Text),
        Column::Language => ("language", "Language", CellKind::Text),
        Column::Roles => ("roles", "Roles", offers()),
        Column::Hotfixes => ("hotfixes", "Hotfixes", offers()),
        Column::History => ("history", "What was done", offers()),
    };
    let ladder = matches!(cell, CellKind::Level(_)).then_some(ladder).flatten().cloned();
    TableColumn { name, heading, cell, ladder }
}
