//! feed-rs's fixtures: each feed must be read, and with what feed-rs itself reads out of it (its own dump beside each feed).
//! The folder also holds those dumps (`*.serde.json`) and samples for its XML reader, which are no feeds.

use super::compare::{collapse, same, text};
use super::{Tally, files, name_of, read};
use anyhow::{Context, Result};
use serde_json::Value;
use std::path::Path;

pub(super) fn score(folder: &Path) -> Result<String> {
    let mut parsed = Tally::default();
    let mut agreed = Tally::default();
    for path in files(folder)? {
        let name = name_of(&path);
        if name.ends_with(".serde.json") {
            parsed.leave_out("no feeds: dumps of feed-rs's own model, used as the expectation below");
            continue;
        }
        if path.parent().is_some_and(|parent| parent.ends_with("xml")) {
            parsed.leave_out("no feeds: samples for feed-rs's XML reader");
            continue;
        }
        let answer = ingest::parse(&read(&path)?, None, None);
        let problem = match &answer {
            Ok(document) if document.entries.is_empty() && document.title.is_none() => {
                Some("is empty".to_owned())
            }
            Ok(_) => None,
            Err(error) => Some(error.to_string()),
        };
        parsed.judge(|| name.clone(), problem);
        let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
        let dump = path.with_file_name(format!("{stem}.serde.json"));
        if let (Ok(document), true) = (answer, dump.exists()) {
            let expected: Value = serde_json::from_slice(&read(&dump)?).context(name.clone())?;
            agreed.judge(|| name, differs(&expected, &serde_json::to_value(document)?));
        }
    }
    Ok(parsed.report("feed-rs", "feeds parse")
        + &agreed.report("feed-rs dumps", "feeds with the same entries, titles, links and times"))
}

fn differs(expected: &Value, ours: &Value) -> Option<String> {
    let entries = |value: &Value| value["entries"].as_array().cloned().unwrap_or_default();
    let (theirs, mine) = (entries(expected), entries(ours));
    let count = |list: &[Value]| format!("{} entries", list.len());
    same(&count(&theirs), &count(&mine)).or_else(|| title(expected, ours)).or_else(|| {
        theirs.iter().zip(&mine).find_map(|(theirs, mine)| {
            title(theirs, mine).or_else(|| link(theirs, mine)).or_else(|| moment(theirs, mine, "published"))
        })
    })
}

fn title(expected: &Value, ours: &Value) -> Option<String> {
    // feed-rs cuts a title at its first inner tag, so ours may go on.
    let theirs = text(expected["title"]["content"].as_str()?);
    let ours = collapse(ours["title"].as_str().unwrap_or_default());
    if ours.starts_with(&theirs) { None } else { same(&theirs, &ours) }
}

fn link(expected: &Value, ours: &Value) -> Option<String> {
    let written = |link: &str| link.trim_end_matches('/').to_owned();
    let ours = written(ours["link"].as_str().unwrap_or_default());
    let links: Vec<_> =
        expected["links"].as_array()?.iter().filter_map(|link| link["href"].as_str()).map(written).collect();
    (!links.is_empty() && !links.contains(&ours)).then(|| format!("expected one of {links:?}, got {ours:?}"))
}

fn moment(expected: &Value, ours: &Value, key: &str) -> Option<String> {
    let theirs = expected[key].as_str()?;
    super::compare::time(theirs, &ours[key])
}
