//! Texts that a regular expression matches.

use regex_syntax::hir::{Class, Hir, HirKind};

/// Most examples of one expression.
const MOST: usize = 8;
/// Longest example, in bytes.
const LONGEST: usize = 4_096;

/// A few texts that `pattern` matches, in the order of its alternatives. They are for trying: anchors and look-arounds are passed over.
pub(super) fn of(pattern: &str) -> Vec<String> {
    let Ok(hir) = regex_syntax::parse(pattern) else { return Vec::new() };
    let mut found = examples(&hir);
    found.truncate(MOST);
    found
}

fn examples(hir: &Hir) -> Vec<String> {
    match hir.kind() {
        HirKind::Empty => vec![String::new()],
        HirKind::Look(look) => match look {
            // Where a word ends or begins, a blank does.
            regex_syntax::hir::Look::WordAscii | regex_syntax::hir::Look::WordUnicode => vec![String::new(), " ".to_owned()],
            _ => vec![String::new()],
        },
        HirKind::Literal(literal) => vec![String::from_utf8_lossy(&literal.0).into_owned()],
        HirKind::Class(class) => of_class(class),
        HirKind::Repetition(repetition) => {
            let once = examples(&repetition.sub);
            let least = usize::try_from(repetition.min).unwrap_or(usize::MAX);
            let most = repetition.max.map_or(usize::MAX, |max| usize::try_from(max).unwrap_or(usize::MAX));
            let counts = [least, least.saturating_add(1)].into_iter().filter(|count| *count <= most);
            let texts =
                counts.flat_map(|count| once.iter().map(move |one| if one.len().saturating_mul(count) > LONGEST { String::new() } else { one.repeat(count) }));
            shortened(texts.collect())
        }
        HirKind::Capture(capture) => examples(&capture.sub),
        HirKind::Concat(parts) => parts.iter().fold(vec![String::new()], |before, part| {
            let after = examples(part);
            shortened(before.iter().flat_map(|before| after.iter().map(move |after| format!("{before}{after}"))).collect())
        }),
        HirKind::Alternation(parts) => shortened(parts.iter().flat_map(|part| examples(part).into_iter().take(2)).collect()),
    }
}

/// A letter, a digit or a blank of the class where it has one, else its first character.
fn of_class(class: &Class) -> Vec<String> {
    let pleasing = ['a', 'x', '1', ' ', '.'];
    match class {
        Class::Unicode(class) => {
            let has = |wanted: char| class.ranges().iter().any(|range| (range.start()..=range.end()).contains(&wanted));
            let found: Vec<String> = pleasing.into_iter().filter(|wanted| has(*wanted)).take(2).map(String::from).collect();
            let first = || class.ranges().first().map(|range| range.start().to_string());
            if found.is_empty() { first().into_iter().collect() } else { found }
        }
        Class::Bytes(class) => class.ranges().first().map(|range| char::from(range.start()).to_string()).into_iter().collect(),
    }
}

fn shortened(mut texts: Vec<String>) -> Vec<String> {
    texts.dedup();
    texts.truncate(MOST);
    texts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_match_their_expressions() {
        for pattern in ["^another error\\s0x", "a|b+c", "(ex|EX)[0-9]{2,3}", "", "error (-?\\d+) at", "\\bjet\\b.*failed$", "[^a]", "(?i)MTA"] {
            let regex = regex::RegexBuilder::new(pattern).case_insensitive(true).build().unwrap();
            let examples = of(pattern);
            assert!(examples.iter().any(|text| regex.is_match(text)), "{pattern}: {examples:?}");
        }
    }
}
