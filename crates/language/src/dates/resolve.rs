//! When a phrase of time was, seen from the day of publication.

use super::phrase::{Phrase, Says, Turn, Unit};
use jiff::civil::Date;
use jiff::{Span, ToSpan};
use news::Precision;

/// A date without a year lies at most so many days ahead, unless it is spoken of as to come.
const AHEAD_DAYS: i32 = 45;
/// Years in which every day of a year comes at least once: the 29th of February is missing for seven around 1900 and 2100.
const TO_A_LEAP_YEAR: i16 = 8;

/// The time of a phrase; none when there is no such day.
pub(super) fn resolve(phrase: &Phrase, published: Date, before: Option<Date>) -> Option<(Date, Precision)> {
    Some(match phrase.says {
        Says::Day { day, month, year: Some(year) } => (Date::new(year, month, day).ok()?, Precision::Day),
        Says::Day { day, month, year: None } => {
            (nearest(published, month, day, phrase.ahead)?, Precision::Day)
        }
        Says::Month { month, year: Some(year), .. } => (Date::new(year, month, 1).ok()?, Precision::Month),
        Says::Month { month, year: None, turn } => {
            (month_of(published, month, turn, phrase.ahead)?, Precision::Month)
        }
        Says::Year(year) => (Date::new(year, 1, 1).ok()?, Precision::Year),
        Says::Weekday { weekday, turn } => {
            (weekday_of(published, weekday, turn, phrase.ahead)?, Precision::Day)
        }
        Says::Near(days) => (published.checked_add(days.days()).ok()?, Precision::Day),
        Says::Whole { unit, turn } => whole(published, unit, turn)?,
        Says::Away { count, unit, from_publication } => {
            let from = if from_publication { published } else { before.unwrap_or(published) };
            moved(from, unit, count)?
        }
    })
}

/// The day of the year that makes it nearest, rather in the past.
fn nearest(published: Date, month: i8, day: i8, ahead: bool) -> Option<Date> {
    let there_is = |step: i16| {
        (1..=TO_A_LEAP_YEAR).find_map(|years| Date::new(published.year() + step * years, month, day).ok())
    };
    match Date::new(published.year(), month, day) {
        Ok(date) if days_between(published, date) > AHEAD_DAYS && !ahead => there_is(-1),
        Ok(date) if days_between(published, date) < -300 && ahead => there_is(1),
        Ok(date) => Some(date),
        Err(_) => there_is(if ahead { 1 } else { -1 }),
    }
}

fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

fn month_of(published: Date, month: i8, turn: Turn, ahead: bool) -> Option<Date> {
    let later = month > published.month();
    let year = match turn {
        Turn::Last if month >= published.month() => published.year() - 1,
        Turn::Next if month <= published.month() => published.year() + 1,
        Turn::Unsaid if later && !ahead => published.year() - 1,
        Turn::Unsaid if month < published.month() && ahead && published.month() - month > 6 => {
            published.year() + 1
        }
        _ => published.year(),
    };
    Date::new(year, month, 1).ok()
}

fn weekday_of(published: Date, weekday: i8, turn: Turn, ahead: bool) -> Option<Date> {
    let back = (published.weekday().to_monday_zero_offset() - weekday).rem_euclid(7);
    let days = match turn {
        Turn::Next => 7 - i32::from(back),
        Turn::Last if back == 0 => -7,
        Turn::Unsaid | Turn::This if ahead && back > 0 => 7 - i32::from(back),
        _ => -i32::from(back),
    };
    published.checked_add(days.days()).ok()
}

fn whole(published: Date, unit: Unit, turn: Turn) -> Option<(Date, Precision)> {
    let count = match turn {
        Turn::Last => -1,
        Turn::This | Turn::Unsaid => 0,
        Turn::Next => 1,
    };
    let (date, precision) = moved(published, unit, count)?;
    Some(match unit {
        Unit::Day => (date, precision),
        Unit::Week => (monday(date)?, Precision::Week),
        Unit::Month => (date.first_of_month(), Precision::Month),
        Unit::Year => (date.first_of_year(), Precision::Year),
    })
}

fn monday(date: Date) -> Option<Date> {
    date.checked_sub(i32::from(date.weekday().to_monday_zero_offset()).days()).ok()
}

/// So many units away; of months and years the day is not told.
fn moved(from: Date, unit: Unit, count: i32) -> Option<(Date, Precision)> {
    let span: Span = match unit {
        Unit::Day => count.days(),
        Unit::Week => count.weeks(),
        Unit::Month => count.months(),
        Unit::Year => count.years(),
    };
    let date = from.checked_add(span).ok()?;
    Some(match unit {
        Unit::Day => (date, Precision::Day),
        Unit::Week => (monday(date)?, Precision::Week),
        Unit::Month => (date.first_of_month(), Precision::Month),
        Unit::Year => (date.first_of_year(), Precision::Year),
    })
}
