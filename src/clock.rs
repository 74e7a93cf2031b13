//! Time and randomness as values, so that a test decides both.
//!
//! No other room asks the operating system for the time of day or for random bytes.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use sha2::{Digest, Sha256};

/// Tells the time in milliseconds since 1970-01-01 UTC. Clones share one clock.
#[derive(Debug, Clone)]
pub struct Clock(Hands);

#[derive(Debug, Clone)]
enum Hands {
    System,
    Fixed(Arc<AtomicI64>),
}

impl Clock {
    /// The clock of the operating system.
    #[must_use]
    pub fn system() -> Self {
        Self(Hands::System)
    }

    /// A clock that stands at `ms` until [`Clock::advance`] moves it.
    #[must_use]
    pub fn fixed(ms: i64) -> Self {
        Self(Hands::Fixed(Arc::new(AtomicI64::new(ms))))
    }

    /// Milliseconds since 1970-01-01 UTC; 0 if the machine's clock is set before that day.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the clock that all others ask")]
    pub fn now_ms(&self) -> i64 {
        match &self.0 {
            Hands::System => SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(i64::MAX)),
            Hands::Fixed(ms) => ms.load(Ordering::SeqCst),
        }
    }

    /// Moves a fixed clock, and every clone of it, forward by `ms`. The system's clock goes its own way.
    pub fn advance(&self, ms: i64) {
        if let Hands::Fixed(now) = &self.0 {
            now.fetch_add(ms, Ordering::SeqCst);
        }
    }
}

/// Gives random bytes for ids and secrets. Clones share one stream.
#[derive(Debug, Clone)]
pub struct Random(Stream);

#[derive(Debug, Clone)]
enum Stream {
    System,
    Seeded { seed: u64, drawn: Arc<AtomicU64> },
}

impl Random {
    /// The operating system's source, fit for secrets.
    #[must_use]
    pub fn system() -> Self {
        Self(Stream::System)
    }

    /// The same bytes in every run, for tests.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self(Stream::Seeded { seed, drawn: Arc::new(AtomicU64::new(0)) })
    }

    /// The next `N` bytes.
    ///
    /// If the operating system has no randomness to give, the process stops: an id or a secret made without it could be guessed.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the source that all others ask")]
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        match &self.0 {
            Stream::System => {
                if let Err(error) = getrandom::fill(&mut bytes) {
                    tracing::error!(%error, "the operating system gives no random bytes; stopping, since ids and secrets would be guessable");
                    std::process::abort();
                }
            }
            Stream::Seeded { seed, drawn } => {
                for chunk in bytes.chunks_mut(32) {
                    let block = Sha256::new().chain_update(seed.to_be_bytes()).chain_update(drawn.fetch_add(1, Ordering::SeqCst).to_be_bytes()).finalize();
                    for (byte, random) in chunk.iter_mut().zip(block) {
                        *byte = random;
                    }
                }
            }
        }
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fixed_clock_moves_only_when_told_and_clones_move_with_it() {
        let clock = Clock::fixed(1_000);
        let seen_elsewhere = clock.clone();
        assert_eq!(clock.now_ms(), 1_000);
        clock.advance(5);
        assert_eq!(seen_elsewhere.now_ms(), 1_005);
    }

    #[test]
    fn the_system_clock_is_past_the_day_this_was_written() {
        assert!(Clock::system().now_ms() > 1_760_000_000_000);
    }

    #[test]
    fn seeded_bytes_repeat_from_run_to_run_but_not_from_draw_to_draw() {
        let (first, again) = (Random::seeded(7), Random::seeded(7));
        let drawn: [u8; 40] = first.bytes();
        assert_eq!(drawn, again.bytes::<40>());
        assert_ne!(drawn, first.bytes::<40>());
        assert_ne!(drawn, Random::seeded(8).bytes::<40>());
    }

    #[test]
    fn system_bytes_differ() {
        assert_ne!(Random::system().bytes::<16>(), Random::system().bytes::<16>());
    }
}
