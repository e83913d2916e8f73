//! How far long work has come: a bar with rate and time left on a terminal, a line now and then in a log.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::time::{Duration, Instant};

/// Lines in a log come this far apart.
const LINE_EVERY: Duration = Duration::from_secs(10);

/// Progress of one piece of work.
pub(super) struct Progress {
    bar: ProgressBar,
    what: &'static str,
    started: Instant,
    told: Instant,
}

impl Progress {
    /// Progress in `what` (a plural noun), out of `total` when that is known.
    pub(super) fn new(what: &'static str, total: Option<u64>) -> Self {
        let template = if total.is_some() {
            "{msg} {wide_bar} {human_pos}/{human_len}  {per_sec}  {eta} left"
        } else {
            "{msg} {spinner} {human_pos}  {per_sec}  {elapsed}"
        };
        let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
        let target = if std::io::stderr().is_terminal() {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        };
        let bar = ProgressBar::with_draw_target(total, target).with_style(style).with_message(what);
        Self { bar, what, started: Instant::now(), told: Instant::now() }
    }

    /// It turns out that there are `total`.
    pub(super) fn expect(&mut self, total: u64) {
        self.bar.set_length(total);
    }

    /// `done` more are done.
    pub(super) fn add(&mut self, done: u64) {
        self.bar.inc(done);
        if self.bar.is_hidden() && self.told.elapsed() >= LINE_EVERY {
            self.told = Instant::now();
            self.line();
        }
    }

    /// The work is over: the bar goes, and one line tells what was done.
    pub(super) fn finish(self) {
        self.bar.finish_and_clear();
        self.line();
    }

    fn line(&self) {
        let (done, seconds) = (self.bar.position(), self.started.elapsed().as_secs_f64());
        let total = self.bar.length().map(|total| format!(" of {total}")).unwrap_or_default();
        let rate = done as f64 / seconds.max(1e-3);
        super::complain(&format!("{done}{total} {} in {seconds:.1} s ({rate:.0}/s)", self.what));
    }
}
