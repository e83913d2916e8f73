//! Voluntary application server identification (RFC 8292): who sends, said with a signed token.
//!
//! In: the operator's key (and those before it that devices still use), the contact, the origin of an endpoint. Out:
//! the `Authorization` header. A token depends on origin and time alone, so it is made once an hour for each origin.

use crate::KeyError;
use crate::encrypt::from_base64url;
use aws_lc_rs::agreement::{ECDH_P256, PrivateKey};
use aws_lc_rs::encoding::AsBigEndian;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use news::Timestamp;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Seconds that a token is good for (RFC 8292 allows a day).
const GOOD_FOR: i64 = 12 * 3_600;

/// Seconds after which a token is made anew.
const FRESH_FOR: i64 = 3_600;

/// Origins whose tokens are kept; there are a handful of push services in the world.
const ORIGINS: usize = 1_024;

/// A signing key, with its public half as browsers want it (`applicationServerKey`).
pub struct VapidKey {
    pair: EcdsaKeyPair,
    public: String,
}

impl VapidKey {
    /// A new key.
    ///
    /// # Errors
    /// [`KeyError::System`] without randomness.
    pub fn generate() -> Result<Self, KeyError> {
        Ok(Self::of(EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING)?))
    }

    /// Reads a PEM file (PKCS #8 or SEC 1), or the private key's 32 bytes in base64url as other programs print them.
    ///
    /// # Errors
    /// [`KeyError::Vapid`].
    pub fn read(written: &str) -> Result<Self, KeyError> {
        let pair = match pem(written) {
            Some(der) => EcdsaKeyPair::from_private_key_der(&ECDSA_P256_SHA256_FIXED_SIGNING, &der).ok(),
            None => from_base64url(written).and_then(|private| from_private(&private)),
        };
        pair.map(Self::of).ok_or(KeyError::Vapid)
    }

    fn of(pair: EcdsaKeyPair) -> Self {
        let public = URL_SAFE_NO_PAD.encode(pair.public_key());
        Self { pair, public }
    }

    /// The uncompressed public key in base64url.
    pub fn public(&self) -> &str {
        &self.public
    }

    /// The private key as [`VapidKey::read`] takes it: 32 bytes in base64url. A secret.
    ///
    /// # Errors
    /// [`KeyError::System`].
    pub fn secret(&self) -> Result<String, KeyError> {
        Ok(URL_SAFE_NO_PAD.encode(self.pair.private_key().as_be_bytes()?.as_ref()))
    }

    /// A token for one push service (RFC 8292 section 2).
    fn token(&self, origin: &str, contact: &str, expires: i64) -> Result<String, KeyError> {
        let claims = serde_json::json!({ "aud": origin, "exp": expires, "sub": contact }).to_string();
        let head = URL_SAFE_NO_PAD.encode(r#"{"typ":"JWT","alg":"ES256"}"#);
        let signed = format!("{head}.{}", URL_SAFE_NO_PAD.encode(claims));
        let signature = self.pair.sign(&SystemRandom::new(), signed.as_bytes())?;
        Ok(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }
}

/// The bytes between the lines of a PEM file.
fn pem(written: &str) -> Option<Vec<u8>> {
    let (_, rest) = written.split_once("PRIVATE KEY-----")?;
    let (body, _) = rest.split_once("-----END")?;
    STANDARD.decode(body.split_ascii_whitespace().collect::<String>()).ok()
}

fn from_private(private: &[u8]) -> Option<EcdsaKeyPair> {
    let key = PrivateKey::from_private_key(&ECDH_P256, private).ok()?;
    let public = key.compute_public_key().ok()?;
    let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
    EcdsaKeyPair::from_private_key_and_public_key(algorithm, private, public.as_ref()).ok()
}

/// The keys in use and the tokens made with them.
pub struct Vapid {
    key: VapidKey,
    /// While keys change: subscriptions made with them are served until they are made anew.
    before: Vec<VapidKey>,
    contact: String,
    /// By origin and public key.
    tokens: Mutex<HashMap<(String, String), Token>>,
}

struct Token {
    header: String,
    made: i64,
}

impl Vapid {
    /// `contact` is a `mailto:` or `https:` address where push services reach the operator.
    pub fn new(key: VapidKey, before: Vec<VapidKey>, contact: String) -> Self {
        Self { key, before, contact, tokens: Mutex::default() }
    }

    /// The public key that new subscriptions are made with.
    pub fn public(&self) -> &str {
        self.key.public()
    }

    /// The `Authorization` header for an endpoint's origin, by the key that its subscription was made with; `None`
    /// when that key is none of ours.
    pub(crate) fn authorization(&self, origin: &str, made_with: &str, now: Timestamp) -> Option<String> {
        let made_with = made_with.trim_end_matches('=');
        let key = std::iter::once(&self.key).chain(&self.before).find(|key| key.public == made_with)?;
        let now = now.as_second();
        let mut tokens = self.tokens.lock().unwrap_or_else(PoisonError::into_inner);
        let place = (origin.to_owned(), key.public.clone());
        // A clock that went back makes a token's life too long for the service.
        if let Some(token) = tokens.get(&place).filter(|token| (0..FRESH_FOR).contains(&(now - token.made))) {
            return Some(token.header.clone());
        }
        let token = key.token(origin, &self.contact, now + GOOD_FOR).ok()?;
        let header = format!("vapid t={token}, k={}", key.public);
        if tokens.len() >= ORIGINS {
            tokens.clear();
        }
        tokens.insert(place, Token { header: header.clone(), made: now });
        Some(header)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};

    const CONTACT: &str = "mailto:desk@herald.example";

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn verified(token: &str, public: &str) -> bool {
        let (signed, signature) = token.rsplit_once('.').unwrap();
        let public = from_base64url(public).unwrap();
        let signature = from_base64url(signature).unwrap();
        UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, public).verify(signed.as_bytes(), &signature).is_ok()
    }

    /// RFC 8292, section 2.4: our way to write claims gives the example's very text, and its signature holds.
    #[test]
    fn the_published_example() {
        const TOKEN: &str = "eyJ0eXAiOiJKV1QiLCJhbGciOiJFUzI1NiJ9.eyJhdWQiOiJodHRwczovL3B1c2guZXhhbXBsZS5uZXQiLCJleHAiOjE0NTM1MjM3Njgs\
                             InN1YiI6Im1haWx0bzpwdXNoQGV4YW1wbGUuY29tIn0.i3CYb7t4xfxCDquptFOepC9GAu_HLGkMlMuCGSK2rpiUfnK9ojFwDXb1JrErtmys\
                             azNjjvW2L9OkSSHzvoD1oA";
        const PUBLIC: &str =
            "BA1Hxzyi1RUM1b5wjxsn7nGxAszw2u61m164i3MrAIxHF6YK5h4SDYic-dRuU_RCPCfA5aq9ojSwk5Y2EmClBPs";
        assert!(verified(TOKEN, PUBLIC));
        let key = VapidKey::generate().unwrap();
        let ours = key.token("https://push.example.net", "mailto:push@example.com", 1_453_523_768).unwrap();
        assert_eq!(ours.rsplit_once('.').unwrap().0, TOKEN.rsplit_once('.').unwrap().0);
        assert!(verified(&ours, key.public()));
        assert!(!verified(&ours, PUBLIC));
    }

    #[test]
    fn keys_come_back_in_each_form() {
        let key = VapidKey::generate().unwrap();
        assert_eq!(key.public().len(), 87);
        let again = VapidKey::read(&format!(" {}\n", key.secret().unwrap())).unwrap();
        assert_eq!(again.public(), key.public());
        let der = STANDARD.encode(key.pair.to_pkcs8v1().unwrap());
        let lines = format!("-----BEGIN PRIVATE KEY-----\n{der}\n-----END PRIVATE KEY-----\n");
        assert_eq!(VapidKey::read(&lines).unwrap().public(), key.public());
        for junk in ["", "short", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"] {
            assert_eq!(VapidKey::read(junk).err(), Some(KeyError::Vapid), "{junk:?}");
        }
    }

    #[test]
    fn one_token_an_hour_and_origin() {
        let vapid = Vapid::new(VapidKey::generate().unwrap(), Vec::new(), CONTACT.to_owned());
        let key = vapid.public().to_owned();
        let ask = |origin: &str, second| vapid.authorization(origin, &key, at(second)).unwrap();
        let first = ask("https://push.example", 1_000_000);
        assert!(first.starts_with("vapid t=") && first.ends_with(&format!(", k={key}")));
        assert_eq!(ask("https://push.example", 1_003_599), first);
        assert_ne!(ask("https://other.example", 1_000_000), first);
        assert_ne!(ask("https://push.example", 1_003_600), first, "an hour later");
        let later = ask("https://push.example", 1_003_600);
        assert_ne!(ask("https://push.example", 900_000), later, "the clock went back");
        for n in 0..3 * ORIGINS {
            ask(&format!("https://{n}.example"), 0);
        }
        assert!(vapid.tokens.lock().unwrap().len() <= ORIGINS);
    }

    #[test]
    fn each_key_before_serves_its_own() {
        let [key, before, oldest] = std::array::from_fn(|_| VapidKey::generate().unwrap());
        let [new, old, first] = [&key, &before, &oldest].map(|key| key.public().to_owned());
        let vapid = Vapid::new(key, vec![before, oldest], CONTACT.to_owned());
        let ask = |made_with: &str| vapid.authorization("https://push.example", made_with, at(0));
        assert!(ask(&new).unwrap().ends_with(&new));
        assert!(ask(&format!("{old}=")).unwrap().ends_with(&old));
        assert!(ask(&first).unwrap().ends_with(&first));
        assert_eq!(ask("someone else's"), None);
    }
}
