//! Who asks: address, browser, and the session's secret if there is one.

use std::convert::Infallible;

use axum::extract::{FromRef, FromRequestParts};
use axum::http::{header, request::Parts};

use super::session::{browser_words, cookie};
use crate::secret::Secret;
use crate::web::{ClientAddress, Site};

/// The other end of a request.
#[derive(Debug, Clone)]
pub struct Client {
    pub address: ClientAddress,
    pub browser: String,
    /// The secret of its cookie, whether or not a session has it.
    pub secret: Option<Secret>,
}

impl<S: Send + Sync> FromRequestParts<S> for Client
where
    Site: FromRef<S>,
{
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let address = ClientAddress::from_request_parts(parts, state).await?;
        let browser = parts.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        Ok(Self { address, browser: browser_words(browser), secret: cookie::read(&parts.headers) })
    }
}
