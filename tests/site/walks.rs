//! Walks over folders and lists, so that what is added later is covered without anybody remembering it.

use std::fs;
use std::path::{Path, PathBuf};

use axum::body::Body;
use axum::http::{Method, StatusCode};

use crate::site::{Site, on_both};

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.extension().is_some_and(|extension| extension == ending) {
            found.push(path);
        }
    }
    found
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn every_template_is_used() {
    let templates = files(&root().join("templates"), "html");
    let sources: String = files(&root().join("src"), "rs").iter().chain(&templates).map(|path| fs::read_to_string(path).unwrap()).collect();
    assert!(templates.len() > 10);
    for template in templates {
        let name = template.strip_prefix(root().join("templates")).unwrap().to_str().unwrap().replace('\\', "/");
        let ways = [format!("path = \"{name}\""), format!("extends \"{name}\""), format!("include \"{name}\""), format!("import \"{name}\"")];
        let comment = |line: &&str| !line.trim_start().starts_with("{#-");
        assert!(sources.lines().filter(comment).any(|line| ways.iter().any(|way| line.contains(way.as_str()))), "templates/{name} is used nowhere");
    }
}

/// An address that no route knows answers 404 to every method; one that a route knows refuses a method that it does not take.
#[tokio::test]
async fn every_address_has_a_route() {
    let files = fs::read_dir(root().join("src/web/urls")).unwrap().map(|file| fs::read_to_string(file.unwrap().path()).unwrap());
    let urls = files.collect::<Vec<_>>().concat();
    let constants = urls.lines().filter_map(|line| line.strip_prefix("pub const ")?.split_once(": &str = \""));
    let patterns: Vec<&str> = constants.filter(|(name, _)| !name.ends_with("_PREFIX")).map(|(_, value)| value.trim_end_matches("\";")).collect();
    assert!(patterns.len() > 15, "{patterns:?}");
    on_both(async |site: &Site| {
        let mut ada = site.visitor();
        for pattern in &patterns {
            let path: String = pattern.split('/').skip(1).map(|part| if part.starts_with('{') { "/x".to_owned() } else { format!("/{part}") }).collect();
            let answer = ada.request(Method::TRACE, &path, &[("origin", "http://fixpath.test")], Body::empty()).await;
            assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "no route serves {pattern}");
        }
        assert_eq!(ada.request(Method::TRACE, "/nowhere", &[], Body::empty()).await.status, StatusCode::NOT_FOUND);
    })
    .await;
}
