//! Who said what, from an article into the store: statements are found while the article is read, and kept in the
//! transaction that files it. Which actor a name means, and whether the words were quoted before, is asked of the
//! statement room with what the store remembers.

use news::{
    ActorId, Article, ArticleId, Attribution, Introduced, NameKind, QuoteKind, Reading, SayingId, Statements,
    StoryId, Timestamp,
};
use statement::register::{self, Candidate, Meant, Wanted};
use statement::{Sheet, denial, same};
use std::collections::btree_map::{BTreeMap, Entry};
use std::collections::{BTreeSet, HashMap};
use store::{Alias, KnownActor, NewQuote, Result, Writer};

/// An actor not heard of for so long is not taken for a surname.
const WINDOW: jiff::SignedDuration = jiff::SignedDuration::from_hours(24 * 30);

/// Below this the words are shown without a speaker.
const SURE_OF_SPEAKER: f32 = 0.3;

/// Fewer words are one saying only when one actor said them.
const SHORT: usize = 6;

/// Statements of one article at most; more is a transcript of a day.
const MOST: usize = 400;

/// What an article says: in its headline and in its text.
#[derive(Debug, Default)]
pub(crate) struct Said {
    pub(super) title: Statements,
    pub(super) text: Statements,
}

impl Said {
    /// Those of the text.
    pub(crate) fn in_text(&self) -> &[Attribution] {
        &self.text.attributions
    }
}

/// An article word by word, for all that is asked of its statements, positions and acts.
pub(crate) struct Sheets<'a> {
    pub(super) title: Sheet<'a>,
    pub(super) text: Sheet<'a>,
}

impl<'a> Sheets<'a> {
    pub(crate) fn of(article: &'a Article) -> Self {
        Self { title: Sheet::of(&article.title), text: Sheet::of(&article.text) }
    }
}

/// Finds the statements of an article. Sentences that the outlet prints under everything say nothing.
pub(crate) fn said(sheets: &Sheets, reading: &Reading) -> Said {
    let mut title = statement::read(&sheets.title, reading.language, &reading.names);
    title.attributions.retain(is_told);
    Said { title, text: said_in_text(&sheets.text, reading) }
}

/// The same of an article's text alone.
pub(crate) fn said_in_text(text: &Sheet, reading: &Reading) -> Statements {
    let mut said = statement::read(text, reading.language, &reading.names);
    said.attributions.retain(|found| {
        is_told(found) && found.content.iter().all(|span| span.overlapped(&reading.sentences).is_some())
    });
    said.attributions.truncate(MOST);
    said
}

/// Words without marks that are given as nobody's are the article's own more often than not.
fn is_told(found: &Attribution) -> bool {
    found.kind != QuoteKind::Indirect || !found.source.is_empty()
}

/// Keeps the statements of an article that was just filed, with whom they are from. Returns the actors.
pub(super) fn keep(
    writer: &mut Writer,
    id: ArticleId,
    story: Option<StoryId>,
    at: Timestamp,
    article: &Article,
    said: &Said,
) -> Result<BTreeSet<ActorId>> {
    let mut register = Register::open(writer, id, story, at)?;
    register.introduce(&article.text, &said.text.introduced)?;
    let mut prepared = Vec::new();
    let texts = [(false, &article.text, &said.text), (true, &article.title, &said.title)];
    for (in_title, text, statements) in texts {
        for attribution in &statements.attributions {
            let (actor, key) = register.speaker(text, attribution)?;
            prepared.push(Prepared::new(text, in_title, attribution, actor, key));
        }
    }
    for quote in &mut prepared {
        quote.saying = known_saying(register.writer, quote)?;
    }
    let mut first: HashMap<Vec<u32>, usize> = HashMap::new();
    for (index, quote) in prepared.iter_mut().enumerate() {
        quote.same_as = first.get(&quote.words).copied();
        first.entry(quote.words.clone()).or_insert(index);
        quote.denies = denied(register.writer, story, at, id, quote)?;
    }
    keep_quotes(register.writer, id, &prepared)?;
    Ok(prepared.iter().filter_map(|quote| quote.actor).collect())
}

/// A statement on its way to be kept.
struct Prepared<'a> {
    attribution: &'a Attribution,
    content: Vec<&'a str>,
    cue: &'a str,
    in_title: bool,
    actor: Option<ActorId>,
    key: Option<String>,
    words: Vec<u32>,
    prints: Vec<u32>,
    saying: Option<SayingId>,
    /// An earlier statement of this article with the same words (the headline repeats the text).
    same_as: Option<usize>,
    denies: Option<SayingId>,
}

