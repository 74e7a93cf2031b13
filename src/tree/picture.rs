//! Pictures in texts: `![what it shows](image:DIGEST)`, where the digest is the SHA-256 of the picture's file.
//!
//! A tree only names its pictures; the files are kept beside the trees. In a tree file they travel along.

use std::collections::BTreeMap;

use data_encoding::{BASE64, HEXLOWER};
use sha2::{Digest, Sha256};

use super::check::{Finding, Place, What};
use super::closure::Closure;
use super::markdown;
use super::model::{Node, NodeKind, Outcome, Question, Tree};

/// The most bytes of one picture.
pub const MAX_BYTES: usize = 256 * 1024;
/// The most bytes of all pictures of one tree, in base64 as a tree file has them.
pub const MAX_TOTAL: usize = 4 * 1024 * 1024;
/// What the address of a picture begins with in Markdown.
const SCHEME: &str = "image:";

/// How large a picture is, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// From left to right.
    pub width: u32,
    /// From top to bottom.
    pub height: u32,
}

/// The sizes of the pictures that there are, by digest.
pub type Sizes = BTreeMap<String, Size>;

/// A picture that a text of a tree shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The SHA-256 of its file, in hexadecimal.
    pub digest: String,
    /// What the author says that it shows.
    pub words: String,
    /// The key of the node.
    pub node: String,
    /// The field or procedure that the text belongs to.
    pub place: Place,
    /// The text: "cause", "text of step 2 of procedure \"restart\"".
    pub text: String,
}

/// The name of a file: the SHA-256 of its bytes in hexadecimal.
#[must_use]
pub fn digest(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}

/// The digest that an address in Markdown names; `None` if it is not the address of a picture.
#[must_use]
pub fn named(address: &str) -> Option<&str> {
    address.strip_prefix(SCHEME).filter(|digest| digest.len() == 64 && digest.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte)))
}

/// What an author writes to show a picture.
#[must_use]
pub fn written(words: &str, digest: &str) -> String {
    let words: String =
        words.chars().flat_map(|c| matches!(c, '[' | ']' | '\\' | '*' | '_' | '`' | '<' | '&').then_some('\\').into_iter().chain([c])).collect();
    // A brace is doubled, since a single one opens a selection.
    format!("![{}]({SCHEME}{digest})", words.replace('{', "{{").replace('}', "}}"))
}

/// Every picture that the texts of `tree` show, in the order of the file.
#[must_use]
pub fn shown(tree: &Tree) -> Vec<Shown> {
    tree.nodes.iter().flat_map(of_node).collect()
}

fn of_node(node: &Node) -> Vec<Shown> {
    let mut shown = Vec::new();
    let mut visit = |place: Place, text: String, source: &str| {
        for (digest, words) in markdown::pictures(source) {
            shown.push(Shown { digest, words, node: node.key.clone(), place: place.clone(), text: text.clone() });
        }
    };
    match &node.kind {
        NodeKind::Question(question) => of_question(question, &mut visit),
        NodeKind::Outcome(outcome) => of_outcome(outcome, &mut visit),
        NodeKind::Route(_) | NodeKind::Jump(_) => {}
    }
    shown
}

fn of_question(question: &Question, visit: &mut impl FnMut(Place, String, &str)) {
    for (field, text) in [("hint", &question.hint), ("help", &question.help)] {
        visit(Place::Field(field), field.to_owned(), text.as_deref().unwrap_or_default());
    }
    for (number, lookup) in (1..).zip(&question.card) {
        visit(Place::Field("card"), format!("steps of way {number} of the card"), lookup.steps.as_deref().unwrap_or_default());
    }
}

fn of_outcome(outcome: &Outcome, visit: &mut impl FnMut(Place, String, &str)) {
    visit(Place::Field("cause"), "cause".to_owned(), &outcome.cause);
    for procedure in &outcome.procedures {
        let place = || Place::Procedure(procedure.key.clone());
        let of = |what: &str| format!("{what} of procedure \"{}\"", procedure.key);
        visit(place(), of("\"applies\""), &procedure.applies);
        for (number, step) in (1..).zip(&procedure.steps) {
            visit(place(), of(&format!("text of step {number}")), step.text.as_deref().unwrap_or_default());
        }
        visit(place(), of("\"verify\""), &procedure.verify);
        visit(place(), of("way back"), &procedure.way_back);
    }
}

/// The pictures that texts of the closure's own tree show and that are not there.
pub fn missing(closure: &Closure) -> impl Iterator<Item = Finding> {
    let is_there = |digest: &String| closure.pictures.contains(digest) || closure.tree.pictures.contains_key(digest);
    shown(&closure.tree).into_iter().filter(move |shown| !is_there(&shown.digest)).map(|shown| {
        let message = format!(
            "The {} shows a picture that is not there, {SCHEME}{}: upload it on the page \"Pictures\" of this guide, or take it out of the text.",
            shown.text, shown.digest
        );
        Finding::error(Some(&shown.node), What::NoPicture, message).at(shown.place)
    })
}

/// The files that came with a tree, by digest.
///
/// # Errors
/// The first that is damaged, too large, or shown nowhere, and what to do.
pub fn files(tree: &Tree) -> Result<BTreeMap<String, Vec<u8>>, String> {
    if tree.pictures.is_empty() {
        return Ok(BTreeMap::new());
    }
    let shown: Vec<Shown> = shown(tree);
    let mut files = BTreeMap::new();
    for (name, text) in &tree.pictures {
        let bytes = BASE64.decode(text.as_bytes()).map_err(|_| format!("The picture \"{name}\" is not base64: export the guide again."))?;
        if digest(&bytes) != *name {
            return Err(format!("The picture \"{name}\" is damaged, or its name is wrong: a picture is named by the SHA-256 of its file."));
        }
        if bytes.len() > MAX_BYTES {
            return Err(format!("The picture \"{name}\" has {} KiB; {} KiB is the limit.", bytes.len().div_ceil(1024), MAX_BYTES / 1024));
        }
        if !shown.iter().any(|shown| shown.digest == *name) {
            return Err(format!("The file carries the picture \"{name}\", which no text shows: take it out of \"pictures\"."));
        }
        files.insert(name.clone(), bytes);
    }
    Ok(files)
}

/// A copy of `tree` that carries these files, as it travels.
#[must_use]
pub fn packed<'a>(tree: &Tree, files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Tree {
    Tree { pictures: files.into_iter().map(|(digest, bytes)| (digest.to_owned(), BASE64.encode(bytes))).collect(), ..tree.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_for_a_picture_reads_back_as_its_words() {
        let name = digest(b"x");
        for words in ["The dialog", "A [*] in `code` & <b>, a_b_c \\ end", "100 %"] {
            assert_eq!(markdown::pictures(&written(words, &name)), [(name.clone(), words.to_owned())], "{words}");
            assert_eq!(markdown::problems(&written(words, &name)), [] as [String; 0], "{words}");
        }
        assert!(written("{servers}", &name).starts_with("![{{servers}}]("));
    }

    #[test]
    fn only_the_digest_of_a_file_names_a_picture() {
        let name = digest(b"x");
        assert_eq!(named(&format!("image:{name}")), Some(name.as_str()));
        for wrong in
            [String::new(), name.clone(), format!("image:{}", name.to_uppercase()), "image:..".to_owned(), format!("image:{name}/"), format!("IMAGE:{name}")]
        {
            assert_eq!(named(&wrong), None, "{wrong}");
        }
    }
}
