//! Opening diagnoses and answering their questions.

use std::sync::Arc;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::Refusal;
use crate::db;
use crate::evidence::Redactor;
use crate::record::{Change, Diagnosis, DiagnosisId, Ended, NewDiagnosis, Records, Shared};
use crate::secret::{Secret, SecretHash};
use crate::shelf::{self, Shelf, Version};
use crate::tree::closure::{Closure, NodeRef};
use crate::tree::fact::{FactKey, Sheet, Source, Statement, Value};
use crate::tree::model::{Helped, Outcome, Question};
use crate::tree::walk::{End, How, Walk, walk};

/// Opens diagnoses with the versions that they are pinned to.
#[derive(Debug, Clone)]
pub struct Visits {
    /// The stored trees.
    pub shelf: Shelf,
    /// The stored diagnoses.
    pub records: Records,
}

/// A diagnosis with its version, what holds, and its walk.
#[derive(Debug)]
pub struct Visit {
    /// What is stored.
    pub diagnosis: Arc<Diagnosis>,
    /// The version that it is pinned to.
    pub version: Arc<Version>,
    /// What holds.
    pub sheet: Sheet,
    /// The path and what comes next.
    pub walk: Walk,
    /// What the walk was decided by, where `sheet` has placeholders instead of names.
    decided_by: Option<Sheet>,
}

/// What a new diagnosis starts with.
#[derive(Debug, Clone)]
pub struct Start {
    /// The guide's slug.
    pub slug: String,
    /// Who owns the diagnosis.
    pub owner: SecretHash,
    /// What is known already.
    pub statements: Vec<Statement>,
}

impl Visit {
    fn new(diagnosis: Arc<Diagnosis>, version: Arc<Version>) -> Self {
        let sheet = diagnosis.sheet();
        let walk = walk(&version.closure, &sheet, &diagnosis.tried);
        Self { diagnosis, version, sheet, walk, decided_by: None }
    }

    /// The same visit with placeholders for the names of servers, accounts and addresses in everything that was stated. The walk is the same: it was
    /// decided by what was really stated, and so are the reasons for it.
    #[must_use]
    pub fn redacted(&self) -> Self {
        let ladder = self.closure().ladders.get(&self.closure().tree.ladder);
        let redactor = Redactor::of(&self.diagnosis.statements, ladder.map(Arc::as_ref));
        let statements: Vec<Statement> = self.diagnosis.statements.iter().map(|statement| redactor.statement(statement)).collect();
        let sheet = Sheet::resolve(&statements);
        let shown = |node: &NodeRef| {
            let (part, question) = self.question(node)?;
            sheet.get(&FactKey::within(&part.tree.slug, &question.fact)).cloned()
        };
        let mut walk = self.walk.clone();
        for stop in &mut walk.path {
            if let How::Known { line, .. } = &mut stop.how {
                *line = shown(&stop.node).and_then(|held| held.line);
            }
        }
        if let End::Question { node, prefill: prefill @ Some(_) } = &mut walk.end {
            *prefill = shown(node);
        }
        let diagnosis = Arc::new(Diagnosis { statements, ..Diagnosis::clone(&self.diagnosis) });
        Self { diagnosis, version: Arc::clone(&self.version), sheet, walk, decided_by: Some(self.decided_by().clone()) }
    }

    /// What the walk was decided by: for asking why, not for showing.
    #[must_use]
    pub fn decided_by(&self) -> &Sheet {
        self.decided_by.as_ref().unwrap_or(&self.sheet)
    }

    /// The version's tree with everything it is pinned to.
    #[must_use]
    pub fn closure(&self) -> &Closure {
        &self.version.closure
    }

    /// The slug of the tree that the diagnosis started in.
    #[must_use]
    pub fn slug(&self) -> &str {
        &self.version.closure.tree.slug
    }

    /// The question `node`, with the tree it stands in.
    #[must_use]
    pub fn question(&self, node: &NodeRef) -> Option<(&Closure, &Question)> {
        self.closure().question(node)
    }

