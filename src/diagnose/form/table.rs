//! The table of servers: rows as typed, the columns that the question names, and a pasted list.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::asks_for_one_machine;
use crate::evidence::read_server_list;
use crate::tree::answer::{MAX_ROWS, Problem};
use crate::tree::closure::Closure;
use crate::tree::fact::{Marks, Row, Rows, Value};
use crate::tree::ladder::{FamilyKind, Ladder};
use crate::tree::model::{Column, Question};
use crate::web::{Failure, FieldErrors, Fields};

/// The rows of an empty table.
const FIRST_ROWS: usize = 3;
/// The most levels that one select offers; above that a text field takes any alias or build.
const MOST_OPTIONS: usize = 20;
/// What stands for "I don't know" in a cell.
pub const UNKNOWN: &str = "?";

/// The table as typed.
#[derive(Debug, Clone)]
pub struct Table {
    /// The columns after the name, in the question's order.
    pub columns: Vec<TableColumn>,
    /// The rows.
    pub rows: Vec<Cells>,
    /// Whether it is about one machine, which need not have a name.
    pub one: bool,
    /// Whether "there are more servers than these" is ticked.
    pub more: bool,
    /// The pasted list, where lines of it were not understood.
    pub list: String,
    /// What became of the pasted list.
    pub note: Option<String>,
}

/// A column of the table.
#[derive(Debug, Clone)]
pub struct TableColumn {
    /// The name of its fields, before the row's number.
    pub name: &'static str,
    /// What stands above it.
    pub heading: &'static str,
    /// How a cell of it is filled in.
    pub cell: CellKind,
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

/// How a level is chosen.
#[derive(Debug, Clone)]
pub enum LevelCell {
    /// One select, grouped by family: value and label.
    Select(Vec<(String, Vec<(String, String)>)>),
    /// A text field with suggestions, which it shares with the column's other cells.
    Typed(Vec<String>),
}

/// A row as typed.
#[derive(Debug, Clone, Default)]
pub struct Cells {
    /// The machine's name.
    pub name: String,
    texts: BTreeMap<&'static str, String>,
    marks: BTreeMap<&'static str, BTreeSet<String>>,
}

impl Cells {
    /// What stands in the text cell or select of `column`.
    pub fn text(&self, column: &str) -> &str {
        self.texts.get(column).map_or("", String::as_str)
    }

    /// Whether `offer` is ticked in `column`; [`UNKNOWN`] stands for "not known".
    pub fn ticked(&self, column: &str, offer: &str) -> bool {
        self.marks.get(column).is_some_and(|marks| marks.contains(offer))
    }

    fn is_blank(&self) -> bool {
        self.name.trim().is_empty() && self.texts.values().all(|text| text.trim().is_empty()) && self.marks.values().all(BTreeSet::is_empty)
    }
}

impl Table {
    /// The table that shows `value`, or empty rows.
    pub fn new(part: &Closure, question: &Question, value: Option<&Value>) -> Self {
        let mut table = Self::empty(part, question);
        match value {
            Some(Value::Rows(rows)) => {
                table.rows = rows.rows.iter().map(|row| table.cells(row)).collect();
                table.more = rows.more;
            }
            Some(Value::Subject(row)) => table.rows = vec![table.cells(row)],
            _ => {}
        }
        while table.rows.len() < if table.one { 1 } else { FIRST_ROWS } {
            table.rows.push(Cells::default());
        }
        table
    }

    fn empty(part: &Closure, question: &Question) -> Self {
        let one = asks_for_one_machine(question);
        let columns = question.columns.iter().map(|column| table_column(part, question, *column, one)).collect();
        Self { columns, rows: Vec::new(), one, more: false, list: String::new(), note: None }
    }

