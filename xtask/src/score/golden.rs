//! The golden set: pairs of articles that must come together, pairs that must stay apart, and small streams, written
//! for this product (`tests/golden`). Each pair and stream comes in after the demo day, ten days later, through the
//! real reader and the real assignment; what counts is where both stand after a second look.

use super::jsonl;
use super::stories::{Agreement, arrival, blocks, follow};
use anyhow::Result;
use language::Reader;
use news::{Article, ArticleId, Language, Reading, StoryId, Timestamp};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;
use std::path::Path;
use story::{Arrival, Stories};

/// Between two articles of a pair or stream.
const APART_SECONDS: i64 = 90 * 60;
/// When the demo day comes, and when the pairs come.
const BACKGROUND: i64 = 1_760_000_000;
const START: i64 = BACKGROUND + 10 * 86_400;

/// The share of pairs that must be right: must-merge, must-not-merge.
pub(crate) const BARS: (f64, f64) = (0.95, 1.0);

/// One article as written.
#[derive(Deserialize)]
struct Told {
    lang: String,
    outlet: String,
    title: String,
    #[serde(default)]
    lead: String,
    /// The true story within its stream.
    #[serde(default)]
    story: String,
}

#[derive(Deserialize)]
struct Pair {
    kind: String,
    first: Told,
    second: Told,
}

#[derive(Deserialize)]
struct Stream {
    name: String,
    articles: Vec<Told>,
}

/// A line of the demo day, as far as it is used here.
#[derive(Deserialize)]
struct Day {
    lang: String,
    outlet: String,
    title: String,
    #[serde(default)]
    summary: String,
}

/// How many of how many were right.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    right: usize,
    all: usize,
}

impl Tally {
    fn count(&mut self, right: bool) {
        self.right += usize::from(right);
        self.all += 1;
    }

    fn with(self, other: Self) -> Self {
        Self { right: self.right + other.right, all: self.all + other.all }
    }

    pub(crate) fn share(self) -> f64 {
        self.right as f64 / self.all.max(1) as f64
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(f, "{}/{} ({:.1} %)", self.right, self.all, 100.0 * self.share())
    }
}

