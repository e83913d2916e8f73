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
use std::path::{Path, PathBuf};

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

/// Recordings to be gone through in the order of arrival. Lines that lie in that order are read as they are wanted,
/// so that a recording may be larger than memory; anything else is held.
pub(super) struct Recording {
    pub(super) entries: usize,
    pub(super) begin: Timestamp,
    pub(super) end: Timestamp,
    source: Source,
}

enum Source {
    Held(Vec<Recorded>),
    Lines(PathBuf),
}

impl Recording {
    /// Looks through the recordings once.
    pub(super) fn open(paths: &[PathBuf]) -> Result<Self> {
        if let [path] = paths
            && let Some(recording) = Self::of_lines(path).with_context(|| path.display().to_string())?
        {
            return Ok(recording);
        }
        let mut held = Vec::new();
        for path in paths {
            held.extend(read(path)?);
        }
        held.sort_by_key(|item| item.seen_at);
        let (Some(first), Some(last)) = (held.first(), held.last()) else {
            bail!("nothing is recorded there")
        };
        let (entries, begin, end) = (held.len(), first.seen_at, last.seen_at);
        Ok(Self { entries, begin, end, source: Source::Held(held) })
    }

    /// A file of lines in the order of arrival.
    fn of_lines(path: &Path) -> Result<Option<Self>> {
        let Form::Lines(lines) = form(path)? else { return Ok(None) };
        let mut times: Option<(Timestamp, Timestamp)> = None;
        let mut entries = 0;
        for item in lines::each(lines) {
            let at = item?.seen_at;
            let (begin, end) = times.unwrap_or((at, at));
            if at < end {
                return Ok(None);
            }
            times = Some((begin, at));
            entries += 1;
        }
        let source = Source::Lines(path.to_owned());
        Ok(times.map(|(begin, end)| Self { entries, begin, end, source }))
    }

    /// The entries, one after the other.
    pub(super) fn each(self) -> Result<Box<dyn Iterator<Item = Result<Recorded>>>> {
        match self.source {
            Source::Held(held) => Ok(Box::new(held.into_iter().map(Ok))),
            Source::Lines(path) => match form(&path)? {
                Form::Lines(lines) => Ok(Box::new(lines::each(lines))),
                _ => bail!("{}: another file by now", path.display()),
            },
        }
    }
}

/// What lies in a file, by its name.
enum Form {
    Lines(Box<dyn Read>),
    Archive(Box<dyn Read>),
    Folder,
}

/// Whether a file's name says that it is a recording.
pub(super) fn is_recording(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let inner = name.trim_end_matches(".gz").trim_end_matches(".zst");
    path.is_dir() || matches!(inner.rsplit('.').next(), Some("jsonl" | "ndjson" | "tar"))
}

fn read_unsorted(path: &Path) -> Result<Vec<Recorded>> {
    match form(path)? {
        Form::Lines(lines) => lines::each(lines).collect(),
        Form::Archive(archive) => snapshots::archive(archive),
        Form::Folder => snapshots::folder(path),
    }
}

fn form(path: &Path) -> Result<Form> {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    if path.is_dir() {
        return Ok(Form::Folder);
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
        Some("jsonl" | "ndjson" | "json") => Ok(Form::Lines(plain)),
        Some("tar") => Ok(Form::Archive(plain)),
        _ => {
            bail!("neither JSON Lines (.jsonl, .jsonl.gz, .jsonl.zst) nor feed documents (folder, .tar.zst)")
        }
    }
}
