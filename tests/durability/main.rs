//! What an acknowledged answer is worth: servers are killed, lose their power, run out of disk, and are left by their clients in mid-request.
//!
//! Everything runs on 127.0.0.1 in temporary folders, with the program itself (or this test as a child process, see `child`) as the server.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on has failed")]
#![expect(clippy::indexing_slicing, reason = "a list that is too short is a failure")]
#![expect(clippy::print_stderr, reason = "what was lost or left out is said aloud")]

mod browser;
#[cfg(target_os = "linux")]
mod child;
mod drafts;
#[cfg(target_os = "linux")]
mod faults;
mod hang_up;
mod kill;
#[cfg(target_os = "linux")]
mod power_cut;
mod server;
#[cfg(target_os = "linux")]
mod shim;
mod stored;

use std::time::{Duration, Instant};

/// Longest time that anything here may take; reached only by a failure.
const PATIENCE: Duration = Duration::from_secs(60);

/// Asks again and again, without a pause longer than a moment, until `found` has an answer.
fn wait_for<T>(what: &str, mut found: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(found) = found() {
            return found;
        }
        assert!(Instant::now() < deadline, "{what} did not happen in {PATIENCE:?}");
        std::thread::yield_now();
        std::thread::park_timeout(Duration::from_millis(2));
    }
}
