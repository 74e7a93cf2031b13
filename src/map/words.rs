//! A map in words, for those who do not see it and for the title and description of its drawing.

use super::graph::{Answers, Graph};
use super::shape::Kind;
use crate::tree::closure::Closure;
use crate::tree::fact::Source;
use crate::tree::model::Helped;
use crate::tree::walk::{End, How, Walk};

/// So many outcomes are named as still possible; more are counted.
const NAMED: usize = 8;

/// One node of the travelled path in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathWord {
    /// The node's title.
    pub title: String,
    /// What was said there, in short.
    pub answer: Option<String>,
    /// How it was passed, such as "you answered".
    pub how: &'static str,
}

/// The travelled path in order, one entry a node, and last where the visitor is.
#[must_use]
pub fn path_words(closure: &Closure, walk: &Walk, answers: &Answers<'_>) -> Vec<PathWord> {
    let graph = Graph::whole(closure);
    let mut words: Vec<PathWord> = Vec::new();
    let mut seen = Vec::new();
    for stop in &walk.path {
        let Some(number) = graph.number(&stop.node).filter(|number| !seen.contains(number)) else { continue };
        seen.push(number);
        let Some(node) = graph.nodes.get(number) else { continue };
        words.push(PathWord { title: node.title.to_owned(), answer: node.answer(stop, answers), how: how(&stop.how) });
    }
    let here = match &walk.end {
        End::Question { .. } => "you are here",
        End::Outcome { solved: true, .. } => "this fixed it",
        End::Outcome { .. } => "this is the result",
        End::HandOver => "nothing known is left to try",
    };
    let node = walk.end.node().and_then(|node| graph.nodes.get(graph.number(node)?));
    words.push(PathWord { title: node.map_or("Hand over", |node| node.title).to_owned(), answer: None, how: here });
    words
}

/// The lane map in a few sentences: "Answered: Error text, Extension named: SMTP. You are at: Server versions. Still possible: ..."
#[must_use]
pub fn in_words(closure: &Closure, walk: &Walk, answers: &Answers<'_>) -> String {
    let mut path = path_words(closure, walk, answers);
    let here = path.pop();
    let mut sentences = Vec::new();
    if !path.is_empty() {
        let passed: Vec<String> = path.into_iter().map(|word| with_answer(&word.title, word.answer.as_deref())).collect();
        sentences.push(format!("Answered: {}.", passed.join(", ")));
    }
    if let Some(here) = here {
        let label = match walk.end {
            End::Question { .. } => "You are at",
            End::Outcome { .. } => "Result",
            End::HandOver => "End",
        };
        sentences.push(format!("{label}: {}.", here.title));
    }
    sentences.push(possible(closure, walk));
    sentences.join(" ")
}

/// The whole guide in words: what it holds, the path, and where "it did not help" leads, which is not drawn.
#[must_use]
pub fn whole_in_words(closure: &Closure, walk: Option<&Walk>, answers: &Answers<'_>) -> String {
    let graph = Graph::own(closure);
    let count = |kind: Kind| graph.nodes.iter().filter(|node| node.kind() == kind).count();
    let parts = [(Kind::Question, "question"), (Kind::Route, "route"), (Kind::Outcome, "outcome"), (Kind::Jump, "jump to another guide")];
    let parts: Vec<String> = parts.into_iter().filter(|(kind, _)| count(*kind) > 0).map(|(kind, word)| counted(count(kind), word)).collect();
    let mut sentences = vec![format!("{}: {}.", counted(graph.nodes.len(), "node"), parts.join(", "))];
    sentences.extend(walk.map(|walk| in_words(closure, walk, answers)));
    for node in &graph.nodes {
        if let Some(next) = node.did_not_help.and_then(|number| graph.nodes.get(number)) {
            sentences.push(format!("If “{}” did not help, the guide goes on at “{}”.", node.title, next.title));
        }
    }
    sentences.join(" ")
}

/// The outcomes that are still possible, hand-over not counted.
fn possible(closure: &Closure, walk: &Walk) -> String {
    if !matches!(walk.end, End::Question { .. }) {
        return "All other branches are ruled out.".to_owned();
    }
    let graph = Graph::whole(closure);
    let reachable = graph.reachable(graph.fork_in_hand(walk));
    let ends = reachable.into_iter().filter_map(|number| graph.nodes.get(number)).filter(|node| !node.is_hand_over);
    let titles: Vec<&str> = ends.filter(|node| matches!(node.kind(), Kind::Outcome | Kind::Jump)).map(|node| node.title).collect();
    match (titles.get(..NAMED), titles.len()) {
        (_, 0) => "No known result is possible any more.".to_owned(),
        (Some(first), count) if count > NAMED => format!("Still possible: {} and {} more.", first.join(", "), count - NAMED),
        _ => format!("Still possible: {}.", titles.join(", ")),
    }
}

