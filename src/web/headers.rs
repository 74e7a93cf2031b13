//! Headers that every response carries, as constant values set in one go: eight stacked layers would cost more than rendering a page.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

/// Only our own files; no inline script or style, no frames, no plug-ins.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; \
                                       form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The constant headers of this installation.
#[derive(Debug, Clone)]
pub struct SecureHeaders(Vec<(HeaderName, HeaderValue)>);

impl SecureHeaders {
    /// Headers for a site reached over TLS or not.
    #[must_use]
    pub fn new(https: bool) -> Self {
        let mut list = vec![
            (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(CONTENT_SECURITY_POLICY)),
            (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
            // Tells other sites nothing. `no-referrer` would also make browsers post our own forms with `Origin: null`, which the guard refuses.
            (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
            (HeaderName::from_static("permissions-policy"), HeaderValue::from_static("camera=(), geolocation=(), microphone=(), payment=(), usb=()")),
        ];
        if https {
            list.push((header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000")));
        }
        Self(list)
    }

    /// Sets the headers. A response that says nothing about caching must be asked for again each time and kept by no shared cache. A page without
    /// forms may be stricter about referrers.
    pub fn apply(&self, response: &mut HeaderMap) {
        response.reserve(self.0.len() + 2);
        let no_referrer = response.get(header::REFERRER_POLICY).is_some_and(|policy| policy == "no-referrer");
        for (name, value) in &self.0 {
            response.insert(name, value.clone());
        }
        if no_referrer {
            response.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
        }
        response.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("private, no-cache"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hsts_is_sent_over_tls_only_and_own_caching_is_kept() {
        let mut plain = HeaderMap::new();
        SecureHeaders::new(false).apply(&mut plain);
        assert!(plain.get(header::STRICT_TRANSPORT_SECURITY).is_none());
        assert_eq!(plain.get(header::CACHE_CONTROL).unwrap(), "private, no-cache");
        let policy = plain.get(header::CONTENT_SECURITY_POLICY).unwrap().to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");

        let mut secure = HeaderMap::from_iter([(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))]);
        SecureHeaders::new(true).apply(&mut secure);
        assert!(secure.contains_key(header::STRICT_TRANSPORT_SECURITY));
        assert_eq!(secure.get(header::CACHE_CONTROL).unwrap(), "no-store");
    }
}
