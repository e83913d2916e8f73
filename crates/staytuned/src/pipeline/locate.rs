//! Where it happens, from an article into the store: places are found while the article is read, and kept in the
//! transaction that files it.

use super::demo;
use news::{Article, ArticleId, PlaceMention, Reading};
use store::{NewMentions, Result, Writer};

/// The places that an article names: in its headline and in its text.
#[derive(Debug, Default)]
pub(crate) struct Located {
    pub(crate) title: Vec<PlaceMention>,
    pub(crate) text: Vec<PlaceMention>,
}

/// Finds the places of an article. Sentences that the outlet prints under everything are no news from a place.
pub(crate) fn located(article: &Article, reading: &Reading) -> Located {
    if let Some((title, text)) = demo::places::named(article) {
        return Located { title, text };
    }
    let mut found = language::places(&[&article.title, &article.text], reading.language);
    let mut text = found.pop().unwrap_or_default();
    text.retain(|mention| mention.span.begun_in(&reading.sentences).is_some());
    Located { title: found.pop().unwrap_or_default(), text }
}

/// Keeps the places of an article that was just filed.
pub(super) fn keep(
    writer: &mut Writer,
    id: ArticleId,
    article: &Article,
    reading: &Reading,
    located: &Located,
) -> Result<()> {
    writer.keep_places(
        id,
        &NewMentions {
            title: &article.title,
            text: &article.text,
            in_title: &located.title,
            in_text: &located.text,
            key_of: language::name_key,
            sentences: &reading.sentences,
        },
    )
}
