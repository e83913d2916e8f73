//! When an article was published and updated: JSON-LD, meta tags, `<time>`, then the address. Dates without a
//! zone are read as UTC; a page is never asked what the clock says.

use super::Page;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use news::{Timestamp, Url};

const PUBLISHED: &[&str] = &[
    "article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "article.published",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "dc.date.issued",
    "dc.date",
    "dcterms.created",
    "dcterms.date",
    "dc.created",
    "date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "originalpublicationdate",
    "citation_publication_date",
    "rnews:datepublished",
    "weibo:article:create_at",
];
const UPDATED: &[&str] = &[
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "last-modified",
    "dc.date.modified",
    "lastmod",
];
/// Elements whose attribute holds the time, best marked first.
const MARKED: &[(&str, &str)] = &[
    ("[itemprop=datePublished]", "datetime"),
    ("[itemprop=datePublished]", "content"),
    ("time[pubdate]", "datetime"),
    ("time.published", "datetime"),
    (".entry-date", "datetime"),
    ("article header time[datetime]", "datetime"),
    ("article time[datetime]", "datetime"),
    ("main time[datetime]", "datetime"),
    ("time[datetime]", "datetime"),
    ("abbr.published", "title"),
];

pub(super) fn published(page: &Page<'_>) -> Option<Timestamp> {
    let structured = page.json.published.as_deref().and_then(parse);
    let meta = || PUBLISHED.iter().find_map(|name| page.meta.first(&[name]).as_deref().and_then(parse));
    let marked =
        || MARKED.iter().find_map(|(place, name)| page.attribute(place, name).as_deref().and_then(parse));
    structured.or_else(meta).or_else(marked).or_else(|| page.url.and_then(in_address))
}

pub(super) fn updated(page: &Page<'_>) -> Option<Timestamp> {
    let structured = page.json.modified.as_deref().and_then(parse);
    let meta = || UPDATED.iter().find_map(|name| page.meta.first(&[name]).as_deref().and_then(parse));
    let marked = || page.attribute("[itemprop=dateModified]", "datetime").as_deref().and_then(parse);
    structured.or_else(meta).or_else(marked)
}

/// A time as pages write it in attributes. Years outside 1990-2100 are slips (`0001-01-01`, milliseconds).
fn parse(written: &str) -> Option<Timestamp> {
    let text = written.trim();
    let zoned = || text.parse::<Timestamp>().ok();
    let spaced = || jiff::fmt::strtime::parse("%Y-%m-%d %H:%M:%S %z", text).ok()?.to_timestamp().ok();
    let mail = || jiff::fmt::rfc2822::parse(text).ok().map(|zoned| zoned.timestamp());
    let civil = || text.parse::<DateTime>().ok().and_then(utc);
    let formats = || {
        [
            "%Y-%m-%d %H:%M",
            "%Y/%m/%d %H:%M:%S",
            "%Y/%m/%d %H:%M",
            "%Y/%m/%d",
            "%Y%m%d",
            "%d.%m.%Y %H:%M",
            "%d.%m.%Y",
            "%B %d, %Y",
            "%b %d, %Y",
            "%d %B %Y",
            "%d %b %Y",
        ]
        .iter()
        .find_map(|format| {
            let parts = jiff::fmt::strtime::parse(format, text).ok()?;
            parts
                .to_datetime()
                .or_else(|_| parts.to_date().map(|date| date.at(0, 0, 0, 0)))
                .ok()
                .and_then(utc)
        })
    };
    let unix = || match text.parse::<i64>().ok()? {
        seconds @ 600_000_000..=4_000_000_000 => Timestamp::from_second(seconds).ok(),
        millis @ 600_000_000_000..=4_000_000_000_000 => Timestamp::from_millisecond(millis).ok(),
        _ => None,
    };
    zoned().or_else(spaced).or_else(mail).or_else(civil).or_else(formats).or_else(unix).filter(|at| sane(*at))
}

fn utc(civil: DateTime) -> Option<Timestamp> {
    civil.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
}

fn sane(at: Timestamp) -> bool {
    (1990..=2100).contains(&at.to_zoned(TimeZone::UTC).year())
}

/// `/2026/05/17/`, `/2026-05-17-`, `/20260517/` in the path.
fn in_address(url: &Url) -> Option<Timestamp> {
    let numbers: Vec<&str> =
        url.path().split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let triple = numbers.windows(3).find_map(|three| match three {
        [year, month, day] if year.len() == 4 && month.len() <= 2 && day.len() <= 2 => date(year, month, day),
        _ => None,
    });
    let joined =
        || numbers.iter().filter(|n| n.len() == 8).find_map(|n| date(n.get(..4)?, n.get(4..6)?, n.get(6..)?));
    triple.or_else(joined).and_then(|date| utc(date.at(0, 0, 0, 0))).filter(|at| sane(*at))
}

fn date(year: &str, month: &str, day: &str) -> Option<Date> {
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::{in_address, parse};
    use news::Url;

    #[test]
    fn dates_as_pages_write_them() {
        let check = |written: &str, at: &str| {
            assert_eq!(parse(written).map(|at| at.to_string()).unwrap_or_default(), at, "{written:?}");
        };
        check("2026-05-17T08:30:00+02:00", "2026-05-17T06:30:00Z");
        check("2026-05-17T08:30:00+0200", "2026-05-17T06:30:00Z");
        check("2026-05-17T08:30", "2026-05-17T08:30:00Z");
        check("2026-05-17", "2026-05-17T00:00:00Z");
        check("2026-05-17 08:30:00", "2026-05-17T08:30:00Z");
        check("2026-05-17 08:30:00 +0200", "2026-05-17T06:30:00Z");
        check("Sun, 17 May 2026 08:30:00 GMT", "2026-05-17T08:30:00Z");
        check("May 17, 2026", "2026-05-17T00:00:00Z");
        check("20260517", "2026-05-17T00:00:00Z");
        check("1779006600000", "2026-05-17T08:30:00Z");
        check("0001-01-01T00:00:00Z", "");
        check("yesterday", "");
    }

    #[test]
    fn an_address_may_tell_the_day() {
        let day = |url: &str| in_address(&Url::parse(url).unwrap()).map(|at| at.to_string());
        assert_eq!(day("https://a.example/2026/05/17/dam").as_deref(), Some("2026-05-17T00:00:00Z"));
        assert_eq!(day("https://a.example/world-20260517").as_deref(), Some("2026-05-17T00:00:00Z"));
        assert_eq!(day("https://a.example/n-99999999"), None);
    }
}
