//! A language by its ISO 639-1 code.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// Two lower-case ASCII letters (`en`, `uk`), or `und` when nobody knows.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Language([u8; 3]);

impl Language {
    /// BCP 47's "undetermined".
    pub const UNKNOWN: Self = Self(*b"und");
    pub const ENGLISH: Self = Self(*b"en\0");

    /// Reads what feeds, pages and data sets write: `en`, `en-US`, `EN_gb`, `eng`, `deu`, `ger`, `zh-Hant`.
    /// Anything else is [`Language::UNKNOWN`].
    pub fn parse(tag: &str) -> Self {
        let primary = tag.trim().split(['-', '_', ';', ',']).next().unwrap_or_default();
        let bytes = primary.as_bytes();
        let letters = bytes.iter().all(u8::is_ascii_alphabetic);
        match bytes {
            [a, b] if letters => Self([a.to_ascii_lowercase(), b.to_ascii_lowercase(), 0]),
            [_, _, _] if letters => from_three_letters(&primary.to_ascii_lowercase()),
            _ => Self::UNKNOWN,
        }
    }

    /// The code: `en`, `uk`, `und`.
    pub fn code(&self) -> &str {
        let len = if self.0[2] == 0 { 2 } else { 3 };
        std::str::from_utf8(&self.0[..len]).unwrap_or("und")
    }

    /// Whether the language is known.
    pub fn is_known(self) -> bool {
        self != Self::UNKNOWN
    }

    /// Written from right to left.
    pub fn is_right_to_left(self) -> bool {
        matches!(self.code(), "ar" | "fa" | "he" | "ur" | "ps" | "yi" | "dv" | "ug" | "ku" | "sd")
    }
}

/// ISO 639-2 (both B and T forms) and 639-3 codes of the languages that news is commonly written in.
#[rustfmt::skip]
fn from_three_letters(code: &str) -> Language {
    let two = match code {
        "afr" => "af", "ara" => "ar", "aze" => "az", "bel" => "be", "ben" => "bn", "bos" => "bs", "bul" => "bg",
        "cat" => "ca", "ces" | "cze" => "cs", "cym" | "wel" => "cy", "dan" => "da", "deu" | "ger" => "de",
        "ell" | "gre" => "el", "eng" => "en", "est" => "et", "eus" | "baq" => "eu", "fas" | "per" => "fa",
        "fin" => "fi", "fra" | "fre" => "fr", "gle" => "ga", "glg" => "gl", "heb" => "he", "hin" => "hi",
        "hrv" => "hr", "hun" => "hu", "hye" | "arm" => "hy", "ind" => "id", "isl" | "ice" => "is", "ita" => "it",
        "jpn" => "ja", "kat" | "geo" => "ka", "kaz" => "kk", "kor" => "ko", "lav" => "lv", "lit" => "lt",
        "mkd" | "mac" => "mk", "msa" | "may" => "ms", "nld" | "dut" => "nl", "nob" => "nb", "nor" => "no",
        "pol" => "pl", "por" => "pt", "ron" | "rum" => "ro", "rus" => "ru", "slk" | "slo" => "sk", "slv" => "sl",
        "spa" => "es", "sqi" | "alb" => "sq", "srp" => "sr", "swe" => "sv", "tam" => "ta", "tha" => "th",
        "tur" => "tr", "ukr" => "uk", "urd" => "ur", "uzb" => "uz", "vie" => "vi", "zho" | "chi" => "zh",
        _ => return Language::UNKNOWN,
    };
    Language::parse(two)
}

impl Default for Language {
    fn default() -> Self {
        Self::UNKNOWN
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Language {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Language {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(Self::parse(&String::deserialize(from)?))
    }
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn tags_as_the_world_writes_them() {
        let check = |tag: &str, code: &str| assert_eq!(Language::parse(tag).code(), code, "{tag:?}");
        check("en", "en");
        check("EN_gb", "en");
        check("zh-Hant-TW", "zh");
        check("ger", "de");
        check("deu", "de");
        check("", "und");
        check("english", "und");
        check("x1", "und");
    }
}
