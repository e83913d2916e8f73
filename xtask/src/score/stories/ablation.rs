//! What each kind of evidence brings: BCubed F1 at arrival with one weight at nothing and the line at which articles
//! join set anew, since without one kind of evidence it stands too high.

use super::{Agreement, arrival, development};
use anyhow::Result;
use std::fmt::Write;
use std::path::Path;
use story::{Lenses, Pairs, Weights};

/// What is left out, by the names of its weights.
const LEFT_OUT: &[(&str, &[&str])] = &[
    ("nothing", &[]),
    ("words of headlines", &["titles.words", "mixed.words"]),
    ("4-grams of headlines", &["titles.grams", "mixed.grams", "texts.grams"]),
    ("words of names", &["titles.named", "mixed.named", "texts.named", "lone.named"]),
    ("names", &["titles.names", "texts.names"]),
    ("time", &["titles.day", "mixed.day", "texts.day"]),
    ("the encoder", &["titles.meaning", "mixed.meaning", "texts.meaning", "lone_share"]),
    ("the fine encoder", &["titles.fine", "mixed.fine", "texts.fine", "lone.fine"]),
    ("a line of its own for lone articles", &["lone_share"]),
    ("deeds and countries", &["titles.marks", "mixed.marks", "texts.marks", "lone.marks"]),
    ("other deeds", &["titles.other_deeds", "mixed.other_deeds", "texts.other_deeds", "lone.other_deeds"]),
    (
        "other countries",
        &["titles.other_lands", "mixed.other_lands", "texts.other_lands", "lone.other_lands"],
    ),
    ("another place", &["titles.elsewhere", "mixed.elsewhere", "texts.elsewhere", "lone.elsewhere"]),
    (
        "names of either headline",
        &["titles.strangers", "mixed.strangers", "texts.strangers", "lone.strangers"],
    ),
    ("more in common than a name", &["titles.apart", "mixed.apart", "texts.apart", "lone.apart"]),
    ("few words but those of names", &["titles.thin", "mixed.thin", "texts.thin"]),
    ("contradictions", &["contradiction"]),
    ("headline within the text", &["mixed.contained"]),
    ("text", &["texts.body"]),
    ("lead", &["texts.lead"]),
    ("mean over all members", &["title_mean", "text_mean"]),
    ("nearest member", &["title_best", "text_best"]),
];

/// In the order in which they are read.
const STREAMS: &[&str] =
    &["og2021_eng_dev", "pooled", "pooled, teasers", "pooled, headlines", "pooled, mixed", "demo day"];

/// Shares of the lines that are tried.
const LINES: &[f32] = &[0.5, 0.75, 0.9, 1.0, 1.15];

pub(crate) fn run(data: &Path) -> Result<String> {
    let mut table =
        format!("| left out | {} |\n|---|{}\n", STREAMS.join(" | "), "---|".repeat(STREAMS.len()));
    let streams: Vec<(Vec<i64>, Pairs)> = development(data, |name| STREAMS.contains(&name))?
        .iter()
        .map(|stream| {
            let pairs = Pairs::of(
                stream.items.iter().map(|item| (arrival(item), Lenses::shipped())),
                language::common_words,
            );
            (stream.gold(), pairs)
        })
        .collect();
    for (what, names) in LEFT_OUT {
        write!(table, "| {what} |")?;
        for (gold, pairs) in &streams {
            let best = LINES.iter().map(|line| f1(pairs, gold, names, *line)).fold(0.0, f64::max);
            write!(table, " {best:.3} |")?;
        }
        writeln!(table)?;
    }
    Ok(table)
}

fn f1(pairs: &Pairs, gold: &[i64], names: &[&str], line: f32) -> f64 {
    let mut weights = Weights::FITTED;
    for name in names {
        if let Some(weight) = weights.named(name) {
            *weight = 0.0;
        }
    }
    for join in [&mut weights.titles.join, &mut weights.mixed.join, &mut weights.texts.join] {
        *join *= line;
    }
    let labels: Vec<i64> = pairs.assign(&weights, |_| true).into_iter().flatten().map(i64::from).collect();
    Agreement::of(&labels, gold).f1
}
