//! Names, language by language.

use crate::Reader;
use news::{Article, Language, NameKind, Reading};

fn read(code: &str, title: &str, text: &str) -> Reading {
    let mut article = Article::headline(title).with_paragraphs([text]);
    article.language = Language::parse(code);
    Reader::new().read(&article)
}

#[track_caller]
fn check(code: &str, title: &str, text: &str, expect: &[&str]) {
    let reading = read(code, title, text);
    let keys: Vec<_> = reading.names.iter().map(|name| name.key.as_str()).collect();
    assert_eq!(keys, expect, "{title} / {text}");
}

#[test]
fn surnames_join_full_names() {
    let text = "The engineer Nora Quill opened the bridge on Monday. Quill said it was late. Nobody in Valdora knew.";
    let reading = read("en", "Quill opens bridge", text);
    let quill = &reading.names[0];
    assert_eq!((quill.text.as_str(), quill.key.as_str()), ("Nora Quill", "nora quill"));
    assert_eq!((quill.mentions, quill.in_title), (3, true));
    assert!(reading.names.iter().any(|name| name.key == "valdora"));
}

#[test]
fn capitals_of_headlines_say_nothing() {
    check("en", "Bridge Opens After Ten Years In Paris", "", &["paris"]);
    check("en", "New Bridge Named After Nora Quill", "They met Nora Quill there.", &["nora quill"]);
    check("en", "Who pays us for the bridge", "", &[]);
    check("en", "WHO and US at odds over aid", "", &["who", "united states"]);
}

#[test]
fn names_meet_across_scripts_and_cases() {
    let zelensky = "volodymyr zelensky";
    check("en", "Talks with Zelensky in Kyiv", "", &[zelensky, "kyiv"]);
    check("ru", "Переговоры с Зеленским в Киеве", "", &[zelensky, "kyiv"]);
    check("uk", "Переговори із Зеленським у Києві", "", &[zelensky, "kyiv"]);
    check("de", "Gespräche mit Selenskyj in Kiew", "", &[zelensky, "kyiv"]);
    check("fr", "Le voyage de Poutine en Allemagne", "", &["vladimir putin", "germany"]);
}

#[test]
fn german_nouns_are_no_names() {
    check(
        "de",
        "Die Brücke über den Fluss",
        "Gestern kam Karl Wendel nach Ulm. Der Wagen blieb stehen.",
        &["karl wendel", "ulm"],
    );
}

#[test]
fn kinds_follow_cues() {
    let reading =
        read("en", "Report", "There was President Arvo Lind of the Harbour Council and the NRTA agency.");
    let kinds: Vec<_> = reading.names.iter().map(|name| (name.key.as_str(), name.kind)).collect();
    assert!(kinds.contains(&("nrta", NameKind::Organisation)), "{kinds:?}");
}

#[test]
fn titles_part_runs_and_days_are_no_names() {
    let text = "On Monday the Valdoran Prime Minister Nora Quill met Arvo Lind in Texas.";
    check("en", "Report", text, &["valdoran", "nora quill", "arvo lind", "texas"]);
}

#[test]
fn possessives_end_names_and_towns_yield_to_people() {
    check("en", "Report", "They saw Valdora's Nora Quill there.", &["valdora", "nora quill"]);
    check("en", "Report", "He met Mark Wendover there. Then Wendover left.", &["mark wendover"]);
    check("de", "Gesicht des Passanten", "", &[]);
    check("de", "Otto von Wendel reist ab", "", &["otto von wendel"]);
    check("de", "Gesandte von Peru ausgewiesen", "", &["peru"]);
}

#[test]
fn what_a_headline_begins_with_is_a_name_by_itself() {
    check("en", "Netflix to raise prices in Europe", "", &["netflix", "europe"]);
    check("de", "Spotify erhöht Preise in Europa", "", &["spotify", "europe"]);
    check("fr", "Montpellier étend la gratuité", "", &["montpellier"]);
    check("en", "Surgeon struck off after operation", "", &[]);
    check("en", "Toyota recalls 90,000 SUVs over airbag defect", "", &["toyota"]);
    check("en", "Tesla Profit Slumps As Price War Bites", "", &["tesla"]);
    check("en", "Harwell recall: all vans to be seen", "", &["harwell"]);
    check("en", "Boris Brown Meets Farmers Of Stowbridge", "", &["boris brown", "stowbridge"]);
}

#[test]
fn ukrainian_places_behind_a_lone_letter() {
    check("uk", "У Львові трамвай зійшов з рейок", "", &["lviv"]);
    check("uk", "У Вінниці заборонили продаж алкоголю", "", &["vinnytsya"]);
}
