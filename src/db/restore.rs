//! A backup into an empty database of either kind.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use flate2::read::MultiGzDecoder;
use serde_json::Value;
use sha2::{Digest, Sha256};
use sqlx::AssertSqlSafe;
use sqlx::query::Query;

use super::backup::{BackupError, RowCounts};
use super::dump::{FORMAT, Late, Line, Meanwhile, TABLES, Table};
use super::{Connection, Db, Error, Read, Write, batch_text, chunk_size, schema_number};

/// Rows that one statement inserts at most.
const GATHERED: usize = 64;

/// Loads the backup at `path`: all of it, or nothing.
///
/// # Errors
/// [`BackupError::NotEmpty`], [`BackupError::Newer`], [`BackupError::Damaged`]; or if the file or the database fails.
pub async fn restore(db: &Db, path: &Path) -> Result<RowCounts, BackupError> {
    let file = File::open(path).map_err(|error| BackupError::File { path: path.to_owned(), error })?;
    let mut lines = Lines { file: BufReader::new(MultiGzDecoder::new(BufReader::new(file))), sum: Sha256::new(), number: 0 };
    match lines.next()? {
        Line::Header { format, schema, .. } if format == FORMAT => {
            let known = schema_number();
            if schema > known {
                return Err(BackupError::Newer { found: schema, known });
            }
        }
        _ => return Err(lines.damaged("it does not begin as a backup of Fixpath does")),
    }
    let mut write = db.write().await?;
    refuse_filled(&mut write).await?;
    // The counters that every new database has.
    run(&mut write, "DELETE FROM counter".to_owned(), &[]).await?;
    let rows = Restoring { write: &mut write, table: None, waiting: Vec::new(), late: Vec::new(), rows: RowCounts::new() }.all(&mut lines).await?;
    write.commit().await?;
    Ok(rows)
}

async fn refuse_filled(read: &mut Read) -> Result<(), BackupError> {
    for table in TABLES.iter().filter(|table| table.name != "counter") {
        let count = AssertSqlSafe(format!("SELECT COUNT(*) FROM {}", table.name));
        let rows: i64 = match read.connection() {
            Connection::Sqlite(connection) => sqlx::query_scalar(count).fetch_one(connection).await?,
            Connection::Postgres(connection) => sqlx::query_scalar(count).fetch_one(connection).await?,
        };
        if rows > 0 {
            return Err(BackupError::NotEmpty(table.name.to_owned()));
        }
    }
    Ok(())
}

/// A value with the type that its column has, which PostgreSQL wants to know even of NULL.
#[derive(Debug, Clone)]
enum Cell {
    Number(Option<i64>),
    Text(Option<String>),
}

/// The table whose rows are being read.
struct Open {
    table: &'static Table,
    columns: Vec<(String, bool)>,
}

struct Restoring<'a> {
    write: &'a mut Write,
    table: Option<Open>,
    waiting: Vec<Vec<Cell>>,
    /// Statements for the columns that triggers watch, with their values.
    late: Vec<(String, Vec<Cell>)>,
    rows: RowCounts,
}

impl Restoring<'_> {
    async fn all(mut self, lines: &mut Lines) -> Result<RowCounts, BackupError> {
        loop {
            // The sum of the lines before the trailer.
            let sum = data_encoding::HEXLOWER.encode(&lines.sum.clone().finalize());
            match lines.next()? {
                Line::Table { table, columns } => self.open(&table, &columns, lines).await?,
                Line::Row(values) => self.take(values, lines).await?,
                Line::Trailer { rows, sha256 } => {
                    self.insert_waiting(lines).await?;
                    if sha256 != sum || rows != self.rows {
                        return Err(lines.damaged("what it holds is not what it held when it was written"));
                    }
                    lines.end()?;
                    break;
                }
                Line::Header { .. } => return Err(lines.damaged("it begins a second time")),
            }
        }
        for (statement, cells) in std::mem::take(&mut self.late) {
            run(self.write, statement, &[cells]).await?;
        }
        Ok(self.rows)
    }

    async fn open(&mut self, name: &str, columns: &[String], lines: &Lines) -> Result<(), BackupError> {
        self.insert_waiting(lines).await?;
        let table = TABLES.iter().find(|table| table.name == name).ok_or_else(|| lines.damaged("it names a table that does not exist"))?;
        let here = table.columns(self.write).await?;
        let typed = |column: &String| here.iter().find(|(name, _)| name == column).cloned();
        let columns = columns.iter().map(typed).collect::<Option<_>>().ok_or_else(|| lines.damaged("it names a column that does not exist"))?;
        self.rows.insert(name.to_owned(), 0);
        self.table = Some(Open { table, columns });
        Ok(())
    }

    async fn take(&mut self, values: Vec<Value>, lines: &Lines) -> Result<(), BackupError> {
        let Some(Open { table, columns }) = &self.table else { return Err(lines.damaged("a row stands before any table")) };
        if values.len() != columns.len() {
            return Err(lines.damaged("the row has not as many values as its table has columns"));
        }
        let mut cells = Vec::with_capacity(values.len());
        for (value, (_, is_number)) in values.into_iter().zip(columns) {
            cells.push(Cell::read(value, *is_number).ok_or_else(|| lines.damaged("a value is not of its column's type"))?);
        }
        if let Some(late) = &table.late {
            self.late.extend(postpone(table.name, late, columns, &mut cells));
        }
        if let Some(count) = self.rows.get_mut(table.name) {
            *count += 1;
        }
        self.waiting.push(cells);
        if self.waiting.len() == GATHERED {
            self.insert_waiting(lines).await?;
        }
        Ok(())
    }

    async fn insert_waiting(&mut self, lines: &Lines) -> Result<(), BackupError> {
        let waiting = std::mem::take(&mut self.waiting);
        let Some(Open { table, columns }) = &self.table else { return Ok(()) };
        let names: Vec<_> = columns.iter().map(|(name, _)| name.as_str()).collect();
        let parameters: Vec<_> = (1..=columns.len()).map(|number| format!("${number}")).collect();
        let text = format!("INSERT INTO {} ({}) VALUES [({})]", table.name, names.join(", "), parameters.join(", "));
        let mut left = waiting.as_slice();
        while !left.is_empty() {
            let (chunk, rest) = left.split_at(chunk_size(left.len()));
            left = rest;
            run(self.write, batch_text(&text, chunk.len()), chunk).await.map_err(|error| match error {
                Error::Refused(_) | Error::Conflict { .. } => lines.damaged(&format!("the rows of {} before it do not fit: {error}", table.name)),
                other => BackupError::Database(other),
            })?;
        }
        Ok(())
    }
}