    /// What was sent, with rows added, removed or filled from the pasted list as the visitor pressed.
    pub fn sent(part: &Closure, question: &Question, fields: &Fields) -> Result<Self, Failure> {
        let mut table = Self::empty(part, question);
        let mut sent: HashMap<&str, Vec<&str>> = HashMap::new();
        for (name, value) in fields.iter() {
            sent.entry(name).or_default().push(value);
        }
        let columns = table.columns.clone();
        while let Some(cells) = sent_row(&sent, &columns, table.rows.len() + 1)? {
            table.rows.push(cells);
            if table.rows.len() > MAX_ROWS {
                return Err(Failure::bad_input(format!("The table has more than {MAX_ROWS} servers. Leave out servers that are alike.")));
            }
        }
        table.more = fields.get("more")?.is_some();
        table.list = fields.get("list")?.unwrap_or_default().to_owned();
        if let Some(row) = fields.get("remove")?.and_then(|row| row.parse::<usize>().ok())
            && (1..=table.rows.len()).contains(&row)
        {
            table.rows.remove(row - 1);
        }
        match fields.get("do")? {
            Some("add") => table.add_rows(1),
            Some("add-ten") => table.add_rows(10),
            Some("paste") => table.fill_from_list(),
            _ => {}
        }
        if table.rows.is_empty() {
            table.rows.push(Cells::default());
        }
        Ok(table)
    }

    fn add_rows(&mut self, count: usize) {
        let count = count.min(MAX_ROWS.saturating_sub(self.rows.len()));
        self.rows.extend(std::iter::repeat_with(Cells::default).take(count));
    }

    /// Fills the table from the pasted list: a server of the same name is replaced, a new one added. Lines that were not understood stay in
    /// the box.
    fn fill_from_list(&mut self) {
        let read = read_server_list(&self.list);
        self.rows.retain(|cells| !cells.is_blank());
        let mut left_out = 0;
        for row in &read.rows {
            let cells = self.cells(row);
            let has_room = self.rows.len() < MAX_ROWS;
            match self.rows.iter_mut().find(|other| other.name.trim().eq_ignore_ascii_case(cells.name.trim())) {
                Some(other) => *other = cells,
                None if has_room => self.rows.push(cells),
                None => left_out += 1,
            }
        }
        let mut note = match read.rows.len() {
            0 => "No server was found in the list. Write one a line: name, version, service pack.".to_owned(),
            1 => "1 server was read from the list.".to_owned(),
            count => format!("{count} servers were read from the list."),
        };
        if left_out > 0 {
            note.push_str(&format!(" {left_out} more do not fit: {MAX_ROWS} is the limit."));
        }
        if !read.not_understood.is_empty() && !read.rows.is_empty() {
            note.push_str(" The lines that are still in the box were not understood.");
        }
        self.list = read.not_understood.into_iter().map(|(_, line)| line).collect::<Vec<_>>().join("\n");
        self.note = Some(note);
    }

    /// The row as the table shows it.
    fn cells(&self, row: &Row) -> Cells {
        let mut cells = Cells { name: row.name.clone().unwrap_or_default(), ..Cells::default() };
        for column in &self.columns {
            match &column.cell {
                CellKind::Level(cell) => {
                    let level = if column.name == "os" { row.os.as_deref() } else { row.level.as_deref().or(row.build.as_deref()) };
                    cells.texts.insert(column.name, level.map_or_else(|| UNKNOWN.to_owned(), |level| cell.shown(level)));
                }
                CellKind::Text => {
                    cells.texts.insert(column.name, text_of(row, column.name).unwrap_or_default());
                }
                CellKind::Marks(_) => {
                    let marks = marks_of(row, column.name);
                    let mut stated: BTreeSet<String> = marks.stated.iter().cloned().collect();
                    if marks.is_silent() {
                        stated.insert(UNKNOWN.to_owned());
                    }
                    cells.marks.insert(column.name, stated);
                }
            }
        }
        cells
    }

