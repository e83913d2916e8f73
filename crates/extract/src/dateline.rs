//! The dateline in front of a first sentence: `KYIV (Reuters) —`, `BERLIN, Nov 3 (dpa) -`. It stays in the text,
//! which is kept as published; here it is only read.

/// Longest dateline, in bytes: two cities, a date and an agency.
const LONGEST: usize = 90;
/// Most words in front of the dash.
const MOST_WORDS: usize = 10;

/// The dateline of an article of these paragraphs: a date or a teaser may stand before the first sentence.
pub(crate) fn among(paragraphs: &[String]) -> Option<String> {
    paragraphs.iter().take(3).find_map(|paragraph| read(paragraph))
}

/// The dateline in front of this paragraph, without the dash.
fn read(paragraph: &str) -> Option<String> {
    let (at, dash) = paragraph
        .char_indices()
        .take_while(|(at, _)| *at <= LONGEST)
        .find(|(at, c)| is_dash(paragraph, *at, *c))?;
    let before = paragraph.get(..at)?.trim();
    let behind = paragraph.get(at + dash.len_utf8()..)?;
    let is_dateline =
        !behind.trim().is_empty() && before.split_whitespace().count() <= MOST_WORDS && names_place(before);
    is_dateline.then(|| before.to_owned())
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
    use super::read;

    #[test]
    fn datelines_are_read() {
        let check = |paragraph: &str, dateline: Option<&str>| {
            assert_eq!(read(paragraph).as_deref(), dateline, "{paragraph}")
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
}
