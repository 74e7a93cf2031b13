//! Pages of questions that were rendered before.
//!
//! A page is kept with all that it was made from: the diagnosis' revision, which every change raises, and the count of changes of trees. So a kept page is
//! never an old one, and who may see it is decided before it is looked for.

use axum::body::Bytes;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use moka::sync::Cache;

use crate::record::{Diagnosis, DiagnosisId};
use crate::web::compress;

/// A bounded cache of rendered pages. Clones share it.
#[derive(Debug, Clone)]
pub struct Rendered(Cache<DiagnosisId, Kept>);

#[derive(Debug, Clone)]
struct Kept {
    revision: i64,
    changes: i64,
    plain: Bytes,
    /// The same in gzip, as nearly every browser takes it; empty if it could not be compressed.
    packed: Bytes,
}

impl Rendered {
    /// A cache of at most `bytes`.
    #[must_use]
    pub fn bounded(bytes: u64) -> Self {
        let weigh = |id: &DiagnosisId, kept: &Kept| {
            let size = id.as_str().len() + kept.plain.len() + kept.packed.len() + 256;
            u32::try_from(size).unwrap_or(u32::MAX)
        };
        Self(Cache::builder().max_capacity(bytes).weigher(weigh).build())
    }

    /// The page of `diagnosis` after so many `changes` of trees, if it was rendered before.
    #[must_use]
    pub fn page(&self, diagnosis: &Diagnosis, changes: i64, packed: bool) -> Option<Response> {
        let kept = self.0.get(&diagnosis.id)?;
        (kept.revision == diagnosis.revision && kept.changes == changes).then(|| kept.into_response(packed))
    }

    /// Keeps a rendered page, and answers with it.
    #[must_use]
    pub fn keep(&self, diagnosis: &Diagnosis, changes: i64, html: String, packed: bool) -> Response {
        let gzip = compress::pack(html.as_bytes()).unwrap_or_default();
        let kept = Kept { revision: diagnosis.revision, changes, plain: html.into(), packed: gzip.into() };
        self.0.insert(diagnosis.id.clone(), kept.clone());
        kept.into_response(packed)
    }
}

impl Kept {
    fn into_response(self, packed: bool) -> Response {
        let kind = (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        let vary = (header::VARY, HeaderValue::from_static("accept-encoding"));
        if packed && !self.packed.is_empty() {
            return ([kind, vary, (header::CONTENT_ENCODING, HeaderValue::from_static("gzip"))], self.packed).into_response();
        }
        ([kind, vary], self.plain).into_response()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Random;
    use crate::secret::Secret;

    fn diagnosis(revision: i64) -> Diagnosis {
        Diagnosis {
            id: DiagnosisId::new(&Random::seeded(1)),
            owner: Secret::new([7; 32]).hash(),
            version_id: 1,
            revision,
            created_at: 0,
            changed_at: 0,
            opened_at: 0,
            statements: Vec::new(),
            tried: Default::default(),
            ticks: Default::default(),
            ended: None,
        }
    }

    #[test]
    fn a_page_is_found_for_just_the_state_it_was_made_from() {
        let rendered = Rendered::bounded(1 << 20);
        let made = rendered.keep(&diagnosis(3), 5, "page ".repeat(100), true);
        assert_eq!(made.headers().get(header::CONTENT_ENCODING).unwrap(), "gzip");
        let found = rendered.page(&diagnosis(3), 5, false).unwrap();
        assert_eq!(found.headers().get(header::CONTENT_ENCODING), None);
        assert_eq!(found.headers().get(header::VARY).unwrap(), "accept-encoding");
        assert!(rendered.page(&diagnosis(4), 5, false).is_none(), "a change of the diagnosis was not seen");
        assert!(rendered.page(&diagnosis(3), 6, false).is_none(), "a change of a tree was not seen");
    }
}
