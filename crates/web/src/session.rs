//! Who is signed in: the operator, by the admin token.
//!
//! In: a token or a cookie. Out: a session with its token against forged requests. The store keeps only hashes
//! of session secrets, so that a restart signs nobody out and a stolen database signs nobody in.

use jiff::Timestamp;
use sha2::{Digest, Sha256};
use std::sync::{Mutex, PoisonError};
use subtle::ConstantTimeEq;

/// A session ends this long after it began.
const LIFE_S: i64 = 30 * 24 * 3600;
/// Sessions at once; the oldest one gives way.
const MOST: usize = 32;

/// One sign-in: a secret that only the browser keeps.
#[derive(Clone)]
pub(crate) struct Session {
    secret: String,
}

impl Session {
    /// A secret that nobody had before.
    ///
    /// # Errors
    /// When the operating system gives no random numbers.
    pub(crate) fn new() -> Result<Self, getrandom::Error> {
        let mut random = [0; 32];
        getrandom::fill(&mut random)?;
        Ok(Self { secret: hex(&random) })
    }

    /// A secret that somebody brought; `None` for what cannot be one.
    pub(crate) fn from_secret(secret: String) -> Option<Self> {
        let fits = secret.len() == 64 && secret.bytes().all(|byte| byte.is_ascii_hexdigit());
        fits.then_some(Self { secret })
    }

    /// What the cookie carries.
    pub(crate) fn secret(&self) -> &str {
        &self.secret
    }

    /// The token that each form of this session carries. It follows from the secret and does not give it away.
    pub(crate) fn form_token(&self) -> String {
        hex(&digest(&["staytuned form", &self.secret]))
    }

    /// Whether a form carried this session's token.
    pub(crate) fn accepts(&self, form_token: &str) -> bool {
        self.form_token().as_bytes().ct_eq(form_token.as_bytes()).into()
    }
}

/// The sessions in force.
pub(crate) struct Sessions {
    admin_token_hash: [u8; 32],
    kept: Mutex<Vec<Kept>>,
}

#[derive(Clone)]
struct Kept {
    hash: [u8; 32],
    until: i64,
}

impl Sessions {
    /// Sessions as [`Sessions::written`] gave them, without those of another admin token.
    pub(crate) fn new(admin_token_hash: [u8; 32], written: Option<&str>) -> Self {
        let sessions = Self { admin_token_hash, kept: Mutex::default() };
        let kept = written.map(|text| sessions.read(text)).unwrap_or_default();
        Self { kept: Mutex::new(kept), ..sessions }
    }

    /// Whether this is the admin token.
    pub(crate) fn is_admin(&self, token: &str) -> bool {
        digest(&[token]).ct_eq(&self.admin_token_hash).into()
    }

    /// A new session when `token` is the admin token.
    ///
    /// # Errors
    /// When the operating system gives no random numbers.
    pub(crate) fn open(&self, token: &str, now: Timestamp) -> Result<Option<Session>, getrandom::Error> {
        let right: bool = digest(&[token]).ct_eq(&self.admin_token_hash).into();
        if !right {
            return Ok(None);
        }
        let session = Session::new()?;
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|one| one.until > now.as_second());
        if kept.len() >= MOST {
            kept.remove(0);
        }
        kept.push(Kept { hash: digest(&[&session.secret]), until: now.as_second() + LIFE_S });
        Ok(Some(session))
    }

    /// The session of a cookie, while it is in force.
    pub(crate) fn find(&self, secret: &str, now: Timestamp) -> Option<Session> {
        if secret.len() != 64 {
            return None;
        }
        let hash = digest(&[secret]);
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let found = kept.iter().any(|one| one.until > now.as_second() && bool::from(one.hash.ct_eq(&hash)));
        found.then(|| Session { secret: secret.to_owned() })
    }

    /// Ends one session.
    pub(crate) fn close(&self, session: &Session) {
        let hash = digest(&[&session.secret]);
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).retain(|one| one.hash != hash);
    }

    /// The sessions as a setting: one line each, `hash until`, under a line that names the admin token's hash.
    pub(crate) fn written(&self) -> String {
        let mut text = self.first_line();
        for one in self.kept.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            text.push_str(&format!("\n{} {}", hex(&one.hash), one.until));
        }
        text
    }

    fn read(&self, text: &str) -> Vec<Kept> {
        let mut lines = text.lines();
        if lines.next() != Some(self.first_line().as_str()) {
            return Vec::new();
        }
        let line = |line: &str| {
            let (hash, until) = line.split_once(' ')?;
            Some(Kept { hash: unhex(hash)?, until: until.parse().ok()? })
        };
        lines.take(MOST).filter_map(line).collect()
    }

    /// A new admin token ends every session.
    fn first_line(&self) -> String {
        hex(&digest(&["staytuned sessions", &hex(&self.admin_token_hash)]))
    }
}

/// A secret as the store may know it.
pub(crate) fn hash(secret: &str) -> String {
    hex(&digest(&[secret]))
}

fn digest(parts: &[&str]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.as_bytes());
    }
    hasher.finalize().into()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    if text.len() != 64 {
        return None;
    }
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sessions() -> Sessions {
        Sessions::new(digest(&["token"]), None)
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn only_the_token_opens_a_session() {
        let sessions = sessions();
        assert!(sessions.open("", at(0)).unwrap().is_none());
        assert!(sessions.open("token ", at(0)).unwrap().is_none());
        let session = sessions.open("token", at(0)).unwrap().unwrap();
        assert!(sessions.find(session.secret(), at(1)).is_some());
        assert!(sessions.find(&"0".repeat(64), at(1)).is_none());
        assert!(sessions.find(session.secret(), at(LIFE_S)).is_none(), "ends");
        sessions.close(&session);
        assert!(sessions.find(session.secret(), at(1)).is_none(), "signed out");
    }

    #[test]
    fn sessions_outlive_a_restart_but_not_a_new_token() {
        let before = sessions();
        let session = before.open("token", at(0)).unwrap().unwrap();
        let written = before.written();
        assert!(!written.contains(session.secret()));
        let after = Sessions::new(digest(&["token"]), Some(&written));
        assert!(after.find(session.secret(), at(1)).is_some());
        let other = Sessions::new(digest(&["another"]), Some(&written));
        assert!(other.find(session.secret(), at(1)).is_none());
        assert!(Sessions::new([0; 32], Some("junk\nmore junk")).written().lines().count() == 1);
    }

    #[test]
    fn a_form_token_belongs_to_its_session() {
        let sessions = sessions();
        let open = || sessions.open("token", at(0)).unwrap().unwrap();
        let (one, other) = (open(), open());
        assert!(one.accepts(&one.form_token()));
        assert!(!one.accepts(&other.form_token()));
        assert!(!one.accepts(""));
        assert_ne!(one.form_token(), one.secret());
    }

    #[test]
    fn old_sessions_give_way() {
        let sessions = sessions();
        let first = sessions.open("token", at(0)).unwrap().unwrap();
        for _ in 0..MOST {
            sessions.open("token", at(0)).unwrap();
        }
        assert!(sessions.find(first.secret(), at(1)).is_none());
        assert_eq!(sessions.written().lines().count(), MOST + 1);
    }
}
