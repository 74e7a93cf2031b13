//! Limits that a process puts on itself before it touches a file that may be crafted.

use std::io;
use std::time::Duration;

/// Limits this process for the rest of its life: memory in bytes of address space, processor time, no file to write, hardly a file to open, no
/// core dump.
///
/// Windows has no such limits for a process itself; there the parent's limit on time, its limits on file and output, and reading the file chunk by
/// chunk have to do.
///
/// # Errors
/// The operating system does not take a limit.
#[cfg(unix)]
pub fn limit_this_process(memory: u64, processor_time: Duration) -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};

    /// Standard input, output and error, the file, and room for what the runtime opens.
    const OPEN_FILES: u64 = 8;

    let limits =
        [(Resource::As, memory), (Resource::Cpu, processor_time.as_secs().max(1)), (Resource::Fsize, 0), (Resource::Nofile, OPEN_FILES), (Resource::Core, 0)];
    for (resource, most) in limits {
        setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) })?;
    }
    Ok(())
}

#[cfg(not(unix))]
#[expect(missing_docs, reason = "documented with the variant for Unix")]
pub fn limit_this_process(_memory: u64, _processor_time: Duration) -> io::Result<()> {
    Ok(())
}
