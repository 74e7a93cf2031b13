//! Backup, restore, and the doctor.

use std::collections::BTreeSet;
use std::fs;
use std::io::{Read, Write};
use std::path::Path;

use fixpath::clock::Clock;
use fixpath::db::{BackupError, Connection, Db, TABLES, backup, doctor, restore, schema_number};
use fixpath::shelf::{Shelf, examine};
use fixpath::sql;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;

use crate::databases::{NOW, PostgresSchema, SqliteFile, both, memory};
use crate::shelf::{full_tree, ladder};

/// Something in every table, text in several scripts, and a number beyond 53 bits.
async fn fill(db: &Db) {
    let shelf = Shelf::open(db.clone(), Clock::fixed(NOW)).await.unwrap();
    shelf.load_ladders(vec![ladder("exchange"), ladder("windows")]).await.unwrap();
    shelf.load_draft(full_tree("one")).await.unwrap();
    let first = shelf.publish("one", "First").await.unwrap().version_id;
    shelf.load_draft(crate::shelf::jumping_tree("two", "one")).await.unwrap();
    shelf.publish("two", "First").await.unwrap();
    shelf.load_draft(full_tree("one")).await.unwrap();
    shelf.publish("one", "Second").await.unwrap();
    shelf.withdraw(first).await.unwrap();
    shelf.load_draft(full_tree("one")).await.unwrap();
    shelf.rename_slug("two", "zwei").await.unwrap();
    let by = fixpath::audit::By { name: "ann".to_owned(), address: "192.0.2.1".to_owned() };
    let draft = shelf.create(full_tree("three"), &by).await.unwrap();
    shelf.ask_review("three", 1, "Look at ö.", &by).await.unwrap();
    shelf.schedule("three", 1, NOW, "Later", &by).await.unwrap();
    shelf.withdraw_outcome("one", "fix", "Wrong.", &by).await.unwrap();
    shelf.put_trial(draft.tree_id, 1, Some(draft.tree.cases[0].clone())).await.unwrap();
    shelf.add_image("three", crate::pictures::png(1), "A dialog", &by).await.unwrap();
    let mut write = db.write().await.unwrap();
    sql!(&mut write, execute "INSERT INTO account (id, name, folded_name, roles, created_at) VALUES (1, 'Änn', 'änn', 'author publisher', 0)").unwrap();
    sql!(
        &mut write,
        execute "INSERT INTO session (id, secret_hash, account_id, created_at, seen_at, address, browser) VALUES (1, 'hash', 1, 0, 0, '192.0.2.1', 'Browser')"
    )
    .unwrap();
    sql!(&mut write, execute "INSERT INTO set_up_link (token_hash, account_id, created_at, expires_at) VALUES ('hash', NULL, 0, 1)").unwrap();
    sql!(
        &mut write,
        execute "INSERT INTO api_token (id, token_hash, account_id, name, scope, created_at, expires_at) VALUES (1, 'hash', 1, 'build', 'drafts', 0, 1)"
    )
    .unwrap();
    for id in ["b", "A", "ä", "a\u{301}", "Z", "\u{1F600}"] {
        sql!(
            &mut write,
            execute "INSERT INTO diagnosis (id, owner_hash, version_id, language, revision, created_at, changed_at, opened_at) \
                     VALUES ($1, 'hash', $2, 'en', $3, 0, 0, 0)",
            id,
            first,
            i64::MAX
        )
        .unwrap();
        sql!(&mut write, execute "INSERT INTO fact (diagnosis_id, key, source, seq, value, said_at) VALUES ($1, 'servers', 'asked', 1, NULL, 0)", id).unwrap();
        sql!(&mut write, execute "INSERT INTO fact (diagnosis_id, key, source, seq, value, line, said_at) VALUES ($1, 'text', 'pasted', 2, '[\"\"]', 'ö\n\t\"', 0)", id)
            .unwrap();
        sql!(&mut write, execute "INSERT INTO answer (diagnosis_id, node_key, value, said_at) VALUES ($1, 'one.fix', 'no', 0)", id).unwrap();
        sql!(&mut write, execute "INSERT INTO tick (diagnosis_id, node_key, procedure_key, step, ticked_at) VALUES ($1, 'one.fix', 'apply', 0, 0)", id)
            .unwrap();
        sql!(&mut write, execute "INSERT INTO share (token_hash, diagnosis_id, kind, redacted, created_at) VALUES ($1, $1, 'view', 1, 0)", id).unwrap();
        sql!(&mut write, execute "INSERT INTO feedback (diagnosis_id, node_key, helped, said_at) VALUES ($1, 'one.fix', 'no', 0)", id).unwrap();
    }
    write.commit().await.unwrap();
}

