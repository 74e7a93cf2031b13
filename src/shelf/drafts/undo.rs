//! Undo and redo over the whole draft, back to the version that it started from.

use super::store::{self, Taken};
use super::{Present, Result, Saved, Shelf, Step};
use crate::audit::By;
use crate::db::Write;
use crate::shelf::words::{from_json, json};
use crate::tree::edit::Edit;

impl Shelf {
    /// Takes back the newest edit that stood at `revision`, as an edit of its own. What others have done since stays; if they changed the same, both are
    /// shown and nothing is changed.
    ///
    /// # Errors
    /// [`super::Error::NoTree`], or if the database cannot store it.
    pub async fn undo(&self, slug: &str, revision: i64, by: &By) -> Result<Saved> {
        self.take_back(slug, revision, by, Direction::Undo).await
    }

    /// Makes the edit again that was taken back last.
    ///
    /// # Errors
    /// [`super::Error::NoTree`], or if the database cannot store it.
    pub async fn redo(&self, slug: &str, revision: i64, by: &By) -> Result<Saved> {
        self.take_back(slug, revision, by, Direction::Redo).await
    }

    async fn take_back(&self, slug: &str, revision: i64, by: &By, direction: Direction) -> Result<Saved> {
        let (shelf, slug, by) = (self.clone(), slug.to_owned(), by.clone());
        self.edit(move |write, now| Box::pin(async move { take_back(write, &shelf, &slug, revision, &by, direction, now).await })).await
    }
}

/// Which way to go.
#[derive(Debug, Clone, Copy)]
enum Direction {
    Undo,
    Redo,
}

async fn take_back(write: &mut Write, shelf: &Shelf, slug: &str, revision: i64, by: &By, direction: Direction, now: i64) -> Result<Saved> {
    let present = Present::read(write, shelf, slug).await?;
    let seen: Vec<Taken> = open(write, &present).await?.into_iter().filter(|taken| taken.revision <= revision).collect();
    let (undoable, redoable) = stacks(&seen);
    let target = match direction {
        Direction::Undo => undoable.last(),
        Direction::Redo => redoable.last(),
    };
    let stored = match target {
        Some(target) => store::edit(write, present.row.id, *target).await?,
        None => None,
    };
    let (Some(target), Some(stored)) = (target.copied(), stored) else { return Ok(Saved::Unchanged(present.draft(write).await?)) };
    let step = match direction {
        Direction::Undo => Step { undoes: Some(target), ..Step::from(revision) },
        Direction::Redo => Step { redoes: Some(target), ..Step::from(revision) },
    };
    let edit: Edit = from_json(&stored)?;
    present.merge(write, &edit.inverse(), step, by, now).await
}

async fn open(write: &mut Write, present: &Present) -> Result<Vec<Taken>> {
    Ok(store::open_edits(write, present.row.id, &json(&Edit::default())?).await?)
}

/// The revisions of the edits that can be undone, and of the undoings that can be taken back; the next one is last. A new edit leaves nothing to redo.
pub(super) fn stacks(edits: &[Taken]) -> (Vec<i64>, Vec<i64>) {
    let (mut undoable, mut redoable): (Vec<i64>, Vec<i64>) = (Vec::new(), Vec::new());
    for edit in edits {
        match (edit.undoes, edit.redoes) {
            (Some(undone), _) => {
                undoable.retain(|revision| *revision != undone);
                redoable.push(edit.revision);
            }
            (None, Some(redone)) => {
                redoable.retain(|revision| *revision != redone);
                undoable.push(edit.revision);
            }
            (None, None) => {
                undoable.push(edit.revision);
                redoable.clear();
            }
        }
    }
    (undoable, redoable)
}
