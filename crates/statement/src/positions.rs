//! Where actors stand: stances on issues, from plain sentences, headlines, indirect speech and quotations.
//!
//! In: a text, what is said in it and by whom, names. Out: [`news::Position`]s whose spans are byte ranges
//! of that text. A position whose actor has neither a name nor an office, and one about nothing that can be named,
//! is not told: better none than a wrong one. What somebody says of another's stance stays what they say.
//!
//! | question | file |
//! |---|---|
//! | which words tell a stance? | `positions/stances.rs`, `data/stances.en.txt` |
//! | and on which terms? | `positions/terms.rs` |
//! | who stands in front of them? | `positions/led.rs` |
//! | what has such words and takes none? | `positions/unmeant.rs` |
//! | whose is it? | `positions/whose.rs` |
//! | what is it about? | `positions/issue.rs` |
//! | how did a position go, and where did it move? | `positions/course.rs` |
//! | and in other languages? | `positions/elsewhere.rs`, `data/stances.other.txt` |
//! | which wordings are one issue, and what is it called? | `positions/cluster.rs`, `data/issues.en.txt` |

pub mod cluster;
pub mod course;
mod elsewhere;
mod issue;
mod led;
mod stances;
mod terms;
mod unmeant;
mod whose;

use crate::acts::actors;
use crate::cast::Cast;
use crate::hash::is_one;
use crate::lexicon::class;
use crate::page::{Kind, Page, Unit, open};
use crate::sheet::Sheet;
use crate::tongue::Tongue;
use news::{Attribution, Language, Name, Position, Span, Stance};
use stances::{Cue, frame};
use std::cell::OnceCell;
use std::ops::Range;
use unmeant::is_state;
pub(crate) use whose::Who;

/// Positions of one text.
const MOST: usize = 60;
/// Units between an actor and the words of a stance.
const CUE_WITHIN: usize = 8;

/// The positions told in a text.
///
/// `said` is what [`crate::read`] found in it, `names` what the language room did.
pub fn positions(sheet: &Sheet, language: Language, said: &[Attribution], names: &[Name]) -> Vec<Position> {
    let mut page = Page::flat(sheet);
    if language != Language::ENGLISH {
        let mut found = elsewhere::positions(&page, language, said, names);
        found.truncate(MOST);
        return found;
    }
    lower_titles(&mut page);
    let teller = Teller::of(&page, said, names);
    let mut found: Vec<Position> = Vec::new();
    for sentence in &page.sentences {
        for position in teller.sentence(sentence) {
            if found.len() < MOST && !found.iter().any(|known| is_again(known, &position)) {
                found.push(position);
            }
        }
    }
    found
}

/// In a headline whose every word has a capital, the words that are no names lose theirs.
fn lower_titles(page: &mut Page) {
    for sentence in page.sentences.clone() {
        let long = |at: &usize| page.words(*at).chars().count() > 3 && page.unit(*at).kind == Kind::Word;
        let words: Vec<usize> = sentence.clone().filter(long).collect();
        let capitals = words.iter().filter(|at| page.unit(**at).capital).count();
        if words.len() < 4 || capitals * 10 < words.len() * 8 {
            continue;
        }
        for at in sentence.clone().skip(1) {
            let unit = page.unit(at);
            let stance = stances::at(page, at).is_some();
            let common = unit.group > 0
                || unit.class < class::END && unit.class != class::TITLE && unit.class != class::MONTH;
            if unit.capital && (stance || common || issue::is_common(&unit, page.words(at))) {
                page.units[at].capital = false;
                if unit.class == open::CAPITAL {
                    page.units[at].class = open::LOWER;
                }
            }
        }
    }
}

/// Whether a position repeats one that was found: in other words of the same sentence, by the same actor.
fn is_again(known: &Position, position: &Position) -> bool {
    overlaps(known.issue, position.issue) && (known.cue != position.cue || known.actor == position.actor)
}

fn overlaps(a: Span, b: Span) -> bool {
    a.start < b.end && b.start < a.end
}

/// A text with who is in it and what they say.
pub(crate) struct Teller<'a> {
    page: &'a Page<'a>,
    names: &'a [Name],
    /// Made when somebody is asked for: not every text holds a stance.
    cast: OnceCell<Cast>,
    said: &'a [Attribution],
}

impl<'a> Teller<'a> {
    pub(crate) fn of(page: &'a Page<'a>, said: &'a [Attribution], names: &'a [Name]) -> Self {
        Self { page, names, cast: OnceCell::new(), said }
    }

    fn cast(&self) -> &Cast {
        self.cast.get_or_init(|| Cast::of(self.page, Tongue::of(Language::ENGLISH), self.names, &[]))
    }
}

