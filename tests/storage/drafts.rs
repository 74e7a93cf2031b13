//! Drafts: saved, merged, undone, published, and what becomes of versions.

use fixpath::audit::By;
use fixpath::clock::Clock;
use fixpath::db::Db;
use fixpath::shelf::{Draft, Error, Restore, Saved, Shelf};
use fixpath::tree::edit::Part;
use fixpath::tree::model::{NodeKind, Tree};

use crate::databases::{NOW, both, on_disks};
use crate::shelf::{full_tree, ladder};

async fn shelf(db: &Db) -> Shelf {
    let shelf = Shelf::open(db.clone(), Clock::fixed(NOW)).await.unwrap();
    shelf.load_ladders(vec![ladder("exchange"), ladder("windows")]).await.unwrap();
    shelf
}

fn by(name: &str) -> By {
    By { name: name.to_owned(), address: "192.0.2.1".to_owned() }
}

/// The tree with another title of its node `key`.
fn titled(tree: &Tree, key: &str, title: &str) -> Tree {
    let mut tree = tree.clone();
    tree.nodes.iter_mut().find(|node| node.key == key).unwrap().title = title.to_owned();
    tree
}

/// The tree with one more outcome, to which `otherwise` of the question `share` leads.
fn grown(tree: &Tree, key: &str) -> Tree {
    let mut tree = tree.clone();
    let node = serde_json::json!({"key": key, "title": "New", "outcome": {"verdict": "nothing_wrong", "headline": "Nothing", "cause": "None."}});
    tree.nodes.insert(1, serde_json::from_value(node).unwrap());
    tree
}

fn title(draft: &Draft, key: &str) -> String {
    draft.tree.node(key).unwrap().title.clone()
}

fn stored(saved: Saved) -> Draft {
    match saved {
        Saved::Stored(draft) => draft,
        other => panic!("not stored: {other:?}"),
    }
}

/// What a process that has nothing in memory reads from the tables.
async fn read_afresh(db: &Db, slug: &str) -> Draft {
    Shelf::open(db.clone(), Clock::fixed(NOW)).await.unwrap().open_draft(slug).await.unwrap()
}

#[tokio::test]
async fn a_save_is_stored_with_its_author_and_read_back() {
    both(async |db: Db| {
        let shelf = shelf(&db).await;
        let made = shelf.create(full_tree("one"), &by("ann")).await.unwrap();
        assert_eq!((made.revision, made.number, made.live, made.has_changes, made.can_undo), (1, 1, None, true, false));
        let edited = grown(&titled(&made.tree, "fix", "Repaired"), "extra");
        let draft = stored(shelf.save("one", 1, edited.clone(), &by("ben")).await.unwrap());
        assert_eq!((draft.revision, draft.saved_by.as_deref(), draft.saved_at, draft.edits), (2, Some("ben"), Some(NOW), 1));
        let read = read_afresh(&db, "one").await;
        assert_eq!(*read.tree, edited);
        assert_eq!(read, draft);
        assert!(matches!(shelf.save("one", 2, edited, &by("ben")).await.unwrap(), Saved::Unchanged(_)));
        let history = shelf.history("one", None, 10).await.unwrap();
        assert_eq!(history.iter().map(|row| (row.revision, row.by.as_str())).collect::<Vec<_>>(), [(2, "ben"), (1, "ann")]);
        assert_eq!(history[0].sentences, ["Added the outcome “New”", "Renamed “Fix” to “Repaired”"]);
        assert!(matches!(shelf.create(full_tree("one"), &by("ann")).await, Err(Error::SlugTaken(_))));
    })
    .await;
}

#[tokio::test]
async fn authors_of_different_nodes_both_keep_what_they_wrote() {
    on_disks(async |db: Db| {
        let shelf = shelf(&db).await;
        let made = shelf.create(full_tree("one"), &by("ann")).await.unwrap();
        let other = Shelf::open(db.clone(), Clock::fixed(NOW)).await.unwrap();
        let (ann, ben) = (grown(&titled(&made.tree, "fix", "Ann's"), "anns"), grown(&titled(&made.tree, "share", "Ben's"), "bens"));
        let (by_ann, by_ben) = (by("ann"), by("ben"));
        let (first, second) = tokio::join!(shelf.save("one", 1, ann, &by_ann), other.save("one", 1, ben, &by_ben));
        assert!(matches!((first.unwrap(), second.unwrap()), (Saved::Stored(_), Saved::Stored(_))));
        let draft = read_afresh(&db, "one").await;
        assert_eq!((title(&draft, "fix"), title(&draft, "share"), draft.revision), ("Ann's".to_owned(), "Ben's".to_owned(), 3));
        assert!(draft.tree.node("anns").is_some() && draft.tree.node("bens").is_some());
    })
    .await;
}

