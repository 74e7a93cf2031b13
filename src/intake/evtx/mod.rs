//! Reads the events of an event log file. This runs in a process of its own, see `child`.
//!
//! The file is a header of 4 KiB and chunks of 64 KiB, of which a full log writes the oldest over again. Chunks are read one at a time from the newest
//! to the oldest, so memory does not grow with the file, and reading ends when enough has been found.

mod record;
mod tree;

use std::io::{self, Read, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use evtx::{EvtxChunkData, EvtxChunkHeader, ParserSettings};
use serde::{Deserialize, Serialize};

pub use record::LoggedEvent;

const FILE_HEADER: u64 = 4096;
const CHUNK: u64 = 65_536;
const CHUNK_HEADER: usize = 512;
/// Longest record that is looked into, as JSON, in bytes. Real ones have a few KiB; crafted ones can unfold to a multiple of their size.
const LONGEST_RECORD: usize = 256 << 10;

/// How much is read.
#[derive(Debug, Clone, Copy)]
pub struct Most {
    /// Events of interest.
    pub events: usize,
    /// Bytes of their texts together.
    pub bytes: usize,
}

/// What a file held besides the events that were given out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Records that were read, of interest or not.
    pub records: usize,
    /// Records that were left out because they are information only.
    pub information: usize,
    /// Records and whole chunks that are damaged.
    pub damaged: usize,
    /// Whether reading ended before the file did, because enough was found.
    pub more: bool,
}

/// Reads the events of interest, newest first, and hands each to `give`. Of interest are critical events, errors, warnings and those without a level.
///
/// # Errors
/// The file cannot be read at all, or `give` failed. Damage inside the file is no error; it is counted.
pub fn read_events(file: &mut (impl Read + Seek), most: Most, mut give: impl FnMut(LoggedEvent) -> io::Result<()>) -> io::Result<Summary> {
    let mut summary = Summary::default();
    let (mut left, mut bytes_left) = (most.events, most.bytes);
    let settings = Arc::new(ParserSettings::default().indent(false));
    for position in newest_first(file, &mut summary)? {
        let chunk = bytes_at(file, position, CHUNK)?;
        // The format is intricate: should its reader stumble over a chunk, the others still count.
        let Ok(found) = catch_unwind(AssertUnwindSafe(|| read_chunk(chunk, &settings))) else {
            summary.damaged += 1;
            continue;
        };
        summary.records += found.records;
        summary.information += found.information;
        summary.damaged += found.damaged;
        for event in found.events.into_iter().rev() {
            if left == 0 || bytes_left < event.text.len() {
                return Ok(Summary { more: true, ..summary });
            }
            left -= 1;
            bytes_left -= event.text.len();
            give(event)?;
        }
    }
    Ok(summary)
}

/// Where the chunks begin, ordered by the numbers of their records. Unused ones are left out, damaged ones are counted.
fn newest_first(file: &mut (impl Read + Seek), summary: &mut Summary) -> io::Result<Vec<u64>> {
    let length = file.seek(SeekFrom::End(0))?;
    let mut chunks = Vec::new();
    let mut position = FILE_HEADER;
    while position < length {
        let header = bytes_at(file, position, CHUNK_HEADER as u64)?;
        match EvtxChunkHeader::from_bytes(&header) {
            Ok(header) => chunks.push((header.last_event_record_id, position)),
            Err(_) if header.iter().all(|byte| *byte == 0) => {}
            Err(_) => summary.damaged += 1,
        }
        position += CHUNK;
    }
    chunks.sort_by_key(|chunk| std::cmp::Reverse(*chunk));
    Ok(chunks.into_iter().map(|(_, position)| position).collect())
}

/// The `length` bytes at `position`, or as many as there are.
fn bytes_at(file: &mut (impl Read + Seek), position: u64, length: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(position))?;
    file.take(length).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// What was found in one chunk.
#[derive(Default)]
struct Found {
    /// Oldest first.
    events: Vec<LoggedEvent>,
    records: usize,
    information: usize,
    damaged: usize,
}

fn read_chunk(bytes: Vec<u8>, settings: &Arc<ParserSettings>) -> Found {
    let mut found = Found::default();
    let Ok(mut data) = EvtxChunkData::new(bytes, false) else {
        return Found { damaged: 1, ..found };
    };
    let Ok(mut chunk) = data.parse(Arc::clone(settings)) else {
        return Found { damaged: 1, ..found };
    };
    for record in chunk.iter() {
        let json = record.and_then(evtx::EvtxRecord::into_json_bytes);
        match json.ok().filter(|json| json.data.len() <= LONGEST_RECORD).and_then(|json| LoggedEvent::read(json.event_record_id, json.timestamp, &json.data)) {
            None => found.damaged += 1,
            Some(event) => {
                found.records += 1;
                if event.is_of_interest() {
                    found.events.push(event);
                } else {
                    found.information += 1;
                }
            }
        }
    }
    found
}
