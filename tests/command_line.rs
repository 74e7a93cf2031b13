//! The program as an operator meets it: exit codes, messages, the configuration, starting and stopping.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command, Output, Stdio},
};

use tempfile::TempDir;

/// The program in an empty folder with an empty environment.
fn fixpath(folder: &TempDir, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fixpath"));
    command.args(arguments).current_dir(folder.path()).env_clear().stdin(Stdio::null());
    command
}

fn run(arguments: &[&str]) -> Output {
    fixpath(&TempDir::new().unwrap(), arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn help_and_version_go_to_standard_output() {
    for arguments in [&["--help"][..], &["--version"], &["serve", "--help"]] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert!(text(&output.stdout).contains("fixpath") && output.stderr.is_empty(), "{arguments:?}");
    }
}

#[test]
fn a_wrong_call_and_a_wrong_configuration_exit_with_two_and_say_what_to_do() {
    for (arguments, hint) in [
        (&["--listen", "80"][..], "0.0.0.0:8080"),
        (&["--nonsense"], "--help"),
        (&["--log", "a=b=c"], "info,fixpath::db=debug"),
        (&["--config", "absent.toml"], "absent.toml"),
    ] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(text(&output.stderr).contains(hint) && output.stdout.is_empty(), "{}", text(&output.stderr));
    }
}

#[test]
fn the_printed_configuration_names_each_source_and_hides_passwords() {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("fixpath.toml"), "contact = \"the messaging team\"\n").unwrap();
    let mut command = fixpath(&folder, &["--print-config", "--log", "debug"]);
    let output = command.env("FIXPATH_DATABASE", "postgres://fix:w0rd@db.example/fixpath").output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    let printed = text(&output.stdout);
    for line in [
        "contact = \"the messaging team\"  # the file fixpath.toml",
        "log = \"debug\"  # the flag --log",
        "database = \"postgres://fix:***@db.example/fixpath\"  # the environment variable FIXPATH_DATABASE",
    ] {
        assert!(printed.contains(line), "{printed}");
    }
    assert!(!printed.contains("w0rd"));
}

/// A running site; killed when the test ends, however it ends.
struct Site {
    child: Child,
    log: BufReader<std::process::ChildStderr>,
    address: String,
}

impl Site {
    /// Starts on a free port, which the first line of the log names.
    fn start(folder: &TempDir) -> Self {
        let mut child = fixpath(folder, &["--listen", "127.0.0.1:0", "--log-format", "json"]).stderr(Stdio::piped()).spawn().unwrap();
        let mut log = BufReader::new(child.stderr.take().unwrap());
        let mut site_line = String::new();
        while !site_line.contains("serving at") {
            site_line.clear();
            assert_ne!(log.read_line(&mut site_line).unwrap(), 0, "the program ended before it served");
        }
        let line: serde_json::Value = serde_json::from_str(&site_line).unwrap();
        let message = line.get("message").unwrap().as_str().unwrap().to_owned();
        let address = message.trim_start_matches("serving at http://").trim_end_matches('/').to_owned();
        Self { child, log, address }
    }

    fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn the_site_serves_and_logs_the_pattern_but_never_the_query() {
    let mut site = Site::start(&TempDir::new().unwrap());
    assert!(site.get("/healthz").ends_with("ok\n"));
    assert!(site.get("/nowhere?servers=EX01-secret").starts_with("HTTP/1.1 404"));
    let mut line = String::new();
    site.log.read_line(&mut line).unwrap();
    assert!(line.contains("\"status\":404") && !line.contains("secret"), "{line}");
}

#[cfg(unix)]
#[test]
fn the_site_stops_in_order_when_asked() {
    for signal in ["-TERM", "-INT"] {
        let mut site = Site::start(&TempDir::new().unwrap());
        let sent = Command::new("kill").args([signal, &site.child.id().to_string()]).status().unwrap();
        assert!(sent.success());
        assert_eq!(site.child.wait().unwrap().code(), Some(0), "{signal}");
    }
}

#[test]
fn a_port_in_use_exits_with_one() {
    let folder = TempDir::new().unwrap();
    let site = Site::start(&folder);
    let output = fixpath(&TempDir::new().unwrap(), &["--listen", &site.address]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("--listen"), "{}", text(&output.stderr));
}
