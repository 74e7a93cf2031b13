//! The library that is preloaded into a server to see what it writes and flushes, and to let its disk fail. See `flush_shim.c`.

use std::fs::{self, File};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The compiled library with its two files.
pub struct Shim {
    library: PathBuf,
    log: PathBuf,
    fault: File,
    fault_path: PathBuf,
}

/// How the disk behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disk {
    Well = 0,
    Full = 1,
    FlushesFail = 2,
}

impl Shim {
    /// Compiles the library into `folder`.
    pub fn compile(folder: &Path) -> Self {
        let library = folder.join("flush_shim.so");
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/durability/flush_shim.c");
        let compiled = Command::new("cc").args(["-Wall", "-O1", "-shared", "-fPIC", "-o"]).arg(&library).arg(source).args(["-ldl", "-lpthread"]).output();
        let compiled = compiled.expect("this test needs a C compiler named cc, as the build of SQLite does");
        assert!(compiled.status.success(), "{}", String::from_utf8_lossy(&compiled.stderr));
        let fault_path = folder.join("fault");
        fs::write(&fault_path, [0]).unwrap();
        let fault = File::options().write(true).open(&fault_path).unwrap();
        Self { library, log: folder.join("log"), fault, fault_path }
    }

    /// The same command with the library in it.
    pub fn preload(&self, mut command: Command) -> Command {
        command.env("LD_PRELOAD", &self.library).env("FLUSH_SHIM_LOG", &self.log).env("FLUSH_SHIM_FAULT", &self.fault_path);
        command
    }

    /// From now on the disk behaves like this.
    pub fn set(&self, disk: Disk) {
        self.fault.write_all_at(&[disk as u8], 0).unwrap();
    }

    /// How long the log is now: a moment in the life of the disk. What was acknowledged by then must be flushed before it.
    pub fn moment(&self) -> u64 {
        fs::metadata(&self.log).map_or(0, |file| file.len())
    }

    /// Everything that was logged; of a server that still runs, perhaps not the last record.
    pub fn log(&self) -> Vec<Record> {
        let bytes = fs::read(&self.log).unwrap();
        let mut records = Vec::new();
        let mut at = 0;
        while at + 16 <= bytes.len() {
            let head = &bytes[at..at + 16];
            let length = u32::from_ne_bytes(head[4..8].try_into().unwrap()) as usize;
            let offset = u64::from_ne_bytes(head[8..16].try_into().unwrap());
            let end = at + 16 + length;
            if end > bytes.len() {
                break;
            }
            let what = match head[0] {
                1 => What::Write { offset, bytes: bytes[at + 16..end].to_vec() },
                2 => What::Truncate { size: offset },
                3 => What::Flush { began: offset },
                4 => What::FailedFlush { began: offset },
                other => panic!("the log has a record of kind {other}"),
            };
            records.push(Record { file: if head[1] == 0 { Which::Database } else { Which::Wal }, what, at: at as u64, end: end as u64 });
            at = end;
        }
        records
    }
}

/// One of the two files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    Database,
    Wal,
}

/// Something that was done to a file.
#[derive(Debug)]
pub struct Record {
    pub file: Which,
    pub what: What,
    /// The moment before it.
    pub at: u64,
    /// The moment after it.
    pub end: u64,
}

#[derive(Debug)]
pub enum What {
    Write {
        offset: u64,
        bytes: Vec<u8>,
    },
    Truncate {
        size: u64,
    },
    /// What was written before `began` is on the disk.
    Flush {
        began: u64,
    },
    /// What was written before `began` and not flushed yet may never reach the disk, even if a later flush succeeds.
    FailedFlush {
        began: u64,
    },
}
