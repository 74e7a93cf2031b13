//! The tree itself: nodes, branches, outcomes, procedures, cases, as an author wrote them.
//!
//! The structs are the file format `fixpath/1` field by field (see `trees/README.md`), so that one description serves the
//! file, the tables and the walk.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::condition::Condition;

/// One decision tree for one problem.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tree {
    /// Always [`FORMAT`].
    pub format: String,
    /// The address of the guide: lower-case letters, digits and `-`.
    pub slug: String,
    /// What visitors call the problem.
    pub title: String,
    /// One or two sentences for the list of guides.
    pub summary: String,
    /// The products it is about; the home page groups by them.
    pub products: Vec<String>,
    /// Short words on the versions it is about.
    pub applies_to: String,
    /// The ladder that levels in this tree belong to. Operating systems always use `windows`.
    pub ladder: String,
    /// Who keeps it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// The day it was last reviewed, `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reviewed: Option<String>,
    /// The day the next review is due, `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review_by: Option<String>,
    /// What the list of guides shows and the paste box searches.
    #[serde(default, skip_serializing_if = "Symptoms::is_empty")]
    pub symptoms: Symptoms,
    /// The key of the first node.
    pub start: String,
    /// The nodes, in the author's order.
    pub nodes: Vec<Node>,
    /// The tests kept with the tree.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cases: Vec<Case>,
}

/// The name of the format and of the condition language that this program reads.
pub const FORMAT: &str = "fixpath/1";

/// What everybody who needs the tree sees first.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Symptoms {
    /// Error texts, or beginnings of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub texts: Vec<String>,
    /// Events by source and number.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<SymptomEvent>,
}

impl Symptoms {
    fn is_empty(&self) -> bool {
        self.texts.is_empty() && self.events.is_empty()
    }
}

/// An event that leads to the tree.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SymptomEvent {
    /// The program that logs it.
    pub source: String,
    /// Its number.
    pub id: u32,
}

/// One node of a tree.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "NodeFields", into = "NodeFields")]
pub struct Node {
    /// Stable, never reused.
    pub key: String,
    /// The short name on maps and in "What we know".
    pub title: String,
    /// What the node does.
    pub kind: NodeKind,
}

/// What a node does.
#[derive(Debug, Clone, PartialEq)]
pub enum NodeKind {
    /// Asks for one fact, then branches.
    Question(Box<Question>),
    /// Asks nothing and branches on what is known.
    Route(Fork),
    /// Ends the walk.
    Outcome(Box<Outcome>),
    /// Goes on in another tree and does not return.
    Jump(Jump),
}

impl NodeKind {
    /// `question`, `route`, `outcome` or `jump`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Question(_) => "question",
            Self::Route(_) => "route",
            Self::Outcome(_) => "outcome",
            Self::Jump(_) => "jump",
        }
    }

    /// The branches of a question or route.
    #[must_use]
    pub fn fork(&self) -> Option<&Fork> {
        match self {
            Self::Question(question) => Some(&question.fork),
            Self::Route(fork) => Some(fork),
            Self::Outcome(_) | Self::Jump(_) => None,
        }
    }
}

/// The node as its file writes it: exactly one of the four parts.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct NodeFields {
    key: String,
    title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    question: Option<Box<QuestionFields>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    route: Option<Fork>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    outcome: Option<Box<Outcome>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    jump: Option<Jump>,
}

impl TryFrom<NodeFields> for Node {
    type Error = String;

    fn try_from(fields: NodeFields) -> Result<Self, Self::Error> {
        let key = fields.key;
        let kind = match (fields.question, fields.route, fields.outcome, fields.jump) {
            (Some(question), None, None, None) => NodeKind::Question(Box::new((*question).into())),
            (None, Some(route), None, None) => NodeKind::Route(route),
            (None, None, Some(outcome), None) => NodeKind::Outcome(outcome),
            (None, None, None, Some(jump)) => NodeKind::Jump(jump),
            _ => return Err(format!("node \"{key}\" must have exactly one of question, route, outcome and jump")),
        };
        Ok(Self { key, title: fields.title, kind })
    }
}

