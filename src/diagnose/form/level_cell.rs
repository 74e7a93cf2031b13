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
