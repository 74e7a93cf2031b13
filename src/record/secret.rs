//! Ids and secrets: what names a diagnosis, and what proves that somebody may open it.

use std::fmt;

use data_encoding::BASE32_NOPAD;
use sha2::{Digest, Sha256};

use crate::clock::Random;

/// Names a diagnosis: 128 random bits, written as 26 lower-case letters and digits.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DiagnosisId(String);

impl DiagnosisId {
    /// A new one.
    #[must_use]
    pub fn new(random: &Random) -> Self {
        Self(encoded(&random.bytes::<16>()))
    }

    /// Reads one from an address; `None` if it cannot be one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        decodes_to(text, 16).then(|| Self(text.to_owned()))
    }

    /// The id as it stands in addresses and tables.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Eight letters and digits to read aloud, such as `7K4M-29QX`. It opens nothing: it comes from a hash of the id, not from the id.
    #[must_use]
    pub fn spoken(&self) -> String {
        let digest = Sha256::digest(format!("spoken {}", self.0));
        let letters: String = digest.iter().take(8).map(|byte| char::from(SPOKEN[usize::from(byte % 32)])).collect();
        let (first, second) = letters.split_at(4);
        format!("{first}-{second}")
    }
}

/// Letters and digits that are not taken for one another (Crockford's base 32).
const SPOKEN: [u8; 32] = *b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

impl fmt::Display for DiagnosisId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A secret that proves something: the browser's owner secret, an owner token, a share token. 256 random bits.
///
/// Only its hash is stored. It is never shown by `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// A new one.
    #[must_use]
    pub fn new(random: &Random) -> Self {
        Self(encoded(&random.bytes::<32>()))
    }

    /// Reads one from a cookie, header or address; `None` if it cannot be one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        decodes_to(text, 32).then(|| Self(text.to_owned()))
    }

    /// The secret itself, for the cookie or the link that carries it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is stored of it.
    #[must_use]
    pub fn hash(&self) -> SecretHash {
        SecretHash(data_encoding::HEXLOWER.encode(&Sha256::digest(self.0.as_bytes())))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

/// The SHA-256 of a [`Secret`], in hexadecimal.
///
/// Comparing two of them in the usual way tells an attacker nothing: he would have to know a secret to choose its hash.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SecretHash(String);

impl SecretHash {
    /// The hash as it is stored.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(super) fn stored(text: String) -> Self {
        Self(text)
    }
}

fn encoded(bytes: &[u8]) -> String {
    BASE32_NOPAD.encode(bytes).to_ascii_lowercase()
}

fn decodes_to(text: &str, bytes: usize) -> bool {
    text.len() == (bytes * 8).div_ceil(5) && text.bytes().all(|b| matches!(b, b'a'..=b'z' | b'2'..=b'7'))
}