impl<'a> Prepared<'a> {
    fn new(
        text: &'a str,
        in_title: bool,
        attribution: &'a Attribution,
        actor: Option<ActorId>,
        key: Option<String>,
    ) -> Self {
        let content: Vec<&str> = attribution.content.iter().map(|span| span.of(text)).collect();
        let words = same::words(&content);
        Self {
            cue: attribution.cue.first().map_or("", |span| span.of(text)),
            prints: same::prints(&words),
            saying: None,
            same_as: None,
            denies: None,
            attribution,
            content,
            in_title,
            actor,
            key,
            words,
        }
    }
}

/// The saying of which a quote is one more report.
fn known_saying(writer: &Writer, quote: &Prepared) -> Result<Option<SayingId>> {
    if quote.prints.is_empty() {
        return Ok(None);
    }
    let fits = |before: Option<ActorId>| {
        let known = before.is_some() && before == quote.actor;
        // "No" of nobody in particular is said every day.
        known || quote.words.len() >= SHORT && (before.is_none() || quote.actor.is_none())
    };
    let same = writer.said_before(&quote.prints, fits)?.into_iter().find(|before| {
        let pieces: Vec<&str> = before.content.iter().map(String::as_str).collect();
        let before = rejects(before.kind, &before.cue, before.negated);
        before == rejects(quote.attribution.kind, quote.cue, quote.attribution.negated)
            && same::is_same(&quote.words, &same::words(&pieces))
    });
    Ok(same.map(|before| before.saying))
}

/// Whether a report of words says that they are not so: another one that gives them as said is no report of the same.
fn rejects(kind: QuoteKind, cue: &str, negated: bool) -> bool {
    kind == QuoteKind::Indirect && denial::rejects(cue, negated)
}

/// The earlier saying of the story that a quote takes back.
fn denied(
    writer: &Writer,
    story: Option<StoryId>,
    at: Timestamp,
    article: ArticleId,
    quote: &Prepared,
) -> Result<Option<SayingId>> {
    let Some(story) = story.filter(|_| denial::takes_back(quote.cue, quote.attribution.negated)) else {
        return Ok(None);
    };
    let matter = denial::matter(&quote.content);
    let earlier = writer.said_in_story(story, at, article)?;
    let concerned = earlier.iter().rev().find(|earlier| {
        let pieces: Vec<&str> = earlier.content.iter().map(String::as_str).collect();
        Some(earlier.saying) != quote.saying && denial::concerns(&matter, &denial::matter(&pieces))
    });
    Ok(concerned.map(|earlier| earlier.saying))
}

fn keep_quotes(writer: &mut Writer, article: ArticleId, prepared: &[Prepared]) -> Result<()> {
    let mut quotes: Vec<NewQuote> = Vec::with_capacity(prepared.len());
    for quote in prepared {
        quotes.push(NewQuote {
            attribution: quote.attribution,
            in_title: quote.in_title,
            saying: quote.saying,
            same_as: quote.same_as,
            actor: quote.actor,
            key: quote.key.as_deref(),
            prints: &quote.prints,
            denies: quote.denies,
        });
    }
    writer.keep_quotes(article, &quotes)?;
    Ok(())
}

/// Who is meant in one article: asked of the statement room, remembered by the store.
pub(super) struct Register<'w, 'tx> {
    writer: &'w mut Writer<'tx>,
    article: ArticleId,
    at: Timestamp,
    since: Timestamp,
    /// Who speaks in the story, this article included.
    here: BTreeSet<ActorId>,
    /// What this article's names and offices were found to mean.
    meant: BTreeMap<String, Option<ActorId>>,
    /// What the store holds of actors, until this article adds to it.
    known: BTreeMap<ActorId, KnownActor>,
}

impl<'w, 'tx> Register<'w, 'tx> {
    pub(super) fn open(
        writer: &'w mut Writer<'tx>,
        article: ArticleId,
        story: Option<StoryId>,
        at: Timestamp,
    ) -> Result<Self> {
        let here = match story {
            Some(story) => writer.actors_speaking(story)?.into_iter().collect(),
            None => BTreeSet::new(),
        };
        let since = at.saturating_sub(WINDOW).unwrap_or(at);
        Ok(Self { writer, article, at, since, here, meant: BTreeMap::new(), known: BTreeMap::new() })
    }

    /// Takes up everybody whom the text names, fullest names first.
    fn introduce(&mut self, text: &str, introduced: &[Introduced]) -> Result<()> {
        let mut by_length: Vec<&Introduced> = introduced.iter().collect();
        by_length.sort_by_key(|named| std::cmp::Reverse(named.name.split(' ').count()));
        for named in by_length {
            let Some(actor) = self.named(&named.name, named.kind)? else { continue };
            for office in &named.offices {
                self.remember(actor, named.kind, office.of(text), true)?;
            }
        }
        Ok(())
    }

