//! German, French, Spanish, Russian and Ukrainian: quotations with cue verbs, by rules; English likewise.

use crate::{check, told};
use news::Language;

#[test]
fn german() {
    check(
        "de",
        "„Wir unterschreiben nicht“, sagte Ada Holm am Freitag. Viktor Kern betonte: „Das ist das Ende.“ Der „grüne“ Plan gilt.",
        &[
            "Ada Holm | Ada Holm | sagte | „Wir unterschreiben nicht“",
            "Viktor Kern | Viktor Kern | betonte | „Das ist das Ende.“",
        ],
    );
}

#[test]
fn german_speakers_and_whom_they_tell() {
    check(
        "de",
        "„Wir geben nicht nach“, sagte Ole Hartwig der Zeitung. „Das ist das Ende“, sagte Ada von der Holm dem Sender.",
        &[
            "Ole Hartwig | Ole Hartwig | sagte | „Wir geben nicht nach“",
            "Ada von der Holm | Ada von der Holm | sagte | „Das ist das Ende“",
        ],
    );
}

#[test]
fn french() {
    check(
        "fr",
        "« Nous ne signerons pas », a déclaré Ada Holm vendredi. « C'est fini », a-t-elle ajouté.",
        &[
            "Ada Holm | Ada Holm | déclaré | « Nous ne signerons pas »",
            "Ada Holm | a-t-elle | ajouté | « C'est fini »",
        ],
    );
}

#[test]
fn spanish() {
    check(
        "es",
        "«No firmaremos el tratado», dijo Ada Holm el viernes. Holm añadió: \"No hay nada que firmar\".",
        &[
            "Ada Holm | Ada Holm | dijo | «No firmaremos el tratado»",
            "Ada Holm | Holm | añadió | \"No hay nada que firmar\"",
        ],
    );
}

#[test]
fn russian_and_ukrainian() {
    check(
        "ru",
        "«Мы не подпишем договор», — заявила Ада Хольм. Керн сказал: «Это конец». Вышла газета «Вестник».",
        &["Ада Хольм | Ада Хольм | заявила | «Мы не подпишем договор»", "Керн | Керн | сказал | «Это конец»"],
    );
    check(
        "uk",
        "«Ми не підпишемо угоду», — заявила Ада Гольм журналістам.",
        &["Ада Гольм | Ада Гольм | заявила | «Ми не підпишемо угоду»"],
    );
}

#[test]
fn english_by_rules_alone() {
    let text = "\"We will not sign,\" said Ada Holm on Friday. \"There is nothing here to sign.\" Viktor Kern said that the ferry sails.";
    let found = statement::attribute_by_rules(text, Language::ENGLISH, &[]);
    assert_eq!(
        told(text, &found),
        [
            "Ada Holm | Ada Holm | said | \"We will not sign,\" / \"There is nothing here to sign.\"",
            "Viktor Kern | Viktor Kern | said | that the ferry sails",
        ]
    );
}

#[test]
fn honorifics_and_offices_are_no_part_of_a_name() {
    let speakers = |language: &str, text: &str| -> Vec<Option<String>> {
        let found = statement::attribute(text, news::Language::parse(language), &[]);
        found.into_iter().map(|found| found.speaker).collect()
    };
    let german = "„Die Fähre fährt am Freitag nicht mehr“, sagte Hafenkapitänin Swantje Ollmann.";
    assert_eq!(speakers("de", german), [Some("Swantje Ollmann".to_owned())]);
    let voice = "„Die Fähre fährt am Freitag nicht mehr“, sagte der Sprecher von Präsidentin Isaura Quintel.";
    assert_eq!(speakers("de", voice), [None]);
    let french = "Jorun Talvik est parti. « Le traité ne sera pas signé vendredi », a déclaré M. Talvik.";
    assert_eq!(speakers("fr", french), [Some("Jorun Talvik".to_owned())]);
}

