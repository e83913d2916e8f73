//! The operator's token: made at the first start, kept in a file that only the operator can read.

use crate::config::Settings;
use anyhow::{Context, Result, bail};
use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine};
use sha2::{Digest, Sha256};
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;

const FILE: &str = "admin-token";

/// Characters of a token that nobody guesses; one of our own has 32.
const LEAST: usize = 20;

/// The token of the configuration, else of the file in the data folder, which is made when it is not there.
///
/// # Errors
/// When it can be guessed, or the file cannot be read or written.
pub(crate) fn admin(settings: &Settings) -> Result<String> {
    check(settings)?;
    if let Some(token) = &settings.admin_token {
        return Ok(token.clone());
    }
    let path = settings.data.join(FILE);
    match std::fs::read_to_string(&path) {
        Ok(token) if !token.trim().is_empty() => return Ok(token.trim().to_owned()),
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
    Ok(token)
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

/// What is kept of a token where it is checked.
pub(crate) fn hash(token: &str) -> [u8; 32] {
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
            let error = admin(&settings(short)).unwrap_err().to_string();
            assert!(error.contains("web.admin_token has") && error.contains("at least 20"), "{error}");
        }
        let long = "twenty-characters-it";
        assert_eq!(admin(&settings(long)).unwrap(), long);
    }
}
