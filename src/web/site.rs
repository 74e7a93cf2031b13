//! What pages and layers must know of the installation.

use std::{borrow::Cow, sync::Arc};

use axum::http::{HeaderMap, header};
use ipnet::IpNet;

use super::{Nav, Page, Urls, Viewer};
use crate::settings::Settings;

/// The installation as pages see it. Cheap to clone; a room's state gives it out with `FromRef`.
#[derive(Debug, Clone)]
pub struct Site(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    urls: Urls,
    https: bool,
    authority: Option<String>,
    host: String,
    contact: Option<String>,
    retention_days: u16,
    trusted_proxies: Vec<IpNet>,
}

impl Site {
    /// The installation these settings describe.
    #[must_use]
    pub fn new(settings: &Settings) -> Self {
        let public = settings.public_url.as_ref();
        Self(Arc::new(Inner {
            urls: Urls::new(public),
            https: public.is_some_and(crate::settings::PublicUrl::is_https),
            authority: public.map(|url| url.authority().to_owned()),
            host: public.map_or_else(|| settings.listen.to_string(), |url| url.authority().to_owned()),
            contact: settings.contact.clone(),
            retention_days: settings.retention.get(),
            trusted_proxies: settings.trusted_proxies.clone(),
        }))
    }

    /// A page's frame with this title, for whoever is signed in, and, unless changed, no current entry in the navigation.
    #[must_use]
    pub fn page(&self, title: impl Into<Cow<'static, str>>) -> Page {
        Page { title: title.into(), nav: None::<Nav>, noindex: false, viewer: Viewer::present(), site: self.clone() }
    }

    /// Every address of the site.
    #[must_use]
    pub fn urls(&self) -> &Urls {
        &self.0.urls
    }

    /// The address of `path` as it works elsewhere too: where the installation does not know its own, the one by which this request came.
    #[must_use]
    pub fn whole_address(&self, path: &str, headers: &HeaderMap) -> String {
        let address = self.urls().absolute(path);
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
        host.filter(|_| address.starts_with('/')).map_or_else(|| address.clone(), |host| format!("http://{host}{address}"))
    }

    /// Whether visitors come over TLS.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.0.https
    }

    /// Host and port of the public address, if one is set.
    #[must_use]
    pub fn authority(&self) -> Option<&str> {
        self.0.authority.as_deref()
    }

    /// The name the pages' foot shows: the public host, or the address the site listens on.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.0.host
    }

    /// Whom a visitor may ask.
    #[must_use]
    pub fn contact(&self) -> Option<&str> {
        self.0.contact.as_deref()
    }

    /// The day until which a diagnosis is kept that was last opened at `opened_at`, in milliseconds since 1970.
    #[must_use]
    pub fn kept_until(&self, opened_at: i64) -> String {
        super::time::day(opened_at + i64::from(self.0.retention_days) * 24 * 60 * 60 * 1000)
    }

    /// Networks of the proxies whose word about the client's address counts.
    #[must_use]
    pub fn trusted_proxies(&self) -> &[IpNet] {
        &self.0.trusted_proxies
    }
}
