//! Sayings in pages: grouped by speaker for a story, with links to where each word stands.
//!
//! Only words of articles stand here; who is not surely known is "unattributed".

use crate::house::House;
use crate::{Problem, text};
use news::{QuoteKind, Span, StoryId};
use store::view::{PlaceView, SaidPage, SayingRef, SayingView, Speaker};

/// Sayings of one speaker that are shown unfolded.
pub(crate) const OPEN: usize = 3;
/// Speakers that are shown unfolded.
pub(crate) const VOICES: usize = 8;
/// Sayings read for a story.
const MOST: usize = 300;
/// What is less sure is left to the API and the actor's page.
const SURE: f32 = 0.4;
/// The same for what an outlet puts in its own words, and how short it may be: "the deal" tells nothing.
const SURE_INDIRECT: f32 = 0.6;
const LEAST_WORDS: usize = 5;
/// Fewer words in marks tell nothing without what leads to them: "them “non-negotiable”".
const LEAST_MARKED: usize = 3;

/// Who says what in a story.
#[derive(Default)]
pub(crate) struct Said {
    pub(crate) voices: Vec<Voice>,
    pub(crate) sayings: usize,
}

/// One speaker's sayings: their very words newest first, then what the outlets put in words of their own.
pub(crate) struct Voice {
    /// `None` is "unattributed".
    pub(crate) speaker: Option<Speaker>,
    pub(crate) sayings: Vec<SayingView>,
}

/// What a story's page shows of who says what.
pub(crate) async fn of_story(house: &House, id: StoryId) -> Result<Said, Problem> {
    Ok(Said::of(house.ask(move |store| store.story_sayings(id, MOST)).await?))
}

impl Said {
    /// Speakers by their newest saying, those first whose very words are there; the unattributed at the end.
    pub(crate) fn of(page: SaidPage) -> Self {
        let mut said = Self::default();
        for saying in page.sayings.into_iter().filter(is_shown) {
            said.sayings += 1;
            let known = said.voices.iter_mut().find(|voice| is_same(voice.speaker.as_ref(), &saying));
            match known {
                Some(voice) => voice.sayings.push(saying),
                None => {
                    said.voices.push(Voice { speaker: saying.speaker.clone(), sayings: vec![saying] });
                }
            }
        }
        for voice in &mut said.voices {
            voice.sayings.sort_by_key(|saying| !is_verbatim(saying));
        }
        let tells = |voice: &Voice| voice.sayings.first().is_some_and(is_verbatim);
        said.voices.sort_by_key(|voice| (voice.speaker.is_none(), !tells(voice)));
        said
    }
}

/// Whose words nobody gives are shown only when they stand in marks.
fn is_shown(saying: &SayingView) -> bool {
    match saying.speaker {
        Some(_) if saying.kind == QuoteKind::Indirect => {
            saying.confidence >= SURE_INDIRECT && words(saying) >= LEAST_WORDS
        }
        Some(_) if saying.kind == QuoteKind::Mixed => saying.confidence >= SURE && is_readable(saying),
        Some(_) => saying.confidence >= SURE,
        None => saying.kind == QuoteKind::Direct,
    }
}

/// Whether words of which some stand in marks can be read by themselves.
fn is_readable(saying: &SayingView) -> bool {
    saying.lead.is_some() || marked_words(saying) >= LEAST_MARKED || has_verb(saying)
}

fn marked_words(saying: &SayingView) -> usize {
    let marked = |piece: &String| -> usize {
        let within = piece.split(['“', '”', '„', '«', '»', '"', '‘', '’']).skip(1).step_by(2);
        within.map(|words| words.split_whitespace().count()).sum()
    };
    saying.content.iter().map(marked).sum()
}

/// English, in which alone some words stand in marks and others not.
fn has_verb(saying: &SayingView) -> bool {
    const VERBS: &[&str] = &[
        "is", "are", "was", "were", "be", "been", "has", "have", "had", "will", "would", "can", "could",
        "may", "might", "must", "should", "does", "do", "did",
    ];
    saying.content.iter().flat_map(|piece| piece.split_whitespace()).any(|word| VERBS.contains(&word))
}

/// Words in marks, and more of them than "No".
fn is_verbatim(saying: &SayingView) -> bool {
    saying.kind != QuoteKind::Indirect && words(saying) >= LEAST_WORDS
}

fn words(saying: &SayingView) -> usize {
    saying.content.iter().map(|piece| piece.split_whitespace().count()).sum()
}

fn is_same(speaker: Option<&Speaker>, saying: &SayingView) -> bool {
    speaker.map(|speaker| speaker.id) == saying.speaker.as_ref().map(|speaker| speaker.id)
}

/// Address of the words in their article, marked there.
pub(crate) fn href(place: &PlaceView) -> String {
    address(place.article.0, place.in_title, &place.spans)
}

/// [`href`] of a saying that another one is about.
pub(crate) fn href_of(said: &SayingRef) -> String {
    address(said.article.0, said.in_title, &said.spans)
}

fn address(article: i64, in_title: bool, spans: &[Span]) -> String {
    if in_title || spans.is_empty() {
        return format!("/article/{article}");
    }
    let spans: Vec<String> = spans.iter().map(|Span { start, end }| format!("{start}-{end}")).collect();
    format!("/article/{article}?span={}#here", spans.join(","))
}

/// The pieces of a saying with what a cue interrupted left out.
pub(crate) fn joined(content: &[String]) -> String {
    content.join(" … ")
}

/// [`joined`], cut where it is long.
pub(crate) fn short(content: &[String], most: usize) -> String {
    text::short(&joined(content), most).into_owned()
}

/// The kind as a class name.
pub(crate) fn kind(kind: &QuoteKind) -> &'static str {
    kind.word()
}

/// `to reporters, in a phone briefing`: the circumstances as the article gives them.
pub(crate) fn circumstances(saying: &SayingView) -> String {
    let to = saying.addressee.as_ref().map(|addressee| format!("to {addressee}"));
    let all: Vec<String> = [to, saying.occasion.clone()].into_iter().flatten().collect();
    text::short(&all.join(", "), 120).into_owned()
}

#[cfg(test)]
mod tests {
    use super::{Said, href, is_readable};
    use crate::sample;

    #[test]
    fn speakers_come_by_their_newest_words_and_the_unattributed_last() {
        let said = Said::of(sample::sayings());
        let names: Vec<_> = said
            .voices
            .iter()
            .map(|voice| {
                (voice.speaker.as_ref().map_or("-", |speaker| speaker.name.as_str()), voice.sayings.len())
            })
            .collect();
        assert_eq!(names, [("Ivo Karst", 2), ("Oda Ferrin", 1), ("-", 1)]);
        assert_eq!(said.sayings, 4, "indirect words of nobody are left out");
        assert_eq!(href(&said.voices[0].sayings[0].place), "/article/1?span=0-20,30-40#here");
    }

    #[test]
    fn words_that_nobody_can_read_alone_are_left_out() {
        let mut saying = sample::sayings().sayings.remove(3);
        let mut reads = |lead: Option<&str>, content: &str| {
            saying.lead = lead.map(ToOwned::to_owned);
            saying.content = vec![content.to_owned()];
            is_readable(&saying)
        };
        assert!(reads(Some("had called"), "them “non-negotiable”"));
        assert!(!reads(None, "them “non-negotiable”"));
        assert!(reads(None, "The five districts are “non-negotiable”"));
        assert!(reads(None, "it “a guarantee by clipboard”"));
    }
}
