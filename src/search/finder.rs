//! The index of the present guides.

use std::sync::{Arc, Mutex, PoisonError};

use super::Index;
use crate::shelf::Catalog;

/// Keeps the index of the newest catalogue that was asked about.
#[derive(Debug, Default)]
pub struct Finder(Mutex<Option<Indexed>>);

#[derive(Debug)]
struct Indexed {
    /// Held, so that no other catalogue can take its place in memory.
    catalog: Arc<Catalog>,
    index: Arc<Index>,
}

impl Finder {
    /// The index of `catalog`, built when it is first asked for. Whoever asks meanwhile waits, so that it is built once.
    #[must_use]
    pub fn index(&self, catalog: &Arc<Catalog>) -> Arc<Index> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(indexed) = kept.as_ref().filter(|indexed| Arc::ptr_eq(&indexed.catalog, catalog)) {
            return Arc::clone(&indexed.index);
        }
        let index = Arc::new(Index::new(catalog.guides().iter().map(|guide| (guide.slug.as_str(), guide.tree.as_ref()))));
        *kept = Some(Indexed { catalog: Arc::clone(catalog), index: Arc::clone(&index) });
        index
    }
}
