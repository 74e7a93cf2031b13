//! The table of pasted samples, read and compared with what is expected of each (README.md beside this file).
//!
//! `cargo test --test evidence -- --nocapture` prints the score of every form.
#![expect(clippy::expect_used, clippy::panic, reason = "helpers of a test stop at the first surprise")]

mod compare;
mod invariants;
mod mutated;
mod table;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;

use compare::{Difference, Kind, differences, normal};
use fixpath::evidence;
use fixpath::tree::ladder::{Found, Ladder, Ladders};
use table::{Form, Sample};

/// The table holds at least this many samples.
const LEAST_SAMPLES: usize = 190;
/// Of a hundred samples at least this many are read right.
const LEAST_RIGHT: usize = 98;

fn forms() -> Vec<Form> {
    table::read(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/evidence/samples"))).unwrap_or_else(|error| panic!("{error}"))
}

fn exchange() -> Ladder {
    Ladder::from_csv("exchange", "Exchange Server", include_str!("../../trees/ladders/exchange.csv")).expect("a shipped ladder")
}

fn windows() -> Ladder {
    Ladder::from_csv("windows", "Windows", include_str!("../../trees/ladders/windows.csv")).expect("a shipped ladder")
}

/// What came of one form.
struct Score<'a> {
    form: &'a Form,
    /// The samples that were not read right, with every difference.
    not_right: Vec<(&'a Sample, Vec<Difference>)>,
}

impl<'a> Score<'a> {
    fn of(form: &'a Form, ladders: &Ladders) -> Self {
        let compared = form.samples.iter().map(|sample| (sample, differences(&evidence::read(&sample.paste, ladders), &sample.expect)));
        Self { form, not_right: compared.filter(|(_, differences)| !differences.is_empty()).collect() }
    }

    fn total(&self) -> usize {
        self.form.samples.len()
    }

    fn right(&self) -> usize {
        self.total() - self.not_right.len()
    }

    /// How many samples have a difference of `kind`.
    fn samples_with(&self, kind: Kind) -> usize {
        self.not_right.iter().filter(|(_, differences)| differences.iter().any(|difference| difference.kind == kind)).count()
    }
}

/// The scores of all forms, and below them the differences of every sample that is not right.
fn report(scores: &[Score]) -> String {
    let mut report = String::new();
    let line = |name: &str, scores: &[Score]| {
        let sum = |count: &dyn Fn(&Score) -> usize| scores.iter().map(count).sum::<usize>();
        let with = |kind| sum(&|score| score.samples_with(kind));
        let (right, total) = (sum(&|score| score.right()), sum(&|score| score.total()));
        format!("{name:<22} {right:>3}/{total:<3}  missing in {}, wrong in {}, invented in {}", with(Kind::Missing), with(Kind::Wrong), with(Kind::Invented))
    };
    for score in scores {
        let _ = writeln!(report, "{}", line(&score.form.name, std::slice::from_ref(score)));
    }
    let _ = writeln!(report, "{}", line("all", scores));
    for score in scores {
        for (sample, differences) in &score.not_right {
            let _ = writeln!(report, "\n{}: {}", score.form.name, sample.name);
            for difference in differences {
                let _ = writeln!(report, "  {difference}");
            }
        }
    }
    report
}

#[test]
fn samples_are_read_as_expected_and_nothing_is_invented() {
    let ladders = Ladders::new([Arc::new(exchange()), Arc::new(windows())]);
    let forms = forms();
    let scores: Vec<Score> = forms.iter().map(|form| Score::of(form, &ladders)).collect();
    println!("{}", report(&scores));
    let total: usize = scores.iter().map(Score::total).sum();
    let right: usize = scores.iter().map(Score::right).sum();
    let invented: usize = scores.iter().map(|score| score.samples_with(Kind::Invented)).sum();
    assert!(total >= LEAST_SAMPLES, "{total} samples are fewer than {LEAST_SAMPLES}");
    assert_eq!(invented, 0, "samples in which a fact was invented; see the report above");
    assert!(right * 100 >= total * LEAST_RIGHT, "{right} of {total} are right, which is less than {LEAST_RIGHT} of 100; see the report above");
}

#[test]
fn the_table_expects_only_what_its_pastes_say() {
    for form in forms() {
        let mut names = BTreeSet::new();
        for sample in &form.samples {
            let at = format!("{}: {}", form.name, sample.name);
            assert!(names.insert(sample.name.as_str()), "{at}: the name occurs twice");
            let paste = sample.paste.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
            let expect = &sample.expect;
            let messages = expect.messages.iter().chain(&expect.messages_allowed).flat_map(table::ExpectedText::all);
            for text in messages.chain(expect.events.iter().flat_map(table::ExpectedEvent::texts)) {
                let foreign: Vec<&str> = text.split_whitespace().filter(|word| !paste.contains(*word)).collect();
                assert_eq!(foreign, Vec::<&str>::new(), "{at}: words that the paste does not have");
                assert!(text.is_empty() || !normal(text).is_empty(), "{at}: a text without a word");
            }
            for part in &expect.not_understood {
                assert!(sample.paste.lines().any(|line| line.contains(part.as_str())), "{at}: no line has \"{part}\"");
            }
            for name in expect.servers.iter().filter_map(|server| server.name.as_deref()) {
                assert!(sample.paste.contains(name), "{at}: the paste has no \"{name}\"");
            }
        }
    }
}

#[test]
fn expected_levels_are_those_of_the_ladders() {
    for sample in forms().iter().flat_map(|form| &form.samples) {
        for row in sample.expect.servers.iter().flat_map(|server| [server.row(), server.allowed.clone()]) {
            for (ladder, level) in [(exchange(), row.level), (windows(), row.os)] {
                let Some(level) = level else { continue };
                assert_eq!(ladder.find(&level), Ok(Found::Level(level.clone())), "{}", sample.name);
            }
        }
    }
}
