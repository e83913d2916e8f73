//! Times told in a text: spans, each with the day, week, month or year that it means when the text was published.
//!
//! English, German, French, Spanish, Russian and Ukrainian in their plain forms: `Sept 2022`, `Feb. 26`, `Tuesday`, `last
//! week`, `three days ago`, `two days earlier` (counted from the time told before). A weekday is the last one up to the
//! publication, unless its phrase speaks of what is to come. What is not sure is left out: a lone number is no year.
//!
//! For a timeline: read the sentence of a development with the day its article was published on (`dates(sentence,
//! language, day)`); a time with `Precision::Day` dates what the sentence tells, the publication dates the rest.

mod lexicon;
mod phrase;
mod resolve;

use crate::tokens;
use jiff::civil::Date;
use lexicon::{Lexicon, Openings};
use news::{Language, ToldTime};
use phrase::Words;
use resolve::resolve;

/// Times of one text at most, and bytes of a text that are looked at.
const MOST: usize = 300;
const LONGEST: usize = 200_000;

/// The times that a text tells which was published on this day.
pub fn dates(text: &str, language: Language, published: Date) -> Vec<ToldTime> {
    let (Some(lexicon), Some(openings)) = (lexicon::of(language), Openings::of(language)) else {
        return Vec::new();
    };
    if text.len() > LONGEST {
        return Vec::new();
    }
    let tokens = tokens(text, language);
    let words = Words::new(text, &tokens, lexicon);
    let (mut found, mut at): (Vec<ToldTime>, usize) = (Vec::new(), 0);
    while at < words.len() && found.len() < MOST {
        let opens = openings.has(words.lower(at));
        let Some(phrase) = opens.then(|| phrase::at(&words, at)).flatten() else {
            at += 1;
            continue;
        };
        let before = found.last().map(|told| told.date);
        if let Some((date, precision)) = resolve(&phrase, published, before) {
            found.push(ToldTime { span: words.span(phrase.from, phrase.end), date, precision });
        }
        at = phrase.end.max(at + 1);
    }
    found
}

/// Whether the words before a phrase speak of what is to come.
fn is_ahead(words: &Words, at: usize, lexicon: &Lexicon) -> bool {
    (at.saturating_sub(7)..at)
        .any(|near| words.same_sentence(near, at) && lexicon::has(lexicon.future, words.lower(near)))
}

#[cfg(test)]
mod tests {
    use super::dates;
    use jiff::civil::Date;
    use news::{Language, Precision};

    /// `en<tab>2025-05-21<tab>It rained [on Tuesday=2025-05-20].`; a month is `2025-05`, a week `2025-05-12w`.
    #[test]
    fn told_times_are_resolved() {
        let mut wrong = Vec::new();
        let lines = include_str!("../tests/fixtures/dates.txt").lines().filter(|line| !line.starts_with('#'));
        for (number, line) in lines.enumerate() {
            let columns: Vec<&str> = line.split('\t').collect();
            let [language, published, marked] = columns[..] else { panic!("{line}") };
            let (text, expect) = unmarked(marked);
            let published: Date = published.parse().unwrap();
            let found: Vec<String> = dates(&text, Language::parse(language), published)
                .iter()
                .map(|told| format!("{}={}", told.span.of(&text), shown(told.date, told.precision)))
                .collect();
            if found != expect {
                wrong.push(format!("{number}: {text}\n  found {found:?}\n  not   {expect:?}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    fn unmarked(marked: &str) -> (String, Vec<String>) {
        let (mut text, mut expect) = (String::new(), Vec::new());
        for (number, part) in marked.split('[').enumerate() {
            match part.split_once(']').filter(|_| number > 0) {
                Some((told, rest)) => {
                    text.push_str(told.split_once('=').unwrap().0);
                    text.push_str(rest);
                    expect.push(told.to_owned());
                }
                None => text.push_str(part),
            }
        }
        (text, expect)
    }

    fn shown(date: Date, precision: Precision) -> String {
        match precision {
            Precision::Day => date.to_string(),
            Precision::Week => format!("{date}w"),
            Precision::Month => format!("{:04}-{:02}", date.year(), date.month()),
            Precision::Year => format!("{:04}", date.year()),
        }
    }
}