async fn back_up(db: &Db, path: &Path) -> Vec<u8> {
    let rows = backup(db, &Clock::fixed(NOW), path).await.unwrap();
    assert!(rows.values().all(|rows| *rows > 0), "a table is empty, so this shows nothing about it: {rows:?}");
    fs::read(path).unwrap()
}

#[tokio::test]
async fn a_backup_goes_through_both_databases_unchanged() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("first.backup");
    let file = SqliteFile::new();
    let db = file.open().await;
    fill(&db).await;
    let first = back_up(&db, &path).await;

    let again = memory().await;
    restore(&again, &path).await.unwrap();
    assert_eq!(back_up(&again, &folder.path().join("second.backup")).await, first);
    assert_eq!(doctor(&again).await.unwrap(), []);

    if let Some(schema) = PostgresSchema::new().await {
        let postgres = schema.open().await;
        restore(&postgres, &path).await.unwrap();
        let through = folder.path().join("third.backup");
        assert_eq!(back_up(&postgres, &through).await, first);
        assert_eq!(doctor(&postgres).await.unwrap(), []);
        let home = memory().await;
        restore(&home, &through).await.unwrap();
        assert_eq!(back_up(&home, &folder.path().join("fourth.backup")).await, first);
        postgres.close().await;
        schema.remove().await;
    }
}

#[tokio::test]
async fn what_is_restored_is_sealed_again_and_served() {
    both(async |db: Db| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("backup");
        let source = memory().await;
        fill(&source).await;
        back_up(&source, &path).await;
        restore(&db, &path).await.unwrap();
        let shelf = Shelf::open(db.clone(), Clock::fixed(NOW)).await.unwrap();
        assert_eq!(*shelf.catalog().guide("one").unwrap().tree, full_tree("one"));
        assert_eq!(shelf.slug_moved("two").as_deref(), Some("zwei"));
        for change in [0, 1] {
            let mut write = db.write().await.unwrap();
            let done = match change {
                0 => sql!(&mut write, execute "UPDATE node SET title = 'new' WHERE version_id = 1"),
                _ => sql!(&mut write, execute "UPDATE ladder SET product = 'new'"),
            };
            assert!(done.is_err());
        }
        // The ids go on where they were.
        shelf.load_draft(full_tree("three")).await.unwrap();
        shelf.publish("three", "First").await.unwrap();
    })
    .await;
}

/// The lines of a backup, unpacked.
fn unpacked(path: &Path) -> Vec<String> {
    let mut text = String::new();
    GzDecoder::new(fs::File::open(path).unwrap()).read_to_string(&mut text).unwrap();
    text.lines().map(str::to_owned).collect()
}

fn packed(path: &Path, lines: &[String]) {
    let mut file = GzEncoder::new(fs::File::create(path).unwrap(), Compression::fast());
    for line in lines {
        writeln!(file, "{line}").unwrap();
    }
    file.finish().unwrap();
}

#[tokio::test]
async fn a_damaged_backup_restores_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("backup");
    let source = memory().await;
    fill(&source).await;
    let whole = back_up(&source, &path).await;
    let lines = unpacked(&path);
    let bad = folder.path().join("bad");
    let db = memory().await;
    for length in [0, 1, whole.len() / 2, whole.len() - 9, whole.len() - 1] {
        fs::write(&bad, &whole[..length]).unwrap();
        let done = restore(&db, &bad).await;
        assert!(matches!(done, Err(BackupError::Damaged { .. })), "cut at {length}: {done:?}");
    }
    let row = lines.iter().position(|line| line.contains("Messaging team")).unwrap();
    let mut without_row = lines.clone();
    without_row.remove(row);
    let mut changed = lines.clone();
    changed[row] = changed[row].replace("Messaging team", "Somebody else");
    let mut longer = lines.clone();
    longer.push(lines[row].clone());
    let mut without_end = lines.clone();
    without_end.pop();
    for (what, lines) in [("a row less", without_row), ("a changed row", changed), ("a row after the end", longer), ("no end", without_end)] {
        packed(&bad, &lines);
        let done = restore(&db, &bad).await;
        assert!(matches!(done, Err(BackupError::Damaged { .. })), "{what}: {done:?}");
    }
    restore(&db, &path).await.unwrap();
}

