//! Cards: where a visitor who does not know the answer finds it.

use serde::{Deserialize, Serialize};

use super::{Command, layout};

/// One way to find a fact out. It only looks, and changes nothing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lookup {
    /// Where it is done, such as "Event Viewer". Markdown in one line.
    #[serde(rename = "where")]
    pub place: String,
    /// A command that prints the fact.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "layout::short")]
    pub command: Option<Command>,
    /// What to choose and where to look. Markdown with selections.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "layout::optional_text")]
    pub steps: Option<String>,
    /// What it then looks like, as plain text with its line ends.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "layout::optional_text")]
    pub looks_like: Option<String>,
}