/// Everything that was judged.
pub(crate) struct Golden {
    pub(crate) merge: Tally,
    pub(crate) apart: Tally,
    /// The same by the decision at arrival.
    arrived: [Tally; 2],
    by_kind: BTreeMap<(&'static str, String), Tally>,
    by_language: BTreeMap<(&'static str, String), Tally>,
    wrong: Vec<String>,
    /// BCubed and pairwise F1 over all streams: at arrival, after second looks.
    streams: [Agreement; 2],
}

/// Prints what is right by kind and language, and every pair that is wrong.
pub(crate) fn run(_: &Path) -> Result<String> {
    let reader = super::stories::reader()?;
    let golden = judge(&reader, Path::new("."))?;
    let mut out = String::new();
    writeln!(
        out,
        "must merge       {} (bar {:.0} %); at arrival {}",
        golden.merge,
        100.0 * BARS.0,
        golden.arrived[0]
    )?;
    writeln!(
        out,
        "must not merge   {} (bar {:.0} %); at arrival {}",
        golden.apart,
        100.0 * BARS.1,
        golden.arrived[1]
    )?;
    writeln!(
        out,
        "streams          BCubed / pairwise {}; at arrival {}",
        golden.streams[1], golden.streams[0]
    )?;
    let after_day = after_day(&reader, Path::new("demo/day.jsonl"))?;
    for folder in ["held", "fair", "leads_held", "sides_held"] {
        let by_kind = unfitted(&after_day, folder)?;
        let of = |at: usize| by_kind.values().fold(Tally::default(), |sum, tallies| sum.with(tallies[at]));
        writeln!(out, "{folder}, at arrival together {}, apart {}", of(0), of(1))?;
        for (kind, [together, apart]) in by_kind {
            writeln!(out, "  {folder:<10} {kind:<28} {together}, {apart}")?;
        }
    }
    for (heading, table) in [("kind", &golden.by_kind), ("language", &golden.by_language)] {
        writeln!(out, "\nby {heading}")?;
        for ((what, name), tally) in table {
            writeln!(out, "  {what:<6} {name:<28} {tally}")?;
        }
    }
    // For the terminal only: the page of figures keeps the counts.
    super::print(&format!("wrong\n  {}\n", golden.wrong.join("\n  ")));
    Ok(out)
}

/// Judges every pair and stream under `root`, the folder of the product.
pub(crate) fn judge(reader: &Reader, root: &Path) -> Result<Golden> {
    let after_day = after_day(reader, &root.join("demo/day.jsonl"))?;
    let folder = root.join("tests/golden");
    let mut golden = Golden {
        merge: Tally::default(),
        apart: Tally::default(),
        arrived: [Tally::default(); 2],
        by_kind: BTreeMap::new(),
        by_language: BTreeMap::new(),
        wrong: Vec::new(),
        streams: streams(&after_day, reader, &jsonl::read(&folder.join("streams.jsonl"))?),
    };
    for pair in jsonl::read(&folder.join("merge.jsonl"))? {
        golden.pair(&after_day, reader, "merge", &pair);
    }
    for pair in jsonl::read(&folder.join("apart.jsonl"))? {
        golden.pair(&after_day, reader, "apart", &pair);
    }
    Ok(golden)
}

/// Pairs of a folder below `xtask/data` that nothing was fitted on, by the decision at arrival: by kind those of one happening, and
/// those of two that are alike.
fn unfitted(after_day: &Stories, folder: &str) -> Result<BTreeMap<String, [Tally; 2]>> {
    let mut by_kind: BTreeMap<String, [Tally; 2]> = BTreeMap::new();
    for block in blocks(folder)? {
        let tallies = by_kind.entry(block.kind).or_default();
        for (at, (story, second)) in block.told.iter().enumerate() {
            for (other, first) in block.told.iter().take(at) {
                let mut stories = after_day.clone();
                let come = |number: i64, seconds: i64, item| {
                    let arrival = arrival(item);
                    Arrival { article: ArticleId(number), at: time(START + seconds), ..arrival }
                };
                let one = stories.assign(&come(10_000, 0, first)).story;
                let two = stories.assign(&come(10_001, APART_SECONDS, second)).story;
                tallies[usize::from(story != other)].count((one == two) == (story == other));
            }
        }
    }
    Ok(by_kind)
}

impl Golden {
    fn pair(&mut self, after_day: &Stories, reader: &Reader, what: &'static str, pair: &Pair) {
        let (arrived, revised) = assign(after_day.clone(), reader, [&pair.first, &pair.second]);
        let wanted = what == "merge";
        let right = (revised[0] == revised[1]) == wanted;
        let total = if wanted { &mut self.merge } else { &mut self.apart };
        total.count(right);
        self.arrived[usize::from(!wanted)].count((arrived[0] == arrived[1]) == wanted);
        self.by_kind.entry((what, pair.kind.clone())).or_default().count(right);
        self.by_language.entry((what, languages(pair))).or_default().count(right);
        if !right {
            self.wrong
                .push(format!("{what:<6} {:<20} {} / {}", pair.kind, pair.first.title, pair.second.title));
        }
    }
}

fn languages(pair: &Pair) -> String {
    let (first, second) = (&pair.first.lang, &pair.second.lang);
    if first == second { first.clone() } else { format!("{first}/{second}") }
}

/// All streams as one labelling, each with stories of its own.
fn streams(after_day: &Stories, reader: &Reader, streams: &[Stream]) -> [Agreement; 2] {
    let (mut gold, mut at_arrival, mut after) = (Vec::new(), Vec::new(), Vec::new());
    let mut names: HashMap<(String, String), i64> = HashMap::new();
    for (number, stream) in (0_i64..).zip(streams) {
        let (arrived, revised) = assign(after_day.clone(), reader, &stream.articles);
        at_arrival.extend(arrived.iter().map(|story| number * 1_000_000 + story.0));
        after.extend(revised.iter().map(|story| number * 1_000_000 + story.0));
        for article in &stream.articles {
            let next = names.len() as i64;
            gold.push(*names.entry((stream.name.clone(), article.story.clone())).or_insert(next));
        }
    }
    [Agreement::of(&at_arrival, &gold), Agreement::of(&after, &gold)]
}

/// The stories of some articles in their order: as decided at arrival, and after a second look.
fn assign<'a>(
    mut stories: Stories,
    reader: &Reader,
    articles: impl IntoIterator<Item = &'a Told>,
) -> (Vec<StoryId>, Vec<StoryId>) {
    let mut at = START;
    let mut arrived = Vec::new();
    for (id, told) in (10_000_i64..).zip(articles) {
        arrived.push(one(&mut stories, reader, told, id, at));
        at += APART_SECONDS;
    }
    let mut labels: BTreeMap<ArticleId, StoryId> =
        (10_000_i64..).map(ArticleId).zip(arrived.iter().copied()).collect();
    follow(&mut labels, stories.revise(time(at)));
    (arrived, labels.into_values().collect())
}

fn one(stories: &mut Stories, reader: &Reader, told: &Told, id: i64, at: i64) -> StoryId {
    let mut article = Article::headline(told.title.as_str()).with_paragraphs(told.lead.lines());
    article.language = Language::parse(&told.lang);
    let reading: Reading = reader.read(&article);
    let arrival = Arrival {
        article: ArticleId(id),
        at: time(at),
        family: &told.outlet,
        reading: &reading,
        text: &article.text,
    };
    stories.assign(&arrival).story
}

/// Stories that have seen the demo day.
fn after_day(reader: &Reader, path: &Path) -> Result<Stories> {
    let mut stories = Stories::new(StoryId(1)).knowing(language::common_words);
    for (number, day) in (1_i64..).zip(jsonl::read::<Day>(path)?) {
        let told = Told {
            lang: day.lang,
            outlet: day.outlet,
            title: day.title,
            lead: day.summary,
            story: String::new(),
        };
        one(&mut stories, reader, &told, number, BACKGROUND + number * 60);
    }
    Ok(stories)
}

fn time(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap_or(Timestamp::UNIX_EPOCH)
}

#[cfg(test)]
mod tests {
    use super::{BARS, judge};
    use std::path::Path;

    /// What was reached without any model; the way to [`BARS`]. It was .87 and .82 with trees grown on data whose licence
    /// forbids it, and was lowered once, when those were given up. Never lower it again.
    const REACHED: (f64, f64) = (0.89, 0.95);

    #[test]
    fn the_golden_set_gets_no_worse() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let golden = judge(&language::Reader::new(), &root).unwrap();
        let (merge, apart) = (golden.merge.share(), golden.apart.share());
        assert!(merge >= REACHED.0.min(BARS.0), "must merge: {}", golden.merge);
        assert!(apart >= REACHED.1.min(BARS.1), "must not merge: {}", golden.apart);
    }
}
