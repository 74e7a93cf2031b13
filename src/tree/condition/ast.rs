//! The shape of a condition.
//!
//! `All` and `Any` hold at least two parts and never a part of their own kind ([`Expr::all`] and [`Expr::any`] see to it),
//! so that a condition has one shape for one text.

use regex::{Regex, RegexBuilder};

use super::action::Action;
use crate::tree::code::Code;
use crate::tree::ladder::Build;
use crate::tree::message::{Glob, Phrase};

/// A condition or a part of one.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Expr {
    /// Every part holds.
    All(Vec<Expr>),
    /// Some part holds.
    Any(Vec<Expr>),
    /// The part does not hold.
    Not(Box<Expr>),
    /// `some`, `every` or `no` row.
    Quantified { how: Quantifier, rows: Range, body: Box<Expr> },
    /// `count(...) op number`.
    Count { rows: Range, body: Box<Expr>, op: Op, number: u32 },
    /// A test of one row.
    Row(RowTest),
    /// `text(...)`, or a text fact of the tree.
    Messages { fact: String, test: TextExpr },
    /// `event(...)`.
    Records(TextExpr),
    /// `code(...)`.
    Code(Code),
    /// A declared fact compared with a word.
    Compare { fact: String, op: Op, value: String },
    /// An option that is among the chosen ones.
    Has { fact: String, option: String },
}

impl Expr {
    /// Joins parts by `and`, in the one shape that this has.
    pub(crate) fn all(parts: Vec<Self>) -> Self {
        let flat: Vec<Self> = parts.into_iter().flat_map(|part| if let Self::All(inner) = part { inner } else { vec![part] }).collect();
        single(flat).unwrap_or_else(Self::All)
    }

    /// Joins parts by `or`, in the one shape that this has.
    pub(crate) fn any(parts: Vec<Self>) -> Self {
        let flat: Vec<Self> = parts.into_iter().flat_map(|part| if let Self::Any(inner) = part { inner } else { vec![part] }).collect();
        single(flat).unwrap_or_else(Self::Any)
    }
}

/// The only item of a list, or the list.
fn single<T>(mut items: Vec<T>) -> Result<T, Vec<T>> {
    match items.pop() {
        Some(only) if items.is_empty() => Ok(only),
        Some(last) => {
            items.push(last);
            Err(items)
        }
        None => Err(items),
    }
}

/// How many rows must fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Quantifier {
    /// At least one.
    Some,
    /// All.
    Every,
    /// None.
    No,
}

impl Quantifier {
    pub(crate) const ALL: [Self; 3] = [Self::Some, Self::Every, Self::No];

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Some => "some",
            Self::Every => "every",
            Self::No => "no",
        }
    }
}

/// The rows that a quantifier ranges over.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Range {
    /// The list.
    pub(crate) list: List,
    /// Which of the list's rows.
    pub(crate) who: Who,
    /// The row's name in tests inside.
    pub(crate) var: Option<String>,
    /// What a row must fulfil to be looked at.
    pub(crate) filter: Option<Box<Expr>>,
}

/// A list of machines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum List {
    Servers,
    Clients,
}

impl List {
    pub(crate) const ALL: [Self; 2] = [Self::Servers, Self::Clients];

    /// The word for one row.
    pub(crate) fn row(self) -> &'static str {
        match self {
            Self::Servers => "server",
            Self::Clients => "client",
        }
    }

    /// The fact that holds the list.
    pub(crate) fn fact(self) -> &'static str {
        match self {
            Self::Servers => "servers",
            Self::Clients => "clients",
        }
    }
}

/// Which rows of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Who {
    /// All of them.
    Everyone,
    /// All but the innermost row around; `some`, `every` and `no` add "and there is another".
    Others,
    /// All but the row with this name.
    OthersOf(String),
}

/// A comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Op {
    Eq,
    Ne,
    Lt,
    Le,
    Gt,
    Ge,
}

impl Op {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Eq => "=",
            Self::Ne => "!=",
            Self::Lt => "<",
            Self::Le => "<=",
            Self::Gt => ">",
            Self::Ge => ">=",
        }
    }

    /// Whether it asks for sameness only, which texts can answer too.
    pub(crate) fn is_equality(self) -> bool {
        matches!(self, Self::Eq | Self::Ne)
    }

    /// Whether it holds between two values; false where they cannot be compared.
    pub(crate) fn holds<T: PartialOrd>(self, left: &T, right: &T) -> bool {
        match self {
            Self::Eq => left == right,
            Self::Ne => left != right,
            Self::Lt => left < right,
            Self::Le => left <= right,
            Self::Gt => left > right,
            Self::Ge => left >= right,
        }
    }
}

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

/// A test of one message or event record.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum TextExpr {
    All(Vec<TextExpr>),
    Any(Vec<TextExpr>),
    Not(Box<TextExpr>),
    /// Words in a row.
    Contains(Phrase),
    /// Words in any order.
    Words(Phrase),
    /// The whole message.
    Like(Glob),
    /// A regular expression.
    Matches(Pattern),
    /// A number in the message.
    Code(Code),
    /// The record's source.
    Source(String),
    /// The record's number.
    Id(u32),
}

impl TextExpr {
    /// Joins parts by `and`, in the one shape that this has.
    pub(crate) fn all(parts: Vec<Self>) -> Self {
        let flat: Vec<Self> = parts.into_iter().flat_map(|part| if let Self::All(inner) = part { inner } else { vec![part] }).collect();
        single(flat).unwrap_or_else(Self::All)
    }

    /// Joins parts by `or`, in the one shape that this has.
    pub(crate) fn any(parts: Vec<Self>) -> Self {
        let flat: Vec<Self> = parts.into_iter().flat_map(|part| if let Self::Any(inner) = part { inner } else { vec![part] }).collect();
        single(flat).unwrap_or_else(Self::Any)
    }
}

/// A compiled regular expression. Equality is that of the text as written.
#[derive(Debug, Clone)]
pub(crate) struct Pattern(Regex);

impl Pattern {
    /// The most memory, in bytes, that one compiled expression may take.
    const SIZE_LIMIT: usize = 1 << 20;

    /// Compiles `pattern`, which ignores case.
    pub(crate) fn new(pattern: &str) -> Result<Self, regex::Error> {
        RegexBuilder::new(pattern).case_insensitive(true).size_limit(Self::SIZE_LIMIT).dfa_size_limit(Self::SIZE_LIMIT).build().map(Self)
    }

    pub(crate) fn written(&self) -> &str {
        self.0.as_str()
    }

    pub(crate) fn matches(&self, normal: &str) -> bool {
        self.0.is_match(normal)
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.written() == other.written()
    }
}
