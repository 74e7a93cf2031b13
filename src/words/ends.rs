//! What a walk can come to, in words.

use super::title;
use crate::tree::case::HAND_OVER;
use crate::tree::closure::{Closure, NodeRef};

/// What a case expects or comes to: the title of an outcome, or that nothing is left to try. What is neither stays as it is written.
#[must_use]
pub fn words(closure: &Closure, written: &str) -> String {
    let node = NodeRef::parse(written, &closure.tree.slug);
    match closure.outcome(&node) {
        Some(_) => title(closure, &node),
        None if written == HAND_OVER => "Nothing is left to try".to_owned(),
        None => written.to_owned(),
    }
}

/// Every end that a case can expect: how it is written, and its words.
#[must_use]
pub fn all(closure: &Closure) -> Vec<(String, String)> {
    let mut ends: Vec<String> = closure.outcomes().iter().map(|node| node.written_in(&closure.tree.slug)).collect();
    if !ends.iter().any(|written| written == HAND_OVER) {
        ends.push(HAND_OVER.to_owned());
    }
    ends.into_iter().map(|written| (written.clone(), words(closure, &written))).collect()
}
