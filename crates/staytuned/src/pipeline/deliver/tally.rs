//! Counters of deliveries, as Prometheus text. No label has a value that a stranger chooses.

use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

/// Upper bounds of the buckets of time between publishing and leaving, in milliseconds.
const BOUNDS: [u64; 8] = [50, 100, 250, 500, 1_000, 2_500, 10_000, 60_000];

/// What is counted.
#[derive(Default)]
pub(crate) struct Tally {
    pub(super) accepted: AtomicU64,
    pub(super) folded: AtomicU64,
    pub(super) deferred: AtomicU64,
    pub(super) refused: AtomicU64,
    pub(super) gone: AtomicU64,
    pub(super) alerts: AtomicU64,
    pub(super) held: AtomicU64,
    /// As last looked at.
    pub(super) pending: AtomicU64,
    pub(super) under_way: AtomicU64,
    /// One more than the bounds: what took longer.
    left_within: [AtomicU64; BOUNDS.len() + 1],
    left_ms: AtomicU64,
}

impl Tally {
    /// A development's first request leaves so long after it was published.
    pub(super) fn left_after(&self, wait: Duration) {
        let ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX);
        let bucket = BOUNDS.iter().position(|bound| ms <= *bound).unwrap_or(BOUNDS.len());
        if let Some(count) = self.left_within.get(bucket) {
            count.fetch_add(1, Relaxed);
        }
        self.left_ms.fetch_add(ms, Relaxed);
    }

    /// All of it.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        let states = [
            ("accepted", &self.accepted),
            ("folded", &self.folded),
            ("deferred", &self.deferred),
            ("refused", &self.refused),
            ("gone", &self.gone),
            ("alert", &self.alerts),
            ("held", &self.held),
        ];
        head(&mut text, "staytuned_deliveries_total", "counter", "Deliveries by what became of an attempt.");
        for (state, count) in states {
            let _ = writeln!(text, "staytuned_deliveries_total{{state=\"{state}\"}} {}", count.load(Relaxed));
        }
        let gauges = [
            ("staytuned_deliveries_pending", "Deliveries that wait.", &self.pending),
            ("staytuned_deliveries_under_way", "Deliveries being sent.", &self.under_way),
        ];
        for (name, help, value) in gauges {
            head(&mut text, name, "gauge", help);
            let _ = writeln!(text, "{name} {}", value.load(Relaxed));
        }
        self.times(&mut text);
        text
    }

    fn times(&self, text: &mut String) {
        const NAME: &str = "staytuned_delivery_leaves_seconds";
        head(text, NAME, "histogram", "From a development's publication to its request leaving.");
        let mut all = 0;
        for (bound, count) in BOUNDS.iter().map(Some).chain([None]).zip(&self.left_within) {
            all += count.load(Relaxed);
            let bound = bound.map_or("+Inf".to_owned(), |ms| (*ms as f64 / 1_000.0).to_string());
            let _ = writeln!(text, "{NAME}_bucket{{le=\"{bound}\"}} {all}");
        }
        let _ = writeln!(text, "{NAME}_sum {}", self.left_ms.load(Relaxed) as f64 / 1_000.0);
        let _ = writeln!(text, "{NAME}_count {all}");
    }
}

fn head(text: &mut String, name: &str, kind: &str, help: &str) {
    let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} {kind}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_add_up() {
        let tally = Tally::default();
        for ms in [10, 100, 700, 90_000] {
            tally.left_after(Duration::from_millis(ms));
        }
        let text = tally.text();
        for line in [
            "staytuned_delivery_leaves_seconds_bucket{le=\"0.1\"} 2\n",
            "staytuned_delivery_leaves_seconds_bucket{le=\"1\"} 3\n",
            "staytuned_delivery_leaves_seconds_bucket{le=\"+Inf\"} 4\n",
            "staytuned_delivery_leaves_seconds_count 4\n",
            "staytuned_deliveries_total{state=\"accepted\"} 0\n",
        ] {
            assert!(text.contains(line), "{line} in\n{text}");
        }
    }
}
