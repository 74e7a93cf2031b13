//! What holds for the reading of any event log file, in the process that reads. The fuzz target `evtx` checks the same.

use std::io::Cursor;
use std::sync::LazyLock;

use fixpath::intake::evtx::{Most, read_events};

use crate::evtx_file::{Entry, error, evtx_file};

const MAGIC: &[u8] = b"ElfFile\0";
const MOST: Most = Most { events: 50, bytes: 5_000 };

/// A good file with three events in one chunk, without the unused rest of the chunk.
static GOOD: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let other = Entry { source: "Service Control Manager".to_owned(), id: 7000, level: 0, ..error(1, &[]) };
    let mut file = evtx_file(&[error(0, &["SMTP", "c1030ad1"]), other, error(2, &["Größe"])]);
    let used = file.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
    file.truncate(used);
    file
});

/// Reads a file and holds what comes of it against its limits.
///
/// Input that begins like an event log is the file. Any other is a list of changes to a good one, since what is all random would hardly get past the first magic
/// number: four bytes each, a place (low byte first) and the byte to be there.
///
/// # Panics
/// Something is not as it must be; the message says what.
pub fn read_and_check(input: &[u8]) {
    let file = if input.starts_with(MAGIC) { input.to_vec() } else { changed(input) };
    let (mut events, mut bytes) = (0, 0);
    let summary = read_events(&mut Cursor::new(&file), MOST, |event| {
        events += 1;
        bytes += event.text.len();
        assert!(!event.line().chars().any(char::is_control), "{event:?} is not one plain line");
        Ok(())
    });
    let summary = summary.expect("memory can be read");
    assert!(events <= MOST.events && bytes <= MOST.bytes, "{events} events with {bytes} bytes");
    assert!(summary.more || events + summary.information == summary.records, "{events} events, {summary:?}");
}

fn changed(changes: &[u8]) -> Vec<u8> {
    let mut file = GOOD.clone();
    for change in changes.chunks_exact(4) {
        let place = u32::from_le_bytes([change[0], change[1], change[2], 0]) as usize % file.len();
        file[place] = change[3];
    }
    file
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use fixpath::clock::Random;

    use super::*;

    #[test]
    fn whatever_is_changed_reading_ends_within_its_limits() {
        read_and_check(&[]);
        for entry in Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/seeds/evtx").read_dir().unwrap() {
            read_and_check(&std::fs::read(entry.unwrap().path()).unwrap());
        }
        for seed in 0..4_000 {
            // Shown only if the reading after it is not as it must be.
            println!("seed {seed}");
            let changes: [u8; 64] = Random::seeded(seed).bytes();
            read_and_check(&changes[..4 * (1 + usize::from(changes[63]) % 15)]);
        }
    }
}
