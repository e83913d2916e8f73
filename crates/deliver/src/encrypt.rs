//! Message encryption for Web Push (RFC 8291 over RFC 8188): one record, `aes128gcm`.
//!
//! In: a subscription's keys and the plain text. Out: the body of the request. The costly half of an encryption (a new
//! key pair and the agreement with the subscription's key) does not depend on the text: it can be [`Prepared`] while
//! nothing else is to be done. A prepared sender key is used up by sealing, so that every message has a key pair of its
//! own, as RFC 8291 section 3.1 has it. Nothing here is ever written to disk.

use crate::KeyError;
use aws_lc_rs::aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::agreement::{self, ECDH_P256, PrivateKey, UnparsedPublicKey};
use aws_lc_rs::hkdf::{HKDF_SHA256, KeyType, Prk, Salt};
use aws_lc_rs::rand;
use base64::Engine;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};

/// The record size in the header: the whole body is one record, and services take bodies of at least 4,096 bytes.
const RECORD: u32 = 4_096;

/// Bytes of a body beside the plain text: salt, record size, key length, key, delimiter, tag.
pub const OVERHEAD: usize = 16 + 4 + 1 + 65 + 1 + 16;

/// Most plain text that fits into the record: more is refused, and [`crate::payload()`] stays below.
pub const LARGEST_PLAIN: usize = RECORD as usize - OVERHEAD;

/// Base64url that takes padding or none: subscriptions come in both.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::URL_SAFE,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Decodes base64url, padded or not.
pub(crate) fn from_base64url(written: &str) -> Option<Vec<u8>> {
    LENIENT.decode(written.trim()).ok()
}

/// The keys of a push subscription, as its browser gave them.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Subscription {
    /// `p256dh`: an uncompressed point.
    public: [u8; 65],
    /// `auth`: known to the browser and us alone.
    auth: [u8; 16],
}

impl Subscription {
    /// Reads `p256dh` and `auth`. That the point lies on the curve is seen when the first key is prepared.
    ///
    /// # Errors
    /// [`KeyError::PublicKey`] or [`KeyError::Secret`].
    pub fn read(p256dh: &str, auth: &str) -> Result<Self, KeyError> {
        let public = from_base64url(p256dh).and_then(|bytes| <[u8; 65]>::try_from(bytes).ok());
        let public = public.filter(|bytes| bytes[0] == 4).ok_or(KeyError::PublicKey)?;
        let auth = from_base64url(auth).and_then(|bytes| bytes.try_into().ok()).ok_or(KeyError::Secret)?;
        Ok(Self { public, auth })
    }

    /// The secret, for what else must be known to the receiver alone.
    pub(crate) fn auth(&self) -> &[u8; 16] {
        &self.auth
    }
}

/// A sender key for one message to one subscription, agreed already.
pub struct Prepared {
    /// The sender's public key of this one message.
    public: [u8; 65],
    /// The input keying material that both sides derive (RFC 8291 section 3.4).
    keying: [u8; 32],
}

impl Prepared {
    /// Makes a new key pair and agrees with the subscription's key.
    ///
    /// # Errors
    /// [`KeyError::PublicKey`] when the subscription's point is not on the curve.
    pub fn new(subscription: &Subscription) -> Result<Self, KeyError> {
        Self::with_key(subscription, &PrivateKey::generate(&ECDH_P256)?)
    }

    fn with_key(subscription: &Subscription, key: &PrivateKey) -> Result<Self, KeyError> {
        let public = key.compute_public_key()?;
        let public = <[u8; 65]>::try_from(public.as_ref()).map_err(|_| KeyError::System)?;
        let peer = UnparsedPublicKey::new(&ECDH_P256, &subscription.public);
        let keying = agreement::agree(key, peer, KeyError::PublicKey, |shared| {
            let info = [b"WebPush: info\0".as_slice(), &subscription.public, &public];
            derive(&Salt::new(HKDF_SHA256, &subscription.auth).extract(shared), &info)
        })?;
        Ok(Self { public, keying })
    }

    /// Encrypts one message and is used up by it.
    ///
    /// # Errors
    /// [`KeyError::System`] without randomness, or when the text is longer than [`LARGEST_PLAIN`].
    pub fn seal(self, plain: &[u8]) -> Result<Vec<u8>, KeyError> {
        let mut salt = [0; 16];
        rand::fill(&mut salt)?;
        self.seal_with(&salt, plain)
    }

    fn seal_with(self, salt: &[u8; 16], plain: &[u8]) -> Result<Vec<u8>, KeyError> {
        if plain.len() > LARGEST_PLAIN {
            return Err(KeyError::System);
        }
        let secret = Salt::new(HKDF_SHA256, salt).extract(&self.keying);
        let key: [u8; 16] = derive(&secret, &[b"Content-Encoding: aes128gcm\0"])?;
        let nonce: [u8; 12] = derive(&secret, &[b"Content-Encoding: nonce\0"])?;

        let mut body = Vec::with_capacity(OVERHEAD + plain.len());
        body.extend_from_slice(salt);
        body.extend_from_slice(&RECORD.to_be_bytes());
        body.push(65);
        body.extend_from_slice(&self.public);
        let header = body.len();
        body.extend_from_slice(plain);
        // The delimiter of the last record (RFC 8188 section 2).
        body.push(2);
        let key = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &key)?);
        let nonce = Nonce::assume_unique_for_key(nonce);
        let (_, record) = body.split_at_mut(header);
        let tag = key.seal_in_place_separate_tag(nonce, Aad::empty(), record)?;
        body.extend_from_slice(tag.as_ref());
        Ok(body)
    }
}

