//! Where a reader wants to be told, as a form or a script names it: checked here, before anything is sent there.
//!
//! In: the fields. Out: a [`Channel`] and whose answers its answers are, or why it cannot be used, in words for the page.
//! Whether an address may be spoken to is the guarded fetcher's question, not this one's.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use news::{Channel, QuietHours, Receiver};
use url::{Host, Url};

const LONGEST_URL: usize = 2_048;
const LONGEST_TOKEN: usize = 256;
const LONGEST_ZONE: usize = 64;
/// RFC 5321 section 4.5.3.1.3.
const LONGEST_MAIL: usize = 254;
/// A point of P-256, uncompressed.
const P256DH: usize = 65;
const AUTH: usize = 16;

/// A channel with its origin: scheme, host and port, or the domain of a mail address.
#[derive(Debug)]
pub(crate) struct Named {
    pub(crate) channel: Channel,
    pub(crate) origin: String,
}

/// The channel of a form's fields.
///
/// # Errors
/// Why not.
pub(crate) fn read(kind: &str, field: impl Fn(&str) -> String, secret: &str) -> Result<Named, String> {
    match kind {
        "webhook" => {
            let (url, origin) = address(&field("url"))?;
            Ok(Named { channel: Channel::Webhook { url, secret: secret.to_owned() }, origin })
        }
        "ntfy" => {
            let (url, origin) = address(&field("url"))?;
            let topic = Url::parse(&url).is_ok_and(|url| {
                url.path().trim_matches('/').split('/').count() == 1 && url.path().len() > 1
            });
            if !topic {
                return Err(
                    "Write the address of one topic, such as https://ntfy.example/my-topic.".to_owned()
                );
            }
            let token = Some(token(&field("secret"))?).filter(|token| !token.is_empty());
            Ok(Named { channel: Channel::Ntfy { url, token }, origin })
        }
        "gotify" => {
            let (url, origin) = address(&field("url"))?;
            let token = token(&field("secret"))?;
            if token.is_empty() {
                return Err("Gotify needs the token of an application.".to_owned());
            }
            Ok(Named { channel: Channel::Gotify { url, token }, origin })
        }
        "mail" => {
            let address = field("address").trim().to_owned();
            let origin = mail_domain(&address).ok_or("That is not an e-mail address.")?.to_lowercase();
            let digest_hour = hour(&field("digest"))?;
            Ok(Named { channel: Channel::Mail { address, digest_hour }, origin })
        }
        _ => Err("There is no such channel.".to_owned()),
    }
}

/// A browser's push subscription. It must be made with the key in use: with another one nothing could be sent.
///
/// # Errors
/// Why not.
pub(crate) fn push(endpoint: &str, p256dh: &str, auth: &str, key: &str, ours: &str) -> Result<Named, String> {
    let (endpoint, origin) = address(endpoint)?;
    let url = Url::parse(&endpoint).map_err(|_| "The push service's address cannot be used.")?;
    // Push services speak https (RFC 8030); one on this very machine is a test's, and only where the operator allows it.
    let local = matches!(url.host(), Some(Host::Ipv4(v4)) if v4.is_loopback());
    if url.scheme() != "https" && !local {
        return Err("The push service does not speak https.".to_owned());
    }
    let plain = |text: &str, bytes: usize| {
        let text = text.trim_end_matches('=').to_owned();
        let fits = URL_SAFE_NO_PAD.decode(&text).is_ok_and(|decoded| decoded.len() == bytes);
        fits.then_some(text).ok_or("The browser’s keys cannot be used.")
    };
    let (p256dh, auth) = (plain(p256dh, P256DH)?, plain(auth, AUTH)?);
    if key.trim_end_matches('=') != ours {
        return Err("The site’s key changed; open the page again.".to_owned());
    }
    Ok(Named { channel: Channel::Push { endpoint, p256dh, auth, key: ours.to_owned() }, origin })
}

