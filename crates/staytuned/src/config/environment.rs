//! The environment laid over the file: `STAYTUNED_WEB_LISTEN=...` is `[web] listen`, and
//! `STAYTUNED_WEB_LISTEN_FILE=path` reads the value from a file, as container secrets are handed over.

use anyhow::{Context, Result, bail};
use std::ffi::OsString;
use toml::{Table, Value};

/// One option that the environment can set.
pub(super) struct Key {
    /// `web.listen`.
    pub(super) path: &'static str,
    kind: Kind,
}

enum Kind {
    Text,
    Flag,
    Number,
    /// Comma-separated.
    List,
}

/// Every option, in the order of the example file.
pub(super) const KEYS: &[Key] = &[
    Key { path: "data", kind: Kind::Text },
    Key { path: "web.listen", kind: Kind::Text },
    Key { path: "web.base_url", kind: Kind::Text },
    Key { path: "web.trusted_proxies", kind: Kind::List },
    Key { path: "web.metrics_from", kind: Kind::List },
    Key { path: "web.admin_token", kind: Kind::Text },
    Key { path: "web.show_followers", kind: Kind::Flag },
    Key { path: "ingest.contact", kind: Kind::Text },
    Key { path: "ingest.allow_networks", kind: Kind::List },
    Key { path: "ingest.hosts", kind: Kind::List },
    Key { path: "ingest.pages", kind: Kind::Flag },
    Key { path: "ingest.fetches", kind: Kind::Number },
    Key { path: "deliver.contact", kind: Kind::Text },
    Key { path: "deliver.allow_networks", kind: Kind::List },
    Key { path: "deliver.smtp", kind: Kind::Text },
    Key { path: "deliver.mail_from", kind: Kind::Text },
    Key { path: "deliver.between_minutes", kind: Kind::Number },
    Key { path: "models.path", kind: Kind::Text },
    Key { path: "log.level", kind: Kind::Text },
    Key { path: "log.format", kind: Kind::Text },
];

/// Sets in `table` what `variables` say. A variable that begins with `STAYTUNED_` and names no option is an
/// error: a misspelt safety setting must not pass silently.
pub(super) fn lay_over(
    table: &mut Table,
    variables: impl IntoIterator<Item = (OsString, OsString)>,
) -> Result<()> {
    for (name, value) in variables {
        let Some(name) = name.to_str().and_then(|name| name.strip_prefix("STAYTUNED_")) else { continue };
        let (key, from_file) = find(name).with_context(|| format!("STAYTUNED_{name}: no such option"))?;
        let value = value.to_str().with_context(|| format!("STAYTUNED_{name}: not UTF-8"))?;
        let value = if from_file {
            std::fs::read_to_string(value)
                .with_context(|| format!("STAYTUNED_{name}: {value}"))?
                .trim_end()
                .to_owned()
        } else {
            value.to_owned()
        };
        let value = key.parse(&value).with_context(|| format!("STAYTUNED_{name}"))?;
        set(table, key.path, value)?;
    }
    Ok(())
}

fn find(name: &str) -> Option<(&'static Key, bool)> {
    let named = |wanted: &str| KEYS.iter().find(|key| key.variable() == wanted);
    named(name).map(|key| (key, false)).or_else(|| {
        let key = named(name.strip_suffix("_FILE")?)?;
        Some((key, true))
    })
}

impl Key {
    fn variable(&self) -> String {
        self.path.to_ascii_uppercase().replace('.', "_")
    }

    fn parse(&self, written: &str) -> Result<Value> {
        Ok(match self.kind {
            Kind::Text => Value::String(written.to_owned()),
            Kind::Number => {
                Value::Integer(written.parse().with_context(|| format!("{written:?} is no number"))?)
            }
            Kind::Flag => match written {
                "true" | "1" | "yes" => Value::Boolean(true),
                "false" | "0" | "no" => Value::Boolean(false),
                _ => bail!("{written:?} is neither true nor false"),
            },
            Kind::List => {
                let items = written.split(',').map(str::trim).filter(|item| !item.is_empty());
                Value::Array(items.map(|item| Value::String(item.to_owned())).collect())
            }
        })
    }
}

fn set(table: &mut Table, path: &str, value: Value) -> Result<()> {
    let Some((section, name)) = path.split_once('.') else {
        table.insert(path.to_owned(), value);
        return Ok(());
    };
    let section = table.entry(section).or_insert_with(|| Value::Table(Table::new()));
    let section = section.as_table_mut().with_context(|| format!("{path}: its section is not a table"))?;
    section.insert(name.to_owned(), value);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn overlay(name: &str, value: &str) -> Result<Table> {
        let mut table = "[web]\nlisten = \"127.0.0.1:1\"".parse()?;
        lay_over(&mut table, [(name.into(), value.into())])?;
        Ok(table)
    }

    #[test]
    fn a_variable_wins_over_the_file() {
        let table = overlay("STAYTUNED_WEB_LISTEN", "127.0.0.1:2").unwrap();
        assert_eq!(table["web"]["listen"].as_str(), Some("127.0.0.1:2"));
        let table = overlay("STAYTUNED_INGEST_ALLOW_NETWORKS", "10.0.0.0/8, ::1/128").unwrap();
        assert_eq!(table["ingest"]["allow_networks"].as_array().unwrap().len(), 2);
    }

    #[test]
    fn a_secret_may_come_from_a_file() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "desk@harbour.example\n").unwrap();
        let table = overlay("STAYTUNED_INGEST_CONTACT_FILE", file.path().to_str().unwrap()).unwrap();
        assert_eq!(table["ingest"]["contact"].as_str(), Some("desk@harbour.example"));
    }

    #[test]
    fn a_misspelt_variable_is_refused() {
        let error = overlay("STAYTUNED_INGEST_ALOW_NETWORKS", "").unwrap_err();
        assert!(format!("{error:#}").contains("STAYTUNED_INGEST_ALOW_NETWORKS: no such option"));
        assert!(overlay("STAYTUNED_INGEST_PAGES", "perhaps").is_err());
    }
}
