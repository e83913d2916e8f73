//! Times the store with 50,000 articles of invented words: `cargo run --release -p store --example measure [FOLDER]`.
//! Nothing is asserted; the figures go into docs/scores.md.

#![expect(clippy::print_stdout, reason = "printing is what it is for")]

use news::{
    Article, ArticleId, DevelopmentKind, Evidence, Language, Phase, Span, StoryId, StoryTitle, Target,
    Threshold, Timestamp, Weight,
};
use std::error::Error;
use std::time::Instant;
use store::{
    Description, FrontQuery, NewArticle, NewDevelopment, Result, SearchQuery, Store, StoreError, Writer,
};

const ARTICLES: i64 = 50_000;
const BATCH: i64 = 100;
/// Articles of a story on average.
const PER_STORY: i64 = 5;

fn main() -> std::result::Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).map_or_else(std::env::temp_dir, Into::into);
    let path = folder.join(format!("measure-{}.db", std::process::id()));
    let measured = measure(&path);
    for end in ["", "-wal", "-shm", ".backup"] {
        let _ = std::fs::remove_file(format!("{}{end}", path.display()));
    }
    measured
}

fn measure(path: &std::path::Path) -> std::result::Result<(), Box<dyn Error>> {
    let store = Store::open(path)?;
    let (start, worked) = (Instant::now(), processor_seconds());
    for batch in 0..ARTICLES / BATCH {
        store.write(|writer| (0..BATCH).try_for_each(|n| add(writer, batch * BATCH + n)))?;
    }
    let (took, worked) = (start.elapsed().as_secs_f64(), processor_seconds() - worked);
    let per = |seconds: f64| ARTICLES as f64 / seconds;
    println!(
        "write  {ARTICLES} articles in batches of {BATCH}: {:.0} articles/s, {:.0} per second of processor time",
        per(took),
        per(worked)
    );

    let start = Instant::now();
    for n in 0..200 {
        store.write(|writer| add(writer, ARTICLES + n))?;
    }
    println!("write  one by one: {:.0} articles/s", 200.0 / start.elapsed().as_secs_f64());

    time("open", 5, || Store::open(path).map(drop))?;
    time("front  first page", 50, || store.front(&FrontQuery::default()).map(drop))?;
    let english = FrontQuery { language: Some(Language::ENGLISH), offset: 300, ..FrontQuery::default() };
    time("front  in one language, page 11", 50, || store.front(&english).map(drop))?;
    time("story", 50, || store.story(StoryId(77)).map(drop))?;
    time("article", 50, || store.article(ArticleId(777)).map(drop))?;
    time("memory 50,000 articles", 3, || {
        store.recent_articles(Timestamp::UNIX_EPOCH, 50_000, drop).map(drop)
    })?;
    for text in ["word77", "word1 word2", "\"word3 word4\"", "word1*", "word1 -word2", "wor* word*"] {
        let query = SearchQuery { text: text.to_owned(), ..SearchQuery::default() };
        let found = store
            .search(&query)
            .map_or_else(|error| error.to_string(), |hits| format!("{} hits", hits.total));
        time(&format!("search {text} ({found})"), 3, || match store.search(&query) {
            Err(StoreError::TooLong) => Ok(()),
            answer => answer.map(drop),
        })?;
    }
    follow_searches(&store)?;
    let mut n = 0;
    time("publish to 2,000 followed searches", 9, || {
        n += 1;
        store.write(|writer| writer.publish_development(&searched(n))).map(drop)
    })?;
    time("events 256 from the middle", 50, || store.events_since(ARTICLES / 2, 256).map(drop))?;
    time("export", 1, || store.export(std::io::sink()).map(drop))?;
    let backup = format!("{}.backup", path.display());
    time("backup", 1, || store.backup(backup.as_ref(), |_, _| ()))?;
    time("check", 1, || store.check().map(drop))?;
    println!("size   {} MB", store.check()?.file_bytes / 1_000_000);
    Ok(())
}

/// As many searches as may be followed, half of them by their beginning.
fn follow_searches(store: &Store) -> Result<()> {
    store.write(|writer| {
        let now = Timestamp::UNIX_EPOCH;
        for n in 0..2_000 {
            let reader = writer.add_reader(&format!("reader {n}"), now)?;
            let words = if n % 2 == 0 { format!("word{n} word{}", n / 7) } else { format!("word{n}* wor*") };
            writer.follow(reader, &Target::Search(words), Threshold::Everything, 1, now)?;
        }
        Ok(())
    })
}

fn searched(article: i64) -> NewDevelopment {
    let id = ArticleId(article);
    NewDevelopment {
        identity: format!("measured {article}"),
        story: StoryId(1),
        at: Timestamp::UNIX_EPOCH,
        kind: DevelopmentKind::NewFact,
        weight: Weight::Ordinary,
        families: 1,
        speaker: None,
        evidence: vec![Evidence { article: id, span: None }],
        concerns: Vec::new(),
        searched: Some(id),
    }
}

/// Time that this thread had a processor, where the system says (Linux): a shared machine does not blur it.
fn processor_seconds() -> f64 {
    let said = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    said.split(' ').next().and_then(|ns| ns.parse::<f64>().ok()).map_or(f64::NAN, |ns| ns / 1e9)
}

fn time(what: &str, times: u32, mut run: impl FnMut() -> Result<()>) -> Result<()> {
    let mut took = Vec::new();
    for _ in 0..times {
        let start = Instant::now();
        run()?;
        took.push(start.elapsed());
    }
    took.sort_unstable();
    println!("{what}: {:.2?} median of {times}", took.get(took.len() / 2).copied().unwrap_or_default());
    Ok(())
}

fn add(writer: &mut Writer, n: i64) -> Result<()> {
    let at = Timestamp::from_second(1_790_000_000 + n * 10).unwrap_or_default();
    let host = format!("outlet{}.example", n % 97);
    let outlet = writer.outlet(&host, &host, &host)?;
    let article = invented(n);
    let id = writer.keep_article(&NewArticle { entry: None, outlet, article: &article, at, seen_at: at })?;
    let story = match n % PER_STORY {
        0 => writer.open_story(None, Language::ENGLISH, at)?,
        _ => StoryId(n / PER_STORY + 1),
    };
    let original = (n % PER_STORY == 4).then_some(ArticleId(id.0 - 1));
    writer.join(story, id, original, at)?;
    let title = StoryTitle { text: article.title.clone(), article: id };
    let lead = vec![(id, article.paragraphs.first().copied().unwrap_or(Span::new(0, 0)))];
    let rank = f64::from(u32::try_from(n * 7919 % 10_007).unwrap_or(0));
    let (phase, language) = (Phase::Developing, Language::ENGLISH);
    writer.describe_story(
        story,
        &Description { title, lead, phase, rank, language, image: None, related: vec![] },
    )
}

/// 400 words with something like the frequencies of a language.
fn invented(n: i64) -> Article {
    let mut state = u64::try_from(n).unwrap_or(0).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut word = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let share = (state >> 11) as f64 / (1_u64 << 53) as f64;
        // Zipf: the word of rank r about 1/r as often as the first.
        format!("word{}", 60_000_f64.powf(share) as u64)
    };
    let mut words = |count: usize| (0..count).map(|_| word()).collect::<Vec<_>>().join(" ");
    let title = words(9);
    let paragraphs: Vec<String> = (0..10).map(|_| words(40)).collect();
    Article::headline(title).with_paragraphs(paragraphs.iter().map(String::as_str))
}
