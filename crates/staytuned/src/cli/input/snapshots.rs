//! Feed documents recorded again and again: `FEED/TIME.xml`, as a folder or as a tar archive. Each document is
//! compared with the feed's earlier ones, and only what is new or changed counts as having come.

use super::Recorded;
use anyhow::{Context, Result};
use news::{Entry, Timestamp};
use std::collections::{BTreeMap, HashMap};
use std::io::Read;
use std::path::{Path, PathBuf};

/// The largest document that is read.
const LARGEST_DOCUMENT: u64 = 32 << 20;

/// The last state of each entry of a feed, by guid, link or title.
type Seen = HashMap<String, (Option<String>, Option<String>, Option<String>)>;

/// Collects what came, feed by feed.
#[derive(Default)]
struct Reel {
    seen: HashMap<String, Seen>,
    recorded: Vec<Recorded>,
}

/// A folder of feeds, or of one feed.
pub(super) fn folder(path: &Path) -> Result<Vec<Recorded>> {
    let mut documents: BTreeMap<(String, Timestamp), PathBuf> = BTreeMap::new();
    let mut open = vec![path.to_owned()];
    while let Some(folder) = open.pop() {
        for file in std::fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
            let file = file?.path();
            if file.is_dir() {
                open.push(file);
            } else if let Some(key) = feed_and_time(&file) {
                documents.insert(key, file);
            }
        }
    }
    let mut reel = Reel::default();
    for ((feed, at), file) in documents {
        let bytes = std::fs::read(&file).with_context(|| file.display().to_string())?;
        reel.take(&feed, at, &bytes);
    }
    Ok(reel.recorded)
}

/// A tar archive of the same; its documents of one feed lie in order of time.
pub(super) fn archive(from: impl Read) -> Result<Vec<Recorded>> {
    let mut reel = Reel::default();
    for member in tar::Archive::new(from).entries().context("tar archive")? {
        let member = member.context("tar archive")?;
        let path = member.path().context("tar archive")?.into_owned();
        let Some((feed, at)) = feed_and_time(&path).filter(|_| member.header().entry_type().is_file()) else {
            continue;
        };
        let mut bytes = Vec::new();
        member.take(LARGEST_DOCUMENT).read_to_end(&mut bytes).with_context(|| path.display().to_string())?;
        reel.take(&feed, at, &bytes);
    }
    Ok(reel.recorded)
}

/// `economist/2025-04-18T122722Z.xml`: the feed's name and the time of the recording.
fn feed_and_time(path: &Path) -> Option<(String, Timestamp)> {
    let stem = path.file_stem()?.to_str()?;
    let feed = path.parent()?.file_name()?.to_str()?;
    let (date, rest) = stem.split_at_checked(10)?;
    let digits: String = rest.chars().skip(1).take_while(char::is_ascii_digit).collect();
    let zone = rest.get(1 + digits.len()..).filter(|zone| !zone.is_empty()).unwrap_or("Z");
    let (hours, minutes, seconds) = (digits.get(0..2)?, digits.get(2..4)?, digits.get(4..6).unwrap_or("00"));
    let written = format!("{date}T{hours}:{minutes}:{seconds}{zone}");
    Some((feed.to_owned(), written.parse().ok()?))
}

impl Reel {
    /// Takes in one document. One that cannot be read is what a reader would have met too: nothing came.
    fn take(&mut self, feed: &str, at: Timestamp, bytes: &[u8]) {
        let Ok(document) = ingest::parse(bytes, None, None) else { return };
        let seen = self.seen.entry(feed.to_owned()).or_default();
        for entry in document.entries.into_iter().rev() {
            let Some(key) = key(&entry) else { continue };
            let state = (entry.title.clone(), entry.summary.clone(), entry.content.clone());
            if seen.get(&key) != Some(&state) {
                seen.insert(key, state);
                self.recorded.push(Recorded { source: feed.to_owned(), seen_at: at, entry });
            }
        }
    }
}

fn key(entry: &Entry) -> Option<String> {
    entry.guid.clone().or_else(|| entry.link.clone()).or_else(|| entry.title.clone())
}

#[cfg(test)]
mod tests {
    use super::feed_and_time;
    use std::path::Path;

    #[test]
    fn the_name_tells_feed_and_time() {
        let check = |path: &str, expected: Option<(&str, &str)>| {
            let found = feed_and_time(Path::new(path)).map(|(feed, at)| (feed, at.to_string()));
            assert_eq!(found, expected.map(|(feed, at)| (feed.to_owned(), at.to_owned())), "{path}");
        };
        check("herald/2025-04-18T122722Z.xml", Some(("herald", "2025-04-18T12:27:22Z")));
        check("./herald/2025-04-18T160159+0200.xml", Some(("herald", "2025-04-18T14:01:59Z")));
        check("herald/README.md", None);
    }
}
