//! Compression of pages while they are sent. Gzip at its fastest is the cheapest per byte saved; anything stronger costs several times the page.

use std::io::{self, Write};

use axum::{
    body::{Body, HttpBody},
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};
use flate2::{Compression, write::GzEncoder};
use http_body_util::BodyExt;

/// Bodies below this many bytes fit into one packet anyway.
const WORTH_IT: u64 = 1024;

/// Whether the client takes gzip. A quality of zero means no.
#[must_use]
pub fn accepts_gzip(request: &HeaderMap) -> bool {
    let codings = request.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(','));
    codings.map(str::trim).any(|coding| {
        let (name, quality) = coding.split_once(';').unwrap_or((coding, ""));
        let refused = quality.trim().strip_prefix("q=").and_then(|quality| quality.parse::<f32>().ok()).is_some_and(|quality| quality <= 0.0);
        name.trim().eq_ignore_ascii_case("gzip") && !refused
    })
}

/// Compresses a text response whose whole body is already in memory. A response that names its own `Content-Encoding` is left alone.
pub async fn compress(response: Response) -> Response {
    if !is_text(response.headers()) || response.headers().contains_key(header::CONTENT_ENCODING) {
        return response;
    }
    if response.body().size_hint().exact().is_none_or(|size| size < WORTH_IT) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    // The size is exact, so this collects what is already there and never waits.
    let Ok(plain) = body.collect().await.map(http_body_util::Collected::to_bytes) else {
        return Response::from_parts(parts, Body::empty());
    };
    match pack(&plain) {
        Ok(packed) => {
            parts.headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            parts.headers.append(header::VARY, HeaderValue::from_static("accept-encoding"));
            parts.headers.remove(header::CONTENT_LENGTH);
            Response::from_parts(parts, Body::from(packed))
        }
        Err(_) => Response::from_parts(parts, Body::from(plain)),
    }
}

/// The bytes in gzip.
///
/// # Errors
/// Never in practice: memory is all that is written to.
pub fn pack(plain: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(plain.len() / 3), Compression::fast());
    encoder.write_all(plain)?;
    encoder.finish()
}

fn is_text(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    kind.starts_with("text/") || kind.starts_with("application/json") || kind.starts_with("application/problem+json")
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use axum::response::{Html, IntoResponse};

    use super::*;

    fn accepting(value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(value))])
    }

    #[test]
    fn gzip_is_used_only_where_the_client_takes_it() {
        assert!(accepts_gzip(&accepting("gzip, deflate, br")));
        assert!(accepts_gzip(&accepting("br;q=1.0, GZIP;q=0.5")));
        assert!(!accepts_gzip(&accepting("gzip;q=0")));
        assert!(!accepts_gzip(&accepting("br")));
        assert!(!accepts_gzip(&HeaderMap::new()));
    }

    #[tokio::test]
    async fn a_long_page_is_packed_and_unpacks_to_itself() {
        let page = "<p>the same words again</p>".repeat(200);
        let response = compress(Html(page.clone()).into_response()).await;
        assert_eq!(response.headers().get(header::CONTENT_ENCODING).unwrap(), "gzip");
        let packed = response.into_body().collect().await.unwrap().to_bytes();
        assert!(packed.len() * 3 < page.len());
        let mut unpacked = String::new();
        flate2::read::GzDecoder::new(&*packed).read_to_string(&mut unpacked).unwrap();
        assert_eq!(unpacked, page);
    }

    #[tokio::test]
    async fn short_pages_pictures_and_packed_bodies_stay_as_they_are() {
        let long = "x".repeat(5000);
        let picture = ([(header::CONTENT_TYPE, "image/png")], long.clone()).into_response();
        let packed = ([(header::CONTENT_ENCODING, "identity")], Html(long)).into_response();
        for response in [Html("short").into_response(), picture, packed] {
            assert_ne!(compress(response).await.headers().get(header::CONTENT_ENCODING).map(HeaderValue::as_bytes), Some(b"gzip".as_slice()));
        }
    }
}
