//! Every SQL statement of the program prepares on both databases. Nothing else checks them before they run.

use std::fs;
use std::path::{Path, PathBuf};

use fixpath::db::{CHUNKS, Connection, Db, batch_text};
use sqlx::{AssertSqlSafe, Executor, SqlSafeStr};

use crate::databases::both;

#[tokio::test]
async fn every_statement_prepares() {
    let statements = statements();
    assert!(statements.len() > 60, "only {} statements found: does the search still work?", statements.len());
    both(async |db: Db| {
        let mut write = db.write().await.unwrap();
        for (file, text) in &statements {
            let text = AssertSqlSafe(text.clone()).into_sql_str();
            let prepared = match write.connection() {
                Connection::Sqlite(connection) => connection.prepare(text).await.map(drop),
                Connection::Postgres(connection) => connection.prepare(text).await.map(drop),
            };
            if let Err(error) = prepared {
                panic!("{}: {error}", file.display());
            }
        }
    })
    .await;
}

/// Every statement with its file; a batch in each of its sizes.
fn statements() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for file in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        let source = fs::read_to_string(&file).unwrap();
        for text in literals_after(&source, "sql!(") {
            found.push((file.clone(), text));
        }
        for text in literals_after(&source, "batch!(") {
            found.extend(CHUNKS.iter().map(|rows| (file.clone(), batch_text(&text, *rows))));
        }
    }
    found
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}

/// The first string literal after each `macro_call` in `source`, comments left out.
fn literals_after(source: &str, macro_call: &str) -> Vec<String> {
    let code: String = source.lines().filter(|line| !line.trim_start().starts_with("//")).map(|line| format!("{line}\n")).collect();
    let mut literals = Vec::new();
    for (at, _) in code.match_indices(macro_call) {
        let before = code[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':') {
            continue;
        }
        let Some(opening) = code[at..].find('"') else { continue };
        literals.push(unescaped(&code[at + opening + 1..]));
    }
    literals
}

/// The text up to the closing quote, as the compiler reads it.
fn unescaped(rest: &str) -> String {
    let mut text = String::new();
    let mut characters = rest.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' => break,
            '\\' => match characters.next() {
                Some('\n') => while characters.next_if(|c| c.is_whitespace()).is_some() {},
                Some('n') => text.push('\n'),
                Some(other) => text.push(other),
                None => break,
            },
            other => text.push(other),
        }
    }
    text
}

#[test]
fn statements_are_found_in_every_shape() {
    let source = r#"
        /// sql!(read, one<(i64,)> "in a comment")
        sql!(read, one<(i64,)> "SELECT 1")?;
        sql!(
            write,
            execute "UPDATE t \
                     SET a = \"b\"",
        )?;
        $crate::sql!(@fetch fetch_one, "not a call")
    "#;
    assert_eq!(literals_after(source, "sql!("), ["SELECT 1", "UPDATE t SET a = \"b\""]);
}
