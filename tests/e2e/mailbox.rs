//! A mail server on this machine that takes every mail and shows it to the test.

use crate::house::PATIENCE;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Instant;

/// The server; it ends with the test process.
#[derive(Clone)]
pub(crate) struct Mailbox {
    /// `smtp://127.0.0.1:port`.
    pub(crate) address: String,
    mails: Arc<(Mutex<Vec<String>>, Condvar)>,
}

impl Mailbox {
    pub(crate) fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("smtp://{}", listener.local_addr().unwrap());
        let mailbox = Self { address, mails: Arc::default() };
        let serving = mailbox.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let serving = serving.clone();
                std::thread::spawn(move || serving.converse(&stream));
            }
        });
        mailbox
    }

    /// RFC 5321, as far as one client needs it.
    fn converse(&self, stream: &TcpStream) -> Option<()> {
        let (mut say, mut reader) = (stream, BufReader::new(stream));
        say.write_all(b"220 mailbox\r\n").ok()?;
        let mut line = String::new();
        loop {
            line.clear();
            if reader.read_line(&mut line).ok()? == 0 {
                return None;
            }
            match line.get(..4).unwrap_or_default().to_ascii_uppercase().as_str() {
                "DATA" => {
                    say.write_all(b"354 go on\r\n").ok()?;
                    let mut mail = String::new();
                    while !mail.ends_with("\r\n.\r\n") {
                        reader.read_line(&mut mail).ok()?;
                    }
                    // Folded headers and soft line ends as one line.
                    let mail = mail.replace("\r\n ", " ").replace("=\r\n", "").replace("=3D", "=");
                    self.mails.0.lock().unwrap().push(mail);
                    self.mails.1.notify_all();
                    say.write_all(b"250 taken\r\n").ok()?;
                }
                "QUIT" => return say.write_all(b"221 bye\r\n").ok(),
                _ => say.write_all(b"250 well\r\n").ok()?,
            }
        }
    }

    pub(crate) fn mails(&self) -> Vec<String> {
        self.mails.0.lock().unwrap().clone()
    }

    /// Waits for the mail with this number, from 1.
    pub(crate) fn wait_for(&self, count: usize) -> String {
        let deadline = Instant::now() + PATIENCE;
        let mut mails = self.mails.0.lock().unwrap();
        loop {
            if let Some(mail) = mails.get(count - 1) {
                return mail.clone();
            }
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(!left.is_zero(), "{} of {count} mails came", mails.len());
            mails = self.mails.1.wait_timeout(mails, left).unwrap().0;
        }
    }
}
