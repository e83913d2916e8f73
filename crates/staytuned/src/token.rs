//! The operator's token: made at the first start, kept in a file that only the operator can read.

use crate::config::Settings;
use anyhow::{Context, Result, bail};
use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine};
use sha2::{Digest, Sha256};
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;
use url::Url;

const FILE: &str = "admin-token";

/// Characters of a token that nobody guesses; one of our own has 32.
const LEAST: usize = 20;

/// The operator's token and where it comes from.
pub(crate) struct Token {
    secret: String,
    from: Source,
}

enum Source {
    Configuration,
    /// Made a moment ago: nobody has seen it.
    Made,
    File(PathBuf),
}

impl Token {
    /// What is kept of it where it is checked.
    pub(crate) fn hash(&self) -> [u8; 32] {
        hash(&self.secret)
    }

    /// How the operator signs in at a site. The token itself is shown once, when it was made: what is printed ends in a log.
    pub(crate) fn sign_in(&self, base: &Url) -> String {
        match &self.from {
            Source::Made => format!("{base}login?token={}", self.secret),
            Source::File(path) => format!("{base}login with the token in {}", path.display()),
            Source::Configuration => format!("{base}login with web.admin_token"),
        }
    }
}

/// The token of the configuration, else of the file in the data folder, which is made when it is not there.
///
/// # Errors
/// When it can be guessed, or the file cannot be read or written.
pub(crate) fn admin(settings: &Settings) -> Result<Token> {
    check(settings)?;
    if let Some(token) = &settings.admin_token {
        return Ok(Token { secret: token.trim().to_owned(), from: Source::Configuration });
    }
    let path = settings.data.join(FILE);
    match std::fs::read_to_string(&path) {
        Ok(token) if !token.trim().is_empty() => {
            return Ok(Token { secret: token.trim().to_owned(), from: Source::File(path) });
        }
        Ok(_) => {}
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(error).with_context(|| path.display().to_string()),
    }
    let mut secret = [0; 24];
    getrandom::fill(&mut secret)
        .map_err(|error| anyhow::anyhow!("no randomness for the admin token: {error}"))?;
    let token = BASE64_URL_SAFE_NO_PAD.encode(secret);
    let file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&path);
    file.and_then(|mut file| writeln!(file, "{token}")).with_context(|| path.display().to_string())?;
    Ok(Token { secret: token, from: Source::Made })
}

/// Whether the token of the configuration is long enough.
///
/// # Errors
/// Says what to do.
pub(crate) fn check(settings: &Settings) -> Result<()> {
    let Some(token) = &settings.admin_token else { return Ok(()) };
    let length = token.trim().chars().count();
    if length < LEAST {
        bail!(
            "web.admin_token has {length} characters and could be guessed; give it at least {LEAST}, or leave it empty \
             and a good one is made"
        );
    }
    Ok(())
}

/// Whether the data folder has one.
pub(crate) fn is_kept(settings: &Settings) -> bool {
    settings.data.join(FILE).exists()
}

fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(token: &str) -> Settings {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("staytuned.toml");
        std::fs::write(&file, format!("[web]\nadmin_token = \"{token}\"\n")).unwrap();
        Settings::load(Some(&file), Some(folder.path().to_owned())).unwrap()
    }

    #[test]
    fn a_token_that_can_be_guessed_is_refused() {
        for short in ["abc", "nineteen-characters", "   padded with spaces   "] {
            let error = admin(&settings(short)).err().expect("refused").to_string();
            assert!(error.contains("web.admin_token has") && error.contains("at least 20"), "{error}");
        }
        let long = "twenty-characters-it";
        let padded = admin(&settings(&format!(" {long} "))).unwrap();
        assert_eq!(padded.hash(), hash(long), "as it is typed");
    }

    #[test]
    fn a_token_is_shown_when_it_was_made_and_never_again() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("staytuned.toml");
        std::fs::write(&file, "[web]\nadmin_token = \"\"\n").unwrap();
        let settings = Settings::load(Some(&file), Some(folder.path().to_owned())).unwrap();
        let base = Url::parse("http://news.example/").unwrap();
        let made = admin(&settings).unwrap();
        assert_eq!(made.sign_in(&base), format!("http://news.example/login?token={}", made.secret));
        let kept = admin(&settings).unwrap();
        assert_eq!(kept.hash(), made.hash());
        assert!(!kept.sign_in(&base).contains(&made.secret), "{}", kept.sign_in(&base));
    }
}
