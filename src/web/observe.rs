//! What is logged and counted about each request: the route's pattern, never the address itself, since queries and ids are evidence.

use std::{
    collections::HashMap,
    fmt,
    sync::{
        PoisonError, RwLock,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use axum::{
    extract::{MatchedPath, Request},
    http::{Extensions, HeaderValue, Method, StatusCode},
};
use metrics::{Counter, Histogram};
use tracing::Span;

use super::{Failure, failure::Cause};
use crate::clock::Random;

/// Metric: how many requests were answered.
const REQUESTS: &str = "fixpath_http_requests_total";
/// Metric: how long answering took, in seconds.
pub const REQUEST_SECONDS: &str = "fixpath_http_request_seconds";

/// What is remembered of a request while it is answered.
#[derive(Debug)]
pub struct Observed {
    /// The pattern that matched, if any.
    route: Option<MatchedPath>,
    method: &'static str,
    safe: bool,
    id: RequestId,
}

impl Observed {
    /// Notes the request, giving it this id.
    #[must_use]
    pub fn new(request: &Request, id: RequestId) -> Self {
        let route = Extensions::get::<MatchedPath>(request.extensions()).cloned();
        Self { route, method: known_method(request.method()), safe: request.method().is_safe(), id }
    }

    /// The request's id.
    #[must_use]
    pub fn id(&self) -> RequestId {
        self.id
    }

    fn route(&self) -> &str {
        self.route.as_ref().map_or("(none)", MatchedPath::as_str)
    }

    /// The span of the request. Reading is the bulk of the traffic, so its spans are made only when debugging.
    #[must_use]
    pub fn span(&self) -> Span {
        if self.safe {
            tracing::debug_span!("request", id = %self.id, method = self.method, route = self.route())
        } else {
            tracing::info_span!("request", id = %self.id, method = self.method, route = self.route())
        }
    }

    /// Logs the answer: failures of ours always, refusals and writes at `info`, plain reading at `debug`.
    pub fn log(&self, status: StatusCode, took: Duration, failure: Option<&Failure>) {
        let (id, method, route, status) = (self.id, self.method, self.route(), status.as_u16());
        let ms = took.as_secs_f64() * 1000.0;
        if let Some(cause) = failure.and_then(Failure::cause) {
            tracing::error!(%id, method, route, status, ms, cause = chain(cause), "request failed");
        } else if self.safe && status < 400 {
            tracing::debug!(%id, method, route, status, ms, "request");
        } else {
            tracing::info!(%id, method, route, status, ms, "request");
        }
    }
}

/// Errors with the errors that caused them.
fn chain(cause: &Cause) -> String {
    let mut text = cause.to_string();
    let mut source = cause.source();
    while let Some(inner) = source {
        text = format!("{text}: {inner}");
        source = inner.source();
    }
    text
}

/// A client may invent methods; labels and memory must not grow with them.
fn known_method(method: &Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "PUT" => "PUT",
        "DELETE" => "DELETE",
        "PATCH" => "PATCH",
        "OPTIONS" => "OPTIONS",
        _ => "other",
    }
}

/// A request's id as shown on error pages, in the log and in the `x-request-id` header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequestId(u64);

impl RequestId {
    /// The id as a header.
    #[must_use]
    pub fn header(self) -> HeaderValue {
        HeaderValue::try_from(self.to_string()).unwrap_or(HeaderValue::from_static(""))
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:016x}", self.0)
    }
}

/// Ids that do not repeat within a process and hardly between two: a random start, then counted up. They are no secrets.
#[derive(Debug)]
pub struct RequestIds(AtomicU64);

impl RequestIds {
    /// Ids with a random start.
    #[must_use]
    pub fn new(random: &Random) -> Self {
        Self(AtomicU64::new(u64::from_be_bytes(random.bytes())))
    }

    /// The next id.
    pub fn next(&self) -> RequestId {
        RequestId(self.0.fetch_add(1, Ordering::Relaxed))
    }
}

/// Counts requests and their time by route pattern, method and status. Handles are kept, since looking one up allocates its labels.
#[derive(Debug, Default)]
pub struct RequestMetrics(RwLock<HashMap<Box<str>, Vec<Series>>>);

#[derive(Debug)]
struct Series {
    method: &'static str,
    status: u16,
    requests: Counter,
    seconds: Histogram,
}

impl RequestMetrics {
    /// Counts one answer.
    pub fn count(&self, observed: &Observed, status: StatusCode, took: Duration) {
        let fits = |series: &&Series| series.method == observed.method && series.status == status.as_u16();
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(series) = known.get(observed.route()).and_then(|list| list.iter().find(fits)) {
            series.record(took);
            return;
        }
        drop(known);
        let series = Series::new(observed, status.as_u16());
        series.record(took);
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        known.entry(observed.route().into()).or_default().push(series);
    }
}

impl Series {
    fn new(observed: &Observed, status: u16) -> Self {
        let labels = [("route", observed.route().to_owned()), ("method", observed.method.to_owned()), ("status", status.to_string())];
        Self { method: observed.method, status, requests: metrics::counter!(REQUESTS, &labels), seconds: metrics::histogram!(REQUEST_SECONDS, &labels) }
    }

    fn record(&self, took: Duration) {
        self.requests.increment(1);
        self.seconds.record(took);
    }
}
