//! Publishing at a time that was set.

use super::versions::{find, publish_revision};
use super::{Error, Result, Shelf, review, store};
use crate::audit::{self, Action, By};
use crate::shelf::drafts::Present;
use crate::shelf::publish::Published;

/// When a draft is to be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// Milliseconds since 1970.
    pub at: i64,
    /// What changed, in the publisher's words.
    pub summary: String,
    /// Who set it.
    pub by: String,
    /// The revision of the draft that is to be published.
    pub revision: i64,
    /// The draft has been edited since: nothing is published until it is set again.
    pub stale: bool,
    /// Why it could not be published when it was due.
    pub failed: Option<String>,
}

/// A schedule whose time has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueSchedule {
    /// The tree's present address.
    pub slug: String,
    /// The revision of its draft that is to be published, which is the present one.
    pub revision: i64,
    /// When it was due, in milliseconds since 1970.
    pub at: i64,
    /// What changed, in the publisher's words.
    pub summary: String,
    /// Who set it.
    pub by: By,
}

impl Shelf {
    /// Sets the draft at `revision` to be published at `at` (milliseconds since 1970); an earlier setting is replaced.
    ///
    /// # Errors
    /// [`Error::NoTree`], [`Error::Stale`], [`Error::NoSummary`], [`Error::FourEyes`].
    pub async fn schedule(&self, slug: &str, revision: i64, at: i64, summary: &str, by: &By) -> Result<()> {
        let due = DueSchedule { slug: slug.to_owned(), revision, at, summary: summary.trim().to_owned(), by: by.clone() };
        let now = self.0.clock.now_ms();
        self.change(move |write| {
            Box::pin(async move {
                let tree = find(write, &due.slug).await?;
                if due.summary.is_empty() {
                    return Err(Error::NoSummary);
                }
                if tree.draft_revision != due.revision {
                    return Err(Error::Stale { present: tree.draft_revision });
                }
                review::require_other_eyes(write, &tree, &due.by).await?;
                store::put_schedule(write, tree.id, &due, now).await?;
                audit::note(write, now, &due.by, Action::Publish, &tree.slug, &format!("Set revision {revision} to be published later")).await?;
                Ok(())
            })
        })
        .await
    }

    /// Calls it off, if there is one.
    ///
    /// # Errors
    /// [`Error::NoTree`].
    pub async fn unschedule(&self, slug: &str, by: &By) -> Result<()> {
        let (slug, by, now) = (slug.to_owned(), by.clone(), self.0.clock.now_ms());
        self.change(move |write| {
            Box::pin(async move {
                let tree = find(write, &slug).await?;
                if store::delete_schedule(write, tree.id).await? > 0 {
                    audit::note(write, now, &by, Action::Publish, &tree.slug, "Called the publishing off that was set for later").await?;
                }
                Ok(())
            })
        })
        .await
    }

    /// What is due by `now` (milliseconds since 1970) and can be published. What was edited since it was set is not among it.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn due_schedules(&self, now: i64) -> Result<Vec<DueSchedule>> {
        Ok(store::due(&mut self.0.db.read().await?, now).await?)
    }

    /// Publishes what is due, unless another server has done so or the draft has changed meanwhile: then `None`. The caller has checked the draft.
    ///
    /// # Errors
    /// As for [`Shelf::publish_draft`]; the schedule then stays, so note why with [`Shelf::fail_schedule`].
    pub async fn publish_due(&self, due: &DueSchedule) -> Result<Option<Published>> {
        let (shelf, due, now) = (self.clone(), due.clone(), self.0.clock.now_ms());
        self.change(move |write| {
            Box::pin(async move {
                let present = Present::read(write, &shelf, &due.slug).await?;
                if present.row.draft_revision != due.revision || !store::claim(write, present.row.id, &due).await? {
                    return Ok(None);
                }
                publish_revision(write, present, due.revision, &due.summary, &due.by, now).await.map(Some)
            })
        })
        .await
    }

    /// Notes why what was due could not be published, so that authors see it and it is not tried again.
    ///
    /// # Errors
    /// [`Error::NoTree`].
    pub async fn fail_schedule(&self, due: &DueSchedule, why: &str) -> Result<()> {
        let (due, why, now) = (due.clone(), why.to_owned(), self.0.clock.now_ms());
        self.change(move |write| {
            Box::pin(async move {
                let tree = find(write, &due.slug).await?;
                if store::fail_schedule(write, tree.id, &due, &why).await? > 0 {
                    let detail = format!("Revision {} could not be published at the time that was set: {why}", due.revision);
                    audit::note(write, now, &By::program(), Action::Publish, &tree.slug, &detail).await?;
                }
                Ok(())
            })
        })
        .await
    }
}
