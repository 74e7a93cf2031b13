//! The SQL of diagnoses.

use std::collections::BTreeSet;

use super::change::Change;
use super::diagnosis::{Diagnosis, Ended, Tick};
use super::id::DiagnosisId;
use super::records::Shared;
use crate::db::{Error, Read, Result, Write};
use crate::secret::SecretHash;
use crate::tree::closure::NodeRef;
use crate::tree::fact::{FactKey, Source, Statement, Value};
use crate::tree::model::{FORMAT, Helped};
use crate::{batch, sql};

#[derive(sqlx::FromRow)]
struct DiagnosisRow {
    owner_hash: String,
    version_id: i64,
    revision: i64,
    created_at: i64,
    changed_at: i64,
    opened_at: i64,
    ended_digest: Option<String>,
    ended_outcome: Option<String>,
}

#[derive(sqlx::FromRow)]
struct FactRow {
    key: String,
    source: String,
    value: Option<String>,
    line: Option<String>,
}

/// The diagnosis with `id`.
pub async fn load(read: &mut Read, id: &DiagnosisId) -> Result<Option<Diagnosis>> {
    let Some(row) = sql!(read, optional<DiagnosisRow>
        "SELECT owner_hash, version_id, revision, created_at, changed_at, opened_at, ended_digest, ended_outcome FROM diagnosis WHERE id = $1", id.as_str())?
    else {
        return Ok(None);
    };
    let facts = sql!(read, all<FactRow> "SELECT key, source, value, line FROM fact WHERE diagnosis_id = $1 ORDER BY seq, key, source", id.as_str())?;
    let answers = sql!(read, all<(String, String)> "SELECT node_key, value FROM answer WHERE diagnosis_id = $1", id.as_str())?;
    let ticks = sql!(read, all<(String, String, i64)> "SELECT node_key, procedure_key, step FROM tick WHERE diagnosis_id = $1", id.as_str())?;
    let outcome = row.ended_outcome.as_deref().map(|key| NodeRef::parse(key, ""));
    Ok(Some(Diagnosis {
        id: id.clone(),
        owner: SecretHash::from_hex(&row.owner_hash).ok_or_else(|| Error::Unreadable("a diagnosis has no owner".to_owned()))?,
        version_id: row.version_id,
        revision: row.revision,
        created_at: row.created_at,
        changed_at: row.changed_at,
        opened_at: row.opened_at,
        statements: facts.into_iter().map(statement).collect::<Result<_>>()?,
        tried: answers.into_iter().filter_map(|(node, value)| Some((NodeRef::parse(&node, ""), Helped::parse(&value)?))).collect(),
        ticks: ticks
            .into_iter()
            .filter_map(|(node, procedure, step)| Some(Tick { node: NodeRef::parse(&node, ""), procedure, step: u32::try_from(step).ok()? }))
            .collect(),
        ended: row.ended_digest.map(|digest| Ended { digest, outcome }),
    }))
}

fn statement(row: FactRow) -> Result<Statement> {
    let value = row.value.map(|json| value_from(&json)).transpose()?;
    let source = row.source.parse::<Source>().map_err(unreadable)?;
    Ok(Statement { key: FactKey::within("", &row.key), value, source, line: row.line })
}

fn unreadable(what: impl std::fmt::Display) -> Error {
    Error::Unreadable(what.to_string())
}

/// A value is stored as `{"kind": value}`, so that it can be read without its tree.
fn value_from(json: &str) -> Result<Value> {
    let tagged: serde_json::Map<String, serde_json::Value> = serde_json::from_str(json).map_err(unreadable)?;
    let (kind, value) = tagged.into_iter().next().ok_or_else(|| unreadable("a fact has an empty value"))?;
    Value::from_stored(&kind, value).map_err(unreadable)
}

fn value_text(value: &Value) -> Result<String> {
    let json = serde_json::to_string(value).map_err(unreadable)?;
    Ok(format!("{{\"{}\":{json}}}", value.kind()))
}

