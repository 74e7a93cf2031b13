//! Trees into the tables and back, versions, addresses, and the trees that ship with the program.

use std::sync::Arc;

use fixpath::clock::Clock;
use fixpath::db::Db;
use fixpath::shelf::{Error, Loaded, Shelf, Starter};
use fixpath::sql;
use fixpath::tree::ladder::Ladder;
use fixpath::tree::model::Tree;

use crate::databases::{NOW, SqliteFile, both};

const LADDER: &str = "family,kind,line,update,level,build,released,kb
5.0,service_packs,RTM,,RTM,5.0.1457,1997-05-23,
5.0,service_packs,SP1,,SP1,5.0.1458,1997-06,KB1
2019,updates,CU14,Aug26SU,CU14 Aug26SU,,,
";

pub fn ladder(key: &str) -> Ladder {
    Ladder::from_csv(key, "Exchange Server", LADDER).unwrap()
}

/// A tree with every feature of the file format.
pub fn full_tree(slug: &str) -> Tree {
    let mut tree: Tree = serde_json::from_str(include_str!("everything.json")).unwrap();
    tree.slug = slug.to_owned();
    tree
}

/// [`full_tree`] with one more node, which jumps to the tree at `target`.
pub fn jumping_tree(slug: &str, target: &str) -> Tree {
    let mut tree = full_tree(slug);
    tree.nodes.push(serde_json::from_value(serde_json::json!({"key": "elsewhere", "title": "Elsewhere", "jump": {"tree": target}})).unwrap());
    tree
}

async fn shelf(db: &Db) -> Shelf {
    let shelf = Shelf::open(db.clone(), Clock::fixed(NOW)).await.unwrap();
    shelf.load_ladders(vec![ladder("exchange"), ladder("windows")]).await.unwrap();
    shelf
}

async fn publish(shelf: &Shelf, tree: Tree) -> i64 {
    let slug = tree.slug.clone();
    shelf.load_draft(tree).await.unwrap();
    shelf.publish(&slug, "First").await.unwrap().version_id
}

#[tokio::test]
async fn a_tree_comes_back_as_it_was_stored() {
    both(async |db: Db| {
        let shelf = shelf(&db).await;
        publish(&shelf, full_tree("target")).await;
        let tree = jumping_tree("everything", "target");
        shelf.load_draft(tree.clone()).await.unwrap();
        assert_eq!(shelf.draft("everything").await.unwrap(), Some(tree.clone()));
        let published = shelf.publish("everything", "First").await.unwrap();
        assert_eq!(shelf.draft("everything").await.unwrap(), None);
        // Another process, which has nothing in memory yet.
        let fresh = Shelf::open(db.clone(), Clock::fixed(NOW)).await.unwrap();
        let version = fresh.version(published.version_id).await.unwrap();
        assert_eq!(*version.tree, tree);
        assert_eq!((version.number, version.published_at, version.withdrawn_at), (1, NOW, None));
        assert_eq!(**version.ladders.get("exchange").unwrap(), ladder("exchange"));
        assert_eq!(**version.ladders.get("windows").unwrap(), ladder("windows"));
    })
    .await;
}

#[tokio::test]
async fn guides_are_shared_and_changes_of_others_are_seen() {
    both(async |db: Db| {
        let shelf = shelf(&db).await;
        let other = Shelf::open(db.clone(), Clock::fixed(NOW)).await.unwrap();
        let id = publish(&shelf, full_tree("one")).await;
        assert!(other.catalog().guide("one").is_none());
        assert!(other.refresh().await.unwrap());
        assert!(!other.refresh().await.unwrap());
        let guide = other.catalog().guide("one").cloned().unwrap();
        assert_eq!((guide.id, guide.number, guide.published_at), (id, 1, NOW));
        assert!(Arc::ptr_eq(&guide.tree, &other.version(id).await.unwrap().tree));
    })
    .await;
}

