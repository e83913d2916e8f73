//! `/follow`: one thing and the ways to follow it. Where a press on the button leads without script, and where the
//! button on other sites leads.

use crate::house::House;
use crate::page::{self, Chrome};
use crate::pages::follows::{Done, told_by};
use crate::peer::Peer;
use crate::reader::{self, Maybe, Reader, ReaderForm};
use crate::{Problem, target, text};
use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Extension, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use news::{Follow, Language, Target, Threshold};
use serde::Deserialize;
use std::sync::Arc;
use store::view::ReceiverView;
use url::Url;

/// Longest address of an article that is looked up.
const LONGEST_URL: usize = 2_048;

#[derive(Deserialize)]
pub(crate) struct Asked {
    kind: Option<String>,
    of: Option<String>,
    url: Option<String>,
    done: Option<Done>,
}

#[derive(Template)]
#[template(path = "follow.html")]
struct FollowPage {
    chrome: Chrome,
    shown: Shown,
    follow: Option<Follow>,
    receivers: Vec<ReceiverView>,
    ways: Ways,
    notice: Option<&'static str>,
}

#[derive(Template)]
#[template(path = "follow_nothing.html")]
struct NothingPage {
    chrome: Chrome,
    host: String,
}

/// A target as it is shown.
pub(crate) struct Shown {
    pub(crate) target: Target,
    pub(crate) title: String,
    pub(crate) language: Language,
}

/// What the forms for other channels need.
pub(crate) struct Ways {
    pub(crate) token: String,
    /// Mail can leave.
    pub(crate) mail: bool,
    /// What is followed with the same press; empty for nothing.
    pub(crate) kind: String,
    pub(crate) of: String,
}

impl Ways {
    pub(crate) fn new(house: &House, reader: Option<&Reader>, target: Option<&Target>) -> Self {
        Self {
            token: reader.map(Reader::form_token).unwrap_or_default(),
            mail: house.settings.mail,
            kind: target.map(|target| target.kind().to_owned()).unwrap_or_default(),
            of: target.map(|target| target::of(target).into_owned()).unwrap_or_default(),
        }
    }
}

/// `GET /follow?kind=&of=`, `GET /follow?url=`
pub(crate) async fn page(
    State(house): State<Arc<House>>,
    Maybe(reader): Maybe,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, Problem> {
    let Query(asked) = asked.map_err(|_| Problem::NotFound)?;
    if let Some(url) = &asked.url {
        return by_address(&house, url).await;
    }
    let (kind, of) = (asked.kind.unwrap_or_default(), asked.of.unwrap_or_default());
    let asked_for = target::read(&kind, &of).ok_or(Problem::NotFound)?;
    let shown = show(&house, &asked_for).await?;
    if shown.target != asked_for {
        return Ok(Redirect::to(&target::follow_page(&shown.target)).into_response());
    }
    let (follow, receivers) = match &reader {
        Some(reader) => {
            let (id, wanted) = (reader.id, shown.target.clone());
            house.ask(move |store| Ok((store.follow_of(id, &wanted)?, store.receivers(id)?))).await?
        }
        None => (None, Vec::new()),
    };
    let page = FollowPage {
        chrome: Chrome::new(&house, &format!("Follow: {}", shown.title), "follow").unlisted(),
        ways: Ways::new(&house, reader.as_ref(), Some(&shown.target)),
        notice: asked.done.map(Done::words),
        shown,
        follow,
        receivers,
    };
    Ok(page::private(page::render(&page)?))
}

/// The page of the story that the article at `url` is in.
async fn by_address(house: &House, url: &str) -> Result<Response, Problem> {
    let found = story_for(house, url).await?;
    if let Some((target, _)) = found {
        return Ok(Redirect::to(&target::follow_page(&target)).into_response());
    }
    let chrome = Chrome::new(house, "Not followed here", "follow").unlisted();
    let host = text::host(url).unwrap_or_default();
    let mut response = page::private(page::render(&NothingPage { chrome, host })?);
    *response.status_mut() = axum::http::StatusCode::NOT_FOUND;
    Ok(response)
}

/// The story of an article's address, with its title.
pub(crate) async fn story_for(house: &House, url: &str) -> Result<Option<(Target, String)>, Problem> {
    let forms = forms(url);
    if forms.is_empty() {
        return Ok(None);
    }
    let found = house.ask(move |store| store.story_at(&forms)).await?;
    Ok(found.map(|(story, title)| (Target::Story(story), title)))
}

/// The forms in which one article's address is written: with and without `www`, a last slash, and what campaigns add.
fn forms(written: &str) -> Vec<String> {
    let url = Url::parse(written.trim()).ok().filter(|_| written.len() <= LONGEST_URL);
    let Some(mut url) = url.filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host()) else {
        return Vec::new();
    };
    url.set_fragment(None);
    let kept: Vec<(String, String)> = url
        .query_pairs()
        .filter(|(name, _)| !is_campaign(name))
        .map(|(n, v)| (n.into_owned(), v.into_owned()))
        .collect();
    let mut forms = vec![url.to_string()];
    url.set_query(None);
    if !kept.is_empty() {
        url.query_pairs_mut().extend_pairs(kept);
    }
    for scheme in ["https", "http"] {
        // The scheme of a web address can be changed to the other; a refusal leaves one form less.
        let _ = url.set_scheme(scheme);
        let host = url.host_str().unwrap_or_default().to_owned();
        let other = host.strip_prefix("www.").map_or_else(|| format!("www.{host}"), str::to_owned);
        for host in [host, other] {
            let mut one = url.clone();
            if one.set_host(Some(&host)).is_err() {
                continue;
            }
            forms.push(one.to_string());
            let path = one.path().to_owned();
            one.set_path(&path.strip_suffix('/').map_or_else(|| format!("{path}/"), str::to_owned));
            forms.push(one.to_string());
        }
    }
    forms.dedup();
    forms
}

