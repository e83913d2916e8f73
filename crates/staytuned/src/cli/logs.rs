//! Log lines: to standard error, as text for a person or as JSON for a collector.

use crate::config::{LogFormat, Settings};
use anyhow::{Context, Result, bail};
use std::io::IsTerminal;
use std::str::FromStr;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::EnvFilter;

/// Starts logging; called once, by verbs that run for long.
pub(super) fn start(settings: &Settings) -> Result<()> {
    let filter = filter(&settings.log_level)?;
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let colours = std::io::stderr().is_terminal();
    let started = match settings.log_format {
        LogFormat::Text => lines.with_target(false).with_ansi(colours).try_init(),
        LogFormat::Json => lines.json().flatten_event(true).try_init(),
    };
    started.map_err(|error| anyhow::anyhow!("log: {error}"))
}

/// Which lines are written: a level, or levels by room (`info,ingest=debug`).
///
/// # Errors
/// When it is neither. A bare word that is no level would otherwise be a room's name, and silence all others.
pub(super) fn filter(written: &str) -> Result<EnvFilter> {
    let cannot =
        || format!("log.level: cannot use {written:?}; the levels are error, warn, info, debug and trace");
    let is_level = |part: &str| !part.is_empty() && LevelFilter::from_str(part).is_ok();
    let is_known = |part: &str| part.contains(['=', '[']) || is_level(part);
    if !written.split(',').map(str::trim).all(is_known) {
        bail!(cannot());
    }
    EnvFilter::try_new(written).with_context(cannot)
}

#[cfg(test)]
mod tests {
    use super::filter;

    #[test]
    fn a_level_is_a_level() {
        for good in ["info", "WARN", "off", "info,ingest=debug", "staytuned[read]=trace, error"] {
            assert!(filter(good).is_ok(), "{good}");
        }
        for bad in ["verbose", "warning", "", "info,,=x=y", "info,loud"] {
            assert!(filter(bad).is_err(), "{bad}");
        }
    }
}
