//! Invented outlets on this machine: an HTTP server whose documents the test changes, with ETags, and with a
//! record of what was asked.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};

/// One request that came.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) path: String,
    pub(crate) status: u16,
    pub(crate) agent: String,
}

#[derive(Clone)]
struct Document {
    kind: &'static str,
    body: Vec<u8>,
    version: u32,
}

#[derive(Default)]
struct Shelf {
    documents: HashMap<String, Document>,
    asked: Vec<Asked>,
}

/// The server; it ends with the test process.
#[derive(Clone)]
pub(crate) struct Outlets {
    pub(crate) address: String,
    shelf: Arc<(Mutex<Shelf>, Condvar)>,
}

impl Outlets {
    pub(crate) fn open() -> Self {
        Self::at("127.0.0.1")
    }

    /// On another address of this machine: another outlet, of a family of its own.
    pub(crate) fn at(host: &str) -> Self {
        let listener = TcpListener::bind((host, 0)).unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let outlets = Self { address, shelf: Arc::default() };
        let serving = outlets.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let serving = serving.clone();
                std::thread::spawn(move || serving.answer(stream));
            }
        });
        outlets
    }

    /// Puts a document at a path; a new version when there was one.
    pub(crate) fn put(&self, path: &str, kind: &'static str, body: impl Into<Vec<u8>>) {
        let mut shelf = self.shelf.0.lock().unwrap();
        let version = shelf.documents.get(path).map_or(1, |document| document.version + 1);
        shelf.documents.insert(path.to_owned(), Document { kind, body: body.into(), version });
    }

    /// An RSS feed of `(guid, title, text)`, newest first, published minutes ago.
    pub(crate) fn put_feed(&self, path: &str, title: &str, items: &[(&str, &str, &str)]) {
        let now = jiff::Timestamp::now();
        let items: String = items
            .iter()
            .enumerate()
            .map(|(index, (guid, title, text))| {
                let at = now - jiff::SignedDuration::from_mins(5 + index as i64);
                let date = at.strftime("%a, %d %b %Y %H:%M:%S +0000");
                let link = format!("{}/{guid}", self.address);
                format!(
                    "<item><guid>{guid}</guid><title>{title}</title><link>{link}</link><pubDate>{date}</pubDate>\
                     <description>{text}</description></item>"
                )
            })
            .collect();
        let feed = format!(
            "<?xml version='1.0'?><rss version='2.0'><channel><title>{title}</title><link>{}</link>\
             <description>Invented</description>{items}</channel></rss>",
            self.address
        );
        self.put(path, "application/rss+xml", feed);
    }

    /// Every request until now.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.shelf.0.lock().unwrap().asked.clone()
    }

    /// Waits until a path has been asked for `times` times.
    pub(crate) fn wait_for(&self, path: &str, times: usize) {
        let count = |shelf: &Shelf| shelf.asked.iter().filter(|asked| asked.path == path).count();
        let shelf = self.shelf.0.lock().unwrap();
        let waited =
            self.shelf.1.wait_timeout_while(shelf, super::house::PATIENCE, |shelf| count(shelf) < times);
        let (shelf, timeout) = waited.unwrap();
        assert!(!timeout.timed_out(), "{path} was asked for {} times, not {times}", count(&shelf));
    }

    fn answer(&self, mut stream: TcpStream) {
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        while let Some((path, headers)) = read_request(&mut reader) {
            let mut shelf = self.shelf.0.lock().unwrap();
            let document = shelf.documents.get(&path).cloned();
            let tag = document.as_ref().map(|document| format!("\"v{}\"", document.version));
            let (status, body) = match &document {
                None => (404, Vec::new()),
                Some(_) if headers.get("if-none-match") == tag.as_ref() => (304, Vec::new()),
                Some(document) => (200, document.body.clone()),
            };
            let agent = headers.get("user-agent").cloned().unwrap_or_default();
            shelf.asked.push(Asked { path, status, agent });
            self.shelf.1.notify_all();
            drop(shelf);
            let kind = document.map_or("text/plain", |document| document.kind);
            let tag = tag.map(|tag| format!("ETag: {tag}\r\n")).unwrap_or_default();
            let length = body.len();
            let head = format!(
                "HTTP/1.1 {status} .\r\nContent-Type: {kind}\r\n{tag}Content-Length: {length}\r\n\r\n"
            );
            if stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body)).is_err() {
                return;
            }
        }
    }
}

fn read_request(reader: &mut impl BufRead) -> Option<(String, HashMap<String, String>)> {
    let mut line = String::new();
    if reader.read_line(&mut line).ok()? == 0 {
        return None;
    }
    let path = line.split_whitespace().nth(1)?.to_owned();
    let mut headers = HashMap::new();
    loop {
        line.clear();
        reader.read_line(&mut line).ok()?;
        match line.trim_end().split_once(':') {
            Some((name, value)) => headers.insert(name.to_ascii_lowercase(), value.trim().to_owned()),
            None => return Some((path, headers)),
        };
    }
}
