//! The child process for itself: `fixpath read-evtx`.

use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

use crate::evtx_file::{error, evtx_file};

fn read_evtx(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fixpath"));
    command.arg("read-evtx").args(arguments).env_clear().stdin(Stdio::null());
    command
}

/// Its output for a file with these bytes.
fn output(bytes: &[u8]) -> Output {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("a.evtx");
    std::fs::write(&path, bytes).unwrap();
    // A configuration that no other command would start with.
    std::fs::write(folder.path().join("fixpath.toml"), "nonsense").unwrap();
    read_evtx(&[path.to_str().unwrap()]).current_dir(folder.path()).output().unwrap()
}

#[test]
fn it_prints_one_object_a_line_and_a_summary_last() {
    let output = output(&evtx_file(&[error(0, &["SMTP"]), error(31, &["X400"])]));
    let text = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 3);
    let newest = &lines[0]["event"];
    assert_eq!((&newest["record"], &newest["id"], &newest["text"]), (&2.into(), &2037.into(), &"X400".into()));
    assert_eq!(lines[2]["end"], serde_json::json!({"records": 2, "information": 0, "damaged": 0, "more": false}));
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn a_file_that_is_not_there_is_an_error_with_its_reason() {
    let output = read_evtx(&["there-is-no-such.evtx"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr).unwrap().contains("cannot open the event log"));
}

#[test]
fn everyday_help_does_not_name_it() {
    let help = Command::new(env!("CARGO_BIN_EXE_fixpath")).arg("--help").output().unwrap();
    assert!(!String::from_utf8(help.stdout).unwrap().contains("read-evtx"));
}

/// The file is a pipe: opening it to write returns when the child has opened it to read, and by then the child must have limited itself.
#[cfg(target_os = "linux")]
#[test]
fn it_limits_itself_before_it_opens_the_file() {
    use std::sync::mpsc;
    use std::time::Duration;

    let folder = TempDir::new().unwrap();
    let pipe = folder.path().join("pipe");
    rustix::fs::mkfifoat(rustix::fs::CWD, &pipe, rustix::fs::Mode::RWXU).unwrap();
    let mut child =
        read_evtx(&["--memory", "100000000", "--seconds", "7", pipe.to_str().unwrap()]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let (sender, opened) = mpsc::channel();
    std::thread::spawn(move || sender.send(std::fs::File::options().write(true).open(pipe)));
    let opened = opened.recv_timeout(Duration::from_secs(60));
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", child.id())).unwrap();
    drop(opened.unwrap().unwrap());
    child.wait().unwrap();
    for (limit, value) in
        [("Max address space", "100000000"), ("Max cpu time", "7"), ("Max file size", "0"), ("Max open files", "8"), ("Max core file size", "0")]
    {
        let line = limits.lines().find(|line| line.starts_with(limit)).unwrap();
        assert_eq!(line[limit.len()..].split_whitespace().take(2).collect::<Vec<_>>(), [value, value], "{line}");
    }
}
