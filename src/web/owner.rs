//! The browser's secret: 256 random bits in a cookie. It owns the diagnoses of a browser; only its hash is ever stored, so that a
//! leaked database opens nothing.

use std::convert::Infallible;

use super::Site;
use crate::clock::Random;
use crate::secret::{Secret, SecretHash};
use axum::{
    extract::{FromRef, FromRequestParts},
    http::{HeaderMap, HeaderName, HeaderValue, header, request::Parts},
};

/// Name of the cookie.
const COOKIE: &str = "fixpath_owner";
/// One year in seconds, counted anew whenever the cookie is set.
const LIFETIME: u32 = 31_536_000;

/// Reads `Authorization: Bearer ...`.
#[must_use]
pub fn bearer(headers: &HeaderMap) -> Option<Secret> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    Secret::parse(value.strip_prefix("Bearer ")?.trim())
}

/// The header that gives `secret` to the browser for a year, or for another year.
fn cookie(secret: &Secret, site: &Site) -> [(HeaderName, HeaderValue); 1] {
    let base = site.urls().base();
    let path = if base.is_empty() { "/" } else { base };
    let secure = if site.is_https() { "; Secure" } else { "" };
    let text = format!("{COOKIE}={}; Path={path}; Max-Age={LIFETIME}; HttpOnly; SameSite=Lax{secure}", secret.reveal());
    // Every part is printable ASCII: the secret is base64url and the path was checked when the settings were read.
    let mut value = HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static(""));
    value.set_sensitive(true);
    [(header::SET_COOKIE, value)]
}

/// Whoever sent the request: the secret of its cookie, if it has one.
#[derive(Debug, Clone)]
pub struct Visitor {
    secret: Option<Secret>,
    site: Site,
}

impl Visitor {
    /// The browser's secret, if it has one.
    #[must_use]
    pub fn secret(&self) -> Option<&Secret> {
        self.secret.as_ref()
    }

    /// The hash that owns this browser's diagnoses, if it has a secret.
    #[must_use]
    pub fn owner(&self) -> Option<SecretHash> {
        self.secret.as_ref().map(Secret::hash)
    }

    /// The browser's secret, or a new one of `random`, with the header that keeps it in the browser.
    #[must_use]
    pub fn or_new(self, random: &Random) -> (Secret, [(HeaderName, HeaderValue); 1]) {
        let secret = self.secret.unwrap_or_else(|| Secret::new(random.bytes()));
        let header = cookie(&secret, &self.site);
        (secret, header)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visitor
where
    Site: FromRef<S>,
{
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let cookies = parts.headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut pairs = cookies.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
        let secret = pairs.find_map(|(name, value)| if name == COOKIE { Secret::parse(value) } else { None });
        Ok(Self { secret, site: Site::from_ref(state) })
    }
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;
    use crate::settings::Settings;

    fn site(public_url: Option<&str>) -> Site {
        let mut settings = Settings::test().unwrap();
        settings.public_url = public_url.map(|url| url.parse().unwrap());
        Site::new(&settings)
    }

    async fn visitor(cookie: &str) -> Visitor {
        let (mut parts, ()) = Request::builder().header(header::COOKIE, cookie).body(()).unwrap().into_parts();
        Visitor::from_request_parts(&mut parts, &site(None)).await.unwrap()
    }

    #[test]
    fn the_cookie_is_out_of_reach_of_scripts_and_bound_to_the_installation() {
        let secret = Secret::new([7; 32]);
        let [(_, plain)] = cookie(&secret, &site(None));
        let plain = plain.to_str().unwrap();
        assert!(plain.contains("; Path=/; ") && plain.contains("HttpOnly") && plain.contains("SameSite=Lax") && !plain.contains("Secure"), "{plain}");
        let [(_, tls)] = cookie(&secret, &site(Some("https://fix.example/help")));
        let tls = tls.to_str().unwrap();
        assert!(tls.contains("; Path=/help; ") && tls.ends_with("; Secure"), "{tls}");
    }

    #[tokio::test]
    async fn a_visitor_keeps_the_secret_it_came_with() {
        let secret = Secret::new([7; 32]);
        let known = visitor(&format!("other=1; {COOKIE}={}", secret.reveal())).await;
        assert_eq!(known.owner(), Some(secret.hash()));
        assert_eq!(known.or_new(&Random::seeded(1)).0.hash(), secret.hash());
        for cookie in ["", "fixpath_owner=forged", "other=x"] {
            let unknown = visitor(cookie).await;
            assert!(unknown.owner().is_none());
            assert_eq!(unknown.or_new(&Random::seeded(1)).0.hash(), Secret::new(Random::seeded(1).bytes()).hash());
        }
    }

    #[test]
    fn a_bearer_token_is_the_same_secret() {
        let secret = Secret::new([7; 32]);
        let headers = |text: String| HeaderMap::from_iter([(header::AUTHORIZATION, HeaderValue::try_from(text).unwrap())]);
        assert_eq!(bearer(&headers(format!("Bearer {}", secret.reveal()))).map(|found| found.hash()), Some(secret.hash()));
        assert!(bearer(&headers(format!("Basic {}", secret.reveal()))).is_none());
        assert!(bearer(&HeaderMap::new()).is_none());
    }
}
