//! A tree into its tables.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::words::{json, word};
use super::{Error, Result};
use crate::db::{self, Write};
use crate::tree::model::{Choice, Column, Fork, Node, NodeKind, NumberLimits, Outcome, Procedure, Question, Tree};
use crate::{batch, sql};

/// The parts of a question that only some kinds have, as the column `extras` holds them.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Extras {
    pub options: Vec<Choice>,
    pub columns: Vec<Column>,
    pub families: Vec<String>,
    pub offers: std::collections::BTreeMap<Column, Vec<String>>,
    pub number: Option<NumberLimits>,
}

/// SHA-256 over the tree's JSON, in hexadecimal: equal for equal trees.
pub(super) fn digest(tree: &Tree) -> Result<String> {
    Ok(data_encoding::HEXLOWER.encode(&Sha256::digest(json(tree)?)))
}

/// Stores `tree` as the draft `version` of the tree `tree_id`, which has no draft.
pub(super) async fn insert_draft(write: &mut Write, version: i64, tree_id: i64, tree: &Tree, now: i64) -> Result<()> {
    check_edges(tree)?;
    sql!(
        write,
        execute "INSERT INTO version (id, tree_id, state, format, slug, title, summary, products, applies_to, ladder, owner, reviewed, review_by, \
                 symptoms, start_node, digest, summary_of_change, created_at) \
                 VALUES ($1, $2, 'draft', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, '', $16)",
        version,
        tree_id,
        &tree.format,
        &tree.slug,
        &tree.title,
        &tree.summary,
        json(&tree.products)?,
        &tree.applies_to,
        &tree.ladder,
        &tree.owner,
        &tree.reviewed,
        &tree.review_by,
        json(&tree.symptoms)?,
        &tree.start,
        digest(tree)?,
        now
    )?;
    let nodes: Vec<(i64, &Node)> = (0..).zip(&tree.nodes).collect();
    insert_nodes(write, version, &nodes).await?;
    insert_insides(write, version, &tree.nodes.iter().collect::<Vec<_>>()).await?;
    insert_cases(write, version, tree).await?;
    Ok(())
}

/// Sets the head of the draft `version` to that of `tree`, whose digest is `digest`.
pub(super) async fn update_head(write: &mut Write, version: i64, tree: &Tree, digest: &str) -> Result<()> {
    sql!(
        write,
        execute "UPDATE version SET format = $2, slug = $3, title = $4, summary = $5, products = $6, applies_to = $7, ladder = $8, owner = $9, reviewed = $10, \
                 review_by = $11, symptoms = $12, start_node = $13, digest = $14 WHERE id = $1",
        version,
        &tree.format,
        &tree.slug,
        &tree.title,
        &tree.summary,
        json(&tree.products)?,
        &tree.applies_to,
        &tree.ladder,
        &tree.owner,
        &tree.reviewed,
        &tree.review_by,
        json(&tree.symptoms)?,
        &tree.start,
        digest
    )?;
    Ok(())
}

/// The nodes' own rows, each with its position.
pub(super) async fn insert_nodes(write: &mut Write, version: i64, nodes: &[(i64, &Node)]) -> db::Result<()> {
    batch!(write, execute "INSERT INTO node (version_id, key, position, kind, title) VALUES [($1, $2, $3, $4, $5)]", nodes, |node|
        version, &node.1.key, node.0, node.1.kind.name(), &node.1.title)?;
    Ok(())
}

/// What hangs under the nodes, once every node that they lead to is there.
pub(super) async fn insert_insides(write: &mut Write, version: i64, nodes: &[&Node]) -> db::Result<()> {
    insert_questions(write, version, nodes).await?;
    insert_edges(write, version, nodes).await?;
    insert_outcomes(write, version, nodes).await
}