    /// The actor of a statement, with the key by which they were found.
    fn speaker(&mut self, text: &str, found: &Attribution) -> Result<(Option<ActorId>, Option<String>)> {
        if found.confidence < SURE_OF_SPEAKER {
            return Ok((None, None));
        }
        if let Some(name) = &found.speaker {
            let actor = self.named(name, NameKind::Other)?;
            return Ok((actor, actor.map(|_| language::name_key(name))));
        }
        let Some(office) = found.office else { return Ok((None, None)) };
        let key = language::name_key(office.of(text));
        let actor = self.holding(&key)?;
        Ok((actor, actor.map(|_| key)))
    }

    pub(super) fn named(&mut self, name: &str, kind: NameKind) -> Result<Option<ActorId>> {
        let key = language::name_key(name);
        let Some(last) = key.rsplit(' ').next().filter(|last| !last.is_empty()) else { return Ok(None) };
        if let Some(known) = self.meant.get(&key) {
            return Ok(*known);
        }
        let known = self.writer.actors_named(last, self.since)?;
        let candidates = self.candidates(&known)?;
        let actor = match register::by_name(Wanted { key: &key, kind }, &candidates) {
            Meant::Nobody => None,
            Meant::Unknown => Some(self.unheard(name, &key, kind)?),
            Meant::Known(index) => Some(known[index]),
        };
        if let Some(actor) = actor {
            for explained in register::explained_by(&key, &candidates) {
                self.writer.explain_actor(known[explained], actor)?;
                self.known.clear();
            }
            self.remember(actor, kind, name, false)?;
            self.here.insert(actor);
        }
        self.meant.insert(key, actor);
        Ok(actor)
    }

    /// The actor of a name under which nobody is known: a new one, or the state or body of which it is a short name.
    fn unheard(&mut self, name: &str, key: &str, kind: NameKind) -> Result<ActorId> {
        let Some(full) = register::full_name(key) else { return self.writer.open_actor(name, kind, self.at) };
        if let Some(known) = self.known(full)? {
            return Ok(known);
        }
        let actor = self.writer.open_actor(full, kind, self.at)?;
        self.remember(actor, kind, full, false)?;
        Ok(actor)
    }

    /// Whom a name means among those who are known; it opens nobody.
    pub(super) fn known(&mut self, name: &str) -> Result<Option<ActorId>> {
        let key = language::name_key(name);
        if let Some(known) = self.meant.get(&key) {
            return Ok(*known);
        }
        let Some(last) = key.rsplit(' ').next().filter(|last| !last.is_empty()) else { return Ok(None) };
        let known = self.writer.actors_named(last, self.since)?;
        let wanted = Wanted { key: &key, kind: NameKind::Other };
        match register::by_name(wanted, &self.candidates(&known)?) {
            Meant::Known(index) => Ok(Some(known[index])),
            Meant::Nobody => Ok(None),
            Meant::Unknown => register::full_name(&key).map_or(Ok(None), |full| self.known(full)),
        }
    }

    pub(super) fn holding(&mut self, office: &str) -> Result<Option<ActorId>> {
        if office.is_empty() {
            return Ok(None);
        }
        let mut known = self.writer.actors_holding(office, self.since)?;
        for here in &self.here {
            if !known.contains(here) {
                known.push(*here);
            }
        }
        Ok(match register::by_office(office, &self.candidates(&known)?) {
            Meant::Known(index) => Some(known[index]),
            Meant::Unknown | Meant::Nobody => None,
        })
    }

    fn remember(&mut self, actor: ActorId, kind: NameKind, text: &str, office: bool) -> Result<()> {
        let key = language::name_key(text);
        if key.is_empty() {
            return Ok(());
        }
        let alias = Alias { key: &key, text, office, article: self.article, at: self.at };
        self.known.remove(&actor);
        self.writer.know_actor(actor, kind, &alias)
    }

    fn candidates(&mut self, ids: &[ActorId]) -> Result<Vec<Candidate>> {
        let mut candidates = Vec::with_capacity(ids.len());
        for id in ids {
            let known = match self.known.entry(*id) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(unknown) => unknown.insert(self.writer.known_actor(*id)?),
            };
            candidates.push(Candidate {
                names: known.names.clone(),
                offices: known.offices.clone(),
                decided: known.decided.clone(),
                kind: known.kind,
                here: self.here.contains(id),
                articles: known.articles,
            });
        }
        Ok(candidates)
    }
}

#[cfg(test)]
mod tests;
