//! Small drawings as inline SVG: the sparkline of a story or feed, the timeline of a story's coverage and the
//! phase mark. Shapes carry class names only; the stylesheet colours them, so the content security policy
//! needs no inline style.

use jiff::{SignedDuration, Timestamp};
use news::Phase;
use std::fmt::Write;
use store::view::FigurePoint;

/// Width of one bar with its gap, in user units.
const STEP: usize = 4;
const HEIGHT: u32 = 24;

/// Bars for `values`, oldest first, scaled to the highest. `what` names them for those who cannot see them.
pub(crate) fn sparkline(values: &[u32], what: &str) -> String {
    let peak = values.iter().copied().max().unwrap_or(0);
    let sum: u64 = values.iter().map(|v| u64::from(*v)).sum();
    let width = values.len().max(1) * STEP;
    let mut svg = format!(
        r#"<svg class="spark" viewBox="0 0 {width} {HEIGHT}" width="{width}" height="{HEIGHT}" role="img" aria-label="{what}: {sum} in all, at most {peak}" preserveAspectRatio="none">"#,
    );
    for (at, value) in values.iter().enumerate() {
        let height = bar(*value, peak, HEIGHT - 2).max(1);
        let class = if *value == 0 { "none" } else { "some" };
        let (x, y) = (at * STEP, HEIGHT - height);
        let _ = write!(svg, r#"<rect class="{class}" x="{x}" y="{y}" width="3" height="{height}"/>"#);
    }
    svg.push_str("</svg>");
    svg
}

/// A bar of at least 2 units for anything above nothing.
fn bar(value: u32, peak: u32, full: u32) -> u32 {
    if value == 0 || peak == 0 {
        return 0;
    }
    let scaled = u64::from(value) * u64::from(full) / u64::from(peak);
    u32::try_from(scaled).unwrap_or(full).clamp(2, full)
}

/// A story's coverage through time, ready to draw.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Timeline {
    /// Start of each bar, articles of its own, copies.
    pub(crate) bars: Vec<(Timestamp, u32, u32)>,
    /// Hours that one bar covers.
    pub(crate) hours: i64,
}

/// Most bars in a timeline: more hours share a bar.
const MOST_BARS: i64 = 72;
const HOUR_S: i64 = 3600;

impl Timeline {
    /// Lays hours on an even axis (hours without an article get an empty bar), several hours a bar when the
    /// story is long.
    pub(crate) fn new(hours: &[(Timestamp, u32, u32)]) -> Self {
        let (Some(first), Some(last)) = (hours.iter().map(|h| h.0).min(), hours.iter().map(|h| h.0).max())
        else {
            return Self { bars: Vec::new(), hours: 1 };
        };
        let span = (last.as_second() - first.as_second()) / HOUR_S + 1;
        let width = [1, 2, 3, 6, 12, 24].into_iter().find(|w| span <= w * MOST_BARS);
        let width = width.unwrap_or((span / MOST_BARS / 24 + 1) * 24);
        let mut bars: Vec<_> = (0..(span + width - 1) / width)
            .filter_map(|n| first.checked_add(SignedDuration::from_secs(n * width * HOUR_S)).ok())
            .map(|start| (start, 0u32, 0u32))
            .collect();
        for (at, articles, copies) in hours {
            let n = (at.as_second() - first.as_second()) / HOUR_S / width;
            if let Some(bar) = usize::try_from(n).ok().and_then(|n| bars.get_mut(n)) {
                bar.1 = bar.1.saturating_add(*articles);
                bar.2 = bar.2.saturating_add(*copies);
            }
        }
        Self { bars, hours: width }
    }

    pub(crate) fn first(&self) -> Option<&Timestamp> {
        self.bars.first().map(|bar| &bar.0)
    }

    pub(crate) fn last(&self) -> Option<&Timestamp> {
        self.bars.last().map(|bar| &bar.0)
    }

    /// The most articles (copies included) under one bar.
    pub(crate) fn peak(&self) -> u32 {
        self.bars.iter().map(|b| b.1.saturating_add(b.2)).max().unwrap_or(0)
    }

