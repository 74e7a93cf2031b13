//! Every address of the site. Route patterns stand beside the functions that fill them, so that a link and its route change together: one file
//! for each subject.

mod account;
mod api;
mod branch;
mod editor;
mod release;
mod trial;
mod visitor;

use std::sync::Arc;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::assets::Asset;
use crate::settings::PublicUrl;

pub use account::*;
pub use api::*;
pub use branch::*;
pub use editor::*;
pub use release::*;
pub use trial::*;
pub use visitor::*;

/// Route pattern of stylesheet, script and icon.
pub const STATIC: &str = "/static/{file}";
/// Route pattern that answers while the process lives.
pub const HEALTHZ: &str = "/healthz";
/// Route pattern that answers 200 while the site can serve visitors.
pub const READYZ: &str = "/readyz";

/// Builds addresses below the installation's sub-path. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Urls {
    base: Arc<str>,
    origin: Option<Arc<str>>,
}

impl Urls {
    /// Addresses for this public URL; without one the site lives at the root.
    #[must_use]
    pub fn new(public: Option<&PublicUrl>) -> Self {
        Self { base: public.map_or("", PublicUrl::base_path).into(), origin: public.map(|url| url.origin().into()) }
    }

    /// The sub-path: empty, or starting with `/` and not ending with one.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The same address with scheme and host, where a public URL is set; a path otherwise.
    #[must_use]
    pub fn absolute(&self, path: &str) -> String {
        self.origin.as_deref().map_or_else(|| path.to_owned(), |origin| format!("{origin}{path}"))
    }

    /// `pattern` with its variable parts filled in, in order.
    fn filled(&self, pattern: &str, parts: &[&str]) -> String {
        let mut address = self.base.to_string();
        let mut parts = parts.iter();
        for segment in pattern.split('/').skip(1) {
            address.push('/');
            if segment.starts_with('{') {
                address.push_str(&encoded(parts.next().copied().unwrap_or_default()));
            } else {
                address.push_str(segment);
            }
        }
        address
    }

    /// A file that the pages load.
    #[must_use]
    pub fn asset(&self, asset: Asset) -> String {
        format!("{}/static/{}", self.base, asset.file_name())
    }
}

/// What stands for itself in a part of an address.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Names and values as they stand behind the `?` or the `#` of an address.
#[must_use]
pub fn query<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let pairs: Vec<String> = pairs.into_iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
    pairs.join("&")
}

fn encoded(part: &str) -> String {
    utf8_percent_encode(part, PLAIN).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_an_address_are_filled_in_order_and_encoded() {
        let urls = Urls::new(Some(&"https://fix.example/help".parse().unwrap()));
        assert_eq!(urls.question("abc", "tree.node"), "/help/diagnoses/abc/questions/tree.node");
        assert_eq!(urls.guide("a/b?c"), "/help/guides/a%2Fb%3Fc");
        assert_eq!(urls.home_of_product("Windows NT"), "/help/?product=Windows%20NT");
        assert_eq!(query([("event", "2037"), ("text", "a&b=c d\n#+\u{e9}")]), "event=2037&text=a%26b%3Dc%20d%0A%23%2B%C3%A9");
        assert_eq!(urls.absolute(&urls.shared("t")), "https://fix.example/help/shared/t");
    }
}
