//! The texts of a node that visitors read, each with the field of the node's form that it stands in.

use crate::editor::form::Typed;
use crate::tree::resolution::Words;
use crate::tree::wording::{Piece, Room, Wording};
use crate::web::markdown::{self, Pictures};

/// One text of a node.
pub struct Passage<'t> {
    /// The id of its field: `cause`, `procedure-1-step-2-text`.
    pub id: String,
    /// What it is: "Cause", "Step 2 of “Apply Service Pack 2”".
    pub title: String,
    /// The text as the author wrote it.
    pub text: &'t str,
    /// How much room it has; a command is shown as it stands.
    pub room: Room,
    /// Whether selections in it are filled in.
    pub selects: bool,
}

/// A text as visitors read it, with blanks in the places of its selections.
#[derive(Debug, Clone)]
pub struct Text {
    /// The id of its field.
    pub id: String,
    /// What it is.
    pub title: String,
    /// The text as HTML; none for one that is shown as it stands.
    pub html: Option<String>,
    /// The same without HTML.
    pub plain: String,
    /// The page that puts selections into it; none where it takes none or is shown where that cannot be done.
    pub href: Option<String>,
}

impl Passage<'_> {
    /// The text as visitors read it.
    #[must_use]
    pub fn rendered(&self, pictures: &Pictures) -> Text {
        let whole = || vec![Piece::Text(self.text.to_owned())];
        let pieces = if self.selects { Wording::parse(self.text).map_or_else(|_| whole(), |wording| wording.blanks()) } else { whole() };
        let words = Words(pieces);
        let html = (self.room == Room::Markdown).then(|| markdown::render_words(&words, pictures));
        Text { id: self.id.clone(), title: self.title.clone(), html, plain: words.plain(), href: None }
    }
}

/// The texts in the form of a node of this kind (`question`, `outcome`), in the order of its fields, the empty ones too.
#[must_use]
pub fn of<'t>(kind: &str, typed: &'t Typed) -> Vec<Passage<'t>> {
    let mut found = Passages { found: Vec::new() };
    match kind {
        "question" => found.question(typed),
        "outcome" => found.outcome(typed),
        _ => {}
    }
    found.found
}

struct Passages<'t> {
    found: Vec<Passage<'t>>,
}

impl<'t> Passages<'t> {
    fn add(&mut self, row: &'t Typed, at: &str, name: &str, title: String, room: Room) {
        self.found.push(Passage { id: format!("{at}{name}"), title, text: row.text(name), room, selects: true });
    }

    fn question(&mut self, typed: &'t Typed) {
        for (name, title) in [("hint", "Hint"), ("help", "Text at the beginning of the card")] {
            self.found.push(Passage { id: name.to_owned(), title: title.to_owned(), text: typed.text(name), room: Room::Markdown, selects: false });
        }
        for (number, row) in (1..).zip(typed.rows("card")) {
            let at = format!("card-{number}-");
            self.add(row, &at, "command", format!("Command of way {number}"), Room::Line);
            self.add(row, &at, "steps", format!("Steps of way {number}"), Room::Markdown);
        }
    }

    fn outcome(&mut self, typed: &'t Typed) {
        self.add(typed, "", "headline", "Headline".to_owned(), Room::Line);
        self.add(typed, "", "cause", "Cause".to_owned(), Room::Markdown);
        for (number, row) in (1..).zip(typed.rows("procedure")) {
            self.procedure(row, number);
        }
    }

    fn procedure(&mut self, row: &'t Typed, number: usize) {
        let at = format!("procedure-{number}-");
        let name = Some(row.text("title").trim())
            .filter(|title| !title.is_empty())
            .map_or_else(|| format!("procedure {number}"), |title| format!("\u{201c}{title}\u{201d}"));
        let of = |what: &str| format!("{what} of {name}");
        self.add(row, &at, "title", of("Title"), Room::Line);
        self.add(row, &at, "applies", of("When to choose it"), Room::Markdown);
        self.add(row, &at, "rights", of("Rights"), Room::Line);
        for (number, step) in (1..).zip(row.rows("step")) {
            let at = format!("{at}step-{number}-");
            self.add(step, &at, "title", of(&format!("Step {number}")), Room::Line);
            self.add(step, &at, "text", of(&format!("Text of step {number}")), Room::Markdown);
            self.add(step, &at, "command", of(&format!("Command of step {number}")), Room::Line);
        }
        self.add(row, &at, "verify", of("How to see that it worked"), Room::Markdown);
        self.add(row, &at, "way_back", of("Way back"), Room::Markdown);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::web::Urls;

    #[test]
    fn a_text_is_named_by_its_field_and_rendered_with_blanks() {
        let no_pictures = Pictures::new(&Urls::new(None), Arc::default());
        let step = Typed::default().with("title", "Stop it").with("text", "On **{servers}**.");
        let typed = Typed::default().with("cause", "A {b").with_rows("procedure", [Typed::default().with_rows("step", [step])]);
        let found = of("outcome", &typed);
        let text = found.iter().find(|passage| passage.id == "procedure-1-step-1-text").unwrap();
        assert_eq!(text.title, "Text of step 1 of procedure 1");
        assert!(text.rendered(&no_pictures).html.unwrap().contains("<strong><span class=\"blank\">"));
        // What cannot be read is shown as it stands.
        assert!(found[1].rendered(&no_pictures).plain.contains("{b"));
        let hint = Typed::default().with("hint", "{as it is} *now*");
        assert!(of("question", &hint)[0].rendered(&no_pictures).html.unwrap().contains("{as it is} <em>now</em>"));
        assert!(of("route", &hint).is_empty());
    }
}
