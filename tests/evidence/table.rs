//! The table of samples: one YAML file per form below `samples/`. The README beside it says what is expected of which paste.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use fixpath::tree::code::Code;
use fixpath::tree::fact::{Marks, Row};
use serde::Deserialize;

/// The samples of one file.
pub struct Form {
    /// The file's name without its ending.
    pub name: String,
    /// In the file's order.
    pub samples: Vec<Sample>,
}

/// One paste and what a demanding visitor expects to be read from it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sample {
    pub name: String,
    pub paste: String,
    pub expect: Expect,
}

/// What must be read. A list that is left out is empty: nothing of that kind may be read.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Expect {
    pub messages: Vec<ExpectedText>,
    /// Messages that may be read and need not be.
    pub messages_allowed: Vec<ExpectedText>,
    pub events: Vec<ExpectedEvent>,
    pub codes: Vec<Code>,
    /// Codes that may be read and need not be.
    pub codes_allowed: Vec<Code>,
    pub servers: Vec<ExpectedServer>,
    /// Parts of lines from which nothing may be read and which must stay visible.
    pub not_understood: Vec<String>,
}

/// A text, and other texts that are as good.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpectedText {
    pub text: String,
    #[serde(default)]
    pub or: Vec<String>,
}

impl ExpectedText {
    /// The text and what is as good.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.text).chain(&self.or).map(String::as_str)
    }
}

/// A record of an event log.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpectedEvent {
    pub id: u32,
    /// Left out: the paste names none.
    pub source: Option<String>,
    /// Left out: the paste has no description.
    #[serde(default)]
    pub text: String,
    /// Other descriptions that are as good.
    #[serde(default)]
    pub or: Vec<String>,
}

impl ExpectedEvent {
    /// The description and what is as good.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.text).chain(&self.or).map(String::as_str)
    }
}

/// A server: the cells that must be read, and in `allowed` those that may be.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ExpectedServer {
    pub name: Option<String>,
    level: Option<String>,
    build: Option<String>,
    site: Option<String>,
    os: Option<String>,
    edition: Option<String>,
    roles: Vec<String>,
    files: BTreeMap<String, String>,
    pub allowed: Row,
    /// Parts of the remarks that must stand at the server.
    pub remarks: Vec<String>,
}

impl ExpectedServer {
    /// What must be read.
    pub fn row(&self) -> Row {
        Row {
            name: self.name.clone(),
            level: self.level.clone(),
            build: self.build.clone(),
            site: self.site.clone(),
            os: self.os.clone(),
            edition: self.edition.clone(),
            roles: Marks { stated: self.roles.clone(), offered: Vec::new(), in_order: true },
            files: self.files.clone(),
            ..Row::default()
        }
    }
}

/// Every form, by name.
///
/// # Errors
/// A file that cannot be read or that does not fit the types above, by name.
pub fn read(folder: &Path) -> Result<Vec<Form>, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut forms = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| error.to_string())?.path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).map_err(|error| format!("{name}: {error}"))?;
        let samples = serde_saphyr::from_str(&text).map_err(|error| format!("{name}: {error}"))?;
        forms.push(Form { name, samples });
    }
    forms.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(forms)
}
