//! From the cells of one server to what is known of it.

use std::ops::Range;

use super::Known;
use super::column::Column;
use super::draft::Draft;
use crate::tree::fact::{Marks, Row};
use crate::tree::ladder::Found;

/// The cells of one server as they stand in the list.
#[derive(Debug, Default)]
pub(super) struct Record {
    cells: Vec<(Column, String)>,
    lines: Range<usize>,
}

impl Record {
    pub(super) fn new<'a>(cells: impl IntoIterator<Item = (Column, &'a str)>, lines: Range<usize>) -> Self {
        let cells = cells.into_iter().map(|(column, cell)| (column, cell.trim().trim_matches('"').trim().to_owned()));
        Self { cells: cells.filter(|(column, cell)| *column != Column::Other && !cell.is_empty()).collect(), lines }
    }

    fn cell(&self, wanted: Column) -> Option<&str> {
        self.cells.iter().find(|(column, _)| *column == wanted).map(|(_, cell)| cell.as_str())
    }

    /// The server; `None` if nothing is said of what it runs.
    pub(super) fn draft(&self, known: Known<'_>) -> Option<Draft> {
        let row = Row { name: self.cell(Column::Name).map(server_name).filter(|name| !name.is_empty()), ..Row::default() };
        let mut draft = Draft::new(row, self.lines.clone());
        for (column, cell) in &self.cells {
            match column {
                Column::Site => draft.row.site = Some(last_part(cell).to_owned()),
                Column::Os => self.windows(cell, known, &mut draft),
                Column::Roles => draft.row.roles = roles(cell),
                Column::Edition => draft.row.edition = Some(cell.clone()),
                Column::Platform => draft.row.platform = Some(cell.clone()),
                Column::Language => draft.row.language = Some(cell.clone()),
                _ => {}
            }
        }
        let says_version = self.cells.iter().any(|(column, _)| column.is_version());
        self.versions(known, &mut draft);
        (says_version && (draft.row.name.is_some() || draft.says_build())).then_some(draft)
    }

    fn windows(&self, cell: &str, known: Known<'_>, draft: &mut Draft) {
        let whole = self.cell(Column::OsServicePack).map_or_else(|| cell.to_owned(), |pack| with_service_pack(cell, pack));
        draft.row.os = known.windows(&whole);
        if draft.row.os.is_none() {
            draft.remarks.push(format!("\u{201c}{whole}\u{201d} is no version of Windows that we know."));
        }
    }

    /// Level and builds, from whatever columns there are.
    fn versions(&self, known: Known<'_>, draft: &mut Draft) {
        for (column, cell) in &self.cells {
            let named = match (column, self.cell(Column::ServicePack)) {
                (Column::Version, Some(pack)) => with_service_pack(cell, pack),
                (column, _) if column.is_version() => cell.clone(),
                _ => continue,
            };
            match (known.version(&named), column) {
                (Some(Found::Level(level)), _) => draft.row.level = Some(level),
                (Some(Found::Build(build)), Column::DisplayVersion) => draft.display = Some(build),
                (Some(Found::Build(build)), Column::FileVersion) => draft.file = Some(build),
                (Some(Found::Build(build)), _) => draft.row.build = Some(build),
                (None, _) => draft.remarks.push(format!("\u{201c}{named}\u{201d} is no version that we know.")),
            }
        }
    }
}

/// `5.0` and `1` are `5.0 SP1`; `none` and `0` say that there is no service pack.
pub(super) fn with_service_pack(version: &str, service_pack: &str) -> String {
    let lower = service_pack.trim().to_lowercase();
    match lower.trim_start_matches("service pack").trim_start_matches("sp").trim() {
        "" | "0" | "none" | "no" | "rtm" | "-" => format!("{version} RTM"),
        number if number.chars().all(|c| c.is_ascii_digit() || c == 'a') => format!("{version} SP{number}"),
        _ => format!("{version} {service_pack}"),
    }
}

/// The name without the backslashes of a network path and without a path of the directory.
pub(super) fn server_name(cell: &str) -> String {
    let name = cell.trim().trim_start_matches('\\').trim_end_matches(['$', ':', ',', ';']);
    let name = name.rsplit(['\\', '/']).next().unwrap_or(name);
    name.strip_prefix("CN=").or_else(|| name.strip_prefix("cn=")).unwrap_or(name).trim().to_owned()
}

/// The last part of a path of the directory.
fn last_part(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path).trim()
}

/// Roles, separated by commas, slashes or blanks.
pub(super) fn roles(cell: &str) -> Marks {
    let stated =
        cell.trim_matches(['{', '}']).split([' ', ',', '/', '+', '|']).map(str::trim).filter(|role| !role.is_empty() && !role.eq_ignore_ascii_case("none"));
    Marks { stated: stated.map(str::to_owned).collect(), offered: Vec::new(), in_order: true }
}
