//! The fine encoder beside its reference: `fixtures/fine_reference.jsonl.gz` holds what the published package (version
//! of `models::FINE`) answers for sentences of ours in six languages, rounded to bytes. What the
//! rounding costs a cosine is .00004.
//! `MODELS` names the folder that `staytuned models fetch` filled, as `./test` does.

use flate2::read::GzDecoder;
use language::{FineEncoder, Reader, cosine, models};
use news::{Article, Language, MarkKind, Reading};
use serde::Deserialize;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;

/// An unoptimised build takes minutes for all texts: it looks at every twentieth.
const STEP: usize = if cfg!(debug_assertions) { 20 } else { 1 };

#[derive(Deserialize)]
struct Reference {
    text: String,
    vector: Vec<f32>,
}

fn model() -> Option<PathBuf> {
    crate::fetched::models().map(|folder| models::FINE.path(&folder))
}

#[test]
fn vectors_equal_those_of_the_reference() {
    let Some(model) = model() else { return };
    // What is remembered would agree with itself.
    let encoder = FineEncoder::load(&model).unwrap().remembering(0);
    let packed: &[u8] = include_bytes!("../fixtures/fine_reference.jsonl.gz");
    let lines = BufReader::new(GzDecoder::new(packed)).lines();
    let references: Vec<Reference> =
        lines.map(|line| serde_json::from_str(&line.unwrap()).unwrap()).collect();
    assert_eq!(references.len(), 100);
    let references: Vec<Reference> = references.into_iter().step_by(STEP).collect();
    let texts: Vec<&str> = references.iter().map(|reference| reference.text.as_str()).collect();
    let together = encoder.encode(&texts).unwrap();
    let mut least = f32::INFINITY;
    for (reference, vector) in references.iter().zip(&together) {
        let length = cosine(&reference.vector, &reference.vector).sqrt();
        let near = cosine(vector, &reference.vector) / length;
        assert!(near > 0.9995, "{near}: {:?}", reference.text);
        assert!((cosine(vector, vector) - 1.0).abs() < 1e-5);
        least = least.min(near);
    }
    println!("least cosine to the reference: {least}");
    let last = texts.len() - 1;
    let alone = encoder.encode(&texts[last..]).unwrap();
    assert_eq!(together[last], alone[0], "neighbours in a batch must not matter");
}

#[test]
fn texts_of_every_kind_have_vectors() {
    let Some(model) = model() else { return };
    let encoder = FineEncoder::load(&model).unwrap();
    let long = "Die Verhandlungen gehen weiter. ".repeat(200);
    let vectors = encoder.encode(&["", "   ", "<s></s><mask>", "\u{0}\u{200d}\u{fffd}", &long]).unwrap();
    for vector in &vectors {
        assert!((cosine(vector, vector) - 1.0).abs() < 1e-5);
    }
    assert!(cosine(&vectors[0], &vectors[1]) > 0.9999, "spaces are nothing");
    assert!(encoder.encode(&[]).unwrap().is_empty());
    let english = "Peace talks resume in Varnholm after a week of silence";
    let [english, german, other] = &encoder
        .encode(&[
            english,
            "Friedensgespräche in Varnholm nach einer Woche des Schweigens fortgesetzt",
            "Valdora's football team loses its trainer",
        ])
        .unwrap()[..]
    else {
        panic!("three vectors")
    };
    assert!(cosine(english, german) > cosine(english, other) + 0.05);
}

#[test]
fn a_lead_is_read_with_its_headline() {
    let Some(model) = model() else { return };
    let reader = Reader::new().with_fine(FineEncoder::load(&model).unwrap());
    let read = |title: &str, lead: &str| reader.read(&Article::headline(title).with_paragraphs([lead]));
    let bare = read("Heads roll at the ministry", "");
    assert!(bare.fine_vector.is_some() && bare.told_vector.is_none());
    let told = |lead: &str| read("Heads roll at the ministry", lead).told_vector.unwrap();
    let leak = told("Two officials lost their posts on Monday over the leaked tram plans.");
    let again = told("The leak of the tram plans has cost two civil servants their jobs.");
    let other = told("A storm brought down the statues in front of the ministry's gate.");
    assert!(cosine(&leak, &again) > cosine(&leak, &other) + 0.03);
    let whole = reader.fine_vectors(&[
        "Heads roll at the ministry. Two officials lost their posts on Monday over the leaked tram plans.",
    ]);
    assert!(cosine(&leak, &whole[0]) > 0.9999);
}

#[test]
fn who_acts_and_who_suffers_whatever_stands_in_front() {
    let Some(model) = model() else { return };
    let reader = Reader::new().with_fine(FineEncoder::load(&model).unwrap());
    let part = |reading: &Reading, country: &str| {
        let mark = reading.marks.iter().find(|mark| mark.kind == MarkKind::Country && mark.key == country);
        mark.unwrap_or_else(|| panic!("no {country} in {:?}", reading.headline)).acts
    };
    for (language, title) in [
        ("en", "Peru expels two envoys of Chile"),
        ("en", "Two Chilean envoys thrown out by Peru"),
        ("de", "Peru weist chilenische Gesandte aus"),
        ("de", "Chiles Gesandte von Peru ausgewiesen"),
        ("fr", "Des émissaires chiliens expulsés par le Pérou"),
        ("es", "Enviados chilenos, expulsados por Perú"),
        ("it", "Inviati cileni espulsi dal Perù"),
        ("uk", "Перу висилає чилійських посланців"),
        ("ru", "Посланники Чили высланы из страны властями Перу"),
    ] {
        let mut article = Article::headline(title);
        article.language = Language::parse(language);
        let reading = reader.read(&article);
        let (peru, chile) = (part(&reading, "PE"), part(&reading, "CL"));
        assert!(peru > 4 && chile < -4, "{title}: Peru {peru}, Chile {chile}");
    }
    let lead = reader.read(
        &Article::headline("Envoys sent packing")
            .with_paragraphs(["Peru expelled two envoys of Chile on Monday."]),
    );
    assert!(part(&lead, "PE") > 8 && part(&lead, "CL") < -8, "{:?}", lead.marks);
    let plain = Reader::new().read(&Article::headline("Peru expels two envoys of Chile"));
    assert_eq!((part(&plain, "PE"), part(&plain, "CL")), (0, 0), "nobody has looked");
}

#[test]
fn words_are_found_where_they_stand() {
    let Some(model) = model() else { return };
    let encoder = FineEncoder::load(&model).unwrap();
    let text = "  Peru\u{a0}expels   Chile's envoys";
    let gist = &encoder.read(&[text]).unwrap()[0];
    let acts = |words: &str| {
        let start = text.find(words).unwrap();
        gist.acts(text, start..start + words.len())
    };
    assert!(acts("Peru").unwrap() > 0.5 && acts("Chile").unwrap() < -0.5);
    assert_eq!(acts("Chile"), acts("Chile's"), "a word is whole");
    assert_eq!(gist.acts(text, 200..210), None);
    assert_eq!(gist.acts("Peru", 0..4), None, "of another text nothing is known");
    let long = "and on and on ".repeat(60) + "Peru expels Chile's envoys";
    let gist = &encoder.read(&[&long]).unwrap()[0];
    let at = long.find("Peru").unwrap();
    assert_eq!(gist.acts(&long, at..at + 4), None, "so far behind nobody looks");
    assert!(encoder.looked_at(&long, at..at + 4).unwrap().is_empty());
}
