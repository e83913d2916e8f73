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
    ("words of headlines", &["title_words", "mixed_words"]),
    ("4-grams of headlines", &["title_grams", "mixed_grams", "text_grams"]),
    ("words of names", &["title_named", "mixed_named", "text_named", "lone_named"]),
    ("names", &["title_names", "text_names"]),
    ("time", &["title_day", "mixed_day", "text_day"]),
    ("the encoder", &["title_meaning", "mixed_meaning", "text_meaning", "lone_share"]),
    ("the fine encoder", &["title_fine", "mixed_fine", "text_fine", "lone_fine"]),
    ("a line of its own for lone articles", &["lone_share"]),
    ("deeds and countries", &["title_marks", "mixed_marks", "text_marks", "lone_marks"]),
    ("other deeds", &["title_other_deeds", "mixed_other_deeds", "text_other_deeds", "lone_other_deeds"]),
    ("other countries", &["title_other_lands", "mixed_other_lands", "text_other_lands", "lone_other_lands"]),
    ("another place", &["title_elsewhere", "mixed_elsewhere", "text_elsewhere", "lone_elsewhere"]),
    ("names of either headline", &["title_strangers", "mixed_strangers", "text_strangers", "lone_strangers"]),
    ("more in common than a name", &["title_apart", "mixed_apart", "text_apart", "lone_apart"]),
    ("few words but those of names", &["title_thin", "mixed_thin", "text_thin"]),
    ("contradictions", &["contradiction"]),
    ("headline within the text", &["mixed_contained"]),
    ("text", &["text_body"]),
    ("lead", &["text_lead"]),
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
    for join in [&mut weights.title_join, &mut weights.mixed_join, &mut weights.text_join] {
        *join *= line;
    }
    let labels: Vec<i64> = pairs.assign(&weights, |_| true).into_iter().flatten().map(i64::from).collect();
    Agreement::of(&labels, gold).f1
}
