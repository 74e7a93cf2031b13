//! A full disk and flushes that fail: nothing is acknowledged, what was typed stays on the page, nothing stored before is lost, and the
//! server goes on by itself once the disk is well again.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::browser::Visitor;
use crate::server::Server;
use crate::shim::{Disk, Shim};
use crate::stored::Stored;
use crate::wait_for;

/// Answers that are refused in a row, so that more than one connection meets the trouble.
const REFUSED: usize = 12;

/// Whether what is broken stays broken until it is mended.
#[derive(Clone, Copy, PartialEq)]
enum Trouble {
    Stays,
    /// A full file system has room again once the log is folded into the database: the next answers may be stored.
    ComesAndGoes,
}

#[test]
fn a_full_disk_refuses_answers_until_there_is_room_again() {
    trouble_with(Disk::Full);
}

#[test]
fn flushes_that_fail_refuse_answers_until_they_succeed_again() {
    trouble_with(Disk::FlushesFail);
}

fn trouble_with(disk: Disk) {
    let folder = tempfile::tempdir().unwrap();
    let shim = Shim::compile(folder.path());
    let file = folder.path().join("fixpath.db");
    let server = Server::run(shim.preload(Server::program(&format!("sqlite:{}", file.display()))));
    refuses_and_recovers(server, &file, Trouble::Stays, || shim.set(disk), || shim.set(Disk::Well));
}

#[test]
fn a_file_system_without_room_refuses_answers_until_there_is_room_again() {
    let folder = tempfile::tempdir().unwrap();
    let Some(small) = SmallFileSystem::mount(folder.path()) else {
        eprintln!("SKIPPED on a real full file system: mounting one takes root's rights. The preloaded library has shown the same");
        return;
    };
    let file = small.0.join("fixpath.db");
    let database = format!("sqlite:{}", file.display());
    // Loading the starter trees makes a long write-ahead log, in which answers would find room for a while. Closing the file ends it.
    Server::start(&database).kill();
    Stored::open(&file).unwrap().close();
    let server = Server::start(&database);
    let ballast = small.0.join("ballast");
    let fill = || drop(fs::write(&ballast, vec![1; 64 << 20]).expect_err("the file system holds more than it should"));
    refuses_and_recovers(server, &file, Trouble::ComesAndGoes, fill, || fs::remove_file(&ballast).unwrap());
}

/// A file system of a few megabytes in memory.
struct SmallFileSystem<'f>(&'f Path);

impl<'f> SmallFileSystem<'f> {
    fn mount(folder: &'f Path) -> Option<Self> {
        let done = Command::new("mount").args(["-t", "tmpfs", "-o", "size=24m", "tmpfs"]).arg(folder).output().ok()?;
        done.status.success().then_some(Self(folder))
    }
}

impl Drop for SmallFileSystem<'_> {
    fn drop(&mut self) {
        // Lazily: the server, which is killed first, may take a moment to be gone.
        let done = Command::new("umount").arg("--lazy").arg(self.0).status();
        assert!(done.is_ok_and(|status| status.success()), "{} stays mounted", self.0.display());
    }
}

/// Gives one answer, and answers whether it was acknowledged. What is refused keeps what was typed and is not shown as stored.
fn answered(visitor: &mut Visitor) -> bool {
    let before = visitor.acknowledged;
    let answer = visitor.answer().unwrap();
    if answer.status == 303 {
        assert_eq!(visitor.read().unwrap(), visitor.acknowledged);
        return true;
    }
    assert_eq!(answer.status, 503, "{}", answer.body);
    assert!(answer.body.contains(&format!("message {} of mine", visitor.sent)), "what was typed is gone: {}", answer.body);
    assert_eq!(visitor.read().unwrap(), before, "what was refused is shown");
    false
}

fn refuses_and_recovers(mut server: Server, file: &Path, trouble: Trouble, break_disk: impl Fn(), mend_disk: impl Fn()) {
    let mut visitors: Vec<Visitor> = (0..4).map(|_| Visitor::begin(server.address()).unwrap()).collect();
    for visitor in &mut visitors {
        assert_eq!(visitor.answer().unwrap().status, 303);
        visitor.read().unwrap();
    }
    for _ in 0..2 {
        break_disk();
        // What is full may still have room in the pages it has: the first refusal is when the trouble begins.
        wait_for("the first refusal", || (!answered(&mut visitors[0])).then_some(()));
        if trouble == Trouble::Stays {
            for number in 0..REFUSED {
                assert!(!answered(&mut visitors[number % 4]), "an answer was acknowledged while the disk was broken");
            }
        }
        mend_disk();
        assert!(server.is_alive());
        for visitor in &mut visitors {
            let answer = visitor.answer().unwrap();
            assert_eq!(answer.status, 303, "the first answer after the trouble: {}", answer.body);
            assert_eq!(visitor.read().unwrap(), visitor.acknowledged);
        }
    }
    server.kill();
    let stored = Stored::open(file).unwrap();
    assert_eq!(stored.findings().unwrap(), []);
    for visitor in &visitors {
        assert_eq!(stored.answer(visitor.diagnosis_id()).unwrap(), Some(visitor.acknowledged));
    }
    stored.close();
}