    /// The outcome `node`, with the tree it stands in.
    #[must_use]
    pub fn outcome(&self, node: &NodeRef) -> Option<(&Closure, &Outcome)> {
        self.closure().outcome(node)
    }

    /// The outcome "hand over" of the tree in which the walk stands, if its author wrote one.
    #[must_use]
    pub fn hand_over(&self) -> Option<NodeRef> {
        let slug = self.walk.path.last().map_or(self.slug(), |stop| stop.node.slug.as_str());
        Some(NodeRef::new(slug, &self.closure().part(slug)?.tree.hand_over()?.key))
    }

    /// Whether the walk comes to something else now than when it first ended.
    #[must_use]
    pub fn result_changed(&self) -> bool {
        let now = ended(&self.walk);
        matches!((&self.diagnosis.ended, now), (Some(before), Some(now)) if *before != now)
    }
}

impl Visits {
    /// Begins a diagnosis of the current version of a guide. It is durable when this returns.
    ///
    /// # Errors
    /// There is no such guide, or the database failed.
    pub async fn start(&self, start: Start) -> Result<Visit, Refusal> {
        let Some(version) = self.shelf.current(&start.slug) else { return Err(Refusal::NotFound) };
        let new = NewDiagnosis { owner: start.owner, version_id: version.id, statements: start.statements };
        let mut visit = Visit::new(self.records.create(new).await?, version);
        if ended(&visit.walk).is_some() {
            visit = self.change(&visit.diagnosis.id.clone(), |_| Ok(Vec::new())).await?;
        }
        Ok(visit)
    }

    /// Opens the diagnosis `id`.
    ///
    /// # Errors
    /// The database failed.
    pub async fn open(&self, id: &DiagnosisId) -> Result<Option<Visit>, db::Error> {
        match self.stored(id).await? {
            Some(diagnosis) => self.visit(diagnosis).await.map(Some),
            None => Ok(None),
        }
    }

    /// What is stored of the diagnosis `id`, which counts as opened. For a caller who may need no walk.
    ///
    /// # Errors
    /// The database failed.
    pub async fn stored(&self, id: &DiagnosisId) -> Result<Option<Arc<Diagnosis>>, db::Error> {
        let found = self.records.get(id).await?;
        if let Some(diagnosis) = &found {
            self.records.note_opening(diagnosis);
        }
        Ok(found)
    }

    /// Opens the diagnosis that a share link leads to, with placeholders for names if the link hides them, and what is known of the link.
    ///
    /// # Errors
    /// The database failed.
    pub async fn open_shared(&self, token: &Secret) -> Result<Option<(Visit, Shared)>, db::Error> {
        match self.records.shared(token).await? {
            Some((diagnosis, share)) => {
                self.records.note_opening(&diagnosis);
                let visit = self.visit(diagnosis).await?;
                Ok(Some((if share.redacted { visit.redacted() } else { visit }, share)))
            }
            None => Ok(None),
        }
    }

    /// Walks a diagnosis.
    ///
    /// # Errors
    /// The database failed.
    pub async fn visit(&self, diagnosis: Arc<Diagnosis>) -> Result<Visit, db::Error> {
        let version = self.version(&diagnosis).await?;
        Ok(Visit::new(diagnosis, version))
    }

    async fn version(&self, diagnosis: &Diagnosis) -> Result<Arc<Version>, db::Error> {
        self.shelf.version(diagnosis.version_id).await.map_err(|error| match error {
            shelf::Error::Database(error) => error,
            // A foreign key keeps the version of every diagnosis, so anything else is damage.
            error => db::Error::Unreadable(error.to_string()),
        })
    }

