//! A node, a case and the head of a tree as lists of named texts, as they are compared side by side.

use serde::Serialize;
use serde_json::Value as Json;

use crate::tree::model::{Case, Fork, Lookup, Node, NodeKind, Outcome, Question, Step, Tree};

/// A name that authors know and what is written there; fields without a text are left out.
pub(super) type Fields = Vec<(String, String)>;

/// The head of a tree.
pub(super) fn of_head(tree: &Tree) -> Fields {
    let events = tree.symptoms.events.iter().map(|event| format!("{} {}", event.source, event.id));
    let mut fields = Vec::new();
    push(&mut fields, "Title", &tree.title);
    push(&mut fields, "Address", &tree.slug);
    push(&mut fields, "Summary", &tree.summary);
    push(&mut fields, "Products", &tree.products.join("\n"));
    push(&mut fields, "Applies to", &tree.applies_to);
    push(&mut fields, "Ladder", &tree.ladder);
    push(&mut fields, "Owner", tree.owner.as_deref().unwrap_or_default());
    push(&mut fields, "Reviewed", tree.reviewed.as_deref().unwrap_or_default());
    push(&mut fields, "Review by", tree.review_by.as_deref().unwrap_or_default());
    push(&mut fields, "Error texts", &tree.symptoms.texts.join("\n"));
    push(&mut fields, "Events", &events.collect::<Vec<_>>().join("\n"));
    push(&mut fields, "Begins with", &tree.start);
    fields
}

/// A node.
pub(super) fn of_node(node: &Node) -> Fields {
    let mut fields = Vec::new();
    push(&mut fields, "Title", &node.title);
    push(&mut fields, "Kind", node.kind.name());
    match &node.kind {
        NodeKind::Question(question) => of_question(&mut fields, question),
        NodeKind::Route(fork) => of_fork(&mut fields, fork),
        NodeKind::Outcome(outcome) => of_outcome(&mut fields, outcome),
        NodeKind::Jump(jump) => push(&mut fields, "Goes on in", &jump.tree),
    }
    fields
}

/// A case.
pub(super) fn of_case(case: &Case) -> Fields {
    let mut fields = Vec::new();
    for (fact, value) in &case.facts {
        push(&mut fields, &format!("Fact {fact}"), &serde_json::to_string_pretty(value).unwrap_or_default());
    }
    push(&mut fields, "Answered “don't know”", &case.unknown.join("\n"));
    push(&mut fields, "Tried", &case.answers.iter().map(|(outcome, helped)| format!("{outcome}: {}", helped.as_str())).collect::<Vec<_>>().join("\n"));
    push(&mut fields, "Expects", &case.expect);
    fields
}

fn of_question(fields: &mut Fields, question: &Question) {
    push(fields, "Fact", &question.fact);
    push(fields, "Asks for", question.ask.as_str());
    push(fields, "Prompt", &question.prompt);
    push(fields, "Hint", question.hint.as_deref().unwrap_or_default());
    push(fields, "Help", question.help.as_deref().unwrap_or_default());
    push(fields, "Card", &question.card.iter().map(lookup).collect::<Vec<_>>().join("\n\n"));
    for option in &question.options {
        let hint = option.hint.iter().map(|hint| format!("\n{hint}"));
        push(fields, &format!("Option {}", option.key), &std::iter::once(option.label.clone()).chain(hint).collect::<String>());
    }
    push(fields, "Columns", &question.columns.iter().map(|column| column.as_str()).collect::<Vec<_>>().join(", "));
    push(fields, "Families", &question.families.join(", "));
    for (column, offered) in &question.offers {
        push(fields, &format!("Offers {}", column.as_str()), &offered.join("\n"));
    }
    if let Some(limits) = &question.number {
        push(fields, "Limits", &words(limits));
    }
    of_fork(fields, &question.fork);
}

fn lookup(lookup: &Lookup) -> String {
    let command = lookup.command.as_ref().map(|command| format!("{}: {}", words(&command.shell), command.text));
    let lines = [Some(lookup.place.clone()), command, lookup.steps.clone(), lookup.looks_like.clone()];
    lines.into_iter().flatten().collect::<Vec<_>>().join("\n")
}

fn of_fork(fields: &mut Fields, fork: &Fork) {
    for (number, branch) in (1..).zip(&fork.branches) {
        let label = branch.label.iter().map(|label| format!("\n({label})")).collect::<String>();
        push(fields, &format!("Branch {number}"), &format!("{}\n→ {}{label}", branch.when, branch.to));
    }
    push(fields, "Otherwise", &format!("→ {}", fork.otherwise));
    push(fields, "Don't know", &format!("→ {}", fork.unknown));
    push(fields, "Meant", &fork.meant.iter().map(words).collect::<Vec<_>>().join(", "));
}

fn of_outcome(fields: &mut Fields, outcome: &Outcome) {
    push(fields, "Verdict", outcome.verdict.as_str());
    push(fields, "Headline", &outcome.headline);
    push(fields, "Cause", &outcome.cause);
    for procedure in &outcome.procedures {
        let mut part = |name: &str, text: &str| push(fields, &format!("Procedure {}: {name}", procedure.key), text);
        part("title", &procedure.title);
        part("applies", &procedure.applies);
        part("risk", &words(&procedure.risk));
        part("minutes", &format!("{} ({})", procedure.minutes, words(&procedure.per)));
        part("rights", &procedure.rights);
        part("steps", &procedure.steps.iter().map(step).collect::<Vec<_>>().join("\n\n"));
        part("verify", &procedure.verify);
        part("way back", &procedure.way_back);
    }
    let references = outcome.references.iter().map(|reference| format!("{} {}", reference.article, reference.title.as_deref().unwrap_or_default()));
    push(fields, "References", &references.map(|line| line.trim_end().to_owned()).collect::<Vec<_>>().join("\n"));
    push(fields, "Did not help", &outcome.did_not_help.iter().map(|target| format!("→ {target}")).collect::<String>());
}

fn step(step: &Step) -> String {
    let command = step.command.as_ref().map(|command| format!("{}: {}", words(&command.shell), command.text));
    [Some(step.title.clone()), step.text.clone(), command].into_iter().flatten().collect::<Vec<_>>().join("\n")
}

/// The file's own words for an enum or a small record.
fn words(value: &impl Serialize) -> String {
    match serde_json::to_value(value).unwrap_or_default() {
        Json::String(word) => word,
        Json::Object(fields) => fields.iter().map(|(name, value)| format!("{name} {}", value.to_string().trim_matches('"'))).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

fn push(fields: &mut Fields, name: &str, text: &str) {
    if !text.is_empty() {
        fields.push((name.to_owned(), text.to_owned()));
    }
}
