//! Who did what to whom: acts between actors in English sentences and headlines, in the fifteen classes of PLOVER.
//!
//! In: a text. Out: [`news::Act`]s whose spans are byte ranges of it. Actors and the words that tell an act are
//! found by patterns over our own lexicons; which class of act it is, a learned linear classifier says, with the
//! words' own classes as its ground.
//!
//! | question | file |
//! |---|---|
//! | who may act? which state is "Moscow"? | `acts/actors.rs`, `data/actors.en.txt` |
//! | which verb is whose, and towards whom? | `acts/clause.rs` |
//! | which words tell which act? | `acts/words.rs`, `data/acts.en.txt` |
//! | who is meant by the words for an actor? whose claim is it? | `acts/told.rs` |
//! | which acts are sure enough to stand on somebody's page? | `acts/sure.rs` |
//! | what does the classifier see? | `acts/features.rs` |
//! | where do the weights live, what does training see? | `acts/weights.rs`, `acts/training.rs` |

pub(crate) mod actors;
pub(crate) mod clause;
pub(crate) mod features;
mod sure;
mod told;
pub mod training;
pub mod weights;
pub(crate) mod words;

use crate::hash::Sink;
use crate::page::Page;
use crate::sheet::Sheet;
use clause::Clause;
use features::Scene;
use news::{Act, ActClass, Modality, Span};
use std::ops::Range;
pub use told::told;
use weights::ActWeights;
use words::{CLASS_BITS, Mark};

/// Below this likelihood a found act is not told: it is rather a state or a remark.
const SURE: f32 = 0.3;

/// The acts told in a text, in reading order.
pub fn acts(text: &str) -> Vec<Act> {
    acts_by(text, weights::english())
}

/// Whether a name is that of a state or of a body that acts like one, or stands for it: "the Kremlin".
pub fn is_state(name: &str) -> bool {
    actors::stands_for(name).is_some()
}

/// The same with weights of one's own, for measuring them; with none, the words of acts decide.
pub fn acts_by(text: &str, weights: Option<&ActWeights>) -> Vec<Act> {
    let page = Page::flat(&Sheet::of(text));
    let marks = words::marks(&page);
    acts_on(&page, &marks, weights)
}

fn acts_on(page: &Page, marks: &[Mark], weights: Option<&ActWeights>) -> Vec<Act> {
    let told = page.sentences.iter().flat_map(|sentence| clause::clauses(page, marks, sentence));
    told.filter_map(|clause| act(page, marks, &clause, weights)).collect()
}

/// The act between two actors that are known, in one sentence.
pub fn act_between(sentence: &str, actor: Span, target: Option<Span>) -> Act {
    act_between_by(sentence, actor, target, weights::english())
}

/// The same with weights of one's own, for measuring them; with none, the words of acts decide.
pub fn act_between_by(
    sentence: &str,
    actor: Span,
    target: Option<Span>,
    weights: Option<&ActWeights>,
) -> Act {
    let page = Page::flat(&Sheet::of(sentence));
    let marks = words::marks(&page);
    let units = 0..page.units.len();
    let source = training::units(&page, actor);
    let aim = target.map_or(0..0, |target| training::units(&page, target));
    let (class, confidence) = class(&page, &marks, &units, &source, &aim, weights);
    let cue = clause::cue(&page, &marks, &source, &aim, class);
    let (negated, modality) = clause::told_as(&page, &marks, source.end.min(cue.start)..cue.start);
    Act { class, actor, target, cue: page.span(cue), negated, modality, confidence }
}

/// A sentence without the marks `<s>..</s>` and `<t>..</t>` around its actors, and the first place of each.
pub fn unmarked(marked: &str) -> (String, Option<Span>, Option<Span>) {
    let mut sentence = String::with_capacity(marked.len());
    let mut spans = [(None, None), (None, None)];
    let mut rest = marked;
    while let Some((before, behind)) = rest.split_once('<') {
        sentence.push_str(before);
        let mark = ["s>", "t>", "/s>", "/t>"].iter().position(|mark| behind.starts_with(mark));
        match mark {
            Some(at) => {
                let (opened, closed) = &mut spans[at % 2];
                let end = if at < 2 { opened } else { closed };
                end.get_or_insert(sentence.len());
                rest = behind.get(if at < 2 { 2 } else { 3 }..).unwrap_or_default();
            }
            None => {
                sentence.push('<');
                rest = behind;
            }
        }
    }
    sentence.push_str(rest);
    let [source, target] = spans.map(|(opened, closed)| Some(Span::new(opened?, closed?)));
    (sentence, source, target)
}

fn act(page: &Page, marks: &[Mark], clause: &Clause, weights: Option<&ActWeights>) -> Option<Act> {
    let sentence = page.sentences.get(page.unit(clause.cue.start).sentence as usize)?;
    let aim = clause.target.clone().unwrap_or(0..0);
    let (class, confidence) = if clause.alone {
        by_words(marks, clause.words.clone())
    } else {
        class(page, marks, sentence, &clause.actor, &aim, weights)
    };
    let told =
        clause.words.clone().any(|at| marks.get(at).is_some_and(|mark| mark.bits >> class as u32 & 1 > 0));
    (confidence >= if told { SURE / 2.0 } else { SURE }).then(|| Act {
        class,
        actor: page.span(clause.actor.clone()),
        target: clause.target.clone().map(|target| page.span(target)),
        cue: page.span(clause.cue.clone()),
        negated: clause.negated,
        modality: clause.modality,
        confidence,
    })
}

/// The likeliest class of act between two actors in a sentence.
fn class(
    page: &Page,
    marks: &[Mark],
    sentence: &Range<usize>,
    source: &Range<usize>,
    target: &Range<usize>,
    weights: Option<&ActWeights>,
) -> (ActClass, f32) {
    let Some(weights) = weights else { return by_words(marks, source.end.max(sentence.start)..sentence.end) };
    let scene =
        Scene { page, marks, sentence: sentence.clone(), source: source.clone(), target: target.clone() };
    let mut sink = Sink::default();
    scene.features(&mut sink);
    let likely = weights.likely(&sink.hashes);
    let best = (0..likely.len()).max_by(|a, b| likely[*a].total_cmp(&likely[*b])).unwrap_or_default();
    (ActClass::ALL[best], likely[best])
}

/// The first word of an act behind the one who acts.
fn by_words(marks: &[Mark], units: Range<usize>) -> (ActClass, f32) {
    let first = units.filter_map(|at| marks.get(at)).find(|mark| mark.bits & CLASS_BITS != 0);
    let bit = first.map_or(0, |mark| (mark.bits & CLASS_BITS).trailing_zeros() as usize);
    (ActClass::ALL.get(bit).copied().unwrap_or(ActClass::Consult), if first.is_some() { 0.5 } else { 0.0 })
}

/// How an act is told: its modality, in the words of the lexicon.
fn modality(bits: u32) -> Modality {
    match bits {
        bits if bits & clause::DENIES > 0 => Modality::Denies,
        bits if bits & clause::MAY > 0 => Modality::May,
        bits if bits & clause::WILL > 0 => Modality::Will,
        _ => Modality::Did,
    }
}
