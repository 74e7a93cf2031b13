//! `fixpath read-evtx`: what the server starts to read an uploaded event log. It takes no part in the configuration.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use super::Failed;
use crate::intake::{Line, MOST_READ, evtx::read_events, limit_this_process};

/// What to read, and within which limits.
#[derive(Debug, Args)]
#[command(
    after_help = "Prints one JSON object a line: the newest events first, and last a summary. Standard output must not be a file, since the process may \
                        write none."
)]
pub(super) struct ReadEvtx {
    /// The event log file
    file: PathBuf,
    /// Bytes of memory (address space) that reading may take
    #[arg(long, default_value_t = 256 << 20)]
    memory: u64,
    /// Seconds of processor time that reading may take
    #[arg(long, default_value_t = 10)]
    seconds: u64,
}

impl ReadEvtx {
    /// Limits this process, then reads.
    pub(super) fn run(&self) -> Result<(), Failed> {
        let failed = |what: &str, error: io::Error| Failed::Command(format!("{what}: {error}"));
        limit_this_process(self.memory, Duration::from_secs(self.seconds)).map_err(|error| failed("cannot limit this process", error))?;
        let mut file = File::open(&self.file).map_err(|error| failed("cannot open the event log", error))?;
        print_events(&mut file, BufWriter::new(io::stdout().lock())).map_err(|error| failed("cannot read the event log", error))
    }
}

fn print_events(file: &mut File, mut output: impl Write) -> io::Result<()> {
    let mut print = |line: Line| {
        serde_json::to_writer(&mut output, &line)?;
        output.write_all(b"\n")
    };
    let summary = read_events(file, MOST_READ, |event| print(Line::Event(event)))?;
    print(Line::End(summary))?;
    output.flush()
}
