//! The servers that are measured, each in a process of its own: the program, and what it is compared with.

use std::net::SocketAddr;
use std::path::Path;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use fixpath::app::App;
use fixpath::clock::{Clock, Random};
use fixpath::secret::Secret;
use fixpath::settings::{Effective, Flags, Settings};
use fixpath::visit::Start;
use fixpath::web::layers::layers;
use fixpath::web::{Failure, Form, Site, Visitor, server};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use tokio::net::TcpListener;

/// The first argument of this program as a server.
pub const SERVE: &str = "serve-as";
/// The guide that is walked.
const GUIDE: &str = "extension-not-loaded";
/// The secret of the one browser that all clients are.
const SECRET: [u8; 32] = [7; 32];

/// The cookie that opens every diagnosis here.
pub fn cookie() -> String {
    format!("fixpath_owner={}", Secret::new(SECRET).reveal())
}

/// Serves as the arguments say until it is killed. Prints the address, and what else the measurement must know, each on a line.
///
/// `app DATABASE LIVE_MIB WORKERS DIAGNOSES`, `constant FILE`, `answering FILE`, `naive DATABASE WORKERS`, `reader DATABASE ADDRESS`.
pub fn serve(arguments: &[String]) {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["app", database, live, workers, diagnoses] => with(workers, app(database, live, diagnoses.parse().unwrap())),
        ["constant", file] => with("1", constant(Path::new(file))),
        ["answering", file] => with("1", answering(Path::new(file))),
        ["naive", database, workers] => with(workers, naive(database)),
        ["reader", database, address] => with("2", reader(database, address.parse().unwrap())),
        _ => panic!("no such server: {arguments:?}"),
    }
}

fn with(workers: &str, server: impl Future<Output = ()>) {
    let workers = workers.parse().unwrap();
    tokio::runtime::Builder::new_multi_thread().worker_threads(workers).enable_all().build().unwrap().block_on(server);
}

async fn listen() -> TcpListener {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    println!("{}", listener.local_addr().unwrap());
    listener
}

async fn serve_router(listener: TcpListener, router: Router) {
    server::serve(listener, router, server::Limits::default(), std::future::pending()).await;
}

fn settings(database: &str, live: &str) -> Settings {
    // Whoever searches often says that he is many: one address may not.
    let flags = [("database", database), ("live_memory", live), ("listen", "127.0.0.1:0"), ("trusted_proxy", "127.0.0.1/32")];
    let flags = Flags::from_iter(flags.map(|(key, value)| (key, vec![value.to_owned()])));
    Effective::gather(&flags, |_| None, None).unwrap().settings().unwrap()
}

/// The program itself with new diagnoses, whose ids it prints.
async fn app(database: &str, live: &str, diagnoses: usize) {
    let app = App::open(settings(database, live), Clock::system(), Random::system()).await.unwrap();
    let mut ids = Vec::new();
    for _ in 0..diagnoses {
        let start = Start { slug: GUIDE.to_owned(), owner: Secret::new(SECRET).hash(), statements: Vec::new() };
        ids.push(app.visits().start(start).await.unwrap().diagnosis.id.to_string());
    }
    let listener = listen().await;
    println!("{}", ids.join(" "));
    serve_router(listener, app.router()).await;
}

/// The same bytes for every request.
async fn constant(file: &Path) {
    let page = Bytes::from(std::fs::read(file).unwrap());
    let show = move || async move { ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], page) };
    serve_router(listen().await, Router::new().route("/diagnoses/{id}", get(show))).await;
}

/// The same bytes for every search, once it is read.
async fn answering(file: &Path) {
    let answer = Bytes::from(std::fs::read(file).unwrap());
    let find = move |_posted: Bytes| async move { ([(header::CONTENT_TYPE, "application/json")], answer) };
    serve_router(listen().await, Router::new().route("/api/v1/find", post(find))).await;
}

/// What most would write first: each request has a transaction of its own, on one of ten connections.
async fn naive(database: &str) {
    let pool = pool(database, 10).await;
    let site = Site::new(&settings(database, "0"));
    let router = Router::new().route("/diagnoses/{id}/questions/{node}", post(store)).with_state(Naive { pool, site: site.clone() });
    serve_router(listen().await, layers(router, &site, &Random::system())).await;
}

async fn pool(database: &str, connections: u32) -> SqlitePool {
    let path = database.strip_prefix("sqlite:").unwrap();
    let options = SqliteConnectOptions::new().filename(path).journal_mode(SqliteJournalMode::Wal).synchronous(SqliteSynchronous::Full);
    let options = options.foreign_keys(true).busy_timeout(std::time::Duration::from_secs(30));
    SqlitePoolOptions::new().max_connections(connections).acquire_timeout(std::time::Duration::from_secs(30)).connect_with(options).await.unwrap()
}

#[derive(Clone)]
struct Naive {
    pool: SqlitePool,
    site: Site,
}

impl axum::extract::FromRef<Naive> for Site {
    fn from_ref(naive: &Naive) -> Self {
        naive.site.clone()
    }
}

/// Stores the rows that the program stores for an answer, without working out what they mean.
async fn store(
    State(naive): State<Naive>,
    visitor: Visitor,
    fixpath::web::Path((id, _node)): fixpath::web::Path<(String, String)>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let owner = visitor.owner().ok_or(Failure::NotFound)?.to_hex();
    let text = fields.get("text-1")?.unwrap_or_default().to_owned();
    write_answer(&naive.pool, &id, &owner, &text).await.map_err(Failure::internal)?;
    Ok(Redirect::to(&naive.site.urls().diagnosis(&id)).into_response())
}

async fn write_answer(pool: &SqlitePool, id: &str, owner: &str, text: &str) -> sqlx::Result<()> {
    let mut transaction = pool.begin_with("BEGIN IMMEDIATE").await?;
    let (revision,): (i64,) =
        sqlx::query_as("SELECT revision FROM diagnosis WHERE id = $1 AND owner_hash = $2").bind(id).bind(owner).fetch_one(&mut *transaction).await?;
    sqlx::query("UPDATE diagnosis SET revision = revision + 1 WHERE id = $1 AND revision = $2").bind(id).bind(revision).execute(&mut *transaction).await?;
    sqlx::query(
        "INSERT INTO fact (diagnosis_id, key, source, seq, value, line, said_at) VALUES ($1, 'text', 'asked', $2, $3, NULL, 0)
         ON CONFLICT (diagnosis_id, key, source) DO UPDATE SET seq = excluded.seq, value = excluded.value, said_at = excluded.said_at",
    )
    .bind(id)
    .bind(revision + 1)
    .bind(serde_json::json!({ "messages": [text] }).to_string())
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await
}

/// The least that serves a page from the database: a pool, a statement, a route.
async fn reader(database: &str, address: SocketAddr) {
    let pool = pool(database, 4).await;
    let show = |State(pool): State<SqlitePool>| async move {
        let (count,): (i64,) = sqlx::query_as("SELECT COUNT(*) FROM tree").fetch_one(&pool).await.map_err(Failure::internal)?;
        Ok::<_, Failure>(format!("{count} trees\n"))
    };
    let router = Router::new().route("/", get(show)).with_state(pool);
    let listener = TcpListener::bind(address).await.unwrap();
    println!("{address}");
    axum::serve(listener, router).await.unwrap();
}
