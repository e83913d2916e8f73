//! A small HTTP client that sends what it is told to, well-formed or not.

use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Longest wait for anything in these tests.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);

/// A request being put together.
pub(crate) struct Ask {
    method: &'static str,
    target: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Ask {
    pub(crate) fn get(target: &str) -> Self {
        Self { method: "GET", target: target.into(), headers: Vec::new(), body: Vec::new() }
    }

    pub(crate) fn head(target: &str) -> Self {
        Self { method: "HEAD", ..Self::get(target) }
    }

    /// A form as a browser sends it from one of our own pages.
    pub(crate) fn post(target: &str, fields: &[(&str, &str)]) -> Self {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        Self { method: "POST", body: body.into_bytes(), ..Self::get(target) }
            .with("content-type", "application/x-www-form-urlencoded")
            .with("sec-fetch-site", "same-origin")
    }

    /// JSON as a script of one of our own pages sends it.
    pub(crate) fn json(method: &'static str, target: &str, body: &serde_json::Value) -> Self {
        Self { method, body: body.to_string().into_bytes(), ..Self::get(target) }
            .with("content-type", "application/json")
            .with("sec-fetch-site", "same-origin")
    }

    /// A multipart form: name and content of each part.
    pub(crate) fn upload(target: &str, parts: &[(&str, &[u8])]) -> Self {
        let mut body = Vec::new();
        for (name, content) in parts {
            body.extend(format!("--edge\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n").bytes());
            body.extend_from_slice(content);
            body.extend(b"\r\n");
        }
        body.extend(b"--edge--\r\n");
        Self { method: "POST", body, ..Self::get(target) }
            .with("content-type", "multipart/form-data; boundary=edge")
            .with("sec-fetch-site", "same-origin")
    }

    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.retain(|header| header.0 != name);
        self.headers.push((name.into(), value.into()));
        self
    }

    pub(crate) fn without(mut self, name: &str) -> Self {
        self.headers.retain(|header| header.0 != name);
        self
    }

    fn bytes(&self) -> Vec<u8> {
        let mut text = format!("{} {} HTTP/1.1\r\nconnection: close\r\n", self.method, self.target);
        if !self.headers.iter().any(|header| header.0 == "host") {
            text.push_str("host: 127.0.0.1\r\n");
        }
        for (name, value) in &self.headers {
            text.push_str(&format!("{name}: {value}\r\n"));
        }
        if !matches!(self.method, "GET" | "HEAD") {
            text.push_str(&format!("content-length: {}\r\n", self.body.len()));
        }
        text.push_str("\r\n");
        [text.as_bytes(), &self.body].concat()
    }

    /// Sends it and reads the whole answer.
    pub(crate) async fn send(self, to: SocketAddr) -> Answer {
        raw(to, &self.bytes()).await
    }

    /// Sends it and leaves the answer's body to be read as it comes.
    pub(crate) async fn open(self, to: SocketAddr) -> Stream {
        let mut socket = TcpStream::connect(to).await.unwrap();
        socket.write_all(&self.bytes()).await.unwrap();
        let mut stream = Stream { socket, seen: String::new() };
        stream.until("\r\n\r\n").await;
        stream
    }
}

/// Sends bytes as they are.
pub(crate) async fn raw(to: SocketAddr, request: &[u8]) -> Answer {
    let exchange = async {
        let mut socket = TcpStream::connect(to).await.unwrap();
        // The server may refuse before it has read everything.
        let _ = socket.write_all(request).await;
        let mut bytes = Vec::new();
        let _ = socket.read_to_end(&mut bytes).await;
        bytes
    };
    Answer::read(&tokio::time::timeout(PATIENCE, exchange).await.expect("an answer in time"))
}

/// A whole answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Answer {
    fn read(bytes: &[u8]) -> Self {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or(bytes.len());
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let rest = bytes.get(end + 4..).unwrap_or_default();
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok()).unwrap_or(0);
        let headers: Vec<_> = lines
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
            .collect();
        let chunked = headers.iter().any(|header| header.0 == "transfer-encoding");
        let body = if chunked { dechunk(rest) } else { rest.to_vec() };
        Self { status, headers, body: String::from_utf8_lossy(&body).into_owned() }
    }

    /// The value of a header; empty when absent.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|header| header.0 == name).map_or("", |header| &header.1)
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

fn dechunk(mut bytes: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    while let Some(end) = bytes.windows(2).position(|two| two == b"\r\n") {
        let size = std::str::from_utf8(&bytes[..end]).ok().and_then(|n| usize::from_str_radix(n, 16).ok());
        let (Some(size), start) = (size.filter(|size| *size > 0), end + 2) else { break };
        body.extend(bytes.get(start..start + size).unwrap_or_default());
        bytes = bytes.get(start + size + 2..).unwrap_or_default();
    }
    body
}

/// An answer that goes on.
pub(crate) struct Stream {
    socket: TcpStream,
    pub(crate) seen: String,
}

impl Stream {
    /// Reads until `words` were seen, and gives everything seen up to their end; what follows stays.
    pub(crate) async fn until(&mut self, words: &str) -> String {
        let reading = async {
            loop {
                if let Some(at) = self.seen.find(words) {
                    let rest = self.seen.split_off(at + words.len());
                    return std::mem::replace(&mut self.seen, rest);
                }
                let mut bytes = [0; 4096];
                let n = self.socket.read(&mut bytes).await.unwrap();
                assert!(n > 0, "ended before {words:?}: {}", self.seen);
                self.seen.push_str(&String::from_utf8_lossy(&bytes[..n]));
            }
        };
        tokio::time::timeout(PATIENCE, reading).await.unwrap_or_else(|_| panic!("no {words:?} in time"))
    }

    /// Reads until the server ends it.
    pub(crate) async fn until_the_end(mut self) {
        let mut rest = Vec::new();
        let ended = tokio::time::timeout(PATIENCE, self.socket.read_to_end(&mut rest)).await;
        assert!(ended.is_ok(), "the stream goes on");
    }
}
