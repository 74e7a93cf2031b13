//! The settings as flags, straight from their catalogue. Every command takes them, since all of them speak of one installation.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use clap::{Arg, ArgAction, ArgMatches, Args, Command, Error, FromArgMatches, value_parser};

use super::Failed;
use crate::settings::{CATALOGUE, Effective, Flags, SettingError};

/// Read without being named, if it is there.
const USUAL_FILE: &str = "fixpath.toml";

/// What the command line says about the configuration.
#[derive(Debug, Clone)]
pub(super) struct SettingFlags {
    flags: Flags,
    file: Option<PathBuf>,
    print: bool,
}

impl SettingFlags {
    /// Whether the effective configuration is to be printed instead of running the command.
    pub(super) fn print_config(&self) -> bool {
        self.print
    }

    /// The effective configuration with the environment and the file of this process.
    pub(super) fn gather(&self) -> Result<Effective, Failed> {
        let text = self.read_file().map_err(|error| Failed::Usage(error.to_string()))?;
        let file = text.as_ref().map(|(path, text)| (path.as_path(), text.as_str()));
        self.gather_from(|name| std::env::var(name).ok(), file).map_err(|error| Failed::Usage(error.to_string()))
    }

    /// The effective configuration with this environment and file.
    pub(super) fn gather_from(&self, environment: impl Fn(&str) -> Option<String>, file: Option<(&Path, &str)>) -> Result<Effective, SettingError> {
        Effective::gather(&self.flags, environment, file)
    }

    fn read_file(&self) -> Result<Option<(PathBuf, String)>, SettingError> {
        let path = self.file.clone().unwrap_or_else(|| PathBuf::from(USUAL_FILE));
        match fs::read_to_string(&path) {
            Ok(text) => Ok(Some((path, text))),
            Err(error) if self.file.is_none() && error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(SettingError::Unreadable { path: path.display().to_string(), reason: error.to_string() }),
        }
    }
}

impl Args for SettingFlags {
    fn augment_args(command: Command) -> Command {
        let settings = CATALOGUE.into_iter().map(|setting| {
            let variable = setting.variable();
            let default = setting.default.map(|default| format!(" [default: {default}]")).unwrap_or_default();
            Arg::new(setting.key)
                .long(setting.flag())
                .value_name(setting.key.to_ascii_uppercase())
                .help(format!("{} [env: {variable}]{default}", setting.about))
                .action(if setting.many { ArgAction::Append } else { ArgAction::Set })
        });
        let config = Arg::new("config").long("config").value_name("PATH").value_parser(value_parser!(PathBuf));
        let config = config.help(format!("Configuration file; without it, {USUAL_FILE} in the working directory is read if it is there"));
        let print = Arg::new("print_config").long("print-config").action(ArgAction::SetTrue);
        let print = print.help("Print the effective configuration with the source of each value, and stop");
        command.args(settings.chain([config, print]).map(|argument| argument.global(true).help_heading("Configuration")))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for SettingFlags {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let given = |key| matches.get_many::<String>(key).map(|values| (key, values.cloned().collect()));
        Ok(Self {
            flags: CATALOGUE.into_iter().filter_map(|setting| given(setting.key)).collect(),
            file: matches.get_one("config").cloned(),
            print: matches.get_flag("print_config"),
        })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}
