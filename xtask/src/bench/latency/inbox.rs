//! A push service that takes everything and notes when: HTTP/1.1 with kept connections, on a thread of its own.

use anyhow::{Context, Result};
use aws_lc_rs::agreement::{ECDH_P256, PrivateKey};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use news::Timestamp;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

const TAKEN: &[u8] = b"HTTP/1.1 201 Created\r\ncontent-length: 0\r\n\r\n";

/// One message that came.
#[derive(Clone, Debug)]
pub(super) struct Arrival {
    pub(super) device: usize,
    pub(super) topic: String,
    pub(super) at: Timestamp,
}

/// See the module.
pub(super) struct Inbox {
    pub(super) address: String,
    arrived: Arc<Mutex<Vec<Arrival>>>,
    judged: AtomicUsize,
}

impl Inbox {
    /// Listens until the program ends.
    pub(super) fn open() -> Result<Self> {
        let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
        listener.set_nonblocking(true)?;
        let address = format!("http://{}", listener.local_addr()?);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let arrived: Arc<Mutex<Vec<Arrival>>> = Arc::default();
        let log = Arc::clone(&arrived);
        thread::spawn(move || {
            runtime.block_on(async move {
                let Ok(listener) = TcpListener::from_std(listener) else { return };
                while let Ok((stream, _)) = listener.accept().await {
                    tokio::spawn(take(stream, Arc::clone(&log)));
                }
            });
        });
        Ok(Self { address, arrived, judged: AtomicUsize::new(0) })
    }

    pub(super) fn arrived(&self) -> Vec<Arrival> {
        self.arrived.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How many had come at the last [`Inbox::judge`].
    pub(super) fn judged(&self) -> usize {
        self.judged.load(Relaxed)
    }

    /// How many have come by now.
    pub(super) fn judge(&self) -> usize {
        let now = self.arrived.lock().unwrap_or_else(PoisonError::into_inner).len();
        self.judged.store(now, Relaxed);
        now
    }
}

/// A browser's public key; the secrets tell the devices apart.
pub(super) fn browser_key() -> Result<String> {
    let key =
        PrivateKey::generate(&ECDH_P256).and_then(|key| key.compute_public_key()).ok().context("key")?;
    Ok(URL_SAFE_NO_PAD.encode(key))
}

pub(super) fn secret(device: usize) -> [u8; 16] {
    (device as u128).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835).to_be_bytes()
}

/// Reads each request by its length, takes it and notes it.
async fn take(mut stream: TcpStream, log: Arc<Mutex<Vec<Arrival>>>) {
    let mut read = Vec::with_capacity(8_192);
    loop {
        match whole(&read) {
            Some((length, arrival)) => {
                read.drain(..length);
                log.lock().unwrap_or_else(PoisonError::into_inner).push(arrival);
                if stream.write_all(TAKEN).await.is_err() {
                    return;
                }
            }
            None => {
                if !matches!(stream.read_buf(&mut read).await, Ok(1..)) {
                    return;
                }
            }
        }
    }
}

/// The first request, when it is there in full.
fn whole(read: &[u8]) -> Option<(usize, Arrival)> {
    let head = read.windows(4).position(|end| end == b"\r\n\r\n")? + 4;
    let text = std::str::from_utf8(read.get(..head)?).ok()?;
    let line = |name: &str| text.split_once(name)?.1.lines().next().map(str::trim);
    let body: usize = line("content-length: ")?.parse().ok()?;
    let device = text.split(' ').nth(1)?.trim_start_matches('/').parse().ok()?;
    let arrival = Arrival { device, topic: line("topic: ")?.to_owned(), at: Timestamp::now() };
    (read.len() >= head + body).then_some((head + body, arrival))
}
