//! A story day by day: the sentences that tell each day best, and how much was new on it.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use store::view::{DayView, DevelopmentView};

/// One day (UTC, since a page is made once for everybody).
pub(crate) struct Day {
    pub(crate) date: Date,
    pub(crate) of: DayView,
    /// Developments published on it.
    pub(crate) developments: usize,
}

impl Day {
    /// `Tuesday, 3 March`
    pub(crate) fn words(&self) -> String {
        self.date.strftime("%A, %-d %B").to_string()
    }
}

/// The days with their dates, newest first as they come.
pub(crate) fn days(of: Vec<DayView>, developments: &[DevelopmentView]) -> Vec<Day> {
    let date_of = |at: Timestamp| at.to_zoned(TimeZone::UTC).date();
    let day = |of: DayView| {
        let date = date_of(Timestamp::from_second(i64::from(of.day) * 86_400).ok()?);
        let developments = developments.iter().filter(|one| date_of(one.at) == date).count();
        Some(Day { date, of, developments })
    };
    of.into_iter().filter_map(day).collect()
}

#[cfg(test)]
mod tests {
    use super::days;
    use crate::sample;

    #[test]
    fn a_day_has_its_date_and_counts_what_was_new_on_it() {
        let developments = [sample::development(3), sample::development(2), sample::development(2_000)];
        let days = days(sample::days(), &developments);
        let seen: Vec<(String, usize)> = days.iter().map(|day| (day.words(), day.developments)).collect();
        assert_eq!(seen, [("Monday, 23 November".to_owned(), 2), ("Sunday, 22 November".to_owned(), 1)]);
    }
}
