//! What a link to a page shows elsewhere: in a chat, a forum, on another site. Only what stands on the page itself: its
//! title, and words of an outlet with the outlet's name behind them. Nothing is summed up, and pictures of articles are
//! left where they are: the picture is our own icon.

use crate::house::House;
use crate::{assets, text};

/// Longest words, in characters; chats cut earlier.
const LONGEST: usize = 300;

/// The preview of a page, in the words of the Open Graph protocol.
pub(crate) struct Preview {
    /// `article`, `profile` or `website`.
    pub(crate) kind: &'static str,
    pub(crate) title: String,
    /// Somebody's words and whose they are.
    pub(crate) words: Option<String>,
    /// The page's and the icon's address, where anybody else can reach them.
    pub(crate) address: Option<String>,
    pub(crate) icon: Option<String>,
}

impl Preview {
    /// The preview of a page whose one address is `canonical`.
    pub(crate) fn new(house: &House, kind: &'static str, title: &str, canonical: Option<&str>) -> Self {
        let public = house.is_public();
        Self {
            kind,
            title: text::one_line(title).into_owned(),
            words: None,
            address: canonical.filter(|_| public).map(str::to_owned),
            icon: public.then(|| house.address(assets::href("icon.png"))),
        }
    }
}

/// Words as a preview gives them: `The ferry ran aground … — Harbour Herald`.
pub(crate) fn quoted(words: &str, outlet: &str) -> Option<String> {
    let line = text::one_line(words);
    let words = text::short(line.trim(), LONGEST);
    (!words.is_empty()).then(|| format!("{words} — {}", text::one_line(outlet)))
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn words_are_given_with_their_outlet() {
        let check = |words, said: Option<&str>| assert_eq!(quoted(words, "Nordbote").as_deref(), said);
        check("Two lines\nof a desk.", Some("Two lines of a desk. — Nordbote"));
        check(" ", None);
        let long = quoted(&"word ".repeat(200), "Nordbote").unwrap();
        assert!(long.ends_with("word … — Nordbote") && long.chars().count() < 320, "{long}");
    }
}
