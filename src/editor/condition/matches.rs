//! What a condition matches: the cases that are kept with the tree, and servers that the author types to see.

use super::opened::Opened;
use crate::editor::{Editor, refusal};
use crate::evidence;
use crate::tree::answer::MAX_TEXT;
use crate::tree::case;
use crate::tree::condition::{Condition, Truth};
use crate::tree::fact::{Sheet, Source};
use crate::web::{Failure, FieldErrors};

/// What a condition matches.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Matches {
    /// The name of each case, and whether the condition holds in it.
    pub cases: Vec<(String, Truth)>,
    /// Whether it holds for the servers that were typed, in words; none if none were typed.
    pub example: Option<String>,
}

/// What the condition matches; nothing while it cannot be read.
///
/// # Errors
/// [`Failure::Unavailable`] if the trees that this one jumps to cannot be read.
pub async fn of(editor: &Editor, opened: &Opened, condition: &Result<Condition, FieldErrors>, example: &str) -> Result<Matches, Failure> {
    let Ok(condition) = condition else { return Ok(Matches::default()) };
    let closure = editor.shelf.closure_of(&opened.tree).await.map_err(refusal)?;
    let truth = |sheet: &Sheet| condition.truth(&closure.facts(sheet));
    let cases = opened.tree.cases.iter().filter_map(|case| {
        // A case that cannot be read is for the checks to name.
        let statements = case::statements(&closure, case).ok()?;
        Some((case.name.clone(), truth(&Sheet::resolve(&statements))))
    });
    let cases = cases.collect();
    let example = match example.trim() {
        "" => None,
        text if text.len() > MAX_TEXT => Some("that are too many to be read".to_owned()),
        text => {
            let statements = evidence::read(text, &opened.ladders).statements(Source::Asked);
            let unread = "no server could be read. Write each on a line of its own, such as EX01 5.0 SP2";
            Some(if statements.is_empty() { unread.to_owned() } else { truth(&Sheet::resolve(&statements)).to_string() })
        }
    };
    Ok(Matches { cases, example })
}

impl Matches {
    /// The names of the cases in which the condition is true, is unknown, is false; only what there is.
    #[must_use]
    pub fn groups(&self) -> Vec<(Truth, Vec<&str>)> {
        let names = |truth| self.cases.iter().filter(|(_, found)| *found == truth).map(|(name, _)| name.as_str()).collect::<Vec<_>>();
        [Truth::True, Truth::Unknown, Truth::False].map(|truth| (truth, names(truth))).into_iter().filter(|(_, names)| !names.is_empty()).collect()
    }

    /// In how many cases the condition is what: "true in 2 of 5 cases, false in 2, unknown in 1."; none without cases.
    #[must_use]
    pub fn summary(&self) -> Option<String> {
        let count = |truth| self.cases.iter().filter(|(_, found)| *found == truth).count();
        let cases = match self.cases.len() {
            0 => return None,
            1 => "1 case".to_owned(),
            many => format!("{many} cases"),
        };
        Some(format!("true in {} of {cases}, false in {}, unknown in {}.", count(Truth::True), count(Truth::False), count(Truth::Unknown)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_counts_each_truth() {
        assert_eq!(Matches::default().summary(), None);
        let cases = [Truth::True, Truth::False, Truth::True, Truth::Unknown].map(|truth| (String::new(), truth)).to_vec();
        let matches = Matches { cases, example: None };
        assert_eq!(matches.summary().unwrap(), "true in 2 of 4 cases, false in 1, unknown in 1.");
        assert_eq!(
            matches.groups().iter().map(|(truth, names)| (*truth, names.len())).collect::<Vec<_>>(),
            [(Truth::True, 2), (Truth::Unknown, 1), (Truth::False, 1)]
        );
    }
}
