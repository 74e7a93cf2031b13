//! Databases for one test each.

use fixpath::clock::{Clock, Random};
use fixpath::db::{DatabaseUrl, Db, Options};
use sqlx::{Connection, PgConnection};
use tempfile::TempDir;

/// The time at which every test begins.
pub const NOW: i64 = 1_800_000_000_000;

/// How a database is opened in tests.
pub fn options() -> Options {
    Options::new(Clock::fixed(NOW))
}

/// Runs `test` on a SQLite database in memory, on one in a file with several connections, and on PostgreSQL.
pub async fn both(test: impl AsyncFn(Db)) {
    test(memory().await).await;
    on_disks(test).await;
}

/// Runs `test` where several connections see one database: on a SQLite file and on PostgreSQL.
pub async fn on_disks(test: impl AsyncFn(Db)) {
    let file = SqliteFile::new();
    test(file.open().await).await;
    if let Some(schema) = PostgresSchema::new().await {
        test(schema.open().await).await;
        schema.remove().await;
    }
}

/// A migrated database in memory.
pub async fn memory() -> Db {
    Db::open(&DatabaseUrl::sqlite_memory(), options()).await.unwrap()
}

/// A place for a SQLite file, removed at the end.
pub struct SqliteFile {
    folder: TempDir,
}

impl SqliteFile {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub fn path(&self) -> std::path::PathBuf {
        self.folder.path().join("fixpath.db")
    }

    pub fn url(&self) -> DatabaseUrl {
        DatabaseUrl::sqlite_file(self.path())
    }

    pub async fn open(&self) -> Db {
        Db::open(&self.url(), options()).await.unwrap()
    }
}

/// How often dropping a schema is tried.
const MOST_REMOVALS: usize = 10;
/// PostgreSQL's code for a deadlock.
const DEADLOCK: &str = "40P01";

/// A schema of its own on the PostgreSQL server of `TEST_POSTGRES_URL`.
pub struct PostgresSchema {
    server: String,
    name: String,
}

impl PostgresSchema {
    /// `None`, said aloud, where no server is named; a failure where `CI` is set.
    pub async fn new() -> Option<Self> {
        let Ok(server) = std::env::var("TEST_POSTGRES_URL") else {
            assert!(std::env::var_os("CI").is_none(), "TEST_POSTGRES_URL must name a PostgreSQL server in CI");
            eprintln!("SKIPPED on PostgreSQL: set TEST_POSTGRES_URL=postgres://user@127.0.0.1/database to run this test there too");
            return None;
        };
        let name = format!("test_{}", data_encoding::HEXLOWER.encode(&Random::system().bytes::<8>()));
        let schema = Self { server, name };
        schema.tell(format!("CREATE SCHEMA {}", schema.name)).await;
        Some(schema)
    }

    pub fn url(&self) -> DatabaseUrl {
        self.address().parse().unwrap()
    }

    /// The schema as the setting `database` names it.
    pub fn address(&self) -> String {
        let separator = if self.server.contains('?') { '&' } else { '?' };
        format!("{}{separator}options=-csearch_path%3D{}", self.server, self.name)
    }

    pub async fn open(&self) -> Db {
        Db::open(&self.url(), options()).await.unwrap()
    }

    /// Drops the schema. What a site still reads in the background locks its tables in another order, and then PostgreSQL ends one of the two.
    pub async fn remove(self) {
        for _ in 0..MOST_REMOVALS {
            match self.ask(format!("DROP SCHEMA {} CASCADE", self.name)).await {
                Err(sqlx::Error::Database(error)) if error.code().as_deref() == Some(DEADLOCK) => {}
                done => return done.unwrap(),
            }
        }
        panic!("{} is in use and cannot be dropped", self.name);
    }

    async fn tell(&self, statement: String) {
        self.ask(statement).await.unwrap();
    }

    async fn ask(&self, statement: String) -> Result<(), sqlx::Error> {
        let mut connection = PgConnection::connect(&self.server).await?;
        sqlx::raw_sql(sqlx::AssertSqlSafe(statement)).execute(&mut connection).await.map(drop)
    }
}
