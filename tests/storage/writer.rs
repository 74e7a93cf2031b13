//! The writer that commits in groups.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Poll;

use fixpath::db::{Db, Error, Gather, Result, Write, Writer};
use fixpath::{batch, sql};

use crate::databases::{both, memory, on_disks};

/// Adds a former address; one whose slug begins with `bad` points to a tree that is not there.
struct AddSlug {
    slug: String,
    tree: i64,
    batches: Arc<AtomicUsize>,
}

impl AddSlug {
    fn new(slug: &str, batches: &Arc<AtomicUsize>) -> Self {
        Self { slug: slug.to_owned(), tree: if slug.starts_with("bad") { 404 } else { 1 }, batches: Arc::clone(batches) }
    }
}

impl Gather for AddSlug {
    type Reply = String;

    fn key(&self) -> &[u8] {
        self.slug.as_bytes()
    }

    async fn run(batch: &[Self], write: &mut Write) -> Result<Vec<String>> {
        batch[0].batches.fetch_add(1, Ordering::SeqCst);
        batch!(write, execute "INSERT INTO tree_slug (slug, tree_id) VALUES [($1, $2)]", batch, |job| &job.slug, job.tree)?;
        Ok(batch.iter().map(|job| job.slug.clone()).collect())
    }

    fn committed(self, _reply: &String) {}
}

async fn with_tree(db: &Db) {
    let mut write = db.write().await.unwrap();
    sql!(&mut write, execute "INSERT INTO tree (id, slug, created_at) VALUES (1, 'one', 0)").unwrap();
    write.commit().await.unwrap();
}

async fn slugs(db: &Db) -> Vec<String> {
    let rows = sql!(&mut db.read().await.unwrap(), all<(String,)> "SELECT slug FROM tree_slug ORDER BY slug COLLATE \"C\"").unwrap();
    rows.into_iter().map(|(slug,)| slug).collect()
}

/// Sends jobs while the writer cannot begin, so that they share a group; the answers are in the order of `slugs`.
async fn in_one_group(db: &Db, slugs: &[&str], batches: &Arc<AtomicUsize>) -> Vec<Result<String>> {
    let (writer, task) = Writer::<AddSlug>::start(db.clone());
    let answers = futures_util::future::join_all(slugs.iter().map(|slug| writer.gather(AddSlug::new(slug, batches)))).await;
    drop(writer);
    task.await.unwrap();
    answers
}

