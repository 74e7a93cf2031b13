//! What is known of each draft: checked and proven once for every revision, beside the pages.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{Semaphore, watch};

use crate::shelf::{Draft, Shelf};
use crate::tree::closure::Closure;
use crate::tree::report::{Report, report};
use crate::web::Failure;

/// How long a page waits for a report before it is shown without.
const PATIENCE: Duration = Duration::from_millis(150);
/// Trees whose reports are kept.
const MOST_KEPT: usize = 64;
/// Reports that are made at once.
const AT_ONCE: usize = 2;

/// The reports of drafts. Clones share them.
#[derive(Debug, Clone)]
pub struct Reports {
    shelf: Shelf,
    kept: Arc<Mutex<BTreeMap<i64, Kept>>>,
    turns: Arc<Semaphore>,
}

/// The report of one tree, made or in the making.
#[derive(Debug, Clone)]
struct Kept {
    revision: i64,
    closure: Arc<Closure>,
    report: watch::Receiver<Option<Arc<Report>>>,
}

impl Reports {
    /// No report yet. `shelf` has the ladders and the trees that drafts jump to.
    #[must_use]
    pub fn new(shelf: Shelf) -> Self {
        Self { shelf, kept: Arc::default(), turns: Arc::new(Semaphore::new(AT_ONCE)) }
    }

    /// The report of `draft`, however long it takes.
    ///
    /// # Errors
    /// The database cannot be read, or the proof failed.
    pub async fn of(&self, draft: &Draft) -> Result<Arc<Report>, Failure> {
        let mut report = self.started(draft).await?;
        let ready = report.wait_for(Option::is_some).await.map_err(Failure::internal)?;
        // It is there: that is what was waited for.
        Ok(ready.clone().unwrap_or_default())
    }

    /// The report of `draft`, or nothing where it takes longer than a page should. It is then made all the same.
    ///
    /// # Errors
    /// As for [`Reports::of`].
    pub async fn soon(&self, draft: &Draft) -> Result<Option<Arc<Report>>, Failure> {
        match tokio::time::timeout(PATIENCE, self.of(draft)).await {
            Ok(report) => report.map(Some),
            Err(_) => Ok(None),
        }
    }

    /// The report on its way: the one that is kept if nothing has changed since, a new one otherwise.
    async fn started(&self, draft: &Draft) -> Result<watch::Receiver<Option<Arc<Report>>>, Failure> {
        let closure = self.shelf.closure_of(&draft.tree).await.map_err(super::refusal)?;
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let usable = |kept: &&Kept| kept.revision == draft.revision && same_pins(&kept.closure, &closure) && kept.is_alive();
        if let Some(found) = kept.get(&draft.tree_id).filter(usable) {
            return Ok(found.report.clone());
        }
        if kept.len() >= MOST_KEPT {
            kept.pop_first();
        }
        let closure = Arc::new(closure);
        let report = self.begin(Arc::clone(&closure));
        kept.insert(draft.tree_id, Kept { revision: draft.revision, closure, report: report.clone() });
        Ok(report)
    }

    fn begin(&self, closure: Arc<Closure>) -> watch::Receiver<Option<Arc<Report>>> {
        let (done, report_of) = watch::channel(None);
        let turns = Arc::clone(&self.turns);
        tokio::spawn(async move {
            let _turn = turns.acquire_owned().await;
            // Meanwhile the draft may have been edited again: nobody waits for the report of what it was.
            if done.is_closed() {
                return;
            }
            // A proof that panics drops `done`, and whoever waits for it is told.
            if let Ok(made) = tokio::task::spawn_blocking(move || report(&closure)).await {
                done.send_replace(Some(Arc::new(made)));
            }
        });
        report_of
    }
}

impl Kept {
    /// Whether it is there or still being made.
    fn is_alive(&self) -> bool {
        self.report.borrow().is_some() || self.report.has_changed().is_ok()
    }
}

/// Whether two closures of one revision rest on the same ladders, the same versions of other trees, and the same pictures.
fn same_pins(one: &Closure, other: &Closure) -> bool {
    let same_jumps = one.jumps.len() == other.jumps.len()
        && one.jumps.iter().zip(&other.jumps).all(|((slug, one), (other_slug, other))| slug == other_slug && Arc::ptr_eq(&one.tree, &other.tree));
    one.ladders.iter().eq(other.ladders.iter()) && same_jumps && one.pictures == other.pictures
}
