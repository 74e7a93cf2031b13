//! Uploaded event logs, read by the real child process: what comes out of good ones, and that no crafted one does harm.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test that cannot go on has failed")]
#![expect(clippy::cast_possible_truncation, reason = "the sizes and numbers in the files that the tests write are small")]

mod changed;
mod crafted;
mod evtx_file;
mod logs;
mod process;

use std::path::PathBuf;

use fixpath::evidence::Reading;
use fixpath::intake::{Intake, Limits, Refused};
use fixpath::tree::ladder::Ladders;
use tempfile::TempDir;

/// The server's side, with a folder of its own for uploaded files.
struct Desk {
    intake: Intake,
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        Self::with(Limits::default())
    }

    fn with(limits: Limits) -> Self {
        Self::starting(PathBuf::from(env!("CARGO_BIN_EXE_fixpath")), limits)
    }

    fn starting(program: PathBuf, limits: Limits) -> Self {
        let folder = TempDir::new().unwrap();
        let intake = Intake::with(program, folder.path().to_owned(), limits);
        Self { intake, folder }
    }

    /// Uploads the file. Whatever comes of it, nothing may be left of it.
    async fn read(&self, file: Vec<u8>) -> Result<Reading, Refused> {
        let reading = self.intake.read_file("Application.evtx", file, &Ladders::default()).await;
        assert_eq!(self.folder.path().read_dir().unwrap().count(), 0, "a file is left behind");
        reading
    }
}
