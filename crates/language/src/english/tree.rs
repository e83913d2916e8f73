//! The parser's tree put right: dependents that were hung higher so that no arcs cross go back to where they
//! belong (Nivre and Nilsson 2005; the label says so: `prep||dobj`), and sentences begin where trees do.

use super::arcs::Tree;

/// Parts a label from that of the head that the word belongs to.
const LIFTED: &str = "||";

/// Heads and labels of each word. `labels` names the labels of moves, `spaces` tells which words are white space.
pub(super) fn settle(tree: &Tree, labels: &[String], spaces: &[bool]) -> (Vec<usize>, Vec<String>) {
    let mut heads = tree.heads.clone();
    let mut names: Vec<String> = tree
        .labels
        .iter()
        .enumerate()
        .map(|(word, label)| match label {
            Some(label) if heads[word] != word => labels[*label].clone(),
            _ => "ROOT".to_owned(),
        })
        .collect();
    for word in 0..heads.len() {
        let Some((label, wanted)) = names[word].split_once(LIFTED) else { continue };
        let (label, wanted) = (label.to_owned(), wanted.to_owned());
        heads[word] = lower(word, &wanted, &heads, &names, spaces);
        names[word] = label;
    }
    (heads, names)
}

/// The nearest word below the present head that has the wanted label; without one the present head.
fn lower(word: usize, wanted: &str, heads: &[usize], names: &[String], spaces: &[bool]) -> usize {
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); heads.len()];
    for (child, head) in heads.iter().enumerate().filter(|(child, head)| child != *head) {
        children[*head].push(child);
    }
    let mut level = vec![heads[word]];
    while !level.is_empty() {
        let mut next = Vec::new();
        for child in level.iter().flat_map(|head| &children[*head]) {
            if spaces[*child] || *child == word {
                continue;
            }
            if names[*child] == wanted {
                return *child;
            }
            next.push(*child);
        }
        level = next;
    }
    heads[word]
}

/// Which words begin a sentence: the leftmost word of each tree.
pub(super) fn beginnings(heads: &[usize]) -> Vec<bool> {
    let root = |mut word: usize| {
        // A tree is never deeper than it has words.
        for _ in 0..heads.len() {
            if heads[word] == word {
                break;
            }
            word = heads[word];
        }
        word
    };
    let mut seen = vec![false; heads.len()];
    (0..heads.len()).map(|word| !std::mem::replace(&mut seen[root(word)], true)).collect()
}
