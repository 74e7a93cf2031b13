//! What holds for every shipped tree.

use std::collections::BTreeSet;
use std::path::Path;

use fixpath::app::content::STARTER_TREES;
use fixpath::tree::report::report;
use fixpath::tree::{case, file};

use super::{starter, trees};

#[test]
fn every_file_in_the_folder_ships() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("trees");
    let names = folder.read_dir().expect("the folder of the starter trees").map(|entry| entry.expect("an entry").file_name().into_string().expect("a name"));
    let files: BTreeSet<String> = names.filter(|name| name.ends_with(".yaml")).collect();
    assert_eq!(files, STARTER_TREES.iter().map(|(name, _)| (*name).to_owned()).collect());
    let slugs: BTreeSet<String> = files.iter().map(|name| name.trim_end_matches(".yaml").to_owned()).collect();
    assert_eq!(trees().into_keys().collect::<BTreeSet<_>>(), slugs, "a file is called after its tree");
}

#[test]
fn every_tree_is_in_canonical_form() {
    for &(name, text) in STARTER_TREES {
        let tree = file::read(text).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(file::write(&tree).expect("a tree that was read"), text, "{name}");
    }
}

#[test]
fn no_tree_has_findings() {
    for slug in trees().into_keys() {
        let report = report(&starter(&slug));
        assert_eq!(report.findings, [], "{slug}");
        assert_eq!(report.passed.len(), 3, "{slug}: {:?}", report.passed);
    }
}

#[test]
fn the_cases_of_every_tree_pass() {
    for slug in trees().into_keys() {
        let tree = starter(&slug);
        for kept in &tree.tree.cases {
            let ran = case::run(&tree, kept).unwrap_or_else(|message| panic!("{slug}: {}: {message}", kept.name));
            assert_eq!(ran.got, kept.expect, "{slug}: {}", kept.name);
        }
    }
}

#[test]
fn every_outcome_has_a_case() {
    for slug in trees().into_keys() {
        let tree = starter(&slug);
        for outcome in tree.outcomes().iter().filter(|outcome| outcome.slug == slug) {
            assert!(tree.tree.cases.iter().any(|case| case.expect == outcome.key), "{outcome}");
        }
    }
}
