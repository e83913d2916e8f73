//! A server on this machine that answers as badly as a test wants, and remembers what it was asked.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use url::Url;

/// What is sent, and what happens then.
pub(crate) struct Reply {
    bytes: Vec<u8>,
    then: Then,
}

enum Then {
    Close,
    /// Nothing more comes, and the connection stays.
    Hang,
    /// The next request may come on the same connection.
    Stay,
    /// The same again, for ever.
    Repeat(Vec<u8>),
}

impl Reply {
    /// An answer in order. `head` holds further lines, each with its end.
    pub(crate) fn new(status: u16, head: &str, body: impl AsRef<[u8]>) -> Self {
        let body = body.as_ref();
        let length = body.len();
        let mut bytes =
            format!("HTTP/1.1 {status} X\r\nconnection: close\r\ncontent-length: {length}\r\n{head}\r\n")
                .into_bytes();
        bytes.extend_from_slice(body);
        Self { bytes, then: Then::Close }
    }

    /// These bytes as they are.
    pub(crate) fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self { bytes: bytes.into(), then: Then::Close }
    }

    pub(crate) fn and_hang(self) -> Self {
        Self { then: Then::Hang, ..self }
    }

    pub(crate) fn and_stay(self) -> Self {
        Self { then: Then::Stay, ..self }
    }

    pub(crate) fn and_repeat(self, bytes: &str) -> Self {
        Self { then: Then::Repeat(bytes.as_bytes().to_vec()), ..self }
    }
}

pub(crate) struct Server {
    at: SocketAddr,
    heard: Arc<Mutex<Vec<String>>>,
    connections: Arc<AtomicUsize>,
}

impl Server {
    /// Answers each request by what `answer` makes of its path.
    pub(crate) async fn new(answer: impl Fn(&str) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server =
            Self { at: listener.local_addr().unwrap(), heard: Arc::default(), connections: Arc::default() };
        let (answer, heard) = (Arc::new(answer), Arc::clone(&server.heard));
        let connections = Arc::clone(&server.connections);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (answer, heard) = (Arc::clone(&answer), Arc::clone(&heard));
                connections.fetch_add(1, Ordering::Relaxed);
                tokio::spawn(async move { converse(stream, &*answer, &heard).await });
            }
        });
        server
    }

    /// The address of a path here, under a name.
    pub(crate) fn url(&self, host: &str, path: &str) -> Url {
        Url::parse(&format!("http://{host}:{}{path}", self.at.port())).unwrap()
    }

    /// The connections until now.
    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::Relaxed)
    }

    /// The requests until now, each with its head.
    pub(crate) fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }
}

/// Requests and answers, as long as the answers keep the connection; the peer may go at any time.
async fn converse(
    mut stream: TcpStream,
    answer: &(dyn Fn(&str) -> Reply + Send + Sync),
    heard: &Mutex<Vec<String>>,
) {
    while let Some(request) = listen(&mut stream).await {
        let reply = answer(request.split(' ').nth(1).unwrap());
        heard.lock().unwrap().push(request);
        let mut sent = stream.write_all(&reply.bytes).await;
        match reply.then {
            Then::Stay => continue,
            Then::Close => sent = sent.and(stream.shutdown().await),
            Then::Repeat(bytes) => {
                while sent.is_ok() {
                    sent = stream.write_all(&bytes).await;
                }
            }
            Then::Hang => {}
        }
        // Until the peer goes: to close earlier could take the answer back from it.
        while sent.is_ok() && matches!(stream.read(&mut [0; 4_096]).await, Ok(1..)) {}
        return;
    }
}

/// The head of the next request, in small letters.
async fn listen(stream: &mut TcpStream) -> Option<String> {
    let mut request = Vec::new();
    let mut piece = [0; 4_096];
    while !request.ends_with(b"\r\n\r\n") {
        match stream.read(&mut piece).await {
            Ok(read @ 1..) => request.extend_from_slice(&piece[..read]),
            _ => return None,
        }
    }
    Some(String::from_utf8(request).unwrap().to_ascii_lowercase())
}
