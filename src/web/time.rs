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

/// Its day as `2026-11-22`, which sorts.
#[must_use]
pub fn iso_day(epoch_millis: i64) -> String {
    show(epoch_millis, "%Y-%m-%d")
}

/// A day that an author wrote as `2026-11-22`, as `22 Nov 2026`; anything else as it was written.
#[must_use]
pub fn written_day(iso: &str) -> String {
    iso.parse::<jiff::civil::Date>().map_or_else(|_| iso.to_owned(), |day| day.strftime("%-d %b %Y").to_string())
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
        assert_eq!((iso_day(1_795_354_805_000), written_day("2026-11-02")), ("2026-11-22".to_owned(), "2 Nov 2026".to_owned()));
        assert_eq!(moment(i64::MAX), "at an unknown time");
    }
}
