//! A tree out of its tables.

use std::collections::BTreeMap;

use super::words::{from_json, from_word};
use super::write_tree::Extras;
use crate::db::{Error, FromRow, Read, Result};
use crate::sql;
use crate::tree::condition::Condition;
use crate::tree::model::{Branch, Case, Command, Fork, Jump, Lookup, Meant, Node, NodeKind, Outcome, Procedure, Question, Reference, Step, Tree};

/// The row of `version`.
#[derive(FromRow)]
pub(super) struct Head {
    pub id: i64,
    pub tree_id: i64,
    pub number: Option<i64>,
    pub published_at: Option<i64>,
    pub withdrawn_at: Option<i64>,
    format: String,
    slug: String,
    title: String,
    summary: String,
    products: String,
    applies_to: String,
    ladder: String,
    owner: Option<String>,
    reviewed: Option<String>,
    review_by: Option<String>,
    symptoms: String,
    start_node: String,
}

/// The version with `id`, whatever its state; equal to the tree that was stored.
pub(super) async fn tree(read: &mut Read, id: i64) -> Result<Option<(Head, Tree)>> {
    let head = sql!(
        read,
        optional<Head> "SELECT id, tree_id, number, published_at, withdrawn_at, format, slug, title, summary, products, applies_to, ladder, owner, reviewed, \
                        review_by, symptoms, start_node FROM version WHERE id = $1",
        id
    )?;
    let Some(head) = head else { return Ok(None) };
    let nodes = Parts::read(read, id).await?.nodes().map_err(|error| Error::Unreadable(format!("version {id}: {error}")))?;
    let cases = cases(read, id).await?;
    let tree = Tree {
        format: head.format.clone(),
        slug: head.slug.clone(),
        title: head.title.clone(),
        summary: head.summary.clone(),
        products: from_json(&head.products)?,
        applies_to: head.applies_to.clone(),
        ladder: head.ladder.clone(),
        owner: head.owner.clone(),
        reviewed: head.reviewed.clone(),
        review_by: head.review_by.clone(),
        symptoms: from_json(&head.symptoms)?,
        start: head.start_node.clone(),
        nodes,
        cases,
        pictures: BTreeMap::new(),
    };
    Ok(Some((head, tree)))
}

#[derive(FromRow)]
struct QuestionRow {
    node_key: String,
    fact: String,
    ask: String,
    prompt: String,
    hint: Option<String>,
    help: Option<String>,
    extras: String,
}

#[derive(FromRow)]
struct EdgeRow {
    node_key: String,
    kind: String,
    condition: Option<String>,
    label: Option<String>,
    target: String,
}

#[derive(FromRow)]
struct ProcedureRow {
    node_key: String,
    position: i64,
    key: String,
    title: String,
    applies: String,
    risk: String,
    minutes: i64,
    per: String,
    rights: String,
    verify: String,
    way_back: String,
}

#[derive(FromRow)]
struct StepRow {
    node_key: String,
    procedure_position: i64,
    title: String,
    text: Option<String>,
    shell: Option<String>,
    command: Option<String>,
}

#[derive(FromRow)]
struct LookupRow {
    node_key: String,
    place: String,
    shell: Option<String>,
    command: Option<String>,
    steps: Option<String>,
    looks_like: Option<String>,
}

/// The rows below a version, by the node they belong to.
struct Parts {
    nodes: Vec<(String, String, String)>,
    questions: BTreeMap<String, QuestionRow>,
    lookups: BTreeMap<String, Vec<Lookup>>,
    edges: BTreeMap<String, Vec<EdgeRow>>,
    marks: BTreeMap<String, Vec<Meant>>,
    outcomes: BTreeMap<String, (String, String, String)>,
    procedures: BTreeMap<String, Vec<ProcedureRow>>,
    steps: BTreeMap<(String, i64), Vec<Step>>,
    references: BTreeMap<String, Vec<Reference>>,
    jumps: BTreeMap<String, String>,
}

