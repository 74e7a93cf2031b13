//! Levels, ranges of levels, and the actions that name levels.

use super::super::part::Part;
use super::super::{Field, Kind};
use super::Reading;
use crate::tree::condition::action::{Action, VERBS};
use crate::tree::condition::ast::{Bound, LevelName, LevelTest, Predicate, Scale};
use crate::tree::ladder::{Found, Ladder, WINDOWS};

impl Reading<'_, '_> {
    /// A place or range on a ladder.
    pub(super) fn level_test(&mut self, part: &Part<'_>) -> Option<Predicate> {
        let scale = match part.kind() {
            Kind::Os => Some(Scale::Os),
            Kind::Component => self.named(part, Field::Name, "the component\u{2019}s name").map(Scale::Component),
            _ => Some(Scale::Level),
        };
        let is = self.level_is(part);
        Some(Predicate::Level { scale: scale?, is: is? })
    }

    fn level_is(&mut self, part: &Part<'_>) -> Option<LevelTest> {
        let how = part.get(Field::How);
        let alone = [LevelTest::NewerThanKnown, LevelTest::Behind, LevelTest::OnEndedLine, LevelTest::InEndedFamily];
        if let Some(test) = alone.into_iter().find(|test| test.to_string() == how) {
            return Some(test);
        }
        let key = if part.kind() == Kind::Os { WINDOWS } else { self.scope.ladder };
        let name = self.level(part, Field::Level, key)?;
        let Some(name) = name else { return self.wrong(part, Field::Level, "Choose a version.") };
        if let Some(bound) = Bound::ALL.into_iter().find(|bound| bound.as_str() == how) {
            let LevelName { family, level } = name;
            let Some(level) = level else {
                let message = format!(
                    "Choose a level of {family}: a range lies inside one family. Over all families, say \u{201c}older than\u{201d} or \u{201c}newer than\u{201d}."
                );
                return self.wrong(part, Field::Level, message);
            };
            return Some(LevelTest::Within { family, bound, level });
        }
        match how {
            "is" => Some(LevelTest::Is(name)),
            "older than" => Some(LevelTest::OlderThan(name)),
            "newer than" => Some(LevelTest::NewerThan(name)),
            _ => self.wrong(part, Field::How, "Choose how the version is tested."),
        }
    }

    /// The level in a field, as conditions write it or as the ladder `key` calls it; `Some(None)` if the field is empty.
    fn level(&mut self, part: &Part<'_>, field: Field, key: &str) -> Option<Option<LevelName>> {
        let typed = part.get(field).trim();
        if typed.is_empty() {
            return Some(None);
        }
        let ladder = self.scope.ladders.get(key).map(AsRef::as_ref);
        let written = LevelName::parse(typed).ok();
        if let (Some(written), Some(ladder)) = (&written, ladder)
            && stands_on(ladder, written)
        {
            return Some(Some(written.clone()));
        }
        // "2019 CU14 Feb26SU" without quotes, "Exchange 5.5 Service Pack 3"
        if let Some(Found::Level(called)) = ladder.and_then(|ladder| ladder.named(typed)) {
            return Some(ladder.and_then(|ladder| name_of(ladder, &called)));
        }
        match written {
            Some(written) => Some(Some(written)),
            None => self.wrong(part, field, format!("\u{201c}{typed}\u{201d} is no version that the table of versions knows.")),
        }
    }

    pub(super) fn history(&mut self, part: &Part<'_>) -> Option<Predicate> {
        let first = self.action(part, [Field::Action, Field::From, Field::To]);
        match part.get(Field::How) {
            "did" => first.map(Predicate::Did),
            "doing" => first.map(Predicate::Doing),
            "before" => {
                let then = self.action(part, [Field::Then, Field::ThenFrom, Field::ThenTo]);
                Some(Predicate::Before(first?, then?))
            }
            _ => self.wrong(part, Field::How, "Choose whether it was done, is being done, or was done before something else."),
        }
    }

    /// An action; levels in fields that its verb does not have are left out.
    fn action(&mut self, part: &Part<'_>, [verb, from, to]: [Field; 3]) -> Option<Action> {
        let Some(known) = VERBS.into_iter().find(|known| *known == part.get(verb)) else {
            return self.wrong(part, verb, "Choose what was done.");
        };
        let key = self.scope.ladder;
        let from = if known == "upgrade" { self.level(part, from, key) } else { Some(None) };
        let to = if known == "upgrade" || Action::names_level(known) { self.level(part, to, key) } else { Some(None) };
        Some(Action { verb: known, from: from?, to: to? })
    }
}

fn stands_on(ladder: &Ladder, name: &LevelName) -> bool {
    match &name.level {
        Some(level) => ladder.place(&name.family, level).is_some(),
        None => ladder.family(&name.family).is_some(),
    }
}

/// The family and level that the ladder calls so.
fn name_of(ladder: &Ladder, called: &str) -> Option<LevelName> {
    if let Some(family) = ladder.family(called) {
        return Some(LevelName { family: family.name.clone(), level: None });
    }
    let (family, _, release) = ladder.levels().find(|(_, name, _)| name == called)?;
    Some(LevelName { family: family.name.clone(), level: Some(release.level.clone()) })
}
