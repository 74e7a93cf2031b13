//! The cookie that holds a session's secret.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::secret::Secret;
use crate::web::Site;

/// Name of the cookie.
pub const COOKIE: &str = "fixpath_session";

/// A header that sets the cookie.
pub type SetCookie = [(HeaderName, HeaderValue); 1];

/// The secret that a request carries, if it has one.
#[must_use]
pub fn read(headers: &HeaderMap) -> Option<Secret> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find_map(|(name, value)| if name == COOKIE { Secret::parse(value) } else { None })
}

/// Gives the browser a secret, until it is closed.
#[must_use]
pub fn set(secret: &Secret, site: &Site) -> SetCookie {
    header(&secret.reveal(), "", site)
}

/// Takes it away.
#[must_use]
pub fn clear(site: &Site) -> SetCookie {
    header("", "; Max-Age=0", site)
}

fn header(value: &str, age: &str, site: &Site) -> SetCookie {
    let base = site.urls().base();
    let path = if base.is_empty() { "/" } else { base };
    let secure = if site.is_https() { "; Secure" } else { "" };
    // Every part is printable ASCII: the secret is base64url and the path was checked when the settings were read.
    let text = format!("{COOKIE}={value}; Path={path}{age}; HttpOnly; SameSite=Lax{secure}");
    let mut value = HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static(""));
    value.set_sensitive(true);
    [(header::SET_COOKIE, value)]
}
