//! The stored trees: drafts, published versions, ladders.
//!
//! What is published is read from the tables once and then shared as `Arc`s by every walk. Other processes are noticed by a counter that
//! each of them watches ([`Shelf::watch`]). The room stores what it is given: whether a tree is sound is the core's to say.

mod catalog;
mod drafts;
mod error;
mod examine;
mod gate;
mod images;
mod ladders;
mod list;
mod publish;
mod read_tree;
mod releases;
mod starters;
mod store;
mod words;
mod write_tree;

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use tokio::task::JoinHandle;

use crate::audit::By;
use crate::clock::Clock;
use crate::db::{Db, Write, WriteFuture};
use crate::tree::ladder::{Ladder, Ladders};
use crate::tree::model::Tree;

pub use catalog::{Catalog, Guide, Version, WithdrawnGuide};
pub use drafts::{Draft, EditRow, Restore, Saved, TreeRow};
pub use error::{Error, Result};
pub use examine::examine;
pub use images::{Added, Image, MAX_HEIGHT, MAX_PIXELS, MAX_UPLOAD, MAX_WIDTH, Refused as PictureRefused};
pub use ladders::{LadderRevision, LevelInUse};
pub use list::Listed;
pub use publish::Published;
pub use releases::{DueSchedule, Review, Schedule, VersionRow, Withdrawn};
pub use starters::{Loaded, Starter};

/// How often another process's changes are looked for.
const WATCH: Duration = Duration::from_millis(500);
/// Versions kept in memory beside the current ones, for older diagnoses.
const OLD_VERSIONS: u64 = 256;
/// Drafts kept in memory, each at one revision.
const OPEN_DRAFTS: u64 = 32;

/// The shelf. Clones share it.
#[derive(Debug, Clone)]
pub struct Shelf(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    db: Db,
    clock: Clock,
    catalog: RwLock<Arc<Catalog>>,
    /// By id, and by the change counter: a version that is withdrawn says so from then on.
    versions: moka::sync::Cache<(i64, i64), Arc<Version>>,
    /// By tree and revision, which is the same for ever.
    drafts: moka::sync::Cache<(i64, i64), Arc<Tree>>,
    ladders: ladders::LadderCache,
}

