//! Recorded days through the program as it ships: articles and headlines replayed twice, and recorded feed documents
//! served again from this machine as real feeds with ETags, refreshed by the real program step by step.

mod polled;

use crate::program::{Program, Run};
use anyhow::{Context, Result};
use std::fmt::Write;
use std::path::Path;

const DAYS: &[(&str, &str)] = &[
    ("articles of one day", "replay/articles_2025-05-21.jsonl.gz"),
    ("headlines of three months", "replay/headlines_2025-07_2025-10.jsonl.gz"),
];

/// Runs both; the figures.
pub(crate) fn run(data: &Path) -> Result<String> {
    let program = Program::build()?;
    let folder = std::env::temp_dir().join(format!("staytuned-replay-{}", std::process::id()));
    std::fs::create_dir_all(&folder).context("replay folder")?;
    let scored = twice(&program, data, &folder).and_then(|mut out| {
        out.push_str(&polled::run(
            &program,
            &data.join("replay/rss_snapshots_2025-04_2025-08.tar.zst"),
            &folder,
        )?);
        Ok(out)
    });
    std::fs::remove_dir_all(&folder).context("replay folder")?;
    scored
}

fn twice(program: &Program, data: &Path, folder: &Path) -> Result<String> {
    let mut out = String::new();
    for (name, file) in DAYS {
        let path = data.join(file);
        let path = path.to_str().context("data folder")?;
        let kept = folder.join(name.replace(' ', "-"));
        if let Some(models) = std::env::var_os("STAYTUNED_MODELS") {
            crate::bench::copy_models(Path::new(&models), &kept)?;
        }
        let first = program.run(&kept, &["replay", path])?;
        let again = program.run(&kept, &["replay", path])?;
        writeln!(out, "{name} ({file})")?;
        writeln!(out, "  first  {} in {:.1} s", first.output.trim(), first.wall.as_secs_f64())?;
        writeln!(out, "         {:.0} entries/s of one core, by the processor's time", rate(&first))?;
        writeln!(out, "  again  {} in {:.1} s", again.output.trim(), again.wall.as_secs_f64())?;
    }
    Ok(out)
}

/// Entries that a run took in by second of the processor.
fn rate(run: &Run) -> f64 {
    let added = run.output.split("entry +").nth(1).unwrap_or_default();
    let digits: String = added.chars().take_while(char::is_ascii_digit).collect();
    digits.parse::<f64>().unwrap_or_default() / run.cpu.as_secs_f64()
}
