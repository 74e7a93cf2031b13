//! Which value of each setting counts, and where it came from.

use std::{collections::HashMap, fmt, path::Path, str::FromStr};

use super::{CATALOGUE, LogFormat, MaskedUrl, PublicUrl, Setting, SettingError, Settings, Unreadable, Visitors, value::mask};

/// Where an effective value came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A command-line flag.
    Flag,
    /// An environment variable.
    Environment,
    /// The configuration file.
    File(String),
    /// Nobody set it.
    Default,
}

/// The values given as command-line flags, by setting key.
pub type Flags = HashMap<&'static str, Vec<String>>;

/// Every setting with the value that counts, still as text.
#[derive(Debug, Clone)]
pub struct Effective(Vec<Choice>);

#[derive(Debug, Clone)]
struct Choice {
    setting: Setting,
    values: Vec<String>,
    source: Source,
}

impl Effective {
    /// Chooses each value: flag before environment before file before default. `file` is the configuration file's path and text.
    ///
    /// # Errors
    /// When the file is no TOML, names something that is no setting, or gives one a value of the wrong kind.
    pub fn gather(flags: &Flags, environment: impl Fn(&str) -> Option<String>, file: Option<(&Path, &str)>) -> Result<Self, SettingError> {
        let path = file.map(|(path, _)| path.display().to_string()).unwrap_or_default();
        let table = file.map(|(_, text)| read_table(&path, text)).transpose()?.unwrap_or_default();
        let mut choices = Vec::with_capacity(CATALOGUE.len());
        for setting in CATALOGUE {
            let (values, source) = if let Some(values) = flags.get(setting.key) {
                (values.iter().flat_map(|value| split(&setting, value)).collect(), Source::Flag)
            } else if let Some(value) = environment(&setting.variable()) {
                (split(&setting, &value), Source::Environment)
            } else if let Some(value) = table.get(setting.key) {
                (read_values(&path, &setting, value)?, Source::File(path.clone()))
            } else {
                (setting.default.map(str::to_owned).into_iter().collect(), Source::Default)
            };
            choices.push(Choice { setting, values, source });
        }
        Ok(Self(choices))
    }

    /// The typed settings.
    ///
    /// # Errors
    /// When a value does not parse; the message names the setting, the source, the value and a good one.
    pub fn settings(&self) -> Result<Settings, SettingError> {
        Ok(Settings {
            listen: self.required("listen", "an address with a port")?,
            database: self.required::<MaskedUrl>("database", "sqlite:PATH or a postgres:// URL")?,
            public_url: self.optional::<PublicUrl>("public_url", "an http:// or https:// address without query")?,
            trusted_proxies: self.parse("trusted_proxy", "an IP network")?,
            metrics: self.optional("metrics", "an address with a port")?,
            visitors: self.required::<Visitors>("visitors", "anyone or signed-in")?,
            retention: self.required("retention", "a whole number of days, at least 1")?,
            contact: self.optional("contact", "a text")?,
            log: self.required("log", "a log filter")?,
            log_format: self.required::<LogFormat>("log_format", "text or json")?,
            live_memory: self.required("live_memory", "a whole number")?,
        })
    }

    fn optional<T: FromStr>(&self, key: &str, expected: &'static str) -> Result<Option<T>, SettingError> {
        Ok(self.parse(key, expected)?.pop())
    }

    fn required<T: FromStr>(&self, key: &'static str, expected: &'static str) -> Result<T, SettingError> {
        self.optional(key, expected)?.ok_or(Unreadable).map_err(|Unreadable| self.bad(key, "", expected))
    }

    fn parse<T: FromStr>(&self, key: &str, expected: &'static str) -> Result<Vec<T>, SettingError> {
        let values = self.0.iter().filter(|choice| choice.setting.key == key).flat_map(|choice| &choice.values);
        values.map(|value| value.parse().map_err(|_| self.bad(key, value, expected))).collect()
    }

    fn bad(&self, key: &str, value: &str, expected: &'static str) -> SettingError {
        let choice = self.0.iter().find(|choice| choice.setting.key == key);
        SettingError::BadValue {
            key: key.to_owned(),
            value: mask(value),
            source_name: choice.map(Choice::source_name).unwrap_or_default(),
            expected,
            example: choice.map_or("", |choice| choice.setting.example),
        }
    }
}

impl Choice {
    fn source_name(&self) -> String {
        match &self.source {
            Source::Flag => format!("the flag --{}", self.setting.flag()),
            Source::Environment => format!("the environment variable {}", self.setting.variable()),
            Source::File(path) => format!("the file {path}"),
            Source::Default => "the default".to_owned(),
        }
    }
}

/// The configuration as `--print-config` shows it: a TOML file that would give the same settings, with each source as a comment.
impl fmt::Display for Effective {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for choice in &self.0 {
            let shown: Vec<String> = choice.values.iter().map(|value| toml::Value::String(mask(value)).to_string()).collect();
            let key = choice.setting.key;
            match shown.as_slice() {
                [] => writeln!(out, "# {key} is not set")?,
                values if choice.setting.many => writeln!(out, "{key} = [{}]  # {}", values.join(", "), choice.source_name())?,
                values => writeln!(out, "{key} = {}  # {}", values.join(", "), choice.source_name())?,
            }
        }
        Ok(())
    }
}

/// Splits at commas where a setting takes several values. An empty text means "not set".
fn split(setting: &Setting, value: &str) -> Vec<String> {
    let parts: Vec<&str> = if setting.many { value.split(',').collect() } else { vec![value] };
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

fn read_table(path: &str, text: &str) -> Result<toml::Table, SettingError> {
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| SettingError::NotToml { path: path.to_owned(), reason: error.to_string() })?;
    match table.keys().find(|key| !CATALOGUE.iter().any(|setting| setting.key == key.as_str())) {
        None => Ok(table),
        Some(key) => {
            let known = CATALOGUE.map(|setting| setting.key).join(", ");
            Err(SettingError::UnknownKey { path: path.to_owned(), key: key.clone(), known })
        }
    }
}

fn read_values(path: &str, setting: &Setting, value: &toml::Value) -> Result<Vec<String>, SettingError> {
    let plain = |value: &toml::Value| match value {
        toml::Value::String(text) => Some(text.clone()),
        toml::Value::Integer(number) => Some(number.to_string()),
        _ => None,
    };
    let values = match value {
        toml::Value::Array(list) if setting.many => list.iter().map(plain).collect(),
        other => plain(other).map(|value| split(setting, &value)),
    };
    values.ok_or_else(|| {
        let example = if setting.many { format!("[\"{}\"]", setting.example) } else { format!("\"{}\"", setting.example) };
        SettingError::WrongKind { path: path.to_owned(), key: setting.key.to_owned(), example }
    })
}
