//! The lock on a data folder: one program at a time takes up entries, files articles and sends. Two would give each
//! other's claims back and tell readers everything twice. Verbs that only add, correct or look need no lock.
//!
//! The system takes the lock away with the program that holds it, however that ends; the file stays.

use crate::config::Settings;
use anyhow::{Context, Result, bail};
use std::fs::{File, TryLockError};

/// The file in the data folder that is locked; nothing is in it.
const NAME: &str = "lock";

/// Held while a program works on a data folder.
#[must_use = "others come in when it goes"]
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock of the data folder, made when it is not there yet.
    ///
    /// # Errors
    /// Names the folder when another program works on it, or when it cannot be locked.
    pub(super) fn take(settings: &Settings) -> Result<Self> {
        super::make_folder(settings)?;
        let path = settings.data.join(NAME);
        let place = || path.display().to_string();
        let file = File::options().create(true).append(true).open(&path).with_context(place)?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => bail!(
                "another Staytuned works on the data folder {}; stop it first, or name another folder with --data",
                settings.data.display()
            ),
            Err(TryLockError::Error(error)) => Err(error).with_context(place),
        }
    }
}
