//! Uploaded files: what they are, their text, and for event logs (`.evtx`) a child process that reads them within limits.
//!
//! What a visitor uploads is hostile. Text is decoded and read here, by code that is pure and safe; the format of event logs is binary and
//! rich in offsets and sizes, so such a file is never looked into by the process that serves visitors.

mod child;
mod events;
pub mod evtx;
mod limits;

use std::env;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;

use tempfile::NamedTempFile;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use crate::evidence::{self, FileKind, MAX_BYTES, Reading, Unfit, decode, file_kind};
use crate::tree::ladder::Ladders;

pub use child::{Limits, Line};
pub use limits::limit_this_process;

/// Largest file that is read, in bytes: 64 MiB.
pub const LARGEST_FILE: usize = 64 << 20;
/// How much of an event log is read: the newest 10,000 events of interest, and 16 MiB of their texts.
pub const MOST_READ: evtx::Most = evtx::Most { events: 10_000, bytes: 16 << 20 };

/// Event logs that are read at a time.
const AT_A_TIME: usize = 2;
/// Event logs that are read or wait for it, each of them in memory while it waits.
const WITH_WAITING: usize = 6;

/// Why a file was not read: what happened and what to do, in sentences.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// It is nothing that can be read.
    #[error(transparent)]
    Unfit(#[from] Unfit),
    /// It is larger than [`LARGEST_FILE`].
    #[error(
        "This file is larger than {} MiB. Save only the events of the last days (in Event Viewer: Filter Current Log, then Save Filtered Log File As), or paste \
         the event.",
        LARGEST_FILE >> 20
    )]
    TooLarge,
    /// Others are being read, and waiting for them took too long.
    #[error("Other event log files are being read just now. Upload the file again in a minute, or paste the event.")]
    Busy,
    /// The reader met something that it could not get over, which is named.
    #[error("This event log file could not be read: {0}. Open it in Event Viewer and save the events that matter as a new file or as text, or paste them.")]
    Unreadable(&'static str),
    /// This machine could not do it; the source says why, for the log.
    #[error("The file could not be read because of a fault of this server. Paste the event instead, and tell whoever runs the server.")]
    Fault(#[source] io::Error),
}

/// Reads uploaded files. Clones share one queue.
#[derive(Debug, Clone)]
pub struct Intake(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    program: PathBuf,
    folder: PathBuf,
    limits: Limits,
    /// Those that are read or wait.
    queue: Semaphore,
    /// Those that are read.
    turns: Semaphore,
}

impl Intake {
    /// Starts `program` to read event logs: the path of this program's own executable.
    #[must_use]
    pub fn new(program: PathBuf) -> Self {
        Self::with(program, env::temp_dir(), Limits::default())
    }

    /// Starts the program that runs now.
    ///
    /// # Errors
    /// The operating system does not say where that is.
    pub fn of_this_program() -> io::Result<Self> {
        env::current_exe().map(Self::new)
    }

    /// Keeps files in `folder` while they are read, and lets a child use no more than `limits`.
    #[must_use]
    pub fn with(program: PathBuf, folder: PathBuf, limits: Limits) -> Self {
        Self(Arc::new(Shared { program, folder, limits, queue: Semaphore::new(WITH_WAITING), turns: Semaphore::new(AT_A_TIME) }))
    }

    /// Reads one file. `name` is what the visitor's browser called it, `ladders` tell which versions and builds exist.
    ///
    /// Of an event log, each event is one line and one proposal; the newest comes first.
    ///
    /// # Errors
    /// The file cannot be read, or not now.
    pub async fn read_file(&self, name: &str, bytes: Vec<u8>, ladders: &Ladders) -> Result<Reading, Refused> {
        if bytes.len() > LARGEST_FILE {
            return Err(Refused::TooLarge);
        }
        match file_kind(name, &bytes)? {
            FileKind::Text => read_text(bytes, ladders.clone()).await,
            FileKind::EventLog => self.0.read_event_log(bytes).await,
        }
    }
}

impl Shared {
    async fn read_event_log(&self, bytes: Vec<u8>) -> Result<Reading, Refused> {
        let _place = self.queue.try_acquire().map_err(|_| Refused::Busy)?;
        let _turn = self.turn().await?;
        let folder = self.folder.clone();
        // Readable for this user only, and deleted when it is dropped, also if the visitor hangs up.
        let written = spawn_blocking(move || {
            let mut file = tempfile::Builder::new().prefix("fixpath-").suffix(".evtx").tempfile_in(folder)?;
            file.write_all(&bytes)?;
            Ok(file)
        });
        let file: NamedTempFile = written.await.map_err(|error| Refused::Fault(error.into()))?.map_err(Refused::Fault)?;
        let log = child::read(&self.program, file.path(), self.limits).await?;
        if log.is_only_damage() {
            return Err(Refused::Unreadable("all of it is damaged"));
        }
        Ok(log.into_reading())
    }

    async fn turn(&self) -> Result<SemaphorePermit<'_>, Refused> {
        timeout(self.limits.wait, self.turns.acquire()).await.ok().and_then(Result::ok).ok_or(Refused::Busy)
    }
}

