//! Asking the running program as a reader's browser or script does.

use crate::house::{PATIENCE, Running};
use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Instant;

/// An answer.
pub(crate) struct Page {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Running {
    fn host(&self) -> &str {
        self.address.strip_prefix("http://").unwrap()
    }

    /// Sends a request and reads the answer to its end.
    pub(crate) fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Page {
        let mut stream = TcpStream::connect(self.host()).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let mut request =
            format!("{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n", self.host());
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        request.push_str(&format!("Content-Length: {}\r\n\r\n{body}", body.len()));
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer);
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let status = head.split_whitespace().nth(1).unwrap().parse().unwrap();
        let chunked = head.to_ascii_lowercase().contains("transfer-encoding: chunked");
        Page { status, head: head.to_owned(), body: if chunked { unchunked(body) } else { body.to_owned() } }
    }

    pub(crate) fn get(&self, path: &str) -> Page {
        self.ask("GET", path, &[], "")
    }

    pub(crate) fn json(&self, path: &str) -> Value {
        let page = self.get(path);
        assert_eq!(page.status, 200, "{path}: {}", page.body);
        serde_json::from_str(&page.body).unwrap()
    }

    /// The stories of the front page.
    pub(crate) fn stories(&self) -> Vec<Value> {
        self.json("/api/v1/stories?limit=100")["stories"].as_array().unwrap().clone()
    }

    /// The operator's cookie and the token of the forms, as a browser that follows the admin link gets them.
    pub(crate) fn sign_in(&self) -> (String, String) {
        let path = self.admin.strip_prefix(&self.address).unwrap();
        let page = self.get(path);
        let cookie = page.head.lines().find_map(|line| line.strip_prefix("set-cookie: ")).expect("a session");
        let cookie = cookie.split(';').next().unwrap().to_owned();
        let feeds = self.ask("GET", "/feeds", &[("Cookie", &cookie)], "");
        let at =
            feeds.body.find("name=\"token\" value=\"").unwrap_or_else(|| panic!("no form: {}", feeds.body));
        let token = feeds.body[at..].split('"').nth(3).unwrap().to_owned();
        (cookie, token)
    }

    /// Orders a look at a feed, with what [`Running::sign_in`] gave.
    pub(crate) fn refresh(&self, feed: usize, (cookie, token): &(String, String)) {
        let headers = [
            ("Cookie", cookie.as_str()),
            ("Content-Type", "application/x-www-form-urlencoded"),
            ("Origin", self.address.as_str()),
        ];
        let done = self.ask("POST", &format!("/feeds/{feed}/refresh"), &headers, &format!("token={token}"));
        assert!(done.status < 400, "{}: {}", done.status, done.body);
    }

    /// Waits for an event of the stream that `wanted` accepts; the log says what happened, not a clock.
    pub(crate) fn wait_for_event(&self, since: i64, mut wanted: impl FnMut(&str, &Value) -> bool) -> i64 {
        let mut stream = TcpStream::connect(self.host()).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let request = format!(
            "GET /api/v1/events?since={since} HTTP/1.1\r\nHost: {}\r\nAccept: text/event-stream\r\n\r\n",
            self.host()
        );
        stream.write_all(request.as_bytes()).unwrap();
        let deadline = Instant::now() + PATIENCE;
        let (mut seq, mut kind) = (0, String::new());
        for line in BufReader::new(stream).lines() {
            let line = line.unwrap_or_else(|error| panic!("no such event ({error}):\n{}", self.log()));
            assert!(Instant::now() < deadline, "no such event:\n{}", self.log());
            if let Some(id) = line.strip_prefix("id: ") {
                seq = id.trim().parse().unwrap();
            } else if let Some(name) = line.strip_prefix("event: ") {
                kind = name.trim().to_owned();
            } else if let Some(data) = line.strip_prefix("data: ")
                && wanted(&kind, &serde_json::from_str(data).unwrap_or(Value::Null))
            {
                return seq;
            }
        }
        panic!("the stream ended:\n{}", self.log());
    }
}

fn unchunked(body: &str) -> String {
    let mut rest = body.as_bytes();
    let mut whole = Vec::new();
    while let Some(end) = rest.windows(2).position(|pair| pair == b"\r\n") {
        let size = usize::from_str_radix(std::str::from_utf8(&rest[..end]).unwrap().trim(), 16).unwrap_or(0);
        if size == 0 {
            break;
        }
        whole.extend_from_slice(&rest[end + 2..end + 2 + size]);
        rest = &rest[end + 4 + size..];
    }
    String::from_utf8_lossy(&whole).into_owned()
}
