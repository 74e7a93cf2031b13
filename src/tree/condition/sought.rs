//! What a condition looks for in texts and event logs, for those who ask which tree a text is about.

use super::Condition;
use super::ast::{Expr, TextExpr};
use crate::tree::code::Code;
use crate::tree::message::{Glob, Phrase};

/// Something that a condition looks for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Sought<'c> {
    /// Words in a row.
    Phrase(&'c Phrase),
    /// Words in any order.
    Words(&'c Phrase),
    /// A pattern for a whole message.
    Glob(&'c Glob),
    /// An error code.
    Code(&'c Code),
    /// An event.
    Event {
        /// The program that logs it.
        source: &'c str,
        /// Its number.
        id: u32,
    },
}

impl Condition {
    /// What the condition looks for in `text`, `events` and `codes`, in reading order. What stands under a `not` is left out, as its absence is looked
    /// for; so are regular expressions, which have no words.
    #[must_use]
    pub fn sought(&self) -> Vec<Sought<'_>> {
        let mut found = Vec::new();
        collect(&self.0, &mut found);
        found
    }
}

fn collect<'c>(expr: &'c Expr, found: &mut Vec<Sought<'c>>) {
    match expr {
        Expr::All(parts) | Expr::Any(parts) => parts.iter().for_each(|part| collect(part, found)),
        Expr::Messages { fact, test } if fact == "text" => texts(test, found),
        Expr::Records(test) => {
            texts(test, found);
            let (mut sources, mut ids) = (Vec::new(), Vec::new());
            events(test, &mut sources, &mut ids);
            found.extend(sources.iter().flat_map(|source| ids.iter().map(|id| Sought::Event { source, id: *id })));
        }
        Expr::Code(code) => found.push(Sought::Code(code)),
        Expr::Not(_) | Expr::Messages { .. } | Expr::Quantified { .. } | Expr::Count { .. } | Expr::Row(_) | Expr::Compare { .. } | Expr::Has { .. } => {}
    }
}

fn texts<'c>(test: &'c TextExpr, found: &mut Vec<Sought<'c>>) {
    match test {
        TextExpr::All(parts) | TextExpr::Any(parts) => parts.iter().for_each(|part| texts(part, found)),
        TextExpr::Contains(phrase) => found.push(Sought::Phrase(phrase)),
        TextExpr::Words(phrase) => found.push(Sought::Words(phrase)),
        TextExpr::Like(glob) => found.push(Sought::Glob(glob)),
        TextExpr::Code(code) => found.push(Sought::Code(code)),
        TextExpr::Not(_) | TextExpr::Matches(_) | TextExpr::Source(_) | TextExpr::Id(_) => {}
    }
}

/// The sources and numbers of a test of event records; each of one goes with each of the other.
fn events<'c>(test: &'c TextExpr, sources: &mut Vec<&'c str>, ids: &mut Vec<u32>) {
    match test {
        TextExpr::All(parts) | TextExpr::Any(parts) => parts.iter().for_each(|part| events(part, sources, ids)),
        TextExpr::Source(source) => sources.push(source),
        TextExpr::Id(id) => ids.push(*id),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sought(condition: &str) -> Vec<String> {
        let condition = Condition::parse(condition).unwrap();
        let words = |sought: Sought<'_>| match sought {
            Sought::Phrase(phrase) => format!("phrase {}", phrase.written()),
            Sought::Words(phrase) => format!("words {}", phrase.written()),
            Sought::Glob(glob) => format!("glob {}", glob.written()),
            Sought::Code(code) => format!("code {code}"),
            Sought::Event { source, id } => format!("event {id} {source}"),
        };
        condition.sought().into_iter().map(words).collect()
    }

    #[test]
    fn what_stands_in_texts_events_and_codes_is_sought_and_its_absence_is_not() {
        for (condition, expected) in [
            ("text(contains \"file replication\" and not code c10312c6)", &["phrase file replication"][..]),
            ("text(words \"a b\" or like \"x *\" or matches \"y+\")", &["words a b", "glob x *"]),
            ("not text(contains \"could not be loaded\") and code(c1030ad1)", &["code c1030ad1"]),
            (
                "event(source MSExchangeSA and (id 2036 or id 2037) and contains \"add-ins\")",
                &["phrase add-ins", "event 2036 MSExchangeSA", "event 2037 MSExchangeSA"],
            ),
            ("event(id 2037)", &[]),
            ("remark(contains \"slow\") or some server is 5.0", &[]),
        ] {
            assert_eq!(sought(condition), expected, "{condition}");
        }
    }
}
