//! Which tokens stand in quotation marks: pairs of marks within a paragraph, of every style, and quotations
//! that run on over paragraphs (each paragraph opens them anew, only the last one closes).
//!
//! In: the tokens of each paragraph. Out: quoted stretches as token ranges, marks included, in order.

use crate::token::{Facing, Token, TokenKind};
use std::ops::Range;

/// A stretch in quotation marks: tokens, marks included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Quoted {
    pub(crate) tokens: Range<usize>,
    /// It goes on in the next paragraph.
    pub(crate) continues: bool,
}

/// An opened mark.
#[derive(Clone, Copy)]
struct Open {
    at: usize,
    single: bool,
    facing: Facing,
}

/// The quoted stretches of a text, whose paragraphs are ranges of `tokens`.
pub(crate) fn quoted(text: &str, tokens: &[Token], paragraphs: &[Range<usize>]) -> Vec<Quoted> {
    let mut found: Vec<Quoted> = Vec::new();
    for (index, paragraph) in paragraphs.iter().enumerate() {
        let open = pair(text, tokens, paragraph.clone(), &mut found);
        let next = paragraphs.get(index + 1).and_then(|next| tokens.get(next.start));
        let opens_anew = next.is_some_and(|token| may_open_paragraph(token.kind));
        if let Some(open) = open.filter(|open| !open.single && (opens_anew || open.at == paragraph.start)) {
            found.push(Quoted { tokens: open.at..paragraph.end, continues: opens_anew });
        }
    }
    found
}

fn may_open_paragraph(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::Double(facing) if facing != Facing::Closes)
}

/// Pairs the marks of one paragraph; gives back the one left open.
fn pair(text: &str, tokens: &[Token], paragraph: Range<usize>, found: &mut Vec<Quoted>) -> Option<Open> {
    let mut open: Option<Open> = None;
    for at in paragraph {
        let (facing, single) = match tokens[at].kind {
            TokenKind::Double(facing) => (facing, false),
            TokenKind::Single(facing) => (facing, true),
            _ => continue,
        };
        let around = Around::of(text, tokens[at]);
        match open {
            None if opens(facing, single, &around) => open = Some(Open { at, single, facing }),
            Some(from) if from.single == single && closes(from.facing, facing, &around) => {
                if at > from.at + 1 {
                    found.push(Quoted { tokens: from.at..at + 1, continues: false });
                }
                open = None;
            }
            // A double mark inside what looked like a single quotation: the single one was an apostrophe.
            Some(from) if from.single && !single && opens(facing, single, &around) => {
                open = Some(Open { at, single, facing });
            }
            // A second opening mark: the first one was never closed.
            Some(from)
                if from.single == single && facing == Facing::Opens && from.facing == Facing::Opens =>
            {
                open = Some(Open { at, single, facing });
            }
            _ => {}
        }
    }
    open
}

/// The characters beside a mark.
struct Around {
    before: Option<char>,
    after: Option<char>,
}

impl Around {
    fn of(text: &str, token: Token) -> Self {
        Self {
            before: text.get(..token.start as usize).and_then(|before| before.chars().next_back()),
            after: text.get(token.end as usize..).and_then(|after| after.chars().next()),
        }
    }

    fn space_before(&self) -> bool {
        self.before.is_none_or(|c| c.is_whitespace() || "([{—–-/:".contains(c) || is_mark(c))
    }

    fn space_after(&self) -> bool {
        self.after.is_none_or(char::is_whitespace)
    }

    fn letter_after(&self) -> bool {
        self.after.is_some_and(|c| c.is_alphanumeric() || "[($…#@".contains(c) || is_mark(c))
    }
}

fn is_mark(c: char) -> bool {
    "\"'“”‘’«»".contains(c)
}

fn opens(facing: Facing, single: bool, around: &Around) -> bool {
    match facing {
        Facing::Opens | Facing::LowOpens => true,
        Facing::Guillemet { left } => left || around.space_before() && !around.space_after(),
        Facing::Either if single => around.space_before() && around.letter_after(),
        Facing::Either => !around.space_after() && (around.space_before() || around.letter_after()),
        Facing::Closes => false,
    }
}

fn closes(opened: Facing, facing: Facing, around: &Around) -> bool {
    match (opened, facing) {
        // German: „ ... “ (or a straight or English closing mark by sloppy hands).
        (Facing::LowOpens, Facing::Opens | Facing::Closes | Facing::Either) => true,
        (Facing::Opens | Facing::Either, Facing::Closes) => !around.after.is_some_and(char::is_alphanumeric),
        (Facing::Guillemet { left }, Facing::Guillemet { left: other }) => left != other,
        (Facing::Opens | Facing::Either, Facing::Either) => {
            !around.after.is_some_and(char::is_alphanumeric)
                || around.before.is_some_and(|c| ".,!?".contains(c))
        }
        // `“ ... “`: the second stands where only a closing mark can.
        (Facing::Opens, Facing::Opens) => around.space_after() && !around.space_before(),
        _ => false,
    }
}
