//! Mail, over a conversation with a server of our own on loopback.

use crate::scripted::{Scripted, message, receiver};
use deliver::{Mailer, Message, Outcome, Sender};
use news::{Channel, DevelopmentId};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// What the server heard, line by line.
type Heard = Arc<Mutex<Vec<String>>>;

/// A mail server that answers recipients as a test wants.
async fn server(to_recipient: &'static str) -> (u16, Heard) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (port, heard) = (listener.local_addr().unwrap().port(), Heard::default());
    let ears = Arc::clone(&heard);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(converse(stream, to_recipient, Arc::clone(&ears)));
        }
    });
    (port, heard)
}

async fn converse(stream: TcpStream, to_recipient: &str, heard: Heard) {
    let mut stream = BufReader::new(stream);
    let mut in_mail = false;
    let mut say = "220 mail.example\r\n".to_owned();
    loop {
        if !say.is_empty() && stream.write_all(say.as_bytes()).await.is_err() {
            return;
        }
        let mut line = String::new();
        if !matches!(stream.read_line(&mut line).await, Ok(1..)) {
            return;
        }
        let line = line.trim_end().to_owned();
        say = match line.split([' ', ':']).next().unwrap() {
            "." => "250 taken\r\n".to_owned(),
            _ if in_mail => String::new(),
            "RCPT" => format!("{to_recipient}\r\n"),
            "DATA" => "354 go on\r\n".to_owned(),
            _ => "250 mail.example\r\n".to_owned(),
        };
        in_mail = (in_mail || line == "DATA") && line != ".";
        heard.lock().unwrap().push(line);
    }
}

async fn send(to_recipient: &'static str, digest: &[Message]) -> (Outcome, Vec<String>) {
    let (port, heard) = server(to_recipient).await;
    let mailer = Mailer::new(&format!("smtp://127.0.0.1:{port}"), "news@herald.example").unwrap();
    let sender = Sender::new(Scripted::default(), None).with_mail(mailer);
    let channel = Channel::Mail { address: "reader@mail.example".to_owned(), digest_hour: None };
    let outcome = match digest {
        [] => sender.send(&receiver(channel), &message(), 0).await,
        messages => sender.digest(&receiver(channel), messages, 0).await,
    };
    let heard = heard.lock().unwrap().clone();
    (outcome, heard)
}

#[tokio::test]
async fn a_mail_arrives() {
    let (outcome, heard) = send("250 taken", &[]).await;
    assert_eq!(outcome, Outcome::Accepted);
    assert!(heard.iter().any(|line| line == "RCPT TO:<reader@mail.example>"), "{heard:#?}");
    assert!(heard.iter().any(|line| line == "Subject: Ferry aground off the northern cape"), "{heard:#?}");
}

#[tokio::test]
async fn a_digest_is_one_mail() {
    let two = [message(), Message { development: DevelopmentId(42), ..message() }];
    let (outcome, heard) = send("250 taken", &two).await;
    assert_eq!(outcome, Outcome::Accepted);
    assert_eq!(heard.iter().filter(|line| *line == "DATA").count(), 1);
    assert!(
        heard.iter().any(|line| line == "Subject: Ferry aground off the northern cape (+1)"),
        "{heard:#?}"
    );
}

#[tokio::test]
async fn refusals_end_or_wait() {
    assert!(matches!(send("450 later", &[]).await.0, Outcome::Deferred { .. }));
    assert!(matches!(send("550 no such reader", &[]).await.0, Outcome::Refused { .. }));
    assert!(matches!(send("530 who are you", &[]).await.0, Outcome::Alert { .. }));
    let silent = Sender::new(Scripted::default(), None);
    let channel = Channel::Mail { address: "reader@mail.example".to_owned(), digest_hour: None };
    assert!(matches!(silent.send(&receiver(channel), &message(), 0).await, Outcome::Refused { .. }));
}
