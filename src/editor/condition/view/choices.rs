//! What the selects offer: the levels of the ladders, the tree's own questions and their options, and what can be added where.

use super::super::form::Kind;
use super::{Input, Surroundings};
use crate::tree::condition::ast::LevelName;
use crate::tree::fact::BUILT_IN;
use crate::tree::ladder::{Ladder, Ladders, WINDOWS};
use crate::tree::model::{Ask, Column, NodeKind, Question, Tree};

/// Options of a select, perhaps under a heading.
#[derive(Debug, Clone, Default)]
pub struct Group {
    /// The heading.
    pub label: Option<String>,
    /// Values and their labels.
    pub options: Vec<(String, String)>,
}

/// Options without a heading.
pub(super) fn one_group(options: &[(&str, &str)]) -> Vec<Group> {
    vec![group(None, options)]
}

fn group(label: Option<&str>, options: &[(&str, &str)]) -> Group {
    Group { label: label.map(str::to_owned), options: options.iter().map(|(value, label)| ((*value).to_owned(), (*label).to_owned())).collect() }
}

/// The most level fields that have a select of a whole ladder each; in longer outlines levels are typed.
const MOST_LEVEL_SELECTS: usize = 16;

/// What the selects of one tree offer.
#[derive(Debug, Clone)]
pub struct Choices {
    product: Vec<Group>,
    windows: Vec<Group>,
    /// Whether levels are typed.
    types_levels: bool,
    facts: Vec<Fact>,
    /// Roles that the tree's tables offer.
    pub roles: Vec<String>,
    /// Hotfixes that the tree's tables offer.
    pub hotfixes: Vec<String>,
}

/// A declared fact.
#[derive(Debug, Clone)]
struct Fact {
    key: String,
    title: String,
    ask: Ask,
    options: Vec<(String, String)>,
}

impl Choices {
    /// What `tree` has, for an outline with this many level fields.
    #[must_use]
    pub fn new(tree: &Tree, ladders: &Ladders, level_fields: usize) -> Self {
        let questions: Vec<(&str, &Question)> = tree
            .nodes
            .iter()
            .filter_map(|node| if let NodeKind::Question(question) = &node.kind { Some((node.title.as_str(), question.as_ref())) } else { None })
            .collect();
        let facts = questions.iter().filter(|(_, question)| !BUILT_IN.contains(&question.fact.as_str())).map(|(title, question)| fact(title, question));
        Self {
            product: ladders.get(&tree.ladder).map(|ladder| levels(ladder)).unwrap_or_default(),
            windows: ladders.get(WINDOWS).map(|ladder| levels(ladder)).unwrap_or_default(),
            types_levels: level_fields > MOST_LEVEL_SELECTS,
            facts: facts.collect(),
            roles: offered(&questions, Column::Roles),
            hotfixes: offered(&questions, Column::Hotfixes),
        }
    }

    /// How a level is chosen.
    pub(super) fn levels(&self, windows: bool) -> Input {
        if self.types_levels {
            return Input::Text(Some(if windows { "windows-levels" } else { "levels" }));
        }
        let none = group(None, &[("", "Choose")]);
        Input::Select(std::iter::once(none).chain(if windows { &self.windows } else { &self.product }.iter().cloned()).collect())
    }

    /// The lists that text fields suggest from: their ids and what is in them.
    #[must_use]
    pub fn lists(&self) -> Vec<(&'static str, Vec<String>)> {
        let mut lists = vec![("roles", self.roles.clone()), ("hotfixes", self.hotfixes.clone())];
        if self.types_levels {
            let values = |groups: &[Group]| groups.iter().flat_map(|group| group.options.iter().map(|(value, _)| value.clone())).collect();
            lists.push(("levels", values(&self.product)));
            lists.push(("windows-levels", values(&self.windows)));
        }
        lists
    }

    fn fact(&self, key: &str) -> Option<&Fact> {
        self.facts.iter().find(|fact| fact.key == key)
    }

    fn asked(&self, fits: impl Fn(Ask) -> bool) -> Vec<(String, String)> {
        self.facts.iter().filter(|fact| fits(fact.ask)).map(|fact| (fact.key.clone(), fact.title.clone())).collect()
    }

    /// The facts that have an answer to compare.
    pub(super) fn facts(&self) -> Vec<Group> {
        let mut options = vec![(String::new(), "Choose".to_owned())];
        options.extend(self.asked(|ask| !matches!(ask, Ask::Text | Ask::Servers)));
        vec![Group { label: None, options }]
    }

    /// The messages, and the facts that are texts.
    pub(super) fn texts(&self) -> Vec<Group> {
        let mut options = vec![("text".to_owned(), "a message that the visitor brought".to_owned())];
        options.extend(self.asked(|ask| ask == Ask::Text));
        vec![Group { label: None, options }]
    }

    /// The machines that are no rows of a list.
    pub(super) fn subjects(&self) -> Vec<(String, String)> {
        let mut subjects = vec![("admin".to_owned(), "the Administrator program".to_owned())];
        subjects.extend(self.asked(|ask| ask == Ask::Servers));
        subjects
    }

