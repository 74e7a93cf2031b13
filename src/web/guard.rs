//! The check against forged requests. Cookies are sent by the browser itself, so a request that changes something must prove that it
//! comes from one of our own pages: by `Sec-Fetch-Site`, or, over plain HTTP where browsers do not send that, by `Origin`.

use axum::http::{HeaderMap, Method, header};

use super::Failure;

const FORGED: &str = "The request came from another site, or a proxy changed its Host or Origin. Nothing was stored. \
                      Open the page on this site and send it from there.";

/// Lets a request through unless it changes something and comes from elsewhere. `authority` is the host and port of the public URL.
///
/// A request without either header comes from no browser (they all send `Origin` with unsafe methods), so it carries no one else's cookie.
///
/// # Errors
/// [`Failure::Forbidden`] for a request from another site.
pub fn check(method: &Method, headers: &HeaderMap, authority: Option<&str>) -> Result<(), Failure> {
    if method.is_safe() || is_bearer_only(headers) {
        return Ok(());
    }
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("unreadable"));
    let allowed = match (text("sec-fetch-site"), text(header::ORIGIN.as_str())) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => {
            let from = origin.split_once("://").map(|(_, from)| from);
            from.is_some_and(|from| [text(header::HOST.as_str()), authority].into_iter().flatten().any(|own| own.eq_ignore_ascii_case(from)))
        }
        (None, None) => true,
    };
    if allowed { Ok(()) } else { Err(Failure::Forbidden(FORGED)) }
}

/// A bearer token is never sent by a browser on its own; without a cookie beside it there is nothing to abuse.
fn is_bearer_only(headers: &HeaderMap) -> bool {
    let bearer = headers.get(header::AUTHORIZATION).is_some_and(|value| value.as_bytes().starts_with(b"Bearer "));
    bearer && !headers.contains_key(header::COOKIE)
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue};

    use super::*;

    fn passes(method: &Method, pairs: &[(&'static str, &'static str)]) -> bool {
        let headers = pairs.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value))).collect();
        check(method, &headers, Some("fix.example")).is_ok()
    }

    #[test]
    fn a_post_from_another_site_is_refused() {
        for site in ["cross-site", "same-site", "nonsense"] {
            assert!(!passes(&Method::POST, &[("sec-fetch-site", site)]), "{site} passed");
        }
        assert!(!passes(&Method::POST, &[("host", "in:8080"), ("origin", "http://evil.example")]));
        assert!(!passes(&Method::POST, &[("host", "in:8080"), ("origin", "null")]));
        assert!(!passes(&Method::DELETE, &[("host", "in:8080"), ("origin", "http://in:8081")]));
        // The browser's own word counts more than an Origin that happens to fit.
        assert!(!passes(&Method::POST, &[("sec-fetch-site", "cross-site"), ("host", "in"), ("origin", "http://in")]));
    }

    #[test]
    fn a_post_from_our_own_page_passes_with_or_without_tls_and_behind_a_proxy() {
        assert!(passes(&Method::POST, &[("sec-fetch-site", "same-origin")]));
        assert!(passes(&Method::POST, &[("sec-fetch-site", "none")]));
        assert!(passes(&Method::POST, &[("host", "in:8080"), ("origin", "http://IN:8080")]));
        assert!(passes(&Method::POST, &[("host", "127.0.0.1:8080"), ("origin", "https://fix.example")]));
    }

    #[test]
    fn reading_and_programs_without_a_cookie_pass() {
        assert!(passes(&Method::GET, &[("sec-fetch-site", "cross-site")]));
        assert!(passes(&Method::POST, &[]));
        assert!(passes(&Method::PUT, &[("authorization", "Bearer x"), ("origin", "http://tool.example"), ("host", "in")]));
        assert!(!passes(&Method::PUT, &[("authorization", "Bearer x"), ("cookie", "a=b"), ("origin", "http://tool.example"), ("host", "in")]));
        assert!(!passes(&Method::PUT, &[("authorization", "Basic x"), ("origin", "http://tool.example"), ("host", "in")]));
    }
}