    /// One bar an interval: own articles below, copies on top in a lighter tone.
    pub(crate) fn svg(&self) -> String {
        const FULL: u32 = 96;
        const WIDE: usize = 10;
        let (peak, width) = (self.peak(), self.bars.len().max(1) * WIDE);
        let mut svg = format!(
            r#"<svg class="timeline" viewBox="0 0 {width} 100" role="img" aria-label="{}" preserveAspectRatio="none">"#,
            self.spoken(),
        );
        for (at, (_, articles, copies)) in self.bars.iter().enumerate() {
            let x = at * WIDE;
            let all = bar(articles.saturating_add(*copies), peak, FULL);
            let own = if *copies == 0 { all } else { bar(*articles, peak, FULL).min(all) };
            if all == 0 {
                let _ = write!(svg, r#"<rect class="none" x="{x}" y="99" width="8" height="1"/>"#);
                continue;
            }
            if all > own {
                let (y, height) = (100 - all, all - own);
                let _ = write!(svg, r#"<rect class="copies" x="{x}" y="{y}" width="8" height="{height}"/>"#);
            }
            if own > 0 {
                let y = 100 - own;
                let _ = write!(svg, r#"<rect class="own" x="{x}" y="{y}" width="8" height="{own}"/>"#);
            }
        }
        svg.push_str("</svg>");
        svg
    }

    fn spoken(&self) -> String {
        let articles: u64 = self.bars.iter().map(|b| u64::from(b.1)).sum();
        let copies: u64 = self.bars.iter().map(|b| u64::from(b.2)).sum();
        let every = if self.hours == 1 { "hour".to_owned() } else { format!("{} hours", self.hours) };
        format!(
            "Coverage per {every}: {articles} articles and {copies} copies, at most {} at once",
            self.peak()
        )
    }
}

/// Most bars of a balance.
const MOST_BINS: i64 = 48;

/// Acts through time: above the line what brings nearer, below it what drives apart. Nothing for fewer than three, or
/// when all were told at once. Beside it its scale in words.
pub(crate) fn balance(acts: &[(Timestamp, bool)]) -> Option<(String, String)> {
    let seconds = || acts.iter().map(|(at, _)| at.as_second());
    let (first, last) = seconds().min().zip(seconds().max())?;
    if acts.len() < 3 || first == last {
        return None;
    }
    let width = [1, 2, 4, 12, 24, 48, 96, 288, 672]
        .map(|quarters| quarters * HOUR_S / 4)
        .into_iter()
        .find(|width| (last - first) / width < MOST_BINS)
        .unwrap_or((last - first) / MOST_BINS + 1);
    let bins = usize::try_from((last - first) / width + 1).unwrap_or(1);
    let mut counts = vec![(0u32, 0u32); bins];
    for (at, nearer) in acts {
        let bin = usize::try_from((at.as_second() - first) / width).unwrap_or(0);
        if let Some(bin) = counts.get_mut(bin) {
            let side = if *nearer { &mut bin.0 } else { &mut bin.1 };
            *side = side.saturating_add(1);
        }
    }
    let peak = counts.iter().map(|(nearer, apart)| *nearer.max(apart)).max().unwrap_or(0);
    Some((draw_balance(&counts, peak), format!("one bar {}, at most {peak}", length(width))))
}

/// How long a bar of a balance is, in words.
fn length(seconds: i64) -> String {
    const DAY_S: i64 = 24 * HOUR_S;
    match seconds {
        HOUR_S => "an hour".to_owned(),
        DAY_S => "a day".to_owned(),
        short if short < HOUR_S => format!("{} minutes", short / 60),
        hours if hours < DAY_S => format!("{} hours", hours / HOUR_S),
        days => format!("{} days", days / DAY_S),
    }
}

fn draw_balance(counts: &[(u32, u32)], peak: u32) -> String {
    const HALF: u32 = 30;
    const WIDE: usize = 12;
    let width = counts.len() * WIDE;
    let (nearer, apart) =
        counts.iter().fold((0u64, 0u64), |sum, bin| (sum.0 + u64::from(bin.0), sum.1 + u64::from(bin.1)));
    let mut svg = format!(
        r#"<svg class="acts" viewBox="0 0 {width} 64" role="img" aria-label="Acts through time: {nearer} bring nearer, {apart} drive apart" preserveAspectRatio="none">"#
    );
    for (at, (nearer, apart)) in counts.iter().enumerate() {
        let x = at * WIDE + 1;
        let (up, down) = (bar(*nearer, peak, HALF), bar(*apart, peak, HALF));
        if up > 0 {
            let _ = write!(svg, r#"<rect class="nearer" x="{x}" y="{}" width="10" height="{up}"/>"#, 31 - up);
        }
        if down > 0 {
            let _ = write!(svg, r#"<rect class="apart" x="{x}" y="33" width="10" height="{down}"/>"#);
        }
    }
    let _ = write!(svg, r#"<rect class="axis" x="0" y="31.500" width="{width}" height="1"/></svg>"#);
    svg
}

/// A figure as steps through time: each value holds until the next one is told.
pub(crate) fn steps(points: &[FigurePoint], what: &str) -> String {
    const WIDE: f64 = 240.0;
    const HIGH: f64 = 56.0;
    let most = points.iter().map(|point| point.value).fold(1.0, f64::max);
    let (Some(first), Some(last)) = (points.first(), points.last()) else { return String::new() };
    let seconds = (last.at.as_second() - first.at.as_second()).max(1) as f64;
    // The last value holds for a little while, too.
    let x = |point: &FigurePoint| (point.at.as_second() - first.at.as_second()) as f64 / seconds * WIDE * 0.9;
    let y = |point: &FigurePoint| HIGH - point.value / most * (HIGH - 6.0);
    let mut path = format!("M0 {:.1}", y(first));
    for point in points.iter().skip(1) {
        let _ = write!(path, "H{:.1}V{:.1}", x(point), y(point));
    }
    let _ = write!(path, "H{WIDE}");
    let mut svg = format!(
        r#"<svg class="steps" viewBox="0 0 {WIDE} 60" role="img" aria-label="{}: from {} to {}">"#,
        crate::text::escape(what),
        crate::text::number(&first.value),
        crate::text::number(&last.value)
    );
    let _ = write!(svg, r#"<path class="under" d="{path}V60H0z"/><path class="line" d="{path}"/>"#);
    for point in points {
        let _ = write!(svg, r#"<circle cx="{:.1}" cy="{:.1}" r="2.5"/>"#, x(point), y(point));
    }
    svg.push_str("</svg>");
    svg
}

/// The phase as a shape of its own, so that colour is never the only sign; the word stands beside it.
pub(crate) fn phase_mark(phase: &Phase) -> String {
    let shape = match phase {
        Phase::Breaking => r#"<path d="M6 0 12 12H0z"/>"#,
        Phase::Developing => r#"<circle cx="6" cy="6" r="5"/>"#,
        Phase::Sustained => r#"<path d="M1 1h10v10H1z"/>"#,
        Phase::Fading => {
            r#"<circle class="line" cx="6" cy="6" r="4.5"/><path d="M1.500 6a4.500 4.500 0 0 0 9 0z"/>"#
        }
        Phase::Closed => r#"<circle class="line" cx="6" cy="6" r="4.500"/>"#,
    };
    format!(
        r#"<svg class="mark" viewBox="0 0 12 12" width="10" height="10" aria-hidden="true">{shape}</svg>"#
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hour(n: i64) -> Timestamp {
        Timestamp::from_second(n * HOUR_S).unwrap()
    }

    #[test]
    fn a_sparkline_shows_every_value() {
        let svg = sparkline(&[0, 1, 1000], "Articles per hour");
        assert_eq!(svg.matches("<rect").count(), 3);
        assert!(svg.contains("1001 in all, at most 1000"), "{svg}");
        assert!(sparkline(&[], "Nothing").ends_with("</svg>"));
    }

    #[test]
    fn a_timeline_has_empty_hours() {
        let timeline = Timeline::new(&[(hour(3), 2, 0), (hour(6), 1, 5)]);
        let counts: Vec<_> = timeline.bars.iter().map(|b| (b.1, b.2)).collect();
        assert_eq!(counts, [(2, 0), (0, 0), (0, 0), (1, 5)]);
        assert_eq!(timeline.peak(), 6);
    }

    #[test]
    fn a_balance_has_a_bar_for_each_side_of_each_hour() {
        let acts = [(hour(1), true), (hour(1), false), (hour(1), false), (hour(4), false)];
        let (svg, scale) = balance(&acts).unwrap();
        assert_eq!(scale, "one bar 15 minutes, at most 2");
        assert_eq!(
            (svg.matches(r#"class="nearer""#).count(), svg.matches(r#"class="apart""#).count()),
            (1, 2)
        );
        assert!(svg.contains("1 bring nearer, 3 drive apart"), "{svg}");
        assert_eq!(balance(&[(hour(1), true), (hour(2), true)]), None);
        let hostile = [Timestamp::MIN, hour(1), Timestamp::MAX].map(|at| (at, false));
        assert_eq!(balance(&hostile).unwrap().0.matches(r#"class="apart""#).count(), 3);
    }

    #[test]
    fn a_long_story_still_fits() {
        let year = Timeline::new(&[(hour(0), 1, 0), (hour(24 * 365), 1, 0)]);
        assert!(year.bars.len() as i64 <= MOST_BARS, "{}", year.bars.len());
        assert_eq!(year.bars.iter().map(|b| b.1).sum::<u32>(), 2);
        let hostile = Timeline::new(&[(Timestamp::MIN, 1, u32::MAX), (Timestamp::MAX, 1, 1)]);
        assert!(hostile.bars.len() as i64 <= MOST_BARS);
        assert!(hostile.svg().ends_with("</svg>"));
        assert!(Timeline::new(&[]).svg().ends_with("</svg>"));
    }
}
