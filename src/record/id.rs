//! What names a diagnosis.

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
        Self(BASE32_NOPAD.encode(&random.bytes::<16>()).to_ascii_lowercase())
    }

    /// Reads one from an address; `None` if it cannot be one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        is_id(text).then(|| Self(text.to_owned()))
    }

    /// The id as it stands in addresses and tables.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Eight letters and digits to read aloud, such as `7KDM-2QXA`. It opens nothing: it comes from a hash of the id, not from the id.
    #[must_use]
    pub fn spoken(&self) -> String {
        let digest = Sha256::digest(format!("spoken {}", self.0));
        let letters = |bytes: &[u8]| BASE32_NOPAD.encode(bytes).chars().take(4).collect::<String>();
        let (first, second) = digest.split_at(digest.len() / 2);
        format!("{}-{}", letters(first), letters(second))
    }
}

impl fmt::Display for DiagnosisId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn is_id(text: &str) -> bool {
    text.len() == 26 && text.bytes().all(|b| matches!(b, b'a'..=b'z' | b'2'..=b'7'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_and_nothing_else_does() {
        let id = DiagnosisId::new(&Random::seeded(1));
        assert_eq!(DiagnosisId::parse(id.as_str()), Some(id.clone()));
        assert_ne!(DiagnosisId::new(&Random::seeded(2)), id);
        for bad in ["", &id.as_str().to_uppercase(), &format!("{id}a"), &id.as_str().replace(char::is_alphabetic, "1"), &"é".repeat(13)] {
            assert_eq!(DiagnosisId::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn what_is_read_aloud_is_short_clear_and_not_part_of_the_id() {
        let id = DiagnosisId::new(&Random::seeded(1));
        let spoken = id.spoken();
        assert_eq!((spoken.len(), spoken.chars().nth(4)), (9, Some('-')));
        assert!(!spoken.contains(['0', '1', '8']), "{spoken} has a digit that looks like a letter");
        assert!(!id.as_str().contains(&spoken.replace('-', "").to_lowercase()));
    }
}
