//! The child process that reads an event log file: this program again, as `fixpath read-evtx`.
//!
//! The file goes in by its path, the events come out as one JSON object a line ([`Line`]). The child has an empty environment, no standard input, and limits
//! of the operating system on memory and processor time. Whatever it does, the parent waits for a bounded time and reads a bounded output.

use std::io;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::time::timeout;

use super::Refused;
use super::events::Log;
use super::evtx::{LoggedEvent, Summary};

/// Most that the child may say, in bytes; more than [`super::MOST_READ`] can make of it.
const MOST_OUTPUT: u64 = 64 << 20;

/// A line of the child's output.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Line {
    /// An event; the newest comes first.
    Event(LoggedEvent),
    /// The last line: without it the output is not whole.
    End(Summary),
}

/// What reading one event log may take.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Time until its turn comes.
    pub wait: Duration,
    /// Time from the child's start to its end. The child's limit on processor time is the same, in whole seconds.
    pub time: Duration,
    /// Bytes of address space of the child.
    pub memory: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { wait: Duration::from_secs(10), time: Duration::from_secs(10), memory: 256 << 20 }
    }
}

/// Reads the file in a child of `program`.
pub(super) async fn read(program: &Path, file: &Path, limits: Limits) -> Result<Log, Refused> {
    let mut child = start(program, file, limits).map_err(Refused::Fault)?;
    let outcome = timeout(limits.time, gather(&mut child)).await;
    if !matches!(outcome, Ok(Ok(Some(_)))) {
        // It may have ended by itself, which is no fault; what counts is that it is gone before its file is.
        let _ = child.start_kill();
        child.wait().await.map_err(Refused::Fault)?;
    }
    match outcome {
        Err(_) => Err(Refused::Unreadable("reading it took too long")),
        Ok(Ok(Some(log))) => Ok(log),
        Ok(Ok(None)) => Err(Refused::Unreadable("it is damaged, or needs more memory or time than a file may")),
        Ok(Err(error)) => Err(Refused::Fault(error)),
    }
}

fn start(program: &Path, file: &Path, limits: Limits) -> io::Result<Child> {
    let mut command = Command::new(program);
    command.arg("read-evtx").arg("--memory").arg(limits.memory.to_string()).arg("--seconds").arg(limits.time.as_secs().to_string()).arg(file);
    command.env_clear();
    // Programs do not start without it on Windows.
    #[cfg(windows)]
    command.envs(std::env::var_os("SystemRoot").map(|folder| ("SystemRoot", folder)));
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true).spawn()
}

/// Everything the child says, until it ends; `None` if that is not whole.
async fn gather(child: &mut Child) -> io::Result<Option<Log>> {
    let Some(output) = child.stdout.take() else { return Ok(None) };
    let mut output = BufReader::new(output.take(MOST_OUTPUT));
    let mut log = Log::default();
    let mut summary = None;
    let mut line = Vec::new();
    while output.read_until(b'\n', &mut line).await? > 0 {
        match serde_json::from_slice(&line) {
            Ok(Line::Event(event)) => log.add(event),
            Ok(Line::End(end)) => summary = Some(end),
            Err(_) => return Ok(None),
        }
        line.clear();
    }
    // Whoever said enough without coming to an end is not waited for.
    let Some(summary) = summary else { return Ok(None) };
    Ok(child.wait().await?.success().then(|| log.ended(summary)))
}
