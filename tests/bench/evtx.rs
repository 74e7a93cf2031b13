//! An uploaded event log of more than 20 MiB: from its bytes to proposed facts, and the memory that its reader takes.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use fixpath::intake::Intake;
use fixpath::tree::ladder::Ladders;

use crate::evtx_file::large_log;
use crate::figures::{at, median};

const READINGS: usize = 21;
/// Lines of the child's output from one look at its memory to the next.
const LINES_BETWEEN: usize = 500;

/// Measures and prints.
pub fn measure() {
    let program = PathBuf::from(env!("CARGO_BIN_EXE_fixpath"));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.evtx");
    let file = large_log();
    fs::write(&path, &file).unwrap();
    println!("\nAn event log of {:.1} MiB with 46,000 records, {READINGS} readings", file.len() as f64 / f64::from(1 << 20));
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let intake = Intake::new(program.clone());
    let read = |_| {
        let bytes = file.clone();
        let started = Instant::now();
        let reading = runtime.block_on(intake.read_file("large.evtx", bytes, &Ladders::default())).unwrap();
        assert_eq!(reading.proposals.len(), 200);
        started.elapsed().as_secs_f64() * 1e3
    };
    let times: Vec<f64> = (0..READINGS).map(read).collect();
    println!("{:<46} {:>9.0} ms, at most {:.0}; goal 2000", "from its bytes to proposed facts", median(&times), at(&times, 1.0));
    println!("{:<46} {:>9.1} MiB", "the child's greatest memory (VmHWM)", greatest_memory(&program, &path) / 1024.0);
}

/// KiB. The kernel keeps the greatest value so far, so the last look while the child still prints is near the end.
fn greatest_memory(program: &Path, file: &Path) -> f64 {
    let mut child = Command::new(program).arg("read-evtx").arg(file).stdout(Stdio::piped()).spawn().unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut greatest = 0.0;
    for line in BufReader::new(child.stdout.take().unwrap()).lines().step_by(LINES_BETWEEN) {
        line.unwrap();
        let status = fs::read_to_string(&status).unwrap_or_default();
        let now = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok());
        greatest = now.unwrap_or(greatest);
    }
    assert!(child.wait().unwrap().success());
    greatest
}