impl Shelf {
    /// Reads every guide into memory.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn open(db: Db, clock: Clock) -> Result<Self> {
        let shelf = Self(Arc::new(Inner {
            db,
            clock,
            catalog: RwLock::default(),
            versions: moka::sync::Cache::new(OLD_VERSIONS),
            drafts: moka::sync::Cache::new(OPEN_DRAFTS),
            ladders: ladders::LadderCache::default(),
        }));
        shelf.reload().await?;
        Ok(shelf)
    }

    /// The guides that visitors can choose from now.
    #[must_use]
    pub fn catalog(&self) -> Arc<Catalog> {
        Arc::clone(&self.0.catalog.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The version that visitors of the guide `slug` walk now.
    #[must_use]
    pub fn current(&self, slug: &str) -> Option<Arc<Version>> {
        let catalog = self.catalog();
        catalog.guide(slug).and_then(|guide| catalog.version(guide.id))
    }

    /// The published or withdrawn version `id`, however old.
    ///
    /// # Errors
    /// [`Error::NoVersion`] if there is none.
    pub async fn version(&self, id: i64) -> Result<Arc<Version>> {
        let catalog = self.catalog();
        let key = (id, catalog.changes());
        if let Some(version) = catalog.version(id).or_else(|| self.0.versions.get(&key)) {
            return Ok(version);
        }
        let mut read = self.0.db.snapshot().await?;
        let version = Arc::new(catalog::read_version(&mut read, id, &self.0.ladders).await?);
        self.0.versions.insert(key, Arc::clone(&version));
        Ok(version)
    }

    /// The present address of the tree that once was at `slug`; `None` if no tree has left that address.
    #[must_use]
    pub fn slug_moved(&self, slug: &str) -> Option<String> {
        self.catalog().moved(slug).map(str::to_owned)
    }

    /// The tree at `slug`, if visitors could choose it once and its authors have withdrawn it.
    #[must_use]
    pub fn withdrawn_guide(&self, slug: &str) -> Option<WithdrawnGuide> {
        self.catalog().withdrawn(slug).cloned()
    }

    /// The draft of the tree at `slug`.
    ///
    /// # Errors
    /// [`Error::NoTree`]; or if the database cannot be read.
    pub async fn draft(&self, slug: &str) -> Result<Option<Tree>> {
        let mut read = self.0.db.snapshot().await?;
        let tree = store::find_tree(&mut read, slug).await?.ok_or_else(|| Error::NoTree(slug.to_owned()))?;
        let Some(id) = store::draft(&mut read, tree.id).await? else { return Ok(None) };
        Ok(read_tree::tree(&mut read, id).await?.map(|(_, tree)| tree))
    }

    /// The newest revision of every ladder.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn ladders(&self) -> Result<Arc<Ladders>> {
        let mut read = self.0.db.snapshot().await?;
        let newest = ladders::newest(&mut read).await?;
        self.0.ladders.together(&mut read, newest).await
    }

    /// Stores `tree` as an author's draft; makes the tree if no tree has its slug.
    ///
    /// # Errors
    /// [`Error::NodeTwice`] and [`Error::NoTarget`] if its nodes do not hang together.
    pub async fn load_draft(&self, tree: Tree) -> Result<()> {
        self.load_all(vec![tree], None).await?;
        Ok(())
    }

    /// Stores `trees` as authors' drafts and, with the words for what changed, publishes them: all of them, or none. The caller has checked them.
    /// Answers what was published, in the order of publishing; a tree comes after those that it jumps to.
    ///
    /// # Errors
    /// As for [`Shelf::load_draft`] and [`Shelf::publish`].
    pub async fn load_all(&self, trees: Vec<Tree>, summary_of_change: Option<String>) -> Result<Vec<(String, Published)>> {
        let (shelf, by, now) = (self.clone(), By::command_line(), self.0.clock.now_ms());
        let (mut trees, mut pictures) = (trees, Vec::new());
        for tree in &mut trees {
            pictures.extend(images::unpack(tree).await?);
        }
        self.change(move |write| {
            Box::pin(async move {
                images::keep(write, &pictures, &by, now).await?;
                publish::load_all(write, &shelf, trees, summary_of_change.as_deref(), &by, now).await
            })
        })
        .await
    }

    /// Every tree with its newest version and whether it has a draft, by address.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn list(&self) -> Result<Vec<Listed>> {
        list::list(&mut self.0.db.read().await?).await
    }

    /// The id of every version that was ever published.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn version_ids(&self) -> Result<Vec<i64>> {
        let sealed = store::sealed_versions(&mut self.0.db.read().await?).await?;
        Ok(sealed.into_iter().map(|(id, _)| id).collect())
    }

    /// Publishes the draft of the tree at `slug`, whatever its revision, or its newest version once more. The caller has checked it.
    ///
    /// # Errors
    /// [`Error::NoTree`], [`Error::NoLadder`], or [`Error::JumpNotPublished`] if a jump leads to a tree without a published version.
    pub async fn publish(&self, slug: &str, summary_of_change: &str) -> Result<Published> {
        let (shelf, slug, summary, now) = (self.clone(), slug.to_owned(), summary_of_change.to_owned(), self.0.clock.now_ms());
        self.change(move |write| Box::pin(async move { publish::publish_at(write, &shelf, &slug, &summary, &By::command_line(), now).await })).await
    }

    /// Withdraws a published version: no new walk takes it, and older ones say so.
    ///
    /// # Errors
    /// [`Error::NoVersion`] if it is not published.
    pub async fn withdraw(&self, version_id: i64) -> Result<()> {
        let now = self.0.clock.now_ms();
        self.change(move |write| {
            Box::pin(async move {
                let withdrawn = store::withdraw(write, version_id, now).await?;
                if withdrawn == 1 { Ok(()) } else { Err(Error::NoVersion(version_id)) }
            })
        })
        .await
    }

    /// Moves the tree from the address `old` to `new`; `old` leads there from now on.
    ///
    /// # Errors
    /// [`Error::NoTree`], or [`Error::SlugTaken`] if another tree has or had `new`.
    pub async fn rename_slug(&self, old: &str, new: &str) -> Result<()> {
        let (old, new) = (old.to_owned(), new.to_owned());
        self.change(move |write| Box::pin(async move { publish::rename(write, &old, &new).await })).await
    }

    /// Stores each shipped ladder that was not loaded before as a new revision, unless an author has edited the newest one. Published versions keep theirs.
    ///
    /// # Errors
    /// If the database cannot store it.
    pub async fn load_ladders(&self, ladders: Vec<Ladder>) -> Result<()> {
        let now = self.0.clock.now_ms();
        self.change(move |write| {
            Box::pin(async move {
                for ladder in &ladders {
                    if !ladders::is_settled(write, ladder.key(), ladder.product(), &ladders::digest(&ladder.to_csv())).await? {
                        ladders::insert(write, ladder, None, now).await?;
                    }
                }
                Ok(())
            })
        })
        .await
    }

    /// Whether a shipped ladder with this table need not be loaded: it was before, or an author has edited the newest revision since. Says no for a table
    /// that is written differently but means the same.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn has_ladder(&self, key: &str, product: &str, table: &str) -> Result<bool> {
        Ok(ladders::is_settled(&mut self.0.db.read().await?, key, product, &ladders::digest(table)).await?)
    }

    /// Whether a file with this digest was loaded as a starter.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn has_starter(&self, digest: &str) -> Result<bool> {
        Ok(store::has_starter(&mut self.0.db.read().await?, digest).await?)
    }

    /// Loads the trees that ship with the program. What an author changed is never overwritten; `passes` says whether a tree passes its
    /// checks and all its cases with the given ladders. Answers what became of each, by slug.
    ///
    /// # Errors
    /// If a starter's jump leads to a tree that is neither published nor a starter, or the database cannot store it.
    pub async fn load_starters(&self, mut starters: Vec<Starter>, passes: impl Fn(&Tree, &Ladders) -> bool) -> Result<Vec<(String, Loaded)>> {
        let ladders = self.ladders().await?;
        let now = self.0.clock.now_ms();
        let mut pictures = Vec::new();
        for starter in &mut starters {
            pictures.extend(images::unpack(&mut starter.tree).await?);
        }
        if !pictures.is_empty() {
            self.change(move |write| Box::pin(async move { images::keep(write, &pictures, &By::program(), now).await })).await?;
        }
        let mut loaded = Vec::new();
        let mut waiting: Vec<_> = starters.into_iter().map(|starter| (passes(&starter.tree, &ladders), starter)).collect();
        // A jump pins the other tree's version, so a starter may have to wait for another; each round loads at least one.
        while !waiting.is_empty() {
            let before = waiting.len();
            let mut refused = None;
            for (passes, starter) in std::mem::take(&mut waiting) {
                let slug = starter.tree.slug.clone();
                let (shelf, again) = (self.clone(), starter.clone());
                match self.change(move |write| Box::pin(async move { starters::load(write, &shelf, &starter, passes, now).await })).await {
                    Ok(outcome) => loaded.push((slug, outcome)),
                    Err(error) if starters::may_succeed_later(&error) => {
                        waiting.push((passes, again));
                        refused = Some(error);
                    }
                    Err(error) => return Err(error),
                }
            }
            if let Some(error) = refused.filter(|_| waiting.len() == before) {
                return Err(error);
            }
        }
        Ok(loaded)
    }

    /// Runs a change in a transaction of its own and shows it at once.
    async fn change<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'w> FnOnce(&'w mut Write) -> WriteFuture<'w, T, Error> + Send + 'static,
    {
        let done = self
            .0
            .db
            .in_background(move |write| {
                Box::pin(async move {
                    store::note_change(write).await?;
                    work(write).await
                })
            })
            .await?;
        self.refresh().await?;
        Ok(done)
    }

    /// Counts every change of trees, ladders and addresses; two equal numbers mean that nothing of them differs.
    #[must_use]
    pub fn changes(&self) -> i64 {
        self.catalog().changes()
    }

    /// Shows what this or another process has changed; answers whether there was anything.
    ///
    /// # Errors
    /// If the database cannot be read; the shelf then stays as it was.
    pub async fn refresh(&self) -> Result<bool> {
        let changes = store::changes(&mut self.0.db.read().await?).await?;
        if changes == self.catalog().changes() {
            return Ok(false);
        }
        self.reload().await?;
        Ok(true)
    }

    async fn reload(&self) -> Result<()> {
        let mut read = self.0.db.snapshot().await?;
        let before = self.catalog();
        let catalog = Catalog::read(&mut read, &before, &self.0.ladders).await?;
        let mut shown = self.0.catalog.write().unwrap_or_else(PoisonError::into_inner);
        // Of two that read at once, the one that saw more stays.
        if catalog.changes() >= shown.changes() {
            *shown = Arc::new(catalog);
        }
        Ok(())
    }

    /// Looks for other processes' changes every half second, until the handle is aborted.
    #[must_use]
    pub fn watch(&self) -> JoinHandle<()> {
        let shelf = self.clone();
        tokio::spawn(async move {
            loop {
                tokio::time::sleep(WATCH).await;
                if let Err(error) = shelf.refresh().await {
                    tracing::warn!(%error, "cannot look for changed trees; trying again");
                }
            }
        })
    }
}
