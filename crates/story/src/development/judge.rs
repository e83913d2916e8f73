//! How new the headline and the first sentences of an article are to its story.

use super::Telling;
use super::figures::{Value, values};
use super::meant::Meant;
use super::memory::{Memory, Word, concept, is_column, words};
use news::{ArticleId, Attribution, Evidence, Line, QuoteKind, Span, TermKind};

/// Sentences below the headline that are looked at.
const LOOKED_AT: usize = 6;
/// Sentences given as evidence, and how much less one is worth that says little when it is read alone.
const EVIDENCE: usize = 3;
const DIM: f32 = 0.5;
/// Words that a sentence must have to be judged.
pub(super) const WORDS: usize = 3;
/// Sentences in which voices are heard.
const VOICES: usize = 4;
/// Share of a quoting sentence that is known when a new speaker is only quoted again, and when one who was quoted
/// before says something else.
const SAME_WORDS: f32 = 0.55;
const OTHER_WORDS: f32 = 0.3;
/// What a stem weighs in a language that the story was hardly told in: then it is new whatever it says.
const FOREIGN: f32 = 0.2;
/// Articles after which a language is at home in the story.
const AT_HOME: u32 = 2;

/// One sentence against what is known.
#[derive(Clone, Debug, Default)]
pub(super) struct JudgedLine {
    pub(super) span: Option<Span>,
    pub(super) words: Vec<Word>,
    /// Share of its weight that no article of the story had.
    pub(super) fresh: f32,
    /// Share of its weight, names left out, that the nearest known sentence has.
    pub(super) cover: f32,
    /// Stands that no headline of the story took, other than "said".
    pub(super) stands: u32,
    /// What happens in it and did not yet happen in the story.
    pub(super) happens: u32,
    /// What happens in it and no headline of the story had.
    pub(super) headlines: u32,
    /// Names that the story did not know.
    pub(super) names: u32,
    pub(super) anchored: bool,
    pub(super) past: bool,
    /// Read alone it says little: it leans on what stands before it, or names nobody and nothing that happens.
    pub(super) dim: bool,
}

/// An article against what is known.
#[derive(Clone, Debug, Default)]
pub(super) struct Judged {
    pub(super) title: JudgedLine,
    /// The first sentences.
    pub(super) body: Vec<JudgedLine>,
    pub(super) column: bool,
    /// Words are quoted of somebody who was not quoted in the story before, or words that are quite other.
    pub(super) new_voice: bool,
    /// Somebody is quoted by name.
    pub(super) quoted: bool,
    /// How thin the memory is that it is set against: 1 for the second article, less with each further one.
    pub(super) thin: f32,
    /// Nothing is known yet: it opens its story.
    pub(super) opens: bool,
    /// Seconds since the story opened.
    pub(super) age: i64,
    /// What its opening means, where that was asked.
    pub(super) meant: Option<Meant>,
    /// What headline and first sentence count.
    pub(super) values: Vec<Value>,
}

impl Judged {
    pub(super) fn of(memory: &Memory, telling: &Telling) -> Self {
        let lines = &telling.reading.lines;
        let told = memory.told_in(telling.reading.language);
        let at_home = told >= AT_HOME || told == memory.articles();
        let judge = |line: &Line| judge(memory, line, at_home);
        let title = lines.first().map(judge).unwrap_or_default();
        let body = lines.iter().skip(1).take(LOOKED_AT).map(judge).collect();
        let mut judged = Self {
            title,
            body,
            column: is_column(lines),
            new_voice: false,
            quoted: false,
            thin: 1.0 / memory.articles().max(1) as f32,
            opens: memory.articles() == 0,
            age: memory.age(telling.at.as_second()),
            meant: None,
            values: lines.iter().take(2).flat_map(values).collect(),
        };
        judged.hear(memory, telling.said);
        judged
    }

    /// Listens to who is quoted in the first sentences.
    fn hear(&mut self, memory: &Memory, said: &[Attribution]) {
        for said in said.iter().filter(|said| said.kind != QuoteKind::Indirect) {
            let (Some(speaker), Some(words)) = (said.speaker.as_deref(), said.content.first()) else {
                continue;
            };
            let inside = |line: &&JudgedLine| {
                line.span.is_some_and(|span| span.start <= words.start && words.end <= span.end)
            };
            let Some(line) = self.body.iter().take(VOICES).find(inside) else { continue };
            self.quoted = true;
            let most = if memory.quoted(speaker) { OTHER_WORDS } else { SAME_WORDS };
            self.new_voice |= line.cover < most;
        }
    }