#[tokio::test]
async fn a_new_version_leaves_the_old_one_as_it_was() {
    both(async |db: Db| {
        let shelf = shelf(&db).await;
        let first = publish(&shelf, full_tree("one")).await;
        let mut changed = full_tree("one");
        changed.title = "Changed".to_owned();
        let newer = Ladder::from_csv("exchange", "Exchange Server", &format!("{LADDER}2019,updates,CU15,,CU15,,,\n")).unwrap();
        shelf.load_ladders(vec![newer.clone(), ladder("windows")]).await.unwrap();
        let second = publish(&shelf, changed.clone()).await;
        let (old, new) = (shelf.version(first).await.unwrap(), shelf.version(second).await.unwrap());
        assert_eq!((old.number, new.number), (1, 2));
        assert_eq!((&*old.tree, &*new.tree), (&full_tree("one"), &changed));
        assert_eq!(**old.ladders.get("exchange").unwrap(), ladder("exchange"));
        assert_eq!(**new.ladders.get("exchange").unwrap(), newer);
        assert_eq!(shelf.catalog().guides().len(), 1);
        assert_eq!(shelf.catalog().guide("one").unwrap().id, second);
        let (revisions,) = sql!(&mut db.read().await.unwrap(), one<(i64,)> "SELECT COUNT(*) FROM ladder").unwrap();
        assert_eq!(revisions, 3, "an equal ladder is no new revision");
    })
    .await;
}

#[tokio::test]
async fn a_withdrawn_version_says_so_and_the_one_before_is_the_guide() {
    both(async |db: Db| {
        let shelf = shelf(&db).await;
        let first = publish(&shelf, full_tree("one")).await;
        let second = publish(&shelf, full_tree("one")).await;
        assert_eq!(shelf.version(second).await.unwrap().withdrawn_at, None);
        shelf.withdraw(second).await.unwrap();
        assert_eq!(shelf.catalog().guide("one").unwrap().id, first);
        assert_eq!(shelf.version(second).await.unwrap().withdrawn_at, Some(NOW));
        assert!(matches!(shelf.withdraw(second).await, Err(Error::NoVersion(_))));
        assert_eq!(shelf.version(publish(&shelf, full_tree("one")).await).await.unwrap().number, 3, "a number is given once");
    })
    .await;
}

#[tokio::test]
async fn a_jump_is_pinned_to_the_version_of_that_day() {
    both(async |db: Db| {
        let shelf = shelf(&db).await;
        shelf.load_draft(jumping_tree("from", "to")).await.unwrap();
        assert!(matches!(shelf.publish("from", "").await, Err(Error::JumpNotPublished(slug)) if slug == "to"));
        let target = publish(&shelf, full_tree("to")).await;
        let from = shelf.publish("from", "").await.unwrap().version_id;
        publish(&shelf, full_tree("to")).await;
        assert_eq!(shelf.version(from).await.unwrap().jumps.get("to"), Some(&target));
        shelf.load_draft(jumping_tree("to", "to")).await.unwrap();
        assert!(matches!(shelf.publish("to", "").await, Err(Error::JumpToItself(_))));
    })
    .await;
}

#[tokio::test]
async fn a_tree_that_moved_is_found_at_its_former_address() {
    both(async |db: Db| {
        let shelf = shelf(&db).await;
        let id = publish(&shelf, full_tree("old")).await;
        publish(&shelf, full_tree("other")).await;
        shelf.rename_slug("old", "new").await.unwrap();
        assert_eq!(shelf.slug_moved("old").as_deref(), Some("new"));
        assert_eq!(shelf.slug_moved("new"), None);
        assert_eq!(shelf.catalog().guide("new").unwrap().id, id);
        assert!(matches!(shelf.rename_slug("other", "old").await, Err(Error::SlugTaken(_))), "former addresses stay taken");
        assert!(matches!(shelf.rename_slug("none", "any").await, Err(Error::NoTree(_))));
        assert_eq!(shelf.version(id).await.unwrap().tree.slug, "old", "facts are qualified by the slug of their day");
        shelf.rename_slug("new", "old").await.unwrap();
        assert_eq!(shelf.slug_moved("new").as_deref(), Some("old"));
        assert_eq!(shelf.slug_moved("old"), None);
    })
    .await;
}

