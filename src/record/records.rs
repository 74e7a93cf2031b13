//! The state of the room: where diagnoses are made, read, changed, shared and deleted.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::change::{Change, Save, What};
use super::diagnosis::Diagnosis;
use super::id::DiagnosisId;
use super::live::Live;
use super::store;
use crate::clock::{Clock, Random};
use crate::db::{self, Db, Writer};
use crate::secret::{Secret, SecretHash};
use crate::tree::fact::Statement;

/// How often a change is tried again when another one came first.
const TRIES: usize = 5;

/// A day in milliseconds.
const DAY: i64 = 24 * 60 * 60 * 1000;

/// How many diagnoses are looked up at a time when old ones are deleted.
const EXPIRED_AT_ONCE: i64 = 200;

/// The most diagnoses that "My diagnoses" lists.
const LISTED: i64 = 200;

/// Everything that deals with stored diagnoses.
#[derive(Debug, Clone)]
pub struct Records {
    db: Db,
    writer: Writer<Save>,
    live: Live,
    clock: Clock,
    random: Random,
}

/// What a new diagnosis starts with.
#[derive(Debug, Clone)]
pub struct NewDiagnosis {
    /// Who owns it.
    pub owner: SecretHash,
    /// The version that it is pinned to.
    pub version_id: i64,
    /// What is known already.
    pub statements: Vec<Statement>,
}

/// How many diagnoses walk on a version.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Walked {
    /// Those that have not come to an end.
    pub running: i64,
    /// Those that have.
    pub ended: i64,
}

/// A line of "My diagnoses".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// The diagnosis.
    pub id: DiagnosisId,
    /// The version that it is pinned to.
    pub version_id: i64,
    /// When it was begun, in milliseconds since 1970.
    pub created_at: i64,
    /// When it was last changed.
    pub changed_at: i64,
}

/// A link that opens a diagnosis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared {
    /// What its owner ends it by. It opens nothing: it is the hash of the link's secret.
    pub name: String,
    /// When it was made, in milliseconds since 1970.
    pub created_at: i64,
    /// Until when it opens; `None` for as long as the diagnosis exists.
    pub expires_at: Option<i64>,
    /// Whether it shows placeholders instead of names, accounts and addresses.
    pub redacted: bool,
}

/// Why a change was not stored.
#[derive(Debug, Clone, thiserror::Error)]
pub enum SaveError {
    /// The diagnosis does not exist any more.
    #[error("the diagnosis was deleted meanwhile")]
    Gone,
    /// What the decision was based on kept changing.
    #[error("the diagnosis was changed by somebody else at the same time")]
    Busy,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] db::Error),
}

/// What a decision says about a diagnosis: changes to store, or a reason of the caller's not to.
pub type Decision<R> = Result<Vec<Change>, R>;

impl Records {
    /// The room over `db`, whose changes go through `writer`.
    #[must_use]
    pub fn new(db: Db, writer: Writer<Save>, live: Live, clock: Clock, random: Random) -> Self {
        Self { db, writer, live, clock, random }
    }

    /// Stores a new diagnosis. It is durable when this returns.
    ///
    /// # Errors
    /// The database failed; nothing is stored.
    pub async fn create(&self, new: NewDiagnosis) -> Result<Arc<Diagnosis>, db::Error> {
        let now = self.clock.now_ms();
        let diagnosis = Diagnosis {
            id: DiagnosisId::new(&self.random),
            owner: new.owner,
            version_id: new.version_id,
            revision: 0,
            created_at: now,
            changed_at: now,
            opened_at: now,
            statements: new.statements,
            tried: Default::default(),
            ticks: Default::default(),
            ended: None,
        };
        self.writer.gather(self.save(diagnosis.clone(), What::Create)).await?;
        Ok(Arc::new(diagnosis))
    }

    /// The diagnosis with `id`.
    ///
    /// # Errors
    /// The database failed.
    pub async fn get(&self, id: &DiagnosisId) -> Result<Option<Arc<Diagnosis>>, db::Error> {
        if let Some(found) = self.live.get(id) {
            return Ok(found);
        }
        self.reload(id).await
    }