/// A new secret for a webhook, as Standard Webhooks has it.
///
/// # Errors
/// Without random numbers.
pub(crate) fn webhook_secret() -> Result<String, getrandom::Error> {
    let mut secret = [0; 32];
    getrandom::fill(&mut secret)?;
    Ok(format!("whsec_{}", STANDARD.encode(secret)))
}

/// Quiet hours of a form: `22:00` and `07:00`; none when both times are empty or the same.
///
/// # Errors
/// Why not.
pub(crate) fn quiet(from: &str, to: &str) -> Result<Option<QuietHours>, String> {
    if from.is_empty() && to.is_empty() {
        return Ok(None);
    }
    let minute = |written: &str| {
        let (hours, minutes) = written.split_once(':')?;
        let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.get(..2)?.parse().ok()?);
        (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
    };
    let (from, to) = minute(from).zip(minute(to)).ok_or("Write both times, such as 22:00 and 07:00.")?;
    Ok((from != to).then_some(QuietHours { from, to }))
}

/// A zone of the IANA's list, by which the hours of a receiver go: none for an empty field.
///
/// # Errors
/// Why not.
pub(crate) fn zone(written: &str) -> Result<Option<String>, String> {
    match written.trim() {
        "" => Ok(None),
        zone if zone.len() <= LONGEST_ZONE && jiff::tz::TimeZone::get(zone).is_ok() => {
            Ok(Some(zone.to_owned()))
        }
        zone => Err(format!("There is no time zone {zone:?}; write one such as Europe/Kyiv.")),
    }
}

/// When a receiver is told, in words that name whose clock is meant.
pub(crate) fn hours(receiver: &Receiver) -> String {
    let zone = receiver.zone.as_deref().unwrap_or("UTC");
    match (&receiver.channel, &receiver.quiet) {
        // A digest has its own hour.
        (Channel::Mail { digest_hour: Some(hour), .. }, _) => format!("Once a day at {hour}:00 ({zone})"),
        (_, Some(quiet)) => format!("Quiet from {} to {} ({zone})", clock(&quiet.from), clock(&quiet.to)),
        (_, None) => "At any hour".to_owned(),
    }
}

/// `07:30` of a minute of the day, for a form's field.
pub(crate) fn clock(minute: &u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// The hour of a digest: none for an empty field.
pub(crate) fn hour(written: &str) -> Result<Option<u8>, String> {
    match written.trim() {
        "" => Ok(None),
        hour => match hour.parse() {
            Ok(hour) if hour < 24 => Ok(Some(hour)),
            _ => Err("An hour is a number from 0 to 23.".to_owned()),
        },
    }
}

/// A web address and its origin.
fn address(written: &str) -> Result<(String, String), String> {
    let written = written.trim();
    if written.len() > LONGEST_URL {
        return Err("That address is too long.".to_owned());
    }
    let url = Url::parse(written).map_err(|_| "Write a whole address that begins with https://.")?;
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        return Err("Write an address that begins with https://.".to_owned());
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("An address with a user name or password in it is not taken.".to_owned());
    }
    Ok((url.to_string(), url.origin().ascii_serialization()))
}

fn token(written: &str) -> Result<String, String> {
    let token = written.trim();
    let fits = token.len() <= LONGEST_TOKEN && token.bytes().all(|byte| byte.is_ascii_graphic());
    if fits { Ok(token.to_owned()) } else { Err("That token cannot be used.".to_owned()) }
}

