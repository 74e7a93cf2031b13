//! Answers to a question, which stand for conditions.

use super::Asked;
use super::words::{is_text, split, starts_with};
use crate::tree::model::{Ask, Tree};

/// The tests of a text.
pub const TEXT_VERBS: [&str; 4] = ["contains", "words", "like", "matches"];
/// What a text question's own answer may be called.
const TEXT_NAMES: [&str; 4] = ["text", "error", "message", "it"];

/// The condition that answers to the question stand for: `no` is `retry = no`, `slow or fast` is `speed = slow or speed = fast`, and `contains "a phrase"`,
/// `text contains "a phrase"` and `"a phrase"` are `text(contains "a phrase")`. `None` if it is none of its answers.
pub fn in_full(written: &str, asked: &Asked<'_>, tree: &Tree) -> Option<String> {
    let written = written.trim();
    if asked.ask == Ask::Text {
        return of_text(written, asked, tree);
    }
    if let Some(answer) = of_one(written, asked) {
        return Some(answer);
    }
    let several: Option<Vec<String>> = written.split(" or ").map(|part| of_one(part.trim(), asked)).collect();
    several.map(|parts| parts.join(" or "))
}

fn of_one(written: &str, asked: &Asked<'_>) -> Option<String> {
    let fact = asked.fact;
    if let Some(rest) = written.strip_prefix("not ") {
        return of_one(rest.trim(), asked).map(|answer| format!("not {answer}"));
    }
    let bare = written.trim_matches(['"', '“', '”']).trim();
    // "retry is no" could be read as a level called "no".
    let words = split(bare);
    let named = words.split_first().filter(|(name, rest)| name.as_str() == fact && (starts_with(rest, &["is"]) || starts_with(rest, &["="])));
    let bare = named.and_then(|(_, rest)| rest.get(1..)).map_or_else(|| bare.to_owned(), |answer| answer.join(" "));
    let bare = bare.trim_matches('"');
    let option = || asked.options.iter().find(|option| option.key == bare || option.label.to_lowercase() == bare.to_lowercase());
    match asked.ask {
        Ask::YesNo => ["yes", "no"].into_iter().find(|answer| bare.eq_ignore_ascii_case(answer)).map(|answer| format!("{fact} = {answer}")),
        Ask::Choice => option().map(|option| format!("{fact} = {}", option.key)),
        Ask::Choices => option().map(|option| format!("{fact} has {}", option.key)),
        Ask::Text | Ask::Servers | Ask::Event | Ask::Code | Ask::Number => None,
    }
}

/// Tests of the text that the question asks for, with or without its name and with or without `contains`.
fn of_text(written: &str, asked: &Asked<'_>, tree: &Tree) -> Option<String> {
    let is_own = |name: &str| name == asked.fact || TEXT_NAMES.contains(&name) && tree.question_for(name).is_none_or(|(_, found)| found.fact == asked.fact);
    let words = split(written);
    let mut tests: Vec<&str> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let rest = words.get(at..).unwrap_or_default();
        let names_the_text = TEXT_VERBS.iter().any(|verb| starts_with(rest, &[word, verb])) && is_own(&word.to_lowercase());
        let is_article = word == "the" && words.get(at + 1).is_some_and(|next| is_own(&next.to_lowercase()));
        if names_the_text || is_article {
            continue;
        }
        if is_text(word) && tests.last().is_none_or(|before| ["and", "or", "not", "("].contains(before)) {
            tests.push("contains");
        }
        tests.push(word);
    }
    let begins = tests.iter().find(|word| !["not", "("].contains(word));
    begins.is_some_and(|word| TEXT_VERBS.contains(word)).then(|| format!("{}({})", asked.fact, tests.join(" ")))
}

/// Whether it says what the edge "If not known" is for.
pub fn says_not_known(written: &str) -> bool {
    let bare = written.trim().trim_matches(['"', '“', '”', '.']).replace('’', "'").to_lowercase();
    ["don't know", "i don't know", "dont know", "not known", "unknown", "not sure"].contains(&bare.as_str())
}
