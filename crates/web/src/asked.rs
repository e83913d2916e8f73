//! A correction as a form or a program asks for it, and what it will do in plain words before it is done.

use crate::Problem;
use crate::text;
use news::{ArticleId, Correction, DevelopmentId, StoryId};
use store::view::{Found, StoryView};
use store::{Store, StoreError};

/// Articles named in one correction.
const MOST: usize = 500;

/// What a correction will do.
pub(crate) struct Deed {
    /// A question.
    pub(crate) heading: &'static str,
    /// What the button says.
    pub(crate) button: &'static str,
    /// What it is about, in the outlets' own words.
    pub(crate) about: Vec<String>,
    /// What will happen, a sentence each.
    pub(crate) effects: Vec<String>,
}

/// The correction that the fields of a form on a story's page ask for.
pub(crate) fn correction(story: StoryId, fields: &[(String, String)]) -> Result<Correction, Problem> {
    let field = |name: &str| fields.iter().find(|field| field.0 == name).map_or("", |field| field.1.as_str());
    let bad = |why: &str| Problem::Refused(why.to_owned());
    let articles = || {
        let named = fields.iter().filter(|field| field.0 == "article").take(MOST);
        let articles: Vec<ArticleId> =
            named.filter_map(|field| field.1.parse().ok()).map(ArticleId).collect();
        if articles.is_empty() { Err(bad("choose at least one article")) } else { Ok(articles) }
    };
    let into = || {
        number(field("into")).map(StoryId).ok_or_else(|| bad("give the number of a story, as in /story/12"))
    };
    let development =
        || number(field("development")).map(DevelopmentId).ok_or_else(|| bad("name a development"));
    Ok(match field("kind") {
        "merge" => Correction::Merge { from: story, into: into()? },
        "split" => Correction::Split { story, articles: articles()? },
        "move" => Correction::Move { articles: articles()?, into: into()? },
        "not_news" => Correction::NotNews { development: development()? },
        "is_news" => Correction::IsNews { development: development()? },
        "mute" => Correction::Mute { story },
        "unmute" => Correction::Unmute { story },
        _ => return Err(Problem::Bad("this is no correction".into())),
    })
}

/// `12`, `/story/12`, `/story/12-words` or a whole address that ends so.
fn number(written: &str) -> Option<i64> {
    let last = written.trim().trim_end_matches('/').rsplit('/').next()?;
    let digits = last.split('-').next()?;
    digits.parse().ok().filter(|number| *number > 0)
}

/// What will happen, or why it cannot.
pub(crate) fn deed(
    store: &Store,
    story: StoryId,
    correction: &Correction,
) -> Result<Result<Deed, String>, StoreError> {
    let here = match store.story(story)? {
        Found::Story(view) => view,
        Found::MovedTo(into) => return Ok(Err(format!("this story is part of story {into} now"))),
        Found::Nothing => return Ok(Err(format!("there is no story {story}"))),
    };
    Ok(match correction {
        Correction::Merge { into, .. } => match store.story(*into)? {
            Found::Story(other) if other.card.id != story => Ok(merge(&here, &other)),
            Found::Story(_) => Err("that is this story".to_owned()),
            Found::MovedTo(now) => Err(format!("story {into} is part of story {now} now")),
            Found::Nothing => Err(format!("there is no story {into}")),
        },
        Correction::Split { articles, .. } => Ok(split(&here, articles)),
        Correction::Move { articles, into } => match store.story(*into)? {
            Found::Story(other) if other.card.id != story => Ok(moved(&here, articles, &other)),
            Found::Story(_) => Err("these articles are in that story already".to_owned()),
            Found::MovedTo(now) => Err(format!("story {into} is part of story {now} now")),
            Found::Nothing => Err(format!("there is no story {into}")),
        },
        Correction::NotNews { development } | Correction::IsNews { development } => {
            let words = store.development(*development)?.and_then(|found| {
                (found.story == story).then(|| found.evidence.first().map(|first| first.text.clone()))
            });
            match words {
                Some(words) => Ok(judged(matches!(correction, Correction::NotNews { .. }), words)),
                None => Err(format!("development {development} is not of this story")),
            }
        }
        Correction::Mute { .. } => Ok(mute(&here)),
        Correction::Unmute { .. } => Ok(unmute(&here)),
        Correction::Family { .. } => Err("that is about no story".to_owned()),
    })
}

fn articles(count: usize) -> String {
    text::count(count, "article", "articles")
}

