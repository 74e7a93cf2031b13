//! Reading and writing tree files (`fixpath/1`, YAML or JSON).

use std::fmt;

use serde_saphyr::options::DuplicateKeyPolicy;
use serde_saphyr::{Error, Options, SerializerOptions, budget, options, ser_options};

use super::model::{FORMAT, Given, Tree, WRAP};
use super::picture;

/// The largest file that is read, in bytes; the pictures in it have a limit of their own, [`picture::MAX_TOTAL`].
pub const MAX_BYTES: usize = 2 * 1024 * 1024;
/// From this length on, in bytes, a word of base64 in a file is counted as a picture.
const PICTURE_WORD: usize = 256;
/// The most nodes of one tree.
pub const MAX_NODES: usize = 1_000;
/// The deepest nesting; a tree needs half of it.
const MAX_DEPTH: usize = 24;

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

impl FileError {
    fn whole(message: impl Into<String>) -> Self {
        Self { line: None, column: None, message: message.into() }
    }
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
/// The file is too large, is no YAML, has an unknown or missing field, a condition with a mistake, another format, or a picture that is damaged or not shown.
pub fn read(text: &str) -> Result<Tree, FileError> {
    refuse_too_large(text)?;
    let tree: Tree = serde_saphyr::from_str_with_options(text, reading()).map_err(|error| located(&error))?;
    if tree.format != FORMAT {
        return Err(FileError::whole(format!("This program reads format {FORMAT}; the file says \"{}\". A newer program may have written it.", tree.format)));
    }
    if tree.nodes.len() > MAX_NODES {
        return Err(FileError::whole(format!("The tree has {} nodes; {MAX_NODES} is the limit. Split it and join the parts by jumps.", tree.nodes.len())));
    }
    picture::files(&tree).map_err(FileError::whole)?;
    Ok(tree)
}

/// Measures a file before anything in it is read.
fn refuse_too_large(text: &str) -> Result<(), FileError> {
    let is_base64 = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=');
    let pictures: usize = text.split(|c| !is_base64(c)).map(str::len).filter(|length| *length >= PICTURE_WORD).sum();
    let kib = |bytes: usize| bytes.div_ceil(1024);
    if pictures > picture::MAX_TOTAL {
        let message =
            format!("The pictures in the file have {} KiB; {} KiB is the limit. Make them smaller or leave some out.", kib(pictures), kib(picture::MAX_TOTAL));
        return Err(FileError::whole(message));
    }
    let rest = text.len() - pictures;
    if rest > MAX_BYTES {
        let message = format!("The file has {} KiB; {} KiB is the limit. Split the tree and join the parts by jumps.", kib(rest), kib(MAX_BYTES));
        return Err(FileError::whole(message));
    }
    Ok(())
}

/// Writes a tree in the canonical form: reading it and writing it again gives the same bytes.
///
/// # Errors
/// Never for a tree that was read or built from its parts; the writer's own error otherwise.
pub fn write(tree: &Tree) -> Result<String, FileError> {
    serde_saphyr::to_string_with_options(tree, writing()).map_err(|error| FileError::whole(format!("The tree could not be written: {error}.")))
}

/// Reads what a case starts from, written as in a tree file: `facts`, `unknown` and `answers`.
///
/// # Errors
/// As for [`read`]; lines and columns count in this text.
pub fn read_given(text: &str) -> Result<Given, FileError> {
    if text.len() > MAX_BYTES {
        return Err(FileError::whole(format!("The text has {} KiB; {} KiB is the limit.", text.len().div_ceil(1024), MAX_BYTES / 1024)));
    }
    if text.trim().is_empty() {
        return Ok(Given::default());
    }
    serde_saphyr::from_str_with_options(text, reading()).map_err(|error| located(&error))
}

/// Writes what a case starts from as it stands in a tree file, empty where it starts from nothing.
///
/// # Errors
/// As for [`write()`].
pub fn write_given(given: &Given) -> Result<String, FileError> {
    if *given == Given::default() {
        return Ok(String::new());
    }
    serde_saphyr::to_string_with_options(given, writing()).map_err(|error| FileError::whole(format!("The case could not be written: {error}.")))
}

/// A tree file is one document without anchors, so that what it says stands where it is read, and a small file cannot unfold into a large one.
fn reading() -> Options {
    options! {
        budget: budget! { max_anchors: 0, max_aliases: 0, max_documents: 1, max_depth: MAX_DEPTH },
        duplicate_keys: DuplicateKeyPolicy::Error,
        strict_booleans: true,
        with_snippet: false,
    }
}

/// Lists are indented, long texts are wrapped, texts of several lines stand as they are, and what other readers of YAML could take for something else is quoted.
fn writing() -> SerializerOptions {
    ser_options! { compact_list_indent: false, folded_wrap_chars: WRAP }
}

fn located(error: &serde_saphyr::Error) -> FileError {
    let location = error.location();
    FileError { line: location.map(|at| at.line()), column: location.map(|at| at.column()), message: words(error) }
}

/// The reader's words without the place, which stands before them.
fn words(error: &serde_saphyr::Error) -> String {
    let error = error.without_snippet();
    let words = error.to_string();
    let words = error.location().map_or(words.as_str(), |at| words.trim_end_matches(&format!(" at line {}, column {}", at.line(), at.column())));
    match error {
        Error::DuplicateMappingKey { key, .. } => format!("\"{}\" is given twice: keep one of them.", key.as_deref().unwrap_or("a field")),
        Error::Budget { .. } => format!(
            "Anchors, aliases, several documents and more than {MAX_DEPTH} levels of nesting have no place in a tree file ({words}): write every part out once."
        ),
        // A mistake in a condition has its own line and column.
        _ if words.starts_with("line ") => format!("in the condition that begins here, {words}"),
        _ => words.to_owned(),
    }
}

#[cfg(test)]
mod tests;
