//! The list of all settings. Names in other notations follow from the key, so that they cannot drift apart.

/// One setting as operators see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setting {
    /// Key in the configuration file, such as `public_url`.
    pub key: &'static str,
    /// Value used when nobody sets it; none for a setting that may be absent.
    pub default: Option<&'static str>,
    /// A value that works, for messages and `--help`.
    pub example: &'static str,
    /// One sentence for `--help` and the README.
    pub about: &'static str,
    /// Whether several values may be given: a repeated flag, a list in the file, commas in the variable.
    pub many: bool,
}

impl Setting {
    /// The command-line flag without its dashes, such as `public-url`.
    #[must_use]
    pub fn flag(&self) -> String {
        self.key.replace('_', "-")
    }

    /// The environment variable, such as `FIXPATH_PUBLIC_URL`.
    #[must_use]
    pub fn variable(&self) -> String {
        format!("FIXPATH_{}", self.key.to_ascii_uppercase())
    }
}

/// A setting with one value; the table below adds what differs.
const fn one(key: &'static str, default: Option<&'static str>, example: &'static str, about: &'static str) -> Setting {
    Setting { key, default, example, about, many: false }
}

/// Every setting, in the order in which they are printed and explained.
pub const CATALOGUE: [Setting; 11] = [
    one("listen", Some("127.0.0.1:8080"), "0.0.0.0:8080", "Address and port the site listens on"),
    one("database", Some("sqlite:fixpath.db"), "postgres://fixpath:secret@db.example/fixpath", "Where everything is stored: sqlite:PATH or a postgres:// URL"),
    one("public_url", None, "https://fixpath.example/help", "Address visitors use; https makes cookies secure, a path serves the site below it"),
    Setting {
        key: "trusted_proxy",
        default: None,
        example: "10.0.0.0/8",
        about: "Networks of the reverse proxies whose X-Forwarded-For is believed",
        many: true,
    },
    one("metrics", None, "127.0.0.1:9090", "Address and port of a second listener with /metrics; none when unset"),
    one("visitors", Some("anyone"), "signed-in", "Who may use the guides: anyone, or those alone who have an account (signed-in)"),
    one("retention", Some("365"), "90", "Days that a diagnosis is kept after it was last opened"),
    one("contact", None, "the messaging team, extension 4711", "Whom visitors are told to ask when no guide helps"),
    one("log", Some("info"), "info,fixpath::db=debug", "What is logged: off, error, warn, info, debug, trace, also per module"),
    one("log_format", Some("text"), "json", "How a log line looks: text or json"),
    one("live_memory", Some("64"), "256", "MiB of memory for diagnoses in progress and their pages"),
];
