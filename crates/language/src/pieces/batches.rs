//! Texts on their way to a network: as many together as the network likes, answers in the order of the texts.

use crate::models::ModelError;

/// What `forward` answers for each text, which are given to it in batches of at most `most` pieces, or one text alone.
///
/// # Errors
/// When `forward` fails.
pub(crate) fn in_batches<Answer>(
    texts: &[&str],
    most: usize,
    split: impl Fn(&str) -> Vec<u32>,
    forward: impl Fn(&[Vec<u32>]) -> Result<Vec<Answer>, ModelError>,
) -> Result<Vec<Answer>, ModelError> {
    let mut answers = Vec::with_capacity(texts.len());
    let mut batch: Vec<Vec<u32>> = Vec::new();
    let mut held = 0;
    for text in texts {
        let pieces = split(text);
        if held + pieces.len() > most && !batch.is_empty() {
            answers.extend(forward(&batch)?);
            batch.clear();
            held = 0;
        }
        held += pieces.len();
        batch.push(pieces);
    }
    if !batch.is_empty() {
        answers.extend(forward(&batch)?);
    }
    Ok(answers)
}

#[cfg(test)]
mod tests {
    use super::in_batches;
    use std::cell::RefCell;

    #[test]
    fn answers_stand_in_the_order_of_the_texts() {
        let seen = RefCell::new(Vec::new());
        let split = |text: &str| text.bytes().map(u32::from).collect();
        let answers = in_batches(&["ab", "c", "defghi", "j"], 4, split, |batch| {
            seen.borrow_mut().push(batch.len());
            Ok(batch.iter().map(|pieces| vec![pieces[0] as f32]).collect())
        });
        let letters: Vec<f32> = b"acdj".map(f32::from).to_vec();
        assert_eq!(answers.unwrap().concat(), letters);
        assert_eq!(*seen.borrow(), [2, 1, 1], "a text longer than a batch goes alone");
    }
}
