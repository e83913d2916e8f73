//! Builds `crates/language/data/common.bin`: the commonest words of each language with their share of all words, from
//! the small lists of the PyPI package `wordfreq` 3.1.1 (Robyn Speer, data CC BY-SA 4.0).
//!
//! A list is gzipped MessagePack: an array whose first member is a header, and whose member n holds the words with a
//! frequency of -n/100 powers of ten ("centibels").

use anyhow::{Context, Result, bail};
use flate2::read::GzDecoder;
use std::fmt::Write;
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

pub(super) const LANGUAGES: &[&str] = &[
    "ar", "bg", "ca", "cs", "da", "de", "en", "es", "fa", "fi", "fr", "he", "hu", "id", "it", "nb", "nl",
    "pl", "pt", "ro", "ru", "sk", "sv", "tr", "uk",
];

/// Words of each language that are kept.
const KEPT: usize = 3_000;
/// Frequencies are kept in steps of so many centibels.
const STEP: usize = 10;

/// Reads the lists in the folder `data` of the unpacked package and writes the table.
pub(crate) fn run(sources: &Path, out: &Path) -> Result<()> {
    let mut table = Vec::new();
    for language in LANGUAGES {
        let (mut kept, mut text) = (0, String::new());
        let list = list(&sources.join(format!("small_{language}.msgpack.gz")))?;
        for (step, bins) in list.chunks(STEP).enumerate() {
            let room = KEPT.saturating_sub(kept);
            let words: Vec<&str> = bins.iter().flatten().take(room).map(String::as_str).collect();
            kept += words.len();
            if !words.is_empty() {
                writeln!(text, "{} {}", step * STEP, words.join(" "))?;
            }
        }
        let packed = super::packed(text.as_bytes())?;
        table.extend(language.as_bytes());
        table.extend(u32::try_from(packed.len())?.to_le_bytes());
        table.extend(packed);
    }
    fs::write(out, table).with_context(|| out.display().to_string())
}

/// The words of a language in its largest list, the commonest first.
pub(super) fn words(sources: &Path, language: &str) -> Result<Vec<String>> {
    let path = |size: &str| sources.join(format!("{size}_{language}.msgpack.gz"));
    let large = Some(path("large")).filter(|path| path.exists());
    let bins = list(&large.unwrap_or_else(|| path("small")))?;
    Ok(bins.into_iter().flatten().collect())
}

/// The bins of a list, without what is no word.
fn list(path: &Path) -> Result<Vec<Vec<String>>> {
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| GzDecoder::new(file).read_to_end(&mut bytes));
    read.with_context(|| path.display().to_string())?;
    let mut bins = bins(&mut bytes.as_slice())?;
    bins.iter_mut().for_each(|bin| bin.retain(|word| word.chars().all(char::is_alphabetic)));
    Ok(bins)
}

/// The words of each bin; the header has none.
fn bins(from: &mut &[u8]) -> Result<Vec<Vec<String>>> {
    let count = length(from, 0x90, 0xdc)?;
    let mut bins = Vec::new();
    for number in 0..count {
        if number == 0 {
            skip_header(from)?;
            bins.push(Vec::new());
            continue;
        }
        let words = length(from, 0x90, 0xdc)?;
        bins.push((0..words).map(|_| word(from)).collect::<Result<_>>()?);
    }
    Ok(bins)
}

fn word(from: &mut &[u8]) -> Result<String> {
    let size = match *from.first().context("a word")? {
        0xd9 => {
            take(from, 1)?;
            usize::from(take(from, 1)?[0])
        }
        _ => length(from, 0xa0, 0xda)?,
    };
    Ok(String::from_utf8(take(from, size)?.to_vec())?)
}

/// A length in the low bits of its mark, or in the two or four bytes behind it.
fn length(from: &mut &[u8], small: u8, wide: u8) -> Result<usize> {
    let mark = take(from, 1)?[0];
    let low = if small == 0xa0 { 0x1f } else { 0x0f };
    match mark {
        mark if mark & !low == small => Ok(usize::from(mark & low)),
        mark if mark == wide => Ok(usize::from(u16::from_be_bytes(take(from, 2)?.try_into()?))),
        mark if mark == wide + 1 => Ok(u32::from_be_bytes(take(from, 4)?.try_into()?) as usize),
        mark => bail!("no such list: {mark:#x}"),
    }
}

/// `{"format": "cB", "version": 1}`.
fn skip_header(from: &mut &[u8]) -> Result<()> {
    for _ in 0..length(from, 0x80, 0xde)? {
        word(from)?;
        if from.first().is_some_and(|mark| *mark < 0x80) {
            take(from, 1)?;
        } else {
            word(from)?;
        }
    }
    Ok(())
}

fn take<'a>(from: &mut &'a [u8], count: usize) -> Result<&'a [u8]> {
    let (taken, rest) = from.split_at_checked(count).context("the list ends early")?;
    *from = rest;
    Ok(taken)
}
