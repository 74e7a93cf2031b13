//! Puts the rooms together. `main` and the site tests build the same [`App`], so that what is tested is what runs.

pub mod health;
pub mod measure;

use std::{future::Future, io};

use axum::Router;
use tokio::net::TcpListener;

use crate::{
    clock::{Clock, Random},
    settings::Settings,
    web::{Site, assets, layers, mount, server},
};

/// Everything that serves visitors, ready to answer.
#[derive(Debug)]
pub struct App {
    settings: Settings,
    clock: Clock,
    router: Router,
}

/// Why the site cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The address is taken or not ours.
    #[error("cannot listen on {address}: {cause}. Stop the program that uses the port, or choose another one with --{flag}")]
    Listen {
        /// Address and port.
        address: std::net::SocketAddr,
        /// The system's message.
        cause: io::Error,
        /// The flag that sets it.
        flag: &'static str,
    },
    /// The metrics could not be set up.
    #[error("the metrics cannot be set up: {0}. Leave out --metrics to serve without them")]
    Metrics(String),
}

impl App {
    /// Opens what the rooms need and merges their routes.
    #[must_use]
    pub fn build(settings: Settings, clock: Clock, random: &Random) -> Self {
        let site = Site::new(&settings);
        // One line per room: its routes with its own state.
        let rooms = Router::new().merge(assets::router()).merge(health::router(health::always_ready()));
        let router = mount::mount(layers::layers(rooms, &site, random), site.urls().base());
        Self { settings, clock, router }
    }

    /// The routes behind their layers, for tests that need no port.
    pub fn router(&self) -> Router {
        self.router.clone()
    }

    /// Listens and serves until `stop` completes, then lets open requests end.
    ///
    /// # Errors
    /// When an address cannot be listened on.
    pub async fn serve(self, stop: impl Future<Output = ()>) -> Result<(), StartError> {
        // Held until this function returns: dropping it ends the metrics listener.
        let _metrics = match self.settings.metrics {
            Some(address) => Some(measure::serve(listen(address, "metrics").await?, &self.clock)?),
            None => None,
        };
        let listener = listen(self.settings.listen, "listen").await?;
        let address = listener.local_addr().map_or_else(|_| self.settings.listen.to_string(), |address| address.to_string());
        tracing::info!(database = %self.settings.database, "serving at http://{address}/");
        server::serve(listener, self.router, server::Limits::default(), stop).await;
        tracing::info!("stopped");
        Ok(())
    }
}

async fn listen(address: std::net::SocketAddr, flag: &'static str) -> Result<TcpListener, StartError> {
    TcpListener::bind(address).await.map_err(|cause| StartError::Listen { address, cause, flag })
}

#[cfg(test)]
mod tests;
