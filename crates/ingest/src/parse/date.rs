//! Dates as publishers write them -> timestamps. In: any text. Out: a time between January 1970 and 2200, or nothing for
//! junk and for the first moment of computers' clocks. A date without a zone is read as UTC; a day without a time as its first moment. No clock, no locale.

use super::months::month_of;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;

/// No date needs more characters.
const LONGEST: usize = 100;

/// Pieces that are looked at.
const MOST_TOKENS: usize = 32;

/// Content systems that have no date write the first moment of their clock, in whatever zone they are.
const NO_DATE_SECONDS: i64 = 24 * 3_600;

/// Reads one date.
pub fn parse(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if text.len() > LONGEST {
        return None;
    }
    let tokens = tokens(text);
    let moment = since_epoch(&tokens).or_else(|| reading(&tokens))?;
    let year = moment.to_zoned(jiff::tz::TimeZone::UTC).year();
    (moment.as_second() > NO_DATE_SECONDS && year < 2200).then_some(moment)
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Number {
        value: i64,
        digits: usize,
    },
    /// Lower case.
    Word(String),
    Sign(char),
    Space,
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        if tokens.len() == MOST_TOKENS {
            break;
        }
        if let Some(digit) = digit(c) {
            let (mut value, mut digits) = (digit, 1);
            while let Some(next) = rest.peek().copied().and_then(self::digit) {
                value = value.saturating_mul(10).saturating_add(next);
                digits += 1;
                rest.next();
            }
            tokens.push(Token::Number { value, digits });
        } else if c.is_alphabetic() {
            let mut word: String = c.to_lowercase().collect();
            // 年 月 日 年 월 일 stand between numbers; combining vowel signs belong to their word.
            let is_part =
                |c: &char| c.is_alphabetic() || (!c.is_ascii() && !c.is_whitespace() && digit_free(*c));
            while let Some(next) = rest.next_if(is_part) {
                word.extend(next.to_lowercase());
            }
            tokens.push(Token::Word(word));
        } else if c.is_whitespace() {
            if tokens.last() != Some(&Token::Space) {
                tokens.push(Token::Space);
            }
        } else {
            tokens.push(Token::Sign(if matches!(c, '−' | '–') { '-' } else { c }));
        }
    }
    tokens
}

fn digit_free(c: char) -> bool {
    digit(c).is_none() && !matches!(c, '–' | '−' | '，' | '、')
}

/// ASCII, Arabic-Indic, Persian and Devanagari digits.
fn digit(c: char) -> Option<i64> {
    let zero = match c {
        '0'..='9' => '0',
        '\u{660}'..='\u{669}' => '\u{660}',
        '\u{6f0}'..='\u{6f9}' => '\u{6f0}',
        '\u{966}'..='\u{96f}' => '\u{966}',
        _ => return None,
    };
    Some(i64::from(u32::from(c) - u32::from(zero)))
}

/// Seconds or milliseconds since 1970, standing alone.
fn since_epoch(tokens: &[Token]) -> Option<Timestamp> {
    match tokens {
        [Token::Number { value, digits: 9 | 10 }] => Timestamp::from_second(*value).ok(),
        [Token::Number { value, digits: 12 | 13 }] => Timestamp::from_millisecond(*value).ok(),
        _ => None,
    }
}

fn reading(tokens: &[Token]) -> Option<Timestamp> {
    let (date, rest) = match iso_date(tokens) {
        Some((date, used)) => (date, tokens.get(used..)?),
        None => (worded_date(tokens)?, tokens),
    };
    let (time, zone) = match clock(rest) {
        Some((time, behind)) => (time, zone(rest.get(behind..)?)),
        None => (compact_time(rest).unwrap_or_else(Time::midnight), Offset::UTC),
    };
    zone.to_timestamp(DateTime::from_parts(date, time)).ok()
}

fn number(token: Option<&Token>, digits: usize) -> Option<i64> {
    match token {
        Some(Token::Number { value, digits: found }) if *found == digits => Some(*value),
        _ => None,
    }
}