/// HKDF's length of output.
struct Length<const N: usize>;

impl<const N: usize> KeyType for Length<N> {
    fn len(&self) -> usize {
        N
    }
}

fn derive<const N: usize>(secret: &Prk, info: &[&[u8]]) -> Result<[u8; N], KeyError> {
    let mut out = [0; N];
    secret.expand(info, Length::<N>)?.fill(&mut out)?;
    Ok(out)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    /// RFC 8291, section 5 and appendix A.
    const PLAIN: &str = "When I grow up, I want to be a watermelon";
    const AS_PRIVATE: &str = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw";
    pub(crate) const UA_PRIVATE: &str = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94";
    pub(crate) const UA_PUBLIC: &str =
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
    pub(crate) const AUTH: &str = "BTBZMqHH6r4Tts7J_aSIgg";
    const SALT: &str = "DGv6ra1nlYgDCS1FRnbzlw";
    const BODY: &str = "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6Tlz\
                        AC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN";

    fn bytes(written: &str) -> Vec<u8> {
        from_base64url(written).unwrap()
    }

    /// What the browser does: the receiver's half of RFC 8291.
    pub(crate) fn open(body: &[u8]) -> Option<Vec<u8>> {
        let (salt, public, sealed) = (&body[..16], &body[21..86], &body[86..]);
        let key = PrivateKey::from_private_key(&ECDH_P256, &bytes(UA_PRIVATE)).unwrap();
        let peer = UnparsedPublicKey::new(&ECDH_P256, public);
        let keying: [u8; 32] = agreement::agree(&key, peer, KeyError::PublicKey, |shared| {
            let info = [b"WebPush: info\0".as_slice(), &bytes(UA_PUBLIC), public];
            derive(&Salt::new(HKDF_SHA256, &bytes(AUTH)).extract(shared), &info)
        })
        .unwrap();
        let secret = Salt::new(HKDF_SHA256, salt).extract(&keying);
        let key: [u8; 16] = derive(&secret, &[b"Content-Encoding: aes128gcm\0"]).unwrap();
        let nonce: [u8; 12] = derive(&secret, &[b"Content-Encoding: nonce\0"]).unwrap();
        let key = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &key).unwrap());
        let mut sealed = sealed.to_vec();
        let plain = key.open_in_place(Nonce::assume_unique_for_key(nonce), Aad::empty(), &mut sealed).ok()?;
        plain.strip_suffix(&[2]).map(<[u8]>::to_vec)
    }

    pub(crate) fn subscription() -> Subscription {
        Subscription::read(UA_PUBLIC, AUTH).unwrap()
    }

    #[test]
    fn the_published_example_byte_for_byte() {
        let key = PrivateKey::from_private_key(&ECDH_P256, &bytes(AS_PRIVATE)).unwrap();
        let prepared = Prepared::with_key(&subscription(), &key).unwrap();
        let salt = bytes(SALT).try_into().unwrap();
        let body = prepared.seal_with(&salt, PLAIN.as_bytes()).unwrap();
        assert_eq!(URL_SAFE_NO_PAD.encode(body), BODY);
    }

    #[test]
    fn the_browser_reads_it_and_each_message_has_its_own_key() {
        let seal = |plain: &[u8]| Prepared::new(&subscription()).unwrap().seal(plain).unwrap();
        let (first, second) = (seal(PLAIN.as_bytes()), seal(PLAIN.as_bytes()));
        assert_eq!(first.len(), PLAIN.len() + OVERHEAD);
        assert_eq!(open(&first).unwrap(), PLAIN.as_bytes());
        assert_ne!(first[..16], second[..16], "salt");
        assert_ne!(first[21..86], second[21..86], "key");
        let mut flipped = first;
        *flipped.last_mut().unwrap() ^= 1;
        assert_eq!(open(&flipped), None);
        assert_eq!(seal(&[b'x'; LARGEST_PLAIN]).len(), 4_096);
        let long = Prepared::new(&subscription()).unwrap().seal(&[0; LARGEST_PLAIN + 1]);
        assert_eq!(long, Err(KeyError::System));
    }

    #[test]
    fn keys_that_are_none() {
        let check = |public: &str, auth: &str, error| {
            let read = Subscription::read(public, auth);
            assert_eq!(read.and_then(|keys| Prepared::new(&keys).map(drop)).err(), Some(error));
        };
        check("", AUTH, KeyError::PublicKey);
        check("BCVx", AUTH, KeyError::PublicKey);
        check(&UA_PUBLIC.replace("BCVx", "BDVx"), AUTH, KeyError::PublicKey);
        check(&UA_PUBLIC.replace('B', "A"), AUTH, KeyError::PublicKey);
        check(UA_PUBLIC, "BTBZ", KeyError::Secret);
        check(UA_PUBLIC, "not base64!", KeyError::Secret);
        assert!(Subscription::read(&format!("{UA_PUBLIC}="), &format!("{AUTH}==")).is_ok(), "padding");
    }
}