#[tokio::test]
async fn authors_of_one_node_get_both_texts() {
    on_disks(async |db: Db| {
        let shelf = shelf(&db).await;
        let made = shelf.create(full_tree("one"), &by("ann")).await.unwrap();
        stored(shelf.save("one", 1, titled(&made.tree, "fix", "Ann's"), &by("ann")).await.unwrap());
        let bens = titled(&titled(&made.tree, "fix", "Ben's"), "share", "Also Ben's");
        let Saved::Conflict { draft, conflicts } = shelf.save("one", 1, bens, &by("ben")).await.unwrap() else { panic!("no conflict") };
        assert_eq!((draft.revision, title(&draft, "share")), (2, "Share".to_owned()));
        assert_eq!(conflicts.iter().map(|conflict| conflict.part.clone()).collect::<Vec<_>>(), [Part::Node("fix".to_owned())]);
        let titles = [&conflicts[0].base, &conflicts[0].mine, &conflicts[0].theirs].map(|json| json.as_ref().unwrap()["title"].clone());
        assert_eq!(titles, ["Fix", "Ben's", "Ann's"]);
        assert_eq!(read_afresh(&db, "one").await.revision, 2);
    })
    .await;
}

#[tokio::test]
async fn a_branch_to_a_node_that_others_deleted_is_a_conflict() {
    both(async |db: Db| {
        let shelf = shelf(&db).await;
        let made = shelf.create(grown(&full_tree("one"), "extra"), &by("ann")).await.unwrap();
        let mut without = Tree::clone(&made.tree);
        without.nodes.retain(|node| node.key != "extra");
        let mut leads_there = Tree::clone(&made.tree);
        for node in &mut leads_there.nodes {
            if let NodeKind::Route(fork) = &mut node.kind {
                fork.unknown = "extra".to_owned();
            }
        }
        stored(shelf.save("one", 1, without.clone(), &by("ann")).await.unwrap());
        let saved = shelf.save("one", 1, leads_there.clone(), &by("ben")).await.unwrap();
        assert!(matches!(&saved, Saved::Conflict { conflicts, .. } if conflicts[0].part == Part::Node("by_size".to_owned())), "{saved:?}");
        let undone = stored(shelf.undo("one", 2, &by("ann")).await.unwrap());
        stored(shelf.save("one", undone.revision, leads_there, &by("ben")).await.unwrap());
        let saved = shelf.save("one", undone.revision, without, &by("ann")).await.unwrap();
        assert!(matches!(&saved, Saved::Conflict { conflicts, .. } if conflicts[0].part == Part::Node("extra".to_owned())), "{saved:?}");
    })
    .await;
}

#[tokio::test]
async fn undo_and_redo_go_back_and_forth_over_the_whole_draft() {
    both(async |db: Db| {
        let shelf = shelf(&db).await;
        let mut draft = shelf.create(full_tree("one"), &by("ann")).await.unwrap();
        let first = Tree::clone(&draft.tree);
        let states = [grown(&first, "extra"), grown(&titled(&first, "share", "B"), "extra"), titled(&first, "share", "C")];
        for state in &states {
            draft = stored(shelf.save("one", draft.revision, state.clone(), &by("ann")).await.unwrap());
        }
        for expected in [&states[1], &states[0], &first] {
            assert!(draft.can_undo);
            draft = stored(shelf.undo("one", draft.revision, &by("ann")).await.unwrap());
            assert_eq!(*draft.tree, *expected);
        }
        assert!(!draft.can_undo && draft.can_redo);
        assert!(matches!(shelf.undo("one", draft.revision, &by("ann")).await.unwrap(), Saved::Unchanged(_)));
        for expected in [&states[0], &states[1]] {
            draft = stored(shelf.redo("one", draft.revision, &by("ben")).await.unwrap());
            assert_eq!(*draft.tree, *expected);
        }
        draft = stored(shelf.undo("one", draft.revision, &by("ann")).await.unwrap());
        assert_eq!(*draft.tree, states[0]);
        draft = stored(shelf.save("one", draft.revision, titled(&draft.tree, "fix", "D"), &by("ann")).await.unwrap());
        assert!(!draft.can_redo, "a new edit leaves nothing to redo");
        assert_eq!(read_afresh(&db, "one").await, draft);
        for (revision, state) in (1..).zip([&first, &states[0], &states[1], &states[2], &states[1], &states[0], &first]) {
            assert_eq!(*shelf.draft_at("one", revision).await.unwrap(), *state, "revision {revision}");
        }
        assert!(matches!(shelf.draft_at("one", draft.revision + 1).await, Err(Error::NoRevision { .. })));
    })
    .await;
}