    /// The first sentence that says something.
    pub(super) fn lead(&self) -> Option<&JudgedLine> {
        self.body.iter().find(|line| line.words.len() >= WORDS)
    }

    pub(super) fn has(&self, key: u32, lines: usize) -> bool {
        let has = |line: &JudgedLine| line.words.iter().any(|word| word.key == key);
        has(&self.title) || self.body.iter().take(lines).any(has)
    }

    /// The sentences that say what is new, the newest first, and the headline; each place once. Where all is new, an article says
    /// at its top what it is about. A headline stands before sentences that say little when they are read alone.
    pub(super) fn evidence(&self, article: ArticleId) -> Vec<Evidence> {
        let lead = self.lead().filter(|_| self.opens).and_then(|line| line.span);
        let mut told: Vec<(bool, f32, &JudgedLine)> = Vec::new();
        for (place, line) in self.body.iter().enumerate().filter(|(_, line)| line.words.len() >= WORDS) {
            let leads = lead.is_some() && line.span == lead;
            if leads || !line.past {
                let dim = if line.dim { DIM } else { 0.0 };
                let score = line.fresh + 0.5 * line.happens.min(1) as f32 - 0.15 * place as f32 - dim;
                told.push((leads && !line.dim, score, line));
            }
        }
        told.sort_by(|a, b| b.0.cmp(&a.0).then(b.1.total_cmp(&a.1)));
        let best = told.iter().map(|(_, score, _)| *score).fold(0.0, f32::max);
        let worth = told.into_iter().filter(|(leads, score, _)| *leads || *score >= best * 0.6);
        let mut lines: Vec<&JudgedLine> = Vec::new();
        for (.., line) in worth {
            // Sentences that share a quotation are shown as one.
            if lines.len() < EVIDENCE - 1 && !lines.iter().any(|known| known.span == line.span) {
                lines.push(line);
            }
        }
        let dims = lines.first().is_some_and(|line| line.dim);
        let mut spans: Vec<Option<Span>> = lines.iter().map(|line| line.span).collect();
        spans.insert(if dims { 0 } else { spans.len() }, None);
        spans.into_iter().map(|span| Evidence { article, span }).collect()
    }
}

fn judge(memory: &Memory, line: &Line, at_home: bool) -> JudgedLine {
    let words = words(line);
    let weigh = |word: &Word| match word.kind {
        TermKind::Stem if !at_home => FOREIGN,
        TermKind::Stem | TermKind::Happening => 1.0,
        TermKind::Name => 1.2,
        _ => 0.3,
    };
    let all: f32 = words.iter().map(weigh).sum();
    let new = words.iter().filter(|word| !memory.knows(word.key));
    let fresh: f32 = new.clone().map(weigh).sum();
    let plain: f32 = words.iter().filter(|word| word.kind != TermKind::Name).map(weigh).sum();
    let nearest = memory.lines().map(|known| {
        let common = words.iter().filter(|word| word.kind != TermKind::Name);
        common.filter(|word| known.words.binary_search(&word.key).is_ok()).map(weigh).sum::<f32>()
    });
    let known = nearest.fold(0.0, f32::max);
    let happens = words.iter().filter(|word| word.kind == TermKind::Happening && !memory.happened(word.key));
    let headlines =
        words.iter().filter(|word| word.kind == TermKind::Happening && !memory.headlined(word.key));
    // That somebody says so is no stand, however it is put.
    let attributes = [concept("said"), concept("claimed")];
    let stands = words.iter().filter(|word| word.kind == TermKind::Stand && !attributes.contains(&word.key));
    let stands = stands.filter(|word| !memory.headlined(word.key));
    let share = |part: f32| if all > 0.0 { part / all } else { 0.0 };
    JudgedLine {
        span: line.span,
        fresh: share(fresh),
        cover: if plain > 0.0 { known / plain } else { 1.0 },
        stands: u32::try_from(stands.count()).unwrap_or(u32::MAX),
        happens: u32::try_from(happens.count()).unwrap_or(u32::MAX),
        headlines: u32::try_from(headlines.count()).unwrap_or(u32::MAX),
        names: u32::try_from(new.filter(|word| word.kind == TermKind::Name).count()).unwrap_or(u32::MAX),
        anchored: line.anchored,
        past: line.past,
        dim: line.leans
            || !words.iter().any(|word| matches!(word.kind, TermKind::Name | TermKind::Happening)),
        words,
    }
}
