//! Addresses that a form or a link brings along, to go on at after signing in.

use axum::http::uri::PathAndQuery;

use crate::web::Site;

/// The address, if it is one of this site's own pages. Whatever a browser could take for another host's is refused.
#[must_use]
pub fn own_path(site: &Site, address: &str) -> Option<String> {
    let below = address.strip_prefix(site.urls().base())?;
    let is_path = below.starts_with('/') && !below.starts_with("//") && below.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    (is_path && address.starts_with('/') && below.parse::<PathAndQuery>().is_ok()).then(|| address.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Settings;

    fn site(public_url: Option<&str>) -> Site {
        let mut settings = Settings::test().unwrap();
        settings.public_url = public_url.map(|url| url.parse().unwrap());
        Site::new(&settings)
    }

    #[test]
    fn only_paths_of_this_site_are_taken() {
        let root = site(None);
        for own in ["/", "/editor/trees/a?node=b", "/editor/trees/%C3%A4"] {
            assert_eq!(own_path(&root, own).as_deref(), Some(own));
        }
        for other in [
            "",
            "editor",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "https://evil.example/",
            "/a\r\nb",
            "/\t/evil.example",
            "/ä",
            "javascript:x",
        ] {
            assert_eq!(own_path(&root, other), None, "{other:?}");
        }
        let below = site(Some("https://fix.example/help"));
        assert_eq!(own_path(&below, "/help/editor").as_deref(), Some("/help/editor"));
        for other in ["/editor", "/help//evil.example", "/helpful", "//evil.example/help/"] {
            assert_eq!(own_path(&below, other), None, "{other:?}");
        }
    }
}
