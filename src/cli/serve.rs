//! `fixpath serve`: the site until the system asks the process to stop.

use super::user::set_up_address;
use super::{Failed, complain};
use crate::{
    app::App,
    clock::{Clock, Random},
    settings::Settings,
    web::server::stop_signal,
};

/// Serves until told to stop.
pub(super) fn run(settings: Settings) -> Result<(), Failed> {
    let runtime = tokio::runtime::Runtime::new().map_err(|error| Failed::Command(format!("cannot start the worker threads: {error}")))?;
    runtime.block_on(async {
        let known = settings.clone();
        let app = App::open(settings, Clock::system(), Random::system()).await.map_err(|error| Failed::Command(error.to_string()))?;
        // Not through the log, which others may read: the link is a secret.
        if let Some(token) = app.accounts().first_link().await.map_err(|error| Failed::Command(error.to_string()))? {
            complain(&format!("there is no account yet; make the first one within 24 hours at {}", set_up_address(&known, &token)));
        }
        app.serve(stopped()).await.map_err(|error| Failed::Command(error.to_string()))
    })
}

async fn stopped() {
    if let Err(error) = stop_signal().await {
        tracing::error!(%error, "cannot watch for stop signals; end the process by force");
        std::future::pending::<()>().await;
    }
    tracing::info!("stopping");
}