fn how(how: &How) -> &'static str {
    match how {
        How::Answered => "you answered",
        How::DontKnow => "you said you don’t know",
        How::Known { source, .. } => match source {
            Source::Asked => "you answered",
            Source::Confirmed => "you confirmed what was read",
            Source::Pasted => "known from what you pasted",
            Source::Uploaded => "known from the file you uploaded",
            Source::Linked => "known from the link",
            Source::Carried => "known from an earlier diagnosis",
        },
        How::Routed => "decided by what is known",
        How::Tried(Helped::Worse) => "tried, and made it worse",
        How::Tried(_) => "tried, and did not help",
        How::Jumped => "goes on in another guide",
    }
}

fn with_answer(title: &str, answer: Option<&str>) -> String {
    let colon = if title.ends_with(['?', '!', '.', ':']) { "" } else { ":" };
    answer.map_or_else(|| title.to_owned(), |answer| format!("{title}{colon} {answer}"))
}

fn counted(count: usize, word: &str) -> String {
    let (noun, rest) = word.split_once(' ').map_or((word, String::new()), |(noun, rest)| (noun, format!(" {rest}")));
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::sample::{at, mock_up, walk};
    use crate::tree::closure::NodeRef;
    use crate::tree::walk::{Stop, Taken};

    fn nothing(_: &NodeRef) -> Option<String> {
        None
    }

    #[test]
    fn a_walk_is_told_in_order() {
        let closure = mock_up();
        let said = |node: &NodeRef| (node.key == "event").then(|| "2037".to_owned());
        let wanted = "Answered: Error text, Extension named: SMTP, Event: 2037. You are at: Server versions. \
                      Still possible: Level the generators, Replicate 5.5 imcadmin.dll, Put imcadmin.dll back.";
        assert_eq!(in_words(&closure, &walk(&closure, &[9, 0, 0]), &said), wanted);
    }

    #[test]
    fn the_first_question_has_no_answers_before_it() {
        let closure = mock_up();
        assert!(in_words(&closure, &walk(&closure, &[]), &nothing).starts_with("You are at: Error text. Still possible: Remove “Wireless” value, "));
    }

    #[test]
    fn the_end_is_named() {
        let closure = mock_up();
        assert!(in_words(&closure, &walk(&closure, &[0, 0, 0, 0]), &nothing).ends_with("Result: Level the generators. All other branches are ruled out."));
        let nowhere = Walk { path: Vec::new(), end: End::HandOver };
        assert_eq!(in_words(&closure, &nowhere, &nothing), "End: Hand over. All other branches are ruled out.");
    }

    #[test]
    fn each_step_says_how_it_was_passed() {
        let closure = mock_up();
        let known = How::Known { source: Source::Pasted, line: None };
        let stops = [("event", known, Taken::Branch(0)), ("level", How::Tried(Helped::No), Taken::DidNotHelp), ("dll", How::DontKnow, Taken::Unknown(0))];
        let path = stops.map(|(key, how, taken)| Stop { node: at(key), how, taken }).to_vec();
        let words = path_words(&closure, &Walk { path, end: End::Outcome { node: at("none"), solved: false } }, &nothing);
        let told: Vec<_> = words.iter().map(|word| (word.title.as_str(), word.answer.as_deref(), word.how)).collect();
        let wanted = [
            ("Event", Some("2037"), "known from what you pasted"),
            ("Level the generators", Some("did not help"), "tried, and did not help"),
            ("imcadmin.dll in place?", Some("don’t know"), "you said you don’t know"),
            ("Hand over", None, "this is the result"),
        ];
        assert_eq!(told, wanted);
    }

    #[test]
    fn the_whole_guide_says_what_is_not_drawn() {
        let words = whole_in_words(&mock_up(), None, &nothing);
        assert_eq!(words, "12 nodes: 5 questions, 1 route, 6 outcomes. If “Level the generators” did not help, the guide goes on at “imcadmin.dll in place?”.");
    }
}
