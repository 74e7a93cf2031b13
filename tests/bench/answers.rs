//! Durable answers against one transaction per request through a pool.

use std::time::Duration;

use crate::figures::{at, median, median_ratio};
use crate::load::{self, Script};
use crate::process::Server;
use crate::servers::cookie;

const ROUNDS: usize = 7;
const TIME: Duration = Duration::from_millis(1500);
/// Two texts, given in turn: an answer that is given twice would not be stored again.
const TEXTS: [&str; 2] = ["A+first+message", "A+second+message"];

/// A visitor who changes one answer again and again.
struct Changes {
    /// The first answer, then the two that replace each other.
    requests: [Vec<u8>; 3],
    given: usize,
}

impl Script for Changes {
    fn next(&mut self) -> &[u8] {
        self.given += 1;
        &self.requests[if self.given == 1 { 0 } else { 1 + self.given % 2 }]
    }
}

struct Arm {
    name: &'static str,
    server: Server,
    clients: Vec<Changes>,
    rates: Vec<f64>,
    /// Milliseconds, one value a round.
    p50: Vec<f64>,
    p99: Vec<f64>,
    costs: Vec<f64>,
}

impl Arm {
    fn new(name: &'static str, server: Server, clients: Vec<Changes>) -> Self {
        Self { name, server, clients, rates: Vec::new(), p50: Vec::new(), p99: Vec::new(), costs: Vec::new() }
    }

    fn round(&mut self) {
        let before = self.server.processor_seconds();
        let (done, clients) = load::run(self.server.address, std::mem::take(&mut self.clients), TIME, "HTTP/1.1 303");
        self.clients = clients;
        self.rates.push(done.rate());
        self.p50.push(at(&done.seconds, 0.5) * 1e3);
        self.p99.push(at(&done.seconds, 0.99) * 1e3);
        self.costs.push((self.server.processor_seconds() - before) * 1e6 / done.seconds.len() as f64);
    }
}

/// Measures and prints.
pub fn measure() {
    for clients in [1, 16, 64] {
        measure_with(clients);
    }
}

fn measure_with(clients: usize) {
    let folder = tempfile::tempdir().unwrap();
    let database = |name: &str| format!("sqlite:{}", folder.path().join(name).display());
    let app = |database: &str| {
        let mut server = Server::own(&["app", database, "64", "2", &(clients + 1).to_string()], None);
        let ids: Vec<String> = server.line().split(' ').map(str::to_owned).collect();
        (server, ids)
    };
    let (group, ids) = app(&database("group.db"));
    let marks = marks(&group, &ids[clients]);
    let visitors = |ids: &[String]| ids[..clients].iter().map(|id| changes(id, &marks)).collect();
    let (seed, naive_ids) = app(&database("naive.db"));
    drop(seed);
    let naive = Server::own(&["naive", &database("naive.db"), "2"], None);
    let mut arms = [Arm::new("one transaction per request, pool of 10", naive, visitors(&naive_ids)), Arm::new("Fixpath's writer", group, visitors(&ids))];
    for _ in 0..ROUNDS {
        arms.iter_mut().for_each(Arm::round);
    }
    println!("\nDurable answers, {clients} connections, {ROUNDS} rounds of {TIME:?}; medians");
    println!("{:<46} {:>9} {:>7} {:>9} {:>9} {:>9}", "", "answers/s", "ratio", "p50 ms", "p99 ms", "CPU us");
    for arm in &arms {
        let ratio = median_ratio(&arm.rates, &arms[0].rates);
        println!("{:<46} {:>9.0} {ratio:>7.2} {:>9.2} {:>9.2} {:>9.0}", arm.name, median(&arm.rates), median(&arm.p50), median(&arm.p99), median(&arm.costs));
    }
    println!("p99 is {:.3} of the pool's", median_ratio(&arms[1].p99, &arms[0].p99));
}

fn changes(id: &str, marks: &[String; 2]) -> Changes {
    let request = |mark: &str, text| load::post(&question(id), &cookie(), &body(mark, text));
    Changes { requests: [request("unsaid", TEXTS[0]), request(&marks[0], TEXTS[1]), request(&marks[1], TEXTS[0])], given: 0 }
}

fn question(id: &str) -> String {
    format!("/diagnoses/{id}/questions/error_text")
}

fn body(mark: &str, text: &str) -> String {
    format!("mark={mark}&text-1={text}")
}

/// What the form carries after each of the two texts; it depends on the text alone.
fn marks(server: &Server, id: &str) -> [String; 2] {
    let mut mark = "unsaid".to_owned();
    TEXTS.map(|text| {
        let (head, _) = load::ask(server.address, &load::post(&question(id), &cookie(), &body(&mark, text)));
        assert!(head.starts_with("HTTP/1.1 303"), "{head}");
        let (_, page) = load::ask(server.address, &load::get(&question(id), &cookie()));
        let page = String::from_utf8(page).unwrap();
        let after = page.split_once("name=\"mark\" value=\"").unwrap().1;
        mark = after.split_once('"').unwrap().0.to_owned();
        mark.clone()
    })
}