impl Teller<'_> {
    fn sentence(&self, sentence: &Range<usize>) -> Vec<Position> {
        let mut found = Vec::new();
        let phrases = actors::phrases(self.page, sentence);
        let meant = sentence.start..unmeant::supposed(self.page, sentence);
        for at in meant {
            if phrases.iter().any(|phrase| phrase.contains(&at)) {
                continue;
            }
            let Some((cue, length)) = stances::at(self.page, at) else {
                found.extend(self.refusal(sentence, &phrases, at));
                found.extend(self.obliged(sentence, &phrases, at));
                found.extend(self.conditioned(sentence, &phrases, at));
                continue;
            };
            found.extend(self.told(sentence, &phrases, at, cue, length));
        }
        found
    }

    /// A stance with its words at `at`.
    fn told(
        &self,
        sentence: &Range<usize>,
        phrases: &[Range<usize>],
        at: usize,
        cue: &Cue,
        length: usize,
    ) -> Vec<Position> {
        if cue.frames & frame::QUIET > 0 {
            return self.quiet(sentence, at, cue, length).into_iter().collect();
        }
        self.spoken(sentence, phrases, at, cue, length).unwrap_or_default()
    }

    /// The same for every one of "Britain, France and Canada".
    fn spoken(
        &self,
        sentence: &Range<usize>,
        phrases: &[Range<usize>],
        at: usize,
        cue: &Cue,
        length: usize,
    ) -> Option<Vec<Position>> {
        if self.is_otherwise(sentence, at, cue, length) {
            return None;
        }
        let led = self.led(sentence, phrases, at)?;
        let issue = self.object(at + length, sentence.end, cue.frames)?;
        let issue = self.before_terms(issue);
        let stance = match if led.negated { cue.negated? } else { cue.stance } {
            // "is prepared to use force" offers nothing.
            Stance::Offers if self.is_hostile(issue.start) => Stance::Threatens,
            stance => self.on_terms(stance, at + length, sentence.end),
        };
        let all = self.together(&led.actor, phrases);
        let told = all.iter().filter_map(|actor| {
            let who = self.who(actor, at)?;
            self.position(who, stance, issue.clone(), at..at + length, sentence)
        });
        Some(told.collect())
    }

    /// Uses of a stance's words that tell none: "backs down", "its demands", "called on Friday", "said, demanding".
    fn is_otherwise(&self, sentence: &Range<usize>, at: usize, cue: &Cue, length: usize) -> bool {
        let before = at.checked_sub(1).map_or(Unit::NOTHING, |at| self.page.unit(at));
        let next = self.page.unit(at + length);
        // "is" and the owner's "'s" are one word; a gerund follows only the first.
        let clitic = at > 0 && matches!(self.page.words(at - 1), "'s" | "’s");
        let owned = clitic && !self.page.words(at).ends_with("ing")
            || matches!(before.class, open::CLITIC | class::POSSESSIVE | class::ARTICLE | class::DETERMINER);
        let aside = self.page.words(at).ends_with("ing")
            && !(at.saturating_sub(3)..at).any(|at| self.page.unit(at).class == class::BE);
        let headline = !sentence.clone().last().is_some_and(|last| self.page.unit(last).kind == Kind::Stop);
        owned
            || aside
            || is_one!(next.word, "down" | "away" | "off" | "up")
            || cue.frames & frame::PERSON > 0 && next.class == class::DAY
            || cue.frames & frame::HEADLINE > 0 && !headline
    }

    /// "will not withdraw", "won't give up": a refusal by any verb.
    fn refusal(&self, sentence: &Range<usize>, phrases: &[Range<usize>], at: usize) -> Option<Position> {
        let word = self.page.unit(at).word;
        let next = |more: usize| self.page.unit(at + more);
        let verb = if is_one!(word, "won't") {
            at + 1
        } else if is_one!(word, "will" | "'ll") && is_one!(next(1).word, "not") {
            at + 2
        } else {
            return None;
        };
        let acts = self.page.unit(verb);
        let plain = matches!(acts.class, open::LOWER) && stances::at(self.page, verb).is_none();
        if !plain || is_state(&acts) {
            return None;
        }
        let led = self.led(sentence, phrases, at)?;
        let issue = issue::deed(self.page, verb, sentence.end)?;
        let who = self.who(&led.actor, at)?;
        let stance = self.on_terms(Stance::Rejects, verb, sentence.end);
        self.position(who, stance, issue, at..verb, sentence)
    }

    /// "Orrunda must withdraw", said by somebody else: a demand.
    fn obliged(&self, sentence: &Range<usize>, phrases: &[Range<usize>], at: usize) -> Option<Position> {
        let verb = self.page.unit(at + 1);
        if !is_one!(self.page.unit(at).word, "must") || verb.class != open::LOWER || is_state(&verb) {
            return None;
        }
        let said = self.content_of(at)?;
        phrases
            .iter()
            .find(|phrase| phrase.end == at && self.page.unit(phrase.start).class != class::SUBJECT)?;
        let issue = issue::deed(self.page, at + 1, sentence.end)?;
        self.position(self.voice(said)?, Stance::Demands, issue, at..at + 1, sentence)
    }

    /// "The five districts are non-negotiable": said of an issue by whoever says the sentence.
    fn quiet(&self, sentence: &Range<usize>, at: usize, cue: &Cue, length: usize) -> Option<Position> {
        let is_be =
            |at: &usize| self.page.unit(*at).class == class::BE && !self.page.words(*at).ends_with("ing");
        let be = (at.saturating_sub(3)..at).rev().find(is_be);
        let who = self.speaker(at).or_else(|| self.calls(sentence, at))?;
        let issue = match (be, self.calls_object(sentence, at)) {
            (_, Some(issue)) => issue,
            (Some(be), None) => issue::before(self.page, sentence.start, be)?,
            (None, None) if cue.frames & frame::WHOLE > 0 => issue::before(self.page, sentence.start, at)?,
            (None, None) => return None,
        };
        if be.is_some_and(|be| unmeant::is_happening(self.page, &issue, be)) {
            return None;
        }
        self.position(who, cue.stance, issue, at..at + length, sentence)
    }

    /// "Orrunda calls five annexed districts non-negotiable".
    fn calls(&self, sentence: &Range<usize>, at: usize) -> Option<Who> {
        let call = self.call(sentence, at)?;
        let phrases = actors::phrases(self.page, sentence);
        let actor = phrases.into_iter().rfind(|phrase| phrase.end <= call && call - phrase.end <= 3)?;
        self.who(&actor, call)
    }

    fn calls_object(&self, sentence: &Range<usize>, at: usize) -> Option<Range<usize>> {
        let call = self.call(sentence, at)?;
        let end = if self.page.unit(at - 1).kind == Kind::Mark { at - 1 } else { at };
        issue::behind(self.page, call + 1, end)
    }

    fn call(&self, sentence: &Range<usize>, at: usize) -> Option<usize> {
        let is_call =
            |at: &usize| is_one!(self.page.unit(*at).word, "calls" | "called" | "declares" | "declared");
        (sentence.start.max(at.saturating_sub(9))..at).rev().find(is_call)
    }

    /// What a stance is about, by the frames that its words open.
    fn object(&self, start: usize, end: usize, frames: u8) -> Option<Range<usize>> {
        let unit = self.page.unit(start);
        if unit.class == class::TO {
            return (frames & frame::TO > 0).then(|| issue::deed(self.page, start + 1, end)).flatten();
        }
        if frames & frame::PERSON > 0 {
            let to = (start..end.min(start + 8)).find(|at| self.page.unit(*at).class == class::TO)?;
            let somebody = |at: usize| {
                let unit = self.page.unit(at);
                unit.capital
                    || actors::is_group(&unit)
                    || matches!(
                        unit.class,
                        class::OBJECT
                            | class::ARTICLE
                            | class::DETERMINER
                            | class::AND
                            | class::TITLE
                            | open::CLITIC
                            | open::LOWER
                            | open::S
                    )
            };
            // "urged a quick end to the war" asks nobody.
            let named = |at: usize| {
                let unit = self.page.unit(at);
                unit.capital || actors::is_group(&unit) || unit.class == class::OBJECT
            };
            if !(start..to).all(somebody) || !(start..to).any(named) {
                return None;
            }
            return issue::deed(self.page, to + 1, end);
        }
        let article = matches!(unit.class, class::ARTICLE | class::POSSESSIVE);
        if frames & frame::ARTICLE > 0 && article {
            return issue::behind(self.page, start, end);
        }
        let gerund = self.page.words(start).ends_with("ing");
        let wanted = if gerund { frame::GERUND | frame::NOUN } else { frame::NOUN };
        let nominal = !matches!(
            unit.class,
            class::THAT
                | class::PREPOSITION
                | class::SUBJECT
                | class::AND
                | class::BE
                | class::AS
                | class::CLAUSE
                | class::OBJECT
        );
        (frames & wanted > 0 && nominal).then(|| issue::behind(self.page, start, end)).flatten()
    }

    fn is_hostile(&self, at: usize) -> bool {
        is_one!(
            self.page.unit(at).word,
            "use"
                | "attack"
                | "strike"
                | "walk"
                | "fight"
                | "retaliate"
                | "harm"
                | "bomb"
                | "invade"
                | "destroy"
                | "punish"
                | "impose"
        )
    }

    /// Whether the sentence tells it as over: "had ruled out", "on Monday", "two days earlier".
    fn is_earlier(&self, sentence: &Range<usize>, cue: usize) -> bool {
        let had = (cue.saturating_sub(4)..cue).any(|at| is_one!(self.page.unit(at).word, "had"));
        let earlier = |at: usize| {
            is_one!(self.page.unit(at).word, "earlier" | "previously" | "previous" | "ago" | "last")
        };
        had || sentence.clone().take(6).any(earlier)
    }

    fn position(
        &self,
        who: Who,
        stance: Stance,
        issue: Range<usize>,
        cue: Range<usize>,
        sentence: &Range<usize>,
    ) -> Option<Position> {
        let said = self.content_of(cue.start).is_some();
        let (actor, office) = match who {
            Who::Named(name) => (Some(name), None),
            Who::Office(units) => (None, Some(self.page.span(units))),
        };
        Some(Position {
            actor,
            office,
            stance,
            issue: self.page.span(issue),
            words: self.page.span(sentence.clone()),
            earlier: self.is_earlier(sentence, cue.start),
            cue: self.page.span(cue),
            said,
        })
    }
}
