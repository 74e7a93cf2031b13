//! Questions: the fact, how it is asked, and what the form offers.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Branch, Fork, Lookup, Meant, layout};

/// A question: the fact it sets, how it asks, and where the answers lead.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// The fact, by its key as written in the file.
    pub fact: String,
    /// How it is asked.
    pub ask: Ask,
    /// The question itself.
    pub prompt: String,
    /// Markdown below the prompt.
    pub hint: Option<String>,
    /// Markdown at the beginning of the card "How do I find out?".
    pub help: Option<String>,
    /// The ways to find the fact out that the card names, at most four; empty means those that come with the kind of question.
    pub card: Vec<Lookup>,
    /// The options of `choice` and `choices`.
    pub options: Vec<Choice>,
    /// The columns of `servers`, in order.
    pub columns: Vec<Column>,
    /// The families that the level column of `servers` offers; empty means all.
    pub families: Vec<String>,
    /// What the set columns of `servers` offer, by column.
    pub offers: BTreeMap<Column, Vec<String>>,
    /// The limits of `number`.
    pub number: Option<NumberLimits>,
    /// Where the answers lead.
    pub fork: Fork,
}

/// The question as its file writes it: the fork's fields stand beside its own.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct QuestionFields {
    fact: String,
    ask: Ask,
    #[serde(serialize_with = "layout::text")]
    prompt: String,
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "layout::optional_text")]
    hint: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "layout::optional_text")]
    help: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    card: Vec<Lookup>,
    #[serde(default, skip_serializing_if = "Vec::is_empty", serialize_with = "layout::list")]
    options: Vec<Choice>,
    #[serde(default, skip_serializing_if = "Vec::is_empty", serialize_with = "layout::short")]
    columns: Vec<Column>,
    #[serde(default, skip_serializing_if = "Vec::is_empty", serialize_with = "layout::short")]
    families: Vec<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty", serialize_with = "layout::map")]
    offers: BTreeMap<Column, Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "layout::short")]
    number: Option<NumberLimits>,
    branches: Vec<Branch>,
    otherwise: String,
    unknown: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty", serialize_with = "layout::short")]
    meant: Vec<Meant>,
}

impl From<QuestionFields> for Question {
    fn from(f: QuestionFields) -> Self {
        let fork = Fork { branches: f.branches, otherwise: f.otherwise, unknown: f.unknown, meant: f.meant };
        Self {
            fact: f.fact,
            ask: f.ask,
            prompt: f.prompt,
            hint: f.hint,
            help: f.help,
            card: f.card,
            options: f.options,
            columns: f.columns,
            families: f.families,
            offers: f.offers,
            number: f.number,
            fork,
        }
    }
}

impl From<Question> for QuestionFields {
    fn from(q: Question) -> Self {
        Self {
            fact: q.fact,
            ask: q.ask,
            prompt: q.prompt,
            hint: q.hint,
            help: q.help,
            card: q.card,
            options: q.options,
            columns: q.columns,
            families: q.families,
            offers: q.offers,
            number: q.number,
            branches: q.fork.branches,
            otherwise: q.fork.otherwise,
            unknown: q.fork.unknown,
            meant: q.fork.meant,
        }
    }
}

/// How a question is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ask {
    /// Free text: the built-in `text`, or a text fact of the tree.
    Text,
    /// Event log records.
    Event,
    /// A table of servers or clients, or one row for a subject.
    Servers,
    /// One of the options.
    Choice,
    /// Any number of the options.
    Choices,
    /// Yes or no.
    YesNo,
    /// An error code.
    Code,
    /// A number.
    Number,
}

impl Ask {
    /// The word that files and the JSON API use.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Event => "event",
            Self::Servers => "servers",
            Self::Choice => "choice",
            Self::Choices => "choices",
            Self::YesNo => "yes_no",
            Self::Code => "code",
            Self::Number => "number",
        }
    }
}

/// One option of a choice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// What conditions compare with.
    pub key: String,
    /// What the visitor reads.
    pub label: String,
    /// A line of help below the label.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
}

/// A column of the servers table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    /// Version and service pack.
    Level,
    /// Build number.
    Build,
    /// Site.
    Site,
    /// Roles, ticked from what the question offers.
    Roles,
    /// Operating system, on the ladder `windows`.
    Os,
    /// Processor platform.
    Platform,
    /// Edition.
    Edition,
    /// Language.
    Language,
    /// Hotfixes, ticked from what the question offers.
    Hotfixes,
    /// What was done, ticked from what the question offers.
    History,
}

impl Column {
    /// The word that files and forms use.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Level => "level",
            Self::Build => "build",
            Self::Site => "site",
            Self::Roles => "roles",
            Self::Os => "os",
            Self::Platform => "platform",
            Self::Edition => "edition",
            Self::Language => "language",
            Self::Hotfixes => "hotfixes",
            Self::History => "history",
        }
    }
}

/// The limits of a number.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct NumberLimits {
    /// The smallest allowed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<f64>,
    /// The largest allowed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<f64>,
    /// The unit, shown beside the field.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
}
