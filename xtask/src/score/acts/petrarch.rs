//! The unit records of the PETRARCH coder: stylised sentences with codings between invented states. Their codes
//! are those of its validation dictionary, which mixes the older WEIS roots (03 consult, 04 approve, 06 grant,
//! 12 accuse, 22 force) with CAMEO's: "condemned" is 122 (WEIS), "fired artillery shells" 194 (CAMEO). A coding
//! counts as found when an act of the sentence has the class of its root in either scheme; each alone is printed too.

use anyhow::{Context, Result};
use news::ActClass;
use std::fs;
use std::path::Path;

/// Classes that a WEIS root may be.
fn weis(root: &str) -> &'static [ActClass] {
    use ActClass::*;
    match root {
        "01" => &[Yield],
        "03" => &[Consult],
        "04" => &[Support],
        "05" => &[Agree, Support],
        "06" => &[Support, Yield, Agree],
        "07" => &[Aid],
        "08" => &[Agree, Support, Cooperate],
        "09" | "10" | "15" => &[Request],
        "11" | "14" => &[Reject],
        "12" => &[Accuse],
        "13" => &[Accuse, Protest],
        "16" | "17" => &[Threaten],
        "18" => &[Protest, Mobilize],
        "19" => &[Sanction, Reject],
        "20" | "21" => &[Coerce, Sanction],
        "22" => &[Assault],
        _ => &[],
    }
}

/// The class of a CAMEO root.
fn cameo(root: &str) -> &'static [ActClass] {
    use ActClass::*;
    match root {
        "02" | "10" => &[Request],
        "03" => &[Agree],
        "04" => &[Consult],
        "05" => &[Support],
        "06" => &[Cooperate],
        "07" => &[Aid],
        "08" => &[Yield],
        "09" | "11" => &[Accuse],
        "12" => &[Reject],
        "13" => &[Threaten],
        "14" => &[Protest],
        "15" => &[Mobilize],
        "16" => &[Sanction],
        "17" => &[Coerce],
        "18" | "19" | "20" => &[Assault],
        _ => &[],
    }
}

fn either(root: &str) -> Vec<ActClass> {
    [weis(root), cameo(root)].concat()
}

/// Scores the records.
pub(crate) fn score(path: &Path) -> Result<String> {
    let records = records(&fs::read_to_string(path).with_context(|| path.display().to_string())?);
    let share = |classes: fn(&str) -> Vec<ActClass>| {
        let (hits, all) = tally(&records, classes);
        format!("{:.1} % of {all}", 100.0 * hits as f64 / all.max(1) as f64)
    };
    Ok(format!(
        "petrarch records: {} codings by class (root read in either scheme; as WEIS {}, as CAMEO {})\n",
        share(either),
        share(|root| weis(root).to_vec()),
        share(|root| cameo(root).to_vec())
    ))
}

/// Codings whose class is among the acts found in their sentence, and all codings that have a class.
fn tally(records: &[(String, Vec<String>)], classes: fn(&str) -> Vec<ActClass>) -> (usize, usize) {
    let (mut hits, mut all) = (0, 0);
    for (text, roots) in records {
        let found: Vec<ActClass> = statement::acts(text).iter().map(|act| act.class).collect();
        for wanted in roots.iter().map(|root| classes(root)).filter(|wanted| !wanted.is_empty()) {
            all += 1;
            hits += usize::from(found.iter().any(|class| wanted.contains(class)));
        }
    }
    (hits, all)
}

/// Text and two-digit roots of each record.
fn records(file: &str) -> Vec<(String, Vec<String>)> {
    let between = |text: &str, open: &str, close: &str| {
        let (_, rest) = text.split_once(open)?;
        rest.split_once(close).map(|(inside, _)| inside.to_owned())
    };
    file.split("<Sentence ")
        .skip(1)
        .filter_map(|record| {
            let text = between(record, "<Text>", "</Text>")?;
            let codes = record.split("eventcode").skip(1).filter_map(|code| between(code, "\"", "\""));
            let roots = codes.map(|code| code.chars().take(2).collect()).collect();
            Some((text.split_whitespace().collect::<Vec<_>>().join(" "), roots))
        })
        .collect()
}
