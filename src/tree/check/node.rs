//! Checks of one node by itself.

use super::{Finding, MAX_LOOKUP_TEXT, MAX_LOOKUPS, MAX_PLACE, MAX_TITLE, MAX_WORDS, Place, What, is_key, is_slug, repeated};
use crate::tree::condition::{Scope, is_reserved, read_deed};
use crate::tree::fact::{BUILT_IN, FactKey};
use crate::tree::markdown;
use crate::tree::model::{Ask, Column, Fork, Lookup, Node, NodeKind, Question, Tree};
use crate::tree::wording::{Room, Wording};

/// Everything that is wrong with `node`.
pub fn check(tree: &Tree, node: &Node, scope: &Scope<'_>) -> Vec<Finding> {
    let mut report = Report { node: &node.key, place: None, findings: Vec::new() };
    if !is_key(&node.key) {
        report
            .at("key")
            .error(What::BadKey, format!("\"{}\" cannot be a key: use a-z, 0-9 and \"_\", beginning with a letter, at most 64 characters.", node.key));
    }
    report.at("title").filled("title", &node.title);
    if node.title.chars().count() > MAX_TITLE {
        report.warning(What::LongTitle, format!("The title has {} characters; {MAX_TITLE} fit the map.", node.title.chars().count()));
    }
    match &node.kind {
        NodeKind::Question(question) => {
            report.question(question);
            report.card(&question.card, scope);
            report.fork(tree, &question.fork, scope);
        }
        NodeKind::Route(fork) => report.fork(tree, fork, scope),
        NodeKind::Outcome(outcome) => report.outcome(tree, outcome, scope),
        NodeKind::Jump(jump) => {
            if !is_slug(&jump.tree) || jump.tree == tree.slug {
                report.at("tree").error(What::BadJump, format!("\"{}\" is no other tree to jump to.", jump.tree));
            }
        }
    }
    report.findings
}

/// The facts that hold machines.
const MACHINES: [&str; 3] = ["servers", "clients", "admin"];

/// Whether a question of the tree sets the fact.
fn is_asked(tree: &Tree, fact: &FactKey) -> bool {
    tree.nodes.iter().any(|node| matches!(&node.kind, NodeKind::Question(question) if FactKey::within(&tree.slug, &question.fact) == *fact))
}

/// The findings about one node.
pub(super) struct Report<'a> {
    node: &'a str,
    /// Where in the node the checks are.
    place: Option<Place>,
    findings: Vec<Finding>,
}

