//! What was done to a machine.

use super::ParseError;
use super::ast::LevelName;
use super::parser::Parser;

/// The actions that history and conditions know, longest first where one begins like another.
pub(crate) const VERBS: [&str; 8] = ["add to site", "apply", "install", "move", "reinstall", "remove", "restore", "upgrade"];

/// An action, with the levels it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Action {
    /// One of [`VERBS`].
    pub(crate) verb: &'static str,
    /// The level that an upgrade began at.
    pub(crate) from: Option<LevelName>,
    /// The level that was applied or installed, or that an upgrade ended at.
    pub(crate) to: Option<LevelName>,
}

impl Action {
    /// The verb that the words begin with, and how many words it has.
    pub(crate) fn verb(words: &[&str]) -> Option<(&'static str, usize)> {
        VERBS.iter().find_map(|&verb| {
            let parts: Vec<&str> = verb.split(' ').collect();
            words.starts_with(&parts).then_some((verb, parts.len()))
        })
    }

    /// The verbs, as an error lists them.
    pub(crate) fn verbs() -> String {
        VERBS.join(", ")
    }

    /// Whether the verb names the level that it ends at, and so how it is written.
    pub(crate) fn names_level(verb: &str) -> bool {
        matches!(verb, "apply" | "install" | "reinstall")
    }

    /// Whether having done `self` is having done `wanted`; `None` if `self` does not say enough.
    pub(crate) fn is(&self, wanted: &Self) -> Option<bool> {
        if self.verb != wanted.verb {
            return Some(false);
        }
        let parts = [level_is(self.from.as_ref(), wanted.from.as_ref()), level_is(self.to.as_ref(), wanted.to.as_ref())];
        if parts.contains(&Some(false)) {
            Some(false)
        } else if parts.contains(&None) {
            None
        } else {
            Some(true)
        }
    }
}

/// Whether the level done is the level wanted. What is not named may be any.
fn level_is(done: Option<&LevelName>, wanted: Option<&LevelName>) -> Option<bool> {
    let Some(wanted) = wanted else { return Some(true) };
    let done = done?;
    if !done.family.eq_ignore_ascii_case(&wanted.family) {
        return Some(false);
    }
    let Some(level) = &wanted.level else { return Some(true) };
    Some(done.level.as_ref()?.eq_ignore_ascii_case(level))
}

/// One element of a row's history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Deed {
    /// What was done.
    pub(crate) action: Action,
    /// Whether it is being done now.
    pub(crate) in_progress: bool,
}

impl Deed {
    /// Reads an element of a history: an action as conditions write it, after `doing` if it goes on now.
    pub(crate) fn parse(text: &str) -> Result<Self, ParseError> {
        let mut parser = Parser::new(text)?;
        let in_progress = parser.eat_word("doing");
        let action = parser.action()?;
        parser.end()?;
        Ok(Self { action, in_progress })
    }
}

/// Reads an element of a row's history as forms offer it (`apply 5.5 SP1`, `doing move`) and gives its canonical text.
/// An element that cannot be read is never matched by `did`, `doing` or `before`.
///
/// # Errors
/// The mistake, with its line and column.
pub fn read_deed(text: &str) -> Result<String, ParseError> {
    let Deed { action, in_progress } = Deed::parse(text)?;
    Ok(if in_progress { format!("doing {action}") } else { action.to_string() })
}

#[cfg(test)]
mod tests {
    use super::read_deed;

    #[test]
    fn elements_of_a_history_have_a_canonical_text() {
        for (text, expected) in [
            ("apply  5.5 \"SP1\"", "apply 5.5 SP1"),
            ("doing upgrade to 5.5", "doing upgrade to 5.5"),
            ("upgrade from 5.0 SP2 to 5.5", "upgrade from 5.0 SP2 to 5.5"),
            ("add to site", "add to site"),
            ("restore", "restore"),
        ] {
            assert_eq!(read_deed(text).as_deref(), Ok(expected), "{text}");
        }
        for text in ["", "doing", "explode", "add to", "restore 5.5", "apply 5.5 SP1 twice", "doing doing move"] {
            assert!(read_deed(text).is_err(), "{text}");
        }
    }
}
