//! Where they stand: positions in other languages than English on sentences of ours, half of which were looked at while
//! the rules were mended, and moves on invented courses.
//!
//! Input is `crates/statement/tests/fixtures/positions.txt` and `moves.txt`.

use anyhow::{Context, Result};
use news::{Language, Position};
use statement::positions::course::{Stood, Told, place};
use statement::positions::positions;
use std::fmt::Write;
use std::fs;
use std::path::Path;

const SENTENCES: &str = "crates/statement/tests/fixtures/positions.txt";
const COURSES: &str = "crates/statement/tests/fixtures/moves.txt";
const LANGUAGES: [&str; 5] = ["de", "fr", "es", "ru", "uk"];

/// Positions that are there, that were told, and that were told right.
#[derive(Clone, Copy, Default)]
struct Tally {
    sentences: u32,
    gold: u32,
    told: u32,
    right: u32,
}

pub(crate) fn run(_: &Path) -> Result<String> {
    let sentences = fs::read_to_string(SENTENCES).context(SENTENCES)?;
    let courses = fs::read_to_string(COURSES).context(COURSES)?;
    let mut page = String::new();
    for part in ["looked at", "held"] {
        let mut all = Tally::default();
        let mut by_language = String::new();
        for code in LANGUAGES {
            let tally = score(&sentences, part, code);
            all.add(tally);
            write!(by_language, "  {code} {}/{}/{}", tally.right, tally.told, tally.gold)?;
        }
        writeln!(page, "{part}: {} sentences; {}", all.sentences, all.line())?;
        writeln!(page, "  right/told/there{by_language}")?;
    }
    page.push_str(&moves(&courses)?);
    Ok(page)
}

fn score(sentences: &str, part: &str, code: &str) -> Tally {
    let mut tally = Tally::default();
    let mut here = false;
    for line in sentences.lines().filter(|line| !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix("== ") {
            here = name == part;
            continue;
        }
        let fields: Vec<&str> = line.split('\t').collect();
        if let [language, text, gold] = *fields.as_slice()
            && here
            && language == code
        {
            tally.take(text, language, gold);
        }
    }
    tally
}

impl Tally {
    fn take(&mut self, text: &str, language: &str, gold: &str) {
        let gold: Vec<&str> = gold.split(" ; ").filter(|gold| *gold != "-").collect();
        let told = told(text, Language::parse(language));
        let told: Vec<String> = told.iter().map(|one| line(text, one)).collect();
        self.sentences += 1;
        self.gold += gold.len() as u32;
        self.told += told.len() as u32;
        self.right += told.iter().filter(|told| gold.contains(&told.as_str())).count() as u32;
    }

    fn add(&mut self, other: Self) {
        self.sentences += other.sentences;
        self.gold += other.gold;
        self.told += other.told;
        self.right += other.right;
    }

    fn line(&self) -> String {
        let share = |of: u32| 100.0 * f64::from(self.right) / f64::from(of.max(1));
        format!(
            "{} positions there, {} told, {} right: precision {:.1}, recall {:.1}",
            self.gold,
            self.told,
            self.right,
            share(self.told),
            share(self.gold)
        )
    }
}

fn told(text: &str, language: Language) -> Vec<Position> {
    let sheet = statement::Sheet::of(text);
    let said = statement::read(&sheet, language, &[]).attributions;
    positions(&sheet, language, &said, &[])
}

fn line(text: &str, one: &Position) -> String {
    format!("{} | {} | {}", one.actor.as_deref().unwrap_or("-"), one.stance.word(), one.issue.of(text))
}

/// Moves found in courses, against those that are marked.
fn moves(courses: &str) -> Result<String> {
    let (mut tally, mut wrong) = (Tally::default(), String::new());
    let plain: Vec<&str> = courses.lines().filter(|line| !line.starts_with('#')).collect();
    for course in plain.split(|line| line.is_empty()).filter(|course| !course.is_empty()) {
        tally.sentences += 1;
        let moved = moved(course);
        for (at, day) in course.iter().enumerate() {
            let (gold, found) = (day.starts_with("> "), moved.contains(&at));
            tally.gold += u32::from(gold);
            tally.told += u32::from(found);
            tally.right += u32::from(gold && found);
            if gold != found {
                writeln!(wrong, "  {}: {day}", if gold { "missed" } else { "made up" })?;
            }
        }
    }
    let line = tally.line().replace("positions there, ", "moves there, ");
    Ok(format!("moves: {} courses; {line}\n{wrong}", tally.sentences))
}

/// The days of a course by which somebody moves. A surname alone is whoever bore it before.
fn moved(course: &[&str]) -> Vec<usize> {
    let texts: Vec<&str> = course.iter().map(|day| day.trim_start_matches("> ")).collect();
    let read: Vec<Vec<Position>> = texts.iter().map(|text| told(text, Language::ENGLISH)).collect();
    let names: Vec<String> = read.iter().flatten().filter_map(|one| one.actor.clone()).collect();
    let whole = |name: &str| {
        let full = names.iter().find(|full| full.ends_with(&format!(" {name}")));
        full.map_or(name, String::as_str).to_owned()
    };
    let mut stood: Vec<(usize, String, &str, Told)> = Vec::new();
    for (day, positions) in read.iter().enumerate() {
        for one in positions {
            let actor = one.actor.as_deref().map(whole).unwrap_or_default();
            let told = Told { stance: one.stance, earlier: one.earlier };
            stood.push((day, actor, one.issue.of(texts[day]), told));
        }
    }
    let given: Vec<Stood<&str>> = stood
        .iter()
        .map(|(_, actor, issue, told)| Stood { actor: actor.as_str(), issue, told: *told })
        .collect();
    let placed = place(&given);
    let days = stood.iter().zip(placed).filter(|(_, placed)| placed.turn.moved_from.is_some());
    days.map(|((day, ..), _)| *day).collect()
}
