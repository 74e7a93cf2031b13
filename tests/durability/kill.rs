//! `kill -9` under load, again and again, on one database that grows.

use std::process::Command;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use crate::browser::Visitor;
use crate::server::Server;
use crate::stored::Stored;
use crate::wait_for;

const ROUNDS: u64 = 200;
const CLIENTS: usize = 4;

#[test]
fn two_hundred_kills_under_load_lose_no_acknowledged_answer() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("fixpath.db");
    let database = format!("sqlite:{}", file.display());
    let mut everyone = Vec::new();
    let mut last_round: Vec<Visitor> = Vec::new();
    for round in 0..ROUNDS {
        let server = Server::start(&database);
        for visitor in &mut last_round {
            visitor.at(server.address()).unwrap();
            let shown = visitor.read().unwrap();
            check(visitor, Some(shown), round);
        }
        everyone.append(&mut last_round);
        // Each round dies somewhere else: after the first answers, or with much in the log.
        last_round = load_until_killed(server, 1 + round * 7 % 40);
        if round % 10 == 9 {
            // The operator's own command, on the file as the kill left it.
            let doctor = Command::new(env!("CARGO_BIN_EXE_fixpath")).args(["doctor", "--database", &database]).output().unwrap();
            assert_eq!(String::from_utf8_lossy(&doctor.stdout), "nothing is wrong\n", "round {round}");
            let stored = Stored::open(&file).unwrap();
            for visitor in everyone.iter().chain(&last_round) {
                check(visitor, stored.answer(visitor.diagnosis_id()).unwrap(), round);
            }
        }
    }
    assert!(everyone.len() as u64 >= CLIENTS as u64 * (ROUNDS - 1) / 2, "only {} diagnoses were begun", everyone.len());
    let answers: u64 = everyone.iter().map(|visitor| visitor.acknowledged).sum();
    eprintln!("{ROUNDS} kills: {} diagnoses and {answers} answers were acknowledged, and all are there", everyone.len());
}

/// The stored answer is the newest acknowledged one, or the one whose acknowledgement was cut off.
fn check(visitor: &Visitor, stored: Option<u64>, round: u64) {
    let stored = stored.unwrap_or_else(|| panic!("round {round}: the diagnosis {} is lost", visitor.diagnosis_id()));
    assert!((visitor.acknowledged..=visitor.sent).contains(&stored), "round {round}: answer {stored} is stored; {visitor:?}");
}

/// Visitors begin and answer until the server is killed, which happens after about `answers` acknowledgements.
fn load_until_killed(server: Server, answers: u64) -> Vec<Visitor> {
    let acknowledged = AtomicU64::new(0);
    let address = server.address();
    thread::scope(|scope| {
        let client = || {
            let mut visitor = Visitor::begin(address).ok()?;
            visitor.answer_until_gone(|_| {
                acknowledged.fetch_add(1, Ordering::SeqCst);
            });
            Some(visitor)
        };
        let clients: Vec<_> = (0..CLIENTS).map(|_| scope.spawn(client)).collect();
        wait_for("enough answers", || (acknowledged.load(Ordering::SeqCst) >= answers).then_some(()));
        server.kill();
        clients.into_iter().filter_map(|client| client.join().unwrap()).collect()
    })
}
