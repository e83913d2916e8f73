//! Positions in German, French, Spanish, Russian and Ukrainian.

use news::Language;

/// `actor | stance | issue`.
fn told(language: &str, text: &str) -> Vec<String> {
    let language = Language::parse(language);
    let sheet = statement::Sheet::of(text);
    let said = statement::read(&sheet, language, &[]).attributions;
    let found = statement::positions::positions(&sheet, language, &said, &[]);
    let one = |found: &news::Position| {
        let actor = found.actor.as_deref().unwrap_or("-");
        format!("{actor} | {} | {}", found.stance.word(), found.issue.of(text))
    };
    found.iter().map(one).collect()
}

#[test]
fn sentences_that_were_looked_at() {
    let sentences = include_str!("../fixtures/positions.txt");
    let (looked_at, _) = sentences.split_once("\n== held\n").unwrap();
    let mut checked = 0;
    for line in looked_at.lines() {
        let [language, text, gold] = *line.split('\t').collect::<Vec<_>>().as_slice() else { continue };
        let expected: Vec<&str> = gold.split(" ; ").filter(|gold| *gold != "-").collect();
        assert_eq!(told(language, text), expected, "{text}");
        checked += 1;
    }
    assert!(checked > 40, "{checked}");
}

#[test]
fn what_a_speaker_calls_beyond_discussion() {
    let text = "„Die fünf Bezirke sind nicht verhandelbar“, sagte Damar Ozteri.";
    assert_eq!(told("de", text), ["Damar Ozteri | rules_out | fünf Bezirke"]);
    assert_eq!(told("de", "Die fünf Bezirke sind nicht verhandelbar."), Vec::<String>::new());
}

#[test]
fn what_we_want_is_the_speakers() {
    let text = "„Wir lehnen diesen Vorschlag ab“, sagte Jorun Talvik.";
    assert_eq!(told("de", text), ["Jorun Talvik | rejects | diesen Vorschlag"]);
    let text = "« Nous exigeons des garanties écrites », a déclaré Solène Vernay.";
    assert_eq!(told("fr", text), ["Solène Vernay | demands | garanties écrites"]);
    let text = "«Мы требуем письменных гарантий», — заявила Ирина Ладова.";
    assert_eq!(told("ru", text), ["Ирина Ладова | demands | письменных гарантий"]);
    assert_eq!(told("de", "Wir lehnen diesen Vorschlag ab."), Vec::<String>::new());
}

#[test]
fn a_language_without_words_of_its_own_tells_nothing() {
    assert_eq!(told("it", "Mosca respinge la tregua"), Vec::<String>::new());
    assert_eq!(told("de", ""), Vec::<String>::new());
}