/// Reads a text file on a thread that may take its time.
async fn read_text(bytes: Vec<u8>, ladders: Ladders) -> Result<Reading, Refused> {
    let reading = spawn_blocking(move || {
        let text = decode(bytes.get(..MAX_BYTES).unwrap_or(&bytes)).text;
        let mut reading = evidence::read(&text, &ladders);
        if bytes.len() > MAX_BYTES {
            reading.cut.insert(0, format!("The file is larger than {} MiB; what comes after that was not read.", MAX_BYTES >> 20));
        }
        reading
    });
    reading.await.map_err(|error| Refused::Fault(error.into()))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::evidence::Item;

    fn intake() -> Intake {
        Intake::new(PathBuf::from("there-is-no-such-program"))
    }

    async fn read(name: &str, bytes: Vec<u8>) -> Result<Reading, Refused> {
        intake().read_file(name, bytes, &Ladders::default()).await
    }

    #[tokio::test]
    async fn text_is_decoded_and_read() {
        let reading = read("message.txt", b"\xFF\xFEE\0r\0r\0o\0r\0".to_vec()).await.unwrap();
        assert_eq!(reading.lines, ["Error"]);
        assert_eq!(reading.proposals[0].item, Item::Message("Error".to_owned()));
    }

    #[tokio::test]
    async fn what_is_too_large_is_cut_or_refused() {
        let reading = read("long.txt", vec![b'\n'; MAX_BYTES + 1]).await.unwrap();
        assert!(reading.cut[0].contains("4 MiB"), "{:?}", reading.cut);
        assert!(matches!(read("huge.txt", vec![b'\n'; LARGEST_FILE + 1]).await, Err(Refused::TooLarge)));
    }

    #[tokio::test]
    async fn what_cannot_be_read_is_refused_with_a_way_out() {
        let refused = read("logs.zip", b"PK\x03\x04\0\0".to_vec()).await.unwrap_err();
        assert!(refused.to_string().contains("Unpack it"), "{refused}");
    }

    #[tokio::test]
    async fn a_program_that_does_not_start_is_a_fault_of_the_server() {
        assert!(matches!(read("a.evtx", b"ElfFile\0".to_vec()).await, Err(Refused::Fault(_))));
    }

    #[tokio::test]
    async fn two_are_read_at_a_time_others_wait_and_too_many_are_refused_at_once() {
        let none = PathBuf::from("there-is-no-such-program");
        let impatient = Intake::with(none.clone(), env::temp_dir(), Limits { wait: Duration::ZERO, ..Limits::default() });
        let patient = Intake::with(none, env::temp_dir(), Limits { wait: Duration::MAX, ..Limits::default() });
        let read = async |intake: &Intake| intake.read_file("a.evtx", b"ElfFile\0".to_vec(), &Ladders::default()).await;
        for (intake, permits) in [(&impatient, &impatient.0.turns), (&patient, &patient.0.queue)] {
            let taken = permits.acquire_many(u32::try_from(permits.available_permits()).unwrap()).await.unwrap();
            assert!(matches!(read(intake).await, Err(Refused::Busy)));
            drop(taken);
            assert!(matches!(read(intake).await, Err(Refused::Fault(_))), "there is room again");
        }
    }
}
