//! Times in pages: always `<time datetime>` in UTC, readable as they stand; the page script turns them into
//! the reader's zone and keeps "12 min ago" true.

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// `<time>` with day and clock: `23 Nov 2026, 06:30 UTC`; the day is left out when it is that of `now`.
pub(crate) fn exact(at: &Timestamp, now: &Timestamp) -> String {
    element(*at, "exact", &spoken(*at, *now))
}

/// [`exact`] with the day always told.
pub(crate) fn dated(at: &Timestamp, now: &Timestamp) -> String {
    element(*at, "dated", &with_day(*at, *now))
}

/// `<time>` that the script makes `12 min ago`; without a script it reads like [`exact`].
pub(crate) fn ago(at: &Timestamp, now: &Timestamp) -> String {
    element(*at, "ago", &spoken(*at, *now))
}

/// `<time>` with the weekday: `Monday 23 November 2026`.
pub(crate) fn day(at: &Timestamp) -> String {
    element(*at, "day", &at.to_zoned(TimeZone::UTC).strftime("%A %-d %B %Y").to_string())
}

/// `2026-11-23T06:30:00Z`: whole seconds, for attributes, Atom and file names.
pub(crate) fn stamp(at: &Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn element(at: Timestamp, kind: &str, words: &str) -> String {
    format!(r#"<time datetime="{}" data-time="{kind}">{words}</time>"#, stamp(&at))
}

fn spoken(at: Timestamp, now: Timestamp) -> String {
    let (then, today) = (at.to_zoned(TimeZone::UTC), now.to_zoned(TimeZone::UTC));
    if then.date() == today.date() { then.strftime("%H:%M UTC").to_string() } else { with_day(at, now) }
}

fn with_day(at: Timestamp, now: Timestamp) -> String {
    let (then, today) = (at.to_zoned(TimeZone::UTC), now.to_zoned(TimeZone::UTC));
    let format = if then.year() == today.year() { "%-d %b, %H:%M UTC" } else { "%-d %b %Y, %H:%M UTC" };
    then.strftime(format).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_reads_without_script() {
        let now: Timestamp = "2026-11-23T12:00:00Z".parse().unwrap();
        let check = |at: &str, words: &str| {
            let html = exact(&at.parse().unwrap(), &now);
            assert!(html.contains(&format!(">{words}</time>")), "{html}");
        };
        check("2026-11-23T06:30:12.345Z", "06:30 UTC");
        check("2026-11-22T23:59:00Z", "22 Nov, 23:59 UTC");
        check("2025-01-02T03:04:00Z", "2 Jan 2025, 03:04 UTC");
        assert!(dated(&now, &now).contains(">23 Nov, 12:00 UTC</time>"));
        assert!(exact(&now, &now).contains(r#"datetime="2026-11-23T12:00:00Z""#));
    }
}