#[tokio::test]
async fn jobs_that_wait_together_are_stored_together() {
    both(async |db: Db| {
        with_tree(&db).await;
        let batches = Arc::default();
        let names: Vec<String> = (100..200).map(|number| format!("slug-{number}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let answers = in_one_group(&db, &names, &batches).await;
        assert_eq!(answers.into_iter().map(Result::unwrap).collect::<Vec<_>>(), names);
        assert_eq!(slugs(&db).await, names);
        // One thread: every job is queued before the writer first runs.
        assert_eq!(batches.load(Ordering::SeqCst), 1);
    })
    .await;
}

#[tokio::test]
async fn a_job_that_fails_does_not_fail_its_neighbours() {
    both(async |db: Db| {
        with_tree(&db).await;
        let answers = in_one_group(&db, &["a", "bad", "b"], &Arc::default()).await;
        assert!(answers[0].is_ok() && answers[2].is_ok());
        assert!(matches!(answers[1], Err(Error::Refused(_))), "{:?}", answers[1]);
        assert_eq!(slugs(&db).await, ["a", "b"]);
    })
    .await;
}

#[tokio::test]
async fn two_jobs_with_one_key_run_one_after_the_other() {
    both(async |db: Db| {
        with_tree(&db).await;
        let batches = Arc::default();
        let answers = in_one_group(&db, &["a", "a", "b"], &batches).await;
        assert!(answers[0].is_ok() && answers[2].is_ok());
        assert!(answers[1].as_ref().is_err_and(|error| error.breaks("tree_slug_pkey")), "{:?}", answers[1]);
    })
    .await;
}

#[tokio::test]
async fn single_jobs_answer_with_their_own_type_and_fail_alone() {
    both(async |db: Db| {
        with_tree(&db).await;
        let (writer, _task) = Writer::<AddSlug>::start(db.clone());
        let fails = writer.run(|write| {
            Box::pin(async move {
                sql!(write, execute "INSERT INTO tree_slug (slug, tree_id) VALUES ('half', 1)")?;
                sql!(write, execute "INSERT INTO tree_slug (slug, tree_id) VALUES ('half', 1)")
            })
        });
        let works =
            writer.run(|write| Box::pin(async move { sql!(write, one<(i64,)> "UPDATE counter SET value = value + 1 WHERE name = 'tree' RETURNING value") }));
        let (fails, works) = tokio::join!(fails, works);
        assert!(fails.is_err_and(|error| error.breaks("tree_slug_pkey")));
        assert_eq!(works.unwrap(), (1,));
        assert!(slugs(&db).await.is_empty(), "half a job was stored");
    })
    .await;
}

#[tokio::test]
async fn a_commit_that_fails_acknowledges_nobody_and_the_writer_goes_on() {
    let db = memory().await;
    with_tree(&db).await;
    let (writer, _task) = Writer::<AddSlug>::start(db.clone());
    // A foreign key that is checked at the commit alone.
    let breaks_commit = writer.run(|write| {
        Box::pin(async move {
            let fixpath::db::Connection::Sqlite(connection) = write.connection() else { unreachable!("in memory") };
            sqlx::query("PRAGMA defer_foreign_keys = ON").execute(connection).await.map_err(Error::from)?;
            sql!(write, execute "INSERT INTO tree_slug (slug, tree_id) VALUES ('orphan', 404)")
        })
    });
    let batches = Arc::default();
    let neighbour = writer.gather(AddSlug::new("a", &batches));
    let (breaks_commit, neighbour) = tokio::join!(breaks_commit, neighbour);
    assert!(breaks_commit.is_err() && neighbour.is_err());
    assert!(slugs(&db).await.is_empty());
    assert_eq!(writer.gather(AddSlug::new("a", &batches)).await.unwrap(), "a");
}

#[tokio::test]
async fn a_full_disk_is_unavailable_and_passes() {
    let file = crate::databases::SqliteFile::new();
    let db = file.open().await;
    with_tree(&db).await;
    let (writer, _task) = Writer::<AddSlug>::start(db.clone());
    let batches = Arc::default();
    limit_pages(&db, "PRAGMA max_page_count = 1").await;
    let big = "x".repeat(4_000_000);
    let refused = writer.gather(AddSlug::new(&big, &batches)).await;
    assert!(refused.as_ref().is_err_and(Error::is_unavailable), "{refused:?}");
    limit_pages(&db, "PRAGMA max_page_count = 4294967294").await;
    writer.gather(AddSlug::new(&big, &batches)).await.unwrap();
    assert_eq!(slugs(&db).await, [big]);
}

/// Limits the writing connection; the smallest limit is the size the file has.
async fn limit_pages(db: &Db, pragma: &'static str) {
    let mut write = db.write().await.unwrap();
    let fixpath::db::Connection::Sqlite(connection) = write.connection() else { unreachable!("the file is SQLite's") };
    sqlx::query(pragma).execute(connection).await.unwrap();
    write.commit().await.unwrap();
}

#[tokio::test]
async fn a_caller_that_hangs_up_leaves_no_transaction_open() {
    on_disks(async |db: Db| {
        with_tree(&db).await;
        let (writer, task) = Writer::<AddSlug>::start(db.clone());
        let batches = Arc::default();
        let mut gone = Box::pin(writer.gather(AddSlug::new("gone", &batches)));
        let queued = std::future::poll_fn(|context| Poll::Ready(gone.as_mut().poll(context).is_pending())).await;
        assert!(queued);
        drop(gone);
        writer.gather(AddSlug::new("stays", &batches)).await.unwrap();
        drop(writer);
        task.await.unwrap();
        assert_eq!(slugs(&db).await, ["gone", "stays"]);
    })
    .await;
}

#[tokio::test]
async fn a_lost_connection_is_unavailable_and_the_writer_finds_another() {
    let Some(schema) = crate::databases::PostgresSchema::new().await else { return };
    let db = schema.open().await;
    with_tree(&db).await;
    let (writer, _task) = Writer::<AddSlug>::start(db.clone());
    let cut_off = writer
        .run(|write| {
            Box::pin(async move {
                sql!(write, execute "INSERT INTO tree_slug (slug, tree_id) VALUES ('lost', 1)")?;
                let fixpath::db::Connection::Postgres(connection) = write.connection() else { unreachable!("the schema is PostgreSQL's") };
                sqlx::query("SELECT pg_terminate_backend(pg_backend_pid())").execute(connection).await.map(drop).map_err(Error::from)
            })
        })
        .await;
    assert!(cut_off.as_ref().is_err_and(Error::is_unavailable), "{cut_off:?}");
    assert_eq!(writer.gather(AddSlug::new("kept", &Arc::default())).await.unwrap(), "kept");
    assert_eq!(slugs(&db).await, ["kept"]);
    db.close().await;
    schema.remove().await;
}
