//! The card "How do I find out?" of a question: where to look, what it looks like there, and a box that reads it back.

mod defaults;

use super::{PASTE, ReadBack, takes_paste};
use crate::tree::closure::Closure;
use crate::tree::fact::Sheet;
use crate::tree::model::Question;
use crate::tree::resolution::{self, Looking};
use crate::web::FieldErrors;
use crate::web::markdown::{self, Pictures};

/// The card as its page shows it.
pub struct Card {
    /// The author's words before the ways, as HTML.
    pub help: Option<String>,
    /// The ways to find the fact out.
    pub ways: Vec<WayToFind>,
    /// Whether it is open.
    pub open: bool,
    /// What the visitor did with it.
    pub state: CardState,
    /// Whether what it prints can be read back.
    pub takes_paste: bool,
}

/// What the visitor did with the card.
#[derive(Debug, Clone, Default)]
pub struct CardState {
    /// "I don't know" was pressed, which opens it.
    pub asked: bool,
    /// What stands in the box.
    pub paste: String,
    /// What was read from the box into the form.
    pub read: Option<ReadBack>,
}

/// One way to find the fact out.
pub struct WayToFind {
    /// Where to look, as HTML of one line.
    pub place: String,
    /// The command, and why a blank stands in it.
    pub command: Option<(String, Vec<String>)>,
    /// What to choose and where to look, as HTML.
    pub steps: Option<String>,
    /// What it then looks like.
    pub looks_like: Option<String>,
}

impl Card {
    /// The card of `question` of the tree `part`, whose form shows `typed`; `sheet` fills its commands.
    pub fn new(part: &Closure, question: &Question, sheet: &Sheet, state: CardState, errors: &FieldErrors, pictures: &Pictures) -> Self {
        let own = &question.card;
        let ways = if own.is_empty() { resolution::look_up(part, &defaults::card(&part.tree, question), sheet) } else { resolution::look_up(part, own, sheet) };
        let left_out = state.read.as_ref().is_some_and(|read| !read.left_out.is_empty());
        Self {
            help: question.help.as_deref().map(|help| markdown::render(help, pictures)),
            ways: ways.into_iter().map(|way| WayToFind::new(way, pictures)).collect(),
            open: state.asked || left_out || !state.paste.trim().is_empty() || errors.of(PASTE).is_some(),
            state,
            takes_paste: takes_paste(question),
        }
    }

    /// Whether it tells a visitor who does not know how to find out.
    pub fn says_how(&self) -> bool {
        self.help.is_some() || !self.ways.is_empty()
    }

    /// Whether there is anything to open.
    pub fn is_empty(&self) -> bool {
        !self.says_how() && !self.takes_paste
    }
}

impl WayToFind {
    fn new(way: Looking, pictures: &Pictures) -> Self {
        Self {
            place: markdown::render_inline(&way.place),
            command: way.command.map(|command| (command.lines.join("\n"), command.notes)),
            steps: way.steps.as_ref().map(|steps| markdown::render_words(steps, pictures)),
            looks_like: way.looks_like,
        }
    }
}

#[cfg(test)]
mod tests;