#[tokio::test]
async fn a_tree_that_does_not_hang_together_is_refused_whole() {
    both(async |db: Db| {
        let shelf = shelf(&db).await;
        let mut dangling = full_tree("dangling");
        dangling.nodes.retain(|node| node.key != "by_size");
        assert!(matches!(shelf.load_draft(dangling).await, Err(Error::NoTarget { target, .. }) if target == "by_size"));
        let mut twice = full_tree("twice");
        twice.nodes.extend(full_tree("twice").nodes.pop());
        assert!(matches!(shelf.load_draft(twice).await, Err(Error::NodeTwice(key)) if key == "hand_over"));
        assert!(matches!(shelf.draft("dangling").await, Err(Error::NoTree(_))), "nothing is half-loaded");
        let mut foreign = full_tree("foreign");
        foreign.ladder = "notes".to_owned();
        shelf.load_draft(foreign).await.unwrap();
        assert!(matches!(shelf.publish("foreign", "").await, Err(Error::NoLadder(key)) if key == "notes"));
    })
    .await;
}

fn starter(tree: Tree, digest: &str) -> Starter {
    Starter { digest: digest.to_owned(), tree }
}

async fn load(shelf: &Shelf, starters: Vec<Starter>, passes: bool) -> Vec<Loaded> {
    shelf.load_starters(starters, |_, _| passes).await.unwrap().into_iter().map(|(_, loaded)| loaded).collect()
}

#[tokio::test]
async fn starters_are_published_once_and_newer_files_follow() {
    both(async |db: Db| {
        let shelf = shelf(&db).await;
        assert_eq!(load(&shelf, vec![starter(full_tree("one"), "d1")], true).await, [Loaded::Published]);
        assert_eq!(load(&shelf, vec![starter(full_tree("one"), "d1")], true).await, [Loaded::Unchanged]);
        assert_eq!(load(&shelf, vec![starter(full_tree("one"), "d2")], true).await, [Loaded::Published]);
        assert_eq!(shelf.catalog().guide("one").unwrap().number, 2);
    })
    .await;
}

#[tokio::test]
async fn a_starter_whose_cases_fail_is_offered_as_a_draft() {
    both(async |db: Db| {
        let shelf = shelf(&db).await;
        load(&shelf, vec![starter(full_tree("one"), "d1")], true).await;
        let mut newer = full_tree("one");
        newer.title = "Newer".to_owned();
        assert_eq!(load(&shelf, vec![starter(newer.clone(), "d2")], false).await, [Loaded::Offered]);
        assert_eq!(*shelf.catalog().guide("one").unwrap().tree, full_tree("one"));
        assert_eq!(shelf.draft("one").await.unwrap(), Some(newer));
    })
    .await;
}

#[tokio::test]
async fn what_an_author_changed_is_never_overwritten() {
    both(async |db: Db| {
        let shelf = shelf(&db).await;
        load(&shelf, vec![starter(full_tree("one"), "d1")], true).await;
        let mut authors = full_tree("one");
        authors.title = "The author's".to_owned();
        shelf.load_draft(authors.clone()).await.unwrap();
        assert_eq!(load(&shelf, vec![starter(full_tree("one"), "d2")], true).await, [Loaded::Held]);
        assert_eq!(shelf.draft("one").await.unwrap(), Some(authors.clone()));
        shelf.publish("one", "Mine").await.unwrap();
        assert_eq!(load(&shelf, vec![starter(full_tree("one"), "d2")], true).await, [Loaded::Offered]);
        assert_eq!(*shelf.catalog().guide("one").unwrap().tree, authors);
        assert_eq!(shelf.draft("one").await.unwrap(), Some(full_tree("one")));
    })
    .await;
}

#[tokio::test]
async fn starters_that_jump_wait_for_their_targets() {
    both(async |db: Db| {
        let shelf = shelf(&db).await;
        let starters = vec![starter(jumping_tree("a", "b"), "a1"), starter(jumping_tree("b", "c"), "b1"), starter(full_tree("c"), "c1")];
        assert_eq!(load(&shelf, starters, true).await, [Loaded::Published; 3]);
        let lost = shelf.load_starters(vec![starter(jumping_tree("d", "nowhere"), "d1")], |_, _| true).await;
        assert!(matches!(lost, Err(Error::JumpNotPublished(slug)) if slug == "nowhere"));
    })
    .await;
}

#[tokio::test]
async fn many_versions_and_authors_at_once_lose_nothing() {
    let file = SqliteFile::new();
    let shelf = shelf(&file.open().await).await;
    let publishing = (0..10).map(|number| {
        let shelf = shelf.clone();
        async move { publish(&shelf, full_tree(&format!("tree-{number}"))).await }
    });
    futures_util::future::join_all(publishing).await;
    assert_eq!(shelf.catalog().guides().len(), 10);
}
