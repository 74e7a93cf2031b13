//! Reads the set. The comments at the head of a file say in words what is wrong, then line by line what must be found:
//!
//! ```text
//! # finds: error dead_branch at servers, branch 2      must be found: severity, kind, node or "the tree", place
//! # finds: warning hole|otherwise at queue, shown      one of the kinds; "shown" asks for a witness
//! # follows: error unreached at second                 may be found too, since it follows from the mistake
//! # refused: unknown field                             the file cannot be read at all, and the error says this
//! ```

use std::fs;
use std::path::Path;

/// One file of the set.
#[derive(Debug)]
pub struct Seeded {
    /// The file's name without its ending, which is the tree's slug too.
    pub name: String,
    /// The whole file.
    pub text: String,
    /// What is wrong with it, in words.
    pub words: String,
    /// What must be found.
    pub finds: Vec<Expected>,
    /// What may be found as well.
    pub follows: Vec<Expected>,
    /// What the reader says, where it refuses the file.
    pub refused: Option<String>,
}

/// A finding that is expected.
#[derive(Debug, PartialEq, Eq)]
pub struct Expected {
    /// Whether it is an error, and no warning.
    pub is_error: bool,
    /// The kinds, each as good as the others.
    pub kinds: Vec<String>,
    /// The node; `None` for the tree as a whole.
    pub node: Option<String>,
    /// Where in it.
    pub place: Option<Place>,
    /// Whether a witness shows it.
    pub shown: bool,
}

/// A place in a node or tree.
#[derive(Debug, PartialEq, Eq)]
pub enum Place {
    /// A branch, from 0.
    Branch(usize),
    /// A case, by name.
    Case(String),
}

/// Every file of a folder beside this one, in the order of their names.
pub fn read(folder: &str) -> Vec<Seeded> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/proof").join(folder);
    let mut paths: Vec<_> = folder.read_dir().expect("a folder of the set").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let seeded = paths.iter().map(|path| {
        let name = path.file_stem().expect("a file").to_string_lossy().into_owned();
        let text = fs::read_to_string(path).expect("a file of the set");
        seeded(name, text)
    });
    seeded.collect()
}

fn seeded(name: String, text: String) -> Seeded {
    let mut words = String::new();
    let (mut finds, mut follows, mut refused) = (Vec::new(), Vec::new(), None);
    for line in text.lines().map_while(|line| line.strip_prefix("# ")) {
        let expected = |text: &str| expected(text).unwrap_or_else(|| panic!("{name}: {line}"));
        match line.split_once(": ") {
            Some(("finds", found)) => finds.push(expected(found)),
            Some(("follows", found)) => follows.push(expected(found)),
            Some(("refused", message)) => refused = Some(message.to_owned()),
            _ => words.push_str(line),
        }
    }
    Seeded { name, text, words, finds, follows, refused }
}

/// Reads `error dead_branch at servers, branch 2, shown`.
fn expected(text: &str) -> Option<Expected> {
    let (what, at) = text.split_once(" at ")?;
    let (severity, kinds) = what.split_once(' ')?;
    let mut parts = at.split(", ");
    let node = parts.next().filter(|node| *node != "the tree").map(str::to_owned);
    let mut expected = Expected { is_error: severity == "error", kinds: kinds.split('|').map(str::to_owned).collect(), node, place: None, shown: false };
    for part in parts {
        match part.split_once(' ') {
            None if part == "shown" => expected.shown = true,
            Some(("branch", number)) => expected.place = Some(Place::Branch(number.parse::<usize>().ok()?.checked_sub(1)?)),
            Some(("case", name)) => expected.place = Some(Place::Case(name.trim_matches('"').to_owned())),
            _ => return None,
        }
    }
    Some(expected).filter(|_| matches!(severity, "error" | "warning"))
}
