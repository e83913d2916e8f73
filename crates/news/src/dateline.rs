//! The dateline in front of a first sentence: `KYIV (Reuters) —`, `BERLIN, Nov 3 (dpa) -`. It stays in the text, which is kept as
//! published; here it is found, to be named and to be passed over.

use crate::Span;

/// Longest dateline, in bytes: two cities, a date and an agency.
const LONGEST: usize = 90;
/// Most words in front of the dash.
const MOST_WORDS: usize = 10;

/// A place, and perhaps a date and an agency, in front of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dateline<'a> {
    /// Without the dash.
    pub words: &'a str,
    /// Where what it stands in front of begins, in bytes from the paragraph's start.
    pub end: usize,
}

impl<'a> Dateline<'a> {
    /// The dateline of a paragraph.
    pub fn of(paragraph: &'a str) -> Option<Self> {
        let (at, dash) = paragraph
            .char_indices()
            .take_while(|(at, _)| *at <= LONGEST)
            .find(|(at, c)| is_dash(paragraph, *at, *c))?;
        let words = paragraph.get(..at)?.trim();
        let behind =
            paragraph.get(at + dash.len_utf8()..)?.trim_start_matches(['-', '–', '—', ' ', '\u{a0}']);
        let is_dateline =
            !behind.trim().is_empty() && words.split_whitespace().count() <= MOST_WORDS && names_place(words);
        is_dateline.then_some(Self { words, end: paragraph.len() - behind.len() })
    }
}

impl Span {
    /// Without the dateline, or the time of a live report ("20:08"), that opens a paragraph, if a whole sentence follows it: what is
    /// shown and compared begins with the news. "NATO — the alliance — said" is left as it is.
    #[must_use]
    pub fn behind_opening(self, text: &str) -> Self {
        let before = text.get(..self.start as usize).unwrap_or("x");
        let words = self.of(text);
        let opens = before.is_empty() || before.ends_with('\n');
        let end = || Dateline::of(words).map(|dateline| dateline.end).or_else(|| time(words));
        let behind =
            opens.then(end).flatten().map(|end| Self::new(self.start as usize + end, self.end as usize));
        behind.filter(|behind| !behind.of(text).starts_with(char::is_lowercase)).unwrap_or(self)
    }
}

/// Where what follows the time of a live report begins: `20:08`, `8.05 pm:`, `14.30 Uhr -`.
fn time(words: &str) -> Option<usize> {
    const NAMES: &[&str] = &["am", "pm", "a.m.", "p.m.", "Uhr", "GMT", "BST", "CET", "ET"];
    let digits = |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let hour = digits(words);
    let minutes = words.get(hour..)?.strip_prefix([':', '.', 'h'])?;
    if !(1..=2).contains(&hour) || digits(minutes) != 2 {
        return None;
    }
    let rest = minutes.get(2..)?;
    let named = NAMES.iter().find_map(|name| rest.trim_start_matches(' ').strip_prefix(name));
    // A point stands in prices too: "12.50 Euro".
    if named.is_none() && words.as_bytes().get(hour) == Some(&b'.') {
        return None;
    }
    let rest = named.unwrap_or(rest);
    let behind = rest.trim_start_matches([' ', ':', '-', '–', '—', '\u{a0}']);
    (behind.len() < rest.len() && !behind.is_empty()).then_some(words.len() - behind.len())
}

/// A dash between words, or two hyphens; not a hyphen within a word.
fn is_dash(text: &str, at: usize, c: char) -> bool {
    let spaced = |text: Option<&str>, behind: bool| {
        text.is_some_and(
            |text| if behind { text.starts_with([' ', '-']) } else { text.ends_with([' ', ')']) },
        )
    };
    match c {
        '—' | '–' => true,
        '-' => spaced(text.get(..at), false) && spaced(text.get(at + 1..), true),
        _ => false,
    }
}

/// Capital letters throughout (`TEL AVIV, Israel`), or a capitalised place with an agency in brackets.
fn names_place(before: &str) -> bool {
    let place = before.split(['(', ',']).next().unwrap_or_default().trim();
    let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
    let shouted = letters(place) >= 3
        && !place.chars().any(char::is_lowercase)
        && place.chars().any(char::is_uppercase);
    let agency = before
        .strip_suffix(')')
        .and_then(|rest| rest.rsplit_once('('))
        .is_some_and(|(_, name)| letters(name) >= 2);
    let capitalised =
        !place.is_empty() && place.split_whitespace().all(|word| word.starts_with(char::is_uppercase));
    let sober = !before.contains(['"', '“', '«', '?', '!', ';']);
    sober && (shouted || (agency && capitalised && place.split_whitespace().count() <= 4))
}

#[cfg(test)]
mod tests {
    use super::{Dateline, Span};

    #[test]
    fn datelines_are_found() {
        let check = |paragraph: &str, dateline: Option<&str>| {
            assert_eq!(Dateline::of(paragraph).map(|dateline| dateline.words), dateline, "{paragraph}")
        };
        check("KYIV (Reuters) — The minister spoke.", Some("KYIV (Reuters)"));
        check("KYIV (Reuters) - The minister spoke.", Some("KYIV (Reuters)"));
        check("BERLIN, Nov 3 (dpa) - Der Minister sprach.", Some("BERLIN, Nov 3 (dpa)"));
        check("Berlin (dpa) – Der Minister sprach.", Some("Berlin (dpa)"));
        check("TEL AVIV, Israel — The minister spoke.", Some("TEL AVIV, Israel"));
        check("КИЇВ, 3 листопада (Агенція) — Міністр сказав.", Some("КИЇВ, 3 листопада (Агенція)"));
        check("WASHINGTON -- The minister spoke.", Some("WASHINGTON"));
        check("The minister — who is ill — spoke.", None);
        check("A well-known minister spoke.", None);
        check("\"NO\" — that was all he said.", None);
    }

    #[test]
    fn what_is_shown_begins_behind_it() {
        let check = |text: &str, from: &str, shown: &str| {
            let start = text.find(from).unwrap();
            assert_eq!(Span::new(start, text.len()).behind_opening(text).of(text), shown, "{text}")
        };
        check("KYIV (Reuters) — The minister spoke.", "KYIV", "The minister spoke.");
        check("WASHINGTON -- “No,” he said.", "WASH", "“No,” he said.");
        check("Updated at noon.\nBerlin (dpa) – Der Minister sprach.", "Berlin", "Der Minister sprach.");
        check("20:08 The talks go on.", "20:08", "The talks go on.");
        check("8.05 pm: The talks go on.", "8.05", "The talks go on.");
        check("14.30 Uhr - Die Gespräche gehen weiter.", "14", "Die Gespräche gehen weiter.");
        check("12.50 Euro sind zu viel.", "12", "12.50 Euro sind zu viel.");
        check("12:0 was the score.", "12", "12:0 was the score.");
        check("NATO — the alliance — met.", "NATO", "NATO — the alliance — met.");
        check("They met. GENEVA — The talks go on.", "GENEVA", "GENEVA — The talks go on.");
    }
}
