//! What is new, in a brief: the developments of one story in the order of its articles, newest first, in groups when
//! their reader looked before.

use super::Piece;
use crate::pipeline::attribute;
use jiff::{SignedDuration, ToSpan};
use language::Reader;
use news::{Attribution, DevelopmentKind, Evidence, Timestamp, Weight};
use serde_json::{Value, json};
use statement::Sheet;
use story::development::{Encode, Known, Step, Telling};

/// Developments that are printed.
const PRINTED: usize = 12;

/// A development with its article.
pub(super) struct New<'a> {
    piece: &'a Piece,
    kind: DevelopmentKind,
    weight: Weight,
    families: u32,
    words: &'a str,
}

/// When its reader looked last, and when the newest article came.
#[derive(Clone, Copy, Debug)]
pub(super) struct Looked {
    pub(super) since: Option<Timestamp>,
    pub(super) now: Timestamp,
}

/// All developments, newest first; those after the last look when there was one.
pub(super) fn of<'a>(pieces: &'a [Piece], looked: Looked, reader: &Reader) -> Vec<New<'a>> {
    let encode = Encode { vectors: &|texts| reader.finest_vectors(texts), fine: reader.is_fine() };
    let mut ordered: Vec<&Piece> = pieces.iter().collect();
    ordered.sort_by_key(|piece| (piece.at, piece.id));
    let (mut known, mut found) = (Known::default(), Vec::new());
    for piece in ordered {
        let said = attribute::said_in_text(&Sheet::of(&piece.article.text), &piece.reading).attributions;
        for step in known.take_in(&telling(piece, &said), Some(encode)) {
            match step {
                Step::Publish(news) => found.push(New {
                    piece,
                    kind: news.kind,
                    weight: news.weight,
                    families: news.families,
                    words: news.evidence.first().map_or("", |first| words(piece, first)),
                }),
                Step::Support { number, families, weight, .. } => {
                    let held: &mut New = &mut found[number];
                    (held.families, held.weight) = (families, weight);
                }
                Step::Counted { .. } => {}
            }
        }
    }
    found.retain(|new| looked.since.is_none_or(|since| new.piece.at > since));
    found.reverse();
    found
}

fn telling<'a>(piece: &'a Piece, said: &'a [Attribution]) -> Telling<'a> {
    Telling {
        article: piece.id,
        at: piece.at,
        family: &piece.family,
        copy: piece.copy_of.is_some(),
        title: &piece.article.title,
        text: &piece.article.text,
        reading: &piece.reading,
        said,
    }
}

fn words<'a>(piece: &'a Piece, evidence: &Evidence) -> &'a str {
    evidence.span.map_or(piece.article.title.as_str(), |span| span.of(&piece.article.text))
}

/// For the terminal.
pub(super) fn as_text(found: &[New], looked: Looked) -> String {
    if looked.since.is_some() && found.is_empty() {
        return "\n  Nothing new since you looked\n".to_owned();
    }
    if found.len() < 2 && looked.since.is_none() {
        return String::new();
    }
    let mut text = String::new();
    let mut group = "";
    for new in found.iter().take(PRINTED) {
        let here = heading(new, looked);
        if here != group {
            text.push_str(&format!("\n  {here}\n"));
            group = here;
        }
        let sources = if new.families > 1 {
            format!("{} independent", new.families)
        } else {
            "one outlet so far".to_owned()
        };
        let (kind, line) = (new.kind.word().replace('_', " "), super::super::one_line(new.words));
        text.push_str(&format!("    {kind}, {sources}\n      {line}\n      {}\n", super::source(new.piece)));
    }
    if found.len() > PRINTED {
        text.push_str(&format!("    … and {} earlier\n", found.len() - PRINTED));
    }
    text
}

/// The group that a development stands in.
fn heading(new: &New, looked: Looked) -> &'static str {
    let ago = looked.now.duration_since(new.piece.at);
    let today = looked.now.to_zoned(jiff::tz::TimeZone::UTC).start_of_day().map(|day| day.timestamp());
    let yesterday = today.as_ref().ok().and_then(|day| day.checked_sub(24.hours()).ok());
    match looked.since {
        None => "What is new",
        Some(_) if ago <= SignedDuration::from_hours(1) => "New since you looked: the last hour",
        Some(_) if today.is_ok_and(|today| new.piece.at >= today) => "New since you looked: today",
        Some(_) if yesterday.is_some_and(|day| new.piece.at >= day) => "New since you looked: yesterday",
        Some(_) => "New since you looked: before",
    }
}

/// For programs.
pub(super) fn as_json(found: &[New]) -> Value {
    let shown = |new: &New| {
        json!({
            "kind": new.kind, "weight": new.weight, "families": new.families, "text": new.words,
            "article": new.piece.id, "url": new.piece.article.url, "at": new.piece.at,
        })
    };
    found.iter().map(shown).collect()
}
