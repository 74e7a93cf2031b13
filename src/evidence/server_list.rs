//! Lists of servers: one a line, separated by commas, semicolons, tabs or blanks, with or without a line of column names.

use crate::tree::fact::{Marks, Row};

/// What was read from a pasted list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ServerList {
    /// The servers, in order, each with the line that it was read from.
    pub rows: Vec<(String, Row)>,
    /// Lines that say nothing about a server.
    pub not_understood: Vec<String>,
}

/// What a column of the list holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Name,
    Version,
    ServicePack,
    Build,
    Site,
    Os,
    Roles,
    Other,
}

/// The columns of a list without a line of column names.
const USUAL: [Column; 4] = [Column::Name, Column::Version, Column::ServicePack, Column::Roles];

/// Reads a list of servers. Whether versions exist is for the ladder to say; here they are kept as they stand.
#[must_use]
pub fn read_server_list(text: &str) -> ServerList {
    let delimiter = delimiter(text);
    let mut list = ServerList::default();
    let mut columns: Option<Vec<Column>> = None;
    for line in text.lines() {
        if line.trim().is_empty() || line.chars().all(|c| c == '-' || c.is_whitespace()) {
            continue;
        }
        let cells = cells(line, delimiter);
        if columns.is_none()
            && list.rows.is_empty()
            && let Some(named) = header(&cells)
        {
            columns = Some(named);
            continue;
        }
        match row(&cells, columns.as_deref().unwrap_or(&USUAL), delimiter.is_none() && columns.is_none()) {
            Some(row) => list.rows.push((line.to_owned(), row)),
            None => list.not_understood.push(line.trim().to_owned()),
        }
    }
    list
}

/// The delimiter that the most lines have; `None` means blanks.
fn delimiter(text: &str) -> Option<char> {
    ['\t', ';', ',']
        .into_iter()
        .map(|delimiter| (text.lines().filter(|line| line.contains(delimiter)).count(), delimiter))
        .filter(|(lines, _)| *lines > 0)
        .max_by_key(|(lines, _)| *lines)
        .map(|(_, delimiter)| delimiter)
}

fn cells(line: &str, delimiter: Option<char>) -> Vec<String> {
    let Some(delimiter) = delimiter else {
        return line.split_whitespace().map(str::to_owned).collect();
    };
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter as u8).from_reader(line.as_bytes());
    let record = reader.records().next().and_then(Result::ok).unwrap_or_default();
    record.iter().map(|cell| cell.trim().to_owned()).collect()
}

fn header(cells: &[String]) -> Option<Vec<Column>> {
    let named: Vec<Column> = cells.iter().map(|cell| column(cell)).collect();
    named.contains(&Column::Name).then_some(named).filter(|named| named.iter().any(|column| !matches!(column, Column::Name | Column::Other)))
}

fn column(heading: &str) -> Column {
    let letters: String = heading.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    match letters.as_str() {
        "name" | "server" | "servername" | "computer" | "host" => Column::Name,
        "version" | "level" | "admindisplayversion" | "versionandservicepack" => Column::Version,
        "servicepack" | "sp" => Column::ServicePack,
        "build" | "buildnumber" => Column::Build,
        "site" => Column::Site,
        "os" | "operatingsystem" => Column::Os,
        "roles" | "role" | "serverrole" => Column::Roles,
        _ => Column::Other,
    }
}

fn row(cells: &[String], columns: &[Column], by_blanks: bool) -> Option<Row> {
    let mut row = Row::default();
    if by_blanks {
        let (name, version) = cells.split_first()?;
        row.name = Some(name.clone());
        row.level = Some(version.join(" ")).filter(|version| !version.is_empty());
    } else {
        let mut service_pack = None;
        for (cell, column) in cells.iter().zip(columns).filter(|(cell, _)| !cell.is_empty()) {
            match column {
                Column::Name => row.name = Some(cell.clone()),
                Column::Version => row.level = Some(cell.clone()),
                Column::ServicePack => service_pack = Some(cell.clone()),
                Column::Build => row.build = Some(cell.clone()),
                Column::Site => row.site = Some(cell.clone()),
                Column::Os => row.os = Some(cell.clone()),
                Column::Roles => row.roles = roles(cell),
                Column::Other => {}
            }
        }
        row.level = row.level.map(|version| with_service_pack(&version, service_pack.as_deref()));
    }
    let says_something = row.level.is_some() || row.build.is_some();
    (row.name.is_some() && says_something).then_some(row)
}

/// `5.0` and `1` are `5.0 SP1`; `none` and `0` say that there is no service pack.
fn with_service_pack(version: &str, service_pack: Option<&str>) -> String {
    let Some(service_pack) = service_pack else { return version.to_owned() };
    let lower = service_pack.to_lowercase();
    match lower.trim_start_matches("service pack").trim_start_matches("sp").trim() {
        "" | "0" | "none" | "no" | "rtm" | "-" => format!("{version} RTM"),
        number if number.chars().all(|c| c.is_ascii_digit() || c == 'a') => format!("{version} SP{number}"),
        _ => format!("{version} {service_pack}"),
    }
}

fn roles(cell: &str) -> Marks {
    let stated = cell.split([' ', '/', '+', '|']).map(str::trim).filter(|role| !role.is_empty()).map(str::to_owned).collect();
    Marks { stated, offered: Vec::new(), in_order: true }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, Option<String>)> {
        read_server_list(text).rows.into_iter().map(|(_, row)| (row.name.unwrap_or_default(), row.level)).collect()
    }

    fn expected(pairs: &[(&str, &str)]) -> Vec<(String, Option<String>)> {
        pairs.iter().map(|(name, level)| ((*name).to_owned(), Some((*level).to_owned()))).collect()
    }

    #[test]
    fn every_usual_form_of_a_list_is_read() {
        let three = expected(&[("EX01", "5.0 SP1"), ("EX02", "5.0 RTM"), ("EX03", "5.0 SP2")]);
        for text in [
            "EX01,5.0,1,IMS\nEX02,5.0,none,\nEX03,5.0,SP2,",
            "Server;Version;Service Pack\nEX01;5.0;1\nEX02;5.0;0\nEX03;5.0;SP 2",
            "Name\tSP\tVersion\r\nEX01\tService Pack 1\t5.0\r\nEX02\t-\t5.0\r\nEX03\tsp2\t5.0\r\n",
            "EX01 5.0 SP1\n\nEX02 5.0 RTM\nEX03 5.0 SP2\n",
            "\"EX01\",\"5.0\",\"1\"\n\"EX02\",\"5.0\",\"none\"\n\"EX03\",\"5.0\",\"2\"",
        ] {
            assert_eq!(read(text), three, "{text}");
        }
    }

    #[test]
    fn a_version_without_a_service_pack_column_stays_as_it_is() {
        assert_eq!(read("EX01, 5.5\nEX02, 5.5 SP4"), expected(&[("EX01", "5.5"), ("EX02", "5.5 SP4")]));
        assert_eq!(read("Name AdminDisplayVersion\n---- ---\nEX01 Version 15.2 (Build 1118.7)").first().map(|row| row.0.clone()), Some("EX01".to_owned()));
    }

    #[test]
    fn roles_and_sites_are_kept_and_odd_lines_are_shown() {
        let list = read_server_list("Name,Version,Site,Roles\nEX01,5.5 SP4,NORTH,ims bridgehead\njust words\n");
        let (_, row) = list.rows.first().unwrap();
        assert_eq!((row.site.as_deref(), row.roles.stated.len()), (Some("NORTH"), 2));
        assert_eq!(list.not_understood, ["just words"]);
    }
}