fn date(year: i64, month: i64, day: i64) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// `2026-11-20`, `2026/11/20`, `2026.11.20`, `20261120`, `2026-11`, `2026-324`, `2026` in front; pieces used.
fn iso_date(tokens: &[Token]) -> Option<(Date, usize)> {
    if let Some(packed) = number(tokens.first(), 8) {
        return date(packed / 10_000, packed / 100 % 100, packed % 100).map(|date| (date, 1));
    }
    let year = number(tokens.first(), 4)?;
    let separator = match tokens.get(1) {
        None => return date(year, 1, 1).map(|date| (date, 1)),
        Some(Token::Sign(sign @ ('-' | '/' | '.'))) => sign,
        Some(_) => return None,
    };
    if let Some(day) = number(tokens.get(2), 3) {
        let first = date(year, 1, 1)?;
        return first.checked_add(jiff::Span::new().try_days(day - 1).ok()?).ok().map(|date| (date, 3));
    }
    let Some(Token::Number { value: month, digits: 1 | 2 }) = tokens.get(2) else { return None };
    match (tokens.get(3), tokens.get(4)) {
        (Some(Token::Sign(sign)), Some(Token::Number { value: day, digits: 1 | 2 })) if sign == separator => {
            date(year, *month, *day).map(|date| (date, 5))
        }
        (None, _) => date(year, *month, 1).map(|date| (date, 3)),
        _ => None,
    }
}

/// A date with a month's name, with CJK units, or of three numbers.
fn worded_date(tokens: &[Token]) -> Option<Date> {
    east_asian_date(tokens).or_else(|| named_month_date(tokens)).or_else(|| numeric_date(tokens))
}

/// `2026年11月20日`, `2026년 11월 20일`.
fn east_asian_date(tokens: &[Token]) -> Option<Date> {
    let before = |units: [&str; 2]| {
        let is_unit = |token: &Token| matches!(token, Token::Word(word) if units.iter().any(|unit| word.starts_with(unit)));
        let at = tokens.iter().position(is_unit)?;
        tokens.get(..at)?.iter().rev().find_map(|token| match token {
            Token::Number { value, .. } => Some(*value),
            _ => None,
        })
    };
    date(before(["年", "년"])?, before(["月", "월"])?, before(["日", "일"])?)
}

/// Numbers that are not part of a clock reading or a zone, in order, with their digits. They stand in front of the
/// clock, or behind it (`10:14, 20 November`), or around it, as in asctime's year.
fn date_numbers(tokens: &[Token]) -> Vec<(i64, usize)> {
    let colon = tokens.iter().position(|token| *token == Token::Sign(':'));
    let front = colon.map_or(tokens.len(), |colon| colon.saturating_sub(1));
    let behind = clock(tokens).map_or(tokens.len(), |(_, behind)| behind);
    let back = without_zone(tokens.get(behind..).unwrap_or_default());
    let numbers = tokens.iter().take(front).chain(back).filter_map(|token| match token {
        Token::Number { value, digits } => Some((*value, *digits)),
        _ => None,
    });
    numbers.collect()
}

/// What follows a numeric zone, if one stands in front.
fn without_zone(back: &[Token]) -> &[Token] {
    let first = back.iter().position(|token| matches!(token, Token::Number { .. }));
    let signed = first
        .filter(|at| matches!(at.checked_sub(1).and_then(|at| back.get(at)), Some(Token::Sign('+' | '-'))));
    let Some(at) = signed else { return back };
    let minutes = if back.get(at + 1) == Some(&Token::Sign(':')) { 2 } else { 0 };
    back.get(at + 1 + minutes..).unwrap_or_default()
}

/// `20 November 2026`, `Nov 20, 2026`, `2026 Nov 20`, in many languages. The month is the last word that is one:
/// in front of it `mar` may be a Tuesday.
fn named_month_date(tokens: &[Token]) -> Option<Date> {
    let month = tokens.iter().rev().find_map(|token| match token {
        Token::Word(word) => month_of(word),
        _ => None,
    })?;
    let numbers = date_numbers(tokens);
    match *numbers.as_slice() {
        [(year, 4), (day, _), ..] => date(year, month, day),
        [(day, _), (year, 4), ..] => date(year, month, day),
        [(day, 1 | 2), (year, 2), ..] => date(full_year(year), month, day),
        _ => None,
    }
}

