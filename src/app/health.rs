//! What a supervisor asks: does the process live, and can it serve visitors.

use std::{error::Error, future::Future, pin::Pin, sync::Arc};

use axum::{Router, extract::State, http::StatusCode, routing::get};

use crate::{db::Db, web::urls};

/// Answers whether the site can serve visitors now; the error is for the log.
pub type ReadyCheck = Arc<dyn Fn() -> Pin<Box<dyn Future<Output = Result<(), Box<dyn Error + Send + Sync>>> + Send>> + Send + Sync>;

/// The site is ready while its database answers.
#[must_use]
pub fn of_database(db: Db) -> ReadyCheck {
    Arc::new(move || {
        let db = db.clone();
        Box::pin(async move { Ok(db.answers().await?) })
    })
}

/// Routes of both questions.
pub fn router(check: ReadyCheck) -> Router {
    Router::new().route(urls::HEALTHZ, get(|| async { "ok\n" })).route(urls::READYZ, get(ready)).with_state(check)
}

async fn ready(State(check): State<ReadyCheck>) -> (StatusCode, &'static str) {
    match check().await {
        Ok(()) => (StatusCode::OK, "ready\n"),
        Err(cause) => {
            tracing::warn!(%cause, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "not ready: the log has the cause\n")
        }
    }
}