/// Stores new diagnoses with everything in them.
pub async fn create(write: &mut Write, new: &[&Diagnosis]) -> Result<()> {
    batch!(write, execute
        "INSERT INTO diagnosis (id, owner_hash, version_id, language, revision, created_at, changed_at, opened_at)
         VALUES [($1, $2, $3, $4, $5, $6, $7, $8)]",
        new, |d| d.id.as_str(), d.owner.to_hex(), d.version_id, FORMAT, d.revision, d.created_at, d.changed_at, d.created_at)?;
    let facts: Vec<(&Diagnosis, &Statement)> = new.iter().flat_map(|d| d.statements.iter().map(|statement| (*d, statement))).collect();
    store_facts(write, &facts).await
}

/// Raises the revisions of those diagnoses that still have the expected one, and says which they were.
pub async fn raise_revisions(write: &mut Write, changed: &[&Diagnosis]) -> Result<BTreeSet<String>> {
    if changed.is_empty() {
        return Ok(BTreeSet::new());
    }
    let raised = batch!(write, all<(String,)>
        "UPDATE diagnosis SET revision = revision + 1 WHERE (id, revision) IN (VALUES [($1, CAST($2 AS BIGINT))]) RETURNING id",
        changed, |d| d.id.as_str(), d.revision - 1)?;
    Ok(raised.into_iter().map(|(id,)| id).collect())
}

/// Stores changes, kind by kind, so that many take few statements.
pub async fn change(write: &mut Write, rows: &[(&Diagnosis, &Change)]) -> Result<()> {
    let mut stated = Vec::new();
    let mut ticked = Vec::new();
    let mut tried = Vec::new();
    for (diagnosis, change) in rows {
        match change {
            Change::State(statement) => stated.push((*diagnosis, statement)),
            Change::Unsay(key) => {
                sql!(write, execute "DELETE FROM fact WHERE diagnosis_id = $1 AND key = $2", diagnosis.id.as_str(), key.as_str())?;
            }
            Change::UnsayAnswer(key) => {
                sql!(write, execute "DELETE FROM fact WHERE diagnosis_id = $1 AND key = $2 AND source = 'asked'", diagnosis.id.as_str(), key.as_str())?;
            }
            Change::Tried(node, Some(helped)) => tried.push((*diagnosis, node.to_string(), *helped)),
            Change::Tried(node, None) => {
                sql!(write, execute "DELETE FROM answer WHERE diagnosis_id = $1 AND node_key = $2", diagnosis.id.as_str(), node.to_string())?;
                sql!(write, execute "DELETE FROM feedback WHERE diagnosis_id = $1 AND node_key = $2", diagnosis.id.as_str(), node.to_string())?;
            }
            Change::Ticks { node, procedure, steps } => {
                sql!(write, execute "DELETE FROM tick WHERE diagnosis_id = $1 AND node_key = $2 AND procedure_key = $3",
                    diagnosis.id.as_str(), node.to_string(), procedure.as_str())?;
                ticked.extend(steps.iter().map(|step| (*diagnosis, node.to_string(), procedure.as_str(), i64::from(*step))));
            }
            Change::Ended(ended) => store_end(write, diagnosis, ended.as_ref()).await?,
        }
    }
    store_facts(write, &stated).await?;
    batch!(write, execute
        "INSERT INTO answer (diagnosis_id, node_key, value, said_at) VALUES [($1, $2, $3, $4)]
         ON CONFLICT (diagnosis_id, node_key) DO UPDATE SET value = excluded.value, said_at = excluded.said_at",
        tried, |row| row.0.id.as_str(), row.1.as_str(), row.2.as_str(), row.0.changed_at)?;
    batch!(write, execute
        "INSERT INTO feedback (diagnosis_id, node_key, helped, said_at) VALUES [($1, $2, $3, $4)]
         ON CONFLICT (diagnosis_id, node_key) DO UPDATE SET helped = excluded.helped, said_at = excluded.said_at",
        tried, |row| row.0.id.as_str(), row.1.as_str(), row.2.as_str(), row.0.changed_at)?;
    batch!(write, execute
        "INSERT INTO tick (diagnosis_id, node_key, procedure_key, step, ticked_at) VALUES [($1, $2, $3, $4, $5)]",
        ticked, |row| row.0.id.as_str(), row.1.as_str(), row.2, row.3, row.0.changed_at)?;
    Ok(())
}