impl Report<'_> {
    pub(super) fn error(&mut self, what: What, message: impl Into<String>) {
        self.findings.push(Finding::error(Some(self.node), what, message).at(self.place.clone()));
    }

    pub(super) fn warning(&mut self, what: What, message: impl Into<String>) {
        self.findings.push(Finding::warning(Some(self.node), what, message).at(self.place.clone()));
    }

    /// Goes on in this field of the node.
    pub(super) fn at(&mut self, field: &'static str) -> &mut Self {
        self.at_place(Place::Field(field))
    }

    /// Goes on in this place of the node.
    pub(super) fn at_place(&mut self, place: Place) -> &mut Self {
        self.place = Some(place);
        self
    }

    pub(super) fn filled(&mut self, what: &str, text: &str) {
        if text.trim().is_empty() {
            self.error(What::EmptyWords, format!("The {what} is empty: write it."));
        }
    }

    fn question(&mut self, question: &Question) {
        self.at("prompt").filled("prompt", &question.prompt);
        for (field, text) in [("hint", &question.hint), ("help", &question.help)] {
            for problem in text.as_deref().map(markdown::problems).unwrap_or_default() {
                self.at(field).error(What::BadWording, format!("The {field}: {problem}"));
            }
        }
        self.at("fact");
        let built_in = BUILT_IN.contains(&question.fact.as_str());
        if !built_in && (!is_key(&question.fact) || is_reserved(&question.fact)) {
            self.at("fact").error(
                What::BadKey,
                format!("\"{}\" cannot be the key of a fact: use a-z, 0-9 and \"_\", and no word of the condition language.", question.fact),
            );
        }
        let fits = match question.fact.as_str() {
            "text" => question.ask == Ask::Text,
            "events" => question.ask == Ask::Event,
            "codes" => question.ask == Ask::Code,
            "servers" | "clients" | "admin" => question.ask == Ask::Servers,
            _ => question.ask != Ask::Event,
        };
        if !fits {
            self.at("ask").error(What::WrongAsk, format!("The fact \"{}\" cannot be asked as {}.", question.fact, question.ask.as_str()));
        }
        self.options(question);
        self.columns(question);
        if question.ask != Ask::Number && question.number.is_some() {
            self.at("number").error(What::Limits, "Limits belong to questions that ask for a number.");
        }
    }

    fn card(&mut self, card: &[Lookup], scope: &Scope<'_>) {
        self.at("card");
        if card.len() > MAX_LOOKUPS {
            self.error(What::Card, format!("The card names {} ways to find the fact out; {MAX_LOOKUPS} are the limit.", card.len()));
        }
        for (index, lookup) in card.iter().enumerate() {
            let of_card = |what: &str| format!("{what} of way {} of the card", index + 1);
            self.filled(&of_card("\"where\""), &lookup.place);
            if lookup.place.contains('\n') || lookup.place.chars().count() > MAX_PLACE {
                self.error(What::Card, format!("The {} is too long: say in one line of at most {MAX_PLACE} characters where to look.", of_card("\"where\"")));
            }
            if lookup.command.is_none() && lookup.steps.is_none() {
                self.error(What::Card, format!("Way {} of the card does not say what to do: give it a command or steps.", index + 1));
            }
            let command = lookup.command.as_ref().map(|command| &command.text);
            // What output looks like is shown as it stands.
            let sample = lookup.looks_like.as_ref();
            for (what, text, room) in [("command", command, Some(Room::Line)), ("steps", lookup.steps.as_ref(), Some(Room::Markdown)), ("sample", sample, None)]
            {
                let Some(text) = text else { continue };
                self.filled(&of_card(what), text);
                if text.chars().count() > MAX_LOOKUP_TEXT {
                    self.error(What::Card, format!("The {} has more than {MAX_LOOKUP_TEXT} characters: keep what shows the fact.", of_card(what)));
                }
                if let Some(room) = room {
                    self.wording(&of_card(what), text, room, scope);
                }
            }
        }
    }

    fn options(&mut self, question: &Question) {
        self.at("options");
        let takes_options = matches!(question.ask, Ask::Choice | Ask::Choices);
        let least = if question.ask == Ask::Choice { 2 } else { 1 };
        if takes_options && question.options.len() < least {
            self.error(What::Options, "The question has too few options to choose from.");
        }
        if !takes_options && !question.options.is_empty() {
            self.error(What::Options, "Options belong to questions that ask for a choice.");
        }
        for message in repeated("option", question.options.iter().map(|option| option.key.as_str())) {
            self.error(What::KeyTwice, message);
        }
        for option in &question.options {
            if !is_key(&option.key) {
                self.error(What::BadKey, format!("\"{}\" cannot be the key of an option.", option.key));
            }
            self.filled(&format!("label of option \"{}\"", option.key), &option.label);
        }
    }

    fn columns(&mut self, question: &Question) {
        self.at("columns");
        let table = question.ask == Ask::Servers;
        let has_parts = !question.columns.is_empty() || !question.offers.is_empty() || !question.families.is_empty();
        if !table && has_parts {
            self.error(What::Columns, "Columns, families and offers belong to questions that ask for servers.");
        }
        if table && question.columns.is_empty() {
            self.error(What::Columns, "The table asks for nothing: name at least one column, such as level.");
        }
        for column in [Column::Roles, Column::Hotfixes, Column::History] {
            if question.columns.contains(&column) && question.offers.get(&column).is_none_or(Vec::is_empty) {
                self.error(What::Columns, format!("The column \"{}\" offers nothing to tick: name the offers.", column.as_str()));
            }
        }
        for offer in question.offers.get(&Column::History).into_iter().flatten() {
            if let Err(mistake) = read_deed(offer) {
                self.at("offers").error(What::Columns, format!("The offer \"{offer}\" of \"history\" cannot be read: {mistake}"));
            }
        }
    }

    fn fork(&mut self, tree: &Tree, fork: &Fork, scope: &Scope<'_>) {
        for (index, branch) in fork.branches.iter().enumerate() {
            self.at_place(Place::Branch(index));
            for problem in branch.when.problems(scope) {
                self.error(What::BadCondition, format!("Branch {}: {problem}", index + 1));
            }
            // Of machines a pasted text seldom says enough; without a question the branch is hardly ever taken.
            for fact in branch.when.facts(&tree.slug).iter().filter(|fact| MACHINES.contains(&fact.as_str()) && !is_asked(tree, fact)) {
                let message = format!(
                    "Branch {} looks at the fact \"{fact}\", which no question of this guide sets: unless it is pasted, the branch stays unknown. Let the question that asks for these machines set \"{fact}\".",
                    index + 1,
                    fact = fact.as_str()
                );
                self.warning(What::NeverAsked, message);
            }
            self.target(tree, &format!("Branch {}", index + 1), &branch.to);
        }
        self.at_place(Place::Otherwise).target(tree, "\"otherwise\"", &fork.otherwise);
        self.at_place(Place::Unknown).target(tree, "\"unknown\"", &fork.unknown);
    }

    pub(super) fn target(&mut self, tree: &Tree, what: &str, target: &str) {
        if tree.node(target).is_none() {
            self.error(What::MissingTarget, format!("{what} leads to \"{target}\", which does not exist."));
        }
    }

    pub(super) fn wording(&mut self, what: &str, text: &str, room: Room, scope: &Scope<'_>) {
        let length = text.chars().count();
        if length > MAX_WORDS {
            self.error(What::BadWording, format!("The {what} has {length} characters; {MAX_WORDS} is the limit."));
        }
        match Wording::parse(text) {
            Err(error) => self.error(What::BadWording, format!("The {what}: {error}")),
            Ok(wording) => {
                for problem in wording.problems(scope, room) {
                    self.error(What::BadWording, format!("The {what}: {problem}"));
                }
            }
        }
    }
}
