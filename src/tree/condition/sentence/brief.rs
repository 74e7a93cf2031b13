//! Conditions in the few words that a map has room for.

use super::super::Condition;
use super::super::ast::{Expr, LevelTest, Op, Predicate, Quantifier, RowTest, Scale};
use super::verbs::of_predicate;
use super::{Words, Writer, listed, text_phrases};

/// What the branches of one node say, each in a few words: "5.5 below SP3", "every 2000", "contains “host unreachable”". What all of them share is left
/// out, and so is the fact `own`, which the node asks for.
#[must_use]
pub fn briefs(conditions: &[&Condition], own: Option<&str>, words: Words<'_>) -> Vec<String> {
    let several = conditions.len() > 1;
    let first = conditions.first().map(|condition| condition.shape());
    let share = |part: fn(&Expr) -> Option<&str>| {
        let shared = first.and_then(part).filter(|_| several);
        shared.filter(|shared| conditions.iter().all(|condition| part(condition.shape()) == Some(shared)))
    };
    let brief = Brief { own, fact: share(fact), quantifier: share(quantifier), words };
    conditions.iter().map(|condition| brief.clause(condition.shape())).collect()
}

/// The fact that the whole condition is about.
fn fact(expr: &Expr) -> Option<&str> {
    match expr {
        Expr::Messages { fact, .. } | Expr::Compare { fact, .. } | Expr::Has { fact, .. } => Some(fact),
        Expr::Row(test) => test.subject.as_deref(),
        Expr::All(parts) | Expr::Any(parts) => {
            let first = fact(parts.first()?)?;
            parts.iter().all(|part| fact(part) == Some(first)).then_some(first)
        }
        Expr::Not(part) => fact(part),
        _ => None,
    }
}

fn quantifier(expr: &Expr) -> Option<&str> {
    if let Expr::Quantified { how, .. } = expr { Some(how.as_str()) } else { None }
}

struct Brief<'a> {
    own: Option<&'a str>,
    /// The fact that all branches share.
    fact: Option<&'a str>,
    /// The quantifier that all branches share.
    quantifier: Option<&'a str>,
    words: Words<'a>,
}

impl Brief<'_> {
    fn clause(&self, expr: &Expr) -> String {
        match expr {
            Expr::All(parts) => listed(parts.iter().map(|part| self.clause(part)).collect(), "and"),
            Expr::Any(parts) => listed(parts.iter().map(|part| self.clause(part)).collect(), "or"),
            Expr::Not(part) => format!("not {}", self.clause(part)),
            // One server is enough for what is said of servers; every server is more, and must be said.
            Expr::Quantified { how, body, .. } if *how == Quantifier::Some || self.quantifier == Some(how.as_str()) => self.clause(body),
            Expr::Quantified { how, body, .. } => format!("{} {}", how.as_str(), self.clause(body)),
            Expr::Row(test) => self.row(test),
            Expr::Messages { fact, test } => self.named(fact, text_phrases(test, false)),
            Expr::Records(test) => text_phrases(test, false),
            Expr::Code(code) => code.to_string(),
            Expr::Compare { fact, op, value } => self.named(fact, format!("{}{}", limit(*op), self.option(fact, value))),
            Expr::Has { fact, option } => self.named(fact, self.option(fact, option)),
            Expr::Count { .. } => Writer { words: self.words, rows: Vec::new() }.clause(expr, false),
        }
    }

    fn row(&self, test: &RowTest) -> String {
        let phrase = match &test.predicate {
            Predicate::Level { scale: Scale::Level, is: LevelTest::Within { family, bound, level } } => format!("{family} {} {level}", bound.as_str()),
            predicate => {
                let phrase = of_predicate(predicate, &|name| name.to_owned()).text(false);
                ["is ", "runs "].into_iter().find_map(|verb| phrase.strip_prefix(verb)).map_or_else(|| phrase.clone(), str::to_owned)
            }
        };
        test.subject.as_deref().map_or_else(|| phrase.clone(), |subject| self.named(subject, phrase.clone()))
    }

    /// What is said of a fact, with its name where it is not clear.
    fn named(&self, fact: &str, said: String) -> String {
        if fact == "text" || [self.own, self.fact].contains(&Some(fact)) {
            return said;
        }
        format!("{}: {said}", (self.words)(fact, None).unwrap_or_else(|| fact.to_owned()))
    }

    fn option(&self, fact: &str, option: &str) -> String {
        (self.words)(fact, Some(option)).unwrap_or_else(|| option.to_owned())
    }
}

fn limit(op: Op) -> &'static str {
    match op {
        Op::Eq => "",
        Op::Ne => "not ",
        Op::Lt => "below ",
        Op::Le => "at most ",
        Op::Gt => "above ",
        Op::Ge => "at least ",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(own: Option<&str>, conditions: &[&str]) -> Vec<String> {
        let read: Vec<Condition> = conditions.iter().map(|text| Condition::parse(text).unwrap()).collect();
        let words = |fact: &str, option: Option<&str>| match (fact, option) {
            ("share", None) => Some("Is the share there".to_owned()),
            ("share", Some("missing")) => Some("Nothing there".to_owned()),
            _ => None,
        };
        briefs(&read.iter().collect::<Vec<_>>(), own, &words)
    }

    #[test]
    fn a_condition_is_said_in_a_few_words() {
        for (own, condition, brief) in [
            (None, "some server is 5.5 below SP3", "5.5 below SP3"),
            (None, "every server is 2000", "every 2000"),
            (None, "no server older than 5.5", "no older than 5.5"),
            (Some("error"), "error(contains \"host unreachable\")", "contains “host unreachable”"),
            (Some("share"), "share = missing", "Nothing there"),
            (Some("share"), "share != missing", "not Nothing there"),
            (None, "share = missing", "Is the share there: Nothing there"),
            (Some("queue"), "queue >= 100", "at least 100"),
            (None, "some server (is 5.5 and role has bridgehead)", "5.5 and has the role bridgehead"),
        ] {
            assert_eq!(said(own, &[condition]), [brief]);
        }
    }

    #[test]
    fn what_all_branches_share_is_left_out() {
        assert_eq!(said(None, &["every server is 5.5", "every server is 2000"]), ["5.5", "2000"]);
        assert_eq!(said(None, &["some server is 5.5", "every server is 2000"]), ["5.5", "every 2000"]);
        assert_eq!(said(None, &["share = missing", "share = there"]), ["Nothing there", "there"]);
        assert_eq!(said(None, &["share = there", "retry = no"]), ["Is the share there: there", "retry: no"]);
    }
}
