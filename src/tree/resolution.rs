//! An outcome filled with one visitor's facts: what pages and the JSON API show.

use super::closure::Closure;
use super::condition::{Facts, LevelLine};
use super::fact::Sheet;
use super::model::{Choice, Lookup, Outcome, Per, Procedure, Reference, Risk, Shell, Verdict};
use super::wording::{Filled, Piece, Wording, is_safe_in_command, listed};

/// A text whose selections are filled.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Words(pub Vec<Piece>);

impl Words {
    /// The words as plain text. What is not known stands in square brackets.
    #[must_use]
    pub fn plain(&self) -> String {
        self.0.iter().map(plain).collect()
    }
}

fn plain(piece: &Piece) -> String {
    match piece {
        Piece::Text(text) => text.clone(),
        Piece::Filled(filled) => filled.plain(),
    }
}

impl Filled {
    /// The words for it as plain text.
    #[must_use]
    pub fn plain(&self) -> String {
        match self {
            Self::Names { names, maybe } if names.is_empty() && maybe.is_empty() => "[no server]".to_owned(),
            Self::Names { names, maybe } if maybe.is_empty() => listed(names),
            Self::Names { names, maybe } if names.is_empty() => format!("[perhaps {}: level not known]", listed(maybe)),
            Self::Names { names, maybe } => format!("{} [and perhaps {}: level not known]", listed(names), listed(maybe)),
            Self::Levels(lines) if lines.is_empty() => "[no server]".to_owned(),
            Self::Levels(lines) => lines.iter().map(|line| format!("- {}", level_line(line))).collect::<Vec<_>>().join("\n"),
            Self::Answer(answer) => answer.clone(),
            Self::Blank(what) => format!("[{}]", blank_words(what)),
        }
    }
}

/// What one machine runs as plain text; in square brackets if it is not known whether the machine belongs to the list.
#[must_use]
pub fn level_line(line: &LevelLine) -> String {
    if line.belongs { line.text.clone() } else { format!("[{}]", line.text) }
}

/// What a blank says where nothing is known: `servers: is 5.0` is about servers that were not named.
fn blank_words(selection: &str) -> String {
    let selected = selection.split([':', '}']).next().unwrap_or_default().trim();
    match selected.trim_start_matches("levels of ") {
        "servers" => "the servers, which you have not named".to_owned(),
        "clients" => "the clients, which you have not named".to_owned(),
        "admin" => "the Administrator machine".to_owned(),
        other => format!("{other}: not known"),
    }
}

/// An outcome with the visitor's own names in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Resolution {
    /// What kind of end it is.
    pub verdict: Verdict,
    /// The page's title.
    pub headline: Words,
    /// Why it happens. Markdown.
    pub cause: Words,
    /// The alternatives.
    pub procedures: Vec<Way>,
    /// The articles it rests on.
    pub references: Vec<Reference>,
}

/// One alternative.
#[derive(Debug, Clone, PartialEq)]
pub struct Way {
    /// The procedure's key.
    pub key: String,
    /// What it does.
    pub title: Words,
    /// When to choose it. Markdown.
    pub applies: Words,
    /// How dangerous it is.
    pub risk: Risk,
    /// About how long it takes.
    pub minutes: u32,
    /// What the minutes are for.
    pub per: Per,
    /// The rights it needs.
    pub rights: String,
    /// What to do, in order.
    pub steps: Vec<Doing>,
    /// How to see that it worked. Markdown.
    pub verify: Words,
    /// How to undo it. Markdown.
    pub way_back: Words,
}

/// One step.
#[derive(Debug, Clone, PartialEq)]
pub struct Doing {
    /// What to do, in a line.
    pub title: Words,
    /// More about it. Markdown.
    pub text: Option<Words>,
    /// A command, one line for each server that it is for.
    pub command: Option<Lines>,
}

/// One way to find a fact out.
#[derive(Debug, Clone, PartialEq)]
pub struct Looking {
    /// Where it is done. Markdown in one line.
    pub place: String,
    /// A command, one line for each server that it is for.
    pub command: Option<Lines>,
    /// What to choose and where to look. Markdown.
    pub steps: Option<Words>,
    /// What it then looks like.
    pub looks_like: Option<String>,
}

/// A command, ready to be copied.
#[derive(Debug, Clone, PartialEq)]
pub struct Lines {
    /// The shell it is for.
    pub shell: Shell,
    /// The lines.
    pub lines: Vec<String>,
    /// Why a blank stands in it, if one does.
    pub notes: Vec<String>,
}

