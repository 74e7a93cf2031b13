//! The page of a question against a server that returns the same bytes from memory.

use std::time::Duration;

use crate::figures::{median, median_ratio};
use crate::load::{self, Same};
use crate::process::{Server, share_cores, use_all_cores};
use crate::servers::cookie;

const ROUNDS: usize = 9;
const CLIENTS: usize = 32;
const DIAGNOSES: usize = 1000;
const TIME: Duration = Duration::from_millis(1000);

struct Arm {
    name: &'static str,
    server: Server,
    requests: Vec<Same>,
    rates: Vec<f64>,
    /// Microseconds of the server's processor time for a request.
    costs: Vec<f64>,
}

impl Arm {
    fn new(name: &'static str, server: Server, paths: &[String]) -> Self {
        let requests = (0..CLIENTS).map(|client| Same(load::get(&paths[client * paths.len() / CLIENTS], &cookie()))).collect();
        Self { name, server, requests, rates: Vec::new(), costs: Vec::new() }
    }

    fn round(&mut self) {
        let before = self.server.processor_seconds();
        let (done, _) = load::run(self.server.address, self.requests.clone(), TIME, "HTTP/1.1 200");
        self.rates.push(done.rate());
        self.costs.push((self.server.processor_seconds() - before) * 1e6 / done.seconds.len() as f64);
    }
}

/// Measures and prints.
pub fn measure() {
    let core = share_cores();
    let folder = tempfile::tempdir().unwrap();
    let database = |name: &str| format!("sqlite:{}", folder.path().join(name).display());
    let app = |database: &str, live: &str| {
        let mut server = Server::own(&["app", database, live, "1", &DIAGNOSES.to_string()], core);
        let paths: Vec<String> = server.line().split(' ').map(|id| format!("/diagnoses/{id}")).collect();
        (server, paths)
    };
    let (sole, paths) = app(&database("sole.db"), "64");
    let (forgetful, forgetful_paths) = app(&database("forgetful.db"), "0");

    let (_, page) = load::ask(sole.address, &load::get(&paths[0], &cookie()));
    let file = folder.path().join("page.html");
    std::fs::write(&file, &page).unwrap();
    let constant = Server::own(&["constant", &file.display().to_string()], core);
    let mut arms = vec![
        Arm::new("bare axum handler, the same bytes", constant, &paths),
        Arm::new("question page, sole server", sole, &paths),
        Arm::new("question page, nothing kept (live_memory = 0)", forgetful, &forgetful_paths),
    ];
    if let Ok(postgres) = std::env::var("TEST_POSTGRES_URL") {
        let (server, paths) = app(&postgres, "64");
        arms.push(Arm::new("question page, as one of several (PostgreSQL)", server, &paths));
    }
    for _ in 0..ROUNDS {
        arms.iter_mut().for_each(Arm::round);
    }
    use_all_cores();
    println!("\nA question page of {} bytes, {CLIENTS} connections, {ROUNDS} rounds of {TIME:?}; medians", page.len());
    println!("{:<46} {:>9} {:>7} {:>9} {:>10}", "", "pages/s", "ratio", "CPU us", "CPU ratio");
    for arm in &arms {
        let (ratio, cost_ratio) = (median_ratio(&arm.rates, &arms[0].rates), median_ratio(&arms[0].costs, &arm.costs));
        println!("{:<46} {:>9.0} {ratio:>7.2} {:>9.1} {cost_ratio:>10.2}", arm.name, median(&arm.rates), median(&arm.costs));
    }
}
