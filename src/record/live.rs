//! Live diagnoses in memory.

use std::sync::Arc;

use moka::sync::Cache;

use super::diagnosis::Diagnosis;
use super::id::DiagnosisId;

/// A bounded cache of diagnoses, or nothing where another process may change them.
#[derive(Debug, Clone)]
pub struct Live(Option<Cache<DiagnosisId, Entry>>);

#[derive(Debug, Clone)]
enum Entry {
    Here(Arc<Diagnosis>),
    /// Deleted: a read that began before the deletion must not bring it back.
    Gone,
}

impl Live {
    /// A cache of at most `bytes`, for the sole server of a database.
    #[must_use]
    pub fn bounded(bytes: u64) -> Self {
        let weigh = |_: &DiagnosisId, entry: &Entry| match entry {
            Entry::Here(diagnosis) => diagnosis.weight(),
            Entry::Gone => 64,
        };
        Self(Some(Cache::builder().max_capacity(bytes).weigher(weigh).build()))
    }

    /// No cache: every read goes to the database.
    #[must_use]
    pub fn none() -> Self {
        Self(None)
    }

    /// The diagnosis, if it is in memory. `Some(None)` says that it is known to be deleted.
    pub(super) fn get(&self, id: &DiagnosisId) -> Option<Option<Arc<Diagnosis>>> {
        match self.0.as_ref()?.get(id)? {
            Entry::Here(diagnosis) => Some(Some(diagnosis)),
            Entry::Gone => Some(None),
        }
    }

    /// Keeps `diagnosis`, unless a newer state of it is there already.
    pub(super) fn keep(&self, diagnosis: Diagnosis) {
        self.keep_shared(Arc::new(diagnosis));
    }

    pub(super) fn keep_shared(&self, diagnosis: Arc<Diagnosis>) {
        let Some(cache) = &self.0 else { return };
        cache.entry(diagnosis.id.clone()).and_compute_with(|before| match before.map(moka::Entry::into_value) {
            Some(Entry::Gone) => moka::ops::compute::Op::Nop,
            Some(Entry::Here(there)) if (there.revision, there.opened_at) >= (diagnosis.revision, diagnosis.opened_at) => moka::ops::compute::Op::Nop,
            Some(Entry::Here(_)) | None => moka::ops::compute::Op::Put(Entry::Here(diagnosis)),
        });
    }

    /// Remembers that the diagnosis is deleted.
    pub(super) fn forget(&self, id: &DiagnosisId) {
        if let Some(cache) = &self.0 {
            cache.insert(id.clone(), Entry::Gone);
        }
    }
}