/// Fills `outcome` of the tree `part` with what `sheet` holds.
#[must_use]
pub fn resolve(part: &Closure, outcome: &Outcome, sheet: &Sheet) -> Resolution {
    let facts = part.facts(sheet);
    let filler = Filler { part, facts: &facts };
    Resolution {
        verdict: outcome.verdict,
        headline: filler.words(&outcome.headline),
        cause: filler.words(&outcome.cause),
        procedures: outcome.procedures.iter().map(|procedure| filler.way(procedure)).collect(),
        references: outcome.references.clone(),
    }
}

/// Fills the ways of a card of the tree `part` with what `sheet` holds.
#[must_use]
pub fn look_up(part: &Closure, card: &[Lookup], sheet: &Sheet) -> Vec<Looking> {
    let facts = part.facts(sheet);
    let filler = Filler { part, facts: &facts };
    card.iter()
        .map(|lookup| Looking {
            place: lookup.place.clone(),
            command: lookup.command.as_ref().map(|command| lines(command.shell, &filler.words(&command.text))),
            steps: lookup.steps.as_deref().map(|steps| filler.words(steps)),
            looks_like: lookup.looks_like.clone(),
        })
        .collect()
}

struct Filler<'a> {
    part: &'a Closure,
    facts: &'a Facts<'a>,
}

impl Filler<'_> {
    fn words(&self, text: &str) -> Words {
        // A text that does not parse was refused when the version was checked; in a draft it stands as the author wrote it.
        match Wording::parse(text) {
            Ok(wording) => Words(wording.fill(self.facts, &|fact, option| self.label(fact, option))),
            Err(_) => Words(vec![Piece::Text(text.to_owned())]),
        }
    }

    fn label(&self, fact: &str, option: &str) -> Option<String> {
        self.part.tree.question_for(fact).and_then(|(_, question)| label_of(&question.options, option))
    }

    fn way(&self, procedure: &Procedure) -> Way {
        Way {
            key: procedure.key.clone(),
            title: self.words(&procedure.title),
            applies: self.words(&procedure.applies),
            risk: procedure.risk,
            minutes: procedure.minutes,
            per: procedure.per,
            rights: procedure.rights.clone(),
            steps: procedure
                .steps
                .iter()
                .map(|step| Doing {
                    title: self.words(&step.title),
                    text: step.text.as_deref().map(|text| self.words(text)),
                    command: step.command.as_ref().map(|command| lines(command.shell, &self.words(&command.text))),
                })
                .collect(),
            verify: self.words(&procedure.verify),
            way_back: self.words(&procedure.way_back),
        }
    }
}

/// The label of the option `key`.
#[must_use]
pub fn label_of(options: &[Choice], key: &str) -> Option<String> {
    options.iter().find(|option| option.key == key).map(|option| option.label.clone())
}

/// Repeats a command once for each server of its first selection. A name that could mean something to a shell becomes a labelled blank.
fn lines(shell: Shell, words: &Words) -> Lines {
    let mut notes = Vec::new();
    let repeated = words.0.iter().find_map(|piece| match piece {
        Piece::Filled(Filled::Names { names, .. }) if names.len() > 1 => Some(names.clone()),
        _ => None,
    });
    let lines = match repeated {
        Some(names) => names.iter().map(|name| line(words, Some((&names, name)), &mut notes)).collect(),
        None => vec![line(words, None, &mut notes)],
    };
    notes.dedup();
    Lines { shell, lines, notes }
}

fn line(words: &Words, chosen: Option<(&Vec<String>, &String)>, notes: &mut Vec<String>) -> String {
    words
        .0
        .iter()
        .map(|piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Filled(Filled::Names { names, maybe }) => {
                if !maybe.is_empty() {
                    notes.push(format!("It is not known whether {} belongs here too.", listed(maybe)));
                }
                let name = match chosen {
                    Some((list, name)) if list == names => Some(name),
                    _ => names.first(),
                };
                name.map_or_else(|| "<SERVER>".to_owned(), |name| safe(name, notes))
            }
            Piece::Filled(Filled::Answer(answer)) => safe(answer, notes),
            Piece::Filled(blank @ (Filled::Levels(_) | Filled::Blank(_))) => {
                notes.push(format!("Replace <SERVER> yourself: {}.", blank.plain().trim_matches(['[', ']'])));
                "<SERVER>".to_owned()
            }
        })
        .collect()
}

fn safe(name: &str, notes: &mut Vec<String>) -> String {
    if is_safe_in_command(name) {
        return name.to_owned();
    }
    notes.push("Replace <SERVER> yourself: a name with other characters than letters, digits, \".\", \"-\" and \"_\" is not filled into commands.".to_owned());
    "<SERVER>".to_owned()
}

#[cfg(test)]
mod tests;
