//! Impressions as bytes and back. Numbers are little-endian; what does not fit the form is no impression.

use super::Impression;
use crate::contradiction::{Frame, Word};
use crate::copies::Sketch;
use crate::features::{FIELDS, Features};
use crate::marks::Marks;
use crate::meaning::Meaning;
use crate::sides::Sides;
use news::Language;

impl Impression {
    /// Some five bytes for each different word.
    pub fn to_bytes(&self) -> Vec<u8> {
        let (features, sketch) = (&self.features, &self.sketch);
        let mut to = Vec::with_capacity(1_024);
        to.extend(features.language.code().len().to_le_bytes().iter().take(1));
        to.extend(features.language.code().as_bytes());
        to.extend(features.headline.to_le_bytes());
        let flags = [features.has_text, features.titled, features.frame.looks_back, features.sides.turned];
        to.push(flags.iter().rev().fold(0, |flags, flag| flags << 1 | u8::from(*flag)));
        features.ends.iter().for_each(|end| to.extend(end.to_le_bytes()));
        put(&mut to, &features.keys);
        to.extend(&features.counts);
        put_frame(&mut to, &features.frame);
        put(&mut to, &features.sides.lands);
        put(&mut to, &features.sides.names);
        let parts: Vec<u32> = features
            .sides
            .parts
            .iter()
            .flat_map(|(key, acts)| [*key, u32::from(acts.cast_unsigned())])
            .collect();
        put(&mut to, &parts);
        put(&mut to, &features.marks.all);
        put(&mut to, &sketch.shingles);
        to.extend(sketch.zeros.to_le_bytes());
        to.extend((sketch.words as u32).to_le_bytes());
        to.push(self.credited.unwrap_or(u8::MAX));
        put_meanings(&mut to, [&features.sense, &features.fine, &features.with_lead, &features.meaning]);
        to
    }

    /// Reads what [`Impression::to_bytes`] wrote.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut from = Bytes(bytes);
        let length = usize::from(from.byte()?);
        let language = Language::parse(std::str::from_utf8(from.take(length)?).ok()?);
        let headline = u64::from_le_bytes(from.take(8)?.try_into().ok()?);
        let flags = from.byte()?;
        let mut ends = [0; FIELDS];
        for end in &mut ends {
            *end = u16::from_le_bytes(from.take(2)?.try_into().ok()?);
        }
        let keys: Box<[u32]> = from.numbers()?.into();
        let counts: Box<[u8]> = from.take(keys.len())?.into();
        let frame = Frame { looks_back: flags & 4 != 0, ..from.frame()? };
        let (lands, names) = (from.numbers()?.into(), from.numbers()?.into());
        let parts = from.numbers()?;
        let parts = parts.chunks_exact(2).map(|part| (part[0], (part[1] as u8).cast_signed())).collect();
        let sides = Sides { lands, names, turned: flags & 8 != 0, parts };
        let marks = Marks::kept(from.numbers()?);
        let shingles = from.numbers()?;
        let (zeros, sketched) = (from.number()?, from.number()?);
        let credited = Some(from.byte()?).filter(|agency| *agency != u8::MAX);
        let (sense, fine) = (from.meaning()?, from.meaning()?);
        let (with_lead, meaning) = (from.meaning()?, from.meaning()?);
        let ordered = ends.is_sorted() && usize::from(ends[FIELDS - 1]) == keys.len();
        ordered.then_some(Self {
            features: Features {
                language,
                headline,
                has_text: flags & 1 != 0,
                titled: flags & 2 != 0,
                meaning,
                sense,
                fine,
                with_lead,
                frame,
                sides,
                marks,
                keys,
                counts,
                ends,
            },
            sketch: Sketch { shingles, zeros, words: sketched as usize },
            credited,
        })
    }
}

/// All of a frame but whether it looks back.
pub(crate) fn put_frame(to: &mut Vec<u8>, frame: &Frame) {
    let words: Vec<u32> = frame.words.iter().flat_map(|word| [word.key, word.flags()]).collect();
    put(to, &words);
    let ordinals: Vec<u32> = frame.ordinals.iter().flat_map(|(count, of)| [*count, *of]).collect();
    put(to, &ordinals);
    put(to, &frame.years);
    put(to, &frame.months);
}

/// Meanings as the bytes that they are kept in, each with its length in front.
pub(crate) fn put_meanings<const COUNT: usize>(to: &mut Vec<u8>, meanings: [&Option<Meaning>; COUNT]) {
    for meaning in meanings {
        let bytes: Vec<u8> = meaning.iter().flat_map(Meaning::bytes).collect();
        to.extend((bytes.len() as u32).to_le_bytes());
        to.extend(bytes);
    }
}

pub(crate) fn put(to: &mut Vec<u8>, numbers: &[u32]) {
    to.extend((numbers.len() as u32).to_le_bytes());
    numbers.iter().for_each(|number| to.extend(number.to_le_bytes()));
}

/// What is still to be read.
pub(crate) struct Bytes<'a>(pub(crate) &'a [u8]);

impl<'a> Bytes<'a> {
    pub(crate) fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    pub(crate) fn byte(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    fn number(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(self.take(4)?.try_into().ok()?))
    }

    /// A meaning with its length in front, or that there is none.
    pub(crate) fn meaning(&mut self) -> Option<Option<Meaning>> {
        let length = usize::try_from(self.number()?).ok()?;
        Some(Meaning::from_bytes(self.take(length)?))
    }

    pub(crate) fn numbers(&mut self) -> Option<Vec<u32>> {
        let count = usize::try_from(self.number()?).ok()?;
        let bytes = self.take(count.checked_mul(4)?)?;
        let (numbers, _) = bytes.as_chunks::<4>();
        Some(numbers.iter().map(|number| u32::from_le_bytes(*number)).collect())
    }

    pub(crate) fn frame(&mut self) -> Option<Frame> {
        let words = self.numbers()?.chunks_exact(2).map(|word| Word::from_flags(word[0], word[1])).collect();
        let ordinals = self.numbers()?.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect();
        let (years, months) = (self.numbers()?, self.numbers()?);
        Some(Frame { words, ordinals, years: years.into(), months: months.into(), looks_back: false })
    }
}