    /// The rows that say something, as a value that still has to be held against the ladders.
    pub fn read(&self, question: &Question) -> Result<Rows, FieldErrors> {
        let mut errors = FieldErrors::default();
        let mut rows = Vec::new();
        for index in self.filled() {
            if let Some(cells) = self.rows.get(index) {
                rows.push(self.read_row(question, cells, index + 1, &mut errors));
            }
        }
        if self.list.trim().is_empty() || !errors.is_empty() {
            if errors.is_empty() { Ok(Rows { rows, more: self.more }) } else { Err(errors) }
        } else {
            errors.add("list", "The box below the table still holds a list. Press \"Fill the table\", or clear the box.");
            Err(errors)
        }
    }

    fn read_row(&self, question: &Question, cells: &Cells, number: usize, errors: &mut FieldErrors) -> Row {
        let mut row = Row { name: Some(cells.name.clone()), ..Row::default() };
        let named = if cells.name.trim().is_empty() { format!("Server {number}") } else { cells.name.trim().to_owned() };
        for column in &self.columns {
            let text = cells.text(column.name).trim();
            match &column.cell {
                CellKind::Level(cell) => {
                    if text.is_empty() {
                        let how = if matches!(cell, LevelCell::Select(_)) { "choose" } else { "enter" };
                        let what = if column.name == "os" { "an operating system" } else { "a version and service pack" };
                        let else_ = if matches!(cell, LevelCell::Select(_)) { "\"I don't know\"" } else { "\"?\" if you don't know it" };
                        errors.add(format!("{}-{number}", column.name), format!("{named}: {how} {what}, or {else_}."));
                    } else if text != UNKNOWN {
                        set_text(&mut row, column.name, text.to_owned());
                    }
                }
                CellKind::Text if text == UNKNOWN || text.is_empty() => {}
                CellKind::Text => set_text(&mut row, column.name, text.to_owned()),
                CellKind::Marks(offers) => {
                    if !cells.ticked(column.name, UNKNOWN) {
                        let stated = offers.iter().filter(|offer| cells.ticked(column.name, offer)).cloned().collect();
                        set_marks(&mut row, column.name, Marks { stated, offered: offers.clone(), in_order: false });
                    } else if offers.iter().any(|offer| cells.ticked(column.name, offer)) {
                        errors.add(format!("{}-{number}", column.name), format!("{named}: untick either \"not known\" or the others."));
                    }
                }
            }
        }
        if question.columns.is_empty() { Row { name: row.name, ..Row::default() } } else { row }
    }

    /// The indexes of the rows that say something; in a table for one machine, the first.
    fn filled(&self) -> Vec<usize> {
        if self.one {
            return vec![0];
        }
        self.rows.iter().enumerate().filter(|(_, cells)| !cells.is_blank()).map(|(index, _)| index).collect()
    }

    /// Whether levels are typed in some column, because they are too many for a select.
    pub fn has_typed_levels(&self) -> bool {
        self.columns.iter().any(|column| matches!(column.cell, CellKind::Level(LevelCell::Typed(_))))
    }

    /// Whether a message is about a cell of the row `number`, from 1.
    pub fn has_error(&self, errors: &FieldErrors, number: &usize) -> bool {
        let names = self.columns.iter().map(|column| column.name).chain(["name"]);
        names.into_iter().any(|name| errors.of(&format!("{name}-{number}")).is_some())
    }

    /// Messages at the cells that they are about.
    pub fn errors(&self, problems: Vec<Problem>) -> FieldErrors {
        let filled = self.filled();
        let mut errors = FieldErrors::default();
        for problem in problems {
            let (row, cell) = problem.cell.unwrap_or((0, "name"));
            let shown = cell == "name" || self.columns.iter().any(|column| column.name == cell);
            let cell = if shown { cell } else { "level" };
            errors.add(format!("{cell}-{}", filled.get(row).copied().unwrap_or_default() + 1), problem.message);
        }
        errors
    }
}

impl LevelCell {
    fn new(ladder: Option<&Ladder>, families: &[String], one: bool) -> Self {
        let Some(ladder) = ladder else { return Self::Typed(Vec::new()) };
        let mut groups: Vec<(String, Vec<(String, String)>)> = Vec::new();
        for (family, level, release) in ladder.levels() {
            if !families.is_empty() && !families.contains(&family.name) {
                continue;
            }
            if groups.last().is_none_or(|(name, _)| *name != family.name) {
                let unknown = (family.name.clone(), format!("{}, service pack not known", family.name));
                groups.push((family.name.clone(), if one { vec![unknown] } else { Vec::new() }));
            }
            let plain = family.kind == FamilyKind::ServicePacks && release.level == "RTM";
            let label = if plain { format!("{}, no service pack", family.name) } else { level.clone() };
            if let Some((_, levels)) = groups.last_mut() {
                levels.push((level, label));
            }
        }
        let count: usize = groups.iter().map(|(_, levels)| levels.len()).sum();
        if count <= MOST_OPTIONS { Self::Select(groups) } else { Self::Typed(groups.into_iter().flat_map(|(_, levels)| levels).map(|(level, _)| level).collect()) }
    }

