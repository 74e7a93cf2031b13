//! Tree files, read and examined together: a tree may jump to another of them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;

use crate::cli::Failed;
use crate::tree::closure::Closure;
use crate::tree::file;
use crate::tree::ladder::Ladders;
use crate::tree::model::{Case, NodeKind, Tree};
use crate::tree::report::report;

/// Something wrong with a file.
#[derive(Debug, Serialize)]
pub(super) struct Found {
    file: String,
    line: Option<u64>,
    column: Option<u64>,
    node: Option<String>,
    severity: &'static str,
    /// The kind of the finding; `None` for what concerns files.
    what: Option<&'static str>,
    message: String,
    /// Facts that show it, as a case.
    witness: Option<Case>,
}

impl Found {
    /// Whether the tree must not be published.
    pub(super) fn is_error(&self) -> bool {
        self.severity == "error"
    }

    /// The finding in one line, as compilers print theirs.
    pub(super) fn line(&self) -> String {
        let place: String = [self.line, self.column].into_iter().flatten().map(|number| format!(":{number}")).collect();
        let node = self.node.as_ref().map(|node| format!("{node}: ")).unwrap_or_default();
        format!("{}{place}: {}: {node}{}\n", self.file, self.severity, self.message)
    }
}

/// The files of one command.
#[derive(Debug)]
pub(super) struct Files {
    /// The files that could be read, by the path that was given.
    read: Vec<(PathBuf, String, Arc<Tree>)>,
    /// What is wrong with the others.
    unreadable: Vec<Found>,
}

impl Files {
    /// Reads the files.
    pub(super) fn read(paths: &[PathBuf]) -> Result<Self, Failed> {
        let mut files = Self { read: Vec::new(), unreadable: Vec::new() };
        for path in paths {
            let text = std::fs::read_to_string(path).map_err(|error| Failed::Usage(format!("cannot read {}: {error}", path.display())))?;
            match file::read(&text) {
                Ok(tree) => files.read.push((path.clone(), text, Arc::new(tree))),
                Err(error) => {
                    let (line, column, message) = (error.line, error.column, error.message);
                    files.unreadable.push(Found { line, column, ..error_in(path, message) });
                }
            }
        }
        Ok(files)
    }

    /// Ends the command if a file could not be read, naming every mistake.
    pub(super) fn refuse_unreadable(&self) -> Result<(), Failed> {
        if self.unreadable.is_empty() {
            return Ok(());
        }
        let lines: String = self.unreadable.iter().map(Found::line).collect();
        Err(Failed::Command(format!("nothing was loaded, since these files cannot be read:\n{}", lines.trim_end())))
    }

    /// Everything that is wrong with the files. `elsewhere` knows the trees that jumps lead to and that are not among them.
    pub(super) fn examine(&self, ladders: &Arc<Ladders>, elsewhere: impl Fn(&str) -> Option<Arc<Closure>>) -> Vec<Found> {
        let mut found: Vec<Found> = self.unreadable.iter().map(Found::again).collect();
        let mut closures = Closures { files: self, ladders, elsewhere: &elsewhere, open: Vec::new() };
        let mut first: BTreeMap<&str, &Path> = BTreeMap::new();
        for (path, text, tree) in &self.read {
            if let Some(other) = first.insert(&tree.slug, path) {
                found.push(error_in(path, format!("{} has the slug \"{}\" too: give one of them another.", other.display(), tree.slug)));
            }
            for finding in report(&closures.of(tree)).findings {
                let line = finding.node.as_deref().and_then(|node| line_of(text, node));
                let (severity, what) = (finding.severity.as_str(), Some(finding.what.as_str()));
                let witness = finding.witness.map(|witness| witness.case);
                found.push(Found { severity, what, line, node: finding.node, witness, ..error_in(path, finding.message) });
            }
        }
        found
    }

    /// The trees, to be stored.
    pub(super) fn into_trees(self) -> Vec<Tree> {
        self.read.into_iter().map(|(_, _, tree)| Arc::unwrap_or_clone(tree)).collect()
    }
}

impl Found {
    fn again(&self) -> Self {
        Self { file: self.file.clone(), node: self.node.clone(), message: self.message.clone(), witness: self.witness.clone(), ..*self }
    }
}

fn error_in(path: &Path, message: String) -> Found {
    Found { file: path.display().to_string(), line: None, column: None, node: None, severity: "error", what: None, message, witness: None }
}

/// The line in which a node begins, as the canonical form and JSON write it.
fn line_of(text: &str, node: &str) -> Option<u64> {
    let begins = |line: &str| {
        let line = line.trim_start_matches(['-', ' ', '{']);
        let key = line.strip_prefix("key:").or_else(|| line.strip_prefix("\"key\":"))?;
        let key = key.split([',', '}', '#']).next()?.trim().trim_matches(['"', '\'']);
        (key == node).then_some(())
    };
    (1_u64..).zip(text.lines()).find_map(|(number, line)| begins(line).map(|()| number))
}

/// Puts together what trees jump to.
struct Closures<'a> {
    files: &'a Files,
    ladders: &'a Arc<Ladders>,
    elsewhere: &'a dyn Fn(&str) -> Option<Arc<Closure>>,
    /// The slugs of the trees that are being put together; jumps back to them are left out, since publishing refuses them.
    open: Vec<String>,
}

impl Closures<'_> {
    fn of(&mut self, tree: &Arc<Tree>) -> Closure {
        let mut closure = Closure::single(Arc::clone(tree), Arc::clone(self.ladders));
        self.open.push(tree.slug.clone());
        for node in &tree.nodes {
            let NodeKind::Jump(jump) = &node.kind else { continue };
            if self.open.contains(&jump.tree) {
                continue;
            }
            let given = self.files.read.iter().find(|(_, _, other)| other.slug == jump.tree).map(|(_, _, other)| Arc::clone(other));
            let target = match given {
                Some(other) => Some(Arc::new(self.of(&other))),
                None => (self.elsewhere)(&jump.tree),
            };
            closure.jumps.extend(target.map(|target| (jump.tree.clone(), target)));
        }
        self.open.pop();
        closure
    }
}