#[test]
fn whose_somebody_is_does_not_speak() {
    let check = |code: &str, text: &str, speaker: Option<&str>| {
        let found = statement::attribute(text, Language::parse(code), &[]);
        let speakers: Vec<_> = found.iter().map(|found| found.speaker.as_deref()).collect();
        assert_eq!(speakers, [speaker], "{text}");
    };
    check("fr", "« Onze mètres, ça suffit », lance un docker du quai des Salines.", None);
    check("fr", "« Onze mètres, ça suffit », lance un docker de la Brisaye.", None);
    check("es", "«No hay nada que firmar», dijo un vecino de las Salinas.", None);
    check("de", "„Wir geben nicht nach“, sagte ein Arbeiter von der Werft.", None);
    check(
        "de",
        "Die Vermittlerin Hanne Dettweiler nannte den Tag „lauter als nötig und besser als befürchtet“.",
        Some("Hanne Dettweiler"),
    );
    check(
        "de",
        "Waldbund-Chefin Ines Rothkamm nannte das „die schnellste halbe Sache der Republik“.",
        Some("Ines Rothkamm"),
    );
    check("de", "Der Bürgerblock kündigte „eine wache Opposition“ an.", Some("Bürgerblock"));
    check("fr", "« C'est fini », a déclaré Ada de Holm vendredi.", Some("Ada de Holm"));
}

#[test]
fn a_name_behind_an_office_and_a_comma_is_who_speaks() {
    check(
        "fr",
        "« Le pont est fermé », a déclaré à la presse la préfète, Ada Holm. « Rentrez chez vous », a précisé la préfète.",
        &[
            "Ada Holm | la préfète, Ada Holm | déclaré | « Le pont est fermé »",
            "Ada Holm | la préfète | précisé | « Rentrez chez vous »",
        ],
    );
    check(
        "fr",
        "Le chancelier sortant, Viktor Kern, a reconnu dans la nuit : « Les gens ont parlé. »",
        &["Viktor Kern | Le chancelier sortant, Viktor Kern | reconnu | « Les gens ont parlé. »"],
    );
    check(
        "de",
        "„Das bleibt so“, sagte der Sprecher von Präsidentin Ada Holm, Viktor Kern, dem Sender.",
        &["Viktor Kern | der Sprecher von Präsidentin Ada Holm, Viktor Kern | sagte | „Das bleibt so“"],
    );
    check(
        "es",
        "«No hay dinero», dijo el ministro de Hacienda, Viktor Kern. «Nadie lo niega», añadió el ministro.",
        &[
            "Viktor Kern | el ministro de Hacienda, Viktor Kern | dijo | «No hay dinero»",
            "Viktor Kern | el ministro | añadió | «Nadie lo niega»",
        ],
    );
}

#[test]
fn an_office_that_two_bear_is_nobodys() {
    check(
        "fr",
        "La ministre de la Mer, Ada Holm, et la ministre des Ports, Lise Kern, se taisent. « Rien », a dit la ministre.",
        &["- | la ministre | dit | « Rien »"],
    );
}

#[test]
fn a_pronoun_is_told_from_the_sentence_before() {
    check(
        "de",
        "Die Küste wählt anders. Der Vorsitzende der Partei, Viktor Kern, kam mit Ada Holm. „Wir bleiben“, sagte er kurz nach acht.",
        &["Viktor Kern | er | sagte | „Wir bleiben“"],
    );
    check(
        "fr",
        "L'avocat de M. Kern, Me Ivo Karst, fera appel. « Mon client dirige un port », a-t-il dit.",
        &["Ivo Karst | a-t-il | dit | « Mon client dirige un port »"],
    );
}

#[test]
fn the_name_of_a_newspaper_is_no_quotation() {
    check("de", "Das sagte der Hafenmeister dem Portal „Rabensund Heute“ am Telefon.", &[]);
}

#[test]
fn a_quotation_behind_a_told_one_goes_on() {
    check(
        "fr",
        "« C'est fini », explique Ada Holm, de la capitainerie. « Il faut attendre. » Le port est fermé.",
        &["Ada Holm | Ada Holm | explique | « C'est fini » / « Il faut attendre. »"],
    );
}
