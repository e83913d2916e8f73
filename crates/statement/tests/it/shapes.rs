//! The forms in which words are given: transcripts, questions, nested and scare quotes, titles of works, denials.

use crate::check;
use news::Language;

const TRANSCRIPT: &str = "Minister Ada Holm met the press.\nREPORTER: Will the ferry sail on Friday?\nADA HOLM: It will not sail.\nREPORTER: Why not?\nHOLM: The hull is broken.";

fn speakers(text: &str) -> Vec<Option<String>> {
    let found = statement::attribute(text, Language::ENGLISH, &[]);
    found.into_iter().map(|found| found.speaker).collect()
}

#[test]
fn a_transcript_gives_each_turn_to_its_label() {
    check(
        "en",
        TRANSCRIPT,
        &[
            "- | REPORTER | - | Will the ferry sail on Friday?",
            "Ada Holm | ADA HOLM | - | It will not sail.",
            "- | REPORTER | - | Why not?",
            "Ada Holm | HOLM | - | The hull is broken.",
        ],
    );
}

#[test]
fn questions_and_answers_by_letters_are_nobodys_by_name() {
    let text =
        "Q. Will the ferry sail?\nA. Not until the hull is mended.\nQ. When will that be?\nA. I do not know.";
    assert_eq!(speakers(text), [None, None, None, None]);
}

#[test]
fn one_label_is_no_transcript() {
    let text = "Note: the ferry sails on Friday.\nThe harbour opens at noon.\nNote: bring a coat.";
    check("en", text, &[]);
}

#[test]
fn a_few_words_are_speech_when_somebody_is_named_beside_them() {
    check(
        "en",
        "“We are done,” union chief Ada Moreno said on Monday. The strike goes on.",
        &["Ada Moreno | union chief Ada Moreno | said | “We are done,”"],
    );
    check("en", "The “grand bargain” that Ada Moreno wanted is dead.", &[]);
}

#[test]
fn who_asks_may_stand_behind() {
    check(
        "en",
        "“Was the ferry ever safe?” asked Ada Holm.",
        &["Ada Holm | Ada Holm | asked | “Was the ferry ever safe?”"],
    );
}

#[test]
fn a_quotation_inside_another_stays_inside() {
    check(
        "en",
        "“He told me, ‘You will never sail again,’ and he left,” Ada Holm said.",
        &["Ada Holm | Ada Holm | said | “He told me, ‘You will never sail again,’ and he left,”"],
    );
}

#[test]
fn scare_quotes_and_titles_of_works_are_nobodys_words() {
    check("en", "The so-called “safe” ferry sank.", &[]);
    check("en", "Her novel “The Last Harbour of the North” won a prize in Lorvane.", &[]);
}

#[test]
fn plain_speech_needs_no_that() {
    check(
        "en",
        "Jorun Talvik said Orrunda seeks an escalation.",
        &["Jorun Talvik | Jorun Talvik | said | Orrunda seeks an escalation"],
    );
    check(
        "en",
        "According to Ada Holm, the ferry will sail on Friday.",
        &["Ada Holm | Ada Holm | According to | the ferry will sail on Friday"],
    );
}

#[test]
fn a_headline_with_a_colon_names_its_speaker() {
    let headline = "Talvik: Orrunda will not accept foreign troops";
    assert_eq!(voices(headline, "en", &["Jorun Talvik"]), ["Talvik"]);
    assert_eq!(voices(headline, "en", &[]), Vec::<String>::new(), "known to nobody");
}

#[test]
fn never_said_is_told_as_negated() {
    let found = statement::attribute("Ada Holm never said that the ferry was safe.", Language::ENGLISH, &[]);
    assert_eq!(found.iter().map(|found| found.negated).collect::<Vec<_>>(), [true]);
}

/// The speakers of a text's statements, with names that the language room found.
fn voices(text: &str, language: &str, people: &[&str]) -> Vec<String> {
    let name = |text: &&str| news::Name {
        text: (*text).to_owned(),
        key: text.to_lowercase(),
        kind: news::NameKind::Person,
        mentions: 1,
        in_title: true,
        by_word: false,
    };
    let names: Vec<news::Name> = people.iter().map(name).collect();
    let found = statement::attribute(text, Language::parse(language), &names);
    found.into_iter().map(|found| found.speaker.unwrap_or("-".to_owned())).collect()
}

#[test]
fn a_headline_gives_its_first_name_the_word() {
    assert_eq!(voices("Lavrenko: no talks", "und", &["Igor Lavrenko"]), ["Lavrenko"]);
    assert_eq!(voices("Talvik : pas de trêve", "fr", &["Jorun Talvik"]), ["Talvik"]);
    for (text, language) in [
        ("Gaza: twelve dead", "und"),
        ("Cinéma : « Les Mains de sel », premier film sacré à Sainte-Odine", "fr"),
    ] {
        assert_eq!(voices(text, language, &["Jorun Talvik"]), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn who_is_counted_is_nobody_and_whose_one_is_belongs_to_no_name() {
    let crane = "“She closed the door and left the key in it,” said Odette Crane of Farrant Lisle.";
    assert_eq!(voices(crane, "en", &[]), ["Odette Crane"]);
    let bank = "“We lift the rate,” said Nerys Holcombe, governor of the Bank of Lorvane.";
    assert_eq!(voices(bank, "en", &[]), ["Nerys Holcombe"]);
    let none = voices("Three expect the bank to pause. None expects a cut.", "en", &[]);
    assert!(none.iter().all(|speaker| speaker != "None"), "{none:?}");
}
