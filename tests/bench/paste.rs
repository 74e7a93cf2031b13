//! From a paste to facts and matches: in process, and through the JSON API against a server that takes the same bytes and answers the same bytes.

use std::time::{Duration, Instant};

use fixpath::app::content;
use fixpath::evidence;
use fixpath::search::{Evidence, Index};
use fixpath::tree::fact::Source;
use fixpath::tree::file;
use fixpath::tree::ladder::Ladders;
use fixpath::tree::model::Tree;

use crate::figures::{at, median, median_ratio};
use crate::load::{self, Script};
use crate::process::{Server, share_cores, use_all_cores};

const ROUNDS: usize = 9;
const CLIENTS: usize = 8;
const TIME: Duration = Duration::from_millis(1000);
/// How often each text is looked at in process.
const TIMES: usize = 100;
/// Guides that are made up beside the shipped ones.
const GUIDES: usize = 1000;
/// The length of a paste as people make them, and the longest that is taken, in bytes.
const USUAL: usize = 2 * 1024;
const LONGEST: usize = 64 * 1024;

/// What an admin pastes: a dialog, an event, and what each server runs.
fn paste() -> String {
    let mut text = "Extension 'SMTP' could not be loaded.\n\nAn error occurred during file replication. Unable to find the extension .DLL file with the \
         correct version number.\n\nMicrosoft Exchange Administrator\nID no: c1030ad1\n\nEvent Type:\tError\nEvent Source:\tMSExchangeSA\nEvent Category:\tNone\n\
         Event ID:\t2037\nDate:\t\t3/14/2000\nTime:\t\t9:12:33 AM\nUser:\t\tN/A\nComputer:\tEX01\nDescription:\nThe file version of \
         '\\add-ins\\SMTP\\i386\\imcadmin.dll' installed on the local server is not current.\n\nName Version\n"
        .to_owned();
    for number in 1_usize.. {
        let line = format!("EX{number:02} 5.{} SP{}\n", number % 2 * 5, number % 3 + 1);
        if text.len() + line.len() > USUAL {
            break;
        }
        text.push_str(&line);
    }
    text
}

/// Made-up words, the same in every run.
struct Words(u64);

impl Words {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }

    fn word(&mut self, syllables: usize) -> String {
        (0..syllables).map(|_| ["ba", "ce", "di", "fo", "gu", "ha", "ke", "li", "mo", "nu", "pra", "ste", "tri", "vlo", "xu", "zan"][self.below(16)]).collect()
    }

    fn sentence(&mut self, words: usize) -> String {
        (0..words).map(|_| self.word(3)).collect::<Vec<_>>().join(" ")
    }

    /// Words that no guide knows.
    fn unknown(&mut self, length: usize) -> String {
        let mut text = String::new();
        while text.len() < length {
            let syllables = 4 + self.below(2);
            text.push_str(&self.word(syllables));
            text.push(' ');
        }
        text.truncate(length);
        text
    }

    fn guide(&mut self, number: usize) -> Tree {
        let texts: Vec<String> = (0..10).map(|_| self.sentence(8)).collect();
        let text = format!(
            "{{format: fixpath/1, slug: made-up-{number}, title: {}, summary: Made up., products: [Test], applies_to: all, ladder: exchange, \
             symptoms: {{texts: [{}], events: [{{source: {}, id: {}}}]}}, start: text, nodes: [{{key: text, title: Text, question: {{fact: text, ask: text, \
             prompt: What?, branches: [{{when: 'text(contains \"{}\")', to: end}}], otherwise: end, unknown: end}}}}, \
             {{key: end, title: End, outcome: {{verdict: hand_over, headline: End, cause: End.}}}}]}}",
            self.sentence(5),
            texts.join(", "),
            self.word(3),
            1000 + self.below(9000),
            self.sentence(3),
        );
        file::read(&text).unwrap()
    }
}

