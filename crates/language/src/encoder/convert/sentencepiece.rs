//! SentencePiece's model: a protocol buffer with pieces and scores (field 1), and the normaliser's compiled
//! character map (field 3 in the old layout that this model has, within it field 2).

use crate::package::Parts;
use crate::pieces;

/// What is needed of the model.
pub(super) struct Vocabulary {
    /// Piece and score, by id.
    pub(super) pieces: Vec<(Vec<u8>, f32)>,
    charsmap: Vec<u8>,
}

/// A field of a message.
enum Field<'a> {
    Bytes(&'a [u8]),
    Word(u32),
    Other,
}

impl Vocabulary {
    pub(super) fn read(model: &[u8]) -> Result<Self, String> {
        let mut pieces = Vec::new();
        let mut charsmap = Vec::new();
        for (number, field) in fields(model)? {
            match (number, field) {
                (1, Field::Bytes(message)) => pieces.push(piece(message)?),
                (3, Field::Bytes(message)) => {
                    for (number, field) in fields(message)? {
                        if let (2, Field::Bytes(map)) = (number, field) {
                            charsmap = map.to_vec();
                        }
                    }
                }
                _ => {}
            }
        }
        if pieces.is_empty() || charsmap.len() < 4 {
            return Err("the vocabulary is empty".to_owned());
        }
        Ok(Self { pieces, charsmap })
    }

    /// The parts of our model file: the pieces and the character map.
    pub(super) fn parts(&self) -> Parts {
        let (units, replacements) = self.charsmap_halves();
        let mut parts = pieces::parts(&self.pieces, |_| true);
        parts.push(("charsmap.units".to_owned(), units));
        parts.push(("charsmap.replacements".to_owned(), replacements));
        parts
    }

    fn charsmap_halves(&self) -> (Vec<u8>, Vec<u8>) {
        let (size, rest) = self.charsmap.split_first_chunk::<4>().expect("checked when read");
        let (units, replacements) = rest.split_at((u32::from_le_bytes(*size) as usize).min(rest.len()));
        (units.to_vec(), replacements.to_vec())
    }
}

fn piece(message: &[u8]) -> Result<(Vec<u8>, f32), String> {
    let (mut text, mut score) = (Vec::new(), 0.0);
    for (number, field) in fields(message)? {
        match (number, field) {
            (1, Field::Bytes(bytes)) => text = bytes.to_vec(),
            (2, Field::Word(word)) => score = f32::from_bits(word),
            _ => {}
        }
    }
    Ok((text, score))
}

/// The fields of a protocol buffer message in order.
fn fields(mut message: &[u8]) -> Result<Vec<(u64, Field<'_>)>, String> {
    let mut fields = Vec::new();
    while !message.is_empty() {
        let read = field(&mut message);
        fields.push(read.ok_or("the vocabulary is no protocol buffer")?);
    }
    Ok(fields)
}

fn field<'a>(message: &mut &'a [u8]) -> Option<(u64, Field<'a>)> {
    let tag = varint(message)?;
    let field = match tag & 7 {
        0 => {
            varint(message)?;
            Field::Other
        }
        1 => {
            *message = message.split_first_chunk::<8>()?.1;
            Field::Other
        }
        2 => {
            let length = usize::try_from(varint(message)?).ok()?;
            let (bytes, rest) = message.split_at_checked(length)?;
            *message = rest;
            Field::Bytes(bytes)
        }
        5 => {
            let (word, rest) = message.split_first_chunk::<4>()?;
            *message = rest;
            Field::Word(u32::from_le_bytes(*word))
        }
        _ => return None,
    };
    Some((tag >> 3, field))
}

fn varint(message: &mut &[u8]) -> Option<u64> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let (byte, rest) = message.split_first()?;
        *message = rest;
        value |= u64::from(byte & 0x7F) << shift;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}