fn full_year(two_digits: i64) -> i64 {
    if two_digits < 70 { 2000 + two_digits } else { 1900 + two_digits }
}

/// `20.11.2026`, `11/20/2026`, `20-11-26`. With slashes the month is first, as most who write slashes in feeds
/// do, unless that is impossible.
fn numeric_date(tokens: &[Token]) -> Option<Date> {
    let [(a, 1 | 2), (b, 1 | 2), (year, digits @ (2 | 4)), ..] = *date_numbers(tokens).as_slice() else {
        return None;
    };
    let year = if digits == 2 { full_year(year) } else { year };
    let slashes = tokens.contains(&Token::Sign('/'));
    let (month, day) = if (slashes && a <= 12) || b > 12 { (a, b) } else { (b, a) };
    date(year, month, day)
}

/// A clock reading `10:14`, `10:14:55.25`, `2:14 pm`, and the index behind it.
fn clock(tokens: &[Token]) -> Option<(Time, usize)> {
    let colon = tokens.iter().position(|token| *token == Token::Sign(':'))?;
    let value = |at: usize| match tokens.get(at) {
        Some(Token::Number { value, digits: 1 | 2 }) => Some(*value),
        _ => None,
    };
    let hour = value(colon.checked_sub(1)?)?;
    let minute = value(colon + 1)?;
    let mut behind = colon + 2;
    let mut second = 0;
    if tokens.get(behind) == Some(&Token::Sign(':')) {
        second = value(behind + 1)?;
        behind += 2;
    }
    let mut nanosecond = 0;
    if let (Some(Token::Sign('.' | ',')), Some(Token::Number { value, digits })) =
        (tokens.get(behind), tokens.get(behind + 1))
    {
        nanosecond = fraction(*value, *digits);
        behind += 2;
    }
    let (hour, used) = half_day(hour, tokens.get(behind..).unwrap_or_default());
    let morning = tokens.iter().find_map(|token| match token {
        Token::Word(word) if word.starts_with("오후") || word.starts_with("下午") => Some(12),
        _ => None,
    });
    let hour = if hour < 12 { hour + morning.unwrap_or(0) } else { hour };
    // 24:00 is the end of a day, 60 a leap second: both read as the last second before.
    let (hour, minute, second) = if hour == 24 { (23, 59, 59) } else { (hour, minute, second.min(59)) };
    let small = |value: i64| i8::try_from(value).ok();
    let time = Time::new(small(hour)?, small(minute)?, small(second)?, nanosecond).ok()?;
    Some((time, behind + used))
}

fn fraction(value: i64, digits: usize) -> i32 {
    let scale = |power: usize| 10i64.checked_pow(u32::try_from(power).unwrap_or(u32::MAX));
    let nanoseconds = match digits {
        0..=9 => scale(9 - digits).and_then(|scale| value.checked_mul(scale)),
        _ => scale(digits - 9).map(|scale| value / scale),
    };
    nanoseconds
        .and_then(|value| i32::try_from(value).ok())
        .filter(|value| *value < 1_000_000_000)
        .unwrap_or(0)
}

/// `am` and `pm` behind the clock; the hour of the day and the pieces used.
fn half_day(hour: i64, behind: &[Token]) -> (i64, usize) {
    let skip = usize::from(behind.first() == Some(&Token::Space));
    let word = |at: usize| match behind.get(at) {
        Some(Token::Word(word)) => word.as_str(),
        _ => "",
    };
    let dotted = |letter: &str| word(skip) == letter && word(skip + 2) == "m";
    if word(skip) == "pm" || dotted("p") {
        return (if hour < 12 { hour + 12 } else { hour }, skip + 1);
    }
    if word(skip) == "am" || dotted("a") {
        return (if hour == 12 { 0 } else { hour }, skip + 1);
    }
    (hour, 0)
}

/// `T101455` behind a date without colons.
fn compact_time(behind: &[Token]) -> Option<Time> {
    let [Token::Word(t), Token::Number { value, digits: digits @ (4 | 6) }, ..] = behind else { return None };
    let value = if *digits == 4 { value * 100 } else { *value };
    let small = |value: i64| i8::try_from(value).ok();
    let time = Time::new(small(value / 10_000)?, small(value / 100 % 100)?, small(value % 100)?, 0).ok()?;
    (t == "t").then_some(time)
}