/// Puts the passing value in the place of the late one; answers the statement that sets it right.
fn postpone(table: &str, late: &Late, columns: &[(String, bool)], cells: &mut [Cell]) -> Option<(String, Vec<Cell>)> {
    let at = |name: &str| columns.iter().position(|(column, _)| column == name);
    let keys = late.key.iter().map(|key| cells.get(at(key)?).cloned()).collect::<Option<Vec<_>>>()?;
    let cell = cells.get_mut(at(late.column)?)?;
    let passing = match (&late.meanwhile, &*cell) {
        (Meanwhile::Number(passing), _) => Cell::Number(Some(*passing)),
        (Meanwhile::Word(_, harmless), Cell::Text(Some(word))) if word == harmless => return None,
        (Meanwhile::Word(passing, _), _) => Cell::Text(Some((*passing).to_owned())),
    };
    let value = std::mem::replace(cell, passing);
    let conditions: Vec<_> = (2..).zip(late.key).map(|(number, key)| format!("{key} = ${number}")).collect();
    let statement = format!("UPDATE {table} SET {} = $1 WHERE {}", late.column, conditions.join(" AND "));
    Some((statement, std::iter::once(value).chain(keys).collect()))
}

impl Cell {
    fn read(value: Value, is_number: bool) -> Option<Self> {
        match (value, is_number) {
            (Value::Null, true) => Some(Self::Number(None)),
            (Value::Null, false) => Some(Self::Text(None)),
            (Value::Number(number), true) => number.as_i64().map(|number| Self::Number(Some(number))),
            (Value::String(text), false) => Some(Self::Text(Some(text))),
            _ => None,
        }
    }
}

/// Runs a statement made of the names of tables and columns, with every cell bound in order.
async fn run(write: &mut Write, statement: String, rows: &[Vec<Cell>]) -> Result<(), Error> {
    macro_rules! bound {
        ($database:ty) => {{
            let mut query: Query<'_, $database, _> = sqlx::query(AssertSqlSafe(statement));
            for cell in rows.iter().flatten() {
                query = match cell {
                    Cell::Number(number) => query.bind(number),
                    Cell::Text(text) => query.bind(text),
                };
            }
            query
        }};
    }
    match write.writing_connection() {
        Connection::Sqlite(connection) => bound!(sqlx::Sqlite).execute(connection).await.map(drop)?,
        Connection::Postgres(connection) => bound!(sqlx::Postgres).execute(connection).await.map(drop)?,
    }
    Ok(())
}

/// Reads lines and sums them up.
struct Lines {
    file: BufReader<MultiGzDecoder<BufReader<File>>>,
    sum: Sha256,
    number: u64,
}

impl Lines {
    fn next(&mut self) -> Result<Line, BackupError> {
        let text = self.text()?;
        if text.is_empty() {
            return Err(self.damaged("it ends too early"));
        }
        self.sum.update(&text);
        serde_json::from_slice(&text).map_err(|_| self.damaged("the line cannot be read"))
    }

    /// Nothing may come after the trailer.
    fn end(&mut self) -> Result<(), BackupError> {
        if self.text()?.is_empty() { Ok(()) } else { Err(self.damaged("it goes on after its end")) }
    }

    fn text(&mut self) -> Result<Vec<u8>, BackupError> {
        let mut text = Vec::new();
        self.number += 1;
        match self.file.read_until(b'\n', &mut text) {
            Ok(_) => Ok(text),
            Err(error) => Err(self.damaged(&format!("it cannot be unpacked ({error})"))),
        }
    }

    fn damaged(&self, what: &str) -> BackupError {
        BackupError::Damaged { line: self.number, what: what.to_owned() }
    }
}
