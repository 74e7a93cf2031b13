//! The command line: one file per command.
//!
//! Exit codes: 0 when done, 1 when the command failed or found something wrong, 2 when it was called or configured wrongly.
//! Results go to standard output; errors go to standard error and say what to do.

mod backup;
mod database;
mod doctor;
mod find;
mod flags;
mod logging;
mod read_evtx;
mod serve;
mod tree;
mod user;

use std::{
    ffi::OsString,
    io::{self, Write},
    process::ExitCode,
};

use clap::{Parser, Subcommand};

use crate::settings::Settings;
use flags::SettingFlags;

/// Takes an admin from a symptom to the fix: a self-hosted troubleshooting wizard.
#[derive(Debug, Parser)]
#[command(name = "fixpath", version, after_help = "Without a command, fixpath serves the site.")]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    flags: SettingFlags,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the site (also without any command)
    Serve,
    /// Check, load, export, rename and list decision trees
    #[command(subcommand)]
    Tree(tree::TreeCommand),
    /// Make, list and disable accounts, and set passwords
    #[command(subcommand)]
    User(user::UserCommand),
    /// Find the guides that a text is about
    Find(find::Find),
    /// Write the whole database to one file, also while a server runs
    Backup(backup::Backup),
    /// Load a backup into an empty database, of whichever kind
    Restore(backup::Restore),
    /// Look for damage, and for diagnoses that would end elsewhere today; exits with 1 if there is any
    Doctor,
    /// Read an event log file for the server, which starts this itself
    #[command(hide = true)]
    ReadEvtx(read_evtx::ReadEvtx),
}

/// Why a command ends with something other than 0.
#[derive(Debug)]
enum Failed {
    /// Called or configured wrongly: 2.
    Usage(String),
    /// Could not do it, or found something wrong: 1.
    Command(String),
}

/// Runs the command that the arguments name; the first is the program's own name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        // Also help and version, which clap reports this way; it knows the right stream and exit code of each.
        Err(answer) => {
            return match answer.print() {
                Ok(()) if !answer.use_stderr() => ExitCode::SUCCESS,
                _ => ExitCode::from(2),
            };
        }
    };
    let (code, text) = match execute(&cli) {
        Ok(()) => return ExitCode::SUCCESS,
        Err(Failed::Usage(text)) => (2, text),
        Err(Failed::Command(text)) => (1, text),
    };
    complain(&text);
    ExitCode::from(code)
}

fn execute(cli: &Cli) -> Result<(), Failed> {
    match &cli.command {
        // Its surroundings are none of its business, and it limits itself before anything is opened.
        Some(Command::ReadEvtx(command)) => command.run(),
        None | Some(Command::Serve) => configured(cli, serve::run),
        Some(Command::Tree(command)) => configured(cli, |settings| command.run(&settings)),
        Some(Command::User(command)) => configured(cli, |settings| command.run(&settings)),
        Some(Command::Find(command)) => configured(cli, |settings| command.run(&settings)),
        Some(Command::Backup(command)) => configured(cli, |settings| command.run(&settings)),
        Some(Command::Restore(command)) => configured(cli, |settings| command.run(&settings)),
        Some(Command::Doctor) => configured(cli, |settings| doctor::run(&settings)),
    }
}

/// Runs a command with the installation's settings, or shows those if that is what was asked for.
fn configured(cli: &Cli, run: impl FnOnce(Settings) -> Result<(), Failed>) -> Result<(), Failed> {
    let effective = cli.flags.gather()?;
    let settings: Settings = effective.settings().map_err(|error| Failed::Usage(error.to_string()))?;
    if cli.flags.print_config() {
        return print(&effective.to_string());
    }
    logging::start(&settings)?;
    run(settings)
}

/// Writes a result to standard output.
fn print(text: &str) -> Result<(), Failed> {
    io::stdout().write_all(text.as_bytes()).map_err(|error| Failed::Command(format!("cannot write the result: {error}")))
}

/// Writes an error, or what only whoever started the program may read, to standard error.
fn complain(text: &str) {
    // If even standard error is closed, the exit code has to do.
    let _ = writeln!(io::stderr(), "fixpath: {text}");
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_sound_and_knows_every_setting() {
        let command = Cli::command();
        command.clone().debug_assert();
        for setting in crate::settings::CATALOGUE {
            assert!(command.get_arguments().any(|argument| argument.get_long() == Some(setting.flag().as_str())), "--{} is missing", setting.flag());
        }
    }

    #[test]
    fn settings_are_taken_before_and_after_the_command() {
        for arguments in [&["fixpath", "--listen", "127.0.0.1:1"][..], &["fixpath", "serve", "--listen", "127.0.0.1:1"]] {
            let cli = Cli::try_parse_from(arguments).unwrap();
            assert_eq!(cli.flags.gather_from(|_| None, None).unwrap().settings().unwrap().listen.port(), 1);
        }
    }
}
