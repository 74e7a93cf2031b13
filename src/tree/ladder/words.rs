//! What a machine runs and what it lacks, in English.

use super::lag::Lag;
use super::{Build, Family, Ladder, Place, Release, Slot, Standing, canonical};

impl Ladder {
    /// What a machine called `name` runs, behind what, and since when: "EX01 runs 2019 CU14 Jul26SU (15.2.1544.43); CU14 Aug26SU has been out since
    /// 11 August 2026 (KB5121575)". Unknown stays visible: "EX04: level not known".
    #[must_use]
    pub fn in_words(&self, name: &str, standing: &Standing, build: Option<&str>) -> String {
        let places = standing.places();
        let (Some(&first), Some(&last)) = (places.first(), places.last()) else {
            return match build {
                Some(build) => format!("{name}: level not known, and build {build} is in no family of the table"),
                None => format!("{name}: level not known"),
            };
        };
        if first == last {
            return format!("{name} runs {}{}", self.place_in_words(first, build), self.lag_in_words(first).unwrap_or_default());
        }
        let build_in_brackets = build.map(|build| format!(" ({build})")).unwrap_or_default();
        let range = match places {
            // All that is known is the family.
            _ if build.is_none() && first.family == last.family && last.slot == Slot::Newer => self.family_name(first).to_owned(),
            [_, _] => format!("{} or {}", self.level_name(first), self.level_name(last)),
            _ => format!("something from {} to {}", self.level_name(first), self.level_name(last)),
        };
        // What is missing is said only if it is the same in every place where the machine may stand.
        let missing = self.missing_in_words(first).filter(|missing| places.iter().all(|&place| self.missing_in_words(place).as_ref() == Some(missing)));
        format!("{name} runs {range}{build_in_brackets}, exact level not known{}", missing.map(|missing| format!("; {missing}")).unwrap_or_default())
    }

    fn family_of(&self, place: Place) -> Option<&Family> {
        self.families.get(place.family)
    }

    fn family_name(&self, place: Place) -> &str {
        self.family_of(place).map_or("", |family| family.name.as_str())
    }

    fn release(&self, place: Place) -> Option<&Release> {
        match place.slot {
            Slot::At(slot) => self.family_of(place)?.releases.get(slot),
            Slot::Older | Slot::Newer => None,
        }
    }

    /// "2019 CU14 Jul26SU", or what is said of a place outside the table.
    fn level_name(&self, place: Place) -> String {
        let family = self.family_name(place);
        match (place.slot, self.release(place)) {
            (_, Some(release)) => canonical(family, &release.level),
            (Slot::Older, _) => format!("{family}, older than the table knows"),
            _ => format!("{family}, newer than the table knows"),
        }
    }

    /// The level with the build that was stated, or that the table gives for it.
    fn place_in_words(&self, place: Place, build: Option<&str>) -> String {
        let known = self.release(place).and_then(|release| release.build.as_deref()).and_then(Build::parse).map(|build| build.to_string());
        match build.map(str::to_owned).or(known) {
            Some(build) => format!("{} ({build})", self.level_name(place)),
            None => self.level_name(place),
        }
    }

    /// What follows the level of a machine in a sentence; `None` for places outside the table.
    fn lag_in_words(&self, place: Place) -> Option<String> {
        let (family, lag) = (self.family_of(place)?, self.lag(place)?);
        let Some(missing) = self.missing_in_words(place) else {
            return Some(format!(", the newest {} in the table", newest_of_what(family, self.release(place)?)));
        };
        // Where the next release is the newest one the sentence gives its day anyway.
        let is_told = lag.ended.is_none() && lag.next == Some(lag.newest);
        let since = family_day(family, lag.next).or(lag.ended.as_deref()).filter(|_| !is_told);
        Some(format!("{}; {missing}", since.map(|day| format!(", behind since {}", day_in_words(day))).unwrap_or_default()))
    }

    /// What has come out that a machine in this place lacks; `None` if nothing has, or if the place is outside the table.
    fn missing_in_words(&self, place: Place) -> Option<String> {
        let (family, release, lag) = (self.family_of(place)?, self.release(place)?, self.lag(place)?);
        match lag {
            Lag { ended: Some(_), newest, .. } => {
                let silent = family_day(family, Some(*newest)).map(|day| format!(" since {}", day_in_words(day))).unwrap_or_default();
                let last = family.releases.len().checked_sub(1)?;
                Some(format!("{} {} has had no update{silent}, {}", family.name, release.line, is_out(family, last)?))
            }
            Lag { next: Some(_), newest, .. } => is_out(family, *newest),
            Lag { next: None, .. } => None,
        }
    }
}

/// What a release is the newest of: its line, or the whole family.
fn newest_of_what(family: &Family, release: &Release) -> String {
    let has_other_lines = family.releases.iter().any(|other| other.line != release.line && other.update.is_some());
    if has_other_lines && family.kind == super::FamilyKind::Updates { format!("of {} {}", family.name, release.line) } else { format!("of {}", family.name) }
}

/// "CU14 Aug26SU has been out since 11 August 2026 (KB5121575)".
fn is_out(family: &Family, slot: usize) -> Option<String> {
    let release = family.releases.get(slot)?;
    let out = match &release.released {
        Some(day) => format!("{} has been out since {}", release.level, day_in_words(day)),
        None => format!("{} is out", release.level),
    };
    Some(match &release.kb {
        Some(kb) => format!("{out} ({kb})"),
        None => out,
    })
}

fn family_day(family: &Family, slot: Option<usize>) -> Option<&str> {
    family.releases.get(slot?)?.released.as_deref()
}

/// A day or month of the table in words: "11 August 2026", "September 2003".
#[must_use]
pub fn day_in_words(day: &str) -> String {
    let written = |day: &str, format| day.parse::<jiff::civil::Date>().map(|day| day.strftime(format).to_string());
    written(day, "%-d %B %Y").or_else(|_| written(&format!("{day}-01"), "%B %Y")).unwrap_or_else(|_| day.to_owned())
}
