//! Rewrites as much of a draft's tables as an edit has changed.

use std::collections::{BTreeMap, BTreeSet};

use super::{Result, store};
use crate::db::Write;
use crate::shelf::write_tree;
use crate::tree::model::{Node, Tree};

/// Turns the rows of the draft `version` from `before` into `after`, whose digest is `digest`.
pub(super) async fn rewrite(write: &mut Write, version: i64, before: &Tree, after: &Tree, digest: &str) -> Result<()> {
    write_tree::check_edges(after)?;
    write_tree::update_head(write, version, after, digest).await?;
    let old: BTreeMap<&str, (i64, &Node)> = (0..).zip(&before.nodes).map(|(position, node)| (node.key.as_str(), (position, node))).collect();
    let kept: BTreeSet<&str> = after.nodes.iter().map(|node| node.key.as_str()).collect();
    let gone: Vec<&str> = old.keys().copied().filter(|key| !kept.contains(key)).collect();
    let mut changed: Vec<&Node> = Vec::new();
    let mut added: Vec<(i64, &Node)> = Vec::new();
    let mut stands: Vec<(i64, &Node)> = Vec::new();
    let mut has_moved = false;
    for (position, node) in (0..).zip(&after.nodes) {
        match old.get(node.key.as_str()) {
            None => added.push((position, node)),
            Some((was, before)) => {
                has_moved |= *was != position;
                stands.push((position, node));
                if *before != node {
                    changed.push(node);
                }
            }
        }
    }
    // Edges go before the nodes that they lead to, which would take them along one by one.
    let without_insides: Vec<&str> = changed.iter().map(|node| node.key.as_str()).chain(gone.iter().copied()).collect();
    store::delete_insides(write, version, &without_insides).await?;
    store::delete_nodes(write, version, &gone).await?;
    if has_moved {
        store::free_positions(write, version).await?;
        store::place_nodes(write, version, &stands).await?;
    }
    for node in &changed {
        store::update_node(write, version, node).await?;
    }
    write_tree::insert_nodes(write, version, &added).await?;
    changed.extend(added.iter().map(|(_, node)| *node));
    write_tree::insert_insides(write, version, &changed).await?;
    if before.cases != after.cases {
        store::delete_cases(write, version).await?;
        write_tree::insert_cases(write, version, after).await?;
    }
    Ok(())
}
