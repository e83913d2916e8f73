//! The language room with whatever models are there.

use crate::config::Settings;
use language::models::{ENCODER, ENGLISH, FINE, Model, ModelError};
use language::{Encoder, English, FineEncoder, Reader};
use std::path::Path;

/// A reader with the models that are there. A damaged model is told and left out: everything works without it.
pub(crate) fn open(settings: &Settings) -> Reader {
    let mut reader = Reader::new();
    if let Some(encoder) = load(settings, &ENCODER, Encoder::load) {
        reader = reader.with_encoder(encoder);
    }
    if let Some(fine) = load(settings, &FINE, FineEncoder::load) {
        reader = reader.with_fine(fine);
    }
    if let Some(english) = load(settings, &ENGLISH, English::load) {
        reader = reader.with_english(english);
    }
    reader
}

fn load<T>(
    settings: &Settings,
    model: &Model,
    load: impl FnOnce(&Path) -> Result<T, ModelError>,
) -> Option<T> {
    if !model.is_present(&settings.models) {
        return None;
    }
    let loaded = load(&model.path(&settings.models));
    loaded
        .map_err(|error| crate::cli::complain(&format!("going on without model {}: {error}", model.name)))
        .ok()
}
