//! The mail itself: text and a small HTML page of the same words.
//!
//! Ids do not depend on the attempt, so that a mail sent twice is seen to be one; all mails on a story name the same
//! first one, which makes them a thread. One press unsubscribes (RFC 8058).

use crate::message::{Message, NOTE};
use crate::payload::{LARGEST, attribution};
use crate::text::shorten;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use news::ReceiverId;
use std::fmt::Write;

/// Bytes of a subject.
const SUBJECT: usize = 200;

/// Bytes of one development's words.
const WORDS: usize = 4_000;

/// The mail for these messages, newest last; `Err` says why there is none.
pub(super) fn letter(
    from: &Mailbox,
    receiver: ReceiverId,
    address: &str,
    messages: &[Message],
) -> Result<lettre::Message, String> {
    let newest = messages.last().ok_or("there is nothing to say")?;
    let to: Mailbox = address.parse().map_err(|_| "its address is none that mail can go to")?;
    let domain = from.email.domain();
    let id = |what: String| format!("<{what}.receiver-{receiver}@{domain}>");
    let mut mail = lettre::Message::builder()
        .from(from.clone())
        .to(to)
        .subject(subject(messages, newest))
        .message_id(Some(id(format!("{}.of-{}", newest.identity(), messages.len()))))
        .raw_header(raw("Auto-Submitted", "auto-generated")?);
    if messages.iter().all(|message| message.story == newest.story) {
        let thread = id(newest.tag());
        mail = mail.in_reply_to(thread.clone()).references(thread);
    }
    if let Some(unfollow) = &newest.unfollow {
        mail = mail.raw_header(raw("List-Unsubscribe", &format!("<{}>", one_line(unfollow)))?);
        // A single press is allowed over TLS only.
        if unfollow.starts_with("https://") {
            mail = mail.raw_header(raw("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")?);
        }
    }
    let body = MultiPart::alternative_plain_html(text(messages, newest), html(messages, newest));
    mail.multipart(body).map_err(|error| format!("the mail cannot be written: {error}"))
}

fn raw(name: &'static str, value: &str) -> Result<HeaderValue, String> {
    let name = HeaderName::new_from_ascii(name.to_owned()).map_err(|error| error.to_string())?;
    Ok(HeaderValue::new(name, value.to_owned()))
}

/// The story's title, and how many more there are.
fn subject(messages: &[Message], newest: &Message) -> String {
    let title = one_line(&newest.title);
    let title = shorten(&title, SUBJECT);
    match messages.len() {
        1 => title.into_owned(),
        more => format!("{title} (+{})", more - 1),
    }
}

/// Without what would begin another header.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn text(messages: &[Message], newest: &Message) -> String {
    let mut out = String::new();
    for (n, message) in messages.iter().rev().enumerate() {
        if n > 0 {
            out.push_str("\n\n");
        }
        if messages.len() > 1 {
            let _ = writeln!(out, "{}", one_line(&message.title));
        }
        let words = shorten(&message.words, WORDS);
        let _ = write!(out, "{words}\n{}\n{}\n", attribution(message, LARGEST), message.url);
    }
    if let Some(unfollow) = &newest.unfollow {
        let _ = write!(out, "\n-- \n{}: {unfollow}\n", ending(newest));
    }
    out
}

fn html(messages: &[Message], newest: &Message) -> String {
    let mut out =
        String::from("<!doctype html><meta charset=utf-8><body style=\"font:16px/1.5 sans-serif\">");
    for message in messages.iter().rev() {
        let language = if message.language.is_known() { message.language.code() } else { "" };
        let direction = if message.language.is_right_to_left() { "rtl" } else { "ltr" };
        let _ = write!(
            out,
            "<h2 style=\"font-size:18px\"><a href=\"{}\">{}</a></h2><p lang=\"{language}\" dir=\"{direction}\">{}</p>\
             <p><small>{}</small></p>",
            escaped(&message.url),
            escaped(&one_line(&message.title)),
            escaped(&shorten(&message.words, WORDS)),
            escaped(&attribution(message, LARGEST)),
        );
    }
    if let Some(unfollow) = &newest.unfollow {
        let _ =
            write!(out, "<hr><p><small><a href=\"{}\">{}</a></small></p>", escaped(unfollow), ending(newest));
    }
    out.push_str("</body>");
    out
}

/// What the link at the end does: after a note, which is about an address and no story, no other mail goes there.
fn ending(newest: &Message) -> &'static str {
    if newest.development == NOTE { "No more mail" } else { "Unfollow" }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::example;
    use news::{DevelopmentId, StoryId};

    fn written(messages: &[Message]) -> String {
        let from = "Staytuned <news@herald.example>".parse().unwrap();
        let mail = letter(&from, ReceiverId(3), "reader@mail.example", messages).unwrap();
        String::from_utf8(mail.formatted()).unwrap().replace("\r\n ", " ").replace("=\r\n", "")
    }

    #[test]
    fn a_mail_belongs_to_its_story_and_can_be_ended() {
        let mail = written(&[example()]);
        for line in [
            "To: reader@mail.example\r\n",
            "Subject: Harbour talks go into a third day\r\n",
            "Message-ID: <development-41.of-1.receiver-3@herald.example>\r\n",
            "References: <story-7.receiver-3@herald.example>\r\n",
            "In-Reply-To: <story-7.receiver-3@herald.example>\r\n",
            "List-Unsubscribe: <https://news.example/unfollow/abc>\r\n",
            "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n",
            "Auto-Submitted: auto-generated\r\n",
            "multipart/alternative",
        ] {
            assert!(mail.contains(line), "{line} in\n{mail}");
        }
    }

    #[test]
    fn a_note_can_be_ended_too() {
        let unfollow = Some("https://news.example/mail/abc/stop".to_owned());
        let mail = written(&[Message { development: NOTE, unfollow, ..example() }]);
        assert!(mail.contains("List-Unsubscribe: <https://news.example/mail/abc/stop>\r\n"), "{mail}");
        assert!(
            mail.contains("No more mail: https://news.example/mail/abc/stop") && !mail.contains("Unfollow")
        );
    }

    #[test]
    fn a_digest_holds_them_all_newest_first() {
        let other = Message {
            development: DevelopmentId(42),
            story: StoryId(8),
            title: "Ferry aground".to_owned(),
            ..example()
        };
        let mail = written(&[example(), other]);
        assert!(mail.contains("Subject: Ferry aground (+1)\r\n"), "{mail}");
        assert!(!mail.contains("References:"));
        let (first, second) =
            (mail.find("Ferry aground\r\n"), mail.find("Harbour talks go into a third day\r\n"));
        assert!(first.is_some() && first < second, "{mail}");
    }

    #[test]
    fn titles_bring_no_headers_and_no_markup() {
        let message = Message {
            title: "A\r\nBcc: all@mail.example\r\n\r\n<script>x</script>".to_owned(),
            unfollow: Some("http://news.example/u\tX: y".to_owned()),
            ..example()
        };
        let mail = written(&[message]);
        assert!(!mail.contains("\r\nBcc:") && !mail.contains("\r\nX: y"), "{mail}");
        let (_, page) = mail.split_once("<!doctype html>").unwrap();
        assert!(page.contains("&lt;script&gt;") && !page.contains("<script"), "{page}");
        assert!(!mail.contains("One-Click"));
        let from = "news@herald.example".parse().unwrap();
        assert!(letter(&from, ReceiverId(3), "no address", &[example()]).is_err());
        assert!(letter(&from, ReceiverId(3), "reader@mail.example", &[]).is_err());
    }
}
