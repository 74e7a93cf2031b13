//! Metrics for Prometheus, on a listener of their own, so that a proxy never publishes them by accident.

use std::{future::pending, time::Duration};

use axum::{Router, http::header, routing::get};
use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};
use tokio::{net::TcpListener, task::JoinSet};

use super::StartError;
use crate::{
    clock::Clock,
    web::{observe::REQUEST_SECONDS, server},
};

/// Upper bounds of the histogram of request times, in seconds.
const BUCKETS: [f64; 10] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 2.0, 10.0];
/// How often samples are folded into the histogram; between two folds they only pile up.
const FOLD_EVERY: Duration = Duration::from_secs(5);

/// Starts to measure and serves `/metrics` until the returned set of tasks is dropped.
///
/// # Errors
/// When this process measures already.
pub(super) fn serve(listener: TcpListener, clock: &Clock) -> Result<JoinSet<()>, StartError> {
    let handle = install().map_err(|error| StartError::Metrics(error.to_string()))?;
    metrics::gauge!("fixpath_start_time_seconds").set(Duration::from_millis(clock.now_ms().unsigned_abs()).as_secs_f64());
    metrics::gauge!("fixpath_build_info", "version" => env!("CARGO_PKG_VERSION")).set(1.0);
    let mut tasks = JoinSet::new();
    tasks.spawn(server::serve(listener, router(handle.clone()), server::Limits::default(), pending()));
    tasks.spawn(async move {
        let mut ticks = tokio::time::interval(FOLD_EVERY);
        loop {
            ticks.tick().await;
            handle.run_upkeep();
        }
    });
    Ok(tasks)
}

fn install() -> Result<PrometheusHandle, BuildError> {
    PrometheusBuilder::new().set_buckets_for_metric(Matcher::Full(REQUEST_SECONDS.to_owned()), &BUCKETS)?.install_recorder()
}

fn router(handle: PrometheusHandle) -> Router {
    let render = move || async move { ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], handle.render()) };
    Router::new().route("/metrics", get(render))
}
