//! Builds a condition by the buttons of its page.
//!
//! What the lines are to be is read from a page that is given the condition as text; they are then built on another page, where nothing is typed as text.

use std::collections::BTreeMap;

use fixpath::tree::model::Branch;

use super::{Rebuild, Typed};
use crate::page::{Page, fields};

/// A line of the form: what it is, how far it stands in, and what its controls say.
#[derive(Debug, Default)]
struct Line {
    kind: String,
    depth: usize,
    controls: BTreeMap<String, String>,
}

impl Line {
    fn says(&self, control: &str) -> &str {
        self.controls.get(control).map_or("", String::as_str)
    }

    /// The words of the menus that could add it.
    fn additions(&self) -> Vec<String> {
        match self.kind.as_str() {
            "rows" if self.says("who").is_empty() => vec![format!("{}s", self.says("list"))],
            "rows" => vec![format!("other_{}s", self.says("list"))],
            "messages" if self.says("fact") != "text" => vec![format!("fact:{}", self.says("fact"))],
            "fact" => vec![format!("fact:{}", self.says("fact"))],
            "said" if self.says("how") == "code" => vec!["text_code".to_owned()],
            "said" => vec![self.says("how").to_owned()],
            "level" if !self.says("of").is_empty() => vec![self.says("of").to_owned(), format!("fact:{}", self.says("of")), "level".to_owned()],
            kind => vec![kind.to_owned()],
        }
    }
}

/// The lines of the form on the page.
fn lines(page: &Page) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for (name, value) in fields(page.form_of("Save branch").0) {
        let Some((control, number)) = name.rsplit_once('-').and_then(|(control, number)| Some((control, number.parse::<usize>().ok()?))) else { continue };
        if lines.len() < number {
            lines.resize_with(number, Line::default);
        }
        let Some(line) = lines.get_mut(number - 1) else { continue };
        match control {
            "kind" => line.kind = value,
            "depth" => line.depth = value.parse().unwrap(),
            "add" => {}
            control => {
                line.controls.insert(control.to_owned(), value);
            }
        }
    }
    lines
}

impl Rebuild<'_> {
    /// Adds a branch to the node on the desk.
    pub(super) async fn build_branch(&mut self, branch: &Branch) {
        let when = branch.when.to_string();
        self.author.follow("Build one in a form").await;
        let page = self.author.page().path.clone();
        let wanted = lines(self.press("Use this text", &[("text".to_owned(), when.clone())]).await);
        self.author.get(&page).await;
        for at in 1..wanted.len() {
            self.build_line(&wanted, at).await;
        }
        while lines(self.author.page()).len() > wanted.len() {
            self.press(&format!("Remove line {}", wanted.len() + 1), &[]).await;
        }
        let controls =
            |(number, line): (usize, &Line)| -> Typed { line.controls.iter().map(|(control, value)| (format!("{control}-{number}"), value.clone())).collect() };
        let filled: Typed = (1..).zip(&wanted).flat_map(controls).collect();
        let text = self.press("Show the sentence", &filled).await.value("text");
        assert_eq!(text.trim(), when);
        let rest = [("label", branch.label.clone().unwrap_or_default()), ("to", branch.to.clone())];
        self.press("Save branch", &rest.map(|(name, value)| (name.to_owned(), value))).await;
    }

    /// Sees to it that the line at this index, and with it all before it, is of the wanted kind.
    async fn build_line(&mut self, wanted: &[Line], at: usize) {
        let line = wanted.get(at).expect("no such line is wanted");
        let stands = |page: &Page| lines(page).get(at).is_some_and(|there| there.kind == line.kind && there.depth == line.depth);
        if stands(self.author.page()) {
            return;
        }
        // What came along with the line before and is not wanted.
        if lines(self.author.page()).len() > at {
            self.press(&format!("Remove line {}", at + 1), &[]).await;
        }
        let around = 1 + wanted.iter().take(at).rposition(|other| other.depth < line.depth).expect("every line but the first stands in another");
        let menu = format!("add-{around}");
        let offered = self.author.page().options(&menu);
        let word = line.additions().into_iter().find(|word| offered.contains(word)).unwrap_or_else(|| panic!("no menu adds {line:?}: {offered:?}"));
        self.press(&format!("Add to line {around}"), &[(menu, word)]).await;
        assert!(stands(self.author.page()), "{line:?} is not added at {at}");
    }
}
