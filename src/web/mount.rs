//! The installation's sub-path. Routes know nothing of it; links get it from [`super::Urls`].

use axum::{
    Router,
    extract::Request,
    http::{Uri, uri::PathAndQuery},
};
use tower::{Layer, util::MapRequestLayer};

/// Serves `router` below `base`, which is empty or starts with `/`. Works whether or not the proxy in front takes the sub-path off.
pub fn mount(router: Router, base: &str) -> Router {
    if base.is_empty() {
        return router;
    }
    let base = base.to_owned();
    let strip = MapRequestLayer::new(move |mut request: Request| {
        if let Some(below) = strip(request.uri(), &base) {
            *request.uri_mut() = below;
        }
        request
    });
    Router::new().fallback_service(strip.layer(router))
}

/// The address without the sub-path, or none if it does not lie below it.
fn strip(uri: &Uri, base: &str) -> Option<Uri> {
    let rest = uri.path_and_query()?.as_str().strip_prefix(base)?;
    let below: PathAndQuery = match rest.chars().next() {
        Some('/') => rest.parse().ok()?,
        None | Some('?') => format!("/{rest}").parse().ok()?,
        Some(_) => return None,
    };
    Some(Uri::from(below))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_path_parts_are_taken_off() {
        let below = |address: &str| strip(&address.parse().unwrap(), "/help").map(|uri| uri.to_string());
        assert_eq!(below("/help/d/1?x=/help"), Some("/d/1?x=/help".to_owned()));
        assert_eq!(below("/help"), Some("/".to_owned()));
        assert_eq!(below("/help?event=2037"), Some("/?event=2037".to_owned()));
        assert_eq!(below("/helpful"), None);
        assert_eq!(below("/d/1"), None);
    }
}
