//! What somebody may have meant who wrote a condition or selection that cannot be read.

use super::Known;
use super::answers::{TEXT_VERBS, in_full};
use super::machines;
use super::words::{is_text, replace, split};
use crate::tree::condition::{FactKind, ParseError, Selection, is_reserved};
use crate::tree::model::{Ask, Choice};

/// Words of the language that can name facts too.
const MORE_WORDS: [&str; 13] = ["contains", "words", "like", "matches", "source", "id", "least", "most", "than", "yes", "no", "ended", "line"];

type Step = fn(&mut Vec<String>, &Known<'_>);

/// A condition close to `written`, in the language; `None` if nothing close means anything in this tree.
pub fn condition(written: &str, known: &Known<'_>) -> Option<String> {
    let reads = |text: &str| {
        let full = known.asked.and_then(|asked| in_full(text, asked, known.tree));
        known.sound_condition(full.as_deref().unwrap_or(text))
    };
    let steps: [Step; 5] = [titles, labels, comparisons, machines::put_right, |words, known| misspelt(words, known)];
    first_that_reads(written.trim_end_matches(['.', '?']), &steps, known, &reads).or_else(|| phrase(written, known))
}

/// A selection close to what stands between braces, with them.
pub fn selection(written: &str, known: &Known<'_>) -> Option<String> {
    let reads = |text: &str| known.sound_selection(text);
    let steps: [Step; 3] = [titles, selected, |words, known| misspelt(words, known)];
    first_that_reads(written, &steps, known, &reads).map(|selection| format!("{{{selection}}}"))
}

/// The first selection of a text that cannot be read, and why; `None` if it is a brace that is wrong.
pub fn unreadable_selection(text: &str) -> Option<(&str, ParseError)> {
    let mut rest = text;
    while let Some((_, from)) = rest.split_once('{') {
        if let Some(after) = from.strip_prefix('{') {
            rest = after;
            continue;
        }
        let (selection, after) = from.split_once('}')?;
        if let Err(error) = Selection::parse(selection) {
            return Some((selection, error));
        }
        rest = after;
    }
    None
}

/// Puts right one kind of mistake after the other until the text can be read.
fn first_that_reads(written: &str, steps: &[Step], known: &Known<'_>, reads: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    let mut words = split(written);
    reads(&words.join(" ")).or_else(|| {
        steps.iter().find_map(|step| {
            step(&mut words, known);
            reads(&words.join(" "))
        })
    })
}

/// Facts in place of the titles of their questions.
fn titles(words: &mut Vec<String>, known: &Known<'_>) {
    let mut named: Vec<(&str, &str)> = known.titles().collect();
    // Of two titles of which one is a part of the other, the longer one is meant.
    named.sort_by_key(|(title, _)| std::cmp::Reverse(title.len()));
    for (title, fact) in named {
        let title = title.trim_end_matches('?');
        if !is_reserved(&title.to_lowercase()) {
            exchange(words, title, fact);
        }
    }
}

/// Keys in place of the labels of options.
fn labels(words: &mut Vec<String>, known: &Known<'_>) {
    let of_fact = |fact: &str| -> &[Choice] {
        match known.kind(fact) {
            Some(FactKind::Choice(options) | FactKind::Choices(options)) => options,
            _ => &[],
        }
    };
    let facts = known.asked.map(|asked| asked.fact).into_iter().chain(known.titles().map(|(_, fact)| fact));
    for fact in facts.filter(|fact| words.iter().any(|word| word == fact)).collect::<Vec<_>>() {
        for option in of_fact(fact) {
            exchange(words, &option.label, &option.key);
        }
    }
}

/// Replaces a name, in quotes or without.
fn exchange(words: &mut Vec<String>, name: &str, by: &str) {
    replace(words, &[format!("\"{name}\"").as_str()], &[by]);
    let parts = split(name);
    replace(words, &parts.iter().map(String::as_str).collect::<Vec<_>>(), &[by]);
}

/// `retry is No` is `retry = no`, `signs includes slow` is `signs has slow`, and `note contains "a"` is `note(contains "a")`.
fn comparisons(words: &mut Vec<String>, known: &Known<'_>) {
    let mut at = 0;
    while at < words.len() {
        let kind = words.get(at).and_then(|word| if word == "text" { Some(FactKind::Text) } else { known.kind(word) });
        match kind {
            Some(FactKind::YesNo | FactKind::Choice(_) | FactKind::Number | FactKind::Code) => compare(words, at + 1),
            Some(FactKind::Choices(_)) if words.get(at + 1).is_some_and(|verb| ["is", "=", "includes", "contains", "are"].contains(&verb.as_str())) => {
                words.splice(at + 1..at + 2, ["has".to_owned()]);
            }
            Some(FactKind::Text) => bracket(words, at + 1),
            _ => {}
        }
        at += 1;
    }
}

/// Puts the comparison right that stands at a place.
fn compare(words: &mut Vec<String>, at: usize) {
    let verbs: [(&[&str], &str); 5] = [(&["is", "not"], "!="), (&["isn't"], "!="), (&["is"], "="), (&["equals"], "="), (&[":"], "=")];
    let rest = words.get(at..).unwrap_or_default();
    if let Some((verb, sign)) = verbs.into_iter().find(|(verb, _)| super::words::starts_with(rest, verb)) {
        words.splice(at..at + verb.len(), [sign.to_owned()]);
    }
    if let Some(value) = words.get_mut(at + 1).filter(|value| value.eq_ignore_ascii_case("yes") || value.eq_ignore_ascii_case("no")) {
        value.make_ascii_lowercase();
    }
}

/// Brackets around the test of a text that begins at a place.
fn bracket(words: &mut Vec<String>, at: usize) {
    let Some(verb) = words.get_mut(at) else { return };
    if ["includes", "contain", "has", "="].contains(&verb.as_str()) {
        "contains".clone_into(verb);
    }
    if TEXT_VERBS.contains(&verb.as_str()) && words.get(at + 1).is_some_and(|text| is_text(text)) {
        words.insert(at + 2, ")".to_owned());
        words.insert(at, "(".to_owned());
    }
}

/// `the servers that are 5.5` is `servers: is 5.5`.
fn selected(words: &mut Vec<String>, known: &Known<'_>) {
    while words.first().is_some_and(|word| ["the", "all", "every", "names", "of"].contains(&word.to_lowercase().as_str())) {
        words.remove(0);
    }
    let of = if super::words::starts_with(words, &["levels", "of"]) { 2 } else { 0 };
    if let Some(row) = words.get_mut(of) {
        match row.to_lowercase().as_str() {
            "server" | "servers" => "servers".clone_into(row),
            "client" | "clients" => "clients".clone_into(row),
            _ => return,
        }
    }
    let mut filter = words.split_off(words.len().min(of + 1));
    if filter.first().is_some_and(|word| word == ":") {
        filter.remove(0);
    }
    machines::tests(&mut filter, known);
    if filter.is_empty() {
        return;
    }
    words.push(":".to_owned());
    if filter.first().is_some_and(|word| known.ladder().is_some_and(|ladder| ladder.family_at(word).is_some())) {
        words.push("is".to_owned());
    }
    words.extend(filter);
}

/// Words of the language, facts and options in place of those that differ from them in a letter or two.
fn misspelt(words: &mut [String], known: &Known<'_>) {
    let language = |word: &str| is_reserved(word) || MORE_WORDS.contains(&word);
    let facts: Vec<&str> = known.asked.map(|asked| asked.fact).into_iter().chain(known.titles().map(|(_, fact)| fact)).collect();
    let options = facts.iter().filter_map(|fact| match known.kind(fact) {
        Some(FactKind::Choice(options) | FactKind::Choices(options)) => Some(options),
        _ => None,
    });
    let mut vocabulary: Vec<&str> = options.flatten().map(|option| option.key.as_str()).collect();
    vocabulary.extend(facts);
    vocabulary.extend(MORE_WORDS.iter().chain(&["some", "every", "server", "client", "below", "above", "newer", "older", "behind", "known", "text", "event"]));
    for word in words.iter_mut().filter(|word| word.len() > 2 && word.chars().all(char::is_alphanumeric) && !language(word)) {
        let most = if word.len() > 5 { 2 } else { 1 };
        let close = vocabulary.iter().map(|known| (strsim::levenshtein(word, known), *known)).filter(|(letters, _)| (1..=most).contains(letters));
        if let Some((_, meant)) = close.min_by_key(|(letters, _)| *letters).filter(|_| !vocabulary.contains(&word.as_str())) {
            meant.clone_into(word);
        }
    }
}

/// A phrase that was written without quotes, for a question that asks for a text.
fn phrase(written: &str, known: &Known<'_>) -> Option<String> {
    let asked = known.asked.filter(|asked| asked.ask == Ask::Text)?;
    let own = [asked.fact, "the", "text", "error", "message", "it", "contains", "(", ")"];
    let words = split(written);
    let phrase: Vec<&str> = words.iter().map(String::as_str).skip_while(|word| own.contains(word)).filter(|word| *word != ")").collect();
    let is_plain = phrase.iter().all(|word| !is_text(word) && !["and", "or", "not"].contains(word));
    let text = format!("{}(contains \"{}\")", asked.fact, phrase.join(" "));
    if is_plain && !phrase.is_empty() { known.sound_condition(&text) } else { None }
}
