//! From nothing to the present schema, and what is refused.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use fixpath::db::{Db, Error, MIGRATIONS, Migration, MigrationText, Options, schema_number};
use fixpath::sql;

use crate::databases::{SqliteFile, both, options};

#[tokio::test]
async fn an_empty_database_gets_every_migration() {
    both(async |db: Db| {
        let applied = sql!(&mut db.read().await.unwrap(), all<(i64, String)> "SELECT number, name FROM migration ORDER BY number").unwrap();
        let known: Vec<_> = MIGRATIONS.iter().map(|migration| (migration.number, migration.name.to_owned())).collect();
        assert_eq!(applied, known);
    })
    .await;
}

#[tokio::test]
async fn opening_again_changes_nothing_and_makes_no_copy() {
    let file = SqliteFile::new();
    file.open().await.close().await;
    file.open().await.close().await;
    let names: BTreeSet<_> = fs::read_dir(file.path().parent().unwrap()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert!(names.iter().all(|name| !name.contains("before")), "{names:?}");
}

#[tokio::test]
async fn an_older_file_is_copied_before_it_is_migrated() {
    let file = SqliteFile::new();
    let db = file.open().await;
    let mut write = db.write().await.unwrap();
    // As if the last migration had not been there yet: what it made and its row go.
    for undoing in undoing(&MIGRATIONS[MIGRATIONS.len() - 1]) {
        let fixpath::db::Connection::Sqlite(connection) = write.connection() else { unreachable!("the file is SQLite's") };
        sqlx::query(sqlx::AssertSqlSafe(undoing)).execute(connection).await.unwrap();
    }
    sql!(&mut write, execute "DELETE FROM migration WHERE number = $1", schema_number()).unwrap();
    write.commit().await.unwrap();
    db.close().await;
    drop(db);

    let db = file.open().await;
    let (migrations,) = sql!(&mut db.read().await.unwrap(), one<(i64,)> "SELECT COUNT(*) FROM migration").unwrap();
    assert_eq!(migrations, i64::try_from(MIGRATIONS.len()).unwrap());
    let copy = format!("{}.before-{}", file.path().display(), schema_number());
    let old = sqlx::SqlitePool::connect(&format!("sqlite:{copy}")).await.unwrap();
    let (migrations,): (i64,) = sqlx::query_as("SELECT COUNT(*) FROM migration").fetch_one(&old).await.unwrap();
    assert_eq!(migrations, i64::try_from(MIGRATIONS.len()).unwrap() - 1);
}

/// Opens the database of `change` again after it ran; the answer is why that is refused.
async fn refusal_after(change: impl AsyncFn(&Db)) -> Vec<Error> {
    let file = SqliteFile::new();
    let db = file.open().await;
    change(&db).await;
    db.close().await;
    let mut refusals = vec![Db::open(&file.url(), options()).await.unwrap_err()];
    if let Some(schema) = crate::databases::PostgresSchema::new().await {
        let db = schema.open().await;
        change(&db).await;
        db.close().await;
        refusals.push(Db::open(&schema.url(), options()).await.unwrap_err());
        schema.remove().await;
    }
    refusals
}

#[tokio::test]
async fn a_newer_schema_is_refused() {
    let refusals = refusal_after(async |db: &Db| {
        let mut write = db.write().await.unwrap();
        sql!(&mut write, execute "INSERT INTO migration (number, name, digest, applied_at) VALUES ($1, 'future', '', 0)", schema_number() + 1).unwrap();
        write.commit().await.unwrap();
    })
    .await;
    for refusal in refusals {
        assert!(matches!(refusal, Error::Newer { found, known } if found == known + 1), "{refusal}");
    }
}

#[tokio::test]
async fn an_edited_migration_is_refused() {
    let refusals = refusal_after(async |db: &Db| {
        let mut write = db.write().await.unwrap();
        sql!(&mut write, execute "UPDATE migration SET digest = 'other' WHERE number = 1").unwrap();
        write.commit().await.unwrap();
    })
    .await;
    for refusal in refusals {
        assert!(matches!(refusal, Error::Edited { number: 1 }), "{refusal}");
    }
}

#[tokio::test]
async fn a_second_server_on_one_file_is_refused_until_the_first_is_gone() {
    let file = SqliteFile::new();
    let exclusive = || Options { exclusive: true, ..options() };
    let first = Db::open(&file.url(), exclusive()).await.unwrap();
    assert!(matches!(Db::open(&file.url(), exclusive()).await, Err(Error::Locked(_))));
    let command = Db::open(&file.url(), options()).await;
    assert!(command.is_ok(), "a command beside the server is welcome");
    drop(first);
    assert!(Db::open(&file.url(), exclusive()).await.is_ok());
}

#[tokio::test]
async fn a_file_that_cannot_be_made_is_named() {
    let file = SqliteFile::new();
    let url = fixpath::db::DatabaseUrl::sqlite_file(file.path().join("in a file's place").join("fixpath.db"));
    let error = Db::open(&url, options()).await.unwrap_err();
    assert!(error.is_unavailable() && error.to_string().contains("in a file's place"), "{error}");
}

#[tokio::test]
async fn two_processes_may_migrate_at_once() {
    let file = SqliteFile::new();
    let url = file.url();
    let (one, other) = tokio::join!(Db::open(&url, options()), Db::open(&url, options()));
    assert!(one.is_ok() && other.is_ok());
    if let Some(schema) = crate::databases::PostgresSchema::new().await {
        let url = schema.url();
        let (one, other) = tokio::join!(Db::open(&url, options()), Db::open(&url, options()));
        assert!(one.is_ok() && other.is_ok());
        schema.remove().await;
    }
}

#[test]
fn every_file_of_the_folder_is_a_migration() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let files: BTreeSet<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    let known: BTreeSet<_> = MIGRATIONS
        .iter()
        .flat_map(|migration| {
            let stem = format!("{:04}_{}", migration.number, migration.name);
            match migration.text {
                MigrationText::Portable(_) => vec![format!("{stem}.sql")],
                MigrationText::Each { .. } => vec![format!("{stem}.sqlite.sql"), format!("{stem}.postgres.sql")],
            }
        })
        .collect();
    assert_eq!(files, known);
    let numbers: Vec<_> = MIGRATIONS.iter().map(|migration| migration.number).collect();
    assert_eq!(numbers, (1..=schema_number()).collect::<Vec<_>>());
}

