//! What can be followed, as addresses, forms and scripts name it: a kind and what it is of.

use crate::text;
use news::{StoryId, Target};
use std::borrow::Cow;
use url::form_urlencoded::byte_serialize;

/// Longest name or search, in characters.
const LONGEST: usize = 300;

/// A target that somebody named; `None` when there can be no such thing.
pub(crate) fn read(kind: &str, of: &str) -> Option<Target> {
    let words = || {
        let words: String = text::one_line(of).split_whitespace().collect::<Vec<_>>().join(" ");
        (!words.is_empty() && words.chars().nth(LONGEST).is_none()).then_some(words)
    };
    Some(match kind {
        "story" => Target::Story(StoryId(of.parse().ok().filter(|id| *id > 0)?)),
        "actor" => Target::Actor(words()?),
        "place" => Target::Place(words()?),
        "search" => Target::Search(words()?),
        _ => return None,
    })
}

/// What it is of, as [`read`] takes it.
pub(crate) fn of(target: &Target) -> Cow<'_, str> {
    match target {
        Target::Story(story) => Cow::Owned(story.to_string()),
        Target::Actor(words) | Target::Place(words) | Target::Search(words) => Cow::Borrowed(words),
    }
}

/// The page where it can be followed.
pub(crate) fn follow_page(target: &Target) -> String {
    format!("/follow?kind={}&of={}", target.kind(), encoded(&of(target)))
}

/// The page that shows it.
pub(crate) fn page(target: &Target) -> String {
    match target {
        Target::Story(story) => format!("/story/{story}"),
        Target::Actor(key) => format!("/actor?key={}", encoded(key)),
        Target::Place(key) => format!("/place?key={}", encoded(key)),
        Target::Search(words) => format!("/search?q={}", encoded(words)),
    }
}

/// Where a name is searched for that nobody, or no place, is known by.
pub(crate) fn search(target: &Target) -> String {
    match target {
        Target::Actor(key) => format!("/actors?q={}", encoded(key)),
        Target::Place(key) => format!("/search?q={}", encoded(&format!("\"{key}\""))),
        Target::Story(_) | Target::Search(_) => page(target),
    }
}

/// Its feed, ending in `.xml` (Atom) or `.json` (JSON Feed).
pub(crate) fn feed(target: &Target, ending: &str) -> String {
    format!("/feed/{}.{ending}?of={}", target.kind(), encoded(&of(target)))
}

fn encoded(words: &str) -> String {
    byte_serialize(words.as_bytes()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_named_by_kind_and_of() {
        let check = |kind, of: &str, page: Option<&str>| {
            let target = read(kind, of);
            assert_eq!(target.as_ref().map(follow_page).as_deref(), page, "{kind} {of}");
            if let Some(target) = target {
                assert_eq!(read(target.kind(), &super::of(&target)), Some(target));
            }
        };
        check("story", "12", Some("/follow?kind=story&of=12"));
        check("story", "-1", None);
        check("story", "twelve", None);
        check("actor", " Ada  Moreno ", Some("/follow?kind=actor&of=Ada+Moreno"));
        check("search", "a&b=\"c\"", Some("/follow?kind=search&of=a%26b%3D%22c%22"));
        check("search", "\u{202E} \n", None);
        check("place", &"x".repeat(301), None);
        check("outlet", "1", None);
    }
}
