//! Event logs that are damaged or made to do harm. Whatever is in them, the answer is a reading or a refusal, and [`Desk::read`] sees that no file is left.

use std::time::Duration;

use fixpath::clock::Random;
use fixpath::evidence::Reading;
use fixpath::intake::{Limits, Refused};

use crate::Desk;
use crate::evtx_file::{CHUNK, FILE_HEADER, error, evtx_file, unfolding_file};

/// Three chunks of about a hundred records each.
fn small_log() -> Vec<u8> {
    let file = evtx_file(&(0..300).map(|minute| error(minute, &[&format!("value {minute}"), &"x".repeat(200)])).collect::<Vec<_>>());
    assert_eq!(file.len(), FILE_HEADER + 3 * CHUNK);
    file
}

/// Where something stands in the file for the first time.
fn position_of(file: &[u8], bytes: &[u8]) -> usize {
    file.windows(bytes.len()).position(|window| window == bytes).unwrap()
}

fn set(file: &mut [u8], position: usize, value: u32) {
    file[position..position + 4].copy_from_slice(&value.to_le_bytes());
}

#[track_caller]
fn is_damaged(reading: &Reading) {
    assert!(reading.cut.iter().any(|sentence| sentence.contains("damaged")), "{:?}", reading.cut);
}

#[tokio::test]
async fn a_file_that_ends_early_gives_what_is_there() {
    let file = small_log();
    let desk = Desk::new();
    let cut_in_the_last_chunk = desk.read(file[..FILE_HEADER + 2 * CHUNK + 20_000].to_vec()).await.unwrap();
    assert_eq!(cut_in_the_last_chunk.proposals.len(), 200);
    let cut_in_a_header = desk.read(file[..FILE_HEADER + 2 * CHUNK + 100].to_vec()).await.unwrap();
    is_damaged(&cut_in_a_header);
    assert!(matches!(desk.read(file[..FILE_HEADER + 100].to_vec()).await, Err(Refused::Unreadable(_))));
    for length in [8, 100, FILE_HEADER] {
        assert_eq!(desk.read(file[..length].to_vec()).await.unwrap().cut, ["The file holds no events."]);
    }
}

#[tokio::test]
async fn a_damaged_chunk_is_left_out_and_the_others_are_read() {
    let mut file = small_log();
    file[FILE_HEADER + CHUNK..FILE_HEADER + CHUNK + 8].copy_from_slice(b"ElfTrash");
    let reading = Desk::new().read(file).await.unwrap();
    assert!(reading.proposals.len() > 100);
    assert_eq!(reading.cut.last().unwrap(), "1 part of the file is damaged and could not be read.");
}

#[tokio::test]
async fn headers_that_lie_about_counts_change_nothing() {
    let honest = Desk::new().read(small_log()).await.unwrap();
    for (position, value) in [(8, u32::MAX), (16, u32::MAX), (40, 0xFFFF_FFFF), (24, 0), (32, 0)] {
        let mut file = small_log();
        set(&mut file, position, value);
        assert_eq!(Desk::new().read(file).await.unwrap(), honest, "at {position}");
    }
}

#[tokio::test]
async fn sizes_and_offsets_that_lead_nowhere_or_in_circles_end() {
    const FIRST: usize = FILE_HEADER;
    let file = small_log();
    let record = position_of(&file, b"\x2A\x2A\0\0");
    let name = position_of(&file, &"Provider".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>());
    let places = [
        ("the chunk's end of its records", FIRST + 48),
        ("the chunk's last record", FIRST + 44),
        ("the chunk's template", FIRST + 384),
        ("the record's size", record + 4),
        ("the instance's template", record + 24 + 10),
        ("the template's size", record + 24 + 14 + 20),
        ("the next name", name - 8),
        ("the name's length", name - 2),
    ];
    for (what, position) in places {
        let offset = u32::try_from(position - FIRST).unwrap();
        for value in [0, 1, 4, 512, offset, offset + 4, 65_535, 65_536, 0x7FFF_FFFF, u32::MAX] {
            let mut crafted = file.clone();
            set(&mut crafted, position, value);
            let reading = Desk::new().read(crafted).await;
            let reading = reading.unwrap_or_else(|refused| panic!("{what} = {value}: the other chunks are whole, but {refused}"));
            assert!(reading.proposals.len() > 100, "{what} = {value}");
        }
    }
    for bucket in 0..64 {
        let mut crafted = file.clone();
        set(&mut crafted, FIRST + 128 + bucket * 4, u32::try_from(name - 8 - FIRST).unwrap());
        assert!(Desk::new().read(crafted).await.is_ok(), "bucket {bucket}");
    }
}

#[tokio::test]
async fn random_damage_is_read_around_or_refused() {
    let file = small_log();
    for seed in 0..200 {
        let random = Random::seeded(seed);
        let number = |below: usize| usize::try_from(u32::from_le_bytes(random.bytes())).unwrap() % below;
        let mut damaged = file.clone();
        // One kind of damage in the structure that all records of a chunk share, one anywhere.
        for _ in 0..=number(20) {
            let position = if number(2) == 0 { FILE_HEADER + CHUNK * number(3) + number(2500) } else { 8 + number(file.len() - 8) };
            damaged[position] = [0, 1, 0x7F, 0x80, 0xFF, damaged[position] ^ (1 << number(8))][number(6)];
        }
        if number(10) == 0 {
            damaged.truncate(8 + number(file.len() - 8));
        }
        match Desk::new().read(damaged).await {
            Ok(reading) => {
                assert!(reading.proposals.len() <= 200, "seed {seed}");
                assert!(reading.lines.iter().all(|line| !line.chars().any(char::is_control)), "seed {seed}");
            }
            Err(Refused::Unreadable(_)) => {}
            Err(other) => panic!("seed {seed}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn a_record_that_unfolds_is_left_out() {
    let refused = Desk::new().read(unfolding_file(300)).await.unwrap_err();
    assert!(refused.to_string().contains("all of it is damaged"), "{refused}");
}

/// The same file needs more than 9 MB, which only the operating system's limit keeps it from having.
#[cfg(unix)]
#[tokio::test]
async fn a_child_without_enough_memory_is_a_refusal() {
    let desk = Desk::with(Limits { memory: 8 << 20, ..Limits::default() });
    let refused = desk.read(unfolding_file(300)).await.unwrap_err();
    assert!(refused.to_string().contains("needs more memory"), "{refused}");
}

#[tokio::test]
async fn a_child_that_takes_too_long_is_killed() {
    let desk = Desk::with(Limits { time: Duration::ZERO, ..Limits::default() });
    let refused = desk.read(small_log()).await.unwrap_err();
    assert!(refused.to_string().contains("too long"), "{refused}");
}

/// Programs that take anything for arguments and do something else: end without a word, fail, say something else once, and without end.
#[cfg(unix)]
#[tokio::test]
async fn a_child_that_does_not_say_what_it_should_is_a_refusal() {
    for program in ["true", "false", "echo", "yes"] {
        let refused = Desk::starting(program.into(), Limits::default()).read(small_log()).await.unwrap_err();
        assert!(matches!(refused, Refused::Unreadable(_)), "{program}: {refused:?}");
    }
}