    /// Answers the question `node`; `None` is "I don't know". `mark` is what the form said about the statement that it replaces.
    ///
    /// # Errors
    /// The question is not on the path, its answer was changed meanwhile, or the database failed; nothing is stored then.
    pub async fn answer(&self, id: &DiagnosisId, node: &NodeRef, value: Option<&Value>, mark: Option<&str>) -> Result<Visit, Refusal> {
        self.change(id, |visit| {
            let (key, same) = self.asked(visit, node, mark)?;
            let statement = Statement { key, value: value.cloned(), source: Source::Asked, line: None };
            let repeats = visit.diagnosis.own_statement(&statement.key) == Some(&statement);
            if same && !repeats {
                Ok(vec![Change::State(statement)])
            } else if repeats {
                Ok(Vec::new())
            } else {
                Err(Stop::Changed)
            }
        })
        .await
    }

    /// Takes the visitor's answer to the question `node` back. `mark` is what the form said about it; without one, whatever it is by now.
    ///
    /// # Errors
    /// As for [`Visits::answer`].
    pub async fn take_back(&self, id: &DiagnosisId, node: &NodeRef, mark: Option<&str>) -> Result<Visit, Refusal> {
        self.change(id, |visit| {
            let (key, same) = self.asked(visit, node, mark)?;
            match visit.diagnosis.own_statement(&key) {
                None => Ok(Vec::new()),
                Some(_) if same => Ok(vec![Change::UnsayAnswer(key)]),
                Some(_) => Err(Stop::Changed),
            }
        })
        .await
    }

    /// The fact that the question `node` sets, if the question is on the path, and whether `mark` still holds.
    fn asked(&self, visit: &Visit, node: &NodeRef, mark: Option<&str>) -> Result<(FactKey, bool), Stop> {
        let (part, question) = visit.question(node).ok_or(Stop::NotFound)?;
        if !visit.walk.has(node) {
            return Err(Stop::NotOnPath);
        }
        let key = FactKey::within(&part.tree.slug, &question.fact);
        let same = mark.is_none_or(|mark| mark == visit.diagnosis.mark(&key));
        Ok((key, same))
    }

    /// States facts whatever question asks for them, as the visitor's own word.
    ///
    /// # Errors
    /// The diagnosis does not exist, or the database failed.
    pub async fn state(&self, id: &DiagnosisId, key: &FactKey, value: Option<&Value>) -> Result<Visit, Refusal> {
        let statement = Statement { key: key.clone(), value: value.cloned(), source: Source::Asked, line: None };
        self.change(id, |_| Ok(vec![Change::State(statement.clone())])).await
    }

    /// Replaces what holds for `key` by the visitor's word. `mark` is what the form said about what it replaces.
    ///
    /// # Errors
    /// What it replaces was changed meanwhile, the diagnosis does not exist, or the database failed; nothing is stored then.
    pub async fn correct(&self, id: &DiagnosisId, key: &FactKey, value: Option<&Value>, mark: &str) -> Result<Visit, Refusal> {
        let statement = Statement { key: key.clone(), value: value.cloned(), source: Source::Asked, line: None };
        self.change(id, |visit| {
            if visit.diagnosis.own_statement(key) == Some(&statement) {
                return Ok(Vec::new());
            }
            if visit.diagnosis.mark(key) == mark { Ok(vec![Change::State(statement.clone())]) } else { Err(Stop::Changed) }
        })
        .await
    }

    /// Removes everything that was stated about `key`.
    ///
    /// # Errors
    /// The diagnosis does not exist, or the database failed.
    pub async fn unsay(&self, id: &DiagnosisId, key: &FactKey) -> Result<Visit, Refusal> {
        self.change(id, |visit| {
            let said = visit.diagnosis.statements.iter().any(|statement| statement.key == *key);
            Ok(if said { vec![Change::Unsay(key.clone())] } else { Vec::new() })
        })
        .await
    }

