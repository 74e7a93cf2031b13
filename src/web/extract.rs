//! Extractors that answer with our own error pages. `clippy.toml` forbids axum's, which answer with bare English text.

use std::convert::Infallible;

use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Request, rejection::PathRejection},
    http::{StatusCode, header, request::Parts},
};
use serde::de::DeserializeOwned;

use super::{Failure, Fields, compress::accepts_gzip};

/// The variable parts of the address. A part that does not parse is an address we do not have: 404.
#[derive(Debug, Clone)]
pub struct Path<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Path<T> {
    type Rejection = Failure;

    #[expect(clippy::disallowed_types, reason = "this is the wrapper the rest of the program uses instead")]
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        match axum::extract::Path::from_request_parts(parts, state).await {
            Ok(axum::extract::Path(value)) => Ok(Self(value)),
            Err(PathRejection::FailedToDeserializePathParams(_)) => Err(Failure::NotFound),
            Err(rejection) => Err(Failure::internal(rejection)),
        }
    }
}

/// The fields after the question mark.
#[derive(Debug, Clone)]
pub struct Query(pub Fields);

impl<S: Send + Sync> FromRequestParts<S> for Query {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Failure> {
        Fields::parse(parts.uri.query().unwrap_or_default().as_bytes()).map(Self)
    }
}

/// Whether the client takes gzip.
#[derive(Debug, Clone, Copy)]
pub struct TakesGzip(pub bool);

impl<S: Send + Sync> FromRequestParts<S> for TakesGzip {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        Ok(Self(accepts_gzip(&parts.headers)))
    }
}

/// The fields of a posted form.
#[derive(Debug, Clone)]
pub struct Form(pub Fields);

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        require_type(&request, "application/x-www-form-urlencoded")?;
        Fields::parse(&read_body(request, state).await?).map(Self)
    }
}

/// A JSON document sent to the API.
#[derive(Debug, Clone)]
pub struct Json<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        require_type(&request, "application/json")?;
        let body = read_body(request, state).await?;
        serde_json::from_slice(&body).map(Self).map_err(|error| Failure::bad_input(format!("The JSON document cannot be read: {error}.")))
    }
}

async fn read_body<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, Failure> {
    Bytes::from_request(request, state).await.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Failure::TooLarge,
        _ => Failure::bad_input("The request broke off before all of it arrived. Send it again."),
    })
}

fn require_type(request: &Request, expected: &'static str) -> Result<(), Failure> {
    let given = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = given.split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case(expected) {
        return Ok(());
    }
    Err(Failure::WrongType { expected })
}
