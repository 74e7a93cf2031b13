//! A server in a process of its own.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;

use crate::PATIENCE;

/// A server that runs; it is killed at the end.
#[derive(Debug)]
pub struct Server {
    process: Child,
    address: SocketAddr,
}

impl Server {
    /// Starts the program on `database`, an address as the setting takes it.
    pub fn start(database: &str) -> Self {
        Self::run(Self::program(database))
    }

    /// The program, ready to be started on `database`.
    pub fn program(database: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fixpath"));
        command.args(["serve", "--listen", "127.0.0.1:0", "--log", "error,fixpath::app=info", "--database", database]);
        command
    }

    /// Runs `command` and waits until it says where it serves.
    pub fn run(mut command: Command) -> Self {
        let mut process = command.stderr(Stdio::piped()).stdout(Stdio::null()).stdin(Stdio::null()).spawn().unwrap();
        let lines = BufReader::new(process.stderr.take().unwrap()).lines();
        let (found, address) = mpsc::channel();
        // Reads on after the address, so that the server never waits for somebody to read its log; ends with the server.
        thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                match line.split_once("serving at http://").and_then(|(_, rest)| rest.split_once('/')) {
                    Some((address, _)) => drop(found.send(address.parse().unwrap())),
                    None if std::env::var_os("SHOW_SERVER_LOG").is_some() => eprintln!("server: {line}"),
                    None => {}
                }
            }
        });
        let address = address.recv_timeout(PATIENCE);
        let mut server = Self { process, address: SocketAddr::from(([127, 0, 0, 1], 0)) };
        server.address = address.unwrap_or_else(|_| panic!("the server does not start: {:?}", server.process.try_wait()));
        server
    }

    /// Where it serves.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Whether the process still runs.
    pub fn is_alive(&mut self) -> bool {
        self.process.try_wait().unwrap().is_none()
    }

    /// Ends it at once, as `kill -9` does.
    pub fn kill(mut self) {
        self.end();
    }

    fn end(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.end();
    }
}