async fn store_facts(write: &mut Write, facts: &[(&Diagnosis, &Statement)]) -> Result<()> {
    let rows: Vec<(&Diagnosis, &Statement, Option<String>)> = facts
        .iter()
        .map(|(diagnosis, statement)| Ok((*diagnosis, *statement, statement.value.as_ref().map(value_text).transpose()?)))
        .collect::<Result<_>>()?;
    batch!(write, execute
        "INSERT INTO fact (diagnosis_id, key, source, seq, value, line, said_at) VALUES [($1, $2, $3, $4, $5, $6, $7)]
         ON CONFLICT (diagnosis_id, key, source)
         DO UPDATE SET seq = excluded.seq, value = excluded.value, line = excluded.line, said_at = excluded.said_at",
        rows, |row| row.0.id.as_str(), row.1.key.as_str(), row.1.source.as_str(), row.0.revision, row.2.as_deref(), row.1.line.as_deref(), row.0.changed_at)?;
    Ok(())
}

async fn store_end(write: &mut Write, diagnosis: &Diagnosis, ended: Option<&Ended>) -> Result<()> {
    sql!(write, execute "UPDATE diagnosis SET ended_digest = $2, ended_outcome = $3, ended_at = $4 WHERE id = $1",
        diagnosis.id.as_str(),
        ended.map(|ended| ended.digest.as_str()),
        ended.and_then(|ended| ended.outcome.as_ref()).map(ToString::to_string),
        ended.map(|_| diagnosis.changed_at))?;
    Ok(())
}

/// Notes when a diagnosis was opened.
pub async fn note_opening(write: &mut Write, opened: &Diagnosis) -> Result<()> {
    sql!(write, execute "UPDATE diagnosis SET opened_at = $2 WHERE id = $1", opened.id.as_str(), opened.opened_at)?;
    Ok(())
}

/// The diagnoses that nobody opened since `before`: id.
pub async fn unopened_since(read: &mut Read, before: i64, limit: i64) -> Result<Vec<(String,)>> {
    sql!(read, all<(String,)> "SELECT id FROM diagnosis WHERE opened_at < $1 ORDER BY opened_at, id LIMIT $2", before, limit)
}

/// Deletes diagnoses; what belongs to them goes with them.
pub async fn delete(write: &mut Write, ids: &[&DiagnosisId]) -> Result<()> {
    batch!(write, execute "DELETE FROM diagnosis WHERE id IN ([$1])", ids, |id| id.as_str())?;
    Ok(())
}

/// The newest diagnoses of an owner: id, version, when it was begun and last changed.
pub async fn of_owner(read: &mut Read, owner: &SecretHash, limit: i64) -> Result<Vec<(String, i64, i64, i64)>> {
    sql!(read, all<(String, i64, i64, i64)>
        "SELECT id, version_id, created_at, changed_at FROM diagnosis WHERE owner_hash = $1 ORDER BY changed_at DESC, id LIMIT $2", owner.to_hex(), limit)
}

/// Every diagnosis that ended: id.
pub async fn ended(read: &mut Read) -> Result<Vec<(String,)>> {
    sql!(read, all<(String,)> "SELECT id FROM diagnosis WHERE ended_digest IS NOT NULL ORDER BY id")
}

