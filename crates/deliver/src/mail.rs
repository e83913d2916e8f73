//! E-mail by the operator's mail server.
//!
//! In: an address and the messages for it, one by itself or several as a digest. Out: an [`Outcome`]. The server is the
//! operator's own choice, so it may stand in a private network; credentials leave only over TLS, save on loopback.

mod letter;

use crate::answer::{Attempt, Outcome};
use crate::message::Message;
use lettre::message::Mailbox;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::{self, AsyncSmtpTransport, PoolConfig};
use lettre::{AsyncTransport, Tokio1Executor};
use news::ReceiverId;
use std::time::Duration;
use tokio::time::timeout;
use url::{Host, Url};

/// For one command of the conversation.
const COMMAND: Duration = Duration::from_secs(15);

/// For one mail in all, a free connection awaited.
const WITHIN: Duration = Duration::from_secs(60);

/// Connections to the server.
const CONNECTIONS: u32 = 4;

/// Settings that cannot be used, in words for the operator.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MailError {
    #[error("the mail server is not an address such as \"smtps://user:password@mail.example.org\"")]
    Server,
    #[error("{0:?} is not an address that mail can come from")]
    From(String),
    #[error("the mail server {host} cannot be used: {why}")]
    Tls { host: String, why: String },
}

/// See the module.
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Mailer {
    /// `server` is `smtps://` (TLS from the start) or `smtp://` (TLS when the server offers it, and always before
    /// credentials); `from` is an address, with a name or without.
    ///
    /// # Errors
    /// [`MailError`].
    pub fn new(server: &str, from: &str) -> Result<Self, MailError> {
        let from: Mailbox = from.trim().parse().map_err(|_| MailError::From(from.to_owned()))?;
        let url = Url::parse(server.trim()).map_err(|_| MailError::Server)?;
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or(MailError::Server)?;
        let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        let tls = |name: &str| {
            TlsParameters::new(name.to_owned())
                .map_err(|error| MailError::Tls { host: name.to_owned(), why: error.to_string() })
        };
        let (tls, port) = match url.scheme() {
            "smtps" => (Tls::Wrapper(tls(&host)?), 465),
            "smtp" if url.username().is_empty() => (Tls::Opportunistic(tls(&host)?), 25),
            "smtp" if is_here(&url) => (Tls::Opportunistic(tls(&host)?), 25),
            "smtp" => (Tls::Required(tls(&host)?), 587),
            _ => return Err(MailError::Server),
        };
        let hello = ClientId::Domain(from.email.domain().to_owned());
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(host)
            .port(url.port().unwrap_or(port))
            .tls(tls)
            .hello_name(hello)
            .timeout(Some(COMMAND))
            .pool_config(PoolConfig::new().max_size(CONNECTIONS));
        if !url.username().is_empty() {
            let password = url.password().unwrap_or_default();
            builder = builder.credentials(Credentials::new(decoded(url.username()), decoded(password)));
        }
        Ok(Self { transport: builder.build(), from })
    }

    /// Sends the messages in one mail.
    pub(crate) async fn send(
        &self,
        receiver: ReceiverId,
        address: &str,
        messages: &[Message],
        attempt: Attempt,
    ) -> Outcome {
        let letter = match letter::letter(&self.from, receiver, address, messages) {
            Ok(letter) => letter,
            Err(why) => return Outcome::Refused { why },
        };
        match timeout(WITHIN, self.transport.send(letter)).await {
            Ok(Ok(_)) => Outcome::Accepted,
            Ok(Err(error)) => refused(&error, attempt),
            Err(_) => attempt.later(None, "the mail server did not answer in time".to_owned()),
        }
    }
}

/// User and password as they are before an address writes them.
fn decoded(written: &str) -> String {
    // A form's pair is the one decoder of `%40` that `url` offers; `+` is itself here.
    let pair = format!("={}", written.replace('+', "%2B"));
    url::form_urlencoded::parse(pair.as_bytes())
        .next()
        .map(|(_, value)| value.into_owned())
        .unwrap_or_default()
}

fn is_here(url: &Url) -> bool {
    match url.host() {
        // An address of four numbers is a name to `url` when the scheme is not one of the web.
        Some(Host::Domain(name)) => name == "localhost" || name == "127.0.0.1",
        Some(Host::Ipv4(v4)) => v4.is_loopback(),
        Some(Host::Ipv6(v6)) => v6.is_loopback(),
        None => false,
    }
}

/// What the server's refusal means (RFC 5321 section 4.2, RFC 4954 section 6).
fn refused(error: &smtp::Error, attempt: Attempt) -> Outcome {
    let code = error.status().map(|code| code.to_string());
    match code.as_deref() {
        Some(code @ ("530" | "534" | "535" | "538")) => {
            let why = format!("the mail server answered {code}: it wants other credentials");
            Outcome::Alert { why, said: String::new() }
        }
        Some(code) if error.is_permanent() => {
            Outcome::Refused { why: format!("the mail server answered {code}") }
        }
        Some(code) => attempt.later(None, format!("the mail server answered {code}")),
        None => attempt.later(None, format!("the mail server: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn settings_are_checked() {
        let check = |server: &str, from: &str, fits: bool| {
            assert_eq!(Mailer::new(server, from).is_ok(), fits, "{server} {from}");
        };
        let from = "Staytuned <news@herald.example>";
        check("smtps://desk:p%40ss@mail.example", from, true);
        check("smtp://mail.example:587", "news@herald.example", true);
        check("smtp://127.0.0.1:1025", from, true);
        check("smtp://[::1]:1025", from, true);
        check("https://mail.example", from, false);
        check("mail.example", from, false);
        check("smtp://mail.example", "nobody", false);
    }

    #[test]
    fn credentials_are_decoded_once() {
        assert_eq!(decoded("p%40ss+w%2525&x=1"), "p@ss+w%25");
        assert_eq!(decoded("desk%40herald.example"), "desk@herald.example");
    }
}
