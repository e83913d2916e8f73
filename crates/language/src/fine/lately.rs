//! The gists of the texts that were read last. Two shelves: what is asked for moves to the new one; when that is full it
//! becomes the old one and what nobody asked for since is forgotten.

use super::Gist;
use std::collections::HashMap;

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Lately {
    /// Texts on the new shelf at most; nothing is remembered when it is none.
    most: usize,
    new: HashMap<Box<str>, Gist>,
    old: HashMap<Box<str>, Gist>,
}

impl Lately {
    pub(super) fn of(texts: usize) -> Self {
        Self { most: texts, ..Self::default() }
    }

    /// The gist of a text, if it is remembered.
    pub(super) fn of_text(&mut self, text: &str) -> Option<Gist> {
        if let Some(gist) = self.new.get(text) {
            return Some(gist.clone());
        }
        let gist = self.old.remove(text)?;
        self.keep(text, &gist);
        Some(gist)
    }

    pub(super) fn keep(&mut self, text: &str, gist: &Gist) {
        if self.most == 0 {
            return;
        }
        if self.new.len() >= self.most {
            self.old = std::mem::take(&mut self.new);
        }
        self.new.insert(text.into(), gist.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::{Gist, Lately};

    #[test]
    fn what_is_asked_for_stays() {
        let gist = |number: u8| Gist { vector: vec![f32::from(number)], acting: Vec::new() };
        let mut lately = Lately::of(2);
        for number in 0..6_u8 {
            lately.keep(&number.to_string(), &gist(number));
            assert_eq!(lately.of_text("0"), Some(gist(0)), "after {number}");
        }
        assert_eq!(lately.of_text("1"), None);
        assert_eq!(lately.of_text("5"), Some(gist(5)));
        let mut none = Lately::of(0);
        none.keep("5", &gist(5));
        assert_eq!(none.of_text("5"), None);
    }
}
