//! The operator's token: made at the first start, kept in a file that only the operator can read.

use crate::config::Settings;
use anyhow::{Context, Result};
use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine};
use sha2::{Digest, Sha256};
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;

const FILE: &str = "admin-token";

/// The token of the configuration, else of the file in the data folder, which is made when it is not there.
pub(crate) fn admin(settings: &Settings) -> Result<String> {
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

/// What is kept of a token where it is checked.
pub(crate) fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token).into()
}