#[test]
fn both_databases_have_the_same_triggers() {
    let sqlite = trigger_names("sqlite");
    assert!(sqlite.len() > 40);
    assert_eq!(sqlite, trigger_names("postgres"));
}

/// The names in the trigger files of one database.
fn trigger_names(database: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for name in MIGRATIONS.iter().flat_map(|migration| names_in(migration, database)) {
        assert!(names.insert(name.clone()), "{name} is there twice");
    }
    names
}

/// The statements that take back on SQLite what a migration made, the last first.
fn undoing(migration: &Migration) -> Vec<String> {
    let mut statements: Vec<String> = names_in(migration, "sqlite").into_iter().map(|trigger| format!("DROP TRIGGER {trigger}")).collect();
    if let MigrationText::Portable(text) = migration.text {
        for line in text.lines() {
            match line.split_whitespace().collect::<Vec<_>>()[..] {
                ["CREATE", "TABLE", table, ..] => statements.push(format!("DROP TABLE {table}")),
                ["ALTER", "TABLE", table, "ADD", "COLUMN", column, ..] => statements.push(format!("ALTER TABLE {table} DROP COLUMN {column}")),
                _ => {}
            }
        }
    }
    statements.reverse();
    statements
}

/// The triggers that one migration creates.
fn names_in(migration: &Migration, database: &str) -> Vec<String> {
    let MigrationText::Each { sqlite, postgres } = migration.text else { return Vec::new() };
    let text = if database == "sqlite" { sqlite } else { postgres };
    text.split("CREATE TRIGGER ").skip(1).map(|rest| rest.split_whitespace().next().unwrap().to_owned()).collect()
}
