//! A story day by day, from its developments: the weightiest of each day stands for it.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use news::DevelopmentKind;
use store::view::DevelopmentView;

/// One day (UTC, since a page is made once for everybody).
pub(crate) struct Day {
    pub(crate) date: Date,
    pub(crate) best: DevelopmentView,
    /// Developments of the day beside the best one.
    pub(crate) others: usize,
}

impl Day {
    /// `Tuesday, 3 March`
    pub(crate) fn words(&self) -> String {
        self.date.strftime("%A, %-d %B").to_string()
    }
}

/// The days on which something was new, newest first, from developments that come newest first.
pub(crate) fn days(developments: &[DevelopmentView]) -> Vec<Day> {
    let mut days: Vec<Day> = Vec::new();
    for development in developments {
        let date = development.at.to_zoned(TimeZone::UTC).date();
        match days.last_mut().filter(|day| day.date == date) {
            Some(day) => {
                day.others += 1;
                if rank(development) > rank(&day.best) {
                    day.best = development.clone();
                }
            }
            None => days.push(Day { date, best: development.clone(), others: 0 }),
        }
    }
    days
}

/// Weight, then how many have it, then facts before words.
fn rank(development: &DevelopmentView) -> (news::Weight, u32, bool) {
    let fact = !matches!(development.kind, DevelopmentKind::NewStatement | DevelopmentKind::Confirmation);
    (development.weight, development.families, fact)
}

#[cfg(test)]
mod tests {
    use super::days;
    use crate::sample;
    use news::Weight;

    #[test]
    fn the_weightiest_development_stands_for_its_day() {
        let mut all = vec![sample::development(3), sample::development(2), sample::development(2_000)];
        all[1].weight = Weight::Major;
        let days = days(&all);
        let seen: Vec<_> = days.iter().map(|day| (day.best.id.0, day.others)).collect();
        assert_eq!(seen, [(2, 1), (2_000, 0)]);
        assert_eq!(days[0].words(), "Monday, 23 November");
    }
}