fn in_process() {
    let ladders = Ladders::new(content::ladders().unwrap().into_iter().map(std::sync::Arc::new));
    let mut words = Words(7);
    let shipped: Vec<Tree> = content::STARTER_TREES.iter().map(|(_, text)| file::read(text).unwrap()).collect();
    let made_up: Vec<Tree> = (0..GUIDES).map(|number| words.guide(number)).collect();
    let index = |trees: &[&Tree]| Index::new(trees.iter().map(|tree| (tree.slug.as_str(), *tree)));
    let few: Vec<&Tree> = shipped.iter().collect();
    let many: Vec<&Tree> = shipped.iter().chain(&made_up).collect();
    let started = Instant::now();
    let many = index(&many);
    println!("\nAn index of {} guides is built in {:.0} ms", shipped.len() + GUIDES, started.elapsed().as_secs_f64() * 1e3);
    let few = index(&few);
    let shuffled: String = {
        let known: Vec<&str> = made_up.iter().flat_map(|tree| &tree.symptoms.texts).flat_map(|text| text.split(' ')).collect();
        let text: Vec<&str> = (0..LONGEST / 6).map(|_| known[words.below(known.len())]).collect();
        text.join(" ").chars().take(LONGEST).collect()
    };
    println!("{:<60} {:>9} {:>9} {:>9} {:>9}", "In process, from text to facts, and on to matches", "p50 ms", "p99 ms", "p50 ms", "p99 ms");
    for (name, index, text) in [
        ("2 KB, the shipped guides", &few, paste()),
        ("2 KB, 1,000 guides more", &many, paste()),
        ("64 KiB of words that no guide knows, 1,000 guides more", &many, words.unknown(LONGEST)),
        ("64 KiB of the guides' words, shuffled, 1,000 guides more", &many, shuffled),
    ] {
        let times = if text.len() > USUAL { TIMES / 10 } else { TIMES };
        let (mut reading, mut both) = (Vec::new(), Vec::new());
        for _ in 0..times {
            let started = Instant::now();
            let statements = evidence::read(&text, &ladders).statements(Source::Pasted);
            reading.push(started.elapsed().as_secs_f64() * 1e3);
            std::hint::black_box(index.find(&Evidence::new(&text, &statements)));
            both.push(started.elapsed().as_secs_f64() * 1e3);
        }
        println!("{name:<60} {:>9.3} {:>9.3} {:>9.3} {:>9.3}", at(&reading, 0.5), at(&reading, 0.99), at(&both, 0.5), at(&both, 0.99));
    }
}

/// Pastes from ever new addresses, as one address may not search so often.
struct Pasting {
    number: u32,
    body: String,
    request: Vec<u8>,
}

impl Pasting {
    /// The client with this number.
    fn new(client: usize) -> Self {
        Self { number: (client as u32) << 20, body: serde_json::json!({"text": paste()}).to_string(), request: Vec::new() }
    }
}

impl Script for Pasting {
    fn next(&mut self) -> &[u8] {
        self.number += 1;
        let [_, a, b, c] = self.number.to_be_bytes();
        let (length, body) = (self.body.len(), &self.body);
        self.request = format!(
            "POST /api/v1/find HTTP/1.1\r\nHost: bench.test\r\nX-Forwarded-For: 10.{a}.{b}.{c}\r\nContent-Type: application/json\r\n\
             Content-Length: {length}\r\n\r\n{body}"
        )
        .into_bytes();
        &self.request
    }
}

struct Arm {
    name: &'static str,
    server: Server,
    clients: Vec<Pasting>,
    p50: Vec<f64>,
    p99: Vec<f64>,
    costs: Vec<f64>,
}

impl Arm {
    fn new(name: &'static str, server: Server) -> Self {
        Self { name, server, clients: (0..CLIENTS).map(Pasting::new).collect(), p50: Vec::new(), p99: Vec::new(), costs: Vec::new() }
    }

    fn round(&mut self) {
        let before = self.server.processor_seconds();
        let (done, clients) = load::run(self.server.address, std::mem::take(&mut self.clients), TIME, "HTTP/1.1 200");
        self.clients = clients;
        self.p50.push(at(&done.seconds, 0.5) * 1e3);
        self.p99.push(at(&done.seconds, 0.99) * 1e3);
        self.costs.push((self.server.processor_seconds() - before) * 1e6 / done.seconds.len() as f64);
    }
}

fn through_http() {
    let core = share_cores();
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite:{}", folder.path().join("fixpath.db").display());
    let mut app = Server::own(&["app", &database, "64", "1", "0"], core);
    // It names no diagnoses.
    app.line();
    let (head, answer) = load::ask(app.address, Pasting::new(CLIENTS).next());
    assert!(head.starts_with("HTTP/1.1 200"), "{head}");
    let file = folder.path().join("answer.json");
    std::fs::write(&file, &answer).unwrap();
    let same = Server::own(&["answering", &file.display().to_string()], core);
    let mut arms = [Arm::new("bare axum handler, the same bytes", same), Arm::new("POST /api/v1/find", app)];
    for _ in 0..ROUNDS {
        arms.iter_mut().for_each(Arm::round);
    }
    use_all_cores();
    println!("\nA paste of {} bytes, an answer of {}; {CLIENTS} connections, {ROUNDS} rounds of {TIME:?}; medians", paste().len(), answer.len());
    println!("{:<46} {:>9} {:>9} {:>9} {:>10}", "", "p50 ms", "p99 ms", "CPU us", "CPU ratio");
    for arm in &arms {
        let ratio = median_ratio(&arms[0].costs, &arm.costs);
        println!("{:<46} {:>9.3} {:>9.3} {:>9.1} {ratio:>10.2}", arm.name, median(&arm.p50), median(&arm.p99), median(&arm.costs));
    }
}

/// Measures and prints.
pub fn measure() {
    in_process();
    through_http();
}
