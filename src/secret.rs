//! Secrets that prove something, and what is stored of them: a hash, so that a leaked database opens nothing.

use std::fmt;

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// A secret of 256 bits: a browser's, or the `owner_token` of a diagnosis made through the API. `Debug` never shows it.
#[derive(Clone)]
pub struct Secret([u8; 32]);

impl Secret {
    /// A secret of these bytes, which must come from [`crate::clock::Random`].
    #[must_use]
    pub fn new(random: [u8; 32]) -> Self {
        Self(random)
    }

    /// Reads the text form; none if it is no secret of ours.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
        bytes.try_into().ok().map(Self)
    }

    /// The text form: 43 characters of base64url.
    #[must_use]
    pub fn reveal(&self) -> String {
        BASE64URL_NOPAD.encode(&self.0)
    }

    /// What may be stored.
    #[must_use]
    pub fn hash(&self) -> SecretHash {
        SecretHash(Sha256::digest(self.0).into())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Secret(***)")
    }
}

/// SHA-256 of a [`Secret`]. Comparing takes the same time wherever the two differ.
#[derive(Clone, Copy)]
pub struct SecretHash([u8; 32]);

impl SecretHash {
    /// Reads the hash as it is stored; none if it is no hash.
    #[must_use]
    pub fn from_hex(hex: &str) -> Option<Self> {
        HEXLOWER.decode(hex.as_bytes()).ok()?.try_into().ok().map(Self)
    }

    /// The hash as it is stored: 64 hexadecimal digits.
    #[must_use]
    pub fn to_hex(&self) -> String {
        HEXLOWER.encode(&self.0)
    }
}

impl PartialEq for SecretHash {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl Eq for SecretHash {}

impl fmt::Debug for SecretHash {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "SecretHash({})", self.to_hex())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_form_reads_back_and_nothing_else_does() {
        let secret = Secret::new([7; 32]);
        assert_eq!(Secret::parse(&secret.reveal()).unwrap().hash(), secret.hash());
        for bad in ["", "abc", &"A".repeat(44), &format!("{} ", secret.reveal())] {
            assert!(Secret::parse(bad).is_none(), "{bad} was accepted");
        }
        assert_ne!(Secret::new([8; 32]).hash(), secret.hash());
        assert!(!format!("{secret:?}").contains(&secret.reveal()));
    }

    #[test]
    fn what_is_stored_reads_back_and_is_not_the_secret() {
        let secret = Secret::new([7; 32]);
        let stored = secret.hash().to_hex();
        assert_eq!(SecretHash::from_hex(&stored), Some(secret.hash()));
        assert_ne!(stored, HEXLOWER.encode(&[7; 32]));
        assert_eq!(SecretHash::from_hex("abc"), None);
    }
}
