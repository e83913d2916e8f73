//! `/`: the stories of the moment by importance, and the part of it that a live page fetches again.

use crate::Problem;
use crate::house::House;
use crate::page::{self, Chrome};
use crate::paging::{self, Pages};
use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use jiff::Timestamp;
use news::Language;
use serde::Deserialize;
use std::sync::Arc;
use store::FrontQuery;
use store::view::{Front, StoryCard};

/// Stories on a page.
pub(crate) const SIZE: u64 = 30;
/// Stories behind the first one that are shown with their lead.
const GRID: usize = 6;
/// Languages offered as a filter.
const MOST_LANGUAGES: usize = 12;
/// Stories whose languages are counted for it.
const COUNTED: usize = 100;

#[derive(Deserialize)]
pub(crate) struct Asked {
    lang: Option<String>,
    page: Option<u64>,
}

#[derive(Template)]
#[template(path = "front.html")]
struct FrontPage {
    chrome: Chrome,
    list: List,
    languages: Vec<Language>,
    now: Timestamp,
}

#[derive(Template)]
#[template(path = "front_list.html")]
struct FrontList {
    list: List,
    now: Timestamp,
}

/// The stories of one page.
pub(crate) struct List {
    front: Front,
    language: Option<Language>,
    pages: Pages,
}

impl List {
    fn new(front: Front, wanted: &Wanted) -> Self {
        let lang = wanted.language.map(|language| language.to_string()).unwrap_or_default();
        let pages = Pages::new(wanted.page, SIZE, front.total, "/", &[("lang", &lang)]);
        Self { front, language: wanted.language, pages }
    }

    /// The story shown large: the first one of the first page.
    fn lead(&self) -> Option<&StoryCard> {
        self.front.stories.first().filter(|_| self.pages.number == 1)
    }

    /// Stories shown with their lead sentence.
    fn grid(&self) -> &[StoryCard] {
        let end = self.front.stories.len().min(1 + GRID);
        let start = usize::from(self.lead().is_some());
        self.front.stories.get(start..end).filter(|_| self.lead().is_some()).unwrap_or_default()
    }

    /// Stories shown as one line.
    fn rest(&self) -> &[StoryCard] {
        let start = if self.lead().is_some() { 1 + GRID } else { 0 };
        self.front.stories.get(start..).unwrap_or_default()
    }

    /// Where a live page fetches this list again.
    fn fragment(&self) -> String {
        let path = "/fragment/front?".to_owned();
        let start = path.len();
        let mut query = url::form_urlencoded::Serializer::for_suffix(path, start);
        if let Some(language) = self.language {
            query.append_pair("lang", language.code());
        }
        query.append_pair("page", &self.pages.number.to_string()).finish()
    }
}

/// What was asked for, in one of few spellings, so that it can be the key of a kept page.
#[derive(Clone)]
struct Wanted {
    language: Option<Language>,
    page: Option<u64>,
}

impl Wanted {
    fn of(asked: Result<Query<Asked>, QueryRejection>) -> Result<Self, Problem> {
        let Query(asked) = asked.map_err(|_| Problem::Bad("a page is a number".into()))?;
        let language = asked.lang.filter(|tag| !tag.is_empty()).map(|tag| Language::parse(&tag));
        Ok(Self { language, page: asked.page.filter(|page| *page > 1) })
    }

    fn key(&self, what: &str) -> String {
        format!("{what} {:?} {}", self.language, paging::offset(self.page, SIZE))
    }

    fn query(&self) -> FrontQuery {
        FrontQuery {
            limit: SIZE as usize,
            offset: paging::offset(self.page, SIZE) as usize,
            language: self.language,
            ..FrontQuery::default()
        }
    }
}

