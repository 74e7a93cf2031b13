//! How the lines of one group are joined. Conditions and tests of a text are joined alike.

use crate::tree::condition::ast::{Expr, TextExpr};

/// How lines are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Join {
    /// By `and`.
    All,
    /// By `or`.
    Any,
    /// By `or`, and the whole does not hold.
    None,
}

impl Join {
    /// Every way.
    pub const ALL: [Self; 3] = [Self::All, Self::Any, Self::None];

    /// The word in the form's fields.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Any => "any",
            Self::None => "none",
        }
    }

    /// Reads the word back; what is no such word joins by `and`.
    #[must_use]
    pub fn parse(word: &str) -> Self {
        Self::ALL.into_iter().find(|join| join.as_str() == word).unwrap_or(Self::All)
    }
}

/// What can be joined.
pub(super) trait Joined: Sized {
    /// The way in which its parts are joined, and the parts; itself if it has none.
    fn apart(&self) -> (Join, Vec<&Self>);

    /// Joins parts, of which there is at least one.
    fn together(join: Join, parts: Vec<Self>) -> Self;
}

/// Both kinds of parts have the same three ways to be joined.
macro_rules! joined {
    ($part:ty) => {
        impl Joined for $part {
            fn apart(&self) -> (Join, Vec<&Self>) {
                match self {
                    Self::All(parts) => (Join::All, parts.iter().collect()),
                    Self::Any(parts) => (Join::Any, parts.iter().collect()),
                    Self::Not(part) => match &**part {
                        Self::Any(parts) => (Join::None, parts.iter().collect()),
                        part => (Join::None, vec![part]),
                    },
                    test => (Join::All, vec![test]),
                }
            }

            fn together(join: Join, parts: Vec<Self>) -> Self {
                match join {
                    Join::All => Self::all(parts),
                    Join::Any => Self::any(parts),
                    Join::None => Self::Not(Box::new(Self::any(parts))),
                }
            }
        }
    };
}

joined!(Expr);
joined!(TextExpr);
