//! The shape of a condition.
//!
//! `All` and `Any` hold at least two parts and never a part of their own kind ([`Expr::all`] and [`Expr::any`] see to it),
//! so that a condition has one shape for one text.

mod rows;
mod texts;

pub(crate) use rows::{Attribute, Bound, LevelName, LevelTest, Predicate, RowTest, Scale, VersionOf};
pub(crate) use texts::{Pattern, TextExpr};

use crate::tree::code::Code;

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
    pub(crate) const ALL: [Self; 6] = [Self::Eq, Self::Ne, Self::Lt, Self::Le, Self::Gt, Self::Ge];

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
