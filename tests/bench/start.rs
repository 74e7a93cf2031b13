//! From the start of the process to the first page, and the memory of a server that nobody asks.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::figures::{median, median_ratio};
use crate::process::{Running, Server, free_address};
use crate::servers::SERVE;

const STARTS: usize = 21;
/// More than any start may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// Measures and prints.
pub fn measure() {
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite:{}", folder.path().join("fixpath.db").display());
    // A database with some use behind it.
    drop(Server::own(&["app", &database, "64", "2", "500"], None));
    let bare = |address: SocketAddr| {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args([SERVE, "reader", &database, &address.to_string()]);
        command
    };
    let program = |address: SocketAddr| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fixpath"));
        command.args(["serve", "--log", "error", "--listen", &address.to_string(), "--database", &database]);
        command
    };
    let (mut bare_ms, mut program_ms, mut memory) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..STARTS {
        bare_ms.push(first_page(bare).0);
        let (ms, running) = first_page(program);
        program_ms.push(ms);
        memory.push(running.anonymous_kib());
    }
    println!("\nFrom start to first page with an existing database, {STARTS} starts; medians");
    println!("{:<46} {:>9.1} ms", "bare axum with a pool on the same file", median(&bare_ms));
    println!("{:<46} {:>9.1} ms, {:.2} times as long", "fixpath", median(&program_ms), median_ratio(&program_ms, &bare_ms));
    println!("\nIdle memory that belongs to no file (RssAnon), after the first page: {:.1} MiB", median(&memory) / 1024.0);
}

/// Milliseconds to the first whole page, and the server that still runs.
fn first_page(command: impl Fn(SocketAddr) -> Command) -> (f64, Running) {
    let address = free_address();
    let mut command = command(address);
    let started = Instant::now();
    let running = Running::start(command.stdout(Stdio::null()).stderr(Stdio::null()));
    loop {
        if let Ok(mut stream) = TcpStream::connect(address) {
            stream.write_all(b"GET / HTTP/1.1\r\nHost: bench.test\r\nConnection: close\r\n\r\n").unwrap();
            let mut page = String::new();
            stream.read_to_string(&mut page).unwrap();
            assert!(page.starts_with("HTTP/1.1 200"), "{page}");
            return (started.elapsed().as_secs_f64() * 1e3, running);
        }
        assert!(started.elapsed() < PATIENCE, "the server does not start");
        std::thread::yield_now();
    }
}
