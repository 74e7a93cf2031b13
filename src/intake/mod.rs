//! Uploaded files: what they are, their text, and for event logs (`.evtx`) a child process that reads them within limits.
//!
//! What a visitor uploads is hostile. Text is decoded and read here, by code that is pure and safe; the format of event logs is binary and
//! rich in offsets and sizes, so such a file is never opened by the process that serves visitors.

use std::io;
use std::path::PathBuf;

use crate::evidence::{self, FileKind, Reading, Unfit, decode, file_kind};
use crate::tree::ladder::Ladders;

/// Largest file that is read, in bytes: 64 MiB.
pub const LARGEST_FILE: usize = 64 << 20;
/// How much of a text file is read, in bytes: 4 MiB.
const LARGEST_TEXT: usize = 4 << 20;

/// Why a file was not read: what happened and what to do, in sentences.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// It is nothing that can be read.
    #[error(transparent)]
    Unfit(#[from] Unfit),
    /// It is larger than [`LARGEST_FILE`].
    #[error("This file is larger than {} MiB. Save only the events of the last days (Event Viewer: Filter Current Log, then Save Filtered Log File As), or paste the event.", LARGEST_FILE >> 20)]
    TooLarge,
    /// Others are being read, and waiting for them took too long.
    #[error("Other event log files are being read just now. Upload the file again in a minute, or paste the event.")]
    Busy,
    /// The reader met something that it could not get over.
    #[error("This event log file could not be read: {0}. Open it in Event Viewer and save the events that matter as a new file or as text, or paste them.")]
    Unreadable(&'static str),
    /// This machine could not do it; the text is for the log.
    #[error("The file could not be read because of a fault of this server. Paste the event instead, and tell whoever runs the server.")]
    Fault(#[source] io::Error),
}

/// Reads uploaded files. Clones share one queue.
#[derive(Debug, Clone)]
pub struct Intake {
    program: PathBuf,
}

impl Intake {
    /// Starts `program` to read event logs: the path of this program's own executable.
    #[must_use]
    pub fn new(program: PathBuf) -> Self {
        Self { program }
    }

    /// Starts the program that runs now.
    ///
    /// # Errors
    /// The operating system does not say where that is.
    pub fn of_this_program() -> io::Result<Self> {
        std::env::current_exe().map(Self::new)
    }

    /// Reads one file. `name` is what the visitor's browser called it, `ladders` tell which versions and builds exist.
    ///
    /// # Errors
    /// The file cannot be read, or not now.
    pub async fn read_file(&self, name: &str, bytes: Vec<u8>, ladders: &Ladders) -> Result<Reading, Refused> {
        if bytes.len() > LARGEST_FILE {
            return Err(Refused::TooLarge);
        }
        match file_kind(name, &bytes)? {
            FileKind::Text => read_text(bytes, ladders.clone()).await,
            FileKind::EventLog => Err(Refused::Fault(io::Error::other(format!("{} cannot read event logs", self.program.display())))),
        }
    }
}

/// Reads a text file on a thread that may take its time.
async fn read_text(bytes: Vec<u8>, ladders: Ladders) -> Result<Reading, Refused> {
    let reading = tokio::task::spawn_blocking(move || {
        let text = decode(bytes.get(..LARGEST_TEXT).unwrap_or(&bytes)).text;
        let mut reading = evidence::read(&text, &ladders);
        if bytes.len() > LARGEST_TEXT {
            reading.cut.insert(0, format!("The file is larger than {} MiB; what comes after that was not read.", LARGEST_TEXT >> 20));
        }
        reading
    });
    reading.await.map_err(|error| Refused::Fault(error.into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::Item;

    async fn read(name: &str, bytes: Vec<u8>) -> Result<Reading, Refused> {
        Intake::new(PathBuf::new()).read_file(name, bytes, &Ladders::default()).await
    }

    #[tokio::test]
    async fn text_is_decoded_and_read() {
        let reading = read("message.txt", b"\xFF\xFEE\0r\0r\0o\0r\0".to_vec()).await.unwrap();
        assert_eq!(reading.lines, ["Error"]);
        assert_eq!(reading.proposals[0].item, Item::Message("Error".to_owned()));
    }

    #[tokio::test]
    async fn what_is_too_large_is_cut_or_refused() {
        let reading = read("long.txt", vec![b'\n'; LARGEST_TEXT + 1]).await.unwrap();
        assert!(reading.cut[0].contains("4 MiB"), "{:?}", reading.cut);
        assert!(matches!(read("huge.txt", vec![b'\n'; LARGEST_FILE + 1]).await, Err(Refused::TooLarge)));
    }

    #[tokio::test]
    async fn what_cannot_be_read_is_refused_with_a_way_out() {
        let refused = read("logs.zip", b"PK\x03\x04\0\0".to_vec()).await.unwrap_err();
        assert!(refused.to_string().contains("Unpack it"), "{refused}");
    }
}
