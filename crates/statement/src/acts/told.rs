//! Who is meant by the words for an actor, and whether an act is told by the text or claimed by somebody in it.
//!
//! In: an English text, what is said in it and by whom, names. Out: [`ToldAct`]s. An act of which nobody is known is
//! left out: "police arrested a man" is no news of an actor.

use super::sure::Place;
use super::training::units;
use super::{weights, words};
use crate::page::Page;
use crate::positions::{Teller, Who};
use crate::sheet::Sheet;
use news::{Act, Attribution, Name, Party, ToldAct};
use std::ops::Range;

/// Acts of one text.
const MOST: usize = 60;

/// The acts of a text that are sure enough to be told of who acts or of whom it is done to.
///
/// `said` is what [`crate::read`] found in it, `names` what the language room did.
pub fn told(sheet: &Sheet, said: &[Attribution], names: &[Name]) -> Vec<ToldAct> {
    let page = Page::flat(sheet);
    let marks = words::marks(&page);
    let place = |act: &Act| Place {
        page: &page,
        marks: &marks,
        actor: units(&page, act.actor),
        target: act.target.map(|target| units(&page, target)),
        cue: units(&page, act.cue).start,
    };
    let acts = super::acts_on(&page, &marks, weights::english());
    let placed = acts.into_iter().map(|act| (act, place(&act)));
    let sure: Vec<(Act, Place)> = placed.filter(|(act, place)| place.is_sure(act)).collect();
    if sure.is_empty() {
        return Vec::new();
    }
    let teller = Teller::of(&page, said, names);
    let mut told: Vec<ToldAct> = Vec::new();
    for (act, place) in sure {
        let one = one(&teller, &page, act, &place);
        // One sentence tells one thing of somebody once, however many words it has for it.
        let again = |one: &ToldAct| {
            told.iter().any(|known| {
                known.words == one.words && known.actor == one.actor && known.act.class == one.act.class
            })
        };
        told.extend(one.filter(|one| !again(one)));
        if told.len() >= MOST {
            break;
        }
    }
    told
}

fn one(teller: &Teller, page: &Page, act: Act, place: &Place) -> Option<ToldAct> {
    let actor = known(teller, page, &place.actor);
    let aimed = place.aimed();
    let target = aimed.as_ref().and_then(|aimed| known(teller, page, aimed));
    let somebody = !page.unit(place.actor.start).is_pronoun();
    if actor.is_none() && (target.is_none() || !somebody) || actor == target {
        return None;
    }
    let sentence = page.sentences.get(page.unit(place.cue).sentence as usize)?;
    let content = teller.content_of(place.cue);
    let voice = content.and_then(|said| teller.voice(said)).map(|who| as_party(page, who));
    let foreign = content.is_some() && (voice.is_none() || voice != actor);
    let claimed = foreign || teller.is_told_by_another(place.cue);
    // Whose claim it is must be known: the page never speaks for somebody unnamed.
    if claimed && voice.is_none() {
        return None;
    }
    let act = Act { target: aimed.map(|aimed| page.span(aimed)), ..act };
    let teller = voice.filter(|_| claimed);
    Some(ToldAct { words: page.span(sentence.clone()), teller, act, actor, target, claimed })
}

fn known(teller: &Teller, page: &Page, phrase: &Range<usize>) -> Option<Party> {
    teller.meant(phrase).map(|who| as_party(page, who))
}

fn as_party(page: &Page, who: Who) -> Party {
    match who {
        Who::Named(name) => Party::Named(name),
        Who::Office(units) => Party::Office(page.span(units)),
    }
}
