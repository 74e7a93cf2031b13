//! Clients that send and hang up, 64 at a time, leave no transaction open.

use std::io::Write;
use std::net::{SocketAddr, TcpStream};

use fixpath::clock::Random;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, PgConnection};

use crate::browser::Visitor;
use crate::server::Server;
use crate::wait_for;

const BURSTS: usize = 25;
const CLIENTS: usize = 64;
/// Each diagnosis gets requests of this many clients in a burst.
const SHARED_BY: usize = 2;

/// Bursts of clients, of which every fourth breaks off within its request and no other waits for its answer.
fn hang_up(address: SocketAddr) {
    let mut visitors: Vec<Visitor> = (0..CLIENTS / SHARED_BY).map(|_| Visitor::begin(address).unwrap()).collect();
    let mut stored = 0;
    for _ in 0..BURSTS {
        // Opened before anybody sends, so that all arrive together.
        let mut clients: Vec<TcpStream> = (0..CLIENTS).map(|_| TcpStream::connect(address).unwrap()).collect();
        for (number, client) in clients.iter_mut().enumerate() {
            let request = visitors[number / SHARED_BY].next_answer();
            let length = if number % 4 == 3 { request.len() - 10 } else { request.len() };
            client.write_all(&request.as_bytes()[..length]).unwrap();
        }
        // Half are gone before the server has read much; the others leave it in the middle of its work, after it has answered somebody else.
        clients.truncate(CLIENTS / 2);
        visitors[0].read().unwrap();
        drop(clients);
        for visitor in &mut visitors {
            stored += u64::from(visitor.read().unwrap() > 0);
        }
    }
    assert!(stored > 0, "no burst reached the database");
}

#[test]
fn clients_that_hang_up_leave_no_transaction_open_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("fixpath.db");
    let server = Server::start(&format!("sqlite:{}", file.display()));
    hang_up(server.address());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let options = SqliteConnectOptions::new().filename(&file).busy_timeout(std::time::Duration::ZERO);
    let mut outside = runtime.block_on(options.connect()).unwrap();
    // The last burst may still be stored; a transaction that was left open would be in the way for ever.
    wait_for("a writer from outside", || runtime.block_on(outside.begin_with("BEGIN IMMEDIATE")).ok().map(drop));
    assert_eq!(Visitor::begin(server.address()).unwrap().answer().unwrap().status, 303);
}

#[test]
fn clients_that_hang_up_leave_no_transaction_open_on_postgres() {
    let Ok(cluster) = std::env::var("TEST_POSTGRES_URL") else {
        assert!(std::env::var_os("CI").is_none(), "TEST_POSTGRES_URL must name a PostgreSQL server in CI");
        eprintln!("SKIPPED on PostgreSQL: set TEST_POSTGRES_URL=postgres://user@127.0.0.1/database to run this test there too");
        return;
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut outside = runtime.block_on(PgConnection::connect(&cluster)).unwrap();
    let name = format!("hang_up_{}", data_encoding::HEXLOWER.encode(&Random::system().bytes::<8>()));
    let mut tell = |statement: String| runtime.block_on(sqlx::raw_sql(sqlx::AssertSqlSafe(statement)).execute(&mut outside)).unwrap();
    tell(format!("CREATE DATABASE {name}"));

    let server = Server::start(&with_database(&cluster, &name));
    hang_up(server.address());
    let count = "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = $1 AND application_name = 'fixpath' AND state LIKE 'idle in transaction%'";
    let mut watcher = runtime.block_on(PgConnection::connect(&cluster)).unwrap();
    let mut open = || -> i64 { runtime.block_on(sqlx::query_scalar(count).bind(&name).fetch_one(&mut watcher)).unwrap() };
    // The server itself ends an idle transaction only after 30 seconds; the last burst is stored long before.
    let started = std::time::Instant::now();
    wait_for("the end of all transactions", || (open() == 0).then_some(()));
    assert!(started.elapsed().as_secs() < 20, "PostgreSQL had to end a transaction that was left open");
    assert_eq!(Visitor::begin(server.address()).unwrap().answer().unwrap().status, 303);
    assert_eq!(open(), 0);

    server.kill();
    tell(format!("DROP DATABASE {name} WITH (FORCE)"));
}

/// The address of another database of the same server.
fn with_database(cluster: &str, name: &str) -> String {
    let (address, query) = cluster.split_once('?').map_or((cluster, String::new()), |(address, query)| (address, format!("?{query}")));
    let (server, _) = address.rsplit_once('/').expect("TEST_POSTGRES_URL names a database");
    format!("{server}/{name}{query}")
}
