//! Merges two changes of one ordered list.

use std::collections::{BTreeMap, BTreeSet};

/// An element with its place among equal ones, from 0, so that a list may hold one twice.
type Entry<'a> = (&'a str, usize);

/// The list with what both sides added, without what either removed. `None` if both moved what they kept, each in another way.
///
/// It does not matter which side is which. What was added follows what it followed on its side; where both added after the same element, the side
/// whose first addition sorts first comes first.
pub(super) fn merge<'a>(before: &[&'a str], mine: &[&'a str], theirs: &[&'a str]) -> Option<Vec<&'a str>> {
    let [before, mine, theirs] = [before, mine, theirs].map(numbered);
    if before == theirs {
        return Some(names(mine));
    }
    let [in_mine, in_theirs]: [BTreeSet<Entry<'_>>; 2] = [mine.iter().copied().collect(), theirs.iter().copied().collect()];
    let kept: BTreeSet<Entry<'_>> = before.iter().copied().filter(|entry| in_mine.contains(entry) && in_theirs.contains(entry)).collect();
    let order = |list: &[Entry<'a>]| -> Vec<Entry<'a>> { list.iter().copied().filter(|entry| kept.contains(entry)).collect() };
    let (was, my_order, their_order) = (order(&before), order(&mine), order(&theirs));
    let order = match () {
        () if my_order == was || my_order == their_order => their_order,
        () if their_order == was => my_order,
        () => return None,
    };
    let there_before: BTreeSet<Entry<'_>> = before.iter().copied().collect();
    let [mut my_added, mut their_added] = [&mine, &theirs].map(|list| additions(list, &kept, &there_before));
    let mut merged: Vec<Entry<'_>> = Vec::new();
    let mut seen = BTreeSet::new();
    for anchor in std::iter::once(None).chain(order.into_iter().map(Some)) {
        let mut groups = [my_added.remove(&anchor).unwrap_or_default(), their_added.remove(&anchor).unwrap_or_default()];
        groups.sort();
        merged.extend(anchor.into_iter().chain(groups.into_iter().flatten()).filter(|entry| seen.insert(*entry)));
    }
    Some(names(merged))
}

/// What `list` has beyond the elements that were there before, by the kept element that it follows (`None`: at the beginning).
fn additions<'a>(list: &[Entry<'a>], kept: &BTreeSet<Entry<'a>>, before: &BTreeSet<Entry<'a>>) -> BTreeMap<Option<Entry<'a>>, Vec<Entry<'a>>> {
    let mut added: BTreeMap<Option<Entry<'a>>, Vec<Entry<'a>>> = BTreeMap::new();
    let mut anchor = None;
    for entry in list.iter().copied() {
        if kept.contains(&entry) {
            anchor = Some(entry);
        } else if !before.contains(&entry) {
            added.entry(anchor).or_default().push(entry);
        }
    }
    added
}

fn numbered<'a>(list: &[&'a str]) -> Vec<Entry<'a>> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let mut number = |name| {
        let count = seen.entry(name).or_default();
        *count += 1;
        (name, *count - 1)
    };
    list.iter().map(|name| number(*name)).collect()
}

fn names(entries: Vec<Entry<'_>>) -> Vec<&str> {
    entries.into_iter().map(|(name, _)| name).collect()
}
