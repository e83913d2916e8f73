//! Recorded news as it lies in files: JSON Lines of articles or headlines (also gzip or zstd), folders or
//! `.tar.zst` archives of feed documents (`FEED/TIME.xml`). Comes out as what arrived, in the order in which it
//! arrived; of snapshots only what was new or changed since the one before.

mod lines;
mod snapshots;

use anyhow::{Context, Result, bail};
use flate2::read::MultiGzDecoder;
use news::{Entry, Timestamp};
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

/// The longest window that an archive may have been packed with (128 MiB).
const LONGEST_WINDOW_LOG: u32 = 27;

/// An entry as it once came in.
#[derive(Clone, Debug)]
pub(super) struct Recorded {
    /// The feed or outlet, as the recording names it.
    pub(super) source: String,
    pub(super) seen_at: Timestamp,
    pub(super) entry: Entry,
}

/// Everything recorded in a file or folder, in the order of arrival.
pub(super) fn read(path: &Path) -> Result<Vec<Recorded>> {
    let mut recorded = read_unsorted(path).with_context(|| path.display().to_string())?;
    recorded.sort_by_key(|item| item.seen_at);
    Ok(recorded)
}

fn read_unsorted(path: &Path) -> Result<Vec<Recorded>> {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    if path.is_dir() {
        return snapshots::folder(path);
    }
    let file = BufReader::new(File::open(path)?);
    let plain: Box<dyn Read> = match name.rsplit('.').next() {
        Some("gz") => Box::new(MultiGzDecoder::new(file)),
        Some("zst") => {
            let mut decoder = zstd::Decoder::new(file)?;
            decoder.window_log_max(LONGEST_WINDOW_LOG)?;
            Box::new(decoder)
        }
        _ => Box::new(file),
    };
    let inner = name.trim_end_matches(".gz").trim_end_matches(".zst");
    match inner.rsplit('.').next() {
        Some("jsonl" | "ndjson" | "json") => lines::read(plain),
        Some("tar") => snapshots::archive(plain),
        _ => {
            bail!("neither JSON Lines (.jsonl, .jsonl.gz, .jsonl.zst) nor feed documents (folder, .tar.zst)")
        }
    }
}
