//! What was computed of words alone, kept for the first words that come: frequent ones come first. Remembering
//! changes no result, a row of a product does not depend on the rows beside it.

use super::Alone;
use std::collections::HashMap;
use std::sync::{Arc, RwLock};

/// Words that are kept, 4 kB each: of the network of names 12 MB, and nothing of that of tagger and parser where nobody
/// asks for a whole reading.
const MOST: usize = 3_000;

#[derive(Debug, Default)]
pub(super) struct Memory {
    words: RwLock<HashMap<Box<[u64]>, Arc<Alone>>>,
}

impl Memory {
    /// What is remembered of each word.
    pub(super) fn recall(&self, words: &[&[u64]]) -> Vec<Option<Arc<Alone>>> {
        match self.words.read() {
            Ok(known) => words.iter().map(|word| known.get(*word).cloned()).collect(),
            // Another thread panicked while it wrote: going on without memory only costs time.
            Err(_) => vec![None; words.len()],
        }
    }

    pub(super) fn keep(&self, words: &[&[u64]], computed: &[Arc<Alone>]) {
        let full = self.words.read().map_or(true, |known| known.len() >= MOST);
        if full {
            return;
        }
        if let Ok(mut known) = self.words.write() {
            for (word, alone) in words.iter().zip(computed) {
                if known.len() >= MOST {
                    break;
                }
                known.insert((*word).into(), Arc::clone(alone));
            }
        }
    }
}
