//! Reads what was typed into the parts of a tree. Everything is read before anything is refused, so that one answer names every mistake.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use super::targets::Targets;
use super::typed::Typed;
use super::written::{self, Asked, Known, Refusal};
use crate::editor::condition::sentence::with_scope;
use crate::tree::check::MAX_WORDS;
use crate::tree::condition::Condition;
use crate::tree::ladder::Ladders;
use crate::tree::markdown;
use crate::tree::model::Tree;
use crate::tree::wording::{Room, Wording};
use crate::web::FieldErrors;

/// Most problems of one text that are named; a pasted web page has thousands.
const MOST_PROBLEMS: usize = 3;

/// Reads a form or one of its rows; what cannot be taken is noted at its field.
pub struct Reader<'a> {
    typed: &'a Typed,
    /// What stands before the names of its fields: empty, or such as `card-2-`.
    prefix: String,
    errors: &'a mut FieldErrors,
    /// What its selections can name, where it has texts with selections.
    within: Option<(&'a Tree, &'a Ladders)>,
}

impl<'a> Reader<'a> {
    /// Reads the whole form, which has no texts with selections.
    pub fn new(typed: &'a Typed, errors: &'a mut FieldErrors) -> Self {
        Self::of_row(typed, String::new(), errors, None)
    }

    /// Reads the whole form, whose selections name facts of `tree` and levels of `ladders`.
    pub fn within(typed: &'a Typed, errors: &'a mut FieldErrors, tree: &'a Tree, ladders: &'a Ladders) -> Self {
        Self::of_row(typed, String::new(), errors, Some((tree, ladders)))
    }

    fn of_row(typed: &'a Typed, prefix: String, errors: &'a mut FieldErrors, within: Option<(&'a Tree, &'a Ladders)>) -> Self {
        let mut reader = Self { typed, prefix, errors, within };
        for (name, length) in typed.lengths().filter(|(_, length)| *length > MAX_WORDS) {
            reader.refuse(name, format!("The text has {length} characters; {MAX_WORDS} is the limit. Keep what the reader needs here."));
        }
        reader
    }

    /// Notes what must change at a field.
    pub fn refuse(&mut self, name: &str, text: impl Into<String>) {
        self.errors.add(format!("{}{name}", self.prefix), text);
    }

    /// What was typed in one line, without blanks around it.
    pub fn line(&self, name: &str) -> String {
        self.typed.text(name).trim().to_owned()
    }

    /// The same; none if nothing was typed.
    pub fn optional_line(&self, name: &str) -> Option<String> {
        Some(self.line(name)).filter(|line| !line.is_empty())
    }

    /// What was typed, with its line ends and blanks.
    pub fn text(&self, name: &str) -> String {
        self.typed.text(name).to_owned()
    }

    /// The same; none if nothing but white space was typed.
    pub fn optional_text(&self, name: &str) -> Option<String> {
        Some(self.text(name)).filter(|text| !text.trim().is_empty())
    }

    fn refuse_at_length(&mut self, name: &str, refusal: Refusal) {
        self.errors.add_long(format!("{}{name}", self.prefix), refusal.text, refusal.brief);
    }

    /// A condition, which may be written as an answer to the question that is `asked`.
    pub fn condition(&mut self, name: &str, asked: Option<&Asked<'_>>) -> Option<Condition> {
        let text = self.line(name);
        let Some((tree, ladders)) = self.within else { return Condition::parse(&text).map_err(|error| self.refuse(name, error.to_string())).ok() };
        let read = written::condition(&text, &Known { asked, tree, ladders });
        read.map_err(|refusal| self.refuse_at_length(name, refusal)).ok()
    }

    /// A text that may hold selections. They must be readable and fit the tree, and what `room` leaves no place for is refused.
    pub fn wording(&mut self, name: &str, room: Room) -> String {
        let text = self.text(name);
        match self.judged(&text, room) {
            Ok(problems) => self.refuse_for(name, &problems),
            Err(refusal) => self.refuse_at_length(name, refusal),
        }
        text
    }

    /// What is wrong with a text that may hold selections.
    pub fn problems(&self, text: &str, room: Room) -> Vec<String> {
        self.judged(text, room).unwrap_or_else(|refusal| vec![refusal.text])
    }

