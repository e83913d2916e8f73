//! Feed documents as they once were, served one after the other. Each feed has a loopback address of its own, so that
//! politeness to one host does not slow the others.

use crate::program::Program;
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// The window that the archive was packed with.
const WINDOW_LOG: u32 = 27;

/// A document and its number, served as its ETag.
type Current = Arc<Mutex<(usize, Arc<Vec<u8>>)>>;

/// Documents by feed, in order of time.
type Recorded = BTreeMap<String, Vec<(String, Arc<Vec<u8>>)>>;

pub(super) fn run(program: &Program, archive: &Path, folder: &Path) -> Result<String> {
    let recorded = read(archive)?;
    let kept = folder.join("polled");
    let config = folder.join("polled.toml");
    std::fs::write(&config, "[ingest]\nallow_networks = [\"127.0.0.0/8\"]\npages = false\n")
        .context("config")?;
    let config = config.to_str().context("folder")?;
    let mut feeds = Vec::new();
    for (number, documents) in (1_u8..).zip(recorded.values()) {
        let first = documents.first().context("a feed without documents")?;
        let current: Current = Arc::new(Mutex::new((0, Arc::clone(&first.1))));
        let address = serve(number, Arc::clone(&current))?;
        program.run(&kept, &["--config", config, "add", &address])?;
        feeds.push((documents, current));
    }
    let steps = feeds.iter().map(|(documents, _)| documents.len()).max().unwrap_or_default();
    let (mut cpu, mut last) = (0.0, String::new());
    for step in 0..steps {
        for (documents, current) in &feeds {
            let at = step.min(documents.len() - 1);
            *current.lock().unwrap_or_else(PoisonError::into_inner) = (at, Arc::clone(&documents[at].1));
        }
        let run = program.run(&kept, &["--config", config, "refresh"])?;
        cpu += run.cpu.as_secs_f64();
        last = run.output;
    }
    let still = program.run(&kept, &["--config", config, "refresh"])?;
    let documents: usize = recorded.values().map(Vec::len).sum();
    let mut out = String::new();
    writeln!(
        out,
        "{documents} documents of {} feeds, served with ETags and refreshed in {steps} steps",
        recorded.len()
    )?;
    writeln!(out, "  at the end    {}", last.trim())?;
    writeln!(out, "  once more     {}", still.output.trim())?;
    writeln!(out, "  expected      {}", expected(&recorded))?;
    writeln!(out, "  processor     {:.0} ms a step", cpu * 1e3 / steps.max(1) as f64)?;
    Ok(out)
}

/// What a plain reading of the documents finds: entries by guid (else link), and those whose title changed.
fn expected(recorded: &Recorded) -> String {
    let (mut entries, mut changes) = (0, 0);
    for documents in recorded.values() {
        let mut titles: BTreeMap<String, Option<String>> = BTreeMap::new();
        for (_, bytes) in documents {
            let Ok(feed) = ingest::parse(bytes, None, None) else { continue };
            for entry in feed.entries {
                let Some(key) = entry.guid.or(entry.link) else { continue };
                match titles.insert(key, entry.title.clone()) {
                    None => entries += 1,
                    Some(before) => changes += usize::from(before != entry.title),
                }
            }
        }
    }
    format!("{entries} guids, {changes} changes of a title under one guid")
}

fn read(archive: &Path) -> Result<Recorded> {
    let mut unpacked = zstd::Decoder::new(File::open(archive).context("archive")?)?;
    unpacked.window_log_max(WINDOW_LOG)?;
    let mut recorded = Recorded::new();
    for member in tar::Archive::new(unpacked).entries()? {
        let mut member = member?;
        let path = member.path()?.into_owned();
        let parent = path.parent().and_then(Path::file_name).and_then(|name| name.to_str());
        let (Some(feed), Some(time)) = (parent, path.file_stem().and_then(|stem| stem.to_str())) else {
            continue;
        };
        let mut bytes = Vec::new();
        member.read_to_end(&mut bytes)?;
        if !bytes.is_empty() {
            recorded.entry(feed.to_owned()).or_default().push((time.to_owned(), Arc::new(bytes)));
        }
    }
    for documents in recorded.values_mut() {
        documents.sort();
    }
    Ok(recorded)
}

fn serve(number: u8, current: Current) -> Result<String> {
    let listener = TcpListener::bind(format!("127.0.0.{number}:0")).context("server")?;
    let address = format!("http://{}/feed.xml", listener.local_addr()?);
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            // A client that goes away in the middle asks again.
            let _ = answer(stream, &current);
        }
    });
    Ok(address)
}

fn answer(mut stream: TcpStream, current: &Current) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let (mut line, mut known) = (String::new(), String::new());
    while reader.read_line(&mut line)? > 2 {
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("if-none-match")
        {
            value.trim().clone_into(&mut known);
        }
        line.clear();
    }
    let (number, bytes) = current.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let tag = format!("\"{number}\"");
    if known == tag {
        return write!(stream, "HTTP/1.1 304 Not Modified\r\nETag: {tag}\r\nConnection: close\r\n\r\n");
    }
    let length = bytes.len();
    write!(
        stream,
        "HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nETag: {tag}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
    )?;
    stream.write_all(&bytes)
}