/// The offset behind a clock reading; UTC when there is none or nobody knows it.
fn zone(behind: &[Token]) -> Offset {
    // A sign behind a number is the dash of a date.
    let mut in_date = false;
    for (at, token) in behind.iter().enumerate() {
        match token {
            Token::Number { .. } => in_date = true,
            Token::Sign(sign @ ('+' | '-')) if !in_date => {
                return numeric_zone(*sign, behind.get(at + 1..).unwrap_or_default());
            }
            Token::Word(name) => {
                if let Some(minutes) = named_zone(name) {
                    let next = behind.get(at + 1);
                    // `GMT+0200` is the number.
                    if minutes != 0 || !matches!(next, Some(Token::Sign('+' | '-'))) {
                        return offset(minutes);
                    }
                }
            }
            _ => {}
        }
    }
    Offset::UTC
}

fn offset(minutes: i64) -> Offset {
    let seconds = i32::try_from(minutes * 60).ok();
    seconds.and_then(|seconds| Offset::from_seconds(seconds).ok()).unwrap_or(Offset::UTC)
}

fn numeric_zone(sign: char, behind: &[Token]) -> Offset {
    let minutes = match behind {
        [
            Token::Number { value: hours, digits: 1 | 2 },
            Token::Sign(':'),
            Token::Number { value: minutes, .. },
            ..,
        ] => hours * 60 + minutes.min(&59),
        [Token::Number { value, digits: 1 | 2 }, ..] => value * 60,
        [Token::Number { value, digits: 3 | 4 }, ..] => value / 100 * 60 + value % 100,
        _ => 0,
    };
    let minutes = if minutes > 15 * 60 { 0 } else { minutes };
    offset(if sign == '-' { -minutes } else { minutes })
}

