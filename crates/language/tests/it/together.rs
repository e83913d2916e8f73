//! Articles read together are read as each alone; with `MODELS` set, their vectors too.

use language::{Encoder, Reader, cosine, models};
use news::{Article, Language, Reading};

fn articles() -> Vec<Article> {
    let english = Article::headline("Valdora opens the Long Bridge after ten years").with_paragraphs([
        "President Nora Quill opened the bridge on Monday.",
        "“We waited long,” Quill said.",
    ]);
    let mut german = Article::headline("Valdora öffnet die Lange Brücke nach zehn Jahren");
    german.summary = Some("Nora Quill gab die Brücke am Montag frei.".to_owned());
    let mut articles = vec![english, german, Article::headline("Міст відкрито після десяти років")];
    articles[0].language = Language::ENGLISH;
    articles
}

#[test]
fn together_as_alone() {
    let articles = articles();
    let all: Vec<&Article> = articles.iter().collect();
    let reader = Reader::new();
    let alone: Vec<Reading> = all.iter().map(|article| reader.read(article)).collect();
    assert_eq!(reader.read_all(&all), alone);
    assert!(reader.read_all(&[]).is_empty());
    let languages: Vec<_> = alone.iter().map(|reading| reading.language.to_string()).collect();
    assert_eq!(languages, ["en", "de", "uk"], "those that nobody told are recognised");
    assert!(alone[0].names.iter().any(|name| name.key == "nora quill" && name.mentions == 2));
}

#[test]
fn vectors_belong_to_their_articles() {
    let Some(folder) = crate::fetched::models() else { return };
    let articles = articles();
    let all: Vec<&Article> = articles.iter().collect();
    let reader = Reader::new().with_encoder(Encoder::load(&models::ENCODER.path(&folder)).unwrap());
    let near = |a: &Option<Vec<f32>>, b: &Option<Vec<f32>>| match (a, b) {
        (Some(a), Some(b)) => cosine(a, b) > 0.9999,
        (None, None) => true,
        _ => false,
    };
    let together = reader.read_all(&all);
    for (article, reading) in all.iter().zip(&together) {
        let alone = reader.read(article);
        assert!(reading.title_vector.is_some() && near(&reading.title_vector, &alone.title_vector));
    }
}
