//! Extraction on pages with expected text: word 4-gram F1, title, byline and date accuracy, pages a second. Input
//! is `pages/readability/test/test-pages/*/{source.html,expected.html,expected-metadata.json}`.

use anyhow::{Context, Result};
use serde_json::Value;
use std::collections::HashMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Words of one shingle.
const SHINGLE: usize = 4;
/// How many of the worst pages are named.
const WORST: usize = 12;

/// Whether one field is right; `None` where nothing is expected.
type Judge = fn(&Scored) -> Option<bool>;

/// What came of one page.
struct Scored {
    name: String,
    f1: f64,
    precision: f64,
    recall: f64,
    /// `None` where the set expects nothing.
    title: Option<bool>,
    byline: Option<bool>,
    published: Option<bool>,
    language: Option<bool>,
}

/// Scores all pages of the set.
pub(crate) fn run(data: &Path) -> Result<String> {
    let folder = data.join("pages/readability/test/test-pages");
    let mut scored = Vec::new();
    let mut spent = Duration::ZERO;
    for page in folders(&folder)? {
        let (one, took) = score(&page).with_context(|| page.display().to_string())?;
        spent += took;
        scored.push(one);
    }
    scored.sort_by(|a, b| a.f1.total_cmp(&b.f1));
    Ok(report(&scored, spent))
}

fn folders(folder: &Path) -> Result<Vec<PathBuf>> {
    let listed = fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    let mut found: Vec<PathBuf> = listed.filter_map(|entry| Some(entry.ok()?.path())).collect();
    found.retain(|path| path.is_dir());
    found.sort();
    Ok(found)
}

fn score(page: &Path) -> Result<(Scored, Duration)> {
    let source = fs::read(page.join("source.html"))?;
    let expected = fs::read_to_string(page.join("expected.html"))?;
    let metadata: Value = serde_json::from_str(&fs::read_to_string(page.join("expected-metadata.json"))?)?;
    let start = Instant::now();
    let article = extract::page(&source, None, None);
    let took = start.elapsed();
    let article = article.unwrap_or_else(|_| news::Article::headline(""));
    let wanted = dom_query::Document::fragment(expected.as_str()).root().formatted_text();
    let (precision, recall, f1) = overlap(&shingles(&article.text), &shingles(&wanted));
    let text =
        |key: &str| metadata.get(key).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
    let same_date = |wanted: &str| {
        let day = wanted.get(..10).unwrap_or(wanted);
        let instant = wanted.parse::<news::Timestamp>().ok();
        article.published.is_some_and(|at| instant == Some(at) || at.to_string().starts_with(day))
    };
    let scored = Scored {
        name: page.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        f1,
        precision,
        recall,
        title: text("title").map(|title| agree(title, &article.title)),
        byline: text("byline")
            .map(|byline| article.byline.as_deref().is_some_and(|ours| agree(byline, ours))),
        published: text("publishedTime").map(same_date),
        language: text("lang").map(|lang| news::Language::parse(lang) == article.language),
    };
    Ok((scored, took))
}

/// Same letters and digits, or one is the other with something before or behind it ("By", a date, the outlet).
fn agree(wanted: &str, ours: &str) -> bool {
    let (wanted, ours) = (words(wanted).concat(), words(ours).concat());
    !ours.is_empty() && (wanted.contains(&ours) || ours.contains(&wanted))
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// How often each run of words occurs; a text shorter than a run is one run.
fn shingles(text: &str) -> HashMap<Vec<String>, usize> {
    let words = words(text);
    let mut counts = HashMap::new();
    for run in words.windows(SHINGLE.min(words.len()).max(1)) {
        *counts.entry(run.to_vec()).or_default() += 1;
    }
    counts
}

fn overlap(ours: &HashMap<Vec<String>, usize>, wanted: &HashMap<Vec<String>, usize>) -> (f64, f64, f64) {
    let common: usize = ours.iter().map(|(run, n)| wanted.get(run).copied().unwrap_or(0).min(*n)).sum();
    let share = |all: &HashMap<Vec<String>, usize>| match all.values().sum::<usize>() {
        0 => f64::from(u8::from(ours.is_empty() && wanted.is_empty())),
        all => common as f64 / all as f64,
    };
    let (precision, recall) = (share(ours), share(wanted));
    let f1 = if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 };
    (precision, recall, f1)
}

fn report(scored: &[Scored], spent: Duration) -> String {
    let mean = |value: fn(&Scored) -> f64| scored.iter().map(value).sum::<f64>() / scored.len().max(1) as f64;
    let mut out = format!(
        "{} pages  4-gram F1 {:.4}  precision {:.4}  recall {:.4}  {:.0} pages/s (one thread)\n",
        scored.len(),
        mean(|page| page.f1),
        mean(|page| page.precision),
        mean(|page| page.recall),
        scored.len() as f64 / spent.as_secs_f64().max(1e-9),
    );
    let fields: [(&str, Judge); 4] = [
        ("title", |page| page.title),
        ("byline", |page| page.byline),
        ("date", |page| page.published),
        ("language", |page| page.language),
    ];
    for (name, field) in fields {
        let asked: Vec<bool> = scored.iter().filter_map(field).collect();
        let wrong: Vec<&str> =
            scored.iter().filter(|page| field(page) == Some(false)).map(|page| page.name.as_str()).collect();
        let right = asked.iter().filter(|right| **right).count();
        let _ = writeln!(out, "{name:<9} {right} of {}; differs: {}", asked.len(), wrong.join(" "));
    }
    let worst: Vec<String> =
        scored.iter().take(WORST).map(|page| format!("{} {:.2}", page.name, page.f1)).collect();
    let _ = writeln!(out, "lowest    {}", worst.join(", "));
    out
}
