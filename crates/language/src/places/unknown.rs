//! Places that are named as such and that the atlas does not know: `the town of Harrowmere`, `ALDERMOUTH (NMA) —`.
//! They get a name and no point.

use super::atlas::Atlas;
use super::scan::Part;
use super::spelling::spelling;
use super::words;
use news::{PlaceMention, Span};

/// How sure that such a name is a place's.
const CONFIDENCE: f32 = 0.6;
/// Words of such a name at most.
const WORDS: usize = 3;

/// The unknown places of a part.
pub(super) fn mentions(part: &Part) -> Vec<PlaceMention> {
    let cued = (1..part.words.len()).filter(|at| is_cued(part, *at)).filter_map(|at| run(part, at));
    let unknown = cued.filter(|span| Atlas::shared().find(&spelling(span.of(part.text))).is_empty());
    unknown.map(|span| PlaceMention { span, place: None, confidence: CONFIDENCE }).collect()
}

/// Whether the word at `at` is called a settlement by the words before it.
fn is_cued(part: &Part, at: usize) -> bool {
    if !part.words[at].capital || part.shouting {
        return false;
    }
    let Some(before) = part.before(at) else { return false };
    let of = matches!(&*before.lower, "of" | "de" | "von" | "d’" | "d'");
    let cue = if of { part.before(at - 1) } else { Some(before) };
    // `Region X` and `City X` with a capital are names of something else more often, but not in German.
    cue.is_some_and(|cue| {
        words::is_settlement(&cue.lower)
            && (!cue.capital || part.language.code() == "de")
            && (of || part.language.code() != "en")
    })
}

/// The run of capitals from `at` on.
fn run(part: &Part, at: usize) -> Option<Span> {
    let mut end = at + 1;
    while end < at + WORDS && part.behind(end).is_some_and(|word| word.capital) && part.gap(end) != ". " {
        end += 1;
    }
    let last = part.words.get(end - 1)?;
    let bare = last.text.strip_suffix("'s").or_else(|| last.text.strip_suffix("’s")).unwrap_or(last.text);
    Some(Span { start: part.words[at].span.start, end: last.span.start + bare.len() as u32 })
}
