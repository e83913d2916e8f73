//! What a development says as bytes and back. Numbers are little-endian; what does not fit the form is nothing.

use super::Gist;
use crate::contradiction::Frame;
use crate::development::figures::Value;
use crate::impression::bytes::{Bytes, put, put_frame, put_meanings};

impl Gist {
    /// Bytes of another version are not read.
    pub const VERSION: u32 = 2;

    /// Some four bytes a word, and one for each number of the meanings.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut to = Vec::with_capacity(1_024);
        to.push(u8::from(self.corrects) | u8::from(self.frame.looks_back) << 1);
        put(&mut to, &self.words);
        put(&mut to, &self.names);
        put_frame(&mut to, &self.frame);
        to.push(u8::try_from(self.values.len()).unwrap_or(u8::MAX));
        for value in self.values.iter().take(usize::from(u8::MAX)) {
            to.push(u8::from(value.people) | u8::from(value.series.is_some()) << 1);
            to.extend(value.series.unwrap_or_default().to_le_bytes());
            to.extend(value.value.to_le_bytes());
        }
        put_meanings(&mut to, [&self.meaning, &self.fine]);
        to
    }

    /// Reads what [`Gist::to_bytes`] wrote.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut from = Bytes(bytes);
        let flags = from.byte()?;
        let (words, names) = (from.numbers()?.into(), from.numbers()?.into());
        let frame = Frame { looks_back: flags & 2 != 0, ..from.frame()? };
        let mut values = Vec::new();
        for _ in 0..from.byte()? {
            let flags = from.byte()?;
            let series = u64::from_le_bytes(from.take(8)?.try_into().ok()?);
            let value = f64::from_le_bytes(from.take(8)?.try_into().ok()?);
            let series = Some(series).filter(|_| flags & 2 != 0);
            values.push(Value { series, people: flags & 1 != 0, value });
        }
        let (meaning, fine) = (from.meaning()?, from.meaning()?);
        Some(Self { words, names, frame, values: values.into(), meaning, fine, corrects: flags & 1 != 0 })
    }
}
