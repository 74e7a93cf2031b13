//! `kill -9` in the middle of saving a draft: what was acknowledged is there, and the history leads back to the beginning.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use fixpath::audit::By;
use fixpath::clock::Clock;
use fixpath::db::{DatabaseUrl, Db, Options};
use fixpath::shelf::{Saved, Shelf};
use fixpath::tree::model::Tree;

const DATABASE: &str = "DURABILITY_DRAFTS_DATABASE";
const ROUNDS: usize = 12;

async fn shelf(database: &Path) -> Shelf {
    let db = Db::open(&DatabaseUrl::sqlite_file(database.to_owned()), Options::new(Clock::system())).await.unwrap();
    Shelf::open(db, Clock::system()).await.unwrap()
}

fn author() -> By {
    By { name: "ann".to_owned(), address: String::new() }
}

/// A tree whose title and number of nodes say which revision it is.
fn tree(revision: i64) -> Tree {
    let leaf = |number: i64| serde_json::json!({"key": format!("n{number}"), "title": "", "outcome": {"verdict": "fix", "headline": "", "cause": ""}});
    let nodes: Vec<_> = (0..=revision % 7).map(leaf).collect();
    serde_json::from_value(serde_json::json!({"format": "fixpath/1", "slug": "one", "title": revision.to_string(), "summary": "", "products": [],
        "applies_to": "", "ladder": "exchange", "start": "n0", "nodes": nodes}))
    .unwrap()
}

#[test]
#[ignore = "the other test starts it as a child process"]
fn save_until_killed() {
    // Also run by hand with --include-ignored, where there is nothing to save.
    let Some(database) = std::env::var_os(DATABASE) else { return };
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let shelf = shelf(Path::new(&database)).await;
        let mut revision = shelf.open_draft("one").await.unwrap().revision;
        loop {
            let Saved::Stored(draft) = shelf.save("one", revision, tree(revision + 1), &author()).await.unwrap() else { panic!("not stored") };
            revision = draft.revision;
            eprintln!("acknowledged {revision}");
        }
    });
}

/// Lets a child save until it has acknowledged `saves` more, and kills it; answers the last acknowledged revision.
fn save_and_kill(database: &Path, saves: usize) -> i64 {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "drafts::save_until_killed", "--ignored", "--nocapture"])
        .env(DATABASE, database)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut acknowledged =
        BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok).filter_map(|line| line.strip_prefix("acknowledged ")?.parse().ok());
    let seen = acknowledged.by_ref().nth(saves).expect("the child saves");
    child.kill().unwrap();
    child.wait().unwrap();
    acknowledged.last().unwrap_or(seen)
}

#[test]
fn kills_in_the_middle_of_saving_lose_no_acknowledged_edit() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("fixpath.db");
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async { shelf(&database).await.create(tree(1), &author()).await.unwrap() });
    for round in 0..ROUNDS {
        let acknowledged = save_and_kill(&database, round * 3 % 10);
        runtime.block_on(async {
            let shelf = shelf(&database).await;
            let draft = shelf.open_draft("one").await.unwrap();
            assert!((acknowledged..=acknowledged + 1).contains(&draft.revision), "round {round}: {acknowledged} was acknowledged, {} is there", draft.revision);
            assert_eq!(*draft.tree, tree(draft.revision), "round {round}: the tables are not of one revision");
            for revision in [1, acknowledged] {
                assert_eq!(*shelf.draft_at("one", revision).await.unwrap(), tree(revision), "round {round}: the history has a gap");
            }
        });
    }
}
