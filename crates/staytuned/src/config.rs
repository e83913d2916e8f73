//! Configuration as written (TOML file, `STAYTUNED_*` environment, flags) resolved once into [`Settings`].
//! Nothing reads the environment or the file afterwards.

mod environment;

use anyhow::{Context, Result, bail};
use ipnet::IpNet;
use jiff::SignedDuration;
use serde::Deserialize;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use url::Url;

/// The file as written: every option of `config/staytuned.example.toml`, all optional.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Config {
    data: Option<PathBuf>,
    web: WebConfig,
    ingest: IngestConfig,
    deliver: DeliverConfig,
    models: ModelsConfig,
    log: LogConfig,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct WebConfig {
    listen: Option<String>,
    base_url: Option<String>,
    trusted_proxies: Vec<String>,
    metrics_from: Option<Vec<String>>,
    admin_token: Option<String>,
    show_followers: Option<bool>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct IngestConfig {
    contact: Option<String>,
    allow_networks: Vec<String>,
    hosts: Vec<String>,
    pages: Option<bool>,
    fetches: Option<u16>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct DeliverConfig {
    contact: Option<String>,
    allow_networks: Vec<String>,
    smtp: Option<String>,
    mail_from: Option<String>,
    between_minutes: Option<u16>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct ModelsConfig {
    path: Option<PathBuf>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct LogConfig {
    level: Option<String>,
    format: Option<LogFormat>,
}

/// How log lines look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum LogFormat {
    #[default]
    Text,
    Json,
}

/// What the program runs with: every option resolved, defaults filled in, values checked.
#[derive(Clone)]
#[cfg_attr(test, derive(Debug))]
pub(crate) struct Settings {
    /// Folder that holds everything kept.
    pub(crate) data: PathBuf,
    pub(crate) listen: SocketAddr,
    /// The address that links are made from; never taken from a request.
    pub(crate) base_url: Url,
    pub(crate) trusted_proxies: Vec<IpNet>,
    pub(crate) metrics_from: Vec<IpNet>,
    /// Signs the operator in; `None`: the one in the data folder.
    pub(crate) admin_token: Option<String>,
    /// Whether anybody may see how many follow a story.
    pub(crate) show_followers: bool,
    /// Put into the User-Agent so that a publisher can reach the operator.
    pub(crate) contact: Option<String>,
    /// Networks that feeds and pages may be fetched from although they are not public.
    pub(crate) allow_networks: Vec<IpNet>,
    /// Names that the guarded fetcher reaches at these addresses, inside allowed networks.
    pub(crate) hosts: Vec<(String, SocketAddr)>,
    /// Whether pages are fetched for entries whose feed carries only a teaser.
    pub(crate) pages: bool,
    /// Outward requests under way at once.
    pub(crate) fetches: usize,
    /// Where push services reach the operator, as `mailto:` or `https:`; no push leaves without.
    pub(crate) push_contact: Option<String>,
    /// Networks that messages may be sent into although they are not public.
    pub(crate) message_networks: Vec<IpNet>,
    /// The mail server, with its credentials, and the address that mail comes from; no mail leaves without.
    pub(crate) smtp: Option<String>,
    pub(crate) mail_from: Option<String>,
    /// Least time between two messages on one story to one receiver, unless a development is major.
    pub(crate) between: SignedDuration,
    pub(crate) models: PathBuf,
    pub(crate) log_level: String,
    pub(crate) log_format: LogFormat,
}

impl Settings {
    /// Reads the file (an explicit one must exist; the default one may be absent), lays the environment over
    /// it and resolves.
    ///
    /// # Errors
    /// Names the file, the key and the value that could not be used.
    pub(crate) fn load(file: Option<&Path>, data: Option<PathBuf>) -> Result<Self> {
        let (path, mut table) = read_file(file)?;
        // What is wrong in the file is told before the environment is laid over it.
        Config::deserialize(table.clone())
            .with_context(|| format!("configuration file {}", path.display()))?;
        environment::lay_over(&mut table, std::env::vars_os())?;
        let config: Config = table.try_into().context("configuration")?;
        config.resolve(data)
    }

    /// Another address to listen on than the configured one.
    pub(crate) fn listen_on(&mut self, listen: SocketAddr) {
        let derived = self.base_url == default_base(self.listen);
        self.listen = listen;
        if derived {
            self.base_url = default_base(listen);
        }
    }

    /// The database file.
    pub(crate) fn database(&self) -> PathBuf {
        self.data.join("staytuned.db")
    }
}

impl Config {
    fn resolve(self, data: Option<PathBuf>) -> Result<Settings> {
        let data = data.or(self.data).map_or_else(default_data, Ok)?;
        let listen: SocketAddr = parse("web.listen", self.web.listen.as_deref().unwrap_or("127.0.0.1:7878"))?;
        let base_url = match self.web.base_url {
            Some(written) => parse::<Url>("web.base_url", &written)?,
            None => default_base(listen),
        };
        if !matches!(base_url.scheme(), "http" | "https") {
            bail!("web.base_url: {base_url} is not an http or https address");
        }
        if base_url.path() != "/" || base_url.query().is_some() || base_url.fragment().is_some() {
            bail!("web.base_url: {base_url} has more than a host: the pages stand at the root of one");
        }
        let loopback = || vec!["127.0.0.0/8".to_owned(), "::1/128".to_owned()];
        Ok(Settings {
            listen,
            base_url,
            trusted_proxies: networks("web.trusted_proxies", &self.web.trusted_proxies)?,
            metrics_from: networks("web.metrics_from", &self.web.metrics_from.unwrap_or_else(loopback))?,
            admin_token: self.web.admin_token.filter(|token| !token.trim().is_empty()),
            show_followers: self.web.show_followers.unwrap_or(true),
            contact: self.ingest.contact.filter(|contact| !contact.trim().is_empty()),
            allow_networks: networks("ingest.allow_networks", &self.ingest.allow_networks)?,
            hosts: hosts(&self.ingest.hosts)?,
            pages: self.ingest.pages.unwrap_or(true),
            fetches: usize::from(self.ingest.fetches.unwrap_or(16)).clamp(1, 256),
            push_contact: contact("deliver.contact", self.deliver.contact)?,
            message_networks: networks("deliver.allow_networks", &self.deliver.allow_networks)?,
            smtp: self.deliver.smtp.filter(|smtp| !smtp.trim().is_empty()),
            mail_from: self.deliver.mail_from.filter(|from| !from.trim().is_empty()),
            between: self
                .deliver
                .between_minutes
                .map_or(deliver::policy::BETWEEN, |minutes| SignedDuration::from_mins(minutes.into())),
            models: self.models.path.unwrap_or_else(|| data.join("models")),
            log_level: self.log.level.unwrap_or_else(|| "info".to_owned()),
            log_format: self.log.format.unwrap_or_default(),
            data,
        })
    }
}

fn read_file(file: Option<&Path>) -> Result<(PathBuf, toml::Table)> {
    let (path, required) = match file {
        Some(path) => (path.to_owned(), true),
        None => (PathBuf::from("staytuned.toml"), false),
    };
    let table = match std::fs::read_to_string(&path) {
        Ok(text) => text.parse().with_context(|| format!("configuration file {}", path.display()))?,
        Err(error) if !required && error.kind() == std::io::ErrorKind::NotFound => toml::Table::new(),
        Err(error) => return Err(error).with_context(|| format!("configuration file {}", path.display())),
    };
    Ok((path, table))
}

/// systemd's state folder, else the XDG data folder, else `~/.local/share`.
fn default_data() -> Result<PathBuf> {
    if let Some(state) = std::env::var_os("STATE_DIRECTORY") {
        return Ok(PathBuf::from(state));
    }
    if let Some(xdg) = std::env::var_os("XDG_DATA_HOME").filter(|path| !path.is_empty()) {
        return Ok(PathBuf::from(xdg).join("staytuned"));
    }
    let home = std::env::var_os("HOME").context("no HOME: say where to keep data with --data")?;
    Ok(PathBuf::from(home).join(".local/share/staytuned"))
}

/// The address of a site that is reached where it listens.
fn default_base(listen: SocketAddr) -> Url {
    Url::parse(&format!("http://{listen}/")).expect("a socket address makes an http address")
}

fn parse<T: std::str::FromStr>(key: &str, written: &str) -> Result<T>
where
    T::Err: std::error::Error + Send + Sync + 'static,
{
    written.parse().with_context(|| format!("{key}: cannot use {written:?}"))
}

/// A `mailto:` or `https:` address (RFC 8292, section 2.1); a bare e-mail address is one too.
fn contact(key: &str, written: Option<String>) -> Result<Option<String>> {
    let Some(written) =
        written.map(|written| written.trim().to_owned()).filter(|written| !written.is_empty())
    else {
        return Ok(None);
    };
    let written = match written.contains(':') {
        true => written,
        false => format!("mailto:{written}"),
    };
    match is_reachable(&written) {
        true => Ok(Some(written)),
        false => bail!(
            "{key}: {written:?} is neither an e-mail address nor an https address that others can reach"
        ),
    }
}

/// `name=address:port`
fn hosts(written: &[String]) -> Result<Vec<(String, SocketAddr)>> {
    let host = |one: &String| {
        let (name, address) =
            one.split_once('=').with_context(|| format!("ingest.hosts: {one:?} is not name=address:port"))?;
        Ok((name.trim().to_lowercase(), parse("ingest.hosts", address.trim())?))
    };
    written.iter().map(host).collect()
}

/// Push services refuse contacts that nobody can reach, such as `mailto:me@localhost`.
fn is_reachable(contact: &str) -> bool {
    let host = match contact.strip_prefix("mailto:") {
        Some(address) => address.rsplit_once('@').map(|(_, host)| host.to_owned()),
        None => Url::parse(contact)
            .ok()
            .filter(|url| url.scheme() == "https")
            .and_then(|url| url.domain().map(str::to_owned)),
    };
    let nowhere = ["localhost", "local", "invalid", "test", "localdomain"];
    host.is_some_and(|host| match host.rsplit_once('.') {
        Some((name, top)) => {
            !name.is_empty()
                && !top.is_empty()
                && !nowhere.contains(&top)
                && !host.contains(char::is_whitespace)
        }
        None => false,
    })
}

fn networks(key: &str, written: &[String]) -> Result<Vec<IpNet>> {
    written.iter().map(|network| parse(key, network)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolve(text: &str) -> Result<Settings> {
        let table: toml::Table = text.parse()?;
        let config: Config = table.try_into()?;
        config.resolve(Some("kept".into()))
    }

    #[test]
    fn an_empty_file_means_the_defaults() {
        let settings = resolve("").unwrap();
        assert_eq!(settings.listen.to_string(), "127.0.0.1:7878");
        assert_eq!(settings.base_url.as_str(), "http://127.0.0.1:7878/");
        assert!(settings.allow_networks.is_empty(), "no network is allowed unless it is named");
        assert!(settings.message_networks.is_empty(), "nor to messages");
        let feeds = resolve("[ingest]\nallow_networks = [\"10.0.0.0/8\"]").unwrap();
        assert!(feeds.message_networks.is_empty(), "what is open to feeds is not open to messages");
    }

    #[test]
    fn a_wrong_value_is_named_with_its_key() {
        let check = |text: &str, part: &str| {
            let error = format!("{:#}", resolve(text).unwrap_err());
            assert!(error.contains(part), "{error}");
        };
        check("[web]\nlisten = \"here\"", "web.listen: cannot use \"here\"");
        check("[web]\nbase_url = \"ftp://x.example\"", "web.base_url");
        check("[ingest]\nallow_networks = [\"10.0.0.0/99\"]", "ingest.allow_networks");
        check("[deliver]\nallow_networks = [\"10.0.0.0/99\"]", "deliver.allow_networks");
        check("[ingest]\nalow_networks = []", "alow_networks");
        check(
            "[ingest]\nhosts = [\"push.example\"]",
            "ingest.hosts: \"push.example\" is not name=address:port",
        );
        check("[ingest]\nhosts = [\"push.example=here\"]", "ingest.hosts: cannot use \"here\"");
        for contact in
            ["me", "me@localhost", "mailto:me@desk.local", "https://localhost/", "http://desk.example"]
        {
            check(&format!("[deliver]\ncontact = \"{contact}\""), "is neither an e-mail address nor");
        }
        let contact = |written| resolve(&format!("[deliver]\ncontact = \"{written}\"")).unwrap().push_contact;
        assert_eq!(contact("desk@herald.example").as_deref(), Some("mailto:desk@herald.example"));
        assert_eq!(contact("https://herald.example/desk").as_deref(), Some("https://herald.example/desk"));
    }

    const EXAMPLE: &str = include_str!("../../../config/staytuned.example.toml");

    #[test]
    fn the_example_file_names_every_option() {
        let table: toml::Table = EXAMPLE.replace("#: ", "").parse().unwrap();
        for key in environment::KEYS {
            let mut at = Some(&toml::Value::Table(table.clone()));
            for part in key.path.split('.') {
                at = at.and_then(|value| value.get(part));
            }
            assert!(at.is_some(), "{} is not in the example file", key.path);
        }
    }

    #[test]
    fn the_example_file_shows_the_defaults() {
        let written = resolve(EXAMPLE).unwrap();
        let defaults = resolve("").unwrap();
        assert_eq!(format!("{written:?}"), format!("{defaults:?}"));
    }
}
