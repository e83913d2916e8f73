//! Quiet hours by the reader's clock, also on the two days of the year when that clock jumps.

use jiff::tz::TimeZone;
use jiff::{ToSpan, Zoned};
use news::{QuietHours, Timestamp};

/// When it is quiet now: the first moment at which it no longer is.
pub(super) fn quiet_until(quiet: &QuietHours, zone: &TimeZone, now: Timestamp) -> Option<Timestamp> {
    let here = now.to_zoned(zone.clone());
    is_quiet(quiet, &here).then(|| ends(quiet, &here, zone))?
}

fn is_quiet(quiet: &QuietHours, here: &Zoned) -> bool {
    let minute = u16::try_from(i16::from(here.hour()) * 60 + i16::from(here.minute())).unwrap_or(0);
    if quiet.from <= quiet.to {
        (quiet.from..quiet.to).contains(&minute)
    } else {
        minute >= quiet.from || minute < quiet.to
    }
}

/// The end can be shown twice by the clock, once or never; it may also be that the clock jumps over it.
fn ends(quiet: &QuietHours, here: &Zoned, zone: &TimeZone) -> Option<Timestamp> {
    let (hour, minute) = (i8::try_from(quiet.to / 60 % 24).ok()?, i8::try_from(quiet.to % 60).ok()?);
    let mut candidates: Vec<Timestamp> =
        zone.following(here.timestamp()).next().map(|jump| jump.timestamp()).into_iter().collect();
    for days in 0..=2 {
        let end = here.date().checked_add(days.days()).ok()?.at(hour, minute, 0, 0);
        let shown = zone.to_ambiguous_zoned(end);
        candidates.extend(shown.clone().earlier().ok().map(|end| end.timestamp()));
        candidates.extend(shown.later().ok().map(|end| end.timestamp()));
    }
    candidates.sort_unstable();
    candidates
        .into_iter()
        .find(|end| *end > here.timestamp() && !is_quiet(quiet, &end.to_zoned(zone.clone())))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Asks at a moment and compares the end, both as the clock on the wall shows them with its offset.
    fn check(from: u16, to: u16, zone: &str, now: &str, expect: Option<&str>) {
        let until =
            quiet_until(&QuietHours { from, to }, &TimeZone::get(zone).unwrap(), now.parse().unwrap());
        assert_eq!(until, expect.map(|end| end.parse().unwrap()), "{from}-{to} {zone} at {now}");
    }

    #[test]
    fn through_the_night_and_within_a_day() {
        let kyiv = "Europe/Kyiv";
        check(1_320, 420, kyiv, "2026-11-23T21:59:00+02:00", None);
        check(1_320, 420, kyiv, "2026-11-23T22:00:00+02:00", Some("2026-11-24T07:00:00+02:00"));
        check(1_320, 420, kyiv, "2026-11-24T06:59:59+02:00", Some("2026-11-24T07:00:00+02:00"));
        check(1_320, 420, kyiv, "2026-11-24T07:00:00+02:00", None);
        check(780, 840, kyiv, "2026-11-24T13:30:00+02:00", Some("2026-11-24T14:00:00+02:00"));
        check(780, 840, kyiv, "2026-11-24T14:00:00+02:00", None);
        check(600, 600, kyiv, "2026-11-24T10:00:00+02:00", None);
    }

    #[test]
    fn when_the_clock_jumps() {
        let berlin = "Europe/Berlin";
        // In spring 02:00 becomes 03:00: seven o'clock comes an hour early, half past two never.
        check(1_320, 420, berlin, "2026-03-28T23:00:00+01:00", Some("2026-03-29T07:00:00+02:00"));
        check(1_320, 150, berlin, "2026-03-29T01:30:00+01:00", Some("2026-03-29T03:00:00+02:00"));
        // In autumn 03:00 becomes 02:00: half past two comes twice, and between them it is quiet again.
        check(1_320, 150, berlin, "2026-10-25T01:30:00+02:00", Some("2026-10-25T02:30:00+02:00"));
        check(1_320, 150, berlin, "2026-10-25T02:40:00+02:00", None);
        check(1_320, 150, berlin, "2026-10-25T02:10:00+01:00", Some("2026-10-25T02:30:00+01:00"));
    }
}
