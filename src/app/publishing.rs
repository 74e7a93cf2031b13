//! Publishes drafts at the time that was set for them.

use std::collections::BTreeSet;
use std::time::Duration;

use tokio::task::JoinHandle;

use crate::clock::Clock;
use crate::shelf::{DueSchedule, Error, Result, Shelf};

/// How often the times are looked at.
const EVERY: Duration = Duration::from_secs(15);

/// Looks for drafts whose time has come, until the handle is aborted. Any number of servers may do so beside each other.
pub(super) fn watch(shelf: Shelf, clock: Clock) -> JoinHandle<()> {
    tokio::spawn(async move {
        let mut rounds = tokio::time::interval(EVERY);
        loop {
            rounds.tick().await;
            if let Err(error) = publish_due(&shelf, clock.now_ms()).await {
                tracing::warn!(%error, "cannot look for drafts to publish; trying again in {} seconds", EVERY.as_secs());
            }
        }
    })
}

/// Publishes every draft whose time has come `now`, in milliseconds since 1970. One that does not pass its checks any more is left, with the reason.
///
/// # Errors
/// If the database fails; what is due stays due.
pub async fn publish_due(shelf: &Shelf, now: i64) -> Result<()> {
    for due in shelf.due_schedules(now).await? {
        match publish(shelf, &due).await {
            Ok(None) => {}
            Ok(Some(why)) => {
                tracing::warn!(slug = due.slug, "a draft was not published at the time that was set: {why}");
                shelf.fail_schedule(&due, &why).await?;
            }
            Err(Error::Database(error)) => return Err(error.into()),
            Err(error) => shelf.fail_schedule(&due, &format!("Nothing was published: {error}.")).await?,
        }
    }
    Ok(())
}

/// Publishes one draft; answers why not, if it must not be published.
async fn publish(shelf: &Shelf, due: &DueSchedule) -> Result<Option<String>> {
    let draft = shelf.open_draft(&due.slug).await?;
    if draft.revision != due.revision {
        return Ok(Some("The draft was edited after the time was set.".to_owned()));
    }
    let gate = shelf.gate(&draft).await?;
    if !gate.opens(&BTreeSet::new()) {
        return Ok(Some(format!("The draft did not pass its checks any more. {}", gate.refusal())));
    }
    // None where another server was quicker.
    if let Some(published) = shelf.publish_due(due).await? {
        tracing::info!(slug = due.slug, version = published.number, "published at the time that was set");
    }
    Ok(None)
}
