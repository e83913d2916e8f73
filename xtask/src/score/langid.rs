//! Identification of languages: sentences of labelled languages cut to the length of headlines. Input is
//! `langid/lingua/<language>/sentences.txt`, one sentence a line; evaluation only, nothing is learned from it.

use anyhow::{Context, Result};
use language::identify;
use news::Language;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

/// Lengths of the pieces in words; the first one is the bar's.
const LENGTHS: [usize; 2] = [7, 4];
/// Characters that stand for one word where words are not parted by spaces.
const WORD_CHARS: usize = 2;
/// Folder of the data, code, and whether it is one of the fifteen commonest languages of news.
#[rustfmt::skip]
const LANGUAGES: &[(&str, &str, bool)] = &[
    ("english", "en", true), ("german", "de", true), ("french", "fr", true), ("spanish", "es", true),
    ("portuguese", "pt", true), ("italian", "it", true), ("dutch", "nl", true), ("russian", "ru", true),
    ("ukrainian", "uk", true), ("polish", "pl", true), ("arabic", "ar", true), ("chinese", "zh", true),
    ("japanese", "ja", true), ("turkish", "tr", true), ("swedish", "sv", true), ("czech", "cs", false),
    ("hebrew", "he", false), ("hindi", "hi", false), ("korean", "ko", false), ("persian", "fa", false),
];

/// What came of one language at one length.
#[derive(Default)]
struct Tally {
    right: usize,
    all: usize,
    /// What it was taken for.
    wrong: BTreeMap<String, usize>,
}

/// Scores every language of the set.
pub(crate) fn run(data: &Path) -> Result<String> {
    let folder = data.join("langid/lingua");
    let mut lines = String::new();
    let (mut common, mut every) = ([0.0; LENGTHS.len()], [0.0; LENGTHS.len()]);
    let (mut spent, mut texts) = (Duration::ZERO, 0);
    // The tables are unpacked at the first text; that is no part of the speed.
    identify("the first text");
    for (name, code, is_common) in LANGUAGES {
        let path = folder.join(name).join("sentences.txt");
        let sentences = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        write!(lines, "{code}")?;
        let mut confused = String::new();
        for (at, length) in LENGTHS.into_iter().enumerate() {
            let pieces: Vec<String> = sentences.lines().filter_map(|line| cut(line, length)).collect();
            let start = Instant::now();
            let tally = tally(&pieces, Language::parse(code));
            spent += start.elapsed();
            texts += tally.all;
            let share = tally.right as f64 / tally.all.max(1) as f64;
            every[at] += share;
            common[at] += if *is_common { share } else { 0.0 };
            write!(lines, "  {:5.1} %", share * 100.0)?;
            if at == 0 {
                confused = commonest(&tally.wrong);
            }
        }
        writeln!(lines, "  {confused}")?;
    }
    let count = |common: bool| LANGUAGES.iter().filter(|language| language.2 || !common).count() as f64;
    let mut page =
        format!("right at {} and {} words, and what {0} words were taken for\n", LENGTHS[0], LENGTHS[1]);
    for (name, sums, of) in [("the 15 commonest", common, count(true)), ("all 20", every, count(false))] {
        writeln!(page, "{name}: {:.1} % {:.1} %", sums[0] / of * 100.0, sums[1] / of * 100.0)?;
    }
    writeln!(page, "{:.0} texts/s on one core", f64::from(texts as u32) / spent.as_secs_f64())?;
    Ok(page + &lines)
}

fn tally(pieces: &[String], language: Language) -> Tally {
    let mut tally = Tally::default();
    for piece in pieces {
        let found = identify(piece).language;
        tally.all += 1;
        if found == language {
            tally.right += 1;
        } else {
            *tally.wrong.entry(found.to_string()).or_default() += 1;
        }
    }
    tally
}

/// The first words of a sentence; nothing when it is shorter.
fn cut(line: &str, words: usize) -> Option<String> {
    if line.split_whitespace().nth(words - 1).is_some() {
        return Some(line.split_whitespace().take(words).collect::<Vec<_>>().join(" "));
    }
    let spaceless = line.chars().filter(|c| !c.is_ascii()).count() * 2 > line.chars().count()
        && line.split_whitespace().count() * 12 < line.chars().count();
    spaceless.then(|| line.chars().take(words * WORD_CHARS).collect())
}

/// The three languages that were named most in error.
fn commonest(wrong: &BTreeMap<String, usize>) -> String {
    let mut wrong: Vec<_> = wrong.iter().collect();
    wrong.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
    wrong.iter().take(3).map(|(code, count)| format!("{code} {count}")).collect::<Vec<_>>().join(", ")
}
