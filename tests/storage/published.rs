//! A published version never changes, whoever asks.

use fixpath::db::{Connection, Db, Error, Result, Write};
use fixpath::sql;
use sqlx::AssertSqlSafe;

use crate::databases::both;

/// The tables that hang below a version.
const INSIDE: [&str; 13] =
    ["version_ladder", "version_jump", "node", "question", "lookup", "branch", "mark", "outcome", "procedure", "step", "reference", "jump", "tree_case"];

/// Two trees; version 2 has a row in every table and jumps to version 1.
const CONTENT: &str = "
INSERT INTO tree (id, slug, created_at) VALUES (1, 'one', 0), (2, 'two', 0);
INSERT INTO ladder (key, revision, product, digest, created_at) VALUES ('exchange', 1, 'Exchange Server', '', 0);
INSERT INTO ladder_release (ladder_key, ladder_revision, position, family, kind, line, update_name, level, build, released, kb)
    VALUES ('exchange', 1, 0, '5.0', 'service_packs', 'RTM', '', 'RTM', '5.0.1457', '1997-05-23', '');
INSERT INTO version (id, tree_id, state, format, slug, title, summary, products, applies_to, ladder, symptoms, start_node, digest, summary_of_change, created_at)
    VALUES (1, 1, 'draft', 'fixpath/1', 'one', '', '', '[]', '', 'exchange', '{}', 'a', '', '', 0),
           (2, 2, 'draft', 'fixpath/1', 'two', '', '', '[]', '', 'exchange', '{}', 'a', '', '', 0);
INSERT INTO version_ladder (version_id, ladder_key, ladder_revision) VALUES (2, 'exchange', 1);
INSERT INTO version_jump (version_id, slug, target_version_id) VALUES (2, 'one', 1);
INSERT INTO node (version_id, key, position, kind, title) VALUES (2, 'a', 0, 'question', ''), (2, 'b', 1, 'outcome', ''), (2, 'c', 2, 'jump', '');
INSERT INTO question (version_id, node_key, fact, ask, prompt, extras) VALUES (2, 'a', 'text', 'text', '', '{}');
INSERT INTO lookup (version_id, node_key, position, place) VALUES (2, 'a', 0, 'On the server');
INSERT INTO branch (version_id, node_key, position, kind, target) VALUES (2, 'a', 0, 'otherwise', 'b');
INSERT INTO mark (version_id, node_key, position, finding) VALUES (2, 'a', 0, 'order');
INSERT INTO outcome (version_id, node_key, verdict, headline, cause) VALUES (2, 'b', 'fix', '', '');
INSERT INTO procedure (version_id, node_key, position, key, title, applies, risk, minutes, per, rights, verify, way_back)
    VALUES (2, 'b', 0, 'p', '', '', 'low', 1, 'all', '', '', '');
INSERT INTO step (version_id, node_key, procedure_position, position, title) VALUES (2, 'b', 0, 0, '');
INSERT INTO reference (version_id, node_key, position, article) VALUES (2, 'b', 0, 'Q247773');
INSERT INTO jump (version_id, node_key, slug) VALUES (2, 'c', 'one');
INSERT INTO tree_case (version_id, position, name, facts, unknown, answers, expect) VALUES (2, 0, '', '{}', '[]', '{}', 'b');
";

async fn raw(write: &mut Write, statement: String) -> Result<()> {
    match write.connection() {
        Connection::Sqlite(connection) => sqlx::raw_sql(AssertSqlSafe(statement)).execute(connection).await.map(drop),
        Connection::Postgres(connection) => sqlx::raw_sql(AssertSqlSafe(statement)).execute(connection).await.map(drop),
    }
    .map_err(Error::from)
}

/// Runs one statement in a transaction of its own and commits.
async fn change(db: &Db, statement: &str) -> Result<()> {
    let mut write = db.write().await?;
    raw(&mut write, statement.to_owned()).await?;
    write.commit().await
}

fn refused(done: &Result<()>) -> bool {
    matches!(done, Err(Error::Refused(message)) if message.contains("never changes"))
}

async fn publish(db: &Db) {
    change(db, CONTENT).await.unwrap();
    change(db, "UPDATE version SET state = 'published', number = 1, published_at = 1").await.unwrap();
    change(db, "UPDATE ladder SET sealed = 1").await.unwrap();
}

#[tokio::test]
async fn nothing_under_a_published_or_withdrawn_version_changes() {
    both(async |db: Db| {
        publish(&db).await;
        for state in ["published", "withdrawn"] {
            for table in INSIDE {
                for statement in [
                    format!("INSERT INTO {table} SELECT * FROM {table}"),
                    format!("UPDATE {table} SET version_id = version_id"),
                    format!("DELETE FROM {table}"),
                ] {
                    let done = change(&db, &statement).await;
                    assert!(refused(&done), "{state}: {statement}: {done:?}");
                }
            }
            let done = change(&db, "DELETE FROM version WHERE id = 2").await;
            assert!(refused(&done), "{state}: {done:?}");
            let done = change(&db, "DELETE FROM tree WHERE id = 2").await;
            assert!(refused(&done), "{state}: {done:?}");
            change(&db, "UPDATE version SET state = 'withdrawn', withdrawn_at = 2 WHERE state = 'published'").await.unwrap();
        }
    })
    .await;
}

#[tokio::test]
async fn a_published_version_can_only_be_withdrawn() {
    both(async |db: Db| {
        publish(&db).await;
        for setting in
            ["title = 'new'", "state = 'draft', number = NULL, published_at = NULL", "state = 'withdrawn', title = 'new'", "owner = 'somebody'", "number = 2"]
        {
            let done = change(&db, &format!("UPDATE version SET {setting} WHERE id = 2")).await;
            assert!(refused(&done), "{setting}: {done:?}");
        }
        change(&db, "UPDATE version SET state = 'withdrawn', withdrawn_at = 5 WHERE id = 2").await.unwrap();
        let done = change(&db, "UPDATE version SET state = 'published' WHERE id = 2").await;
        assert!(refused(&done), "{done:?}");
    })
    .await;
}

#[tokio::test]
async fn a_sealed_ladder_never_changes() {
    both(async |db: Db| {
        publish(&db).await;
        for statement in [
            "UPDATE ladder SET product = 'new'",
            "UPDATE ladder SET sealed = 0",
            "DELETE FROM ladder",
            "INSERT INTO ladder_release SELECT * FROM ladder_release",
            "UPDATE ladder_release SET level = 'SP9'",
            "DELETE FROM ladder_release",
        ] {
            let done = change(&db, statement).await;
            assert!(refused(&done), "{statement}: {done:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_draft_changes_and_goes_with_all_its_rows() {
    both(async |db: Db| {
        change(&db, CONTENT).await.unwrap();
        change(&db, "UPDATE node SET title = 'new'").await.unwrap();
        change(&db, "DELETE FROM version WHERE id = 2").await.unwrap();
        let mut read = db.read().await.unwrap();
        let (nodes,) = sql!(&mut read, one<(i64,)> "SELECT COUNT(*) FROM node").unwrap();
        let (steps,) = sql!(&mut read, one<(i64,)> "SELECT COUNT(*) FROM step").unwrap();
        assert_eq!((nodes, steps), (0, 0));
    })
    .await;
}

#[tokio::test]
async fn a_branch_cannot_lead_to_a_node_that_is_not_there() {
    both(async |db: Db| {
        change(&db, CONTENT).await.unwrap();
        let done = change(&db, "UPDATE branch SET target = 'nowhere'").await;
        assert!(matches!(done, Err(Error::Refused(_))), "{done:?}");
    })
    .await;
}
