//! Whether a sentence can be read alone: one that opens with "she", "that" or "il" points to what stood before it, and
//! one that opens with a quotation and names nobody does not say whose words they are.

use crate::hash::{Map, WordSet};
use crate::terms::normalise;
use news::{Language, Term, TermKind};
use std::sync::LazyLock;

/// Words that point back when a sentence opens with them, by language: pronouns and demonstratives, and those that go on.
#[rustfmt::skip]
const BACK: &[(&str, &[&str])] = &[
    ("en", &[
        "he", "she", "it", "they", "we", "i", "you", "this", "that", "these", "those", "his", "her", "hers",
        "its", "their", "there", "here", "but", "and", "so", "such", "both",
    ]),
    ("de", &[
        "er", "sie", "es", "wir", "ich", "ihr", "das", "dies", "diese", "dieser", "dieses", "diesem", "diesen",
        "jene", "jener", "dabei", "dazu", "davon", "damit", "dafür", "dagegen", "darum", "dort", "hier",
        "seine", "sein", "ihre", "und", "aber", "doch", "beide",
    ]),
    ("fr", &[
        "il", "elle", "ils", "elles", "on", "nous", "je", "vous", "c", "ce", "ceci", "cela", "ça", "cet",
        "cette", "ces", "celui", "celle", "ceux", "celles", "son", "sa", "ses", "leur", "leurs", "y", "et",
        "mais",
    ]),
    ("es", &[
        "él", "ella", "ellos", "ellas", "ello", "nosotros", "yo", "esto", "eso", "este", "esta", "estos",
        "estas", "ese", "esa", "esos", "esas", "aquel", "aquella", "su", "sus", "ahí", "allí", "y", "pero",
        "ambos",
    ]),
    ("uk", &[
        "він", "вона", "воно", "вони", "ми", "я", "ви", "це", "цей", "ця", "ці", "той", "та", "те", "ті",
        "його", "її", "їх", "їхній", "там", "тут", "і", "й", "але", "обидва",
    ]),
    ("ru", &[
        "он", "она", "оно", "они", "мы", "я", "вы", "это", "этот", "эта", "эти", "тот", "та", "те", "его",
        "её", "ее", "их", "там", "тут", "здесь", "и", "но", "оба",
    ]),
];

static POINTING_BACK: LazyLock<Map<&'static str, WordSet<String>>> = LazyLock::new(|| {
    BACK.iter().map(|(code, words)| (*code, words.iter().map(|word| normalise(word)).collect())).collect()
});

/// Marks that open a quotation.
const OPENS: &[char] = &['"', '“', '”', '„', '«', '»', '‘', '‚', '‹', '\''];

/// See the module; `terms` are those of the sentence. Where we have no list of words, nothing leans but a quotation.
pub(super) fn leans(text: &str, terms: &[Term], language: Language) -> bool {
    if text.trim_start().starts_with(OPENS) {
        return !terms.iter().any(|term| term.kind == TermKind::Name);
    }
    let first = text.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty()).unwrap_or_default();
    POINTING_BACK.get(language.code()).is_some_and(|words| words.contains(&normalise(first)))
}

#[cfg(test)]
mod tests {
    use super::leans;
    use news::{Language, Term, TermKind};

    #[test]
    fn what_points_back_cannot_stand_alone() {
        for (code, leaning, plain) in [
            ("en", "It is rare that a bridge is moved.", "The bridge at Karsk was moved."),
            ("de", "Das hat der Rat am Abend entschieden.", "Der Rat entschied am Abend."),
            ("fr", "C’est le troisième pont.", "Le troisième pont a cédé."),
            ("es", "Ella no quiso hablar.", "Elena Ruiz no quiso hablar."),
            ("uk", "Це вирішила рада.", "Рада вирішила закрити міст."),
            ("ru", "Они уехали ночью.", "Жители уехали ночью."),
            ("en", "“We are at nine.”", "Nine were found."),
        ] {
            let language = Language::parse(code);
            assert!(leans(leaning, &[], language), "{leaning}");
            assert!(!leans(plain, &[], language), "{plain}");
        }
        let named = Term { key: "corvin".to_owned(), kind: TermKind::Name };
        assert!(
            !leans("“We are at nine,” Corvin said.", &[named], Language::ENGLISH),
            "it says whose words they are"
        );
    }
}
