//! Where the database is.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use sqlx::postgres::PgConnectOptions;

use super::{Error, Result};

/// The setting `--database`, read and checked: `sqlite:PATH`, `sqlite::memory:` or `postgres://...`.
#[derive(Debug, Clone)]
pub struct DatabaseUrl(pub(super) Place);

#[derive(Debug, Clone)]
pub(super) enum Place {
    SqliteFile(PathBuf),
    SqliteMemory,
    Postgres(Box<PgConnectOptions>),
}

impl DatabaseUrl {
    /// A SQLite database in the file at `path`.
    #[must_use]
    pub fn sqlite_file(path: impl Into<PathBuf>) -> Self {
        Self(Place::SqliteFile(path.into()))
    }

    /// A SQLite database in memory, which is gone when its last [`super::Db`] is.
    #[must_use]
    pub fn sqlite_memory() -> Self {
        Self(Place::SqliteMemory)
    }
}

impl FromStr for DatabaseUrl {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        if text == "sqlite::memory:" {
            return Ok(Self::sqlite_memory());
        }
        if let Some(path) = text.strip_prefix("sqlite:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            if path.is_empty() {
                return Err(Error::Address("\"sqlite:\" names no file; write sqlite:PATH, such as sqlite:fixpath.db".to_owned()));
            }
            return Ok(Self::sqlite_file(path));
        }
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            let options = PgConnectOptions::from_str(text).map_err(|error| Error::Address(format!("the PostgreSQL address cannot be read: {error}")))?;
            return Ok(Self(Place::Postgres(Box::new(options))));
        }
        Err(Error::Address("the database address must begin with sqlite: or postgres://, such as sqlite:fixpath.db".to_owned()))
    }
}

/// Without the password.
impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Place::SqliteFile(path) => write!(f, "sqlite:{}", path.display()),
            Place::SqliteMemory => f.write_str("sqlite::memory:"),
            Place::Postgres(options) => {
                write!(f, "postgres://{}@{}:{}/{}", options.get_username(), options.get_host(), options.get_port(), options.get_database().unwrap_or_default())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_and_shown_without_the_password() {
        for (address, shown) in [
            ("sqlite:fixpath.db", "sqlite:fixpath.db"),
            ("sqlite:///var/lib/fixpath.db", "sqlite:/var/lib/fixpath.db"),
            ("sqlite::memory:", "sqlite::memory:"),
            ("postgres://ada:secret@db.example:5433/fixpath", "postgres://ada@db.example:5433/fixpath"),
        ] {
            assert_eq!(address.parse::<DatabaseUrl>().unwrap().to_string(), shown);
        }
    }

    #[test]
    fn a_wrong_address_says_what_to_write() {
        for address in ["", "sqlite:", "fixpath.db", "mysql://localhost/fixpath"] {
            let message = address.parse::<DatabaseUrl>().unwrap_err().to_string();
            assert!(message.contains("sqlite:"), "{message}");
        }
    }
}
