//! A push service that takes everything: HTTP/1.1 with kept connections, on a thread of its own.

use anyhow::Result;
use std::net::SocketAddr;
use std::thread;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

const TAKEN: &[u8] = b"HTTP/1.1 201 Created\r\ncontent-length: 0\r\n\r\n";

/// Listens until the program ends.
pub(super) fn open() -> Result<SocketAddr> {
    let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    thread::spawn(move || {
        runtime.block_on(async move {
            let Ok(listener) = TcpListener::from_std(listener) else { return };
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(take(stream));
            }
        });
    });
    Ok(address)
}

/// Reads each request by its length and takes it.
async fn take(mut stream: TcpStream) {
    let mut read = Vec::with_capacity(8_192);
    loop {
        match whole(&read) {
            Some(length) => {
                read.drain(..length);
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

/// Bytes of the first request, when it is there in full.
fn whole(read: &[u8]) -> Option<usize> {
    let head = read.windows(4).position(|end| end == b"\r\n\r\n")? + 4;
    let text = std::str::from_utf8(read.get(..head)?).ok()?;
    let (_, rest) = text.split_once("content-length: ")?;
    let body: usize = rest.lines().next()?.trim().parse().ok()?;
    (read.len() >= head + body).then_some(head + body)
}
