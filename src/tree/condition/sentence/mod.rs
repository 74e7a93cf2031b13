//! Conditions in English, as pages show them.

mod brief;
mod verbs;

use super::Condition;
use super::ast::{Expr, Op, Quantifier, Range, RowTest, TextExpr, Who};
pub use brief::briefs;
use verbs::{Phrase, of_predicate, of_text_test};

/// What the tree calls a declared fact (as written, `None`) or one of its options (`Some`); `None` if it has no word for it.
pub type Words<'w> = &'w dyn Fn(&str, Option<&str>) -> Option<String>;

impl Condition {
    /// The condition in English, without a capital letter or full stop: "some server runs 5.0 SP2, and every other server
    /// is below 5.0 SP2".
    #[must_use]
    pub fn sentence(&self, words: Words<'_>) -> String {
        Writer { words, rows: Vec::new() }.clause(&self.0, false)
    }
}

/// Writes clauses; knows the rows around the part that it writes.
struct Writer<'w, 'e> {
    words: Words<'w>,
    rows: Vec<&'e Range>,
}

impl<'e> Writer<'_, 'e> {
    /// A whole clause, with its subject.
    fn clause(&mut self, expr: &'e Expr, negated: bool) -> String {
        match expr {
            Expr::Not(part) => self.clause(part, !negated),
            Expr::All(_) | Expr::Any(_) if negated => format!("it is not true that {}", self.clause(expr, false)),
            Expr::All(parts) => listed(parts.iter().map(|part| self.clause(part, false)).collect(), "and"),
            Expr::Any(parts) => format!("either {}", listed(parts.iter().map(|part| self.clause(part, false)).collect(), "or")),
            Expr::Quantified { how, rows, body } => self.quantified(*how, rows, body, negated),
            Expr::Count { rows, body, op, number } => self.count(rows, body, *op, *number, negated),
            Expr::Row(test) => {
                let subject = test.subject.as_deref().map_or_else(|| "it".to_owned(), |name| self.machine(name));
                let phrase = self.predicate(test);
                format!("{subject} {}", phrase.text(negated))
            }
            Expr::Messages { fact, test } if fact == "text" => format!("{} {}", if negated { "no message" } else { "a message" }, text_phrases(test, false)),
            Expr::Messages { fact, test } => format!("{} {}", self.label(fact), text_phrases(test, negated)),
            Expr::Records(test) => format!("{} {}", if negated { "no event" } else { "an event" }, text_phrases(test, false)),
            Expr::Code(code) => format!("the code {code} {}", Phrase::new("was", "reported").text(negated)),
            Expr::Compare { fact, op, value } => self.comparison(fact, *op, value, negated),
            Expr::Has { fact, option } => format!("{} {}", self.label(fact), Phrase::new("includes", self.option(fact, option)).text(negated)),
        }
    }

    fn quantified(&mut self, how: Quantifier, rows: &'e Range, body: &'e Expr, negated: bool) -> String {
        let (word, opening) = match (how, negated) {
            (Quantifier::Some, false) | (Quantifier::No, true) => ("some", ""),
            (Quantifier::Some, true) | (Quantifier::No, false) => ("no", ""),
            (Quantifier::Every, false) => ("every", ""),
            (Quantifier::Every, true) => ("every", "not "),
        };
        let range = self.range(rows);
        let body = self.inside(rows, body);
        // "No other server" and its kin claim that there is another, which a turned sentence would have to deny.
        if negated && rows.who == Who::Others {
            return format!("it is not true that {} {range}{body}", how.as_str());
        }
        format!("{opening}{word} {range}{body}")
    }

    fn count(&mut self, rows: &'e Range, body: &'e Expr, op: Op, number: u32, negated: bool) -> String {
        let op = if negated { opposite(op) } else { op };
        let amount = match op {
            Op::Eq => "exactly",
            Op::Ne => "a number other than",
            Op::Lt => "fewer than",
            Op::Le => "at most",
            Op::Gt => "more than",
            Op::Ge => "at least",
        };
        format!("for {amount} {number} of the {}s it holds that the {}{}", rows.list.row(), self.range(rows), self.inside(rows, body))
    }

    /// The rows that are meant: "other server", "server a that has the role bridgehead".
    fn range(&mut self, rows: &'e Range) -> String {
        let mut text = rows.list.row().to_owned();
        if let Some(var) = &rows.var {
            text = format!("{text} {var}");
        }
        match &rows.who {
            Who::Everyone => {}
            Who::Others => text = format!("other {text}"),
            Who::OthersOf(var) if self.rows.last().is_some_and(|row| row.var.as_ref() == Some(var)) => text = format!("other {text}"),
            Who::OthersOf(var) => text = format!("{text} other than {}", self.machine(var)),
        }
        if let Some(filter) = &rows.filter {
            self.rows.push(rows);
            let (start, what) = match self.verbs(filter) {
                Some(verbs) => ("that", verbs),
                None => ("for which", self.clause(filter, false)),
            };
            self.rows.pop();
            text = format!("{text} {start} {what}");
        }
        text
    }

    /// What is said of the rows: verbs that follow the row itself, then clauses of their own.
    fn inside(&mut self, rows: &'e Range, body: &'e Expr) -> String {
        self.rows.push(rows);
        let parts = if let Expr::All(parts) = body { parts.as_slice() } else { std::slice::from_ref(body) };
        let leading = parts.iter().map_while(|part| self.verbs(part)).collect::<Vec<_>>();
        let rest: Vec<String> = parts.iter().skip(leading.len()).map(|part| self.clause(part, false)).collect();
        self.rows.pop();
        match (leading.is_empty(), rest.is_empty()) {
            (true, _) => format!(" is such that {}", listed(rest, "and")),
            (false, true) => format!(" {}", listed(leading, "and")),
            (false, false) => format!(" {}, and {}", listed(leading, "and"), listed(rest, "and")),
        }
    }

    /// What is said of the row around, without naming it; `None` if the part speaks of something else.
    fn verbs(&mut self, expr: &'e Expr) -> Option<String> {
        match expr {
            Expr::Row(test) if test.subject.is_none() => Some(self.predicate(test).text(false)),
            Expr::Not(part) => match &**part {
                Expr::Row(test) if test.subject.is_none() => Some(self.predicate(test).text(true)),
                _ => None,
            },
            Expr::All(parts) => parts.iter().map(|part| self.verbs(part)).collect::<Option<Vec<_>>>().map(|verbs| listed(verbs, "and")),
            Expr::Any(parts) => parts.iter().map(|part| self.verbs(part)).collect::<Option<Vec<_>>>().map(|verbs| format!("either {}", listed(verbs, "or"))),
            _ => None,
        }
    }

    fn predicate(&self, test: &RowTest) -> Phrase {
        of_predicate(&test.predicate, &|name| self.machine(name))
    }

    /// A machine that is named in a condition.
    fn machine(&self, name: &str) -> String {
        match self.rows.iter().rev().position(|row| row.var.as_deref() == Some(name)) {
            Some(0) => "it".to_owned(),
            Some(_) => self.rows.iter().find(|row| row.var.as_deref() == Some(name)).map_or_else(String::new, |row| format!("{} {name}", row.list.row())),
            None if name == "admin" => "the Administrator program".to_owned(),
            None => self.label(name),
        }
    }

    fn label(&self, fact: &str) -> String {
        format!("“{}”", (self.words)(fact, None).unwrap_or_else(|| fact.to_owned()))
    }

    fn option(&self, fact: &str, option: &str) -> String {
        format!("“{}”", (self.words)(fact, Some(option)).unwrap_or_else(|| option.to_owned()))
    }

    fn comparison(&self, fact: &str, op: Op, value: &str, negated: bool) -> String {
        let op = if negated { opposite(op) } else { op };
        let limit = match op {
            Op::Eq => return format!("{} is {}", self.label(fact), self.option(fact, value)),
            Op::Ne => return format!("{} is not {}", self.label(fact), self.option(fact, value)),
            Op::Lt => "less than",
            Op::Le => "at most",
            Op::Gt => "more than",
            Op::Ge => "at least",
        };
        format!("{} is {limit} {value}", self.label(fact))
    }
}

