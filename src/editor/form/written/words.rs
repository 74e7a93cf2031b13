//! The words, texts and signs of what was written, and replacing some of them.

/// Takes a text apart. Texts keep their quotes, which are straight whatever was typed; one that is not closed ends at the end.
pub fn split(text: &str) -> Vec<String> {
    let is_quote = |c: char| matches!(c, '"' | '“' | '”' | '„');
    let mut words = Vec::new();
    let mut letters = text.chars().peekable();
    while let Some(first) = letters.next() {
        let mut word = String::from(first);
        if first.is_whitespace() {
            continue;
        }
        if is_quote(first) {
            word = "\"".to_owned();
            while let Some(c) = letters.next().filter(|c| !is_quote(*c)) {
                word.push(c);
                if c == '\\' {
                    word.extend(letters.next());
                }
            }
            word.push('"');
        } else if is_comparison(first) {
            while let Some(c) = letters.next_if(|c| is_comparison(*c)) {
                word.push(c);
            }
        } else if !is_sign(first) {
            while let Some(c) = letters.next_if(|c| !c.is_whitespace() && !is_quote(*c) && !is_comparison(*c) && !is_sign(*c)) {
                word.push(c);
            }
        }
        words.push(if word == "==" { "=".to_owned() } else { word });
    }
    words
}

fn is_comparison(c: char) -> bool {
    matches!(c, '=' | '<' | '>' | '!')
}

fn is_sign(c: char) -> bool {
    matches!(c, '(' | ')' | ':' | ',')
}

/// Whether it is a text in quotes.
pub fn is_text(word: &str) -> bool {
    word.starts_with('"')
}

/// Replaces `from`, in any case, by `to` wherever it stands.
pub fn replace(words: &mut Vec<String>, from: &[&str], to: &[&str]) {
    let mut at = 0;
    while !from.is_empty() && at < words.len() {
        if starts_with(words.get(at..).unwrap_or_default(), from) {
            words.splice(at..at + from.len(), to.iter().map(|&word| word.to_owned()));
            at += to.len();
        } else {
            at += 1;
        }
    }
}

/// Whether `words` begin with `wanted`, in any case.
pub fn starts_with(words: &[String], wanted: &[&str]) -> bool {
    words.len() >= wanted.len() && words.iter().zip(wanted).all(|(word, wanted)| word.eq_ignore_ascii_case(wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_taken_apart_into_words_texts_and_signs() {
        assert_eq!(split("error contains “a \\\" b” or(x>=3"), ["error", "contains", "\"a \\\" b\"", "or", "(", "x", ">=", "3"]);
        assert_eq!(split("retry == \"open"), ["retry", "=", "\"open\""]);
    }

    #[test]
    fn every_occurrence_is_replaced_in_any_case() {
        let mut words = split("All servers are 5.5 and all SERVERS are 5.0");
        replace(&mut words, &["all", "servers", "are"], &["every", "server", "is"]);
        assert_eq!(words.join(" "), "every server is 5.5 and every server is 5.0");
    }
}
