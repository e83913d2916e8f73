//! The language room with whatever models are there.

use crate::config::Settings;
use language::models::ENCODER;
use language::{Encoder, Reader};

/// A reader with the encoder when its model is there. A damaged model is told and left out: everything works
/// without it.
pub(crate) fn open(settings: &Settings) -> Reader {
    let reader = Reader::new();
    if !ENCODER.is_present(&settings.models) {
        return reader;
    }
    match Encoder::load(&ENCODER.path(&settings.models)) {
        Ok(encoder) => reader.with_encoder(encoder),
        Err(error) => {
            crate::cli::complain(&format!("going on without the encoder: {error}"));
            reader
        }
    }
}