/// Minutes east of UTC. RFC 822's names, those of the military letters that are safe (`z`), and those seen in feeds; an
/// ambiguous one (IST, CST, BST) has the meaning that its larger number of feeds gives it.
#[rustfmt::skip]
fn named_zone(name: &str) -> Option<i64> {
    let hours = match name {
        "z" | "gmt" | "utc" | "ut" | "wet" => 0,
        "bst" | "west" | "cet" | "met" | "mez" | "wat" => 60,
        "cest" | "mest" | "mesz" | "eet" | "cat" | "sast" => 120,
        "eest" | "msk" | "trt" | "eat" | "idt" => 180,
        "msd" | "gst" => 240,
        "pkt" => 300, "ist" => 330, "npt" => 345,
        "wib" | "ict" => 420,
        "hkt" | "sgt" | "awst" | "pht" | "myt" => 480,
        "jst" | "kst" => 540, "acst" => 570,
        "aest" => 600, "acdt" => 630, "aedt" => 660, "nzst" => 720, "nzdt" => 780,
        "brt" | "art" | "adt" | "clst" => -180, "nst" => -210, "ndt" => -150,
        "ast" | "edt" | "clt" => -240,
        "est" | "cdt" | "et" => -300,
        "cst" | "mdt" | "ct" => -360,
        "mst" | "pdt" | "mt" => -420,
        "pst" | "akdt" | "pt" => -480,
        "akst" => -540, "hst" => -600,
        _ => return None,
    };
    Some(hours)
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let found = parse(text).map(|time| time.to_string()).unwrap_or_default();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn rfc_822_and_what_became_of_it() {
        check("Fri, 20 Nov 2026 10:14:55 GMT", "2026-11-20T10:14:55Z");
        check("Fri, 20 Nov 2026 10:14:55 +0200", "2026-11-20T08:14:55Z");
        check("20 Nov 26 10:14 EST", "2026-11-20T15:14:00Z");
        check("Fri, 20 Nov 2026 10:14:55 GMT+0100", "2026-11-20T09:14:55Z");
        check("Fri Nov 20 10:14:55 2026", "2026-11-20T10:14:55Z");
        check("Fri Nov 20 10:14:55 PST 2026", "2026-11-20T18:14:55Z");
        check("Friday, November 20, 2026 2:05 PM", "2026-11-20T14:05:00Z");
        check("Nov 20, 2026 - 12:05 a.m. EST", "2026-11-20T05:05:00Z");
        check("Fri, 20 Nov 2026 10:14:55 -05:00", "2026-11-20T15:14:55Z");
        check("Fri, 20 Nov 2026 24:00:00 GMT", "2026-11-20T23:59:59Z");
        check("Fri, 20 Nov 2026", "2026-11-20T00:00:00Z");
        check("1 Jan 2026 00:00:00 +2026", "2026-01-01T00:00:00Z");
        check("Fri Nov 20 10:14:55 -0800 2026", "2026-11-20T18:14:55Z");
        check("10:14, 20 November 2026", "2026-11-20T10:14:00Z");
        check("10:14 20-11-2026", "2026-11-20T10:14:00Z");
    }

    #[test]
    fn iso_8601_in_its_many_lengths() {
        check("2026-11-20T10:14:55Z", "2026-11-20T10:14:55Z");
        check("2026-11-20T10:14:55.250+02:00", "2026-11-20T08:14:55.25Z");
        check("2026-11-20T10:14-0800", "2026-11-20T18:14:00Z");
        check("2026-11-20 10:00:00 EST", "2026-11-20T15:00:00Z");
        check("2026-11-20", "2026-11-20T00:00:00Z");
        check("2026-11", "2026-11-01T00:00:00Z");
        check("2026", "2026-01-01T00:00:00Z");
        check("20261120T101455Z", "2026-11-20T10:14:55Z");
        check("2026-324", "2026-11-20T00:00:00Z");
        check("2026/11/20 10:14", "2026-11-20T10:14:00Z");
        check("2026-11-20T10:14:55.1234567891234Z", "2026-11-20T10:14:55.123456789Z");
    }

    #[test]
    fn months_in_other_languages() {
        check("Freitag, 20. März 2026 10:14 MEZ", "2026-03-20T09:14:00Z");
        check("mar. 24 nov. 2026 10:14:00 +0100", "2026-11-24T09:14:00Z");
        check("20 août 2026", "2026-08-20T00:00:00Z");
        check("20 de diciembre de 2026 08:00", "2026-12-20T08:00:00Z");
        check("Пт, 20 ноября 2026 10:14 MSK", "2026-11-20T07:14:00Z");
        check("20 листопада 2026", "2026-11-20T00:00:00Z");
        check("20 lipca 2026", "2026-07-20T00:00:00Z");
        check("2026. november 20. 10:14", "2026-11-20T10:14:00Z");
        check("20 Kas 2026 10:14", "2026-11-20T10:14:00Z");
        check("20 Νοεμβρίου 2026", "2026-11-20T00:00:00Z");
        check("20 نوفمبر 2026", "2026-11-20T00:00:00Z");
        check("2026年11月20日 10:14", "2026-11-20T10:14:00Z");
        check("2026년 11월 20일 오후 2:14", "2026-11-20T14:14:00Z");
    }

    #[test]
    fn bare_numbers() {
        check("20.11.2026 10:14", "2026-11-20T10:14:00Z");
        check("11/20/2026 10:14 PM", "2026-11-20T22:14:00Z");
        check("20/11/2026", "2026-11-20T00:00:00Z");
        check("1795000000", "2026-11-18T11:06:40Z");
        check("1795000000000", "2026-11-18T11:06:40Z");
    }

    #[test]
    fn junk_is_nothing() {
        for junk in [
            "",
            "yesterday",
            "0000-00-00 00:00:00",
            "Fri, 31 Feb 2026 10:00:00 GMT",
            "9999-12-31",
            "Thu, 01 Jan 1970 00:00:00 +0000",
            "Thu, 01 Jan 1970 01:00:00 +0100",
            "Wed, 31 Dec 1969 19:00:00 -0500",
            "1970-01-01T00:00:00Z",
            "1970-01-01 14:00:00 -0800",
            "20",
            "::",
        ] {
            check(junk, "");
        }
        check("Sat, 03 Jan 1970 10:00:00 GMT", "1970-01-03T10:00:00Z");
        check(&"1".repeat(90), "");
        check(&"2026-11-20 ".repeat(100), "");
    }
}