    /// How the answer to a question compares.
    pub(super) fn comparisons(&self, fact: &str) -> Vec<Group> {
        let same = [("=", "is"), ("!=", "is not")];
        let order = [(">=", "is at least"), ("<=", "is at most"), (">", "is more than"), ("<", "is less than")];
        match self.fact(fact).map(|fact| fact.ask) {
            Some(Ask::Choices) => one_group(&[("has", "includes")]),
            Some(Ask::Choice | Ask::YesNo | Ask::Code) => one_group(&same),
            Some(Ask::Number) => one_group(&[same.as_slice(), order.as_slice()].concat()),
            _ => one_group(&[same.as_slice(), order.as_slice(), [("has", "includes")].as_slice()].concat()),
        }
    }

    /// The answers to a question, if they can be counted.
    pub(super) fn answers(&self, fact: &str) -> Option<Vec<Group>> {
        let fact = self.fact(fact)?;
        match fact.ask {
            Ask::YesNo => Some(one_group(&[("yes", "yes"), ("no", "no")])),
            Ask::Choice | Ask::Choices => {
                let mut options = vec![(String::new(), "Choose".to_owned())];
                options.extend(fact.options.iter().cloned());
                Some(vec![Group { label: None, options }])
            }
            _ => None,
        }
    }

    /// What can be added to a line of this kind.
    pub(super) fn additions(&self, kind: Kind, inside: &Surroundings) -> Vec<Group> {
        if inside.record.is_some() {
            let mut tests = vec![
                ("contains", "words in this order"),
                ("words", "words in any order"),
                ("like", "the whole text, with *"),
                ("text_code", "a code"),
                ("matches", "a regular expression"),
            ];
            if inside.record == Some(Kind::Event) {
                tests.splice(0..0, [("source", "its source"), ("id", "its number (event ID)")]);
            }
            tests.push(("group", "a group: all of, at least one of, none of"));
            return one_group(&tests);
        }
        let mut groups = Vec::new();
        if inside.row.is_some() {
            groups.push(group(Some("About each one"), &ROW_TESTS));
            let others: &[(&str, &str)] =
                &[("other_servers", "the other servers"), ("other_clients", "the other clients"), ("servers", "servers"), ("clients", "clients")];
            groups.push(group(Some("Compared with others"), others));
            if kind == Kind::Rows {
                groups.push(group(Some("Which ones are looked at"), &[("where", "only those for which ...")]));
            }
        } else {
            groups.push(group(Some("Machines"), &[("servers", "servers"), ("clients", "clients"), ("admin", "the Administrator program\u{2019}s version")]));
        }
        groups.push(group(Some("What the visitor brought"), &[("event", "an event"), ("messages", "a message"), ("code", "an error code")]));
        if !self.facts.is_empty() {
            let options = self.facts.iter().map(|fact| (format!("fact:{}", fact.key), fact.title.clone())).collect();
            groups.push(Group { label: Some("Answers".to_owned()), options });
        }
        groups.push(group(Some("Joined"), &[("group", "a group: all of, at least one of, none of")]));
        if inside.row.is_none() {
            groups.push(group(Some("About a single machine"), &ROW_TESTS));
        }
        groups
    }
}

const ROW_TESTS: [(&str, &str); 10] = [
    ("level", "version or service pack"),
    ("os", "Windows version"),
    ("version", "build or file version"),
    ("has_file", "a file"),
    ("hotfix", "a hotfix"),
    ("role", "a role"),
    ("attribute", "name, site, platform, edition, language"),
    ("history", "what was done to it"),
    ("component", "a component\u{2019}s version"),
    ("compare", "its version, compared with another\u{2019}s"),
];

fn fact(title: &str, question: &Question) -> Fact {
    let options = question.options.iter().map(|option| (option.key.clone(), option.label.clone())).collect();
    Fact { key: question.fact.clone(), title: title.to_owned(), ask: question.ask, options }
}

fn offered(questions: &[(&str, &Question)], column: Column) -> Vec<String> {
    let mut offers: Vec<String> = questions.iter().filter_map(|(_, question)| question.offers.get(&column)).flatten().cloned().collect();
    offers.sort();
    offers.dedup();
    offers
}

/// The families and levels of a ladder: each family with all of its levels, values as conditions write them.
fn levels(ladder: &Ladder) -> Vec<Group> {
    let of_family = |family: &crate::tree::ladder::Family| {
        let name = |level: Option<&str>| LevelName { family: family.name.clone(), level: level.map(str::to_owned) }.to_string();
        let any = (name(None), format!("{}, any level", family.name));
        let named = family.releases.iter().map(|release| (name(Some(&release.level)), format!("{} {}", family.name, release.level)));
        Group { label: Some(family.name.clone()), options: std::iter::once(any).chain(named).collect() }
    };
    ladder.families().iter().map(of_family).collect()
}