impl From<Node> for NodeFields {
    fn from(node: Node) -> Self {
        let mut fields = Self { key: node.key, title: node.title, question: None, route: None, outcome: None, jump: None };
        match node.kind {
            NodeKind::Question(question) => fields.question = Some(Box::new((*question).into())),
            NodeKind::Route(route) => fields.route = Some(route),
            NodeKind::Outcome(outcome) => fields.outcome = Some(outcome),
            NodeKind::Jump(jump) => fields.jump = Some(jump),
        }
        fields
    }
}

/// Where a question or route leads.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fork {
    /// Scanned in order; the first true one is taken.
    pub branches: Vec<Branch>,
    /// The node to go to when every branch is false.
    pub otherwise: String,
    /// The node to go to when a branch cannot be decided and no question can help.
    pub unknown: String,
    /// Findings of the proof that the author has seen and means.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub meant: Vec<Meant>,
}

impl Fork {
    /// Every node that this leads to, in order: the branches', `otherwise`, `unknown`.
    pub fn targets(&self) -> impl Iterator<Item = &str> {
        self.branches.iter().map(|branch| branch.to.as_str()).chain([self.otherwise.as_str(), self.unknown.as_str()])
    }
}

/// A finding of the proof that an author can mark as meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Meant {
    /// The order of two overlapping branches decides.
    Order,
    /// Falling to `otherwise`.
    Otherwise,
}

/// A condition and the node it leads to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Branch {
    /// The condition.
    pub when: Condition,
    /// A short answer for the map.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The target's key.
    pub to: String,
}

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
    /// Markdown that opens under "Where to find this".
    pub help: Option<String>,
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
struct QuestionFields {
    fact: String,
    ask: Ask,
    prompt: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    hint: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    help: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    options: Vec<Choice>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    columns: Vec<Column>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    families: Vec<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    offers: BTreeMap<Column, Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    number: Option<NumberLimits>,
    branches: Vec<Branch>,
    otherwise: String,
    unknown: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
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

/// The end of a walk: what it is and what to do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// What kind of end it is.
    pub verdict: Verdict,
    /// The page's title; may hold selections.
    pub headline: String,
    /// Markdown with selections.
    pub cause: String,
    /// Alternatives, at most three.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub procedures: Vec<Procedure>,
    /// The articles it rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
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
    /// Nothing known matches.
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
}

/// One way to carry out an outcome.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Procedure {
    /// Stable inside its outcome.
    pub key: String,
    /// May hold selections.
    pub title: String,
    /// When to choose this way. Markdown with selections.
    pub applies: String,
    /// How dangerous it is.
    pub risk: Risk,
    /// About how long it takes.
    pub minutes: u32,
    /// Whether `minutes` is for each server or for all of it.
    pub per: Per,
    /// The rights it needs.
    pub rights: String,
    /// What to do, in order.
    pub steps: Vec<Step>,
    /// How to see that it worked. Markdown with selections.
    pub verify: String,
    /// How to undo it, or that there is no way back. Markdown with selections.
    pub way_back: String,
}

/// How dangerous a procedure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Risk {
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
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// A command to run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
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

/// Goes on in another tree.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Jump {
    /// The other tree's slug.
    pub tree: String,
}

/// A test kept with the tree: facts in, expected outcome.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// What it shows.
    pub name: String,
    /// The facts as the JSON API takes them, by key as written in the file.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub facts: BTreeMap<String, serde_json::Value>,
    /// Facts answered "I don't know".
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unknown: Vec<String>,
    /// Outcomes that were tried already.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub answers: BTreeMap<String, Helped>,
    /// The key of the outcome, or `hand_over`.
    pub expect: String,
}

/// The answer to "Did this fix it?".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Helped {
    /// It did.
    Yes,
    /// It did not.
    No,
    /// It made things worse.
    Worse,
}

impl Helped {
    /// The word that tables, forms and the JSON API use.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Worse => "worse",
        }
    }

    /// Reads the word back.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Yes, Self::No, Self::Worse].into_iter().find(|helped| helped.as_str() == word)
    }
}

impl Tree {
    /// The node with `key`.
    #[must_use]
    pub fn node(&self, key: &str) -> Option<&Node> {
        self.nodes.iter().find(|node| node.key == key)
    }

    /// The question that sets the fact written `fact` in this tree.
    #[must_use]
    pub fn question_for(&self, fact: &str) -> Option<(&Node, &Question)> {
        self.nodes.iter().find_map(|node| match &node.kind {
            NodeKind::Question(question) if question.fact == fact => Some((node, question.as_ref())),
            _ => None,
        })
    }
}
