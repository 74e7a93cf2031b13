//! What is known of a diagnosis as plain text, for a ticket or a mail to whoever helps next.

use super::rail::{Rail, walked};
use crate::map;
use crate::tree::closure::NodeRef;
use crate::tree::resolution;
use crate::tree::walk::End;
use crate::visit::Visit;
use crate::web::Urls;
use crate::words::{FactLine, Reason};

/// The block "To hand over" of a page.
pub struct HandOver {
    /// The text.
    pub text: String,
    /// Whether names stand in it.
    pub names: bool,
    /// The same page with names, or without; `None` for whoever came by a link.
    pub other: Option<String>,
}

/// Why a walk came to where it stands, in words.
pub struct Grounds<'a> {
    /// The branches that led there.
    pub because: &'a [Reason],
    /// Outcomes that were ruled out.
    pub ruled_out: &'a [Reason],
    /// Outcomes that were tried.
    pub tried: &'a [String],
}

/// The text for `visit`, which shows names or placeholders.
pub fn text(visit: &Visit, urls: &Urls, grounds: &Grounds<'_>) -> String {
    let closure = visit.closure();
    let mut lines = vec![
        format!("{} (guide {}, version {})", closure.tree.title, visit.slug(), visit.version.number),
        format!("Diagnosis {}", visit.diagnosis.id.spoken()),
        format!("Result: {}", result(visit)),
    ];
    let rail = Rail::new(visit, urls, false);
    section(&mut lines, "What is known", rail.known.facts.iter().chain(&rail.known.earlier).flat_map(fact));
    let answers = |node: &NodeRef| walked(visit).short_answer(node);
    let path = map::path_words(closure, &visit.walk, &answers).into_iter();
    section(&mut lines, "The path", path.map(|word| word.answer.map_or_else(|| format!("- {}", word.title), |answer| format!("- {}: {answer}", word.title))));
    section(&mut lines, "Why", grounds.because.iter().map(reason));
    section(&mut lines, "What was ruled out", grounds.ruled_out.iter().map(reason));
    section(&mut lines, "What was tried", grounds.tried.iter().map(|tried| format!("- {tried}")));
    lines.join("\n")
}

/// What the walk came to.
fn result(visit: &Visit) -> String {
    let node = visit.walk.end.node().cloned().or_else(|| visit.hand_over());
    let headline = node.as_ref().and_then(|node| visit.outcome(node)).map(|(part, outcome)| resolution::resolve(part, outcome, &visit.sheet).headline.plain());
    let solved = if matches!(visit.walk.end, End::Outcome { solved: true, .. }) { " (this fixed it)" } else { "" };
    headline.map_or_else(|| "nothing we know is left to try".to_owned(), |headline| format!("{headline}{solved}"))
}

/// A heading and its lines; nothing where there are none.
fn section(lines: &mut Vec<String>, heading: &str, content: impl Iterator<Item = String>) {
    let mut content = content.peekable();
    if content.peek().is_some() {
        lines.extend([String::new(), heading.to_owned()]);
        lines.extend(content);
    }
}

fn fact(fact: &FactLine) -> Vec<String> {
    let rows =
        fact.value.rows.iter().map(|row| [row.name.as_str(), &row.level, &row.rest].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "));
    let values: Vec<String> = fact.value.lines.iter().flat_map(|line| line.lines()).map(str::to_owned).chain(rows).collect();
    match values.as_slice() {
        [one] => vec![format!("- {}: {one}", fact.name)],
        several => std::iter::once(format!("- {}:", fact.name)).chain(several.iter().map(|line| format!("    {line}"))).collect(),
    }
}

fn reason(reason: &Reason) -> String {
    if reason.detail.is_empty() { format!("- {}", reason.title) } else { format!("- {} ({})", reason.title, reason.detail.trim_end_matches('.')) }
}