fn merge(here: &StoryView, other: &StoryView) -> Deed {
    let count = articles(here.card.articles as usize);
    Deed {
        heading: "Are these one story?",
        button: "Merge them",
        about: vec![here.card.title.clone(), other.card.title.clone()],
        effects: vec![
            format!(
                "This story ends. Its {count} and what was new in it stand in story {} from now on.",
                other.card.id
            ),
            format!(
                "Its address /story/{} leads there for ever, and who follows it follows the other.",
                here.card.id
            ),
            "The program will not part them again.".to_owned(),
        ],
    }
}

fn split(here: &StoryView, chosen: &[ArticleId]) -> Deed {
    Deed {
        heading: "Are these a story of their own?",
        button: "Split the story",
        about: titles(here, chosen),
        effects: vec![
            format!(
                "{} and what repeats the same text leave this story and open a new one.",
                articles(chosen.len())
            ),
            "What was new in them goes along. Who follows this story goes on following this one alone."
                .to_owned(),
            "The program will not bring them back, and will not merge the two.".to_owned(),
        ],
    }
}

fn moved(here: &StoryView, chosen: &[ArticleId], other: &StoryView) -> Deed {
    Deed {
        heading: "Do these belong to the other story?",
        button: "Move them",
        about: titles(here, chosen),
        effects: vec![
            format!("{} and what repeats the same text go to:", articles(chosen.len())),
            other.card.title.clone(),
            "What was new in them goes along. The program will not bring them back, and will not merge the two.".to_owned(),
        ],
    }
}

fn judged(withdrawn: bool, words: Option<String>) -> Deed {
    let about = words.into_iter().collect();
    if withdrawn {
        Deed {
            heading: "Is this no news?",
            button: "It is no news",
            about,
            effects: vec![
                "It leaves every list. Whoever waits to be told is not told; a message that is on a device stays there.".to_owned(),
                "Reports that tell the same are no news either, unless they correct it or count on.".to_owned(),
                "The articles stay.".to_owned(),
            ],
        }
    } else {
        Deed {
            heading: "Is this news after all?",
            button: "It is news",
            about,
            effects: vec!["It comes back to the lists. Nobody is sent it.".to_owned()],
        }
    }
}

fn mute(here: &StoryView) -> Deed {
    Deed {
        heading: "Mute this story?",
        button: "Mute",
        about: vec![here.card.title.clone()],
        effects: vec![
            "It leaves the front page, and what is new in it leaves the lists of speakers, places and searches."
                .to_owned(),
            "Nothing of it is sent to anybody, followers included. Its page goes on.".to_owned(),
            "You can bring it back at any time.".to_owned(),
        ],
    }
}

fn unmute(here: &StoryView) -> Deed {
    Deed {
        heading: "Bring this story back?",
        button: "Bring it back",
        about: vec![here.card.title.clone()],
        effects: vec![
            "It comes back to the front page and the lists, and what is new in it from now on is sent."
                .to_owned(),
        ],
    }
}

fn titles(story: &StoryView, chosen: &[ArticleId]) -> Vec<String> {
    let all = story.coverage.iter().flat_map(|group| &group.articles);
    let all = all.flat_map(|article| std::iter::once(article).chain(&article.copies));
    all.filter(|article| chosen.contains(&article.id)).map(|article| article.title.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_says_what_is_meant() {
        let check = |fields: &[(&str, &str)]| {
            let fields: Vec<(String, String)> =
                fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
            correction(StoryId(3), &fields).ok()
        };
        let chosen = vec![ArticleId(4), ArticleId(5)];
        let two = [("article", "4"), ("article", "5")];
        assert_eq!(
            check(&[("kind", "merge"), ("into", "https://a.example/story/12-talks")]),
            Some(Correction::Merge { from: StoryId(3), into: StoryId(12) })
        );
        assert_eq!(
            check(&[("kind", "split"), two[0], two[1]]),
            Some(Correction::Split { story: StoryId(3), articles: chosen.clone() })
        );
        assert_eq!(
            check(&[("kind", "move"), two[0], two[1], ("into", "9")]),
            Some(Correction::Move { articles: chosen, into: StoryId(9) })
        );
        assert_eq!(check(&[("kind", "split")]), None);
        assert_eq!(check(&[("kind", "merge"), ("into", "talks")]), None);
        assert_eq!(check(&[("kind", "not_news"), ("development", "")]), None);
        assert_eq!(check(&[("kind", "burn")]), None);
    }
}