impl Parts {
    async fn read(read: &mut Read, id: i64) -> Result<Self> {
        let nodes = sql!(read, all<(String, String, String)> "SELECT key, kind, title FROM node WHERE version_id = $1 ORDER BY position", id)?;
        let questions = sql!(read, all<QuestionRow> "SELECT node_key, fact, ask, prompt, hint, help, extras FROM question WHERE version_id = $1", id)?;
        let lookups = sql!(
            read,
            all<LookupRow> "SELECT node_key, place, shell, command, steps, looks_like FROM lookup WHERE version_id = $1 ORDER BY node_key, position",
            id
        )?;
        let edges =
            sql!(read, all<EdgeRow> "SELECT node_key, kind, condition, label, target FROM branch WHERE version_id = $1 ORDER BY node_key, position", id)?;
        let marks = sql!(read, all<(String, String)> "SELECT node_key, finding FROM mark WHERE version_id = $1 ORDER BY node_key, position", id)?;
        let outcomes = sql!(read, all<(String, String, String, String)> "SELECT node_key, verdict, headline, cause FROM outcome WHERE version_id = $1", id)?;
        let procedures = sql!(
            read,
            all<ProcedureRow> "SELECT node_key, position, key, title, applies, risk, minutes, per, rights, verify, way_back FROM procedure \
                               WHERE version_id = $1 ORDER BY node_key, position",
            id
        )?;
        let steps = sql!(
            read,
            all<StepRow> "SELECT node_key, procedure_position, title, text, shell, command FROM step WHERE version_id = $1 \
                          ORDER BY node_key, procedure_position, position",
            id
        )?;
        let references = sql!(read, all<(String, String, Option<String>)> "SELECT node_key, article, title FROM reference WHERE version_id = $1 ORDER BY node_key, position", id)?;
        let jumps = sql!(read, all<(String, String)> "SELECT node_key, slug FROM jump WHERE version_id = $1", id)?;
        Ok(Self {
            nodes,
            questions: questions.into_iter().map(|row| (row.node_key.clone(), row)).collect(),
            lookups: grouped(lookups.into_iter().map(LookupRow::lookup))?,
            edges: grouped(edges.into_iter().map(|row| Ok((row.node_key.clone(), row))))?,
            marks: grouped(marks.into_iter().map(|(node, finding)| Ok((node, from_word(finding)?))))?,
            outcomes: outcomes.into_iter().map(|(node, verdict, headline, cause)| (node, (verdict, headline, cause))).collect(),
            procedures: grouped(procedures.into_iter().map(|row| Ok((row.node_key.clone(), row))))?,
            steps: grouped(steps.into_iter().map(|row| Ok(((row.node_key.clone(), row.procedure_position), row.step()?))))?,
            references: grouped(references.into_iter().map(|(node, article, title)| Ok((node, Reference { article, title }))))?,
            jumps: jumps.into_iter().collect(),
        })
    }

    /// Takes the rows apart into nodes, in the author's order.
    fn nodes(mut self) -> Result<Vec<Node>> {
        std::mem::take(&mut self.nodes)
            .into_iter()
            .map(|(key, kind, title)| {
                let kind = match kind.as_str() {
                    "question" => NodeKind::Question(Box::new(self.question(&key)?)),
                    "route" => NodeKind::Route(self.fork(&key)?),
                    "outcome" => NodeKind::Outcome(Box::new(self.outcome(&key)?)),
                    "jump" => NodeKind::Jump(Jump { tree: self.jumps.remove(&key).ok_or_else(|| lacks(&key, "jump"))? }),
                    other => return Err(Error::Unreadable(format!("node \"{key}\" is of the unknown kind \"{other}\""))),
                };
                Ok(Node { key, title, kind })
            })
            .collect()
    }

    fn question(&mut self, key: &str) -> Result<Question> {
        let row = self.questions.remove(key).ok_or_else(|| lacks(key, "question"))?;
        let extras: Extras = from_json(&row.extras)?;
        Ok(Question {
            fact: row.fact,
            ask: from_word(row.ask)?,
            prompt: row.prompt,
            hint: row.hint,
            help: row.help,
            card: self.lookups.remove(key).unwrap_or_default(),
            options: extras.options,
            columns: extras.columns,
            families: extras.families,
            offers: extras.offers,
            number: extras.number,
            fork: self.fork(key)?,
        })
    }

