//! The day and time at which a draft is to be published, as a form asks for them.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

use crate::web::FieldErrors;

/// How far ahead a time must lie, in milliseconds.
const SOONEST: i64 = 60 * 1000;
/// How far ahead it may lie.
const LATEST: i64 = 366 * 24 * 60 * 60 * 1000;

/// Reads day and time in UTC as milliseconds since 1970; adds messages about the fields `date` and `time`.
pub fn read(date: &str, time: &str, now: i64, errors: &mut FieldErrors) -> Option<i64> {
    let day = date.trim().parse::<Date>();
    if day.is_err() {
        errors.add("date", "Enter the day as 2026-11-22.");
    }
    let clock = Time::strptime("%H:%M", time.trim()).or_else(|_| Time::strptime("%H:%M:%S", time.trim()));
    if clock.is_err() {
        errors.add("time", "Enter the time in UTC as 13:40.");
    }
    let at = day.ok()?.to_datetime(clock.ok()?).to_zoned(TimeZone::UTC).ok()?.timestamp().as_millisecond();
    match at - now {
        ahead if ahead < SOONEST => errors.add("time", format!("Choose a time at least a minute from now. It is {} UTC.", hour(now))),
        ahead if ahead > LATEST => errors.add("date", "Choose a day within a year."),
        _ => return Some(at),
    }
    None
}

/// The day and time in an hour, to begin with: `2026-11-22` and `14:00`.
pub fn in_an_hour(now: i64) -> (String, String) {
    let hour = 60 * 60 * 1000;
    let at = (now / hour + 2) * hour;
    Timestamp::from_millisecond(at).map(|at| (at.strftime("%Y-%m-%d").to_string(), at.strftime("%H:%M").to_string())).unwrap_or_default()
}

fn hour(now: i64) -> String {
    Timestamp::from_millisecond(now).map(|now| now.strftime("%H:%M").to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-22 13:40:05 UTC.
    const NOW: i64 = 1_795_354_805_000;

    fn fields_wrong(date: &str, time: &str) -> Vec<String> {
        let mut errors = FieldErrors::default();
        assert_eq!(read(date, time, NOW, &mut errors), None);
        errors.iter().map(|error| error.field.clone()).collect()
    }

    #[test]
    fn a_time_is_read_in_utc_and_lies_ahead() {
        let mut errors = FieldErrors::default();
        assert_eq!(read("2026-11-22", "13:42", NOW, &mut errors), Some(NOW + 115_000));
        assert!(errors.is_empty());
        assert_eq!(fields_wrong("2026-11-22", "13:41"), ["time"], "55 seconds are too soon");
        assert_eq!(fields_wrong("2028-01-01", "13:41"), ["date"]);
        assert_eq!(fields_wrong("22.11.2026", "soon"), ["date", "time"]);
        assert_eq!(in_an_hour(NOW), ("2026-11-22".to_owned(), "15:00".to_owned()));
    }
}
