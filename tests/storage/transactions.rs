//! Reads and writes side by side.

use fixpath::db::{Db, Error};
use fixpath::sql;

use crate::databases::{both, on_disks};

const TASKS: usize = 8;
const ROUNDS: usize = 25;

/// One read-then-write with the rule that diagnoses follow: the new value is stored only if nobody stored another meanwhile.
async fn add_one(db: &Db) -> bool {
    let mut write = db.write().await.unwrap();
    let (before,) = sql!(&mut write, one<(i64,)> "SELECT value FROM counter WHERE name = 'change'").unwrap();
    tokio::task::yield_now().await;
    let changed = sql!(&mut write, execute "UPDATE counter SET value = $1 WHERE name = 'change' AND value = $2", before + 1, before).unwrap();
    write.commit().await.unwrap();
    changed == 1
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn read_then_write_from_many_tasks_loses_nothing() {
    on_disks(async |db: Db| {
        let tasks: Vec<_> = (0..TASKS)
            .map(|_| {
                let db = db.clone();
                tokio::spawn(async move {
                    for _ in 0..ROUNDS {
                        while !add_one(&db).await {}
                    }
                })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
        let (value,) = sql!(&mut db.read().await.unwrap(), one<(i64,)> "SELECT value FROM counter WHERE name = 'change'").unwrap();
        assert_eq!(value, i64::try_from(TASKS * ROUNDS).unwrap());
    })
    .await;
}

#[tokio::test]
async fn what_is_not_committed_is_gone() {
    both(async |db: Db| {
        let mut write = db.write().await.unwrap();
        sql!(&mut write, execute "UPDATE counter SET value = 9 WHERE name = 'change'").unwrap();
        drop(write);
        let (value,) = sql!(&mut db.read().await.unwrap(), one<(i64,)> "SELECT value FROM counter WHERE name = 'change'").unwrap();
        assert_eq!(value, 0);
    })
    .await;
}

#[tokio::test]
async fn a_snapshot_does_not_see_what_comes_after_it() {
    on_disks(async |db: Db| {
        let mut snapshot = db.snapshot().await.unwrap();
        let (before,) = sql!(&mut snapshot, one<(i64,)> "SELECT value FROM counter WHERE name = 'change'").unwrap();
        let mut write = db.write().await.unwrap();
        sql!(&mut write, execute "UPDATE counter SET value = 9 WHERE name = 'change'").unwrap();
        write.commit().await.unwrap();
        let (still,) = sql!(&mut snapshot, one<(i64,)> "SELECT value FROM counter WHERE name = 'change'").unwrap();
        assert_eq!(before, still);
        let (now,) = sql!(&mut db.read().await.unwrap(), one<(i64,)> "SELECT value FROM counter WHERE name = 'change'").unwrap();
        assert_eq!(now, 9);
    })
    .await;
}

#[tokio::test]
async fn a_reading_connection_refuses_to_write() {
    on_disks(async |db: Db| {
        let mut read = db.read().await.unwrap();
        let refused = sql!(&mut read, optional<(i64,)> "UPDATE counter SET value = 9 WHERE name = 'change' RETURNING value");
        assert!(refused.is_err());
    })
    .await;
}

#[tokio::test]
async fn a_broken_constraint_has_one_name_on_both() {
    both(async |db: Db| {
        for _ in 0..2 {
            let mut write = db.write().await.unwrap();
            let stored = sql!(&mut write, execute "INSERT INTO tree (id, slug, created_at) VALUES (1, 'one', 0)");
            match stored {
                Ok(_) => write.commit().await.unwrap(),
                Err(error) => {
                    assert!(error.breaks("tree_pkey") || error.breaks("tree_slug_key"), "{error:?}");
                    drop(write);
                }
            }
        }
        let mut write = db.write().await.unwrap();
        let error = sql!(&mut write, execute "INSERT INTO tree (id, slug, created_at) VALUES (2, 'one', 0)").unwrap_err();
        assert!(error.breaks("tree_slug_key"), "{error:?}");
        drop(write);
        let mut write = db.write().await.unwrap();
        let error = sql!(&mut write, execute "INSERT INTO tree_slug (slug, tree_id) VALUES ('former', 77)").map(drop);
        // PostgreSQL and SQLite both check a foreign key at the end of the statement.
        assert!(matches!(error, Err(Error::Refused(_))), "{error:?}");
    })
    .await;
}
