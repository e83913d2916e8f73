//! Receivers of every kind on this machine: one HTTP server that takes what is posted and remembers it in order, with the
//! browser's half of Web Push, so that the tests judge by what a device would have shown.

use aws_lc_rs::aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::agreement::{ECDH_P256, PrivateKey, UnparsedPublicKey, agree};
use aws_lc_rs::hkdf::{HKDF_SHA256, KeyType, Prk, Salt};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;
use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use crate::house::PATIENCE;

/// One message that came.
#[derive(Clone, Debug)]
pub(crate) struct Posted {
    pub(crate) path: String,
    /// By name in lower case.
    pub(crate) headers: HashMap<String, String>,
    pub(crate) body: Vec<u8>,
}

impl Posted {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(String::as_str).unwrap_or_default()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

/// What is answered: a status and further header lines.
type Answer = Box<dyn Fn(&Posted, usize) -> (u16, String) + Send + Sync>;

/// The server; it ends with the test process.
#[derive(Clone)]
pub(crate) struct Sink {
    pub(crate) address: String,
    posted: Arc<(Mutex<Vec<Posted>>, Condvar)>,
    answer: Arc<Answer>,
}

impl Sink {
    /// Takes everything with 201.
    pub(crate) fn open() -> Self {
        Self::answering(|_, _| (201, String::new()))
    }

    /// `answer` is given the message and how many came to its path before.
    pub(crate) fn answering(
        answer: impl Fn(&Posted, usize) -> (u16, String) + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let sink = Self { address, posted: Arc::default(), answer: Arc::new(Box::new(answer)) };
        let serving = sink.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let serving = serving.clone();
                std::thread::spawn(move || while serving.take(&stream).is_some() {});
            }
        });
        sink
    }

    /// One message of a connection; a connection that breaks off in the middle brought none.
    fn take(&self, stream: &TcpStream) -> Option<()> {
        let mut reader = BufReader::new(stream);
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let path = line.split(' ').nth(1)?.to_owned();
        let mut headers = HashMap::new();
        loop {
            line.clear();
            reader.read_line(&mut line).ok()?;
            let Some((name, value)) = line.trim_end().split_once(':') else { break };
            headers.insert(name.to_lowercase(), value.trim().to_owned());
        }
        let mut body = vec![0; headers.get("content-length")?.parse().ok()?];
        reader.read_exact(&mut body).ok()?;
        let posted = Posted { path, headers, body };
        let mut log = self.posted.0.lock().unwrap();
        let before = log.iter().filter(|other| other.path == posted.path).count();
        let (status, more) = (self.answer)(&posted, before);
        log.push(posted);
        drop(log);
        self.posted.1.notify_all();
        let mut stream = stream;
        let answer = format!("HTTP/1.1 {status} So\r\ncontent-length: 0\r\n{more}\r\n");
        stream.write_all(answer.as_bytes()).ok()
    }

    /// All that came, in order.
    pub(crate) fn posted(&self) -> Vec<Posted> {
        self.posted.0.lock().unwrap().clone()
    }

    /// Waits until so many more messages came, or so long.
    pub(crate) fn wait_for_more(&self, count: usize, within: Duration) {
        let log = self.posted.0.lock().unwrap();
        let wanted = log.len() + count;
        drop(self.posted.1.wait_timeout_while(log, within, |log| log.len() < wanted).unwrap());
    }

    /// What came to a path.
    pub(crate) fn at(&self, path: &str) -> Vec<Posted> {
        self.posted().into_iter().filter(|posted| posted.path == path).collect()
    }

    /// Waits until so many messages came to a path; gives the last of them.
    pub(crate) fn wait_for(&self, path: &str, count: usize) -> Posted {
        let deadline = Instant::now() + PATIENCE;
        let mut log = self.posted.0.lock().unwrap();
        loop {
            let found: Vec<&Posted> = log.iter().filter(|posted| posted.path == path).collect();
            if let Some(last) = found.get(count - 1) {
                return (*last).clone();
            }
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(!left.is_zero(), "{} of {count} messages came to {path}", found.len());
            log = self.posted.1.wait_timeout(log, left).unwrap().0;
        }
    }
}

/// A browser's half of Web Push: one key pair, and a secret for each device.
pub(crate) struct Browser {
    private: PrivateKey,
    public: Vec<u8>,
}

struct Length(usize);

impl KeyType for Length {
    fn len(&self) -> usize {
        self.0
    }
}

impl Browser {
    pub(crate) fn new() -> Self {
        let private = PrivateKey::generate(&ECDH_P256).unwrap();
        let public = private.compute_public_key().unwrap().as_ref().to_vec();
        Self { private, public }
    }

    pub(crate) fn p256dh(&self) -> String {
        URL_SAFE_NO_PAD.encode(&self.public)
    }

    pub(crate) fn auth(&self, device: usize) -> String {
        URL_SAFE_NO_PAD.encode(secret(device))
    }

    /// Decrypts a message for a device (RFC 8291) and reads its JSON.
    pub(crate) fn read(&self, device: usize, body: &[u8]) -> Value {
        let (salt, public, sealed) = (&body[..16], &body[21..86], &body[86..]);
        let peer = UnparsedPublicKey::new(&ECDH_P256, public);
        let keying = agree(&self.private, peer, (), |shared| {
            let info = [b"WebPush: info\0".as_slice(), &self.public, public];
            Ok(derive(&Salt::new(HKDF_SHA256, &secret(device)).extract(shared), &info, 32))
        })
        .unwrap();
        let prk = Salt::new(HKDF_SHA256, salt).extract(&keying);
        let key = derive(&prk, &[b"Content-Encoding: aes128gcm\0"], 16);
        let nonce = derive(&prk, &[b"Content-Encoding: nonce\0"], 12);
        let key = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &key).unwrap());
        let nonce = Nonce::try_assume_unique_for_key(&nonce).unwrap();
        let mut sealed = sealed.to_vec();
        let plain = key.open_in_place(nonce, Aad::empty(), &mut sealed).unwrap();
        serde_json::from_slice(plain.strip_suffix(&[2]).unwrap()).unwrap()
    }
}

fn secret(device: usize) -> [u8; 16] {
    (device as u128).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835).to_be_bytes()
}

fn derive(prk: &Prk, info: &[&[u8]], length: usize) -> Vec<u8> {
    let mut out = vec![0; length];
    prk.expand(info, Length(length)).unwrap().fill(&mut out).unwrap();
    out
}