    /// `level` as the cell can show it: a family by itself is its level without a service pack, if the select has no other way to say it.
    fn shown(&self, level: &str) -> String {
        let Self::Select(groups) = self else { return level.to_owned() };
        let has = |wanted: &str| groups.iter().flat_map(|(_, levels)| levels).any(|(value, _)| value == wanted);
        if has(level) {
            return level.to_owned();
        }
        let plain = format!("{level} RTM");
        if has(&plain) { plain } else { level.to_owned() }
    }
}

fn table_column(part: &Closure, question: &Question, column: Column, one: bool) -> TableColumn {
    let ladder = |key: &str| part.ladders.get(key).map(AsRef::as_ref);
    let offers = || CellKind::Marks(question.offers.get(&column).cloned().unwrap_or_default());
    let (name, heading, cell) = match column {
        Column::Level => ("level", "Version and service pack", CellKind::Level(LevelCell::new(ladder(&part.tree.ladder), &question.families, one))),
        Column::Os => ("os", "Operating system", CellKind::Level(LevelCell::new(ladder("windows"), &[], one))),
        Column::Build => ("build", "Build", CellKind::Text),
        Column::Site => ("site", "Site", CellKind::Text),
        Column::Platform => ("platform", "Processor", CellKind::Text),
        Column::Edition => ("edition", "Edition", CellKind::Text),
        Column::Language => ("language", "Language", CellKind::Text),
        Column::Roles => ("roles", "Roles", offers()),
        Column::Hotfixes => ("hotfixes", "Hotfixes", offers()),
        Column::History => ("history", "What was done", offers()),
    };
    TableColumn { name, heading, cell }
}

fn sent_row(sent: &HashMap<&str, Vec<&str>>, columns: &[TableColumn], number: usize) -> Result<Option<Cells>, Failure> {
    let once = |name: &str| match sent.get(format!("{name}-{number}").as_str()).map(Vec::as_slice) {
        None => Ok(None),
        Some([one]) => Ok(Some((*one).to_owned())),
        Some(_) => Err(Failure::bad_input(format!("The field \"{name}-{number}\" was sent more than once. Go back, reload the page and send it again."))),
    };
    let name = once("name")?;
    let mut cells = Cells { name: name.clone().unwrap_or_default(), ..Cells::default() };
    let mut found = name.is_some();
    for column in columns {
        if let CellKind::Marks(offers) = &column.cell {
            let ticked = sent.get(format!("{}-{number}", column.name).as_str()).into_iter().flatten();
            let known = ticked.filter(|tick| **tick == UNKNOWN || offers.iter().any(|offer| offer == **tick)).map(|tick| (*tick).to_owned());
            cells.marks.insert(column.name, known.collect());
        } else if let Some(text) = once(column.name)? {
            found = true;
            cells.texts.insert(column.name, text);
        }
    }
    Ok(found.then_some(cells))
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

fn set_text(row: &mut Row, column: &str, text: String) {
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

fn set_marks(row: &mut Row, column: &str, marks: Marks) {
    match column {
        "roles" => row.roles = marks,
        "hotfixes" => row.hotfixes = marks,
        _ => row.history = marks,
    }
}
