//! The vectors of the texts that were read last. Two shelves: what is asked for moves to the new one; when that is full it
//! becomes the old one and what nobody asked for since is forgotten.

use std::collections::HashMap;

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Lately {
    /// Texts on the new shelf at most; nothing is remembered when it is none.
    most: usize,
    new: HashMap<Box<str>, Vec<f32>>,
    old: HashMap<Box<str>, Vec<f32>>,
}

impl Lately {
    pub(super) fn of(texts: usize) -> Self {
        Self { most: texts, ..Self::default() }
    }

    /// The vector of a text, if it is remembered.
    pub(super) fn of_text(&mut self, text: &str) -> Option<Vec<f32>> {
        if let Some(vector) = self.new.get(text) {
            return Some(vector.clone());
        }
        let vector = self.old.remove(text)?;
        self.keep(text, &vector);
        Some(vector)
    }

    pub(super) fn keep(&mut self, text: &str, vector: &[f32]) {
        if self.most == 0 {
            return;
        }
        if self.new.len() >= self.most {
            self.old = std::mem::take(&mut self.new);
        }
        self.new.insert(text.into(), vector.to_vec());
    }
}

#[cfg(test)]
mod tests {
    use super::Lately;

    #[test]
    fn what_is_asked_for_stays() {
        let mut lately = Lately::of(2);
        for number in 0..6_u8 {
            lately.keep(&number.to_string(), &[f32::from(number)]);
            assert_eq!(lately.of_text("0"), Some(vec![0.0]), "after {number}");
        }
        assert_eq!(lately.of_text("1"), None);
        assert_eq!(lately.of_text("5"), Some(vec![5.0]));
        let mut none = Lately::of(0);
        none.keep("5", &[5.0]);
        assert_eq!(none.of_text("5"), None);
    }
}
