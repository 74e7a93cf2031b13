//! What a check finds: how bad it is, of which kind, where, and what shows it.

use std::fmt;

use crate::tree::model::{Case, Meant};

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The tree must not be published.
    Error,
    /// The author should look.
    Warning,
}

impl Severity {
    /// The word that the command line and the JSON API use.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// Declares the kinds of findings with their stable words.
macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $word:literal,)*) => {
        /// The kind of a finding.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum What {
            $($(#[$doc])* $kind,)*
        }

        impl What {
            /// Every kind, in the order of the declaration.
            pub const ALL: &'static [Self] = &[$(Self::$kind),*];

            /// The word that the command line and the JSON API use; it never changes.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$kind => $word,)*
                }
            }
        }
    };
}

kinds! {
    /// The slug cannot be an address.
    BadAddress = "bad_address",
    /// A text that visitors or authors read is empty.
    EmptyWords = "empty_words",
    /// The tree names no product.
    NoProduct = "no_product",
    /// The tree's ladder does not exist.
    NoLadder = "no_ladder",
    /// A day of review is no day.
    BadDay = "bad_day",
    /// Two nodes, options or procedures have one key.
    KeyTwice = "key_twice",
    /// Two questions set one fact.
    FactTwice = "fact_twice",
    /// A key is not written as keys are.
    BadKey = "bad_key",
    /// A node's title does not fit the map.
    LongTitle = "long_title",
    /// The fact cannot be asked in this way.
    WrongAsk = "wrong_ask",
    /// The options of a question do not fit it.
    Options = "options",
    /// The columns of a question do not fit it.
    Columns = "columns",
    /// The limits of a number do not fit their question.
    Limits = "limits",
    /// Something is wrong with the card "How do I find out?".
    Card = "card",
    /// An edge leads to a node that does not exist.
    MissingTarget = "missing_target",
    /// A condition speaks of something that does not exist.
    BadCondition = "bad_condition",
    /// A condition looks at machines that no question asks for.
    NeverAsked = "never_asked",
    /// No edges lead from the start to the node.
    Unreachable = "unreachable",
    /// A walk could go round for ever.
    Circle = "circle",
    /// No outcome can be reached from the node.
    DeadEnd = "dead_end",
    /// `did_not_help` leads to nothing but what was tried.
    DidNotHelp = "did_not_help",
    /// An outcome does not say what to do.
    NoProcedure = "no_procedure",
    /// An outcome has too many procedures.
    Procedures = "procedures",
    /// A procedure has no steps.
    NoSteps = "no_steps",
    /// A procedure does not say how to see that it worked.
    NoVerify = "no_verify",
    /// A selection in a text cannot be read, or names something that does not exist.
    BadWording = "bad_wording",
    /// A text shows a picture that is not there.
    NoPicture = "no_picture",
    /// A reference is no article number.
    BadReference = "bad_reference",
    /// A jump leads nowhere.
    BadJump = "bad_jump",
    /// A case cannot be run as it is written.
    BadCase = "bad_case",
    /// A case comes to something else than it expects.
    FailingCase = "failing_case",
    /// No facts make the walk take the branch.
    DeadBranch = "dead_branch",
    /// No walk comes to the node.
    Unreached = "unreached",
    /// Two branches with different targets hold at once, so their order decides.
    Order = "order",
    /// Something between two ranges of one attribute falls to `otherwise`.
    Hole = "hole",
    /// Known facts fall to `otherwise`.
    Otherwise = "otherwise",
    /// A mark ("meant") has nothing to silence.
    IdleMark = "idle_mark",
    /// The space is too large to be proven.
    NotProven = "not_proven",
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Where in its node (or in the tree, if it names none) a finding is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// The branch at this position, counted from 0.
    Branch(usize),
    /// The edge `otherwise`.
    Otherwise,
    /// The edge `unknown`.
    Unknown,
    /// The procedure with this key.
    Procedure(String),
    /// The case with this name.
    Case(String),
    /// The field with this name, as the tree file writes it.
    Field(&'static str),
}

/// Facts that show what a finding says. The real walk was made with them and confirms it.
#[derive(Debug, Clone, PartialEq)]
pub struct Witness {
    /// The facts as a case: its name says what it shows, and it expects what the walk really comes to.
    pub case: Case,
    /// The facts in a few words, such as "EX01 5.5 SP1, EX02 5.5 SP4".
    pub words: String,
}

/// Something wrong with a tree.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// The node it is about; `None` for the tree as a whole.
    pub node: Option<String>,
    /// Its kind.
    pub what: What,
    /// What is wrong and what to do.
    pub message: String,
    /// Where in the node it is.
    pub place: Option<Place>,
    /// Facts that show it.
    pub witness: Option<Witness>,
    /// The mark by which an author says that it is meant.
    pub mark: Option<Meant>,
}

impl Finding {
    /// A finding that must be mended before publishing.
    pub(in crate::tree) fn error(node: Option<&str>, what: What, message: impl Into<String>) -> Self {
        Self { severity: Severity::Error, node: node.map(str::to_owned), what, message: message.into(), place: None, witness: None, mark: None }
    }

    /// A finding that the author should look at.
    pub(in crate::tree) fn warning(node: Option<&str>, what: What, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(node, what, message) }
    }

    /// The same finding at a place of its node.
    pub(in crate::tree) fn at(self, place: impl Into<Option<Place>>) -> Self {
        Self { place: place.into(), ..self }
    }

    /// The same finding with facts that show it.
    pub(in crate::tree) fn shown_by(self, witness: impl Into<Option<Witness>>) -> Self {
        Self { witness: witness.into(), ..self }
    }

    /// Whether the tree must not be published with it.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}
