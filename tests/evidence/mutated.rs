//! What holds for any text, held against the samples, the fuzz targets' seeds, and both after random changes: what fuzzing would try first.
#![expect(clippy::indexing_slicing, reason = "places are drawn below the length")]

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

use fixpath::clock::Random;
use fixpath::evidence::decode;
use fixpath::tree::ladder::Ladders;

use crate::invariants::{check_redaction, read_and_check};
use crate::{exchange, forms, windows};

/// Texts with random changes that are read.
const CHANGED: usize = 500;

/// The samples' pastes, and what fuzzing begins with.
fn texts() -> Vec<String> {
    let samples = forms().into_iter().flat_map(|form| form.samples).map(|sample| sample.paste);
    let seeds = ["paste", "server_list", "decode", "redact"].into_iter().flat_map(|target| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/seeds").join(target);
        folder.read_dir().unwrap_or_else(|error| panic!("{}: {error}", folder.display())).map(|entry| {
            let bytes = std::fs::read(entry.expect("an entry of a folder").path()).expect("a seed");
            decode(&bytes).text
        })
    });
    samples.chain(seeds).collect()
}

#[test]
fn whatever_is_pasted_the_reading_is_sound() {
    let (shipped, texts) = ([exchange(), windows()], texts());
    let ladders = Ladders::new(shipped.clone().map(Arc::new));
    let check = |text: &str| {
        let checked = catch_unwind(AssertUnwindSafe(|| check_redaction(&read_and_check(text, &ladders), &shipped)));
        assert!(checked.is_ok(), "the message above is of this text:\n{text}");
    };
    texts.iter().for_each(|text| check(text));
    for seed in 0..CHANGED {
        let random = Random::seeded(seed as u64);
        let number = |below: usize| usize::from(u16::from_le_bytes(random.bytes())) % below.max(1);
        let mut lines: Vec<String> = texts[number(texts.len())].lines().map(str::to_owned).collect();
        for _ in 0..=number(4) {
            change(&mut lines, &texts, &number);
        }
        check(&lines.join("\n"));
    }
}

/// One change that people and programs make: a line lost, doubled, moved, cut, joined, wrapped, quoted or mixed with another text.
fn change(lines: &mut Vec<String>, texts: &[String], number: &impl Fn(usize) -> usize) {
    const ODD: [&str; 12] = ["\t", "\u{a0}", "\u{202e}", "\u{feff}", ":", ",", "\"", "<", "&#x41;", "0x", "\u{fffd}", "é"];
    if lines.is_empty() {
        return;
    }
    let (at, other) = (number(lines.len()), number(lines.len()));
    let place = |line: &str| line.char_indices().map(|(place, _)| place).nth(number(line.chars().count())).unwrap_or(0);
    let middle = place(&lines[at]);
    match number(8) {
        0 => drop(lines.remove(at)),
        1 => lines.insert(at, lines[at].clone()),
        2 => lines.swap(at, other),
        3 => lines[at].truncate(middle),
        4 => lines[at].insert_str(middle, ODD[number(ODD.len())]),
        5 => {
            let rest = lines[at].split_off(middle);
            lines.insert(at + 1, rest);
        }
        6 => lines.iter_mut().for_each(|line| line.insert_str(0, "> ")),
        _ => lines.splice(at..at, texts[number(texts.len())].lines().map(str::to_owned)).for_each(drop),
    }
}