    async fn reload(&self, id: &DiagnosisId) -> Result<Option<Arc<Diagnosis>>, db::Error> {
        let found = store::load(&mut self.db.read().await?, id).await?.map(Arc::new);
        if let Some(diagnosis) = &found {
            self.live.keep_shared(Arc::clone(diagnosis));
        }
        Ok(found)
    }

    /// Changes a diagnosis. `decide` sees its present state and says what to change; it is asked again if another change came first.
    /// What it decided is durable when this returns.
    ///
    /// # Errors
    /// The outer error: the diagnosis is gone, too busy, or the database failed. The inner one: `decide` refused.
    pub async fn change<R>(&self, id: &DiagnosisId, decide: impl Fn(&Diagnosis) -> Decision<R>) -> Result<Result<Arc<Diagnosis>, R>, SaveError> {
        let mut before = self.get(id).await?.ok_or(SaveError::Gone)?;
        for _ in 0..TRIES {
            let changes = match decide(&before) {
                Ok(changes) => changes,
                Err(refused) => return Ok(Err(refused)),
            };
            if changes.is_empty() {
                return Ok(Ok(before));
            }
            let mut after = Diagnosis::clone(&before);
            changes.iter().for_each(|change| change.apply(&mut after));
            after.revision += 1;
            after.changed_at = self.clock.now_ms();
            if self.writer.gather(self.save(after.clone(), What::Change(changes))).await? {
                return Ok(Ok(Arc::new(after)));
            }
            before = self.reload(id).await?.ok_or(SaveError::Gone)?;
        }
        Err(SaveError::Busy)
    }

    /// Notes that `diagnosis` was opened, at most once a day: how long it is kept counts from then. The visitor does not wait for it.
    pub fn note_opening(&self, diagnosis: &Arc<Diagnosis>) {
        let now = self.clock.now_ms();
        if now - diagnosis.opened_at < DAY {
            return;
        }
        let opened = Diagnosis { opened_at: now, ..Diagnosis::clone(diagnosis) };
        let (writer, save) = (self.writer.clone(), self.save(opened, What::Opened));
        tokio::spawn(async move {
            if let Err(error) = writer.gather(save).await {
                tracing::warn!(%error, "the opening of a diagnosis could not be noted");
            }
        });
    }

    /// Deletes the diagnoses that nobody opened for `kept` milliseconds. Answers how many there were.
    ///
    /// # Errors
    /// The database failed; the rest is deleted next time.
    pub async fn expire(&self, kept: i64) -> Result<usize, db::Error> {
        let before = self.clock.now_ms() - kept;
        let mut deleted = 0;
        loop {
            let so_far = deleted;
            let ids = store::unopened_since(&mut self.db.read().await?, before, EXPIRED_AT_ONCE).await?;
            for id in ids.iter().filter_map(|(id,)| DiagnosisId::parse(id)) {
                if let Some(diagnosis) = self.get(&id).await?.filter(|diagnosis| diagnosis.opened_at < before) {
                    self.delete(&diagnosis).await?;
                    deleted += 1;
                }
            }
            if deleted == so_far {
                return Ok(deleted);
            }
        }
    }

    /// Deletes a diagnosis with everything that belongs to it, at once.
    ///
    /// # Errors
    /// The database failed; nothing is deleted.
    pub async fn delete(&self, diagnosis: &Diagnosis) -> Result<(), db::Error> {
        self.writer.gather(self.save(diagnosis.clone(), What::Delete)).await.map(|_| ())
    }

