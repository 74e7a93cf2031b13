//! Tests of one row.

use super::super::action::Action;
use super::Op;
use crate::tree::ladder::Build;

/// A test of one row.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct RowTest {
    /// A variable or a subject fact; `None` is the row around the test.
    pub(crate) subject: Option<String>,
    /// What is tested.
    pub(crate) predicate: Predicate,
}

/// What is tested of a row.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Predicate {
    /// A place or range on a ladder.
    Level { scale: Scale, is: LevelTest },
    /// The same scale of two rows.
    CompareLevel { scale: Scale, op: Op, with: String, with_scale: Scale },
    /// An attribute and a text.
    Text { attribute: Attribute, differs: bool, value: String },
    /// The same attribute of two rows.
    CompareText { attribute: Attribute, differs: bool, with: String },
    /// A build or file version and a number.
    Version { of: VersionOf, op: Op, number: Build },
    /// Two builds or file versions; `with` is `None` for the same row.
    CompareVersion { of: VersionOf, op: Op, with: Option<String>, with_of: VersionOf },
    /// The file is there.
    HasFile(String),
    /// The hotfix was applied.
    Hotfix(String),
    /// The machine has the role.
    Role(String),
    /// It was done at some time.
    Did(Action),
    /// It is being done now.
    Doing(Action),
    /// Both were done, in this order.
    Before(Action, Action),
}

/// Something that stands on a ladder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Scale {
    /// The product's level and build.
    Level,
    /// The operating system.
    Os,
    /// A component's level.
    Component(String),
}

/// A place or range on a ladder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum LevelTest {
    /// In the family, at the level if one is named.
    Is(LevelName),
    /// In the family, and this way of the level.
    Within { family: String, bound: Bound, level: String },
    /// Below every place so named, over the whole ladder.
    OlderThan(LevelName),
    /// Above every place so named, over the whole ladder.
    NewerThan(LevelName),
    /// Above every release that the ladder knows of the family.
    NewerThanKnown,
    /// An update for it has come out.
    Behind,
    /// The family's security updates pass its line over.
    OnEndedLine,
    /// The ladder's security updates pass its family over.
    InEndedFamily,
}

/// A family, or a level of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LevelName {
    pub(crate) family: String,
    pub(crate) level: Option<String>,
}

/// A side of a level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bound {
    Below,
    AtMost,
    AtLeast,
    Above,
}

impl Bound {
    pub(crate) const ALL: [Self; 4] = [Self::Below, Self::AtMost, Self::AtLeast, Self::Above];

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Below => "below",
            Self::AtMost => "at most",
            Self::AtLeast => "at least",
            Self::Above => "above",
        }
    }
}

/// An attribute that holds a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Attribute {
    Name,
    Site,
    Platform,
    Edition,
    Language,
}

impl Attribute {
    pub(crate) const ALL: [Self; 5] = [Self::Name, Self::Site, Self::Platform, Self::Edition, Self::Language];

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Site => "site",
            Self::Platform => "platform",
            Self::Edition => "edition",
            Self::Language => "language",
        }
    }
}

/// What has a version number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum VersionOf {
    /// The product.
    Build,
    /// A file.
    File(String),
}
