//! The model file: a magic line, a JSON table of contents, then the parts one after the other, little-endian.
//! Parts are read at their place; nothing is mapped and nothing is trusted beyond the file's length.

use crate::models::ModelError;
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{Read, Write};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

const MAGIC: &[u8; 12] = b"staytuned-m1";

/// A larger table of contents is a damaged file.
const LONGEST_CONTENTS: u32 = 1 << 20;

/// One part of the file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Part {
    pub(crate) name: String,
    /// From the end of the table of contents, in bytes.
    pub(crate) offset: u64,
    pub(crate) bytes: u64,
}

/// An open model file.
#[derive(Debug)]
pub(crate) struct Container {
    file: File,
    path: PathBuf,
    parts: Vec<Part>,
    start: u64,
}

impl Container {
    pub(crate) fn open(path: &Path) -> Result<Self, ModelError> {
        let unreadable = |error| ModelError::Unreadable { path: path.to_owned(), error };
        let mut file = File::open(path).map_err(unreadable)?;
        let length = file.metadata().map_err(unreadable)?.len();
        let mut head = [0; 16];
        file.read_exact(&mut head).map_err(unreadable)?;
        let damaged = |what: &str| ModelError::Damaged { path: path.to_owned(), what: what.to_owned() };
        let (magic, size) = head.split_at(MAGIC.len());
        if magic != MAGIC {
            return Err(damaged("it does not begin like a model file"));
        }
        let size = size.iter().rev().fold(0_u32, |size, byte| size << 8 | u32::from(*byte));
        if size > LONGEST_CONTENTS {
            return Err(damaged("its table of contents is too long"));
        }
        let mut contents = vec![0; size as usize];
        file.read_exact(&mut contents).map_err(unreadable)?;
        let parts: Vec<Part> =
            serde_json::from_slice(&contents).map_err(|_| damaged("its table of contents cannot be read"))?;
        let start = head.len() as u64 + u64::from(size);
        let whole = parts.iter().all(|part| {
            part.offset
                .checked_add(part.bytes)
                .and_then(|end| end.checked_add(start))
                .is_some_and(|end| end <= length)
        });
        if !whole {
            return Err(damaged("it is shorter than its table of contents says"));
        }
        Ok(Self { file, path: path.to_owned(), parts, start })
    }

    /// Writes a model file, whole or not at all.
    pub(crate) fn write(path: &Path, parts: &[(&str, &[u8])]) -> Result<(), ModelError> {
        let mut offset = 0;
        let contents: Vec<Part> = parts
            .iter()
            .map(|(name, data)| {
                let part = Part { name: (*name).to_owned(), offset, bytes: data.len() as u64 };
                offset += part.bytes;
                part
            })
            .collect();
        let contents = serde_json::to_vec(&contents).expect("names and numbers are always JSON");
        let size = u32::try_from(contents.len()).expect("a table of a hundred parts is short");
        let draft = path.with_extension("part");
        let written = File::create(&draft).and_then(|mut file| {
            file.write_all(MAGIC)?;
            file.write_all(&size.to_le_bytes())?;
            file.write_all(&contents)?;
            parts.iter().try_for_each(|(_, data)| file.write_all(data))?;
            file.sync_all()?;
            std::fs::rename(&draft, path)
        });
        written.map_err(|error| ModelError::Unreadable { path: path.to_owned(), error })
    }

    pub(crate) fn damaged(&self, what: impl Into<String>) -> ModelError {
        ModelError::Damaged { path: self.path.clone(), what: what.into() }
    }

    fn part(&self, name: &str) -> Result<&Part, ModelError> {
        let found = self.parts.iter().find(|part| part.name == name);
        found.ok_or_else(|| self.damaged(format!("part {name} is missing")))
    }

    /// Length of a part in bytes.
    pub(crate) fn size(&self, name: &str) -> Result<u64, ModelError> {
        Ok(self.part(name)?.bytes)
    }

    /// Where a part begins in the file.
    pub(crate) fn place(&self, name: &str) -> Result<u64, ModelError> {
        Ok(self.start + self.part(name)?.offset)
    }

    /// A whole part.
    pub(crate) fn bytes(&self, name: &str) -> Result<Vec<u8>, ModelError> {
        let part = self.part(name)?;
        let mut data = vec![0; usize::try_from(part.bytes).map_err(|_| self.damaged("a part is too long"))?];
        self.read_at(&mut data, self.start + part.offset)?;
        Ok(data)
    }

    /// A part of 32-bit floats.
    pub(crate) fn floats(&self, name: &str) -> Result<Vec<f32>, ModelError> {
        let data = self.bytes(name)?;
        let (words, rest) = data.as_chunks::<4>();
        if !rest.is_empty() {
            return Err(self.damaged(format!("part {name} is not whole")));
        }
        Ok(words.iter().map(|word| f32::from_le_bytes(*word)).collect())
    }

    /// A part of 32-bit numbers.
    pub(crate) fn numbers(&self, name: &str) -> Result<Vec<u32>, ModelError> {
        Ok(self.bytes(name)?.as_chunks::<4>().0.iter().map(|word| u32::from_le_bytes(*word)).collect())
    }

    /// Reads at a place of the file.
    pub(crate) fn read_at(&self, into: &mut [u8], place: u64) -> Result<(), ModelError> {
        let read = self.file.read_exact_at(into, place);
        read.map_err(|error| ModelError::Unreadable { path: self.path.clone(), error })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_come_back_as_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("small.model");
        Container::write(&path, &[("a", &1.5_f32.to_le_bytes()), ("b", b"four")]).unwrap();
        let file = Container::open(&path).unwrap();
        assert_eq!(file.floats("a").unwrap(), [1.5]);
        assert_eq!(file.bytes("b").unwrap(), b"four");
        assert!(matches!(file.bytes("c"), Err(ModelError::Damaged { .. })));
    }

    #[test]
    fn a_damaged_file_is_refused_with_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("small.model");
        Container::write(&path, &[("b", &[7; 100])]).unwrap();
        let whole = std::fs::read(&path).unwrap();
        for broken in [&whole[..whole.len() - 1], &whole[..20], b"something else entirely", &[0xFF; 40]] {
            std::fs::write(&path, broken).unwrap();
            let error = Container::open(&path).unwrap_err().to_string();
            assert!(error.contains("small.model"), "{error}");
        }
    }
}
