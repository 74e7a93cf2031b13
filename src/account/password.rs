//! Passwords: which are taken, and how they are hashed.

use std::sync::Arc;

use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;

use super::people::folded;
use crate::clock::Random;

/// Fewest characters of a password.
const SHORTEST: usize = 12;
/// Most characters of one; more would only be work for the hash.
const LONGEST: usize = 1024;
/// How many passwords are hashed at a time; others wait, so that sign-ins never take the whole machine.
const AT_ONCE: usize = 2;
/// What people type when twelve characters are asked for, without differences of case.
const OBVIOUS: [&str; 12] = [
    "password1234",
    "passwordpassword",
    "password12345",
    "123456789012",
    "1234567890123",
    "12345678901234",
    "qwertyuiop12",
    "qwertyuiopas",
    "qwertzuiopas",
    "abcdefghijkl",
    "administrator",
    "changeme1234",
];

/// How much work one hash is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    /// KiB of memory.
    memory: u32,
    /// Passes over it.
    passes: u32,
}

impl Cost {
    /// What every installation uses: 19 MiB and two passes, the least that OWASP's password storage cheat sheet asks of argon2id.
    pub const FULL: Self = Self { memory: 19_456, passes: 2 };
    /// Hardly any, for tests that sign in often.
    #[doc(hidden)]
    pub const LEAST: Self = Self { memory: Params::MIN_M_COST, passes: Params::MIN_T_COST };
}

/// Hashes passwords and compares them with their hashes. Clones share one bound on how many at a time.
#[derive(Debug, Clone)]
pub struct Passwords {
    cost: Cost,
    random: Random,
    at_once: Arc<Semaphore>,
}

/// Why a password could not be hashed. Nothing of the password is in it.
#[derive(Debug, thiserror::Error)]
#[error("cannot hash a password: {0}")]
pub struct HashError(String);

impl Passwords {
    /// Passwords hashed with this much work.
    #[must_use]
    pub fn new(cost: Cost, random: Random) -> Self {
        Self { cost, random, at_once: Arc::new(Semaphore::new(AT_ONCE)) }
    }

    /// The hash of `password` with a new salt, as a PHC string.
    ///
    /// # Errors
    /// If the machine has no memory for it.
    pub async fn hash(&self, password: &str) -> Result<String, HashError> {
        let (hasher, salt, password) = (hasher(self.cost)?, self.random.bytes::<16>(), normal(password));
        let hash = self.work(move || hasher.hash_password_with_salt(password.as_bytes(), &salt)).await?;
        hash.map(|hash| hash.to_string()).map_err(|error| HashError(error.to_string()))
    }

    /// Whether `password` is the one that `stored` is the hash of. Where nothing is stored the answer is no, after the same work, so that its
    /// time does not tell which accounts exist.
    ///
    /// # Errors
    /// If the machine has no memory for it, or what is stored is no hash.
    pub async fn fits(&self, stored: Option<&str>, password: &str) -> Result<bool, HashError> {
        let Some(stored) = stored.map(str::to_owned) else {
            self.hash(password).await?;
            return Ok(false);
        };
        let (hasher, password) = (hasher(self.cost)?, normal(password));
        match self.work(move || hasher.verify_password(password.as_bytes(), stored.as_str())).await? {
            Ok(()) => Ok(true),
            Err(argon2::password_hash::Error::PasswordInvalid) => Ok(false),
            Err(error) => Err(HashError(error.to_string())),
        }
    }

    /// Runs `hash` where it keeps no other request waiting.
    async fn work<T: Send + 'static>(&self, hash: impl FnOnce() -> T + Send + 'static) -> Result<T, HashError> {
        let _turn = self.at_once.acquire().await.map_err(|error| HashError(error.to_string()))?;
        tokio::task::spawn_blocking(hash).await.map_err(|error| HashError(error.to_string()))
    }
}

fn hasher(cost: Cost) -> Result<Argon2<'static>, HashError> {
    let params = Params::new(cost.memory, cost.passes, 1, None).map_err(|error| HashError(error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// The same password typed on another keyboard or system is the same text.
fn normal(password: &str) -> String {
    password.nfkc().collect()
}

/// What is wrong with a new password for the account `name`, in a sentence; none if it is taken.
#[must_use]
pub fn objection(password: &str, name: &str) -> Option<String> {
    let count = password.nfkc().take(LONGEST + 1).count();
    if count < SHORTEST {
        return Some(format!("The password has {count} characters. Choose at least {SHORTEST}: a few words in a row are easy to remember and hard to guess."));
    }
    if count > LONGEST {
        return Some(format!("The password is longer than {LONGEST} characters. Choose a shorter one."));
    }
    let (password, name) = (folded(password), folded(name));
    let is_one_character = password.chars().all(|c| password.starts_with(c));
    let is_name_again = !name.is_empty() && password.replace(&name, "").chars().count() < SHORTEST / 2;
    if is_one_character || is_name_again || OBVIOUS.contains(&password.as_str()) {
        return Some("This password is easy to guess. Choose another one, such as a few words in a row that do not belong together.".to_owned());
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passwords() -> Passwords {
        Passwords::new(Cost::LEAST, Random::seeded(1))
    }

    #[tokio::test]
    async fn only_the_same_password_fits_however_its_letters_are_composed() {
        let passwords = passwords();
        let stored = passwords.hash("über den Wolken").await.unwrap();
        assert!(passwords.fits(Some(&stored), "u\u{308}ber den Wolken").await.unwrap());
        assert!(!passwords.fits(Some(&stored), "Über den Wolken").await.unwrap());
        assert!(!passwords.fits(None, "über den Wolken").await.unwrap());
        assert!(passwords.fits(Some("no hash"), "über den Wolken").await.is_err());
        assert_ne!(stored, passwords.hash("über den Wolken").await.unwrap(), "two hashes have the same salt");
    }

    #[tokio::test]
    async fn the_full_cost_is_what_the_stored_hash_says() {
        let stored = Passwords::new(Cost::FULL, Random::seeded(1)).hash("a long way home").await.unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        // The stored hash names its own cost, so it fits whatever new ones would cost.
        assert!(passwords().fits(Some(&stored), "a long way home").await.unwrap());
    }

    #[test]
    fn short_long_and_obvious_passwords_are_refused() {
        for bad in ["", "short", "elevenchars", "aaaaaaaaaaaaaaaa", "Password1234", "ada.lovelace", "Ada.Lovelace1815", &"ab ".repeat(400)] {
            assert!(objection(bad, "ada.lovelace").is_some(), "{bad} was taken");
        }
        for good in ["correct horse battery", "twelve chars", "ünïcödé zählt", &"ab ".repeat(341)] {
            assert_eq!(objection(good, "ada.lovelace"), None, "{good} was refused");
        }
    }
}