/// How many diagnoses each version of a tree has: the version's id, all of them, those that ended.
pub async fn walked(read: &mut Read, tree_id: i64) -> Result<Vec<(i64, i64, i64)>> {
    sql!(read, all<(i64, i64, i64)>
        "SELECT diagnosis.version_id, COUNT(*), COUNT(diagnosis.ended_at) FROM diagnosis JOIN version ON version.id = diagnosis.version_id
         WHERE version.tree_id = $1 GROUP BY diagnosis.version_id", tree_id)
}

/// What visitors said of the outcomes of a tree, over all its versions: qualified node, answer, how many.
pub async fn feedback_counts(read: &mut Read, tree_id: i64) -> Result<Vec<(String, String, i64)>> {
    sql!(read, all<(String, String, i64)>
        "SELECT feedback.node_key, feedback.helped, COUNT(*) FROM feedback JOIN diagnosis ON diagnosis.id = feedback.diagnosis_id
         JOIN version ON version.id = diagnosis.version_id WHERE version.tree_id = $1 GROUP BY feedback.node_key, feedback.helped", tree_id)
}

/// What visitors wrote on the outcomes of a tree, the newest first: qualified node, when, the words.
pub async fn feedback_notes(read: &mut Read, tree_id: i64, limit: i64) -> Result<Vec<(String, i64, String)>> {
    sql!(read, all<(String, i64, String)>
        "SELECT feedback.node_key, feedback.said_at, feedback.note FROM feedback JOIN diagnosis ON diagnosis.id = feedback.diagnosis_id
         JOIN version ON version.id = diagnosis.version_id WHERE version.tree_id = $1 AND feedback.note IS NOT NULL
         ORDER BY feedback.said_at DESC, feedback.diagnosis_id LIMIT $2", tree_id, limit)
}

/// Stores a link.
pub async fn insert_share(write: &mut Write, id: &DiagnosisId, share: &Shared) -> Result<()> {
    sql!(write, execute "INSERT INTO share (token_hash, diagnosis_id, kind, redacted, created_at, expires_at) VALUES ($1, $2, 'view', $3, $4, $5)",
        share.name.as_str(), id.as_str(), i64::from(share.redacted), share.created_at, share.expires_at)?;
    Ok(())
}

/// The diagnosis of a link that is neither revoked nor expired: its id, and when the link was made, when it expires, whether it hides names.
pub async fn open_share(read: &mut Read, token: &SecretHash, now: i64) -> Result<Option<(String, i64, Option<i64>, i64)>> {
    sql!(read, optional<(String, i64, Option<i64>, i64)>
        "SELECT diagnosis_id, created_at, expires_at, redacted FROM share
         WHERE token_hash = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $2)",
        token.to_hex(), now)
}

/// The links of a diagnosis that still open it: name, made, expires, hides names.
pub async fn shares_of(read: &mut Read, id: &DiagnosisId, now: i64) -> Result<Vec<(String, i64, Option<i64>, i64)>> {
    sql!(read, all<(String, i64, Option<i64>, i64)>
        "SELECT token_hash, created_at, expires_at, redacted FROM share
         WHERE diagnosis_id = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $2) ORDER BY created_at, token_hash",
        id.as_str(), now)
}

/// Ends one link of a diagnosis; one that it does not have is left alone.
pub async fn revoke_share(write: &mut Write, id: &DiagnosisId, name: &str, now: i64) -> Result<()> {
    sql!(write, execute "UPDATE share SET revoked_at = $3 WHERE diagnosis_id = $1 AND token_hash = $2 AND revoked_at IS NULL", id.as_str(), name, now)?;
    Ok(())
}

/// Ends every link of a diagnosis.
pub async fn revoke_shares(write: &mut Write, id: &DiagnosisId, now: i64) -> Result<()> {
    sql!(write, execute "UPDATE share SET revoked_at = $2 WHERE diagnosis_id = $1 AND revoked_at IS NULL", id.as_str(), now)?;
    Ok(())
}
