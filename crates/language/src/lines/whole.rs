//! What is shown of a sentence: all of it, without what opens its paragraph, and with the sentences in front and behind that share a
//! quotation with it. "I say discussed,” she told reporters" alone would be half of what was said.

use news::Span;

/// Longest stretch that is shown for one sentence, in bytes.
const LONGEST: usize = 700;

/// What is shown of a sentence, itself without what opens its paragraph, between those before and behind it.
pub(super) fn shown(text: &str, before: &[Span], own: Span, behind: &[Span]) -> Span {
    let mut shown = own;
    if Marks::of(shown.of(text)).unopened {
        let from = before.iter().rev().map(|other| other.behind_opening(text).start);
        shown = reaching(text, shown, from.map(|start| Span { start, ..shown }), |marks| !marks.unopened);
    }
    if Marks::of(shown.of(text)).unclosed {
        let to = behind.iter().map(|other| other.end);
        shown = reaching(text, shown, to.map(|end| Span { end, ..shown }), |marks| !marks.unclosed);
    }
    shown
}

/// The first of these wider stretches whose marks are whole; the sentence itself when there is none in its paragraph.
fn reaching(
    text: &str,
    sentence: Span,
    wider: impl Iterator<Item = Span>,
    whole: impl Fn(Marks) -> bool,
) -> Span {
    let near = |span: &Span| span.len() <= LONGEST && !span.of(text).trim().contains('\n');
    wider.take_while(near).find(|span| whole(Marks::of(span.of(text)))).unwrap_or(sentence)
}

/// What the quotation marks of a stretch lack.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Marks {
    /// One closes what did not open here.
    unopened: bool,
    /// One opens what does not close here.
    unclosed: bool,
}

impl Marks {
    fn of(words: &str) -> Self {
        let mut open: Vec<char> = Vec::new();
        let mut unopened = false;
        let mut before = ' ';
        for mark in words.chars() {
            let behind_a_word = before.is_alphanumeric() || ".,!?…;:)".contains(before);
            let opens = match mark {
                '„' | '«' => true,
                // Closes in German what `„` opened, opens in English.
                '“' => !behind_a_word && open.last() != Some(&'„'),
                '"' => !behind_a_word && open.last() != Some(&'"'),
                '”' | '»' => false,
                _ => {
                    before = mark;
                    continue;
                }
            };
            before = mark;
            if opens {
                open.push(mark);
            } else {
                unopened |= open.pop().is_none();
            }
        }
        Self { unopened, unclosed: !open.is_empty() }
    }
}

#[cfg(test)]
mod tests {
    use super::shown;
    use crate::sentences;
    use news::{Language, Span};

    /// What is shown of the sentence that begins so.
    fn check(language: &str, text: &str, begins: &str, expect: &str) {
        let spans = sentences(text, Language::parse(language));
        let place =
            spans.iter().position(|span: &Span| span.of(text).starts_with(begins)).expect("a sentence");
        let shown = shown(text, &spans[..place], spans[place].behind_opening(text), &spans[place + 1..]);
        assert_eq!(shown.of(text), expect);
    }

    #[test]
    fn a_quotation_is_shown_whole() {
        let text = "It rained. “They can be discussed. I say discussed,” she told reporters. Then she left.";
        let whole = "“They can be discussed. I say discussed,” she told reporters.";
        check("en", text, "I say", whole);
        check("en", text, "“They", whole);
        check("en", text, "It rained", "It rained.");
        check("en", text, "Then", "Then she left.");
        let straight = "\"It is over. We won,\" he said.";
        check("en", straight, "We won", straight);
        let german = "Er sprach lange. „Es ist vorbei. Wir gehen“, sagte er.";
        check("de", german, "Wir gehen", "„Es ist vorbei. Wir gehen“, sagte er.");
        let french = "« C'est fini. Nous partons », a-t-il dit.";
        check("fr", french, "Nous", french);
    }

    #[test]
    fn what_is_never_closed_stays_as_it_is() {
        check("en", "“It is over. We won.\nHe left.", "“It", "“It is over.");
        check("en", "KYIV (Agency) — It is over. We won.", "KYIV", "It is over.");
        check("en", "The 6\" pipe burst. Nobody was hurt.", "Nobody", "Nobody was hurt.");
    }
}