    /// The newest diagnoses of an owner.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of_owner(&self, owner: &SecretHash) -> Result<Vec<Summary>, db::Error> {
        let rows = store::of_owner(&mut self.db.read().await?, owner, LISTED).await?;
        let summary = |(id, version_id, created_at, changed_at): (String, i64, i64, i64)| {
            Some(Summary { id: DiagnosisId::parse(&id)?, version_id, created_at, changed_at })
        };
        Ok(rows.into_iter().filter_map(summary).collect())
    }

    /// How many diagnoses walk on each version of the tree, by the version's id.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn walked(&self, tree_id: i64) -> Result<BTreeMap<i64, Walked>, db::Error> {
        let rows = store::walked(&mut self.db.read().await?, tree_id).await?;
        Ok(rows.into_iter().map(|(version, all, ended)| (version, Walked { running: all - ended, ended })).collect())
    }

    /// The database, for what only reads.
    pub(super) fn db(&self) -> &Db {
        &self.db
    }

    /// Every diagnosis whose walk ended once, for `doctor`.
    ///
    /// # Errors
    /// The database failed.
    pub async fn ended(&self) -> Result<Vec<DiagnosisId>, db::Error> {
        let rows = store::ended(&mut self.db.read().await?).await?;
        Ok(rows.into_iter().filter_map(|(id,)| DiagnosisId::parse(&id)).collect())
    }

    /// Makes a view link; a `redacted` one shows placeholders instead of names. Only the returned secret opens it; the database keeps its hash.
    ///
    /// # Errors
    /// The database failed; there is no link.
    pub async fn share(&self, id: &DiagnosisId, expires_at: Option<i64>, redacted: bool) -> Result<Secret, db::Error> {
        let token = Secret::new(self.random.bytes());
        let (share, id) = (Shared { name: token.hash().to_hex(), created_at: self.clock.now_ms(), expires_at, redacted }, id.clone());
        self.writer.run(move |write| Box::pin(async move { store::insert_share(write, &id, &share).await })).await?;
        Ok(token)
    }

    /// The diagnosis that a link opens, with what the link shows, if it is neither revoked nor expired.
    ///
    /// # Errors
    /// The database failed.
    pub async fn shared(&self, token: &Secret) -> Result<Option<(Arc<Diagnosis>, Shared)>, db::Error> {
        let (hash, now) = (token.hash(), self.clock.now_ms());
        let found = store::open_share(&mut self.db.read().await?, &hash, now).await?;
        let Some((id, created_at, expires_at, redacted)) = found else { return Ok(None) };
        let Some(id) = DiagnosisId::parse(&id) else { return Ok(None) };
        let share = Shared { name: hash.to_hex(), created_at, expires_at, redacted: redacted != 0 };
        Ok(self.get(&id).await?.map(|diagnosis| (diagnosis, share)))
    }

    /// The links that open a diagnosis now, oldest first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn shares_of(&self, id: &DiagnosisId) -> Result<Vec<Shared>, db::Error> {
        let rows = store::shares_of(&mut self.db.read().await?, id, self.clock.now_ms()).await?;
        Ok(rows.into_iter().map(|(name, created_at, expires_at, redacted)| Shared { name, created_at, expires_at, redacted: redacted != 0 }).collect())
    }

    /// Ends the link called `name`, if the diagnosis has it.
    ///
    /// # Errors
    /// The database failed; the link still opens it.
    pub async fn revoke_share(&self, id: &DiagnosisId, name: &str) -> Result<(), db::Error> {
        let (id, name, now) = (id.clone(), name.to_owned(), self.clock.now_ms());
        self.writer.run(move |write| Box::pin(async move { store::revoke_share(write, &id, &name, now).await })).await
    }

    /// Ends every link of a diagnosis.
    ///
    /// # Errors
    /// The database failed; the links still open it.
    pub async fn revoke_shares(&self, id: &DiagnosisId) -> Result<(), db::Error> {
        let (id, now) = (id.clone(), self.clock.now_ms());
        self.writer.run(move |write| Box::pin(async move { store::revoke_shares(write, &id, now).await })).await
    }

    /// A new owner secret for a browser or an API client.
    #[must_use]
    pub fn new_secret(&self) -> Secret {
        Secret::new(self.random.bytes())
    }

    fn save(&self, after: Diagnosis, what: What) -> Save {
        Save { after, what, live: self.live.clone() }
    }
}