fn opposite(op: Op) -> Op {
    match op {
        Op::Eq => Op::Ne,
        Op::Ne => Op::Eq,
        Op::Lt => Op::Ge,
        Op::Le => Op::Gt,
        Op::Gt => Op::Le,
        Op::Ge => Op::Lt,
    }
}

/// What is said of a message or event.
fn text_phrases(test: &TextExpr, negated: bool) -> String {
    match test {
        TextExpr::Not(part) => text_phrases(part, !negated),
        // What is not both is not one of them: a negation goes inside and turns the word that joins.
        TextExpr::All(parts) | TextExpr::Any(parts) => {
            let is_all = matches!(test, TextExpr::All(_)) != negated;
            let phrases = listed(parts.iter().map(|part| text_phrases(part, negated)).collect(), if is_all { "and" } else { "or" });
            if is_all { phrases } else { format!("either {phrases}") }
        }
        atom => of_text_test(atom).text(negated),
    }
}

/// Joins clauses: "A", "A and B", "A, B, and C"; with commas also where a part has one itself.
fn listed(mut parts: Vec<String>, by: &str) -> String {
    let last = parts.pop().unwrap_or_default();
    match parts.as_slice() {
        [] => last,
        [only] if !only.contains(',') && !last.contains(',') => format!("{only} {by} {last}"),
        _ => format!("{}, {by} {last}", parts.join(", ")),
    }
}