    fn fork(&mut self, key: &str) -> Result<Fork> {
        let (mut branches, mut otherwise, mut unknown) = (Vec::new(), None, None);
        for edge in self.edges.remove(key).unwrap_or_default() {
            match (edge.kind.as_str(), edge.condition) {
                ("when", Some(condition)) => {
                    let when = condition.parse::<Condition>().map_err(|error| Error::Unreadable(format!("a condition of node \"{key}\": {error}")))?;
                    branches.push(Branch { when, label: edge.label, to: edge.target });
                }
                ("otherwise", _) => otherwise = Some(edge.target),
                ("unknown", _) => unknown = Some(edge.target),
                (other, _) => return Err(Error::Unreadable(format!("node \"{key}\" has an edge of the kind \"{other}\""))),
            }
        }
        let otherwise = otherwise.ok_or_else(|| lacks(key, "otherwise"))?;
        let unknown = unknown.ok_or_else(|| lacks(key, "unknown"))?;
        Ok(Fork { branches, otherwise, unknown, meant: self.marks.remove(key).unwrap_or_default() })
    }

    fn outcome(&mut self, key: &str) -> Result<Outcome> {
        let (verdict, headline, cause) = self.outcomes.remove(key).ok_or_else(|| lacks(key, "outcome"))?;
        let did_not_help = self.edges.remove(key).unwrap_or_default().into_iter().map(|edge| edge.target).next();
        let rows = self.procedures.remove(key).unwrap_or_default();
        let procedures = rows.into_iter().map(|row| self.procedure(row)).collect::<Result<_>>()?;
        Ok(Outcome { verdict: from_word(verdict)?, headline, cause, procedures, references: self.references.remove(key).unwrap_or_default(), did_not_help })
    }

    fn procedure(&mut self, row: ProcedureRow) -> Result<Procedure> {
        let minutes = u32::try_from(row.minutes).map_err(|_| Error::Unreadable(format!("procedure \"{}\" takes {} minutes", row.key, row.minutes)))?;
        Ok(Procedure {
            key: row.key,
            title: row.title,
            applies: row.applies,
            risk: from_word(row.risk)?,
            minutes,
            per: from_word(row.per)?,
            rights: row.rights,
            steps: self.steps.remove(&(row.node_key, row.position)).unwrap_or_default(),
            verify: row.verify,
            way_back: row.way_back,
        })
    }
}

impl StepRow {
    fn step(&self) -> Result<Step> {
        let command = command(self.shell.as_ref(), self.command.as_ref())?;
        Ok(Step { title: self.title.clone(), text: self.text.clone(), command })
    }
}

impl LookupRow {
    /// The lookup with the key of its node.
    fn lookup(self) -> Result<(String, Lookup)> {
        let command = command(self.shell.as_ref(), self.command.as_ref())?;
        Ok((self.node_key, Lookup { place: self.place, command, steps: self.steps, looks_like: self.looks_like }))
    }
}

fn command(shell: Option<&String>, text: Option<&String>) -> Result<Option<Command>> {
    match shell.zip(text) {
        Some((shell, text)) => Ok(Some(Command { shell: from_word(shell.clone())?, text: text.clone() })),
        None => Ok(None),
    }
}

async fn cases(read: &mut Read, id: i64) -> Result<Vec<Case>> {
    let rows = sql!(
        read,
        all<(String, String, String, String, String)> "SELECT name, facts, unknown, answers, expect FROM tree_case WHERE version_id = $1 ORDER BY position",
        id
    )?;
    rows.into_iter()
        .map(|(name, facts, unknown, answers, expect)| {
            Ok(Case { name, facts: from_json(&facts)?, unknown: from_json(&unknown)?, answers: from_json(&answers)?, expect })
        })
        .collect()
}

fn lacks(key: &str, what: &str) -> Error {
    Error::Unreadable(format!("node \"{key}\" lacks its {what}"))
}

/// The values by key, in order.
fn grouped<K: Ord, V>(rows: impl Iterator<Item = Result<(K, V)>>) -> Result<BTreeMap<K, Vec<V>>> {
    let mut groups: BTreeMap<K, Vec<V>> = BTreeMap::new();
    for row in rows {
        let (key, value) = row?;
        groups.entry(key).or_default().push(value);
    }
    Ok(groups)
}