fn mail_domain(address: &str) -> Option<&str> {
    let (name, domain) = address.rsplit_once('@')?;
    let odd = |c: char| c.is_whitespace() || c.is_control() || "<>()[]\\,;:\"".contains(c);
    let fits =
        !name.is_empty() && address.len() <= LONGEST_MAIL && !address.contains(odd) && !name.contains('@');
    let labels = domain
        .split('.')
        .all(|label| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-'));
    (fits && labels && domain.contains('.')).then_some(domain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(kind: &str, fields: &[(&str, &str)], origin: Result<&str, &str>) {
        let field = |name: &str| {
            fields.iter().find(|field| field.0 == name).map_or_else(String::new, |field| field.1.to_owned())
        };
        match (read(kind, field, "whsec_x"), origin) {
            (Ok(named), Ok(origin)) => {
                assert_eq!((named.origin.as_str(), named.channel.kind()), (origin, kind))
            }
            (Err(why), Err(part)) => assert!(why.contains(part), "{why}"),
            (read, _) => panic!("{kind} {fields:?}: {read:?}"),
        }
    }

    #[test]
    fn only_what_can_be_reached_is_taken() {
        check("webhook", &[("url", "https://hook.example/a?b")], Ok("https://hook.example"));
        check("webhook", &[("url", "hook.example")], Err("whole address"));
        check("webhook", &[("url", "file:///etc/passwd")], Err("https://"));
        check("webhook", &[("url", "https://me:secret@hook.example/")], Err("user name"));
        check("webhook", &[("url", &format!("https://hook.example/{}", "a".repeat(2048)))], Err("too long"));
        check("ntfy", &[("url", "https://ntfy.example:8443/topic")], Ok("https://ntfy.example:8443"));
        check("ntfy", &[("url", "https://ntfy.example/")], Err("one topic"));
        check("ntfy", &[("url", "https://ntfy.example/t"), ("secret", "a\nb")], Err("token"));
        check("gotify", &[("url", "https://gotify.example/")], Err("needs the token"));
        check(
            "gotify",
            &[("url", "https://gotify.example/"), ("secret", "Axyz")],
            Ok("https://gotify.example"),
        );
        check("mail", &[("address", "ada@Mail.example"), ("digest", "7")], Ok("mail.example"));
        check("mail", &[("address", "ada@mail.example"), ("digest", "24")], Err("0 to 23"));
        for wrong in [
            "",
            "ada",
            "@mail.example",
            "ada@mail",
            "a b@mail.example",
            "a@b@mail.example",
            "a\r\nbcc:x@mail.example",
            "<a@mail.example>",
        ] {
            check("mail", &[("address", wrong)], Err("not an e-mail"));
        }
        check("pigeon", &[], Err("no such channel"));
    }

    #[test]
    fn a_push_subscription_is_whole_and_made_with_our_key() {
        let (point, secret) = (URL_SAFE_NO_PAD.encode([4; 65]), URL_SAFE_NO_PAD.encode([1; 16]));
        assert!(push("https://push.example/x", &point, &secret, "OURS=", "OURS").is_ok());
        assert!(push("http://127.0.0.1:9/x", &point, &secret, "OURS", "OURS").is_ok());
        let check =
            |endpoint, point, secret, key| assert!(push(endpoint, point, secret, key, "OURS").is_err());
        check("http://push.example/x", &point, &secret, "OURS");
        check("http://10.0.0.1/x", &point, &secret, "OURS");
        check("https://push.example/x", &secret, &secret, "OURS");
        check("https://push.example/x", &point, "", "OURS");
        check("https://push.example/x", &point, &secret, "OTHER");
    }

    #[test]
    fn a_secret_for_a_webhook_is_as_long_as_it_must_be_and_never_the_same() {
        let secret = webhook_secret().unwrap();
        assert_ne!(secret, webhook_secret().unwrap());
        assert_eq!(STANDARD.decode(secret.strip_prefix("whsec_").unwrap()).unwrap().len(), 32);
    }

    #[test]
    fn quiet_hours_have_two_times_and_a_zone_is_known() {
        let hours = quiet("22:00", "07:30").unwrap().unwrap();
        assert_eq!((hours.from, hours.to, clock(&hours.to).as_str()), (1320, 450, "07:30"));
        assert_eq!(quiet("", ""), Ok(None));
        assert_eq!(quiet("08:00", "08:00"), Ok(None));
        for (from, to) in [("22:00", ""), ("25:00", "07:00"), ("22:0", "07:00")] {
            assert!(quiet(from, to).is_err(), "{from} {to}");
        }
        assert_eq!(zone(" Europe/Kyiv "), Ok(Some("Europe/Kyiv".to_owned())));
        assert_eq!(zone(""), Ok(None));
        assert!(zone("Mars/Base").is_err() && zone(&"x".repeat(200)).is_err());
    }
}
