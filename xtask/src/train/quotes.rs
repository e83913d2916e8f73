//! Fits the two chain models of the statement room on labelled articles (`quotes/polnear_train.jsonl.gz`) by
//! conditional likelihood: first on nine tenths, measured on the rest, then on all; writes
//! `crates/statement/data/english.weights`. The same data give the same weights.

mod crf;

use crate::score::print;
use crate::score::quotes::{Labelled, Said, Tally, read, said};
use anyhow::{Context, Result};
use crf::{Fitted, fit};
use statement::learned::training::{Gold, Sequence, argument_sequences, cue_sequences};
use statement::learned::weights::{ARGUMENT_LABELS, CUE_LABELS, LEAST_BITS, Weights, write};
use std::fs;
use std::path::Path;

/// Where the weights go.
const WEIGHTS: &str = "crates/statement/data/english.weights";
/// Each so-manieth article is kept for measuring.
const HELD: usize = 10;
/// Rows of the tables, in bits.
const CUE_BITS: u32 = 20;
const ARGUMENT_BITS: u32 = 20;
const CUE_EPOCHS: usize = 8;
const ARGUMENT_EPOCHS: usize = 6;

/// Fits, measures, writes.
pub(crate) fn run(data: &Path) -> Result<String> {
    let articles = read(&data.join("quotes/polnear_train.jsonl.gz"))?;
    let held = |index: &usize| index.is_multiple_of(HELD);
    let part = |wanted: bool| -> Vec<&Labelled> {
        articles
            .iter()
            .enumerate()
            .filter(|(index, _)| held(index) == wanted)
            .map(|(_, article)| article)
            .collect()
    };
    let bytes = models(&part(false))?;
    let tally = measure(&part(true), &bytes)?;
    print(&format!("on {} held texts:\n{}", part(true).len(), tally.lines()));
    let bytes = models(&articles.iter().collect::<Vec<_>>())?;
    fs::write(WEIGHTS, &bytes).context(WEIGHTS)?;
    Ok(format!("{WEIGHTS}: {} bytes, from {} texts", bytes.len(), articles.len()))
}

fn measure(articles: &[&Labelled], bytes: &[u8]) -> Result<Tally> {
    let weights = Weights::read(bytes)?;
    let mut tally = Tally::default();
    for article in articles {
        let found = statement::attribute_with(&article.text, &weights, &[]);
        tally.add(article, &said(&article.text, &found));
    }
    Ok(tally)
}

/// Both models from some articles. The second one also learns from the cues that the first one wrongly finds,
/// and so that it sees them as often as in unread texts, each half's are found by a model of the other half.
fn models(articles: &[&Labelled]) -> Result<Vec<u8>> {
    let cues: Vec<Vec<Sequence>> =
        articles.iter().map(|article| cue_sequences(&article.text, &golds(&article.gold))).collect();
    let flat = |half: Option<usize>| -> Vec<&Sequence> {
        let chosen = cues.iter().enumerate().filter(|(index, _)| half.is_none_or(|half| index % 2 == half));
        chosen.flat_map(|(_, sequences)| sequences).collect()
    };
    let mut arguments: Vec<Sequence> = Vec::new();
    for half in 0..2 {
        let other = fit(&flat(Some(1 - half)), CUE_LABELS, CUE_BITS, CUE_EPOCHS);
        let bytes = pack(&other, &Fitted::empty(ARGUMENT_LABELS, LEAST_BITS));
        let weights = Weights::read(&bytes)?;
        for article in articles.iter().skip(half).step_by(2) {
            arguments.extend(argument_sequences(&article.text, &golds(&article.gold), &weights.cue));
        }
    }
    let cue = fit(&flat(None), CUE_LABELS, CUE_BITS, CUE_EPOCHS);
    drop(cues);
    let argument =
        fit(&arguments.iter().collect::<Vec<_>>(), ARGUMENT_LABELS, ARGUMENT_BITS, ARGUMENT_EPOCHS);
    Ok(pack(&cue, &argument))
}

fn pack(cue: &Fitted, argument: &Fitted) -> Vec<u8> {
    let parts = |fitted: &'_ Fitted| (fitted.labels, fitted.bits);
    let ((cue_labels, cue_bits), (labels, bits)) = (parts(cue), parts(argument));
    write(&[(cue_labels, cue_bits, &cue.pairs, &cue.table), (labels, bits, &argument.pairs, &argument.table)])
}

fn golds(said: &[Said]) -> Vec<Gold> {
    let gold = |said: &Said| Gold {
        source: said.source.clone(),
        cue: said.cue.clone(),
        content: said.content.clone(),
    };
    said.iter().map(gold).collect()
}
