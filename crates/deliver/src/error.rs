//! What can be wrong with keys, in words for the page that adds a receiver and for the operator.

/// A push subscription or a VAPID key that cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    #[error("the subscription's public key is not an uncompressed point on P-256 in base64url")]
    PublicKey,
    #[error("the subscription's secret is not 16 bytes in base64url")]
    Secret,
    #[error("the VAPID key is neither a PEM private key on P-256 nor its 32 bytes in base64url")]
    Vapid,
    #[error("the webhook's secret is not 24 to 64 bytes in base64 after \"whsec_\"")]
    Webhook,
    /// The system has no randomness to give, or no memory.
    #[error("the system's cryptography failed")]
    System,
}

impl From<aws_lc_rs::error::Unspecified> for KeyError {
    fn from(_: aws_lc_rs::error::Unspecified) -> Self {
        Self::System
    }
}
