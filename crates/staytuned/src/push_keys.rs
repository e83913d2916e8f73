//! The keys that pushes are signed with: made at the first start, kept in a file that only the operator can read, the
//! newest in the first line. The one before stays in the second line, so that whoever follows since then is still
//! reached until a visit makes the subscription anew.

use crate::config::Settings;
use anyhow::{Context, Result};
use deliver::VapidKey;
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;

const FILE: &str = "push-keys";

/// The key in use, and the one before while it still counts.
pub(crate) struct PushKeys {
    pub(crate) current: VapidKey,
    pub(crate) before: Option<VapidKey>,
}

impl PushKeys {
    /// Reads the keys; makes one when there is none.
    ///
    /// # Errors
    /// Names the file that cannot be read or written, or the line that is no key.
    pub(crate) fn open(settings: &Settings) -> Result<Self> {
        match Self::read(settings)? {
            Some(keys) => Ok(keys),
            None => Self { current: VapidKey::generate()?, before: None }.kept(settings),
        }
    }

    /// Makes a new key; the one in use becomes the one before.
    ///
    /// # Errors
    /// As [`PushKeys::open`].
    pub(crate) fn rotate(settings: &Settings) -> Result<Self> {
        let before = Self::read(settings)?.map(|keys| keys.current);
        Self { current: VapidKey::generate()?, before }.kept(settings)
    }

    fn read(settings: &Settings) -> Result<Option<Self>> {
        let path = path(settings);
        let written = match std::fs::read_to_string(&path) {
            Ok(written) => written,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error).with_context(|| path.display().to_string()),
        };
        let mut keys = written.lines().filter(|line| !line.trim().is_empty()).map(VapidKey::read);
        let mut next = || keys.next().transpose().with_context(|| path.display().to_string());
        let Some(current) = next()? else { return Ok(None) };
        Ok(Some(Self { current, before: next()? }))
    }

    /// Writes the keys beside the old file and then over it: a crash leaves one or the other, never half.
    fn kept(self, settings: &Settings) -> Result<Self> {
        let path = path(settings);
        let half = path.with_extension("new");
        let write = || -> Result<()> {
            let mut file =
                OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&half)?;
            writeln!(file, "{}", self.current.secret()?)?;
            if let Some(before) = &self.before {
                writeln!(file, "{}", before.secret()?)?;
            }
            file.sync_all()?;
            Ok(std::fs::rename(&half, &path)?)
        };
        write().with_context(|| path.display().to_string())?;
        Ok(self)
    }
}

fn path(settings: &Settings) -> PathBuf {
    settings.data.join(FILE)
}
