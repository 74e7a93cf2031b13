use std::{
    future::Future,
    net::SocketAddr,
    time::{Duration, Instant},
};

use axum::{Extension, Router, routing::get};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::{mpsc, oneshot},
    task::JoinHandle,
};

use super::{Limits, serve};
use crate::web::address::Peer;

const TIGHT: Limits = Limits { header_time: Duration::from_millis(150), connections: 4, drain_time: Duration::from_millis(300), header_bytes: 8192 };
/// Bound on every wait: far above what is expected, so that only a hang fails.
const PATIENCE: Duration = Duration::from_secs(20);

struct Running {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

async fn start(router: Router, limits: Limits) -> Running {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel();
    let task = tokio::spawn(serve(listener, router, limits, async move {
        let _ = stopped.await;
    }));
    Running { address, stop, task }
}

async fn soon<T>(future: impl Future<Output = T>) -> T {
    tokio::time::timeout(PATIENCE, future).await.expect("waited too long")
}

/// Sends these bytes and reads until the server closes.
async fn talk(address: SocketAddr, bytes: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(bytes.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    // A reset instead of an orderly end is a closed connection too.
    let _ = soon(stream.read_to_end(&mut answer)).await;
    String::from_utf8(answer).unwrap()
}

#[tokio::test]
async fn half_open_and_idle_connections_are_closed() {
    let site = start(Router::new().route("/", get(|| async { "hello" })), TIGHT).await;
    let before = Instant::now();
    talk(site.address, "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ").await;
    talk(site.address, "").await;
    assert!(before.elapsed() >= TIGHT.header_time, "closed before the time was up");
    let kept_alive = talk(site.address, "GET / HTTP/1.1\r\nHost: x\r\n\r\n").await;
    assert!(kept_alive.ends_with("hello"), "{kept_alive}");
    // More half-open connections than there are places only delay the next client; they do not keep it out.
    let mut silent = Vec::new();
    for _ in 0..3 * TIGHT.connections {
        silent.push(TcpStream::connect(site.address).await.unwrap());
    }
    assert!(talk(site.address, "GET / HTTP/1.1\r\nHost: x\r\n\r\n").await.ends_with("hello"));
}

#[tokio::test]
async fn headers_that_are_too_long_are_refused() {
    let site = start(Router::new().route("/", get(|| async { "hello" })), TIGHT).await;
    let long = format!("GET / HTTP/1.1\r\nHost: x\r\nX-Long: {}\r\n\r\n", "y".repeat(2 * TIGHT.header_bytes));
    assert!(!talk(site.address, &long).await.contains("hello"));
}

#[tokio::test]
async fn the_handler_learns_the_peer() {
    let router = Router::new().route("/", get(|Extension(peer): Extension<Peer>| async move { peer.0.ip().to_string() }));
    let site = start(router, TIGHT).await;
    assert!(talk(site.address, "GET / HTTP/1.1\r\nHost: x\r\n\r\n").await.ends_with("127.0.0.1"));
}

#[tokio::test]
async fn a_stop_lets_open_requests_end() {
    let (entered, mut inside) = mpsc::channel::<oneshot::Sender<()>>(1);
    let handler = move || {
        let entered = entered.clone();
        async move {
            let (go_on, wait) = oneshot::channel();
            entered.send(go_on).await.unwrap();
            wait.await.unwrap();
            "done"
        }
    };
    let site = start(Router::new().route("/", get(handler)), Limits { drain_time: PATIENCE, ..TIGHT }).await;
    let client = tokio::spawn(talk(site.address, "GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
    let go_on = soon(inside.recv()).await.unwrap();
    site.stop.send(()).unwrap();
    go_on.send(()).unwrap();
    assert!(soon(client).await.unwrap().ends_with("done"));
    soon(site.task).await.unwrap();
    assert!(TcpStream::connect(site.address).await.is_err(), "the port is still open");
}

#[tokio::test]
async fn a_request_without_end_does_not_hold_up_the_stop() {
    let (entered, mut inside) = mpsc::channel::<()>(1);
    let handler = move || {
        let entered = entered.clone();
        async move {
            entered.send(()).await.unwrap();
            std::future::pending::<()>().await;
        }
    };
    let site = start(Router::new().route("/", get(handler)), TIGHT).await;
    let _client = tokio::spawn(talk(site.address, "GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
    soon(inside.recv()).await.unwrap();
    site.stop.send(()).unwrap();
    soon(site.task).await.unwrap();
}
