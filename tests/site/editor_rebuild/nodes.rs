//! What is typed into the form of a node, and how many rows it takes.

use fixpath::tree::model::{Column, Command, Fork, Lookup, Node, NodeKind, Outcome, Procedure, Question};
use serde::Serialize;

use super::{Rebuild, Typed};

/// What becomes of a node's form: the buttons that add its rows, then what is typed.
#[derive(Default)]
struct Filling {
    presses: Vec<String>,
    typed: Typed,
}

impl Rebuild<'_> {
    /// Fills in everything of a node but the branches of a route, which are built afterwards: their conditions need the questions.
    pub(super) async fn fill_node(&mut self, node: &Node) {
        self.open(&node.key).await;
        let mut filling = Filling::default();
        filling.put("title", &node.title);
        match &node.kind {
            NodeKind::Question(question) => filling.question(question),
            NodeKind::Route(fork) => filling.ways_on(fork),
            NodeKind::Outcome(outcome) => filling.outcome(outcome),
            NodeKind::Jump(jump) => filling.put("tree", &jump.tree),
        }
        for button in filling.presses {
            self.press(&button, &[]).await;
        }
        self.press("Save draft", &filling.typed).await;
    }
}

impl Filling {
    fn put(&mut self, name: impl Into<String>, value: &str) {
        self.typed.push((name.into(), value.to_owned()));
    }

    fn put_some(&mut self, name: impl Into<String>, value: Option<&str>) {
        if let Some(value) = value {
            self.put(name, value);
        }
    }

    /// Chooses the word that the file has for the value.
    fn choose(&mut self, name: impl Into<String>, value: impl Serialize) {
        let word = serde_json::to_value(value).unwrap();
        self.put(name, word.as_str().unwrap());
    }

    /// A row for each item, with the button that adds it.
    fn rows<T>(&mut self, button: &str, list: &str, items: &[T], fill: impl Fn(&mut Self, &str, &T)) {
        for (number, item) in (1..).zip(items) {
            self.presses.push(button.to_owned());
            fill(self, &format!("{list}-{number}"), item);
        }
    }

    fn question(&mut self, question: &Question) {
        self.put("prompt", &question.prompt);
        self.put_some("hint", question.hint.as_deref());
        self.choose("ask", question.ask);
        self.put("fact", &question.fact);
        self.rows("Add an option", "option", &question.options, |filling, row, option| {
            filling.put(format!("{row}-key"), &option.key);
            filling.put(format!("{row}-label"), &option.label);
            filling.put_some(format!("{row}-hint"), option.hint.as_deref());
        });
        self.rows("Add a column", "column", &question.columns, |filling, row, column| filling.choose(format!("{row}-name"), column));
        self.put("families", &question.families.join(", "));
        for (column, field) in [(Column::Roles, "offers_roles"), (Column::Hotfixes, "offers_hotfixes"), (Column::History, "offers_history")] {
            self.put_some(field, question.offers.get(&column).map(|offers| offers.join("\n")).as_deref());
        }
        if let Some(limits) = &question.number {
            self.put_some("min", limits.min.map(|limit| limit.to_string()).as_deref());
            self.put_some("max", limits.max.map(|limit| limit.to_string()).as_deref());
            self.put_some("unit", limits.unit.as_deref());
        }
        self.put_some("help", question.help.as_deref());
        self.rows("Add a way to find out", "card", &question.card, Self::way_to_find_out);
        self.rows("Add a branch", "branch", &question.fork.branches, |filling, row, branch| {
            filling.put(format!("{row}-when"), &branch.when.to_string());
            filling.put_some(format!("{row}-label"), branch.label.as_deref());
            filling.put(format!("{row}-to"), &branch.to);
        });
        self.ways_on(&question.fork);
    }

    fn way_to_find_out(&mut self, row: &str, lookup: &Lookup) {
        self.put(format!("{row}-where"), &lookup.place);
        self.command(row, lookup.command.as_ref());
        self.put_some(format!("{row}-steps"), lookup.steps.as_deref());
        self.put_some(format!("{row}-looks_like"), lookup.looks_like.as_deref());
    }

    fn command(&mut self, row: &str, command: Option<&Command>) {
        if let Some(command) = command {
            self.choose(format!("{row}-shell"), command.shell);
            self.put(format!("{row}-command"), &command.text);
        }
    }

    fn ways_on(&mut self, fork: &Fork) {
        self.put("otherwise", &fork.otherwise);
        self.put("unknown", &fork.unknown);
        for meant in &fork.meant {
            self.choose("meant", meant);
        }
    }

    fn outcome(&mut self, outcome: &Outcome) {
        self.choose("verdict", outcome.verdict);
        self.put("headline", &outcome.headline);
        self.put("cause", &outcome.cause);
        self.put_some("did_not_help", outcome.did_not_help.as_deref());
        self.rows("Add a procedure", "procedure", &outcome.procedures, Self::procedure);
        self.rows("Add a reference", "reference", &outcome.references, |filling, row, reference| {
            filling.put(format!("{row}-article"), &reference.article);
            filling.put_some(format!("{row}-title"), reference.title.as_deref());
        });
    }

    fn procedure(&mut self, row: &str, procedure: &Procedure) {
        for (name, value) in [
            ("key", &procedure.key),
            ("title", &procedure.title),
            ("applies", &procedure.applies),
            ("minutes", &procedure.minutes.to_string()),
            ("rights", &procedure.rights),
            ("verify", &procedure.verify),
            ("way_back", &procedure.way_back),
        ] {
            self.put(format!("{row}-{name}"), value);
        }
        self.choose(format!("{row}-risk"), procedure.risk);
        self.choose(format!("{row}-per"), procedure.per);
        let number = row.rsplit('-').next().unwrap_or_default();
        self.rows(&format!("Add a step to procedure {number}"), &format!("{row}-step"), &procedure.steps, |filling, row, step| {
            filling.put(format!("{row}-title"), &step.title);
            filling.put_some(format!("{row}-text"), step.text.as_deref());
            filling.command(row, step.command.as_ref());
        });
    }
}
