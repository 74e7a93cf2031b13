//! One line of the outline: what it is, and what stands in its fields.

use std::collections::BTreeMap;

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Lines joined by "all", "any" or "none". The first line of every outline is one.
    Group,
    /// Servers or clients; the lines in it are tests of each row.
    Rows,
    /// Which of the rows around are looked at.
    Where,
    /// A message; the lines in it are tests of one text.
    Messages,
    /// An event; the lines in it are tests of one record.
    Event,
    /// The product's level.
    Level,
    /// The level of Windows.
    Os,
    /// A component's level.
    Component,
    /// The levels of two rows.
    Compare,
    /// A text: name, site, platform, edition or language.
    Attribute,
    /// A build or file version.
    Version,
    /// A file that is there.
    HasFile,
    /// A hotfix that was applied.
    Hotfix,
    /// A role.
    Role,
    /// What was done, is being done, or was done before something else.
    History,
    /// An error code.
    Code,
    /// The answer to a question of the tree.
    Fact,
    /// A test of a message's or record's text.
    Said,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 18] = [
        Self::Group,
        Self::Rows,
        Self::Where,
        Self::Messages,
        Self::Event,
        Self::Level,
        Self::Os,
        Self::Component,
        Self::Compare,
        Self::Attribute,
        Self::Version,
        Self::HasFile,
        Self::Hotfix,
        Self::Role,
        Self::History,
        Self::Code,
        Self::Fact,
        Self::Said,
    ];

    /// The word in the form's fields.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Group => "group",
            Self::Rows => "rows",
            Self::Where => "where",
            Self::Messages => "messages",
            Self::Event => "event",
            Self::Level => "level",
            Self::Os => "os",
            Self::Component => "component",
            Self::Compare => "compare",
            Self::Attribute => "attribute",
            Self::Version => "version",
            Self::HasFile => "has_file",
            Self::Hotfix => "hotfix",
            Self::Role => "role",
            Self::History => "history",
            Self::Code => "code",
            Self::Fact => "fact",
            Self::Said => "said",
        }
    }

    /// Reads the word back.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// Whether lines can stand in it.
    #[must_use]
    pub fn holds_lines(self) -> bool {
        matches!(self, Self::Group | Self::Rows | Self::Where | Self::Messages | Self::Event)
    }
}

/// A field of a line. Not every kind has every field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// How the lines inside are joined: `all`, `any`, `none`.
    Join,
    /// Which of several tests it is: a quantifier, a range of levels, a way to look at a text, a tense.
    How,
    /// A comparison.
    Op,
    /// A text, number, name or option.
    Value,
    /// `server` or `client`.
    List,
    /// Which rows: empty for all, `other`, or the name of the row whose others are meant.
    Who,
    /// The row's name in tests inside.
    Var,
    /// The key of a fact.
    Fact,
    /// Whose test it is: empty for the row around, a row's name, `admin`, or a subject fact.
    Of,
    /// An attribute, `build` or `file`, or `level`, `os` or `component`.
    What,
    /// The name of the file or component.
    Name,
    /// A family, or a level of it.
    Level,
    /// The other row of a comparison.
    With,
    /// What is compared of the other row.
    WithWhat,
    /// The name of the other row's file or component.
    WithName,
    /// An action.
    Action,
    /// The level that the action began at.
    From,
    /// The level that the action ended at.
    To,
    /// The later action.
    Then,
    /// The level that the later action began at.
    ThenFrom,
    /// The level that the later action ended at.
    ThenTo,
}

impl Field {
    /// Every field.
    pub const ALL: [Self; 21] = [
        Self::Join,
        Self::How,
        Self::Op,
        Self::Value,
        Self::List,
        Self::Who,
        Self::Var,
        Self::Fact,
        Self::Of,
        Self::What,
        Self::Name,
        Self::Level,
        Self::With,
        Self::WithWhat,
        Self::WithName,
        Self::Action,
        Self::From,
        Self::To,
        Self::Then,
        Self::ThenFrom,
        Self::ThenTo,
    ];

    /// The first part of the control's name; the line's number follows.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Join => "join",
            Self::How => "how",
            Self::Op => "op",
            Self::Value => "value",
            Self::List => "list",
            Self::Who => "who",
            Self::Var => "var",
            Self::Fact => "fact",
            Self::Of => "of",
            Self::What => "what",
            Self::Name => "name",
            Self::Level => "level",
            Self::With => "with",
            Self::WithWhat => "with_what",
            Self::WithName => "with_name",
            Self::Action => "action",
            Self::From => "from",
            Self::To => "to",
            Self::Then => "then",
            Self::ThenFrom => "then_from",
            Self::ThenTo => "then_to",
        }
    }

    /// Reads the word back.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.as_str() == word)
    }

    /// The name and id of the control in the line with this number.
    #[must_use]
    pub fn id(self, number: usize) -> String {
        format!("{}-{number}", self.as_str())
    }
}

/// One line of the outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What it is.
    pub kind: Kind,
    /// How far it stands in: one more than the line that it belongs to. The first line alone has 0.
    pub depth: usize,
    /// What stands in the fields, as it was typed. A field that is absent is empty.
    values: BTreeMap<Field, String>,
}

impl Line {
    /// A line with empty fields.
    #[must_use]
    pub fn new(kind: Kind, depth: usize) -> Self {
        Self { kind, depth, values: BTreeMap::new() }
    }

    /// A line for servers or clients, ready to be made one that counts "at least 2".
    #[must_use]
    pub(super) fn rows(depth: usize, how: &str) -> Self {
        Self::new(Kind::Rows, depth).with(Field::How, how).with(Field::Op, ">=").with(Field::Value, "2")
    }

    /// The same line with this in a field.
    #[must_use]
    pub fn with(mut self, field: Field, value: impl Into<String>) -> Self {
        self.values.insert(field, value.into());
        self
    }

    /// The same line so much further in.
    #[must_use]
    pub(super) fn deeper(self, by: usize) -> Self {
        Self { depth: self.depth + by, ..self }
    }

    /// What stands in a field.
    #[must_use]
    pub fn get(&self, field: Field) -> &str {
        self.values.get(&field).map_or("", String::as_str)
    }
}