/// Says in words what the foreign keys would refuse without.
pub(super) fn check_edges(tree: &Tree) -> Result<()> {
    let mut keys = HashSet::new();
    for node in &tree.nodes {
        if !keys.insert(node.key.as_str()) {
            return Err(Error::NodeTwice(node.key.clone()));
        }
    }
    match edges(&tree.nodes.iter().collect::<Vec<_>>()).into_iter().find(|edge| !keys.contains(edge.target)) {
        Some(edge) => Err(Error::NoTarget { node: edge.node.to_owned(), target: edge.target.to_owned() }),
        None => Ok(()),
    }
}

async fn insert_questions(write: &mut Write, version: i64, nodes: &[&Node]) -> db::Result<()> {
    struct Row<'a> {
        node: &'a str,
        question: &'a Question,
        extras: String,
    }
    let mut rows = Vec::new();
    for node in nodes {
        if let NodeKind::Question(question) = &node.kind {
            let extras = Extras {
                options: question.options.clone(),
                columns: question.columns.clone(),
                families: question.families.clone(),
                offers: question.offers.clone(),
                number: question.number.clone(),
            };
            rows.push(Row { node: &node.key, question, extras: json(&extras)? });
        }
    }
    batch!(write, execute "INSERT INTO question (version_id, node_key, fact, ask, prompt, hint, help, extras) VALUES [($1, $2, $3, $4, $5, $6, $7, $8)]", rows, |row|
        version, row.node, &row.question.fact, row.question.ask.as_str(), &row.question.prompt, &row.question.hint, &row.question.help, &row.extras)?;
    insert_lookups(write, version, nodes).await
}

async fn insert_lookups(write: &mut Write, version: i64, nodes: &[&Node]) -> db::Result<()> {
    let mut rows = Vec::new();
    for node in nodes {
        let NodeKind::Question(question) = &node.kind else { continue };
        for (position, lookup) in (0_i64..).zip(&question.card) {
            let shell = lookup.command.as_ref().map(|command| word(command.shell)).transpose()?;
            rows.push((&node.key, position, lookup, shell, lookup.command.as_ref().map(|command| command.text.as_str())));
        }
    }
    batch!(write, execute "INSERT INTO lookup (version_id, node_key, position, place, shell, command, steps, looks_like) VALUES [($1, $2, $3, $4, $5, $6, $7, $8)]",
        rows, |row| version, row.0, row.1, &row.2.place, &row.3, row.4, &row.2.steps, &row.2.looks_like)?;
    Ok(())
}

/// One row of `branch`.
struct Edge<'a> {
    node: &'a str,
    position: i64,
    kind: &'static str,
    condition: Option<String>,
    label: Option<&'a str>,
    target: &'a str,
}

fn edges<'a>(nodes: &[&'a Node]) -> Vec<Edge<'a>> {
    let mut edges = Vec::new();
    for node in nodes {
        let edge = |position, kind, target| Edge { node: &node.key, position, kind, condition: None, label: None, target };
        if let Some(fork) = node.kind.fork() {
            for branch in &fork.branches {
                let position = next_position(&edges, &node.key);
                edges.push(Edge { condition: Some(branch.when.to_string()), label: branch.label.as_deref(), ..edge(position, "when", &branch.to) });
            }
            let position = next_position(&edges, &node.key);
            edges.push(edge(position, "otherwise", &fork.otherwise));
            edges.push(edge(position + 1, "unknown", &fork.unknown));
        }
        if let NodeKind::Outcome(outcome) = &node.kind
            && let Some(target) = &outcome.did_not_help
        {
            edges.push(edge(0, "did_not_help", target));
        }
    }
    edges
}

