//! Ladders as authors edit them: a level that a tree speaks of cannot vanish.

use std::fmt;
use std::sync::Arc;

use super::{newest, revisions};
use crate::audit::{self, Action, By};
use crate::db::Read;
use crate::shelf::{Error, Result, Shelf, drafts, read_tree, store};
use crate::tree::check::{self, Finding, Place};
use crate::tree::ladder::{Ladder, Ladders};
use crate::tree::model::Tree;

/// One revision of a ladder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LadderRevision {
    /// Counts the ladder's revisions from 1.
    pub revision: i64,
    /// When it was stored, in milliseconds since 1970.
    pub at: i64,
    /// Who saved it; `None` for what came with the program.
    pub by: Option<String>,
}

/// A level that a tree speaks of and that a new ladder does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelInUse {
    /// The level with its family, or the family.
    pub level: String,
    /// The title of the tree.
    pub tree: String,
    /// Where in the tree.
    pub place: String,
}

impl fmt::Display for LevelInUse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} in \"{}\", {}", self.level, self.tree, self.place)
    }
}

impl Shelf {
    /// The revisions of the ladder `key`, the newest first.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn ladder_revisions(&self, key: &str) -> Result<Vec<LadderRevision>> {
        let rows = revisions(&mut self.0.db.read().await?, key).await?;
        Ok(rows.into_iter().map(|(revision, at, by)| LadderRevision { revision, at, by }).collect())
    }

    /// The ladder as it was at `revision`.
    ///
    /// # Errors
    /// [`Error::NoLadder`] if it never had that revision.
    pub async fn ladder_at(&self, key: &str, revision: i64) -> Result<Arc<Ladder>> {
        self.0.ladders.get(&mut self.0.db.read().await?, (key.to_owned(), revision)).await
    }

    /// What trees would lose if `new` took the place of its newest revision: the levels that drafts and newest versions speak of and it does not have.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn levels_lost(&self, new: &Ladder) -> Result<Vec<LevelInUse>> {
        lost(&mut self.0.db.snapshot().await?, self, new).await
    }

    /// Stores `ladder` as the revision after `base_revision` (0 for a new ladder); answers the newest revision. An equal ladder is no new one.
    ///
    /// # Errors
    /// [`Error::Stale`] if `base_revision` is not the newest one, [`Error::LevelsInUse`] if trees speak of levels that it does not have.
    pub async fn save_ladder(&self, ladder: Ladder, base_revision: i64, by: &By) -> Result<i64> {
        let (shelf, by, now) = (self.clone(), by.clone(), self.0.clock.now_ms());
        self.change(move |write| {
            Box::pin(async move {
                let present = revisions(write, ladder.key()).await?.first().map_or(0, |(revision, ..)| *revision);
                if present != base_revision {
                    return Err(Error::Stale { present });
                }
                let lost = lost(write, &shelf, &ladder).await?;
                if !lost.is_empty() {
                    return Err(Error::LevelsInUse(lost));
                }
                let revision = super::insert(write, &ladder, Some(&by.name), now).await?;
                if revision != present {
                    audit::note(write, now, &by, Action::Ladder, ladder.key(), &format!("Saved revision {revision}")).await?;
                }
                Ok(revision)
            })
        })
        .await
    }
}

async fn lost(read: &mut Read, shelf: &Shelf, new: &Ladder) -> Result<Vec<LevelInUse>> {
    let newest = newest(read).await?;
    let before = shelf.0.ladders.together(read, newest).await?;
    let Some(old) = before.get(new.key()) else { return Ok(Vec::new()) };
    let others = before.iter().filter(|ladder| ladder.key() != new.key()).map(|ladder| Arc::new(ladder.clone()));
    let after = Ladders::new(others.chain([Arc::new(new.clone())]));
    let gone = gone(old, new);
    let mut found = Vec::new();
    for version in drafts::store::drafts(read).await?.into_iter().chain(store::current_versions(read).await?.into_iter().map(|(id, _)| id)) {
        let Some((_, tree)) = read_tree::tree(read, version).await? else { continue };
        for lost in in_tree(&tree, &before, &after, &gone) {
            if !found.contains(&lost) {
                found.push(lost);
            }
        }
    }
    Ok(found)
}

/// The family and level of everything that `new` does not have.
fn gone(old: &Ladder, new: &Ladder) -> Vec<(String, String)> {
    let levels = old.levels().map(|(family, _, release)| (family.name.clone(), release.level.clone()));
    levels.filter(|(family, level)| new.place(family, level).is_none()).collect()
}

/// What the checks of `tree` find with the ladders `after` and did not with those `before`.
fn in_tree(tree: &Tree, before: &Ladders, after: &Ladders, gone: &[(String, String)]) -> Vec<LevelInUse> {
    let known = check::check(tree, before);
    let new = check::check(tree, after).into_iter().filter(|finding| !known.contains(finding));
    new.map(|finding| LevelInUse { level: level(&finding, gone), tree: tree.title.clone(), place: place(tree, &finding) }).collect()
}

/// The level that the finding speaks of, as far as its words tell.
fn level(finding: &Finding, gone: &[(String, String)]) -> String {
    let says = |word: &str| finding.message.contains(word);
    let exact = gone.iter().find(|(family, level)| says(family) && says(level)).map(|(family, level)| format!("{family} {level}"));
    exact.or_else(|| gone.iter().find(|(family, _)| says(family)).map(|(family, _)| family.clone())).unwrap_or_else(|| finding.message.clone())
}

fn place(tree: &Tree, finding: &Finding) -> String {
    match (&finding.place, &finding.node) {
        (Some(Place::Case(name)), _) => format!("in the case \"{name}\""),
        (_, Some(key)) => format!("at the node \"{}\"", tree.node(key).map_or(key.as_str(), |node| node.title.as_str())),
        _ => "in the words about the tree".to_owned(),
    }
}