fn is_campaign(name: &str) -> bool {
    name.starts_with("utm_") || matches!(name, "fbclid" | "gclid" | "mc_cid" | "mc_eid")
}

/// `POST /follow`: follows, and makes a reader of whoever has none.
pub(crate) async fn follow(
    State(house): State<Arc<House>>,
    Extension(peer): Extension<Peer>,
    form: ReaderForm,
) -> Result<Response, Problem> {
    let wanted = target::read(form.field("kind"), form.field("of")).ok_or(Problem::NotFound)?;
    let reader = reader::known_or_new(form.reader.clone(), &house, peer).await?;
    keep(&house, &reader, &wanted).await?;
    let to = format!("{}&done=followed", target::follow_page(&wanted));
    Ok(reader::with_cookie(Redirect::to(&to).into_response(), &reader, &house))
}

/// Follows with the usual threshold; what is followed already stays as it is.
pub(crate) async fn keep(house: &House, reader: &Reader, wanted: &Target) -> Result<Follow, Problem> {
    let (id, wanted, now) = (reader.id, wanted.clone(), Timestamp::now());
    let kept = house.change(move |store| {
        if let Some(follow) = store.follow_of(id, &wanted)? {
            return Ok(Some(follow));
        }
        store.write(|writer| writer.follow(id, &wanted, Threshold::default(), 1, now))?;
        // A story that was merged is followed as the one that it became.
        let follows = store.follows(id)?;
        Ok(store.follow_of(id, &wanted)?.or_else(|| follows.into_iter().next().map(|view| view.follow)))
    });
    told_by(kept.await)?.ok_or(Problem::NotFound)
}

/// A target with its title; a story that was merged as the one that it became.
pub(crate) async fn show(house: &House, wanted: &Target) -> Result<Shown, Problem> {
    let Target::Story(story) = *wanted else {
        let title = target::of(wanted).into_owned();
        return Ok(Shown { target: wanted.clone(), title, language: Language::UNKNOWN });
    };
    let found = house.ask(move |store| store.story_title(story)).await?;
    let (story, title, language) = found.ok_or(Problem::NotFound)?;
    Ok(Shown { target: Target::Story(story), title, language })
}

#[cfg(test)]
mod tests {
    use super::forms;

    #[test]
    fn one_article_is_found_under_each_form_of_its_address() {
        let kept = "https://herald.example/a/1?id=7";
        for written in [
            kept,
            "http://www.herald.example/a/1/?id=7",
            "https://herald.example/a/1?id=7&utm_source=x#comments",
            " https://herald.example/a/1?fbclid=9&id=7 ",
        ] {
            assert!(forms(written).iter().any(|form| form == kept), "{written}: {:?}", forms(written));
        }
        assert!(!forms("https://herald.example/a/1").iter().any(|form| form == kept));
        for wrong in ["", "herald.example", "javascript:alert(1)", "file:///etc/passwd"] {
            assert!(forms(wrong).is_empty(), "{wrong}");
        }
    }
}
