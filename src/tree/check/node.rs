//! Checks of one node by itself.

use super::{Finding, MAX_LOOKUP_TEXT, MAX_LOOKUPS, MAX_PLACE, MAX_PROCEDURES, MAX_TITLE, is_key, is_slug, repeated};
use crate::tree::condition::{Scope, is_reserved, read_deed};
use crate::tree::fact::BUILT_IN;
use crate::tree::model::{Ask, Column, Fork, Lookup, Node, NodeKind, Outcome, Procedure, Question, Tree, Verdict};
use crate::tree::wording::{Room, Wording};

/// Everything that is wrong with `node`.
pub fn check(tree: &Tree, node: &Node, scope: &Scope<'_>) -> Vec<Finding> {
    let mut report = Report { node: &node.key, findings: Vec::new() };
    if !is_key(&node.key) {
        report.error(format!("\"{}\" cannot be a key: use a-z, 0-9 and \"_\", beginning with a letter, at most 64 characters.", node.key));
    }
    report.filled("title", &node.title);
    if node.title.chars().count() > MAX_TITLE {
        report.warning(format!("The title has {} characters; {MAX_TITLE} fit the map.", node.title.chars().count()));
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
                report.error(format!("\"{}\" is no other tree to jump to.", jump.tree));
            }
        }
    }
    report.findings
}

struct Report<'a> {
    node: &'a str,
    findings: Vec<Finding>,
}

