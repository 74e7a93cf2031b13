//! Conditions in English, with a tree's own words.

use crate::tree::condition::Condition;
use crate::tree::model::{Ask, Tree};
use crate::tree::resolution::label_of;

/// What `condition` says, without a capital letter or full stop.
pub fn sentence(tree: &Tree, condition: &Condition) -> String {
    condition.sentence(&|fact, option| {
        let (node, question) = tree.question_for(fact)?;
        match option {
            None => Some(node.title.clone()),
            Some(key) if question.ask == Ask::YesNo => Some(key.to_owned()),
            Some(key) => label_of(&question.options, key),
        }
    })
}
