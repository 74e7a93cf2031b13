//! The report on a draft: checks, proof and cases of trees of 200 and of 1,000 nodes.

use std::sync::Arc;
use std::time::Instant;

use fixpath::app::content;
use fixpath::tree::closure::Closure;
use fixpath::tree::ladder::Ladders;
use fixpath::tree::proof::prove;
use fixpath::tree::report::report;
use fixpath::tree::{check, file};
use serde_json::{Value as Json, json};

use crate::figures::median;

const ROUNDS: usize = 7;
/// Trees by their number of nodes, with the time that each may take, in milliseconds.
const SIZES: [(usize, f64); 2] = [(200, 200.0), (1_000, 5_000.0)];

/// Conditions over servers as trees have them.
const SERVERS: [&str; 8] = [
    "some server is 5.5",
    "some server is 5.0 SP2 and every server is 5.0 and some server is 5.0 below SP2",
    "every server is 5.5 at least SP3",
    "some server is 5.5 and some server (is 4.0 or is 5.0) and admin older than 5.5",
    "some server (is 5.5 below SP4 and os is \"NT 4.0\")",
    "count(server is 5.5) >= 2",
    "some server a (is 5.0 SP2 and every server in others(a) is 5.0 below SP2)",
    "no server (is 5.5 and os is 2000)",
];

/// A tree in the shape of a heap: each fork leads to two later nodes and to one that others lead to as well; the last third are outcomes.
fn tree(nodes: usize) -> Json {
    let forks = nodes * 2 / 3;
    let key = |at: usize| if at < forks { format!("n{at}") } else { format!("o{}", at.min(nodes - 1)) };
    let option = |key: &str| json!({"key": key, "label": key});
    let mut list = Vec::new();
    for at in 0..forks {
        let (left, right, shared) = (key(2 * at + 1), key(2 * at + 2), key(forks + at * 7 % (nodes - forks)));
        let servers = SERVERS[at / 4 % SERVERS.len()];
        let branch = |when: String, to: &String| json!({"when": when, "to": to});
        let (mut fork, branches) = match at % 4 {
            0 => {
                let asked = json!({"fact": format!("c{at}"), "ask": "choice", "prompt": "Which?", "options": [option("one"), option("two"), option("three")]});
                let branches =
                    [branch(format!("c{at} = one"), &left), branch(format!("c{at} = two and {servers}"), &right), branch(format!("c{at} = two"), &shared)];
                (asked, branches.to_vec())
            }
            1 => (json!({}), vec![branch(servers.to_owned(), &left), branch(format!("some server is {}", ["5.5", "5.0", "4.0"][at % 3]), &right)]),
            2 => {
                let (phrase, code) = (format!("error number {at}"), format!("0x{:08x}", 0xC100_0000_usize + at));
                let branches =
                    [branch(format!("text(contains \"{phrase}\" and not code {code})"), &left), branch(format!("text(contains \"{phrase}\")"), &right)];
                (json!({}), branches.to_vec())
            }
            _ => {
                let asked = json!({"fact": format!("s{at}"), "ask": "number", "prompt": "How many?", "number": {"min": 0}});
                (
                    asked,
                    vec![branch(format!("s{at} < 10"), &left), branch(format!("s{at} >= 10 and s{at} < 100"), &right), branch(format!("s{at} > 200"), &shared)],
                )
            }
        };
        fork["branches"] = Json::Array(branches);
        fork["otherwise"] = json!(shared);
        fork["unknown"] = json!(right);
        let kind = if fork["fact"].is_string() { "question" } else { "route" };
        list.push(json!({"key": key(at), "title": key(at), kind: fork}));
    }
    for at in forks..nodes {
        let mut outcome = json!({"verdict": "nothing_wrong", "headline": "H", "cause": "C"});
        if at % 5 == 0 && at + 1 < nodes {
            outcome["did_not_help"] = json!(key(at + 1));
        }
        list.push(json!({"key": key(at), "title": key(at), "outcome": outcome}));
    }
    json!({"format": "fixpath/1", "slug": "made-up", "title": "T", "summary": "S", "products": ["P"], "applies_to": "A", "ladder": "exchange", "start": key(0), "nodes": list})
}

/// Prints how long each part of the report takes.
pub fn measure() {
    let ladders = Arc::new(Ladders::new(content::ladders().unwrap().into_iter().map(Arc::new)));
    for (nodes, limit) in SIZES {
        let closure = Closure::single(Arc::new(file::read(&tree(nodes).to_string()).unwrap()), Arc::clone(&ladders));
        let timed = |run: &dyn Fn() -> usize| -> (f64, usize) {
            let mut found = 0;
            let times: Vec<f64> = (0..ROUNDS)
                .map(|_| {
                    let start = Instant::now();
                    found = run();
                    start.elapsed().as_secs_f64() * 1e3
                })
                .collect();
            (median(&times), found)
        };
        let (checks, _) = timed(&|| check::check(&closure.tree, &closure.ladders).len());
        let (proof, found) = timed(&|| prove(&closure).len());
        let (whole, _) = timed(&|| report(&closure).findings.len());
        println!("proof  {nodes:5} nodes: checks {checks:8.1} ms, proof {proof:8.1} ms ({found} findings), report {whole:8.1} ms; limit {limit:.0} ms");
    }
}