impl Report<'_> {
    fn error(&mut self, message: impl Into<String>) {
        self.findings.push(Finding::error(Some(self.node), message));
    }

    fn warning(&mut self, message: impl Into<String>) {
        self.findings.push(Finding::warning(Some(self.node), message));
    }

    fn filled(&mut self, what: &str, text: &str) {
        if text.trim().is_empty() {
            self.error(format!("The {what} is empty: write it."));
        }
    }

    fn question(&mut self, question: &Question) {
        self.filled("prompt", &question.prompt);
        let built_in = BUILT_IN.contains(&question.fact.as_str());
        if !built_in && (!is_key(&question.fact) || is_reserved(&question.fact)) {
            self.error(format!("\"{}\" cannot be the key of a fact: use a-z, 0-9 and \"_\", and no word of the condition language.", question.fact));
        }
        let fits = match question.fact.as_str() {
            "text" => question.ask == Ask::Text,
            "events" => question.ask == Ask::Event,
            "codes" => question.ask == Ask::Code,
            "servers" | "clients" | "admin" => question.ask == Ask::Servers,
            _ => question.ask != Ask::Event,
        };
        if !fits {
            self.error(format!("The fact \"{}\" cannot be asked as {}.", question.fact, question.ask.as_str()));
        }
        self.options(question);
        self.columns(question);
        if question.ask != Ask::Number && question.number.is_some() {
            self.error("Limits belong to questions that ask for a number.");
        }
    }

    fn card(&mut self, card: &[Lookup], scope: &Scope<'_>) {
        if card.len() > MAX_LOOKUPS {
            self.error(format!("The card names {} ways to find the fact out; {MAX_LOOKUPS} are the limit.", card.len()));
        }
        for (index, lookup) in card.iter().enumerate() {
            let of_card = |what: &str| format!("{what} of way {} of the card", index + 1);
            self.filled(&of_card("\"where\""), &lookup.place);
            if lookup.place.contains('\n') || lookup.place.chars().count() > MAX_PLACE {
                self.error(format!("The {} is too long: say in one line of at most {MAX_PLACE} characters where to look.", of_card("\"where\"")));
            }
            if lookup.command.is_none() && lookup.steps.is_none() {
                self.error(format!("Way {} of the card does not say what to do: give it a command or steps.", index + 1));
            }
            let command = lookup.command.as_ref().map(|command| &command.text);
            // What output looks like is shown as it stands.
            let sample = lookup.looks_like.as_ref();
            for (what, text, room) in [("command", command, Some(Room::Line)), ("steps", lookup.steps.as_ref(), Some(Room::Markdown)), ("sample", sample, None)]
            {
                let Some(text) = text else { continue };
                self.filled(&of_card(what), text);
                if text.chars().count() > MAX_LOOKUP_TEXT {
                    self.error(format!("The {} has more than {MAX_LOOKUP_TEXT} characters: keep what shows the fact.", of_card(what)));
                }
                if let Some(room) = room {
                    self.wording(&of_card(what), text, room, scope);
                }
            }
        }
    }

    fn options(&mut self, question: &Question) {
        let takes_options = matches!(question.ask, Ask::Choice | Ask::Choices);
        let least = if question.ask == Ask::Choice { 2 } else { 1 };
        if takes_options && question.options.len() < least {
            self.error("The question has too few options to choose from.");
        }
        if !takes_options && !question.options.is_empty() {
            self.error("Options belong to questions that ask for a choice.");
        }
        for message in repeated("option", question.options.iter().map(|option| option.key.as_str())) {
            self.error(message);
        }
        for option in &question.options {
            if !is_key(&option.key) {
                self.error(format!("\"{}\" cannot be the key of an option.", option.key));
            }
            self.filled(&format!("label of option \"{}\"", option.key), &option.label);
        }
    }

    fn columns(&mut self, question: &Question) {
        let table = question.ask == Ask::Servers;
        let has_parts = !question.columns.is_empty() || !question.offers.is_empty() || !question.families.is_empty();
        if !table && has_parts {
            self.error("Columns, families and offers belong to questions that ask for servers.");
        }
        if table && question.columns.is_empty() {
            self.error("The table asks for nothing: name at least one column, such as level.");
        }
        for column in [Column::Roles, Column::Hotfixes, Column::History] {
            if question.columns.contains(&column) && question.offers.get(&column).is_none_or(Vec::is_empty) {
                self.error(format!("The column \"{}\" offers nothing to tick: name the offers.", column.as_str()));
            }
        }
        for offer in question.offers.get(&Column::History).into_iter().flatten() {
            if let Err(mistake) = read_deed(offer) {
                self.error(format!("The offer \"{offer}\" of \"history\" cannot be read: {mistake}"));
            }
        }
    }

    fn fork(&mut self, tree: &Tree, fork: &Fork, scope: &Scope<'_>) {
        for (index, branch) in fork.branches.iter().enumerate() {
            for problem in branch.when.problems(scope) {
                self.error(format!("Branch {}: {problem}", index + 1));
            }
            self.target(tree, &format!("Branch {}", index + 1), &branch.to);
        }
        self.target(tree, "\"otherwise\"", &fork.otherwise);
        self.target(tree, "\"unknown\"", &fork.unknown);
    }

    fn target(&mut self, tree: &Tree, what: &str, target: &str) {
        if tree.node(target).is_none() {
            self.error(format!("{what} leads to \"{target}\", which does not exist."));
        }
    }

    fn outcome(&mut self, tree: &Tree, outcome: &Outcome, scope: &Scope<'_>) {
        self.filled("headline", &outcome.headline);
        self.filled("cause", &outcome.cause);
        self.wording("headline", &outcome.headline, Room::Line, scope);
        self.wording("cause", &outcome.cause, Room::Markdown, scope);
        let needs_none = matches!(outcome.verdict, Verdict::HandOver | Verdict::NothingWrong);
        if !needs_none && outcome.procedures.is_empty() {
            self.error("The outcome has no procedure: say what to do.");
        }
        if outcome.procedures.len() > MAX_PROCEDURES {
            self.error(format!("The outcome has {} procedures; {MAX_PROCEDURES} alternatives are the limit.", outcome.procedures.len()));
        }
        for message in repeated("procedure", outcome.procedures.iter().map(|procedure| procedure.key.as_str())) {
            self.error(message);
        }
        for procedure in &outcome.procedures {
            self.procedure(procedure, scope);
        }
        for reference in &outcome.references {
            let number = reference.article.strip_prefix("KB").or_else(|| reference.article.strip_prefix('Q')).unwrap_or_default();
            if number.is_empty() || !number.chars().all(|c| c.is_ascii_digit()) {
                self.error(format!("\"{}\" is no article number: write it as Q247773 or KB5121573.", reference.article));
            }
        }
        if let Some(target) = &outcome.did_not_help {
            self.target(tree, "\"did_not_help\"", target);
        }
    }

    fn procedure(&mut self, procedure: &Procedure, scope: &Scope<'_>) {
        let of = |what: &str| format!("{what} of procedure \"{}\"", procedure.key);
        if !is_key(&procedure.key) {
            self.error(format!("\"{}\" cannot be the key of a procedure.", procedure.key));
        }
        for (what, text, room) in [
            ("title", &procedure.title, Room::Line),
            ("\"applies\"", &procedure.applies, Room::Markdown),
            ("way back", &procedure.way_back, Room::Markdown),
            ("rights", &procedure.rights, Room::Line),
        ] {
            self.filled(&of(what), text);
            self.wording(&of(what), text, room, scope);
        }
        if procedure.verify.trim().is_empty() {
            self.warning(format!("Procedure \"{}\" does not say how to see that it worked.", procedure.key));
        }
        self.wording(&of("\"verify\""), &procedure.verify, Room::Markdown, scope);
        if procedure.steps.is_empty() {
            self.error(format!("Procedure \"{}\" has no steps.", procedure.key));
        }
        for (index, step) in procedure.steps.iter().enumerate() {
            let of_step = |what: &str| format!("{what} of step {} of procedure \"{}\"", index + 1, procedure.key);
            self.filled(&of_step("title"), &step.title);
            self.wording(&of_step("title"), &step.title, Room::Line, scope);
            self.wording(&of_step("text"), step.text.as_deref().unwrap_or_default(), Room::Markdown, scope);
            if let Some(command) = &step.command {
                self.filled(&of_step("command"), &command.text);
                self.wording(&of_step("command"), &command.text, Room::Line, scope);
            }
        }
    }

    fn wording(&mut self, what: &str, text: &str, room: Room, scope: &Scope<'_>) {
        match Wording::parse(text) {
            Err(error) => self.error(format!("The {what}: {error}")),
            Ok(wording) => {
                for problem in wording.problems(scope, room) {
                    self.error(format!("The {what}: {problem}"));
                }
            }
        }
    }
}
