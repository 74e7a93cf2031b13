//! What a person reads about a condition or selection that cannot be read.

use crate::tree::condition::ParseError;

/// Most words that are quoted of what stands before a mistake.
const MOST_BEFORE: usize = 5;
/// Most characters that the short form quotes.
const MOST_QUOTED: usize = 40;

/// What must change, and the same in a few words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Where the mistake is, what fits there, and what to write.
    pub text: String,
    /// For the summary above the form.
    pub brief: String,
}

impl Refusal {
    /// Of `written`, a `what`, in which `error` was found: quotes the place, and says the `correction` or else the `examples`.
    pub fn new(what: &str, written: &str, error: &ParseError, correction: Option<String>, examples: &[String]) -> Self {
        let (before, after) = cut(written, error);
        let text = match correction {
            Some(correction) => format!("{} Write “{correction}”.", place(&before, &after)),
            None => {
                let fits = match &error.expected {
                    Some(expected) => format!("{} What fits there is {}.", place(&before, &after), in_plain_words(expected)),
                    None => format!("{} {}", at(&before, &after), curly(&error.message)),
                };
                format!("{fits}{}", for_example(examples))
            }
        };
        Self { text, brief: format!("The {what} “{}” cannot be read.", shortened(written)) }
    }

    /// Of an answer that no branch is for.
    pub fn not_known(written: &str) -> Self {
        let text = format!("“{}” is no condition: who does not know goes where “If not known” leads. Remove this branch, and choose there.", written.trim());
        Self { text, brief: "No branch is for those who do not know.".to_owned() }
    }

    /// Of a brace in `text` that is not closed or not opened.
    pub fn of_brace(text: &str, error: &ParseError) -> Self {
        let (before, after) = cut(text, error);
        let help = error.help.as_deref().map(curly).unwrap_or_default();
        let message = curly(&error.message);
        Self { text: format!("{} {message}. {help}", at(&before, &after)), brief: format!("A brace of the text is missing or too many: {message}.") }
    }

    /// The same with the selection in its braces, as it stands in the text.
    pub fn in_braces(self, selection: &str) -> Self {
        Self { text: format!("“{{{}}}”: {}", shortened(selection), self.text), ..self }
    }
}

/// What stands before the mistake and from it on: as many words as a sentence can quote.
fn cut(written: &str, error: &ParseError) -> (String, String) {
    let mut lines = written.split('\n');
    let above: Vec<&str> = lines.by_ref().take(error.line.saturating_sub(1)).collect();
    let line = lines.next().unwrap_or_default();
    let at = line.char_indices().nth(error.column.saturating_sub(1)).map_or(line.len(), |(at, _)| at);
    let (left, right) = line.split_at(at);
    let before: Vec<&str> = above.iter().copied().chain([left]).flat_map(str::split_whitespace).collect();
    let first = before.len().saturating_sub(MOST_BEFORE);
    let mark = if first > 0 { "… " } else { "" };
    let after = match right.strip_prefix('"').and_then(|text| text.split_once('"')) {
        Some((text, _)) => format!("\"{text}\""),
        None => right.split_whitespace().next().unwrap_or_default().to_owned(),
    };
    (format!("{mark}{}", before.get(first..).unwrap_or_default().join(" ")), after)
}

/// Says that something is wrong at a place.
fn place(before: &str, after: &str) -> String {
    match (before.is_empty(), after.is_empty()) {
        (_, true) => format!("Something is missing after “{before}”."),
        (true, false) => format!("“{after}” does not fit at the beginning."),
        (false, false) => format!("“{after}” does not fit after “{before}”."),
    }
}

/// Names a place, for a message about it.
fn at(before: &str, after: &str) -> String {
    if after.is_empty() { format!("After “{before}”:") } else { format!("At “{after}”:") }
}

/// What the parser expects, for a person.
fn in_plain_words(expected: &str) -> String {
    match expected {
        "a test" => "what is tested: “some server”, “every server”, “text”, or what a question asks".to_owned(),
        "a family" | "a family, such as 5.5" => "a version of the product".to_owned(),
        "a level of the family" => "a service pack or update of that version".to_owned(),
        "\"and\", \"or\" or the end" => "nothing more, or “and” or “or” with another condition".to_owned(),
        other => curly(other),
    }
}

/// Curly quotes in place of straight ones, which conditions need for themselves.
fn curly(text: &str) -> String {
    let mut is_open = false;
    let turned = |c: char| {
        if c != '"' {
            return c;
        }
        is_open = !is_open;
        if is_open { '“' } else { '”' }
    };
    text.chars().map(turned).collect()
}

fn for_example(examples: &[String]) -> String {
    match examples {
        [] => String::new(),
        examples => format!(" Write for example {}.", examples.iter().map(|example| format!("“{example}”")).collect::<Vec<_>>().join(" or ")),
    }
}

fn shortened(written: &str) -> String {
    let words = written.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() <= MOST_QUOTED {
        return words;
    }
    format!("{}…", words.chars().take(MOST_QUOTED).collect::<String>().trim_end())
}
