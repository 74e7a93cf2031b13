//! Conditions in English, with a tree's own words.

use crate::tree::condition::Condition;
use crate::tree::model::Tree;

/// What `condition` says, without a capital letter or full stop.
pub fn sentence(tree: &Tree, condition: &Condition) -> String {
    condition.sentence(&|fact, option| tree.words(fact, option))
}
