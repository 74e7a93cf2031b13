//! Where a machine stands on a ladder, as far as it is known.

use super::{Build, FamilyKind, Ladder};

/// A place on a ladder. Places compare in ladder order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The position of the family.
    pub family: usize,
    /// The place inside the family.
    pub slot: Slot,
}

/// A place inside a family, lowest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slot {
    /// Older than the first release that we know, such as a beta.
    Older,
    /// The release at this position.
    At(usize),
    /// Newer than the last release that we know.
    Newer,
}

/// Every place where a machine may stand, in ladder order; no place at all means that nothing is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    places: Vec<Place>,
}

impl Standing {
    /// The places, in ladder order.
    #[must_use]
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// Whether nothing is known.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        self.places.is_empty()
    }

    /// Whether the machine is newer than every level that the ladder knows of its family.
    #[must_use]
    pub fn is_newer_than_known(&self) -> bool {
        matches!(self.places.as_slice(), [Place { slot: Slot::Newer, .. }])
    }

    /// Whether `test` holds: for all places, for none, or (`None`) for some only.
    pub fn test(&self, test: impl Fn(Place) -> bool) -> Option<bool> {
        agree(self.places.iter().map(|&place| Some(test(place))))
    }

    /// Whether `test` holds between the places of two machines: for all pairs, for none, or (`None`) for some only.
    ///
    /// Two machines in one place outside the known releases may differ, so such a pair decides nothing.
    pub fn test_with(&self, other: &Self, test: impl Fn(Place, Place) -> bool) -> Option<bool> {
        let pairs = self.places.iter().flat_map(|&here| other.places.iter().map(move |&there| (here, there)));
        agree(pairs.map(|(here, there)| {
            let comparable = here != there || matches!(here.slot, Slot::At(_));
            comparable.then(|| test(here, there))
        }))
    }
}

/// What a level's text names of its family.
#[derive(Debug, Clone, Copy)]
enum Named {
    /// The release at this position.
    Level(usize),
    /// Nothing: the family stands alone.
    FamilyAlone,
    /// A level that the ladder does not know.
    UnheardOf,
}

/// What all verdicts say; `None` if there are none, if they differ, or if one is open.
fn agree(mut verdicts: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let first = verdicts.next()??;
    verdicts.all(|verdict| verdict == Some(first)).then_some(first)
}

impl Ladder {
    /// Where a machine with this level and build may stand.
    ///
    /// `level` is a canonical text (`5.0 SP2`) or a family alone (`5.0`). A family alone means the first release for the
    /// rows of a list (`in_list`) where the family is kept by service packs; else any level of the family. A build
    /// between two levels may be either of them. If level and build contradict each other, both are possible.
    #[must_use]
    pub fn standing(&self, level: Option<&str>, build: Option<&str>, in_list: bool) -> Standing {
        let by_build = build.and_then(Build::parse).map(|build| self.places_of_build(&build)).unwrap_or_default();
        let named = level.and_then(|level| self.find_level(level));
        let by_level = match named {
            Some((family, Named::Level(slot))) => vec![Place { family, slot: Slot::At(slot) }],
            // Where a build is known too it says more than the missing service pack.
            Some((family, Named::FamilyAlone)) => self.places_of_family(family, in_list && by_build.is_empty()),
            Some((family, Named::UnheardOf)) => self.places_of_family(family, false),
            None => Vec::new(),
        };
        let places = match (by_level.is_empty(), by_build.is_empty()) {
            (true, _) => by_build,
            (false, true) => by_level,
            (false, false) => both_or_either(by_level, by_build),
        };
        Standing { places }
    }

    /// The position of the family that the text names, and what it names of it.
    fn find_level(&self, level: &str) -> Option<(usize, Named)> {
        let lower = level.trim().to_lowercase();
        if let Some(&(family, slot)) = self.places.get(&lower) {
            return Some((family, slot.map_or(Named::FamilyAlone, Named::Level)));
        }
        lower.match_indices(' ').rev().find_map(|(at, _)| self.places.get(lower.get(..at)?).map(|&(family, _)| (family, Named::UnheardOf)))
    }

    fn places_of_family(&self, at: usize, named_alone_in_list: bool) -> Vec<Place> {
        let Some(family) = self.families.get(at) else { return Vec::new() };
        let first = family.releases.iter().position(|release| release.level == "RTM");
        match first {
            Some(first) if named_alone_in_list && family.kind == FamilyKind::ServicePacks => vec![Place { family: at, slot: Slot::At(first) }],
            _ => (0..family.releases.len()).map(Slot::At).chain([Slot::Newer]).map(|slot| Place { family: at, slot }).collect(),
        }
    }

    /// The places of `build`. Families whose builds begin with the same two numbers are looked at as one sequence.
    fn places_of_build(&self, build: &Build) -> Vec<Place> {
        let shared = |family: usize| self.builds.iter().any(|(place, known)| place.family == family && known.generation() == build.generation());
        let candidates: Vec<usize> = (0..self.families.len()).filter(|&family| shared(family)).collect();
        let known: Vec<(Place, Build)> = self.builds.iter().filter(|(place, _)| candidates.contains(&place.family)).copied().collect();
        let equal: Vec<Place> = known.iter().filter(|(_, number)| number.covers(build)).map(|&(place, _)| place).collect();
        if !equal.is_empty() {
            return equal;
        }
        let beginning: Vec<Place> = known.iter().filter(|(_, number)| build.covers(number)).map(|&(place, _)| place).collect();
        match (beginning.first(), beginning.last()) {
            (Some(&first), Some(&last)) => self.between(first, last),
            _ => self.between_levels(&known, build),
        }
    }

    /// Every place from the first gap that the build falls into to the last one. Gaps overlap where builds do not rise.
    fn between_levels(&self, known: &[(Place, Build)], build: &Build) -> Vec<Place> {
        let mut possible: Vec<Place> = Vec::new();
        if let Some((first, number)) = known.first()
            && build.highest() < number.lowest()
        {
            possible.push(Place { slot: Slot::Older, ..*first });
        }
        for ((here, lower), (there, upper)) in known.iter().zip(known.iter().skip(1)) {
            let low = lower.lowest().min(upper.lowest());
            let high = lower.highest().max(upper.highest());
            if low <= build.lowest() && build.highest() <= high {
                possible.extend([*here, *there]);
            }
        }
        if let Some((last, number)) = known.last()
            && build.lowest() > number.highest()
        {
            possible.push(Place { slot: Slot::Newer, ..*last });
        }
        match (possible.iter().min(), possible.iter().max()) {
            (Some(&first), Some(&last)) => self.between(first, last),
            _ => Vec::new(),
        }
    }

    /// Every place from `first` to `last`, both included.
    fn between(&self, first: Place, last: Place) -> Vec<Place> {
        let all = self.families.iter().enumerate().flat_map(|(family, entry)| {
            let slots = [Slot::Older].into_iter().chain((0..entry.releases.len()).map(Slot::At)).chain([Slot::Newer]);
            slots.map(move |slot| Place { family, slot })
        });
        all.filter(|place| (first..=last).contains(place)).collect()
    }
}

/// The places in both lists; if there are none, the places in either.
fn both_or_either(one: Vec<Place>, other: Vec<Place>) -> Vec<Place> {
    let both: Vec<Place> = one.iter().filter(|place| other.contains(place)).copied().collect();
    if !both.is_empty() {
        return both;
    }
    let mut either = one;
    either.extend(other);
    either.sort_unstable();
    either
}
