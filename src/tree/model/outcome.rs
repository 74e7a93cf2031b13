//! Outcomes: what a walk ends on, and what to do then.

use serde::{Deserialize, Serialize};

use super::layout;

/// The end of a walk: what it is and what to do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// What kind of end it is.
    pub verdict: Verdict,
    /// The page's title; may hold selections.
    #[serde(serialize_with = "layout::text")]
    pub headline: String,
    /// Markdown with selections; may be empty where there is nothing to remedy.
    #[serde(serialize_with = "layout::text")]
    pub cause: String,
    /// Alternatives, at most three.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub procedures: Vec<Procedure>,
    /// The articles it rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty", serialize_with = "layout::list")]
    pub references: Vec<Reference>,
    /// Where "No, it did not help" goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub did_not_help: Option<String>,
}

/// What kind of end an outcome is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Removes the cause.
    Fix,
    /// Goes around it.
    Workaround,
    /// The product is meant to behave so; the procedure says how to live with it.
    ByDesign,
    /// There is no fault.
    NothingWrong,
    /// Somebody else goes on: nothing known matches, or what matches cannot be done here.
    HandOver,
}

impl Verdict {
    /// The word that files, tables and the JSON API use.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Fix => "fix",
            Self::Workaround => "workaround",
            Self::ByDesign => "by_design",
            Self::NothingWrong => "nothing_wrong",
            Self::HandOver => "hand_over",
        }
    }

    /// Whether there is something to do: such an outcome has a procedure.
    #[must_use]
    pub fn has_remedy(self) -> bool {
        !matches!(self, Self::HandOver | Self::NothingWrong)
    }
}

/// One way to carry out an outcome.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Procedure {
    /// Stable inside its outcome.
    pub key: String,
    /// May hold selections.
    pub title: String,
    /// When to choose this way: empty only if it is the only one. Markdown with selections.
    #[serde(serialize_with = "layout::text")]
    pub applies: String,
    /// How dangerous it is.
    pub risk: Risk,
    /// About how long it takes.
    pub minutes: u32,
    /// Whether `minutes` is for each server or for all of it.
    pub per: Per,
    /// The rights it needs; empty for none.
    #[serde(serialize_with = "layout::text")]
    pub rights: String,
    /// What to do, in order.
    pub steps: Vec<Step>,
    /// How to see that it worked. Markdown with selections.
    #[serde(serialize_with = "layout::text")]
    pub verify: String,
    /// How to undo it, or that there is no way back. Markdown with selections.
    #[serde(serialize_with = "layout::text")]
    pub way_back: String,
}

/// How dangerous a procedure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Risk {
    /// Nothing is changed.
    None,
    /// Little can go wrong.
    Low,
    /// A service stops, or a mistake costs time.
    Medium,
    /// Data can be lost: the steps begin with a backup.
    High,
}

/// What a duration is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Per {
    /// Each server.
    Each,
    /// The whole procedure.
    All,
}

/// One step of a procedure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// What to do, in a line. May hold selections.
    pub title: String,
    /// More about it. Markdown with selections.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "layout::optional_text")]
    pub text: Option<String>,
    /// A command to run.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "layout::short")]
    pub command: Option<Command>,
}

/// A command line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Command {
    /// The shell it is for.
    pub shell: Shell,
    /// The command; may hold selections.
    pub text: String,
}

/// The shell that a command is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shell {
    /// The Windows command prompt.
    Cmd,
    /// PowerShell.
    Powershell,
    /// A POSIX shell.
    Sh,
}

/// An article that an outcome rests on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    /// The article's number, such as `Q247773`.
    pub article: String,
    /// What it is about, in our words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
}
