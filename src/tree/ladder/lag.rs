//! What has come out since a level: whether it lags behind the updates of its family.
//!
//! A ladder alone decides this, by the `line`, the `update` and the dates of its rows; no clock is asked.

use super::{Family, FamilyKind, Ladder, Place, Release, Slot};

/// What the ladder says of the updates after one release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lag {
    /// The position of the next release that is meant for it: the next one on its line, or the next service pack.
    pub(super) next: Option<usize>,
    /// The position of the newest release that is meant for it, which may be itself.
    pub(super) newest: usize,
    /// Where its line gets no more updates: the day or month of the first security update that passed the line over.
    pub(super) ended: Option<String>,
}

impl Ladder {
    /// Whether an update has come out that a machine in this place lacks.
    ///
    /// In a family that is kept by service packs: a later release of the family. In one that is kept by updates: a later release of the same line, or a
    /// security update of the family that its whole line was passed over by. What is newer than the ladder is never behind, what is older always.
    #[must_use]
    pub fn is_behind(&self, place: Place) -> bool {
        match place.slot {
            Slot::Older => true,
            Slot::At(_) => self.lag(place).is_some_and(|lag| lag.next.is_some() || lag.ended.is_some()),
            Slot::Newer => false,
        }
    }

    /// Whether the line of this place has had no release since the last security update of its family, so that only another line brings updates.
    ///
    /// Families without security updates have no ended lines. What is older than the ladder stands on no line that still gets updates.
    #[must_use]
    pub fn is_on_ended_line(&self, place: Place) -> bool {
        match place.slot {
            Slot::Older => self.families.get(place.family).is_some_and(|family| last_security_update(family).is_some()),
            Slot::At(_) => self.lag(place).is_some_and(|lag| lag.ended.is_some()),
            Slot::Newer => false,
        }
    }

    /// Whether the family of this place has had no release since the last security update of the whole ladder, so that only a later family brings updates.
    #[must_use]
    pub fn is_in_ended_family(&self, place: Place) -> bool {
        let last = self.families.iter().filter_map(last_security_update).max();
        self.families.get(place.family).zip(last).is_some_and(|(family, last)| days(&family.releases).all(|day| is_before(day, last)))
    }

    /// Whether lines and families of this ladder can end: some family has had security updates.
    #[must_use]
    pub fn has_security_updates(&self) -> bool {
        self.families.iter().any(|family| last_security_update(family).is_some())
    }

    /// The day or month of the newest release of the whole ladder, or of one family: up to when the ladder knows what came out.
    #[must_use]
    pub fn newest_date(&self, family: Option<&str>) -> Option<&str> {
        let is_meant = |name: &str| family.is_none_or(|wanted| wanted.eq_ignore_ascii_case(name));
        let families = self.families.iter().filter(|family| is_meant(&family.name));
        families.flat_map(|family| days(&family.releases)).max()
    }

    pub(super) fn lag(&self, place: Place) -> Option<&Lag> {
        match place.slot {
            Slot::At(slot) => self.lags.get(place.family)?.get(slot),
            Slot::Older | Slot::Newer => None,
        }
    }
}

/// What came out after each release of the family, in their order.
pub(super) fn lags(family: &Family) -> Vec<Lag> {
    let releases = family.releases.iter().enumerate();
    match family.kind {
        FamilyKind::ServicePacks => {
            let last = family.releases.len().saturating_sub(1);
            releases.map(|(slot, _)| Lag { next: (slot < last).then_some(slot + 1), newest: last, ended: None }).collect()
        }
        FamilyKind::Updates => {
            let lag = |(slot, release): (usize, &Release)| {
                let on_line = || family.releases.iter().enumerate().filter(|(_, other)| other.line == release.line).map(|(at, _)| at);
                Lag { next: on_line().find(|&other| other > slot), newest: on_line().next_back().unwrap_or(slot), ended: ended(family, &release.line) }
            };
            releases.map(lag).collect()
        }
    }
}

/// Since when the line gets no more updates; `None` if it had one since the family's last security update.
fn ended(family: &Family, line: &str) -> Option<String> {
    let last = last_security_update(family)?;
    let days = || days(family.releases.iter().filter(|release| release.line == line));
    if days().any(|day| !is_before(day, last)) {
        return None;
    }
    let passed_over = security_updates(family).filter(|update| days().all(|day| is_before(day, update)));
    passed_over.min().map(str::to_owned)
}

fn last_security_update(family: &Family) -> Option<&str> {
    security_updates(family).max()
}

/// The days or months of the family's security updates: rows whose update ends in `SU`. A second edition of one (`SUv2`) does not count.
fn security_updates(family: &Family) -> impl Iterator<Item = &str> {
    let is_security_update = |release: &&Release| release.update.as_deref().is_some_and(|update| update.ends_with("SU"));
    days(family.releases.iter().filter(|_| family.kind == FamilyKind::Updates).filter(is_security_update))
}

/// The days or months of releases, as far as the table knows them.
fn days<'r>(releases: impl IntoIterator<Item = &'r Release>) -> impl Iterator<Item = &'r str> {
    releases.into_iter().filter_map(|release| release.released.as_deref())
}

/// Whether one day or month lies before another. A day is not before or after the month that it lies in.
fn is_before(day: &str, other: &str) -> bool {
    let length = day.len().min(other.len());
    day.get(..length) < other.get(..length)
}
