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
            changed_at: revision,
            opened_at: 0,
            statements: Vec::new(),
            tried: Default::default(),
            ticks: Default::default(),
            ended: None,
        }
    }

    fn revision(live: &Live) -> Option<Option<i64>> {
        live.get(&diagnosis(0).id).map(|found| found.map(|diagnosis| diagnosis.revision))
    }

    #[test]
    fn a_read_that_took_longer_than_a_change_does_not_bring_the_old_state_back() {
        let live = Live::bounded(1024 * 1024);
        assert_eq!(revision(&live), None);
        live.keep(diagnosis(3));
        live.keep_shared(Arc::new(diagnosis(2)));
        assert_eq!(revision(&live), Some(Some(3)));
        live.keep(diagnosis(4));
        assert_eq!(revision(&live), Some(Some(4)));
    }

    #[test]
    fn nothing_brings_a_deleted_diagnosis_back() {
        let live = Live::bounded(1024 * 1024);
        live.keep(diagnosis(1));
        live.forget(&diagnosis(1).id);
        live.keep_shared(Arc::new(diagnosis(1)));
        live.keep(diagnosis(2));
        assert_eq!(revision(&live), Some(None), "it is known to be gone");
    }

    #[test]
    fn beside_other_servers_nothing_is_kept() {
        let live = Live::none();
        live.keep(diagnosis(1));
        live.forget(&diagnosis(1).id);
        assert_eq!(revision(&live), None);
    }
}
