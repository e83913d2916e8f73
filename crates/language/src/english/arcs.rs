//! Who depends on whom: the arc-eager transition system (Nivre 2003) with the extensions of the reference: a word
//! without a head may go back to the buffer (Honnibal and Johnson 2014), and a move begins sentences.

use super::scores::Prepared;

/// Words a state looks at.
pub(super) const PLACES: usize = 8;

const NONE: usize = usize::MAX;

/// Kinds of moves, numbered as in the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Move {
    Shift,
    Reduce,
    /// The word in front gets the next one as its head.
    Left,
    /// The next word gets the word in front as its head.
    Right,
    /// The word after the next begins a sentence.
    Break,
}

impl Move {
    pub(super) fn numbered(number: u8) -> Option<Self> {
        [Self::Shift, Self::Reduce, Self::Left, Self::Right, Self::Break].get(usize::from(number)).copied()
    }
}

/// The tree of a text: each word's head (itself for a root) and the number of its label.
#[derive(Debug)]
pub(super) struct Tree {
    pub(super) heads: Vec<usize>,
    pub(super) labels: Vec<Option<usize>>,
}

/// The best tree that greedy moves lead to. A move's label is its place in `moves`.
pub(super) fn parse(words: usize, prepared: &Prepared, moves: &[Move]) -> Tree {
    let mut state = State::new(words);
    let mut scores = vec![0.0; moves.len()];
    while !state.is_final() {
        prepared.score(&state.seen(), &mut scores);
        let valid =
            [state.can_shift(), state.can_reduce(), state.can_join(), state.can_join(), state.can_break()];
        let mut best: Option<usize> = None;
        for (at, kind) in moves.iter().enumerate() {
            if valid[*kind as usize] && best.is_none_or(|best| scores[at] > scores[best]) {
                best = Some(at);
            }
        }
        let Some(best) = best else { break };
        state.make(moves[best], best);
    }
    let heads = state.heads.iter().enumerate().map(|(word, head)| if *head == NONE { word } else { *head });
    Tree { heads: heads.collect(), labels: state.labels }
}

#[derive(Debug)]
struct State {
    words: usize,
    next: usize,
    stack: Vec<usize>,
    /// Words that went back in front of the buffer, the next one last.
    back: Vec<usize>,
    heads: Vec<usize>,
    labels: Vec<Option<usize>>,
    /// The youngest child on each side, and for each child the one before it.
    left: Vec<usize>,
    right: Vec<usize>,
    older: Vec<usize>,
    shifted_back: Vec<bool>,
    begins: Vec<bool>,
}

impl State {
    fn new(words: usize) -> Self {
        Self {
            words,
            next: 0,
            stack: Vec::new(),
            back: Vec::new(),
            heads: vec![NONE; words],
            labels: vec![None; words],
            left: vec![NONE; words],
            right: vec![NONE; words],
            older: vec![NONE; words],
            shifted_back: vec![false; words],
            begins: vec![false; words],
        }
    }

    fn is_final(&self) -> bool {
        self.stack.is_empty() && self.waiting() == 0
    }

    /// Words in the buffer.
    fn waiting(&self) -> usize {
        self.words - self.next + self.back.len()
    }

    fn buffer(&self, at: usize) -> Option<usize> {
        match self.back.len().checked_sub(at + 1) {
            Some(place) => Some(self.back[place]),
            None => Some(self.next + at - self.back.len()).filter(|word| *word < self.words),
        }
    }

    fn front(&self, at: usize) -> Option<usize> {
        self.stack.len().checked_sub(at + 1).map(|place| self.stack[place])
    }

    fn seen(&self) -> [Option<usize>; PLACES] {
        let (next, front) = (self.buffer(0), self.front(0));
        let child = |children: &[usize], of: Option<usize>| {
            of.map(|word| children[word]).filter(|child| *child != NONE)
        };
        [
            next,
            self.buffer(1),
            front,
            self.front(1),
            self.front(2),
            child(&self.left, next),
            child(&self.left, front),
            child(&self.right, front),
        ]
    }

    fn next_begins(&self) -> bool {
        self.buffer(0).is_some_and(|word| self.begins[word])
    }

    fn can_shift(&self) -> bool {
        self.stack.is_empty()
            || self.waiting() >= 2
                && !self.next_begins()
                && !self.buffer(0).is_some_and(|word| self.shifted_back[word])
    }

    fn can_reduce(&self) -> bool {
        !self.stack.is_empty()
    }

    fn can_join(&self) -> bool {
        !self.stack.is_empty() && self.waiting() > 0 && !self.next_begins()
    }

    fn can_break(&self) -> bool {
        let (Some(next), Some(second)) = (self.buffer(0), self.buffer(1)) else { return false };
        second == next + 1 && !self.begins[second]
    }

    fn make(&mut self, kind: Move, label: usize) {
        let (next, front) = (self.buffer(0), self.front(0));
        match kind {
            Move::Shift => self.push(),
            Move::Reduce => self.reduce(),
            Move::Left => {
                if let (Some(head), Some(child)) = (next, front) {
                    self.join(head, child, label);
                    self.shifted_back[head] = false;
                    self.stack.pop();
                }
            }
            Move::Right => {
                if let (Some(head), Some(child)) = (front, next) {
                    self.join(head, child, label);
                    self.push();
                }
            }
            Move::Break => {
                if let Some(second) = self.buffer(1) {
                    self.begins[second] = true;
                }
            }
        }
    }

    fn push(&mut self) {
        if let Some(word) = self.back.pop() {
            self.stack.push(word);
        } else if self.next < self.words {
            self.stack.push(self.next);
            self.next += 1;
        }
    }

    fn reduce(&mut self) {
        let Some(word) = self.stack.pop() else { return };
        if self.heads[word] == NONE && !self.stack.is_empty() {
            self.shifted_back[word] = true;
            self.back.push(word);
        }
    }

    fn join(&mut self, head: usize, child: usize, label: usize) {
        let old = self.heads[child];
        if old != NONE {
            let children = if old > child { &mut self.left } else { &mut self.right };
            if children[old] == child {
                children[old] = self.older[child];
            }
        }
        let children = if head > child { &mut self.left } else { &mut self.right };
        self.older[child] = children[head];
        children[head] = child;
        self.heads[child] = head;
        self.labels[child] = Some(label);
    }
}
