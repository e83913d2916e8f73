//! Who did what to whom, from an article into the store: acts are found while the article is read, and kept in the
//! transaction that files it, with the actors that are known.

use super::attribute::{Register, Said, Sheets};
use news::{
    ActorId, Article, ArticleId, Language, Name, NameKind, Party, Reading, StoryId, Timestamp, ToldAct,
};
use store::{NewAct, Result, Writer};

/// The acts that an article tells: in its headline and in its text.
#[derive(Debug, Default)]
pub(crate) struct Acts {
    pub(crate) title: Vec<ToldAct>,
    pub(crate) text: Vec<ToldAct>,
}

/// Finds the acts of an article; English only. Sentences that the outlet prints under everything tell none.
pub(crate) fn told(sheets: &Sheets, reading: &Reading, said: &Said) -> Acts {
    if reading.language != Language::ENGLISH {
        return Acts::default();
    }
    let title = statement::acts::told(&sheets.title, &said.title.attributions, &reading.names);
    let mut text = statement::acts::told(&sheets.text, &said.text.attributions, &reading.names);
    text.retain(|told| told.act.cue.begun_in(&reading.sentences).is_some());
    Acts { title, text }
}

/// Keeps the acts of an article that was just filed.
pub(super) fn keep(
    writer: &mut Writer,
    id: ArticleId,
    story: Option<StoryId>,
    at: Timestamp,
    (article, reading): (&Article, &Reading),
    acts: &Acts,
) -> Result<()> {
    if acts.title.is_empty() && acts.text.is_empty() {
        return writer.keep_acts(id, &[]);
    }
    let mut meant: Vec<Meant> = Vec::new();
    let mut register = Register::open(writer, id, story, at)?;
    for (in_title, text, told) in [(true, &article.title, &acts.title), (false, &article.text, &acts.text)] {
        for told in told {
            let mut who = |party: &Option<Party>| whom(&mut register, text, party.as_ref(), &reading.names);
            let (actor, target) = (who(&told.actor)?, who(&told.target)?);
            let teller = who(&told.teller)?;
            if actor.is_some() || target.is_some() {
                meant.push(Meant { told, in_title, actor, target, teller });
            }
        }
    }
    let new: Vec<NewAct> = meant.iter().map(Meant::as_new).collect();
    writer.keep_acts(id, &new)
}

/// An act with the known actors.
struct Meant<'a> {
    told: &'a ToldAct,
    in_title: bool,
    actor: Option<(ActorId, String)>,
    target: Option<(ActorId, String)>,
    teller: Option<(ActorId, String)>,
}

impl Meant<'_> {
    fn as_new(&self) -> NewAct<'_> {
        let found = |who: &'_ Option<(ActorId, String)>| who.as_ref().map(|(id, _)| *id);
        // "He said he wants": whom the office and the name mean turns out to be one.
        let own = self.teller.is_some() && found(&self.teller) == found(&self.actor);
        NewAct {
            act: &self.told.act,
            actor: self.actor.as_ref().map(|(id, key)| (*id, key.as_str())),
            target: self.target.as_ref().map(|(id, key)| (*id, key.as_str())),
            claimed: self.told.claimed && !own,
            teller: found(&self.teller).filter(|_| !own),
            words: self.told.words,
            in_title: self.in_title,
        }
    }
}

/// The known actor and the key that told it. A name that the reading knows may be new to the register; of any other
/// only who is known already is meant.
fn whom(
    register: &mut Register,
    text: &str,
    party: Option<&Party>,
    names: &[Name],
) -> Result<Option<(ActorId, String)>> {
    let Some(party) = party else { return Ok(None) };
    let (key, actor) = match party {
        Party::Named(name) => {
            let known = names.iter().find(|known| known.text == *name).map(|known| known.kind);
            let actor = match known {
                Some(kind) => register.named(name, kind)?,
                None if statement::is_state(name) => register.named(name, NameKind::Place)?,
                None => register.known(name)?,
            };
            (language::name_key(name), actor)
        }
        Party::Office(span) => {
            let key = language::name_key(span.of(text));
            let actor = register.holding(&key)?;
            (key, actor)
        }
    };
    Ok(actor.map(|actor| (actor, key)))
}
