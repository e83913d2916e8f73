//! How common a word is in a language.

/// A word of a language that many texts hold, whatever they are about.
#[derive(Clone, Debug, PartialEq)]
pub struct CommonWord {
    /// Lower case.
    pub word: String,
    /// Its stem, unless it is a stop word.
    pub stem: Option<String>,
    /// Its share of all words of a text (0 to 1).
    pub share: f32,
}