/// The place after the last edge, if that leaves `node` too, else the first.
fn next_position(edges: &[Edge<'_>], node: &str) -> i64 {
    edges.last().filter(|edge| edge.node == node).map_or(0, |edge| edge.position + 1)
}

async fn insert_edges(write: &mut Write, version: i64, nodes: &[&Node]) -> db::Result<()> {
    let edges = edges(nodes);
    batch!(write, execute "INSERT INTO branch (version_id, node_key, position, kind, condition, label, target) VALUES [($1, $2, $3, $4, $5, $6, $7)]", edges, |edge|
        version, edge.node, edge.position, edge.kind, &edge.condition, edge.label, edge.target)?;
    let mut marks = Vec::new();
    let mut jumps = Vec::new();
    for node in nodes {
        let meant = node.kind.fork().map(|Fork { meant, .. }| meant.as_slice()).unwrap_or_default();
        for (position, finding) in (0_i64..).zip(meant) {
            marks.push((&node.key, position, word(finding)?));
        }
        if let NodeKind::Jump(jump) = &node.kind {
            jumps.push((&node.key, &jump.tree));
        }
    }
    batch!(write, execute "INSERT INTO mark (version_id, node_key, position, finding) VALUES [($1, $2, $3, $4)]", marks, |mark| version, mark.0, mark.1, &mark.2)?;
    batch!(write, execute "INSERT INTO jump (version_id, node_key, slug) VALUES [($1, $2, $3)]", jumps, |jump| version, jump.0, jump.1)?;
    Ok(())
}

async fn insert_outcomes(write: &mut Write, version: i64, nodes: &[&Node]) -> db::Result<()> {
    let mut outcomes: Vec<(&str, &Outcome)> = Vec::new();
    let mut procedures = Vec::new();
    let mut references = Vec::new();
    for node in nodes {
        if let NodeKind::Outcome(outcome) = &node.kind {
            outcomes.push((&node.key, outcome));
            for (position, procedure) in (0_i64..).zip(&outcome.procedures) {
                procedures.push((node.key.as_str(), position, procedure, word(procedure.risk)?, word(procedure.per)?));
            }
            references.extend((0_i64..).zip(&outcome.references).map(|(position, reference)| (&node.key, position, reference)));
        }
    }
    batch!(write, execute "INSERT INTO outcome (version_id, node_key, verdict, headline, cause) VALUES [($1, $2, $3, $4, $5)]", outcomes, |row|
        version, row.0, row.1.verdict.as_str(), &row.1.headline, &row.1.cause)?;
    batch!(write, execute "INSERT INTO procedure (version_id, node_key, position, key, title, applies, risk, minutes, per, rights, verify, way_back) \
            VALUES [($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)]", procedures, |row|
        version, row.0, row.1, &row.2.key, &row.2.title, &row.2.applies, &row.3, i64::from(row.2.minutes), &row.4, &row.2.rights, &row.2.verify, &row.2.way_back)?;
    batch!(write, execute "INSERT INTO reference (version_id, node_key, position, article, title) VALUES [($1, $2, $3, $4, $5)]", references, |row|
        version, row.0, row.1, &row.2.article, &row.2.title)?;
    for (node, position, procedure, ..) in procedures {
        insert_steps(write, version, node, position, procedure).await?;
    }
    Ok(())
}

async fn insert_steps(write: &mut Write, version: i64, node: &str, procedure_position: i64, procedure: &Procedure) -> db::Result<()> {
    let mut steps = Vec::new();
    for (position, step) in (0_i64..).zip(&procedure.steps) {
        let shell = step.command.as_ref().map(|command| word(command.shell)).transpose()?;
        steps.push((position, step, shell, step.command.as_ref().map(|command| command.text.as_str())));
    }
    batch!(write, execute "INSERT INTO step (version_id, node_key, procedure_position, position, title, text, shell, command) VALUES [($1, $2, $3, $4, $5, $6, $7, $8)]",
        steps, |row| version, node, procedure_position, row.0, &row.1.title, &row.1.text, &row.2, row.3)?;
    Ok(())
}

pub(super) async fn insert_cases(write: &mut Write, version: i64, tree: &Tree) -> db::Result<()> {
    let mut cases = Vec::new();
    for (position, case) in (0_i64..).zip(&tree.cases) {
        cases.push((position, case, json(&case.facts)?, json(&case.unknown)?, json(&case.answers)?));
    }
    batch!(write, execute "INSERT INTO tree_case (version_id, position, name, facts, unknown, answers, expect) VALUES [($1, $2, $3, $4, $5, $6, $7)]", cases, |row|
        version, row.0, &row.1.name, &row.2, &row.3, &row.4, &row.1.expect)?;
    Ok(())
}
