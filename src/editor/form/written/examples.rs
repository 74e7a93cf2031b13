//! Conditions and selections that fit a question, for messages and hints.

use super::Known;
use crate::tree::condition::ast::{Bound, LevelName, LevelTest};
use crate::tree::ladder::Family;
use crate::tree::model::{Ask, Choice, NodeKind};

/// One or two conditions that fit the question, or else the questions of the tree.
pub fn conditions(known: &Known<'_>) -> Vec<String> {
    match known.asked {
        Some(asked) => of_question(asked.ask, asked.fact, asked.options, true, known),
        None => {
            let questions = known.tree.nodes.iter().filter_map(|node| if let NodeKind::Question(question) = &node.kind { Some(question) } else { None });
            let found = questions.filter_map(|question| of_question(question.ask, &question.fact, &question.options, false, known).into_iter().next());
            found.take(2).collect()
        }
    }
}

/// One or two selections that this tree can print.
pub fn selections(known: &Known<'_>) -> Vec<String> {
    let tested = level_test(known).map(|test| format!("{{servers: {test}}}"));
    tested.into_iter().chain(["{servers}".to_owned()]).collect()
}

/// `is_own` where the condition belongs to the question itself, whose answers need no name.
fn of_question(ask: Ask, fact: &str, options: &[Choice], is_own: bool, known: &Known<'_>) -> Vec<String> {
    let labels = || options.iter().take(2);
    match ask {
        Ask::YesNo if is_own => vec!["yes".to_owned(), "no".to_owned()],
        Ask::YesNo => vec![format!("{fact} = yes")],
        Ask::Choice | Ask::Choices if is_own => labels().map(|option| option.label.clone()).collect(),
        Ask::Choice => labels().map(|option| format!("{fact} = {}", option.key)).collect(),
        Ask::Choices => labels().map(|option| format!("{fact} has {}", option.key)).collect(),
        Ask::Text if is_own => vec!["contains \"a phrase\"".to_owned()],
        Ask::Text => vec![format!("{fact}(contains \"a phrase\")")],
        Ask::Servers if known.kind(fact).is_some() => level_test(known).map(|test| format!("{fact} {test}")).into_iter().collect(),
        Ask::Servers => level_test(known).map(|test| format!("some server {test}")).into_iter().collect(),
        Ask::Event => vec!["event(id 2037)".to_owned()],
        Ask::Code if known.kind(fact).is_none() => vec!["code(c1030ad1)".to_owned()],
        Ask::Code => vec![format!("{fact} = c1030ad1")],
        Ask::Number => vec![format!("{fact} >= 100")],
    }
}

/// A range below a level of the tree's ladder: of a version that its conditions name, or else of the newest one.
fn level_test(known: &Known<'_>) -> Option<LevelTest> {
    let families = known.ladder()?.families();
    let has_levels = |family: &&Family| family.releases.len() > 1;
    // A level of one word reads best: SP3, not "RTM Aug26SU" in quotation marks.
    let plain = |family: &&Family| plain_level(family).is_some();
    let named = || families.iter().filter(has_levels).find(|family| is_named(known, &family.name));
    let family = named().or_else(|| families.iter().rev().find(plain)).or_else(|| families.iter().rev().find(has_levels));
    match family {
        Some(family) => {
            let level = plain_level(family).or_else(|| family.releases.last().map(|release| release.level.clone()))?;
            Some(LevelTest::Within { family: family.name.clone(), bound: Bound::Below, level })
        }
        None => Some(LevelTest::Is(LevelName { family: families.last()?.name.clone(), level: None })),
    }
}

/// The newest level of one word, but for the first level, below which there is nothing.
fn plain_level(family: &Family) -> Option<String> {
    let mut levels = family.releases.iter().skip(1).rev().map(|release| &release.level);
    levels.find(|level| level.chars().all(char::is_alphanumeric)).cloned()
}

/// Whether a condition of the tree names this version, or the question asks for it.
pub fn is_named(known: &Known<'_>, family: &str) -> bool {
    let forks = known.tree.nodes.iter().filter_map(|node| node.kind.fork());
    let mut conditions = forks.flat_map(|fork| &fork.branches).map(|branch| branch.when.to_string());
    let chosen = known.tree.nodes.iter().any(|node| matches!(&node.kind, NodeKind::Question(question) if question.families.iter().any(|one| one == family)));
    chosen || conditions.any(|condition| super::words::split(&condition).iter().any(|word| word.trim_matches('"') == family))
}
