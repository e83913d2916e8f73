//! Where they stand, in a brief: actors and issues of one story, from its articles alone.

use super::Piece;
use crate::pipeline::attribute::{self, Sheets};
use crate::pipeline::positions::{self, Stands};
use news::{Position, Stance};
use serde_json::{Value, json};
use statement::positions::cluster;

/// Issues that are told.
const ISSUES: usize = 6;

/// A position with its article.
struct Stood<'a> {
    piece: &'a Piece,
    text: &'a str,
    position: Position,
    who: String,
}

/// The newest stance of everybody on an issue.
pub(super) struct Issue<'a> {
    name: &'a str,
    stands: Vec<Stood<'a>>,
}

/// The issues of a story on which most stand, each with the newest stance of each actor.
pub(super) fn of<'a>(pieces: &'a [Piece]) -> Vec<Issue<'a>> {
    let stood: Vec<Stood<'a>> =
        pieces.iter().filter(|piece| piece.copy_of.is_none()).flat_map(stood).collect();
    let wordings: Vec<&'a str> = stood.iter().map(|one| one.position.issue.of(one.text)).collect();
    let grouped = cluster::issues(&wordings);
    let mut issues: Vec<Issue<'a>> =
        grouped.named_by.iter().map(|named| Issue { name: wordings[*named], stands: Vec::new() }).collect();
    let mut told: Vec<usize> = vec![0; issues.len()];
    for (one, issue) in stood.into_iter().zip(&grouped.of) {
        told[*issue] += 1;
        let stands = &mut issues[*issue].stands;
        let known = stands.iter().position(|known| known.who == one.who);
        match known {
            Some(known) if !one.position.earlier => stands[known] = one,
            Some(_) => {}
            None => stands.push(one),
        }
    }
    let mut weighed: Vec<(usize, Issue<'a>)> = told.into_iter().zip(issues).collect();
    weighed.sort_by_key(|(told, issue)| std::cmp::Reverse(told + issue.stands.len()));
    weighed.into_iter().take(ISSUES).map(|(_, issue)| issue).collect()
}

fn stood<'a>(piece: &'a Piece) -> Vec<Stood<'a>> {
    let sheets = Sheets::of(&piece.article);
    let said = attribute::said(&sheets, &piece.reading);
    let Stands { title, text } = positions::told(&sheets, &piece.reading, &said);
    let of = |text: &'a str, positions: Vec<Position>| -> Vec<Stood<'a>> {
        let one = |position: Position| {
            let office = position.office.map(|office| office.of(text).to_owned());
            Some(Stood { who: position.actor.clone().or(office)?, piece, text, position })
        };
        positions.into_iter().filter_map(one).collect()
    };
    let mut all = of(&piece.article.title, title);
    all.extend(of(&piece.article.text, text));
    all
}

/// For the terminal.
pub(super) fn as_text(pieces: &[Piece]) -> String {
    let issues = of(pieces);
    if issues.is_empty() {
        return String::new();
    }
    let mut text = String::from("\n  Where they stand\n");
    for issue in issues {
        text.push_str(&format!("    {}\n", issue.name));
        for one in &issue.stands {
            let stance: Stance = one.position.stance;
            let words = one.position.words.of(one.text).replace('\n', " ");
            text.push_str(&format!("      {} {}: {}\n", stance.shape(), one.who, stance.label()));
            text.push_str(&format!("        {words}\n        {}\n", super::source(one.piece)));
        }
    }
    text
}

/// For programs.
pub(super) fn as_json(pieces: &[Piece]) -> Value {
    let stand = |one: &Stood| {
        json!({
            "actor": one.who, "stance": one.position.stance, "issue": one.position.issue.of(one.text),
            "words": one.position.words.of(one.text), "said": one.position.said, "earlier": one.position.earlier,
            "article": one.piece.id, "url": one.piece.article.url, "at": one.piece.at,
        })
    };
    let issue = |issue: &Issue| json!({"issue": issue.name, "stands": issue.stands.iter().map(stand).collect::<Vec<_>>()});
    of(pieces).iter().map(issue).collect()
}
