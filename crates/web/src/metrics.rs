//! Counters of this room, as Prometheus text. No label has a value that a stranger chooses.

use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// What is counted.
#[derive(Default)]
pub(crate) struct Metrics {
    /// Answers by class of status: 1xx to 5xx.
    answers: [AtomicU64; 5],
    pub(crate) refused: AtomicU64,
    pub(crate) connections: AtomicU64,
    pub(crate) connections_refused: AtomicU64,
    pub(crate) events_sent: AtomicU64,
}

impl Metrics {
    pub(crate) fn answered(&self, status: u16) {
        if let Some(class) = self.answers.get(usize::from(status / 100).saturating_sub(1)) {
            class.fetch_add(1, Relaxed);
        }
    }

    /// The counters with the gauges that are known only when asked.
    pub(crate) fn text(&self, streams: usize, last_event: i64, version: &str) -> String {
        let mut text = String::new();
        let version: String =
            version.chars().filter(|c| c.is_ascii_graphic() && *c != '"' && *c != '\\').collect();
        head(&mut text, "staytuned_build_info", "gauge", "The version that runs.");
        let _ = writeln!(text, "staytuned_build_info{{version=\"{version}\"}} 1");
        head(&mut text, "staytuned_web_answers_total", "counter", "Answers by class of status.");
        for (class, count) in (1..).zip(&self.answers) {
            let _ =
                writeln!(text, "staytuned_web_answers_total{{class=\"{class}xx\"}} {}", count.load(Relaxed));
        }
        let plain = [
            ("refused_total", "counter", "Requests refused by a limit.", self.refused.load(Relaxed)),
            ("connections_total", "counter", "Connections accepted.", self.connections.load(Relaxed)),
            (
                "connections_refused_total",
                "counter",
                "Connections closed because their peer has too many.",
                self.connections_refused.load(Relaxed),
            ),
            (
                "events_sent_total",
                "counter",
                "Events handed to live streams.",
                self.events_sent.load(Relaxed),
            ),
            ("streams", "gauge", "Live streams open.", streams as u64),
            ("last_event", "gauge", "Newest event read from the log.", last_event.unsigned_abs()),
        ];
        for (name, kind, help, value) in plain {
            let name = format!("staytuned_web_{name}");
            head(&mut text, &name, kind, help);
            let _ = writeln!(text, "{name} {value}");
        }
        text
    }
}

fn head(text: &mut String, name: &str, kind: &str, help: &str) {
    let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} {kind}");
}
