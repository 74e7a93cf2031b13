//! Configuration: one struct, filled from flags, environment variables, one TOML file and defaults, in that order of precedence.
//!
//! [`CATALOGUE`] is the only list of settings: the command line, the file's keys, `--print-config`, the error messages and the README's table
//! all follow from it. This room must never read the process environment by itself; `cli` hands the sources in, so that tests cannot be
//! influenced by the machine they run on.

mod catalogue;
mod effective;
mod value;

#[cfg(test)]
mod tests;

use std::net::SocketAddr;
use std::num::NonZeroU16;

use ipnet::IpNet;

pub use catalogue::{CATALOGUE, Setting};
pub use effective::{Effective, Flags, Source};
pub use value::{LogFormat, MaskedUrl, PublicUrl, Unreadable, Visitors};

/// Everything an operator can set, checked and typed.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Address and port the site listens on.
    pub listen: SocketAddr,
    /// Where everything is stored: one SQLite file or a PostgreSQL database.
    pub database: MaskedUrl,
    /// The address visitors type; decides secure cookies, HSTS and the sub-path.
    pub public_url: Option<PublicUrl>,
    /// Peers whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// Address and port of the metrics listener; none when unset.
    pub metrics: Option<SocketAddr>,
    /// Whom a visitor may ask when no guide helps.
    pub contact: Option<String>,
    /// Who may use the guides.
    pub visitors: Visitors,
    /// Days that a diagnosis is kept after it was last opened.
    pub retention: NonZeroU16,
    /// What is logged, in the `tracing` filter language, such as `info` or `info,fixpath::db=debug`.
    pub log: String,
    /// How a log line looks.
    pub log_format: LogFormat,
    /// MiB of memory for diagnoses in progress.
    pub live_memory: u64,
}

impl Settings {
    /// Settings for tests: the defaults, on a port the system chooses and a database in memory.
    ///
    /// # Errors
    /// Never in practice: the values are constants that a test of this room reads.
    pub fn test() -> Result<Self, SettingError> {
        let flags = Flags::from_iter([("listen", vec!["127.0.0.1:0".to_owned()]), ("database", vec!["sqlite::memory:".to_owned()])]);
        Effective::gather(&flags, |_| None, None)?.settings()
    }
}

/// Why the configuration cannot be used. The text names the setting, where it came from and what a good value looks like.
#[derive(Debug, thiserror::Error)]
pub enum SettingError {
    /// A value that does not parse.
    #[error("the setting `{key}` has the value \"{value}\" (from {source_name}), which is not {expected}. A good value: {example}")]
    BadValue {
        /// The setting's key in the file.
        key: String,
        /// The value as given; secrets of a database URL are masked.
        value: String,
        /// Flag, variable or file it came from.
        source_name: String,
        /// What would have been right.
        expected: &'static str,
        /// A value that works.
        example: &'static str,
    },
    /// The configuration file names something that is no setting.
    #[error("the configuration file {path} has the key `{key}`, which is no setting. The settings are: {known}")]
    UnknownKey {
        /// The configuration file.
        path: String,
        /// The unknown key.
        key: String,
        /// All keys, separated by commas.
        known: String,
    },
    /// A key of the file holds a table, a date or a nested list.
    #[error("the configuration file {path} gives `{key}` a value of the wrong kind. Write it like this: {key} = {example}")]
    WrongKind {
        /// The configuration file.
        path: String,
        /// The setting's key.
        key: String,
        /// A line that works.
        example: String,
    },
    /// The configuration file cannot be read as TOML.
    #[error("the configuration file {path} is not valid TOML: {reason}")]
    NotToml {
        /// The configuration file.
        path: String,
        /// The parser's message with line and column.
        reason: String,
    },
    /// The configuration file cannot be opened.
    #[error("the configuration file {path} cannot be read ({reason}). Check the path given with --config and its permissions")]
    Unreadable {
        /// The configuration file.
        path: String,
        /// The system's message.
        reason: String,
    },
}