#[tokio::test]
async fn undoing_what_another_author_has_changed_since_is_a_conflict() {
    both(async |db: Db| {
        let shelf = shelf(&db).await;
        let made = shelf.create(full_tree("one"), &by("ann")).await.unwrap();
        let anns = stored(shelf.save("one", 1, titled(&made.tree, "fix", "Ann's"), &by("ann")).await.unwrap());
        let bens = stored(shelf.save("one", 2, titled(&anns.tree, "fix", "Ben's"), &by("ben")).await.unwrap());
        let saved = shelf.undo("one", anns.revision, &by("ann")).await.unwrap();
        assert!(matches!(&saved, Saved::Conflict { conflicts, .. } if conflicts.len() == 1), "{saved:?}");
        stored(shelf.save("one", bens.revision, titled(&titled(&bens.tree, "fix", "Ann's"), "share", "Ben's"), &by("ben")).await.unwrap());
        let undone = stored(shelf.undo("one", anns.revision, &by("ann")).await.unwrap());
        assert_eq!((title(&undone, "fix"), title(&undone, "share")), ("Fix".to_owned(), "Ben's".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn a_published_draft_is_no_draft_and_its_revisions_count_on() {
    both(async |db: Db| {
        let shelf = shelf(&db).await;
        shelf.create(full_tree("one"), &by("ann")).await.unwrap();
        assert!(matches!(shelf.publish_draft("one", 0, "First", &by("ann")).await, Err(Error::Stale { present: 1 })));
        assert!(matches!(shelf.publish_draft("one", 1, " ", &by("ann")).await, Err(Error::NoSummary)));
        assert_eq!(shelf.publish_draft("one", 1, "First", &by("ann")).await.unwrap().number, 1);
        let draft = shelf.open_draft("one").await.unwrap();
        assert_eq!((draft.revision, draft.number, draft.live, draft.has_changes, draft.can_undo, draft.saved_by.clone()), (1, 2, Some(1), false, false, None));
        assert!(
            matches!(shelf.publish_draft("one", 1, "Again", &by("ann")).await, Err(Error::NothingToPublish(_))),
            "a form that was sent twice publishes once"
        );
        let changed = stored(shelf.save("one", 1, titled(&draft.tree, "fix", "New"), &by("ben")).await.unwrap());
        assert!(changed.has_changes && changed.can_undo);
        let undone = stored(shelf.undo("one", 2, &by("ben")).await.unwrap());
        assert!(!undone.has_changes && undone.can_redo && !shelf.trees_overview().await.unwrap()[0].has_draft);
        stored(shelf.redo("one", 3, &by("ben")).await.unwrap());
        shelf.publish_draft("one", 4, "Second", &by("ben")).await.unwrap();
        let versions = shelf.versions("one").await.unwrap();
        let known: Vec<_> = versions.iter().map(|row| (row.number, row.by.as_deref(), row.summary.as_str(), row.revision)).collect();
        assert_eq!(known, [(2, Some("ben"), "Second", Some(4)), (1, Some("ann"), "First", Some(1))]);
        assert_eq!(*shelf.version_tree("one", 1).await.unwrap(), full_tree("one"));
        assert_eq!(shelf.history("one", None, 9).await.unwrap().iter().map(|row| row.version).collect::<Vec<_>>(), [Some(2), Some(2), Some(2), Some(1)]);
        let restored = stored(shelf.restore("one", 4, Restore::Version(1), &by("ann")).await.unwrap());
        assert_eq!((*restored.tree).clone(), full_tree("one"));
        let restored = stored(shelf.restore("one", 5, Restore::Revision(4), &by("ann")).await.unwrap());
        assert!(!restored.has_changes, "what equals the newest version is no draft");
    })
    .await;
}

#[tokio::test]
async fn a_file_replaces_the_revision_that_it_names() {
    both(async |db: Db| {
        let shelf = shelf(&db).await;
        let made = shelf.create(full_tree("one"), &by("ann")).await.unwrap();
        stored(shelf.save("one", 1, titled(&made.tree, "fix", "Ann's"), &by("ann")).await.unwrap());
        let file = titled(&made.tree, "share", "Ben's");
        let Saved::Conflict { conflicts, .. } = shelf.replace("one", 1, file.clone(), &by("ben")).await.unwrap() else { panic!("no conflict") };
        assert_eq!(conflicts.len(), 2, "everything that differs: {conflicts:?}");
        assert_eq!(*stored(shelf.replace("one", 2, file.clone(), &by("ben")).await.unwrap()).tree, file);
        assert!(matches!(shelf.replace("one", 3, full_tree("two"), &by("ben")).await, Err(Error::OtherTree { .. })));
    })
    .await;
}

#[tokio::test]
async fn with_four_eyes_somebody_else_publishes() {
    both(async |db: Db| {
        let shelf = shelf(&db).await;
        shelf.create(full_tree("one"), &by("ann")).await.unwrap();
        shelf.set_four_eyes("one", true, &by("eve")).await.unwrap();
        assert!(matches!(shelf.publish_draft("one", 1, "First", &by("ann")).await, Err(Error::FourEyes(name)) if name == "ann"));
        assert!(matches!(shelf.schedule("one", 1, NOW + 1, "First", &by("ann")).await, Err(Error::FourEyes(_))));
        assert!(matches!(shelf.ask_review("one", 0, "", &by("ben")).await, Err(Error::Stale { present: 1 })));
        shelf.ask_review("one", 1, "Please look.", &by("ben")).await.unwrap();
        let review = shelf.open_draft("one").await.unwrap().review.unwrap();
        assert_eq!((review.by.as_str(), review.note.as_str(), review.revision, review.at), ("ben", "Please look.", 1, NOW));
        assert!(matches!(shelf.publish_draft("one", 1, "First", &by("ben")).await, Err(Error::FourEyes(_))), "who asks does not publish");
        shelf.publish_draft("one", 1, "First", &by("eve")).await.unwrap();
        assert_eq!(shelf.open_draft("one").await.unwrap().review, None);
    })
    .await;
}

#[tokio::test]
async fn what_is_due_is_published_once_by_whichever_server_comes_first() {
    on_disks(async |db: Db| {
        let shelf = shelf(&db).await;
        let other = Shelf::open(db.clone(), Clock::fixed(NOW)).await.unwrap();
        shelf.create(full_tree("one"), &by("ann")).await.unwrap();
        shelf.schedule("one", 1, NOW + 10, "Later", &by("ann")).await.unwrap();
        assert_eq!(shelf.due_schedules(NOW + 9).await.unwrap(), []);
        let due = shelf.due_schedules(NOW + 10).await.unwrap().remove(0);
        assert_eq!(other.due_schedules(NOW + 10).await.unwrap(), std::slice::from_ref(&due));
        let (first, second) = tokio::join!(shelf.publish_due(&due), other.publish_due(&due));
        assert_eq!([first.unwrap(), second.unwrap()].iter().flatten().count(), 1);
        let versions = shelf.versions("one").await.unwrap();
        assert_eq!((versions.len(), versions[0].by.as_deref(), versions[0].summary.as_str()), (1, Some("ann"), "Later"));
    })
    .await;
}

#[tokio::test]
async fn a_schedule_holds_for_one_revision_only() {
    both(async |db: Db| {
        let shelf = shelf(&db).await;
        let made = shelf.create(full_tree("one"), &by("ann")).await.unwrap();
        shelf.schedule("one", 1, NOW, "Later", &by("ann")).await.unwrap();
        let due = shelf.due_schedules(NOW).await.unwrap().remove(0);
        let edited = stored(shelf.save("one", 1, titled(&made.tree, "fix", "Edited"), &by("ben")).await.unwrap());
        assert!(edited.schedule.is_some_and(|schedule| schedule.stale && schedule.revision == 1), "it is shown");
        assert_eq!(shelf.due_schedules(NOW).await.unwrap(), []);
        assert_eq!(shelf.publish_due(&due).await.unwrap(), None);
        shelf.schedule("one", 2, NOW, "Later", &by("ann")).await.unwrap();
        let due = shelf.due_schedules(NOW).await.unwrap().remove(0);
        shelf.fail_schedule(&due, "a case fails").await.unwrap();
        assert_eq!(shelf.due_schedules(NOW).await.unwrap(), [], "what failed is not tried again");
        assert_eq!(shelf.trees_overview().await.unwrap()[0].schedule.as_ref().unwrap().failed.as_deref(), Some("a case fails"));
        shelf.unschedule("one", &by("ann")).await.unwrap();
        assert_eq!(shelf.open_draft("one").await.unwrap().schedule, None);
    })
    .await;
}

#[tokio::test]
async fn withdrawn_outcomes_are_known_to_every_version_and_come_back() {
    both(async |db: Db| {
        let shelf = shelf(&db).await;
        let other = Shelf::open(db.clone(), Clock::fixed(NOW)).await.unwrap();
        shelf.create(full_tree("one"), &by("ann")).await.unwrap();
        let first = shelf.publish_draft("one", 1, "First", &by("ann")).await.unwrap();
        let changed = titled(&full_tree("one"), "fix", "New");
        stored(shelf.save("one", 1, changed, &by("ann")).await.unwrap());
        shelf.publish_draft("one", 2, "Second", &by("ann")).await.unwrap();
        let jumping = crate::shelf::jumping_tree("two", "one");
        shelf.create(jumping, &by("ann")).await.unwrap();
        shelf.publish_draft("two", 1, "First", &by("ann")).await.unwrap();
        assert!(matches!(shelf.withdraw_outcome("one", "share", "Wrong", &by("ann")).await, Err(Error::NoOutcome { .. })), "a question is no outcome");
        assert!(matches!(shelf.withdraw_outcome("one", "fix", " ", &by("ann")).await, Err(Error::NoReason)));
        shelf.withdraw_outcome("one", "fix", "It loses mail.", &by("ann")).await.unwrap();
        other.refresh().await.unwrap();
        let fix = fixpath::tree::closure::NodeRef::new("one", "fix");
        let (old, jumping) = (shelf.version(first.version_id).await.unwrap(), other.current("two").unwrap());
        for version in [&old, &shelf.current("one").unwrap(), &other.current("one").unwrap(), &jumping] {
            assert_eq!(version.withdrawn_outcomes.get(&fix).map(|withdrawn| withdrawn.reason.as_str()), Some("It loses mail."));
        }
        shelf.reinstate_outcome("one", "fix", &by("ann")).await.unwrap();
        assert!(shelf.current("one").unwrap().withdrawn_outcomes.is_empty() && shelf.withdrawn_outcomes("one").await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_withdrawn_tree_is_gone_until_it_is_published_again() {
    both(async |db: Db| {
        let shelf = shelf(&db).await;
        shelf.create(full_tree("one"), &by("ann")).await.unwrap();
        assert!(matches!(shelf.withdraw_tree("one", "Wrong", &by("ann")).await, Err(Error::NotPublished(_))));
        shelf.publish_draft("one", 1, "First", &by("ann")).await.unwrap();
        shelf.withdraw_tree("one", "Wrong", &by("ann")).await.unwrap();
        assert!(shelf.current("one").is_none());
        let draft = shelf.open_draft("one").await.unwrap();
        assert_eq!((draft.live, draft.has_changes, (*draft.tree).clone()), (None, false, full_tree("one")));
        assert_eq!(shelf.publish_draft("one", 1, "It was right", &by("ann")).await.unwrap().number, 2);
        assert!(shelf.current("one").is_some());
    })
    .await;
}

#[tokio::test]
async fn a_level_in_use_cannot_vanish() {
    both(async |db: Db| {
        let shelf = shelf(&db).await;
        shelf.create(full_tree("one"), &by("ann")).await.unwrap();
        let table = |rows: &str| {
            fixpath::tree::ladder::Ladder::from_csv("exchange", "Exchange Server", &format!("family,kind,line,update,level,build,released,kb\n{rows}")).unwrap()
        };
        let without = table("5.0,service_packs,RTM,,RTM,5.0.1457,1997-05-23,\n2019,updates,CU14,Aug26SU,CU14 Aug26SU,,,\n");
        let Err(Error::LevelsInUse(places)) = shelf.save_ladder(without, 1, &by("ann")).await else { panic!("it was saved") };
        assert!(places.iter().any(|lost| lost.level == "5.0 SP1" && lost.place == "at the node \"Servers\""), "{places:?}");
        let longer = table("5.0,service_packs,RTM,,RTM,5.0.1457,1997-05-23,\n5.0,service_packs,SP1,,SP1,5.0.1458,1997-06,KB1\n5.0,service_packs,SP2,,SP2,,,\n");
        assert!(matches!(shelf.save_ladder(longer.clone(), 0, &by("ann")).await, Err(Error::Stale { present: 1 })));
        assert_eq!(shelf.save_ladder(longer.clone(), 1, &by("ann")).await.unwrap(), 2);
        let revisions: Vec<_> = shelf.ladder_revisions("exchange").await.unwrap().into_iter().map(|row| (row.revision, row.by)).collect();
        assert_eq!(revisions, [(2, Some("ann".to_owned())), (1, None)]);
        assert_eq!((*shelf.ladder_at("exchange", 1).await.unwrap()).clone(), ladder("exchange"));
        assert_eq!((*shelf.ladder_at("exchange", 2).await.unwrap()).clone(), longer);
    })
    .await;
}

#[tokio::test]
async fn copies_discarding_and_trials() {
    both(async |db: Db| {
        let shelf = shelf(&db).await;
        let made = shelf.create(full_tree("one"), &by("ann")).await.unwrap();
        let copy = shelf.copy("one", "two", "Second", &by("ben")).await.unwrap();
        assert_eq!((copy.tree.title.as_str(), copy.tree.nodes.len(), copy.revision), ("Second", made.tree.nodes.len(), 1));
        assert!(matches!(shelf.copy("one", "two", "Again", &by("ben")).await, Err(Error::SlugTaken(_))));

        let case = made.tree.cases[0].clone();
        shelf.put_trial(copy.tree_id, 7, Some(case.clone())).await.unwrap();
        shelf.put_trial(copy.tree_id, 7, Some(case.clone())).await.unwrap();
        assert_eq!(shelf.trial(copy.tree_id, 7).await.unwrap(), Some(case));
        assert_eq!(shelf.trial(copy.tree_id, 8).await.unwrap(), None);

        assert!(matches!(shelf.discard("two", 0, &by("ben")).await, Err(Error::Stale { present: 1 })));
        shelf.discard("two", 1, &by("ben")).await.unwrap();
        assert!(matches!(shelf.open_draft("two").await, Err(Error::NoTree(_))), "it was never published");
        shelf.publish_draft("one", 1, "First", &by("ann")).await.unwrap();
        stored(shelf.save("one", 1, titled(&made.tree, "fix", "New"), &by("ann")).await.unwrap());
        shelf.discard("one", 2, &by("ann")).await.unwrap();
        let draft = shelf.open_draft("one").await.unwrap();
        assert!(!draft.has_changes && draft.revision == 3);
        assert_eq!(title(&stored(shelf.undo("one", 3, &by("ann")).await.unwrap()), "fix"), "New", "nothing is lost");
    })
    .await;
}

#[tokio::test]
async fn a_shipped_tree_that_waits_says_so() {
    both(async |db: Db| {
        let shelf = shelf(&db).await;
        let made = shelf.create(full_tree("one"), &by("ann")).await.unwrap();
        shelf.publish_draft("one", 1, "First", &by("ann")).await.unwrap();
        let starter = fixpath::shelf::Starter { digest: "d".to_owned(), tree: titled(&made.tree, "fix", "Shipped") };
        shelf.load_starters(vec![starter], |_, _| true).await.unwrap();
        let draft = shelf.open_draft("one").await.unwrap();
        assert!(draft.offered_by_starter && draft.has_changes);
        assert_eq!(shelf.history("one", None, 1).await.unwrap()[0].by, By::program().name);
        let edited = stored(shelf.save("one", 2, titled(&draft.tree, "share", "Mine"), &by("ann")).await.unwrap());
        assert!(!edited.offered_by_starter);
    })
    .await;
}
