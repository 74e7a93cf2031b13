//! One server for one SQLite file.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

use super::{Error, Result};

/// Takes the operating system's lock on `<database>.lock`. It is held as long as the file is open, so a crash frees it at once.
///
/// # Errors
/// [`Error::Locked`] if another process holds it; [`Error::Unavailable`] if the file cannot be made.
pub(super) fn take(database: &Path) -> Result<File> {
    let path = beside(database, ".lock");
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(|error| Error::Unavailable(format!("{} cannot be opened for writing: {error}", path.display()).into()))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::Locked(database.display().to_string().into())),
        Err(TryLockError::Error(error)) => Err(Error::Unavailable(format!("{} cannot be locked: {error}", path.display()).into())),
    }
}

/// The path of `database` with `suffix` added to its file name.
pub(super) fn beside(database: &Path, suffix: &str) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}
