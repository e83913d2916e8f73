//! JSON Lines, compressed or not: the one reader of the data that scores and benches are made from.

use anyhow::{Context, Result};
use flate2::read::GzDecoder;
use serde::de::DeserializeOwned;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

/// A value for each line of a file; one whose name ends in `.gz` is unpacked.
pub(crate) fn read<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>> {
    let named = || path.display().to_string();
    let file = File::open(path).with_context(named)?;
    let packed = path.extension().is_some_and(|extension| extension == "gz");
    let text: Box<dyn Read> = if packed { Box::new(GzDecoder::new(file)) } else { Box::new(file) };
    let parsed = BufReader::new(text).lines().map(|line| Ok(serde_json::from_str(&line?)?));
    parsed.collect::<Result<_>>().with_context(named)
}

#[cfg(test)]
mod tests {
    use super::read;
    use std::path::Path;

    #[test]
    fn every_line_of_the_demo_day_is_read() {
        let day = Path::new(env!("CARGO_MANIFEST_DIR")).join("../demo/day.jsonl");
        let lines: Vec<serde_json::Value> = read(&day).unwrap();
        assert_eq!(lines.len(), std::fs::read_to_string(&day).unwrap().lines().count());
        assert!(read::<u32>(&day).is_err());
    }
}
