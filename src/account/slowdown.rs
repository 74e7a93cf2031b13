//! Guessing one account's password from many places gets slower and slower. It never ends altogether, so nobody can lock others out for good.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use sha2::{Digest, Sha256};

use super::people::folded;

/// Failures that cost nothing: everybody mistypes.
const FREE: u32 = 5;
/// The pause after the next one, in milliseconds; each further failure doubles it.
const FIRST_PAUSE: i64 = 2_000;
/// The longest pause, in milliseconds.
const LONGEST_PAUSE: i64 = 60_000;
/// After this time without a failure a name is as good as new, in milliseconds.
const FORGOTTEN_AFTER: i64 = 15 * 60_000;
/// Most names remembered.
const MOST_NAMES: usize = 10_000;

/// Failures to sign in, by name, whether or not an account has it. In memory, under the hash of what was typed: it may be a password in the wrong field.
#[derive(Debug, Clone, Default)]
pub struct Slowdown(Arc<Mutex<HashMap<[u8; 32], Failures>>>);

#[derive(Debug, Clone, Copy)]
struct Failures {
    count: u32,
    last: i64,
}

impl Failures {
    /// The moment from which the next attempt is taken.
    fn refused_until(self) -> i64 {
        let doublings = self.count.saturating_sub(FREE);
        if doublings == 0 { self.last } else { self.last + (FIRST_PAUSE << (doublings - 1).min(16)).min(LONGEST_PAUSE) }
    }
}

impl Slowdown {
    /// How long an attempt with this name must wait at `now`, in milliseconds since 1970; none if it may be made.
    #[must_use]
    pub fn pause(&self, name: &str, now: i64) -> Option<Duration> {
        let names = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let left = names.get(&key(name))?.refused_until() - now;
        u64::try_from(left).ok().filter(|left| *left > 0).map(Duration::from_millis)
    }

    /// Counts a failure.
    pub fn failed(&self, name: &str, now: i64) {
        let mut names = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if names.len() >= MOST_NAMES {
            names.retain(|_, failures| now - failures.last < FORGOTTEN_AFTER);
        }
        if names.len() >= MOST_NAMES {
            // Only a flood of invented names leads here; the limit for each address holds on.
            names.clear();
        }
        let failures = names.entry(key(name)).or_insert(Failures { count: 0, last: now });
        let count = if now - failures.last < FORGOTTEN_AFTER { failures.count } else { 0 };
        *failures = Failures { count: count.saturating_add(1), last: now };
    }

    /// Forgets the failures of a name that has signed in.
    pub fn succeeded(&self, name: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&key(name));
    }
}

fn key(name: &str) -> [u8; 32] {
    Sha256::digest(folded(name)).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_a_minute_and_are_forgotten() {
        let slowdown = Slowdown::default();
        let mut now = 0;
        let mut pauses = Vec::new();
        for _ in 0..13 {
            slowdown.failed("Ada", now);
            let pause = slowdown.pause("ADA ", now).map_or(0, |pause| pause.as_secs());
            now += i64::try_from(pause).unwrap() * 1000;
            pauses.push(pause);
        }
        assert_eq!(pauses, [0, 0, 0, 0, 0, 2, 4, 8, 16, 32, 60, 60, 60]);
        assert_eq!(slowdown.pause("bob", now), None);
        assert_eq!(slowdown.pause("ada", now), None, "the pause has no end");
        slowdown.failed("ada", now + FORGOTTEN_AFTER);
        assert_eq!(slowdown.pause("ada", now + FORGOTTEN_AFTER), None, "failures of long ago count");
    }

    #[test]
    fn signing_in_forgets_the_failures() {
        let slowdown = Slowdown::default();
        (0..=FREE).for_each(|_| slowdown.failed("ada", 0));
        assert!(slowdown.pause("ada", 0).is_some());
        slowdown.succeeded("Ada");
        assert_eq!(slowdown.pause("ada", 0), None);
    }

    #[test]
    fn the_number_of_remembered_names_is_bounded() {
        let slowdown = Slowdown::default();
        (0..30_000).for_each(|number| slowdown.failed(&number.to_string(), 0));
        assert!(slowdown.0.lock().unwrap().len() <= MOST_NAMES);
    }
}
