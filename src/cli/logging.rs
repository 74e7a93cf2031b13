//! The log: to standard error, where systemd and container engines pick it up.

use std::io;

use tracing_subscriber::{EnvFilter, fmt, layer::SubscriberExt, registry, util::SubscriberInitExt};

use super::Failed;
use crate::settings::{LogFormat, Settings};

/// Starts to log as the settings say.
pub(super) fn start(settings: &Settings) -> Result<(), Failed> {
    let filter = EnvFilter::builder().parse(&settings.log).map_err(|error| {
        Failed::Usage(format!("the setting `log` has the value \"{}\", which is no log filter ({error}). A good value: info,fixpath::db=debug", settings.log))
    })?;
    let lines = fmt::layer().with_writer(io::stderr);
    let started = match settings.log_format {
        LogFormat::Text => registry().with(filter).with(lines.with_ansi(io::IsTerminal::is_terminal(&io::stderr()))).try_init(),
        LogFormat::Json => registry().with(filter).with(lines.json().flatten_event(true)).try_init(),
    };
    started.map_err(|error| Failed::Command(format!("cannot start to log: {error}")))
}
