//! Sentences with the places they name, as `words = id`; `words = ?` is a place without a point.

use super::places;
use news::Language;

#[track_caller]
fn check(language: &str, text: &str, expect: &[(&str, u32)]) {
    let found = places(&[text], Language::parse(language)).pop().unwrap_or_default();
    let found: Vec<(&str, u32)> = found
        .iter()
        .map(|mention| (mention.span.of(text), mention.place.as_ref().map_or(0, |place| place.id.0)))
        .collect();
    assert_eq!(found, expect, "{text}");
}

const UKRAINE: u32 = 690_791;
const GEORGIA: u32 = 614_540;
const GEORGIA_STATE: u32 = 4_197_000;

#[test]
fn namesakes_are_told_apart() {
    check(
        "en",
        "Protesters filled the streets of Tbilisi as Georgia froze its talks.",
        &[("Tbilisi", 611_717), ("Georgia", GEORGIA)],
    );
    check(
        "en",
        "Voters in Atlanta and across Georgia waited for hours, Republicans said.",
        &[("Atlanta", 4_180_439), ("Georgia", GEORGIA_STATE)],
    );
    check(
        "en",
        "He was born in Paris, Texas, and moved to Paris in France.",
        &[("Paris", 4_717_560), ("Texas", 4_736_286), ("Paris", 2_988_507), ("France", 3_017_382)],
    );
    check(
        "en",
        "Fighting went on in the Donetsk and Kherson regions of Ukraine.",
        &[("Donetsk", 709_716), ("Kherson", 706_442), ("Ukraine", UKRAINE)],
    );
    check("en", "A shell hit the city of Donetsk in Ukraine.", &[("Donetsk", 709_717), ("Ukraine", UKRAINE)]);
}

#[test]
fn people_papers_and_peoples_are_no_places() {
    check("en", "Jack London wrote for the Washington Post, the Ukrainian envoy said.", &[]);
    check("en", "The Bank of England and Manchester United declined to comment.", &[]);
    check("en", "Andrew Jackson spoke first. Jackson was loud.", &[]);
}

#[test]
fn other_languages_and_scripts() {
    check(
        "de",
        "Der Kanzler reiste von Berlin nach Kiew; Deutschlands Hilfe gehe weiter.",
        &[("Berlin", 2_950_159), ("Kiew", 703_448), ("Deutschlands", 2_921_044)],
    );
    check(
        "fr",
        "Le président s’est rendu à Londres puis en Ukraine.",
        &[("Londres", 2_643_743), ("Ukraine", UKRAINE)],
    );
    check(
        "es",
        "El ministro viajó de Madrid a la Franja de Gaza.",
        &[("Madrid", 3_117_735), ("Franja de Gaza", 1_000_000_003)],
    );
    check(
        "ru",
        "Взрывы прогремели в Киеве и в Херсонской области.",
        &[("Киеве", 703_448), ("Херсонской области", 706_442)],
    );
    check("uk", "У Харкові та Львові оголосили тривогу.", &[("Харкові", 706_483), ("Львові", 702_550)]);
    check("zh", "乌克兰总统抵达伦敦。", &[("乌克兰", UKRAINE), ("伦敦", 2_643_743)]);
    check("ar", "وصل الرئيس إلى القاهرة", &[("القاهرة", 360_630)]);
}

#[test]
fn unknown_places_have_no_point() {
    check("en", "The dyke broke near the town of Harrowmere before dawn.", &[("Harrowmere", 0)]);
}
