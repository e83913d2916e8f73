//! What is new in a story once an article is filed: developments, published in the same transaction, and independent
//! families that have one too. What is new is decided in the story room; here it gets its row, the actors and places
//! that it is about, and its speaker.

use super::desk::Piece;
use jiff::SignedDuration;
use news::{
    ArticleId, Attribution, DevelopmentId, DevelopmentKind, Evidence, NameKind, QuoteKind, Span, StoryId,
    Target, Timestamp, Weight,
};
use store::{KeptPosition, NewDevelopment, NewFigure, Writer};
use story::development::{Gist, Known, News, Recent, Step, Telling, Told};

/// An article that was published longer ago is history and not news: a first look at a feed brings its backlog.
pub(crate) const NEWS_FOR: SignedDuration = SignedDuration::from_hours(24);

/// Names further down an article are not what its news is about.
const CONCERNS: usize = 24;
/// A name that stands neither in the headline nor in the words of the news is what it is about when it is named so often.
const MENTIONS: u32 = 3;

/// An article that was just filed.
pub(crate) struct Filed<'a> {
    pub(crate) story: StoryId,
    pub(crate) piece: &'a Piece<'a>,
    pub(crate) telling: Telling<'a>,
}

/// Publishes what came of an article.
///
/// # Errors
/// Those of the database.
pub(crate) fn publish(
    writer: &mut Writer,
    filed: &Filed,
    known: &mut Known,
    recent: &mut Recent,
    steps: Vec<Step>,
) -> store::Result<()> {
    for step in steps {
        match step {
            Step::Publish(news) => {
                let new =
                    development(filed, &news).map(|new| writer.publish_development(&new)).transpose()?;
                if let Some(published) = new.flatten() {
                    known.name(news.number, published.id);
                    compare(writer, filed, recent, (published.id, news.kind))?;
                }
            }
            Step::Counted { what, value, corrects, evidence } => {
                if shows(filed, &evidence) {
                    let figure = NewFigure { what: &what, value, corrects, evidence };
                    writer.keep_figure(&figure, filed.telling.at)?;
                }
            }
            Step::Support { number, families, weight, evidence } => {
                if let Some(id) = known.id(number) {
                    support(writer, filed, id, families, weight, evidence)?;
                }
            }
        }
    }
    Ok(())
}

/// Notes which developments of other stories said the same before.
fn compare(
    writer: &mut Writer,
    filed: &Filed,
    recent: &mut Recent,
    (id, kind): (DevelopmentId, DevelopmentKind),
) -> store::Result<()> {
    let gist = Gist::of(&filed.telling, kind);
    let same = recent.same(filed.story, filed.telling.at, &gist);
    writer.keep_gist(id, Gist::VERSION, &gist.to_bytes(), &same)?;
    recent.keep(Told { id, story: filed.story, article: filed.piece.id, at: filed.telling.at }, gist);
    Ok(())
}

fn support(
    writer: &mut Writer,
    filed: &Filed,
    id: DevelopmentId,
    families: u32,
    weight: Weight,
    evidence: Evidence,
) -> store::Result<()> {
    if shows(filed, &evidence) {
        writer.support_development(id, families, weight, evidence, filed.telling.at)?;
    }
    Ok(())
}

/// The row of what is new; none for words that are not there.
fn development(filed: &Filed, news: &News) -> Option<NewDevelopment> {
    let article = filed.piece.id;
    let mut evidence: Vec<Evidence> = Vec::new();
    for piece in news.evidence.iter().filter(|piece| shows(filed, piece)) {
        // A summary that repeats the headline is no second sentence.
        if !evidence.iter().any(|known| words(filed, known) == words(filed, piece)) {
            evidence.push(*piece);
        }
    }
    let first = evidence.first()?;
    Some(NewDevelopment {
        identity: identity(news.kind, article, first),
        story: filed.story,
        at: filed.telling.at,
        kind: news.kind,
        weight: news.weight,
        families: news.families,
        speaker: speaker(filed, news),
        concerns: concerns(filed.piece, &evidence),
        evidence,
        searched: Some(article),
    })
}

/// One article brings one kind of news once with the same words, whoever turns out to be meant by them.
fn identity(kind: DevelopmentKind, article: ArticleId, first: &Evidence) -> String {
    let span = first.span.unwrap_or(Span::new(0, 0));
    format!("{} {article} {}-{}", kind.word(), span.start, span.end)
}

/// Publishes a move: it is about whoever moved, by each of their names.
///
/// # Errors
/// Those of the database.
pub(super) fn publish_move(
    writer: &mut Writer,
    story: StoryId,
    position: &KeptPosition,
    at: Timestamp,
) -> store::Result<()> {
    let (actor, kind) = (writer.known_actor(position.actor)?, DevelopmentKind::ChangedPosition);
    writer.publish_development(&NewDevelopment {
        identity: identity(kind, position.article, &position.evidence),
        story,
        at,
        kind,
        weight: Weight::Ordinary,
        families: 1,
        speaker: Some(actor.name),
        evidence: vec![position.evidence],
        concerns: actor.names.into_iter().map(Target::Actor).collect(),
        searched: Some(position.article),
    })?;
    Ok(())
}

/// Whether there are words where the evidence points.
fn shows(filed: &Filed, evidence: &Evidence) -> bool {
    !words(filed, evidence).is_empty()
}

fn words<'a>(filed: &'a Filed, evidence: &Evidence) -> &'a str {
    let article = &filed.piece.article;
    evidence.span.map_or(article.title.as_str(), |span| span.of(&article.text)).trim()
}

/// Who is quoted in what is new.
fn speaker(filed: &Filed, news: &News) -> Option<String> {
    if !matches!(news.kind, DevelopmentKind::NewStatement | DevelopmentKind::ChangedPosition) {
        return None;
    }
    let spans: Vec<Span> = news.evidence.iter().filter_map(|piece| piece.span).collect();
    let inside = |said: &&Attribution| {
        said.content
            .first()
            .is_some_and(|words| spans.iter().any(|span| span.start <= words.start && words.end <= span.end))
    };
    let mut heard: Vec<&Attribution> =
        filed.telling.said.iter().filter(inside).filter(|said| said.speaker.is_some()).collect();
    heard.sort_by_key(|said| said.kind == QuoteKind::Indirect);
    heard.first().and_then(|said| said.speaker.clone())
}

/// Whom and where it is about: the names of the headline and of the words that are new, and those that the article keeps
/// naming. What is mentioned in passing is not news to its followers.
fn concerns(piece: &Piece, evidence: &[Evidence]) -> Vec<Target> {
    let words: Vec<&str> = evidence
        .iter()
        .filter_map(|piece_of| piece_of.span)
        .map(|span| span.of(&piece.article.text))
        .collect();
    let is_named = |name: &&news::Name| {
        name.in_title || name.mentions >= MENTIONS || words.iter().any(|words| words.contains(&name.text))
    };
    let mut names: Vec<&news::Name> = piece.reading.names.iter().filter(is_named).collect();
    names.sort_by_key(|name| (!name.in_title, std::cmp::Reverse(name.mentions)));
    let target = |name: &&news::Name| match name.kind {
        NameKind::Place => Target::Place(name.key.clone()),
        NameKind::Person | NameKind::Organisation | NameKind::Other => Target::Actor(name.key.clone()),
    };
    names.iter().take(CONCERNS).map(target).collect()
}
