//! Servers as processes: started, pinned, and asked what they use.

use std::io::{BufRead, BufReader};
use std::net::{SocketAddr, TcpListener};
use std::process::{Child, ChildStdout, Command, Stdio};

use crate::servers::SERVE;

/// Ticks of the clock in which Linux counts processor time.
const TICKS_PER_SECOND: f64 = 100.0;

/// A process that ends when this is dropped.
pub struct Running(Child);

impl Running {
    /// Starts it.
    pub fn start(command: &mut Command) -> Self {
        Self(command.spawn().unwrap())
    }

    /// KiB of its memory that belong to no file.
    pub fn anonymous_kib(&self) -> f64 {
        let text = std::fs::read_to_string(format!("/proc/{}/status", self.0.id())).unwrap();
        let line = text.lines().find_map(|line| line.strip_prefix("RssAnon:")).unwrap();
        line.trim().trim_end_matches(" kB").parse().unwrap()
    }

    /// Seconds of processor time that it has used.
    fn processor_seconds(&self) -> f64 {
        let text = std::fs::read_to_string(format!("/proc/{}/stat", self.0.id())).unwrap();
        // The name in brackets may hold blanks; user and system time are the 14th and 15th fields of all.
        let fields: Vec<&str> = text.rsplit(')').next().unwrap().split_whitespace().collect();
        let ticks: f64 = fields[11..13].iter().map(|ticks| ticks.parse::<f64>().unwrap()).sum();
        ticks / TICKS_PER_SECOND
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

/// A server of this program.
pub struct Server {
    process: Running,
    output: BufReader<ChildStdout>,
    pub address: SocketAddr,
}

impl Server {
    /// This program as the server `arguments[0]`, on `core` if one is given. The first line it prints is its address.
    pub fn own(arguments: &[&str], core: Option<usize>) -> Self {
        let program = std::env::current_exe().unwrap();
        let mut command = match core {
            Some(core) => {
                let mut command = Command::new("taskset");
                command.args(["-c", &core.to_string()]).arg(program);
                command
            }
            None => Command::new(program),
        };
        let mut process = Running::start(command.arg(SERVE).args(arguments).stdout(Stdio::piped()));
        let output = BufReader::new(process.0.stdout.take().unwrap());
        let mut server = Self { process, output, address: SocketAddr::from(([127, 0, 0, 1], 0)) };
        server.address = server.line().parse().unwrap();
        server
    }

    /// The next line that the server prints.
    pub fn line(&mut self) -> String {
        let mut line = String::new();
        assert!(self.output.read_line(&mut line).unwrap() > 0, "the server ended: {:?}", self.process.0.try_wait());
        line.trim_end().to_owned()
    }

    /// Seconds of processor time used so far.
    pub fn processor_seconds(&self) -> f64 {
        self.process.processor_seconds()
    }
}

/// Gives the server one core and the load another, if there are two and `taskset` can do it. Answers the server's core.
pub fn share_cores() -> Option<usize> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let pinned = cores >= 2 && {
        let done = Command::new("taskset").args(["-cp", "1", &std::process::id().to_string()]).stdout(Stdio::null()).status();
        done.is_ok_and(|status| status.success())
    };
    if !pinned {
        println!("(not pinned: this takes two cores and taskset)");
    }
    pinned.then_some(0)
}

/// Takes the pinning back.
pub fn use_all_cores() {
    let last = std::thread::available_parallelism().map_or(1, usize::from).max(2) - 1;
    let _ = Command::new("taskset").args(["-cp", &format!("0-{last}"), &std::process::id().to_string()]).stdout(Stdio::null()).status();
}

/// A port that is free now.
pub fn free_address() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}
