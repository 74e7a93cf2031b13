//! Published trees in memory.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::ladders::LadderCache;
use super::releases::{self, Withdrawn};
use super::{Error, Result, images, ladders, read_tree, store};
use crate::db::Read;
use crate::tree::closure::{Closure, NodeRef};
use crate::tree::ladder::Ladders;
use crate::tree::model::Tree;
use crate::tree::picture::Sizes;

/// A published version: the tree and everything it is pinned to.
#[derive(Debug, Clone)]
pub struct Version {
    /// What diagnoses are pinned to.
    pub id: i64,
    /// The tree through all its versions.
    pub tree_id: i64,
    /// Counts the tree's versions from 1.
    pub number: i64,
    /// Milliseconds since 1970-01-01 UTC.
    pub published_at: i64,
    /// When it was withdrawn, in the same unit.
    pub withdrawn_at: Option<i64>,
    /// Why, if the whole tree was withdrawn and not published since.
    pub withdrawn_reason: Option<String>,
    /// The tree itself; its slug is the one it had when it was published.
    pub tree: Arc<Tree>,
    /// The version that each jump leads to, by the slug as the tree writes it.
    pub jumps: BTreeMap<String, i64>,
    /// The ladder revisions that its levels belong to.
    pub ladders: Arc<Ladders>,
    /// All of this as walks take it, with the trees that it jumps to.
    pub closure: Arc<Closure>,
    /// The outcomes that authors have withdrawn since, of this tree and of those that it jumps to.
    pub withdrawn_outcomes: BTreeMap<NodeRef, Withdrawn>,
}

/// A tree that visitors can no longer choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WithdrawnGuide {
    /// What its newest version was called.
    pub title: String,
    /// When it was withdrawn, in milliseconds since 1970-01-01 UTC.
    pub at: i64,
    /// Why, for whoever follows an old link; none if that was not said.
    pub reason: Option<String>,
}

/// A tree that visitors can choose: its newest published version.
#[derive(Debug, Clone, PartialEq)]
pub struct Guide {
    /// The version's id.
    pub id: i64,
    /// The present address of the tree.
    pub slug: String,
    /// The version's number.
    pub number: i64,
    /// Milliseconds since 1970-01-01 UTC.
    pub published_at: i64,
    /// The tree itself.
    pub tree: Arc<Tree>,
}

/// Every guide as of one moment.
#[derive(Debug, Default)]
pub struct Catalog {
    guides: Vec<Guide>,
    versions: BTreeMap<i64, Arc<Version>>,
    former: BTreeMap<String, String>,
    ladders: Arc<Ladders>,
    /// Trees without a published version that once had one, by their present address.
    withdrawn: BTreeMap<String, WithdrawnGuide>,
    /// The digests of the pictures that published versions show.
    images: BTreeSet<String>,
    image_sizes: Arc<Sizes>,
    changes: i64,
}

impl Catalog {
    /// The guides by title.
    #[must_use]
    pub fn guides(&self) -> &[Guide] {
        &self.guides
    }

    /// The guide whose present address is `slug`.
    #[must_use]
    pub fn guide(&self, slug: &str) -> Option<&Guide> {
        self.guides.iter().find(|guide| guide.slug == slug)
    }

    /// The version with `id`, if it is a guide's.
    #[must_use]
    pub fn version(&self, id: i64) -> Option<Arc<Version>> {
        self.versions.get(&id).cloned()
    }

    /// The newest revision of every ladder, for reading what is pasted before a guide is chosen.
    #[must_use]
    pub fn ladders(&self) -> &Arc<Ladders> {
        &self.ladders
    }

    /// The tree at `slug`, if its newest version was withdrawn.
    pub(super) fn withdrawn(&self, slug: &str) -> Option<&WithdrawnGuide> {
        self.withdrawn.get(slug)
    }

    /// The sizes of all pictures, by digest.
    #[must_use]
    pub fn image_sizes(&self) -> &Arc<Sizes> {
        &self.image_sizes
    }

    /// Whether a published version shows the picture, or did.
    pub(super) fn is_image_published(&self, digest: &str) -> bool {
        self.images.contains(digest)
    }

