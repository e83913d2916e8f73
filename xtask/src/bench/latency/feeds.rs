//! Feeds that grow, each on a host of its own, and the operator who orders a look at the one that has just grown: so
//! entries come in at the pace that is measured and not at that of polling.

use anyhow::{Context, Result, bail};
use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// So many, taken in turns.
pub(super) const FEEDS: u32 = 200;

/// Entries that a feed shows.
const SHOWN: usize = 4;

type Documents = Arc<Mutex<HashMap<String, Vec<(u32, String)>>>>;

/// See the module.
pub(super) struct Feeds {
    port: u16,
    documents: Documents,
    program: String,
    cookie: String,
    token: String,
}

impl Feeds {
    /// Serves on all loopback addresses until the program ends.
    pub(super) fn open() -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::UNSPECIFIED, 0))?;
        let port = listener.local_addr()?.port();
        let documents = Documents::default();
        let serving = Arc::clone(&documents);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let serving = Arc::clone(&serving);
                thread::spawn(move || answer(stream, &serving));
            }
        });
        let (program, cookie, token) = (String::new(), String::new(), String::new());
        Ok(Self { port, documents, program, cookie, token })
    }

    /// Address and host of a feed.
    pub(super) fn feed(&self, n: u32) -> (String, String) {
        let host = format!("127.0.1.{}", n % FEEDS + 1);
        (format!("http://{host}:{}/feed.xml", self.port), host)
    }

    /// Signs in as the operator.
    pub(super) fn sign_in(&mut self, program: &str, token: &str) -> Result<()> {
        program.clone_into(&mut self.program);
        let path = format!("/login?token={}", token.replace(' ', "%20"));
        let page = self.ask(0, "GET", &path, "")?;
        let cookie = page.lines().find_map(|line| line.strip_prefix("set-cookie: ")).context("no session")?;
        cookie.split(';').next().unwrap_or_default().clone_into(&mut self.cookie);
        let page = self.ask(0, "GET", "/feeds", "")?;
        let (_, rest) = page.split_once("name=\"token\" value=\"").context("no form")?;
        rest.split('"').next().unwrap_or_default().clone_into(&mut self.token);
        Ok(())
    }

    /// Puts an article about `beat` into its feed and orders a look at it.
    pub(super) fn publish(&self, n: u32, beat: &str) -> Result<()> {
        let host = self.feed(n).1;
        let mut documents = self.documents.lock().unwrap_or_else(PoisonError::into_inner);
        let entries = documents.entry(host).or_default();
        entries.insert(0, (n, beat.to_owned()));
        entries.truncate(SHOWN);
        drop(documents);
        let order = format!("/feeds/{}/refresh", n % FEEDS + 1);
        let done = self.ask(n, "POST", &order, &format!("token={}", self.token))?;
        if !done.starts_with("HTTP/1.1 303") {
            bail!("no look at feed {n}: {}", done.lines().next().unwrap_or_default());
        }
        Ok(())
    }

    /// One request; from many addresses, since one peer may not change so much.
    fn ask(&self, n: u32, method: &str, path: &str, form: &str) -> Result<String> {
        let mut stream = connect(&self.program, n)?;
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: {0}\r\norigin: http://{0}\r\ncookie: {1}\r\nconnection: close\r\n\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {2}\r\n\r\n{form}",
            self.program,
            self.cookie,
            form.len()
        );
        stream.write_all(request.as_bytes())?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    }
}

/// From one of sixty loopback addresses.
fn connect(to: &str, n: u32) -> Result<TcpStream> {
    let to: SocketAddr = to.parse().context("the program's address")?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let stream = runtime.block_on(async {
        let socket = tokio::net::TcpSocket::new_v4()?;
        socket.bind(SocketAddr::from(([127, 0, 2, (n % 60 + 1) as u8], 0)))?;
        socket.connect(to).await
    })?;
    let stream = stream.into_std()?;
    stream.set_nonblocking(false)?;
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    Ok(stream)
}

fn answer(mut stream: TcpStream, documents: &Documents) -> Option<()> {
    let mut read = Vec::new();
    let mut piece = [0; 4_096];
    while !read.windows(4).any(|end| end == b"\r\n\r\n") {
        let more = stream.read(&mut piece).ok().filter(|more| *more > 0)?;
        read.extend_from_slice(piece.get(..more)?);
    }
    let text = String::from_utf8_lossy(&read).to_lowercase();
    let host = text.split_once("host: ")?.1.split([':', '\r']).next()?.to_owned();
    let entries =
        documents.lock().unwrap_or_else(PoisonError::into_inner).get(&host).cloned().unwrap_or_default();
    let body = document(&entries);
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/rss+xml\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).ok()?;
    stream.write_all(body.as_bytes()).ok()
}

fn document(entries: &[(u32, String)]) -> String {
    let mut out = String::from("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Feed</title>");
    for (n, beat) in entries {
        let word = |salt| word(*n, salt);
        let (who, what, place) = (word(1), word(2), word(3));
        let title = format!("{who} {} closes {what} bridge in {place}", word(4));
        let _ = write!(out, "<item><guid>{n}</guid><title>{title}</title><description>&lt;p&gt;");
        for sentence in 0..8 {
            let _ = write!(
                out,
                "Mayor {who} closed the {what} bridge in {place} for {}, {beat} reports; engineers of {} found cracks. ",
                word(10 + sentence),
                word(20 + sentence)
            );
        }
        out.push_str("&lt;/p&gt;</description></item>");
    }
    out.push_str("</channel></rss>");
    out
}

/// A word that no other number has.
fn word(n: u32, salt: u32) -> String {
    const PARTS: [&str; 16] =
        ["Ba", "ke", "li", "mo", "nu", "ra", "se", "ti", "vo", "zu", "da", "fe", "gi", "ho", "ju", "pa"];
    let mixed = (n * 7_919 + salt * 104_729 + 12_345).wrapping_mul(2_654_435_761);
    let part = |at: u32| PARTS.get((mixed >> (6 * at + 4)) as usize % 16).copied().unwrap_or_default();
    let word: String = (0..4).map(part).collect::<String>().to_lowercase();
    let (first, rest) = word.split_at(1);
    first.to_uppercase() + rest
}
