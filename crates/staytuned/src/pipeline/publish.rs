//! What is new in a story once an article is filed: developments, published in the same transaction.
//!
//! The rule is a plain one: a story's first article, the first article of another independent family, and another
//! headline of the article that opened the story. Copies bring nothing new.

use super::desk::Piece;
use jiff::SignedDuration;
use news::{ArticleId, DevelopmentKind, Evidence, NameKind, StoryId, Target, Timestamp, Weight};
use store::{NewDevelopment, Writer};

/// An article that was published longer ago is history and not news: a first look at a feed brings its backlog.
const NEWS_FOR: SignedDuration = SignedDuration::from_hours(24);

/// So many independent families at once make a story major; one more outlet does not make it so again.
const MAJOR_FAMILIES: u32 = 3;

/// An article that was just filed, and what it means for its story.
pub(crate) struct Filed<'a> {
    pub(crate) story: StoryId,
    pub(crate) piece: &'a Piece,
    pub(crate) part: Part,
    /// Independent families that report the story, this one's among them.
    pub(crate) families: u32,
    pub(crate) now: Timestamp,
}

/// The part that an article plays in its story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// Its first article.
    Opens,
    /// The first of its family.
    Joins,
    /// Its family had one before, or it is a copy.
    Repeats,
    /// The article that opened the story has another headline since.
    Rephrases(Timestamp),
}

/// Publishes what is new, if anything is.
///
/// # Errors
/// Those of the database.
pub(crate) fn publish(writer: &mut Writer, filed: &Filed) -> store::Result<()> {
    if let Some(new) = development(filed) {
        writer.publish_development(&new)?;
    }
    Ok(())
}

fn development(filed: &Filed) -> Option<NewDevelopment> {
    let (piece, article) = (filed.piece, filed.piece.id);
    let old = filed.now.duration_since(piece.at) > NEWS_FOR;
    if piece.copy_of.is_some() || old || piece.article.title.trim().is_empty() {
        return None;
    }
    let (kind, identity) = match filed.part {
        Part::Opens => (DevelopmentKind::FirstReport, format!("first_report {article}")),
        Part::Joins => (DevelopmentKind::Confirmation, format!("confirmation {article}")),
        Part::Rephrases(at) => {
            (DevelopmentKind::Correction, format!("headline {article} {}", at.as_millisecond()))
        }
        Part::Repeats => return None,
    };
    let major = kind == DevelopmentKind::Confirmation && filed.families == MAJOR_FAMILIES;
    Some(NewDevelopment {
        identity,
        story: filed.story,
        at: filed.now,
        kind,
        weight: if major { Weight::Major } else { Weight::Ordinary },
        families: filed.families,
        speaker: None,
        evidence: evidence(article, piece),
        concerns: if kind == DevelopmentKind::FirstReport { concerns(piece) } else { Vec::new() },
        searched: (kind == DevelopmentKind::FirstReport).then_some(article),
    })
}

/// The headline, and the sentence that the text opens with.
fn evidence(article: ArticleId, piece: &Piece) -> Vec<Evidence> {
    let first = piece.reading.sentences.iter().find(|span| !span.of(&piece.article.text).trim().is_empty());
    let spans = [None, first.copied()];
    let spans = spans.into_iter().enumerate().filter(|(n, span)| *n == 0 || span.is_some());
    spans.map(|(_, span)| Evidence { article, span }).collect()
}

/// Whom and where it is about.
fn concerns(piece: &Piece) -> Vec<Target> {
    let target = |name: &news::Name| match name.kind {
        NameKind::Place => Target::Place(name.key.clone()),
        NameKind::Person | NameKind::Organisation | NameKind::Other => Target::Actor(name.key.clone()),
    };
    piece.reading.names.iter().map(target).collect()
}
