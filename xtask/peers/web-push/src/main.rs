//! The same message by the crate `web-push`: encryption, and encryption with a token, as its documentation shows it.
//! In: the argument is a VAPID private key in base64url; each line of standard input a device, `p256dh auth`. Out: two
//! numbers, messages a second of this thread's own processor time.

use std::error::Error;
use std::io::stdin;
use web_push::{ContentEncoding, SubscriptionInfo, VapidSignatureBuilder, WebPushMessageBuilder};

const SECONDS: f64 = 2.0;

fn main() -> Result<(), Box<dyn Error>> {
    let key = std::env::args().nth(1).ok_or("which key?")?;
    let mut devices = Vec::new();
    for (n, line) in stdin().lines().enumerate() {
        let line = line?;
        let (p256dh, auth) = line.split_once(' ').ok_or("p256dh auth")?;
        let endpoint = format!("https://push.example/send/{n}");
        devices.push(SubscriptionInfo::new(endpoint, p256dh.to_owned(), auth.to_owned()));
    }
    let text = [b'x'; 507];
    let encrypted = rate(&devices, |device| {
        let mut message = WebPushMessageBuilder::new(device);
        message.set_payload(ContentEncoding::Aes128Gcm, &text);
        Ok(message.build()?.payload.map_or(0, |payload| payload.content.len()))
    })?;
    let signed = rate(&devices, |device| {
        let mut token = VapidSignatureBuilder::from_base64(&key, device)?;
        token.add_claim("sub", "mailto:desk@news.example");
        let mut message = WebPushMessageBuilder::new(device);
        message.set_payload(ContentEncoding::Aes128Gcm, &text);
        message.set_vapid_signature(token.build()?);
        Ok(message.build()?.payload.map_or(0, |payload| payload.content.len()))
    })?;
    println!("{encrypted} {signed}");
    Ok(())
}

type Made = Result<usize, Box<dyn Error>>;

/// Calls a second of this thread's processor time.
fn rate(
    devices: &[SubscriptionInfo],
    make: impl Fn(&SubscriptionInfo) -> Made,
) -> Result<f64, Box<dyn Error>> {
    let begun = core_time()?;
    for (made, device) in devices.iter().cycle().enumerate() {
        if make(device)? == 0 {
            return Err("an empty message".into());
        }
        let spent = core_time()? - begun;
        if spent > SECONDS {
            return Ok((made + 1) as f64 / spent);
        }
    }
    Err("no device".into())
}

/// Processor time of this thread, in seconds.
fn core_time() -> Result<f64, Box<dyn Error>> {
    let written = std::fs::read_to_string("/proc/thread-self/schedstat")?;
    let spent: f64 = written.split(' ').next().ok_or("processor time")?.parse()?;
    Ok(spent / 1e9)
}
