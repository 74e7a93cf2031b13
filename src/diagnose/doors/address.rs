//! The site's own address, for links that others are to use.

use axum::http::{HeaderMap, header};

use super::super::Desk;
use crate::settings::PublicUrl;
use crate::web::{Failure, Urls};

/// Addresses with scheme and host: those of the public URL or, without one, those of the host that the visitor typed. Either has passed the check of
/// [`PublicUrl`], so it is one line of plain ASCII without quotes, backslashes or blanks.
///
/// # Errors
/// There is no public URL, and the request names no host that could stand in a link.
pub fn own(desk: &Desk, headers: &HeaderMap) -> Result<Urls, Failure> {
    if desk.site.authority().is_some() {
        return Ok(desk.site.urls().clone());
    }
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let public: Option<PublicUrl> = format!("http://{host}").parse().ok();
    match public.filter(|_| !host.contains('/')) {
        Some(public) => Ok(Urls::new(Some(&public))),
        None => Err(Failure::bad_input("The request does not say under which name this site is reached. Whoever runs it can set `public_url`.")),
    }
}
