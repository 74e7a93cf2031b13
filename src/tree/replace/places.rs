//! Every text of a tree that an author wrote, with its place.

use super::Place;
use crate::tree::condition::Condition;
use crate::tree::model::{Fork, Lookup, Node, NodeKind, Outcome, Procedure, Question, Tree};

/// A text, by how it is read.
pub(super) enum Text<'a> {
    /// Plain words or Markdown.
    Words(&'a mut String),
    /// The same with selections in braces.
    Wording(&'a mut String),
    /// The condition of a branch.
    Condition(&'a mut Condition),
}

/// Shows `visit` every text of `tree`, in the order of its file.
pub(super) fn each(tree: &mut Tree, visit: &mut dyn FnMut(Place, Text<'_>)) {
    let mut at = At { node: None, id: String::new(), visit };
    at.words("title", "Title of the guide", &mut tree.title);
    at.words("summary", "Summary", &mut tree.summary);
    for (number, product) in (1..).zip(&mut tree.products) {
        at.words(&format!("product-{number}"), &format!("Product {number}"), product);
    }
    at.words("applies-to", "Applies to", &mut tree.applies_to);
    at.optional("owner", "Owner", tree.owner.as_mut());
    for (number, text) in (1..).zip(&mut tree.symptoms.texts) {
        at.words(&format!("symptom-{number}"), &format!("Symptom {number}"), text);
    }
    for (number, event) in (1..).zip(&mut tree.symptoms.events) {
        at.words(&format!("event-{number}"), &format!("Source of event {number}"), &mut event.source);
    }
    for node in &mut tree.nodes {
        At { node: Some(node.key.clone()), id: format!("node.{}.", node.key), visit: at.visit }.node(node);
    }
    for (number, case) in (1..).zip(&mut tree.cases) {
        at.words(&format!("case-{number}"), &format!("Name of case {number}"), &mut case.name);
    }
}

/// Where the walk over the texts is.
struct At<'v> {
    node: Option<String>,
    /// What the ids of places begin with here.
    id: String,
    visit: &'v mut dyn FnMut(Place, Text<'_>),
}

impl At<'_> {
    fn place(&self, id: &str, words: &str) -> Place {
        Place { id: format!("{}{id}", self.id), node: self.node.clone(), words: words.to_owned() }
    }

    fn words(&mut self, id: &str, words: &str, text: &mut String) {
        let place = self.place(id, words);
        (self.visit)(place, Text::Words(text));
    }

    fn wording(&mut self, id: &str, words: &str, text: &mut String) {
        let place = self.place(id, words);
        (self.visit)(place, Text::Wording(text));
    }

    fn optional(&mut self, id: &str, words: &str, text: Option<&mut String>) {
        if let Some(text) = text {
            self.words(id, words, text);
        }
    }

    fn node(&mut self, node: &mut Node) {
        self.words("title", "Title", &mut node.title);
        match &mut node.kind {
            NodeKind::Question(question) => self.question(question),
            NodeKind::Route(fork) => self.branches(fork),
            NodeKind::Outcome(outcome) => self.outcome(outcome),
            NodeKind::Jump(_) => {}
        }
    }

    fn question(&mut self, question: &mut Question) {
        self.words("prompt", "Prompt", &mut question.prompt);
        self.optional("hint", "Hint", question.hint.as_mut());
        self.optional("help", "Help", question.help.as_mut());
        for (number, lookup) in (1..).zip(&mut question.card) {
            self.lookup(number, lookup);
        }
        for option in &mut question.options {
            let key = option.key.clone();
            self.words(&format!("option-{key}"), &format!("Option \"{key}\""), &mut option.label);
            self.optional(&format!("option-{key}-hint"), &format!("Hint of option \"{key}\""), option.hint.as_mut());
        }
        if let Some(limits) = &mut question.number {
            self.optional("unit", "Unit", limits.unit.as_mut());
        }
        self.branches(&mut question.fork);
    }

    fn lookup(&mut self, number: usize, lookup: &mut Lookup) {
        let (id, words) = (format!("card-{number}"), format!("Card, way {number}"));
        self.words(&format!("{id}-where"), &format!("{words}: where"), &mut lookup.place);
        if let Some(command) = &mut lookup.command {
            self.wording(&format!("{id}-command"), &format!("{words}: command"), &mut command.text);
        }
        if let Some(steps) = &mut lookup.steps {
            self.wording(&format!("{id}-steps"), &format!("{words}: steps"), steps);
        }
        self.optional(&format!("{id}-looks"), &format!("{words}: what it looks like"), lookup.looks_like.as_mut());
    }

    fn branches(&mut self, fork: &mut Fork) {
        for (number, branch) in (1..).zip(&mut fork.branches) {
            let place = self.place(&format!("branch-{number}-when"), &format!("Condition of branch {number}"));
            (self.visit)(place, Text::Condition(&mut branch.when));
            self.optional(&format!("branch-{number}"), &format!("Label of branch {number}"), branch.label.as_mut());
        }
    }

    fn outcome(&mut self, outcome: &mut Outcome) {
        self.wording("headline", "Headline", &mut outcome.headline);
        self.wording("cause", "Cause", &mut outcome.cause);
        for procedure in &mut outcome.procedures {
            self.procedure(procedure);
        }
        for (number, reference) in (1..).zip(&mut outcome.references) {
            self.optional(&format!("reference-{number}"), &format!("Title of reference {number}"), reference.title.as_mut());
        }
    }

    fn procedure(&mut self, procedure: &mut Procedure) {
        let (id, words) = (format!("procedure-{}", procedure.key), format!("Procedure \"{}\"", procedure.key));
        self.wording(&format!("{id}-title"), &format!("{words}: title"), &mut procedure.title);
        self.wording(&format!("{id}-applies"), &format!("{words}: when it applies"), &mut procedure.applies);
        self.words(&format!("{id}-rights"), &format!("{words}: rights"), &mut procedure.rights);
        for (number, step) in (1..).zip(&mut procedure.steps) {
            let (id, words) = (format!("{id}-step-{number}"), format!("{words}, step {number}"));
            self.wording(&format!("{id}-title"), &format!("{words}: title"), &mut step.title);
            if let Some(text) = &mut step.text {
                self.wording(&format!("{id}-text"), &format!("{words}: text"), text);
            }
            if let Some(command) = &mut step.command {
                self.wording(&format!("{id}-command"), &format!("{words}: command"), &mut command.text);
            }
        }
        self.wording(&format!("{id}-verify"), &format!("{words}: how to see that it worked"), &mut procedure.verify);
        self.wording(&format!("{id}-way-back"), &format!("{words}: way back"), &mut procedure.way_back);
    }
}
