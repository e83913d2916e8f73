//! The stemmer of ROUGE: Porter, "An algorithm for suffix stripping" (1980), on lower-case ASCII words.

/// The stem of a word.
pub(crate) fn stem(word: &str) -> String {
    let mut word = Word(word.as_bytes().to_vec());
    if word.0.len() > 2 {
        word.plurals();
        word.past();
        word.last_y();
        word.replace(&STEP_2, 0);
        word.replace(&STEP_3, 0);
        word.strip();
        word.last_e();
    }
    String::from_utf8(word.0).unwrap_or_default()
}

const STEP_2: [(&str, &str); 21] = [
    ("ational", "ate"),
    ("tional", "tion"),
    ("enci", "ence"),
    ("anci", "ance"),
    ("izer", "ize"),
    ("logi", "log"),
    ("bli", "ble"),
    ("alli", "al"),
    ("entli", "ent"),
    ("eli", "e"),
    ("ousli", "ous"),
    ("ization", "ize"),
    ("ation", "ate"),
    ("ator", "ate"),
    ("alism", "al"),
    ("iveness", "ive"),
    ("fulness", "ful"),
    ("ousness", "ous"),
    ("aliti", "al"),
    ("iviti", "ive"),
    ("biliti", "ble"),
];
const STEP_3: [(&str, &str); 7] = [
    ("icate", "ic"),
    ("ative", ""),
    ("alize", "al"),
    ("iciti", "ic"),
    ("ical", "ic"),
    ("ful", ""),
    ("ness", ""),
];
const STEP_4: [&str; 19] = [
    "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ion", "ou", "ism",
    "ate", "iti", "ous", "ive", "ize",
];

struct Word(Vec<u8>);

impl Word {
    fn ends(&self, suffix: &str) -> bool {
        self.0.ends_with(suffix.as_bytes())
    }

    fn before(&self, suffix: &str) -> usize {
        self.0.len() - suffix.len()
    }

    fn put(&mut self, suffix: &str, other: &str) {
        self.0.truncate(self.before(suffix));
        self.0.extend(other.bytes());
    }

    fn is_consonant(&self, at: usize) -> bool {
        match self.0.get(at) {
            Some(b'a' | b'e' | b'i' | b'o' | b'u') => false,
            Some(b'y') => at == 0 || !self.is_consonant(at - 1),
            _ => true,
        }
    }

    /// How often a vowel is followed by a consonant in the first `end` letters.
    fn measure(&self, end: usize) -> usize {
        (1..end).filter(|at| self.is_consonant(*at) && !self.is_consonant(at - 1)).count()
    }

    fn has_vowel(&self, end: usize) -> bool {
        (0..end).any(|at| !self.is_consonant(at))
    }

    fn is_double(&self) -> bool {
        let end = self.0.len();
        end > 1 && self.0[end - 1] == self.0[end - 2] && self.is_consonant(end - 1)
    }

    /// Consonant, vowel, consonant, the last not w, x or y, at the end of the first `end` letters.
    fn is_short(&self, end: usize) -> bool {
        end > 2
            && self.is_consonant(end - 1)
            && !self.is_consonant(end - 2)
            && self.is_consonant(end - 3)
            && !matches!(self.0[end - 1], b'w' | b'x' | b'y')
    }

    fn plurals(&mut self) {
        if self.ends("sses") || self.ends("ies") {
            self.0.truncate(self.0.len() - 2);
        } else if self.ends("s") && !self.ends("ss") {
            self.0.pop();
        }
    }

    fn past(&mut self) {
        if self.ends("eed") {
            if self.measure(self.before("eed")) > 0 {
                self.0.pop();
            }
            return;
        }
        let Some(suffix) = ["ed", "ing"].into_iter().find(|suffix| self.ends(suffix)) else { return };
        if !self.has_vowel(self.before(suffix)) {
            return;
        }
        self.put(suffix, "");
        if self.ends("at") || self.ends("bl") || self.ends("iz") {
            self.0.push(b'e');
        } else if self.is_double() && !matches!(self.0.last(), Some(b'l' | b's' | b'z')) {
            self.0.pop();
        } else if self.measure(self.0.len()) == 1 && self.is_short(self.0.len()) {
            self.0.push(b'e');
        }
    }

    fn last_y(&mut self) {
        if self.ends("y") && self.has_vowel(self.before("y")) {
            self.put("y", "i");
        }
    }

    /// The longest suffix of a table, where the stem before it is long enough.
    fn replace(&mut self, table: &[(&str, &str)], least: usize) {
        let fitting = table.iter().filter(|(suffix, _)| self.ends(suffix));
        let Some((suffix, other)) = fitting.max_by_key(|(suffix, _)| suffix.len()) else { return };
        if self.measure(self.before(suffix)) > least {
            self.put(suffix, other);
        }
    }

    fn strip(&mut self) {
        let fitting = STEP_4.iter().filter(|suffix| self.ends(suffix));
        let Some(suffix) = fitting.max_by_key(|suffix| suffix.len()) else { return };
        let end = self.before(suffix);
        let fits = *suffix != "ion" || end > 0 && matches!(self.0[end - 1], b's' | b't');
        if fits && self.measure(end) > 1 {
            self.put(suffix, "");
        }
    }

    fn last_e(&mut self) {
        if self.ends("e") {
            let end = self.before("e");
            let measure = self.measure(end);
            if measure > 1 || measure == 1 && !self.is_short(end) {
                self.0.pop();
            }
        }
        if self.ends("ll") && self.measure(self.0.len()) > 1 {
            self.0.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn words_lose_their_endings() {
        for (word, expect) in [
            ("caresses", "caress"),
            ("ponies", "poni"),
            ("agreed", "agre"),
            ("plastered", "plaster"),
            ("hopping", "hop"),
            ("falling", "fall"),
            ("filing", "file"),
            ("happy", "happi"),
            ("relational", "relat"),
            ("hopefulness", "hope"),
            ("adoption", "adopt"),
            ("controll", "control"),
            ("rate", "rate"),
            ("cease", "ceas"),
        ] {
            assert_eq!(stem(word), expect, "{word}");
        }
    }
}
