//! `pipe acts`: sentences in, who did what to whom in each out, as spans in code points of the sentence. With
//! marked actors (`<s>..</s>`, `<t>..</t>`), the act between those two.

use super::quotes::Points;
use anyhow::{Context, Result};
use news::Act;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Debug, Deserialize)]
struct Line {
    sentence: Option<String>,
    marked: Option<String>,
}

pub(super) fn line(value: Value) -> Result<Value> {
    let line: Line = serde_json::from_value(value).context("line")?;
    let (sentence, acts) = match line.marked {
        Some(marked) => {
            let (unmarked, actor, target) = statement::acts::unmarked(&marked);
            let actor = actor.context("marked has no <s>..</s>")?;
            let act = statement::act_between(&unmarked, actor, target);
            (unmarked, vec![act])
        }
        None => {
            let sentence = line.sentence.context("neither sentence nor marked is given")?;
            let acts = statement::acts(&sentence);
            (sentence, acts)
        }
    };
    let points = Points::of(&sentence);
    Ok(json!({"acts": acts.iter().map(|act| told(&points, act)).collect::<Vec<_>>()}))
}

fn told(points: &Points, act: &Act) -> Value {
    json!({
        "actor": points.span(act.actor),
        "target": act.target.map(|target| points.span(target)),
        "class": act.class,
        "cue": points.span(act.cue),
        "negated": act.negated,
        "modality": act.modality,
        "confidence": (f64::from(act.confidence) * 1000.0).round() / 1000.0,
    })
}
