//! Everything that holds for each request, in one layer. Several stacked ones would do the same at twice the cost of rendering a page.

use std::{
    any::Any,
    panic::AssertUnwindSafe,
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{
    Router,
    extract::{DefaultBodyLimit, Request, State},
    http::{HeaderName, Method},
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use futures_util::FutureExt;
use tower::ServiceBuilder;
use tracing::Instrument;

use super::{
    Failure, Site, Viewer,
    compress::{accepts_gzip, compress},
    error_page::{self, Asked},
    failure::Carried,
    guard,
    headers::SecureHeaders,
    observe::{Observed, RequestIds, RequestMetrics},
};
use crate::clock::Random;

/// Most bytes of a request's body, unless a route sets its own `DefaultBodyLimit`.
pub const BODY_LIMIT: usize = 256 * 1024;
/// Longest time one request may take, its body's arrival included.
pub const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);

/// Puts every route of `router`, its fallback included, behind the checks, limits, headers, error pages, logs and metrics.
pub fn layers(router: Router, site: &Site, random: &Random) -> Router {
    layers_with_timeout(router, site, random, REQUEST_TIMEOUT)
}

fn layers_with_timeout(router: Router, site: &Site, random: &Random, timeout: Duration) -> Router {
    let outer = Arc::new(Outer {
        site: site.clone(),
        headers: SecureHeaders::new(site.is_https()),
        ids: RequestIds::new(random),
        metrics: RequestMetrics::default(),
        timeout,
    });
    let stack = ServiceBuilder::new().layer(middleware::from_fn_with_state(outer, handle)).layer(DefaultBodyLimit::max(BODY_LIMIT));
    router.fallback(|| async { Failure::NotFound }).method_not_allowed_fallback(|| async { Failure::MethodNotAllowed }).layer(stack)
}

struct Outer {
    site: Site,
    headers: SecureHeaders,
    ids: RequestIds,
    metrics: RequestMetrics,
    timeout: Duration,
}

async fn handle(State(outer): State<Arc<Outer>>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let observed = Observed::new(&request, outer.ids.next());
    let asked = Asked::new(&request);
    let packs = request.method() != Method::HEAD && accepts_gzip(request.headers());

    let answer = match guard::check(request.method(), request.headers(), outer.site.authority()) {
        Ok(()) => answer(request, next, outer.timeout).instrument(observed.span()).await,
        Err(refused) => refused.into_response(),
    };

    let failure = answer.extensions().get::<Carried>().map(|carried| Arc::clone(&carried.0));
    let answer = match &failure {
        Some(failure) => {
            let page = async { error_page::render(&outer.site, failure, &asked, &observed.id().to_string()) };
            match answer.extensions().get::<Viewer>().cloned() {
                Some(viewer) => viewer.answering(page).await,
                None => page.await,
            }
        }
        None => answer,
    };
    let mut answer = if packs { compress(answer).await } else { answer };
    outer.headers.apply(answer.headers_mut());
    answer.headers_mut().insert(HeaderName::from_static("x-request-id"), observed.id().header());
    let took = started.elapsed();
    observed.log(answer.status(), took, failure.as_deref());
    outer.metrics.count(&observed, answer.status(), took);
    answer
}

/// Runs the handler; a panic and a handler that takes too long become failures like any other.
async fn answer(request: Request, next: Next, timeout: Duration) -> Response {
    match tokio::time::timeout(timeout, AssertUnwindSafe(next.run(request)).catch_unwind()).await {
        Ok(Ok(response)) => response,
        Ok(Err(panic)) => Failure::internal(format!("the handler panicked: {}", panic_text(&*panic))).into_response(),
        Err(_) => Failure::unavailable(format!("the request took longer than {timeout:?}")).into_response(),
    }
}

fn panic_text(panic: &(dyn Any + Send)) -> &str {
    panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("without a message")
}

#[cfg(test)]
mod tests;
