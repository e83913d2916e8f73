//! The keys that pushes are signed with: made at the first start, kept in a file that only the operator can read, the
//! newest in the first line. Those before stay below while a device uses them, so that whoever follows since then is
//! still reached until a visit makes the subscription anew.

use crate::config::Settings;
use anyhow::{Context, Result};
use deliver::VapidKey;
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;
use std::time::SystemTime;

const FILE: &str = "push-keys";

/// The key in use, and those before that still count, newest first.
pub(crate) struct PushKeys {
    pub(crate) current: VapidKey,
    pub(crate) before: Vec<VapidKey>,
}

/// Tells one writing of the file from the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Written(Option<SystemTime>, u64);

impl PushKeys {
    /// Reads the keys; makes one when there is none.
    ///
    /// # Errors
    /// Names the file that cannot be read or written, or the line that is no key.
    pub(crate) fn open(settings: &Settings) -> Result<Self> {
        match Self::read(settings)? {
            Some(keys) => Ok(keys),
            None => Self { current: VapidKey::generate()?, before: Vec::new() }.kept(settings),
        }
    }

    /// The keys as somebody wrote them anew, made by nobody here: a file that is being copied can look empty for a moment.
    ///
    /// # Errors
    /// As [`PushKeys::open`], and where there is none.
    pub(crate) fn reopen(settings: &Settings) -> Result<Self> {
        Self::read(settings)?.with_context(|| format!("{} holds no key", path(settings).display()))
    }

    /// Makes a new key. The one in use becomes the first of those before; of the others, those go that no device uses:
    /// `in_use` are the public keys that subscriptions were made with.
    ///
    /// # Errors
    /// As [`PushKeys::open`].
    pub(crate) fn rotate(settings: &Settings, in_use: &[String]) -> Result<Self> {
        let mut before = Vec::new();
        if let Some(keys) = Self::read(settings)? {
            before.push(keys.current);
            before
                .extend(keys.before.into_iter().filter(|key| in_use.iter().any(|used| used == key.public())));
        }
        Self { current: VapidKey::generate()?, before }.kept(settings)
    }

    /// The file, if keys were made: no copy of the database holds them.
    pub(crate) fn file(settings: &Settings) -> Option<PathBuf> {
        Some(path(settings)).filter(|path| path.exists())
    }

    /// What to do when devices were subscribed with keys that are not in the file: `in_use` are their public keys.
    /// A database that was brought here without the file beside it reaches none of them, and each of them would find
    /// out only by hearing nothing.
    pub(crate) fn missing(keys: Option<&Self>, settings: &Settings, in_use: &[String]) -> Option<String> {
        let here = || keys.into_iter().flat_map(|keys| std::iter::once(&keys.current).chain(&keys.before));
        let lost = in_use.iter().filter(|used| here().all(|key| key.public() != *used)).count();
        (lost > 0).then(|| {
            format!(
                "no push reaches devices that were subscribed with keys which are not in {} ({lost} in all): add the \
                 lines of the file {FILE} that lies beside the old database, or wait until each device visits the site",
                path(settings).display()
            )
        })
    }

    /// When the file was written, and its length.
    pub(crate) fn written(settings: &Settings) -> Option<Written> {
        let about = std::fs::metadata(path(settings)).ok()?;
        Some(Written(about.modified().ok(), about.len()))
    }

    /// The keys of the file, if there is one; makes nothing.
    ///
    /// # Errors
    /// As [`PushKeys::open`].
    pub(crate) fn read(settings: &Settings) -> Result<Option<Self>> {
        let path = path(settings);
        let written = match std::fs::read_to_string(&path) {
            Ok(written) => written,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error).with_context(|| path.display().to_string()),
        };
        let mut keys = written.lines().filter(|line| !line.trim().is_empty()).map(VapidKey::read);
        let mut next = || keys.next().transpose().with_context(|| path.display().to_string());
        let Some(current) = next()? else { return Ok(None) };
        let mut before = Vec::new();
        while let Some(key) = next()? {
            before.push(key);
        }
        Ok(Some(Self { current, before }))
    }

    /// Writes the keys beside the old file and then over it: a crash leaves one or the other, never half.
    fn kept(self, settings: &Settings) -> Result<Self> {
        let path = path(settings);
        let half = path.with_extension("new");
        let write = || -> Result<()> {
            let mut file =
                OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&half)?;
            writeln!(file, "{}", self.current.secret()?)?;
            for before in &self.before {
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