/// `GET /`
pub(crate) async fn page(
    State(house): State<Arc<House>>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, Problem> {
    let wanted = Wanted::of(asked)?;
    let languages = languages(&house).await?;
    let make = async {
        let query = wanted.query();
        let front = house.ask(move |store| store.front(&query)).await?;
        let chrome = Chrome::new(&house, "Stories", "front").at(&house, "/");
        let now = chrome.now;
        page::render(&FrontPage { list: List::new(front, &wanted), chrome, languages, now })
    };
    let html = house.shelf.take_or_make(&wanted.key("front"), house.tail.newest(), make).await?;
    Ok(page::public(html))
}

/// `GET /fragment/front`: the list alone.
pub(crate) async fn fragment(
    State(house): State<Arc<House>>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, Problem> {
    let wanted = Wanted::of(asked)?;
    let make = async {
        let query = wanted.query();
        let front = house.ask(move |store| store.front(&query)).await?;
        page::render(&FrontList { list: List::new(front, &wanted), now: Timestamp::now() })
    };
    let html = house.shelf.take_or_make(&wanted.key("front list"), house.tail.newest(), make).await?;
    Ok(page::public(html))
}

/// The languages of the most important stories, commonest first; counted anew only now and then.
async fn languages(house: &House) -> Result<Vec<Language>, Problem> {
    let count = async {
        let query = FrontQuery { limit: COUNTED, ..FrontQuery::default() };
        let front = house.ask(move |store| store.front(&query)).await?;
        Ok(commonest(front.stories.iter().map(|card| card.language)))
    };
    let codes = house.shelf.take_or_make("languages", 0, count).await?;
    Ok(String::from_utf8_lossy(&codes).split_whitespace().map(Language::parse).collect())
}

/// Codes with spaces between.
fn commonest(languages: impl Iterator<Item = Language>) -> String {
    let mut counts: Vec<(Language, usize)> = Vec::new();
    for language in languages.filter(|language| language.is_known()) {
        match counts.iter_mut().find(|count| count.0 == language) {
            Some(count) => count.1 += 1,
            None => counts.push((language, 1)),
        }
    }
    counts.sort_by_key(|count| std::cmp::Reverse(count.1));
    counts.iter().take(MOST_LANGUAGES).map(|count| format!("{} ", count.0)).collect()
}

/// Outlets that the card does not name.
pub(crate) fn more_outlets(card: &StoryCard) -> u32 {
    let named = u32::try_from(card.outlet_names.len()).unwrap_or(u32::MAX);
    card.outlets.saturating_sub(named)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    fn laid_out(page: Option<u64>) -> String {
        let list = List::new(sample::front(), &Wanted { language: None, page });
        page::render(&FrontList { list, now: sample::at(0) }).unwrap()
    }

    #[test]
    fn the_first_story_is_large_and_six_have_their_lead() {
        let page = laid_out(None);
        assert_eq!(page.matches("class=\"story top\"").count(), 1);
        assert_eq!(page.matches("<h2").count(), 1 + GRID + 1, "lead, grid, and a heading for the rest");
        assert_eq!(page.matches("data-story=").count(), 12);
        assert!(page.contains("<b>41 outlets</b> · 14 independent"), "{page}");
        assert!(page.contains("82 articles, 20 copies folded"));
        assert!(page.contains("Le Phare</bdi> and 37 more"));
        assert!(page.contains("href=\"/article/11?span=0-"), "a lead leads to its evidence");
        assert!(page.contains(" lang=\"ar\" dir=\"rtl\""));
    }

    #[test]
    fn further_pages_are_plain_lists() {
        let page = laid_out(Some(2));
        assert!(!page.contains("class=\"story top\"") && !page.contains("class=\"grid\""));
        assert_eq!(page.matches("data-story=").count(), 12);
        assert!(page.contains("data-from=\"/fragment/front?page=2\""));
    }

    #[test]
    fn languages_are_offered_by_how_common_they_are() {
        let languages = ["de", "en", "und", "en", "fr", "de", "en"].map(Language::parse);
        assert_eq!(commonest(languages.into_iter()), "en de fr ");
    }
}
