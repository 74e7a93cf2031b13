//! Reading and writing tree files (`fixpath/1`, YAML or JSON).

use std::fmt;

use super::model::{FORMAT, Tree};

/// The largest file that is read, in bytes.
pub const MAX_BYTES: usize = 2 * 1024 * 1024;
/// The most nodes of one tree.
pub const MAX_NODES: usize = 1_000;

/// What is wrong with a file, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileError {
    /// Line, from 1; `None` where the file as a whole is meant.
    pub line: Option<u64>,
    /// Column, from 1.
    pub column: Option<u64>,
    /// What happened and what to do.
    pub message: String,
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.line, self.column) {
            (Some(line), Some(column)) => write!(f, "line {line}, column {column}: {}", self.message),
            _ => f.write_str(&self.message),
        }
    }
}

impl std::error::Error for FileError {}

/// Reads a tree. JSON is read as the subset of YAML that it is.
///
/// # Errors
/// The file is too large, is no YAML, has an unknown or missing field, a condition with a mistake, or another format.
pub fn read(text: &str) -> Result<Tree, FileError> {
    if text.len() > MAX_BYTES {
        let message = format!("The file has {} KiB; {} KiB is the limit. Split the tree and join the parts by jumps.", text.len() / 1024, MAX_BYTES / 1024);
        return Err(FileError { line: None, column: None, message });
    }
    let tree: Tree = serde_saphyr::from_str(text).map_err(|error| located(&error))?;
    if tree.format != FORMAT {
        let message = format!("This program reads format {FORMAT}; the file says \"{}\". A newer program may have written it.", tree.format);
        return Err(FileError { line: None, column: None, message });
    }
    if tree.nodes.len() > MAX_NODES {
        let message = format!("The tree has {} nodes; {MAX_NODES} is the limit. Split it and join the parts by jumps.", tree.nodes.len());
        return Err(FileError { line: None, column: None, message });
    }
    Ok(tree)
}

/// Writes a tree in the canonical form: reading it and writing it again gives the same bytes.
///
/// # Errors
/// Never for a tree that was read or built from its parts; the writer's own error otherwise.
pub fn write(tree: &Tree) -> Result<String, FileError> {
    serde_saphyr::to_string(tree).map_err(|error| FileError { line: None, column: None, message: format!("The tree could not be written: {error}.") })
}

fn located(error: &serde_saphyr::Error) -> FileError {
    let location = error.location();
    FileError {
        line: location.map(|location| location.line()),
        column: location.map(|location| location.column()),
        message: error.without_snippet().to_string(),
    }
}
