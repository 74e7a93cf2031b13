//! A guide with as many nodes as a guide may have.

use fixpath::tree::file::MAX_NODES;
use fixpath::tree::model::{Node, Tree};

use crate::site::{Site, on_both, tree};

const DESK: &str = "/editor/trees/detour";

/// The guide about lamps with this many nodes, as a draft.
async fn with_nodes(site: &Site, count: usize) {
    let mut tree = tree("detour");
    let outcome = tree.node("bulb").unwrap().clone();
    let more = count - tree.nodes.len();
    tree.nodes.extend((1..=more).map(|number| Node { key: format!("more_{number}"), ..outcome.clone() }));
    site.app().visits().shelf.load_draft(tree).await.unwrap();
}

async fn nodes(site: &Site) -> usize {
    let draft = site.app().visits().shelf.open_draft("detour").await.unwrap();
    Tree::clone(&draft.tree).nodes.len()
}

#[tokio::test]
async fn a_node_more_than_the_limit_is_refused_wherever_one_is_made() {
    on_both(async |site: &Site| {
        with_nodes(site, MAX_NODES - 1).await;
        let mut ada = site.author().await;
        let mut late = ada.other_window();
        late.get(&format!("{DESK}/add")).await;
        ada.get(&format!("{DESK}/add")).await;
        ada.submit("Add it", &[("kind", "outcome"), ("title", "The last one")]).await.has_status(200);
        assert_eq!(nodes(site).await, MAX_NODES);
        late.submit("Add it", &[("kind", "outcome"), ("title", "Too late")]).await.has_status(409).says("would have 1001 nodes");
        assert_eq!(late.page().value("title"), "Too late");
        ada.get(&format!("{DESK}/add")).await;
        ada.submit("Add it", &[("kind", "outcome"), ("title", "One too many")]).await.has_status(422);
        assert!(ada.page().field_error("title").contains("1000 nodes, which is the limit"));
        assert_eq!(ada.page().value("title"), "One too many");
        ada.get(&format!("{DESK}/nodes/bulb/arrange")).await;
        ada.submit("Copy the node", &[]).await.has_status(422);
        assert!(ada.page().field_error("copy").contains("which is the limit"));
        ada.get(&format!("{DESK}?node=steep")).await;
        ada.submit("Save draft", &[("otherwise", "+outcome")]).await.has_status(422);
        assert!(ada.page().field_error("otherwise").contains("which is the limit"));
        ada.get(&format!("{DESK}/nodes/steep/branches/1")).await;
        ada.submit("Save branch", &[("to", "+outcome"), ("new_title", "One too many")]).await;
        assert!(ada.page().field_error("to").contains("which is the limit"));
        assert_eq!(nodes(site).await, MAX_NODES);
    })
    .await;
}
