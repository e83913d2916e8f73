//! The encoder beside its reference: `fixtures/encoder_reference.json` holds what the published package
//! (version of `models::ENCODER`) answers for sentences of ours. The model itself is no part of the product;
//! `MODELS` names the folder that `staytuned models fetch` filled, as `./test` does.

use language::{Encoder, cosine, models};
use serde::Deserialize;

#[derive(Deserialize)]
struct Reference {
    text: String,
    vector: Vec<f32>,
}

#[test]
fn vectors_equal_those_of_the_reference() {
    let Some(folder) = crate::fetched::models() else { return };
    let encoder = Encoder::load(&models::ENCODER.path(&folder)).unwrap();
    let references: Vec<Reference> =
        serde_json::from_str(include_str!("../fixtures/encoder_reference.json")).unwrap();
    let texts: Vec<&str> = references.iter().map(|reference| reference.text.as_str()).collect();
    let together = encoder.encode(&texts).unwrap();
    for (reference, vector) in references.iter().zip(&together) {
        assert!(cosine(vector, &reference.vector) > 0.9999, "{:?}", reference.text);
        let alone = encoder.encode(&[&reference.text]).unwrap();
        assert!(cosine(vector, &alone[0]) > 0.9999, "neighbours in a batch must not matter");
    }
    let [english, german, ..] = together.as_slice() else { panic!("two references at least") };
    let unrelated = &together[4];
    assert!(cosine(english, german) > cosine(english, unrelated) + 0.3);
}