    /// What does not fit of a text that can be read, or why it cannot be.
    fn judged(&self, text: &str, room: Room) -> Result<Vec<String>, Refusal> {
        let wording = Wording::parse(text).map_err(|error| match self.within {
            Some((tree, ladders)) => written::wording(text, &error, &Known { asked: None, tree, ladders }),
            None => Refusal::of_brace(text, &error),
        })?;
        Ok(self.within.map_or_else(Vec::new, |(tree, ladders)| with_scope(tree, ladders, |scope| wording.problems(scope, room))))
    }

    /// The same; none if nothing but white space was typed.
    pub fn optional_wording(&mut self, name: &str, room: Room) -> Option<String> {
        Some(self.wording(name, room)).filter(|text| !text.trim().is_empty())
    }

    /// A Markdown text without selections, without what a page would not show.
    pub fn markdown(&mut self, name: &str) -> String {
        let text = self.text(name);
        self.refuse_for(name, &markdown::problems(&text));
        text
    }

    /// The same; none if nothing but white space was typed.
    pub fn optional_markdown(&mut self, name: &str) -> Option<String> {
        Some(self.markdown(name)).filter(|text| !text.trim().is_empty())
    }

    /// Notes the first of these problems at a field, and how many there are more.
    pub fn refuse_for(&mut self, name: &str, problems: &[String]) {
        let (first, others) = problems.split_at(problems.len().min(MOST_PROBLEMS));
        let more = if others.is_empty() { String::new() } else { format!(" There are {} more.", others.len()) };
        if !first.is_empty() {
            self.refuse(name, first.join(" ") + &more);
        }
    }

    /// One of the words of an enumeration of the file format.
    pub fn word<T: DeserializeOwned>(&mut self, name: &str) -> Option<T> {
        let read = serde_json::from_value(Json::String(self.line(name))).ok();
        if read.is_none() {
            self.refuse(name, "Choose one of the list.");
        }
        read
    }

    /// The ticked words of an enumeration of the file format, in the order of `all`.
    pub fn ticked<T: Serialize + Copy>(&self, name: &str, all: &[T]) -> Vec<T> {
        all.iter().copied().filter(|one| self.typed.has(name, &word_of(one))).collect()
    }

    /// A number; none if nothing was typed. `refusal` says what to write instead.
    pub fn number<T: std::str::FromStr>(&mut self, name: &str, refusal: &str) -> Option<T> {
        let line = self.optional_line(name)?;
        let read = line.parse().ok();
        if read.is_none() {
            self.refuse(name, refusal);
        }
        read
    }

    /// What was typed, one item a line; empty lines are ignored.
    pub fn lines(&self, name: &str) -> Vec<String> {
        self.typed.text(name).lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
    }

    /// What was typed, separated by commas.
    pub fn listed(&self, name: &str) -> Vec<String> {
        self.typed.text(name).split(',').map(str::trim).filter(|item| !item.is_empty()).map(str::to_owned).collect()
    }

    /// The node that an edge leads to: its key, or the key of a node that is made for it, with the title in the field `{name}_title`. Empty and noted
    /// if there is no such node.
    pub fn target(&mut self, name: &str, targets: &mut Targets<'_>) -> String {
        let (typed, new_title) = (self.line(name), self.line(&format!("{name}_title")));
        targets.resolve(&typed, &new_title).unwrap_or_else(|refusal| {
            self.refuse(name, refusal);
            String::new()
        })
    }

    /// Reads every row of a list that is not empty.
    pub fn rows<T>(&mut self, list: &str, mut read: impl FnMut(&mut Reader<'_>) -> Option<T>) -> Vec<T> {
        let mut found = Vec::new();
        for (index, row) in self.typed.rows(list).iter().enumerate().filter(|(_, row)| !row.is_blank()) {
            let mut reader = Reader::of_row(row, format!("{}{list}-{}-", self.prefix, index + 1), self.errors, self.within);
            found.extend(read(&mut reader));
        }
        found
    }
}

/// The word that the file format has for a value of an enumeration.
pub fn word_of<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(Json::String(word)) => word,
        _ => String::new(),
    }
}