    /// The present address of the tree that left `slug`.
    pub(super) fn moved(&self, slug: &str) -> Option<&str> {
        self.former.get(slug).map(String::as_str)
    }

    /// The change counter when it was read.
    pub(super) fn changes(&self) -> i64 {
        self.changes
    }

    /// Reads what is not in `before` already.
    pub(super) async fn read(read: &mut Read, before: &Self, cache: &LadderCache) -> Result<Self> {
        let changes = store::changes(read).await?;
        let newest = ladders::newest(read).await?;
        let ladders = cache.together(read, newest).await?;
        let mut catalog = Self { changes, ladders, former: store::former_slugs(read).await?.into_iter().collect(), ..Self::default() };
        let known = images::store::known(read).await?;
        catalog.images = known.iter().filter(|(_, known)| known.is_published).map(|(digest, _)| digest.clone()).collect();
        catalog.image_sizes = Arc::new(known.into_iter().map(|(digest, known)| (digest, known.size)).collect());
        for (id, slug) in store::current_versions(read).await? {
            let version = match before.version(id) {
                Some(version) => still(version, read_withdrawn(read, id).await?),
                None => Arc::new(read_version(read, id, cache).await?),
            };
            catalog.guides.push(Guide { id, slug, number: version.number, published_at: version.published_at, tree: Arc::clone(&version.tree) });
            catalog.versions.insert(id, version);
        }
        catalog.withdrawn = releases::store::withdrawn_guides(read).await?.into_iter().collect();
        Ok(catalog)
    }
}

/// The version with what is withdrawn of it now.
fn still(version: Arc<Version>, withdrawn_outcomes: BTreeMap<NodeRef, Withdrawn>) -> Arc<Version> {
    if version.withdrawn_outcomes == withdrawn_outcomes { version } else { Arc::new(Version { withdrawn_outcomes, ..Version::clone(&version) }) }
}

/// The withdrawn outcomes of the version and of those that its jumps are pinned to.
async fn read_withdrawn(read: &mut Read, id: i64) -> Result<BTreeMap<NodeRef, Withdrawn>> {
    let mut found = BTreeMap::new();
    let mut waiting = vec![id];
    while let Some(id) = waiting.pop() {
        for (slug, node, withdrawn) in releases::store::withdrawn_of_version(read, id).await? {
            found.insert(NodeRef::new(&slug, &node), withdrawn);
        }
        waiting.extend(store::pinned_jumps(read, id).await?.into_iter().map(|(_, target)| target));
    }
    Ok(found)
}

/// Reads one published version from the tables, with those that its jumps are pinned to. Pins lead to older versions only, so this ends.
pub(super) async fn read_version(read: &mut Read, id: i64, cache: &LadderCache) -> Result<Version> {
    let (head, tree) = read_tree::tree(read, id).await?.ok_or(Error::NoVersion(id))?;
    let (Some(number), Some(published_at)) = (head.number, head.published_at) else {
        return Err(Error::NoVersion(id));
    };
    let pinned = ladders::pinned(read, id).await?;
    let (tree, ladders) = (Arc::new(tree), cache.together(read, pinned).await?);
    let jumps: BTreeMap<String, i64> = store::pinned_jumps(read, id).await?.into_iter().collect();
    let mut closure = Closure::single(Arc::clone(&tree), Arc::clone(&ladders));
    for (slug, target) in &jumps {
        let target = Box::pin(read_version(read, *target, cache)).await?;
        closure.jumps.insert(slug.clone(), target.closure);
    }
    let (id, tree_id, withdrawn_at, closure) = (head.id, head.tree_id, head.withdrawn_at, Arc::new(closure));
    let withdrawn_outcomes = read_withdrawn(read, id).await?;
    let withdrawn_reason = if withdrawn_at.is_some() { releases::store::withdrawn_reason(read, tree_id).await? } else { None };
    Ok(Version { id, tree_id, number, published_at, withdrawn_at, withdrawn_reason, tree, jumps, ladders, closure, withdrawn_outcomes })
}