#[tokio::test]
async fn a_newer_backup_and_a_filled_database_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("backup");
    let source = memory().await;
    fill(&source).await;
    back_up(&source, &path).await;
    assert!(matches!(restore(&source, &path).await, Err(BackupError::NotEmpty(_))));
    let mut lines = unpacked(&path);
    let number = schema_number();
    lines[0] = lines[0].replace(&format!("\"schema\":{number}"), &format!("\"schema\":{}", number + 1));
    let newer = folder.path().join("newer");
    packed(&newer, &lines);
    assert!(matches!(restore(&memory().await, &newer).await, Err(BackupError::Newer { found, known }) if found == known + 1));
}

#[tokio::test]
async fn a_backup_holds_every_table() {
    both(async |db: Db| {
        let mut read = db.read().await.unwrap();
        let there: Vec<(String,)> = match read.connection() {
            Connection::Sqlite(connection) => sqlx::query_as("SELECT name FROM sqlite_master WHERE type = 'table'").fetch_all(connection).await.unwrap(),
            Connection::Postgres(connection) => {
                sqlx::query_as("SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema()").fetch_all(connection).await.unwrap()
            }
        };
        let there: BTreeSet<_> = there.into_iter().map(|(name,)| name).filter(|name| name != "migration").collect();
        let known: BTreeSet<_> = TABLES.iter().map(|table| table.name.to_owned()).collect();
        assert_eq!(there, known);
    })
    .await;
}

/// Runs one statement that only a broken program or disk would bring about.
async fn break_with(db: &Db, statement: &'static str) {
    let mut write = db.write().await.unwrap();
    match write.connection() {
        Connection::Sqlite(connection) => sqlx::raw_sql(statement).execute(connection).await.map(drop).unwrap(),
        Connection::Postgres(connection) => sqlx::raw_sql(statement).execute(connection).await.map(drop).unwrap(),
    }
    write.commit().await.unwrap();
}

#[tokio::test]
async fn the_doctor_finds_what_is_wrong_and_nothing_else() {
    both(async |db: Db| {
        fill(&db).await;
        assert_eq!(doctor(&db).await.unwrap(), []);
        assert_eq!(examine(&db).await.unwrap(), []);
        break_with(&db, "UPDATE counter SET value = 0 WHERE name = 'version'").await;
        let drop_trigger = match db.read().await.unwrap().connection() {
            Connection::Sqlite(_) => "DROP TRIGGER node_update",
            Connection::Postgres(_) => "ALTER TABLE node DISABLE TRIGGER node_update",
        };
        break_with(&db, drop_trigger).await;
        let places: BTreeSet<_> = doctor(&db).await.unwrap().into_iter().map(|finding| finding.place).collect();
        assert_eq!(places, BTreeSet::from(["counter".to_owned(), "node_update".to_owned()]));
        break_with(&db, "UPDATE node SET title = 'changed behind the back' WHERE version_id = 2 AND key = 'fix'").await;
        let altered = examine(&db).await.unwrap();
        assert!(altered.len() == 1 && altered[0].what.starts_with("version 2 "), "{altered:?}");
    })
    .await;
}

#[tokio::test]
async fn the_doctor_finds_references_to_nothing() {
    let file = SqliteFile::new();
    let db = file.open().await;
    let unchecked = sqlx::sqlite::SqliteConnectOptions::new().filename(file.path()).foreign_keys(false);
    let pool = sqlx::SqlitePool::connect_with(unchecked).await.unwrap();
    sqlx::query("INSERT INTO tree_slug (slug, tree_id) VALUES ('orphan', 404)").execute(&pool).await.unwrap();
    let findings = doctor(&db).await.unwrap();
    assert!(findings.len() == 1 && findings[0].place == "tree_slug", "{findings:?}");
    if let Some(schema) = PostgresSchema::new().await {
        let db = schema.open().await;
        // As after a restore with its checks switched off.
        break_with(&db, "SET LOCAL session_replication_role = replica; INSERT INTO tree_slug (slug, tree_id) VALUES ('orphan', 404)").await;
        let findings = doctor(&db).await.unwrap();
        assert!(findings.len() == 1 && findings[0].place == "tree_slug", "{findings:?}");
        db.close().await;
        schema.remove().await;
    }
}