    /// Answers "Did this fix it?" of the outcome `node`, or takes the answer back.
    ///
    /// # Errors
    /// As for [`Visits::answer`].
    pub async fn helped(&self, id: &DiagnosisId, node: &NodeRef, helped: Option<Helped>, mark: Option<&str>) -> Result<Visit, Refusal> {
        self.change(id, |visit| {
            visit.outcome(node).ok_or(Stop::NotFound)?;
            if !visit.walk.has(node) {
                return Err(Stop::NotOnPath);
            }
            if visit.diagnosis.tried.get(node).copied() == helped {
                return Ok(Vec::new());
            }
            if mark.is_some_and(|mark| mark != visit.diagnosis.mark_of_outcome(node)) {
                return Err(Stop::Changed);
            }
            Ok(vec![Change::Tried(node.clone(), helped)])
        })
        .await
    }

    /// Sets the ticks of one procedure.
    ///
    /// # Errors
    /// There is no such procedure or step, or the database failed.
    pub async fn tick(&self, id: &DiagnosisId, node: &NodeRef, procedure: &str, steps: &[u32]) -> Result<Visit, Refusal> {
        self.change(id, |visit| {
            let (_, outcome) = visit.outcome(node).ok_or(Stop::NotFound)?;
            let found = outcome.procedures.iter().find(|found| found.key == procedure).ok_or(Stop::NotFound)?;
            let mut steps: Vec<u32> = steps.to_vec();
            steps.sort_unstable();
            steps.dedup();
            if steps.iter().any(|step| usize::try_from(*step).is_ok_and(|step| step >= found.steps.len())) {
                return Err(Stop::NotFound);
            }
            Ok(vec![Change::Ticks { node: node.clone(), procedure: procedure.to_owned(), steps }])
        })
        .await
    }

    /// Changes a diagnosis as `decide` says, and records what its walk comes to if it ends for the first time or if these changes make it end
    /// elsewhere. A result that changed by itself is left as it was recorded, so that it can be shown.
    async fn change(&self, id: &DiagnosisId, decide: impl Fn(&Visit) -> Result<Vec<Change>, Stop>) -> Result<Visit, Refusal> {
        let Some(first) = self.records.get(id).await? else { return Err(Refusal::NotFound) };
        let version = self.version(&first).await?;
        let changed = self
            .records
            .change(id, |diagnosis| {
                let visit = Visit::new(Arc::new(diagnosis.clone()), Arc::clone(&version));
                let mut changes = decide(&visit)?;
                let after = ended_after(&visit, &changes);
                if after != ended(&visit.walk) || (diagnosis.ended.is_none() && after.is_some()) {
                    changes.push(Change::Ended(after));
                }
                Ok(changes)
            })
            .await?;
        match changed {
            Ok(diagnosis) => Ok(Visit::new(diagnosis, version)),
            Err(stop) => Err(self.refused(id, stop).await?),
        }
    }

    async fn refused(&self, id: &DiagnosisId, stop: Stop) -> Result<Refusal, Refusal> {
        if matches!(stop, Stop::NotFound) {
            return Ok(Refusal::NotFound);
        }
        let visit = Arc::new(self.open(id).await?.ok_or(Refusal::NotFound)?);
        Ok(if matches!(stop, Stop::NotOnPath) { Refusal::NotOnPath(visit) } else { Refusal::Changed(visit) })
    }
}

/// Why a decision refuses.
enum Stop {
    NotFound,
    NotOnPath,
    Changed,
}

fn ended_after(visit: &Visit, changes: &[Change]) -> Option<Ended> {
    if changes.is_empty() {
        return ended(&visit.walk);
    }
    let mut after = Diagnosis::clone(&visit.diagnosis);
    changes.iter().for_each(|change| change.apply(&mut after));
    ended(&walk(visit.closure(), &after.sheet(), &after.tried))
}

/// What a walk came to, if it ended.
fn ended(walk: &Walk) -> Option<Ended> {
    let outcome = match &walk.end {
        End::Question { .. } => return None,
        End::Outcome { node, .. } => Some(node.clone()),
        End::HandOver => None,
    };
    Some(Ended { digest: HEXLOWER.encode(&Sha256::digest(walk.trace())), outcome })
}
