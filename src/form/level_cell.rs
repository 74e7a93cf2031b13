//! How the level of one machine is chosen.

use crate::tree::ladder::{FamilyKind, Found, Ladder};

/// The most levels that one select offers; above that a text field takes any alias or build.
const MOST_OPTIONS: usize = 20;

/// The control for a level.
#[derive(Debug, Clone)]
pub enum LevelCell {
    /// One select, grouped by family: value and label.
    Select(Vec<(String, Vec<(String, String)>)>),
    /// A text field with suggestions, which it shares with the column's other cells.
    Typed(Vec<String>),
}

impl LevelCell {
    /// The control for levels of `families` on `ladder`; no family means all. `one` is for a table of one machine.
    pub fn new(ladder: Option<&Ladder>, families: &[String], one: bool) -> Self {
        let Some(ladder) = ladder else { return Self::Typed(Vec::new()) };
        let mut groups: Vec<(String, Vec<(String, String)>)> = Vec::new();
        for (family, level, release) in ladder.levels() {
            if !families.is_empty() && !families.contains(&family.name) {
                continue;
            }
            if groups.last().is_none_or(|(name, _)| *name != family.name) {
                let unknown = (family.name.clone(), format!("{}, service pack not known", family.name));
                groups.push((family.name.clone(), if one { vec![unknown] } else { Vec::new() }));
            }
            let plain = family.kind == FamilyKind::ServicePacks && release.level == "RTM";
            let label = if plain { format!("{}, no service pack", family.name) } else { level.clone() };
            if let Some((_, levels)) = groups.last_mut() {
                levels.push((level, label));
            }
        }
        let count: usize = groups.iter().map(|(_, levels)| levels.len()).sum();
        if count <= MOST_OPTIONS {
            Self::Select(groups)
        } else {
            Self::Typed(groups.into_iter().flat_map(|(_, levels)| levels).map(|(level, _)| level).collect())
        }
    }

    /// Whether the control can show `level`: a text field anything, a select what it offers.
    pub fn offers(&self, level: &str) -> bool {
        match self {
            Self::Typed(_) => true,
            Self::Select(groups) => groups.iter().flat_map(|(_, levels)| levels).any(|(value, _)| value == level),
        }
    }

    /// `level` as the control shows it: in the ladder's words, and a family by itself as its level without a service pack if a select has no
    /// other way to say it.
    pub fn shown(&self, level: &str, ladder: Option<&Ladder>) -> String {
        let known = match ladder.map(|ladder| ladder.find(level)) {
            Some(Ok(Found::Level(known))) => known,
            _ => level.to_owned(),
        };
        let plain = format!("{known} RTM");
        if !self.offers(&known) && self.offers(&plain) { plain } else { known }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ladder(rows: &[&str]) -> Ladder {
        let table = format!("family,kind,line,update,level,build,released,kb\n{}\n", rows.join("\n"));
        Ladder::from_csv("test", "Test", &table).unwrap()
    }

    fn small() -> Ladder {
        ladder(&["5.0,service_packs,RTM,,RTM,5.0.1457,,", "5.0,service_packs,SP1,,SP1,5.0.1458,,", "5.5,service_packs,RTM,,RTM,5.5.1960,,"])
    }

    #[test]
    fn twenty_levels_are_a_select_and_more_are_typed() {
        let rows: Vec<String> = (0..21).map(|number| format!("5.0,service_packs,SP{number},,SP{number},5.0.{number},,")).collect();
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        assert!(matches!(LevelCell::new(Some(&ladder(&rows[..20])), &[], false), LevelCell::Select(_)));
        assert!(matches!(LevelCell::new(Some(&ladder(&rows)), &[], false), LevelCell::Typed(levels) if levels.len() == 21));
    }

    #[test]
    fn a_family_alone_is_offered_for_one_machine_and_means_no_service_pack_in_a_list() {
        let (list, one) = (LevelCell::new(Some(&small()), &[], false), LevelCell::new(Some(&small()), &[], true));
        assert!(!list.offers("5.0") && one.offers("5.0"));
        assert_eq!(list.shown("5.0", Some(&small())), "5.0 RTM");
        assert_eq!(one.shown("5.0", Some(&small())), "5.0");
    }

    #[test]
    fn only_the_named_families_are_offered_and_aliases_are_shown_in_the_ladders_words() {
        let cell = LevelCell::new(Some(&small()), &["5.0".to_owned()], false);
        assert!(cell.offers("5.0 SP1") && !cell.offers("5.5 RTM"));
        assert_eq!(cell.shown("5.0 service pack 1", Some(&small())), "5.0 SP1");
        assert_eq!(cell.shown("nonsense", Some(&small())), "nonsense");
    }
}
