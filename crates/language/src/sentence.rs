//! Text into sentences: spans over the original text.
//!
//! A line break always ends one. Within a line a full stop ends one unless it belongs to an abbreviation, an
//! initial, an ordinal or a number, or the text goes on in lower case; closing quotes and brackets stay with
//! the sentence they close. One pass from left to right.

mod abbreviations;

use crate::stop;
use abbreviations::is_abbreviation;
use news::{Language, Span};

/// The sentences of `text` in their order, without the white space around them.
pub fn sentences(text: &str, language: Language) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        split_line(line, start, language, &mut found);
        start += line.len();
    }
    found
}

/// Longest word in front of a full stop that is looked at.
const LONGEST_BEFORE: usize = 24;

fn split_line(line: &str, offset: usize, language: Language, found: &mut Vec<Span>) {
    let (mut start, mut next) = (0, 0);
    while let Some((at, c)) = stop_from(line, next) {
        let mut end = at + c.len_utf8();
        let mut strong = c != '.';
        while let Some(following) = line.get(end..).and_then(|rest| rest.chars().next()) {
            if following != ' ' && following != '\u{a0}' && following != '\u{202f}' {
                // In Chinese and Japanese `“` opens only.
                if !ends(following) && (!closes(following) || following == '“' && is_wide(c)) {
                    break;
                }
            } else if !line.get(end..).is_some_and(|rest| rest.trim_start().starts_with('»')) {
                break;
            }
            strong |= ends(following) && following != '.';
            end += following.len_utf8();
        }
        next = end;
        let (before, behind) = (line.get(start..at).unwrap_or_default(), line.get(end..).unwrap_or_default());
        let ended = is_wide(c) || goes_on_new(behind) && (strong || !is_inner_stop(before, behind, language));
        if ended {
            push(line, start, end, offset, found);
            start = end;
        }
    }
    push(line, start, line.len(), offset, found);
}

/// The next mark from a place on that may end a sentence. Most bytes are none, and passed over as bytes.
fn stop_from(line: &str, mut from: usize) -> Option<(usize, char)> {
    loop {
        let rest = line.get(from..)?;
        let at =
            from + rest.bytes().position(|byte| matches!(byte, b'.' | b'!' | b'?') || !byte.is_ascii())?;
        let c = line.get(at..)?.chars().next()?;
        if ends(c) {
            return Some((at, c));
        }
        from = at + c.len_utf8();
    }
}

fn push(line: &str, start: usize, end: usize, offset: usize, found: &mut Vec<Span>) {
    let raw = line.get(start..end).unwrap_or_default();
    let bare = raw.trim();
    if bare.chars().any(char::is_alphanumeric) {
        let from = offset + start + (raw.len() - raw.trim_start().len());
        found.push(Span::new(from, from + bare.len()));
    } else if let Some(last) = found.last_mut().filter(|last| !bare.is_empty() && last.end as usize >= offset)
    {
        last.end = Span::new(0, offset + start + raw.trim_end().len()).end;
    }
}

fn ends(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '｡' | '؟' | '۔' | '।')
}

/// Ends a sentence without white space behind it.
fn is_wide(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '｡')
}

fn closes(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | '“' | ')' | ']' | '」' | '』' | '›')
}

/// Whether what follows begins a sentence: nothing, or white space and then no lower-case letter.
fn goes_on_new(behind: &str) -> bool {
    let next = behind.trim_start();
    if next.is_empty() {
        return true;
    }
    let parted = next.len() < behind.len();
    let first = next.chars().find(|c| !opens(*c));
    parted && !first.is_some_and(|c| c.is_lowercase() || matches!(c, ',' | ';' | ':'))
}

fn opens(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '“'
            | '‘'
            | '«'
            | '„'
            | '‚'
            | '('
            | '['
            | '—'
            | '–'
            | '-'
            | ' '
            | '¿'
            | '¡'
            | '‹'
            | '”'
    )
}

/// Whether the full stop behind `before` belongs to an abbreviation, an initial or an ordinal.
fn is_inner_stop(before: &str, behind: &str, language: Language) -> bool {
    let word = last_word(before);
    let mut letters = word.chars();
    let (Some(first), second) = (letters.next(), letters.next()) else { return false };
    if second.is_none() && first.is_uppercase() {
        return true;
    }
    if first.is_numeric() {
        return word.len() <= 2 && has_ordinal_stops(language);
    }
    if word.contains('.') {
        // `U.S.` may stand at the end: then a word follows that begins sentences.
        return !begins_sentence(behind, language);
    }
    is_abbreviation(word, language)
}

/// The letters, digits and dots that stand last in `before`.
fn last_word(before: &str) -> &str {
    let part = |c: &char| c.is_alphanumeric() || matches!(c, '.');
    let length: usize = before.chars().rev().take(LONGEST_BEFORE).take_while(part).map(char::len_utf8).sum();
    before.get(before.len() - length..).unwrap_or_default().trim_start_matches('.')
}

fn begins_sentence(behind: &str, language: Language) -> bool {
    let word = behind.split_whitespace().next().unwrap_or_default();
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    stop::words(language).contains(word.to_lowercase().as_str())
}

/// Languages that write `3.` for "third".
fn has_ordinal_stops(language: Language) -> bool {
    matches!(
        language.code(),
        "de" | "cs"
            | "sk"
            | "da"
            | "nb"
            | "no"
            | "nn"
            | "fi"
            | "hu"
            | "tr"
            | "et"
            | "lv"
            | "hr"
            | "sr"
            | "sl"
            | "is"
            | "pl"
    )
}

#[cfg(test)]
mod tests {
    use super::sentences;
    use news::Language;

    #[track_caller]
    fn check(code: &str, expect: &[&str]) {
        let text = expect.join(" ");
        let found = sentences(&text, Language::parse(code));
        let found: Vec<_> = found.iter().map(|span| span.of(&text)).collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn english() {
        check("en", &["Mr. Hill met Dr. A. B. Reed in the U.S. Senate.", "They spoke for 3.5 hours."]);
        check("en", &["He lives in the U.S.", "The house is old."]);
        check("en", &["“We go.”", "She left."]);
        check("en", &["\"Why now?\" he asked.", "Nobody knew!", "(It was late.)", "So... they went home…"]);
        check("en", &["Vol. 3 costs $4.50 at www.example.org today.", "Is it?", "Yes."]);
    }

    #[test]
    fn other_languages() {
        check("de", &["Am 3. Mai kam Dr. Maier z. B. nach Ulm.", "„Es regnet.“", "Das war alles."]);
        check("fr", &["M. Petit a dit : « Non. »", "Puis il est parti."]);
        check("ru", &["Это стоит 5 тыс. руб. в год, т. е. мало.", "«Мы уйдем», — сказал он.", "Всё."]);
        check("uk", &["У м. Львів живе 700 тис. Людей багато.", "Так!"]);
        check("es", &["¿Qué pasó?", "El Sr. Ruiz no habló."]);
    }

    #[test]
    fn scripts_without_spaces_and_lines() {
        let text = "他说。“走吧！”他走了。\n下一段\n\nEnd";
        let found = sentences(text, Language::parse("zh"));
        let found: Vec<_> = found.iter().map(|span| span.of(text)).collect();
        assert_eq!(found, ["他说。", "“走吧！”", "他走了。", "下一段", "End"]);
    }
}
