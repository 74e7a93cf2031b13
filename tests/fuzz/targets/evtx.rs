//! An event log file, damaged: reading ends, and what it gives keeps to its limits.
//!
//! The input is a list of changes to a good file, four bytes each: a place (low byte first) and the byte to be there. A file that is all random would hardly ever get
//! past its first magic number. Input that begins like an event log is read as it is.
#![no_main]

#[expect(dead_code, reason = "the large log is for the benchmark")]
#[path = "../../intake/evtx_file.rs"]
mod evtx_file;

use std::io::Cursor;
use std::sync::LazyLock;

use evtx_file::{Entry, error, evtx_file};
use fixpath::intake::evtx::{Most, read_events};
use libfuzzer_sys::fuzz_target;

const MOST: Most = Most { events: 50, bytes: 5_000 };

/// One chunk without its unused rest.
static GOOD: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let other = Entry { source: "Service Control Manager".to_owned(), id: 7000, level: 0, ..error(1, &[]) };
    let mut file = evtx_file(&[error(0, &["SMTP", "c1030ad1"]), other, error(2, &["Größe"])]);
    let used = file.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
    file.truncate(used);
    file
});

fuzz_target!(|bytes: &[u8]| {
    let mut file = if bytes.starts_with(b"ElfFile\0") { bytes.to_vec() } else { GOOD.clone() };
    if !bytes.starts_with(b"ElfFile\0") {
        for change in bytes.chunks_exact(4) {
            let place = u32::from_le_bytes([change[0], change[1], change[2], 0]) as usize % file.len();
            file[place] = change[3];
        }
    }
    let (mut events, mut texts) = (0, 0);
    let summary = read_events(&mut Cursor::new(&file), MOST, |event| {
        events += 1;
        texts += event.text.len();
        assert!(!event.line().chars().any(char::is_control), "{event:?} is not one plain line");
        Ok(())
    });
    let summary = summary.expect("memory can be read");
    assert!(events <= MOST.events && texts <= MOST.bytes, "{events} events with {texts} bytes");
    assert!(summary.more || events + summary.information == summary.records, "{events} events, {summary:?}");
});
