//! Times as pages show them: always with their zone.

use jiff::Timestamp;

/// A moment in milliseconds since 1970 as `22 Nov 2026, 13:40 UTC`; a moment out of range as "at an unknown time".
#[must_use]
pub fn moment(epoch_millis: i64) -> String {
    show(epoch_millis, "%-d %b %Y, %H:%M UTC")
}

/// Its day as `22 Nov 2026`, for lists.
#[must_use]
pub fn day(epoch_millis: i64) -> String {
    show(epoch_millis, "%-d %b %Y")
}

/// The same moment for the `datetime` attribute of `<time>`.
#[must_use]
pub fn machine(epoch_millis: i64) -> String {
    show(epoch_millis, "%Y-%m-%dT%H:%M:%SZ")
}

fn show(epoch_millis: i64, format: &str) -> String {
    Timestamp::from_millisecond(epoch_millis).map_or_else(|_| "at an unknown time".to_owned(), |moment| moment.strftime(format).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_shown_with_its_zone() {
        assert_eq!(moment(1_795_354_805_000), "22 Nov 2026, 13:40 UTC");
        assert_eq!(day(1_795_354_805_000), "22 Nov 2026");
        assert_eq!(machine(1_795_354_805_000), "2026-11-22T13:40:05Z");
        assert_eq!(moment(i64::MAX), "at an unknown time");
    }
}
