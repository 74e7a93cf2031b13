//! Commits the writes of many visitors in groups.
//!
//! One task takes whatever is queued, runs it in one transaction, commits once, and only then answers. The commit before is the time in
//! which the next group gathers, so nobody waits for a timer, and a lone writer waits for nobody. A visitor who hangs up drops an answer,
//! never a transaction.

use std::collections::{HashSet, VecDeque};
use std::future::Future;
use std::pin::Pin;

use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

use super::{Db, Error, Result, Write};

/// Jobs that may wait; who comes later waits for a place.
const QUEUE: usize = 1_024;
/// Jobs of one commit at most, so that the first does not wait for the thousandth.
const GROUP: usize = 256;

/// A future that borrows the transaction.
pub type WriteFuture<'w, T, E = Error> = Pin<Box<dyn Future<Output = Result<T, E>> + Send + 'w>>;

/// A kind of job of which many run with few statements.
pub trait Gather: Send + Sync + Sized + 'static {
    /// What the caller gets once the job is durable.
    type Reply: Send + 'static;

    /// What the job works on. Two jobs with one key never share a batch; the later one sees what the earlier one stored.
    fn key(&self) -> &[u8];

    /// Runs all jobs of `batch`; one reply for each, in order.
    ///
    /// An error undoes the batch. Unless the disk or the connection failed, each job then runs again in a batch of its own, so that
    /// one that fails does not fail its neighbours.
    fn run(batch: &[Self], write: &mut Write) -> impl Future<Output = Result<Vec<Self::Reply>>> + Send;

    /// Called once the job is durable, before its caller hears of it and before any later job begins. What is kept in memory beside the
    /// database is brought up to date here, and so in the order of the commits.
    fn committed(self, reply: &Self::Reply);
}

/// Sends jobs to the task that owns the writing. It ends when the last clone is dropped and the queue is empty.
#[derive(Debug)]
pub struct Writer<G: Gather> {
    queue: mpsc::Sender<Job<G>>,
}

impl<G: Gather> Clone for Writer<G> {
    fn clone(&self) -> Self {
        Self { queue: self.queue.clone() }
    }
}

impl<G: Gather> Writer<G> {
    /// Starts the task. Await the handle after dropping every `Writer`, so that what is queued is stored before the program ends.
    #[must_use]
    pub fn start(db: Db) -> (Self, JoinHandle<()>) {
        let (queue, jobs) = mpsc::channel(QUEUE);
        (Self { queue }, tokio::spawn(work(db, jobs)))
    }

    /// Runs `job` together with others; returns once it is durable.
    ///
    /// # Errors
    /// The job's own, or [`Error::Unavailable`] if it could not be stored: then nothing of it is.
    pub async fn gather(&self, job: G) -> Result<G::Reply> {
        let (reply, answer) = oneshot::channel();
        self.queue.send(Job::Gathered(Gathered { job, reply })).await.map_err(|_| stopped())?;
        answer.await.map_err(|_| stopped())?
    }

    /// Runs `work` by itself inside the next transaction; returns once it is durable. An error undoes only what `work` did.
    ///
    /// # Errors
    /// The work's own, or [`Error::Unavailable`] if it could not be stored: then nothing of it is.
    pub async fn run<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'w> FnOnce(&'w mut Write) -> WriteFuture<'w, T> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        self.queue.send(Job::Single(Box::new(Task { work: Some(work), done: None, reply }))).await.map_err(|_| stopped())?;
        answer.await.map_err(|_| stopped())?
    }
}

fn stopped() -> Error {
    Error::Unavailable("the server is stopping".into())
}

enum Job<G: Gather> {
    Gathered(Gathered<G>),
    Single(Box<dyn Single>),
}

struct Gathered<G: Gather> {
    job: G,
    reply: oneshot::Sender<Result<G::Reply>>,
}

/// A job of any answer type.
trait Single: Send {
    /// Does the work and keeps its answer; hands back the error, if it is one.
    fn run<'w>(&'w mut self, write: &'w mut Write) -> WriteFuture<'w, ()>;

    /// Answers the caller. `committed` is what became of the transaction.
    fn answer(self: Box<Self>, committed: Result<()>);
}

struct Task<T, F> {
    work: Option<F>,
    done: Option<Result<T>>,
    reply: oneshot::Sender<Result<T>>,
}

impl<T, F> Single for Task<T, F>
where
    T: Send + 'static,
    F: for<'w> FnOnce(&'w mut Write) -> WriteFuture<'w, T> + Send + 'static,
{
    fn run<'w>(&'w mut self, write: &'w mut Write) -> WriteFuture<'w, ()> {
        Box::pin(async move {
            let Some(work) = self.work.take() else { return Ok(()) };
            let done = work(write).await;
            let error = done.as_ref().err().cloned();
            self.done = Some(done);
            error.map_or(Ok(()), Err)
        })
    }

    fn answer(self: Box<Self>, committed: Result<()>) {
        let done = self.done.unwrap_or_else(|| Err(stopped()));
        // A caller that is gone needs no answer.
        drop(self.reply.send(committed.and(done)));
    }
}

async fn work<G: Gather>(db: Db, mut jobs: mpsc::Receiver<Job<G>>) {
    let mut postponed = VecDeque::new();
    loop {
        if postponed.is_empty() {
            match jobs.recv().await {
                Some(job) => postponed.push_back(job),
                None => return,
            }
        }
        while postponed.len() < GROUP {
            match jobs.try_recv() {
                Ok(job) => postponed.push_back(job),
                Err(_) => break,
            }
        }
        let mut group = Group::take(&mut postponed);
        let stored = group.store(&db).await;
        if let Err(error) = &stored {
            tracing::error!(%error, jobs = group.len(), "a group of writes could not be stored");
        }
        group.answer(stored);
    }
}

/// The jobs of one transaction.
struct Group<G: Gather> {
    gathered: Vec<G>,
    replies: Vec<oneshot::Sender<Result<G::Reply>>>,
    done: Vec<Result<G::Reply>>,
    singles: Vec<Box<dyn Single>>,
}

impl<G: Gather> Group<G> {
    /// Takes the queued jobs but those whose key is taken already; these stay queued, in order.
    fn take(queue: &mut VecDeque<Job<G>>) -> Self {
        let mut group = Self { gathered: Vec::new(), replies: Vec::new(), done: Vec::new(), singles: Vec::new() };
        let mut keys = HashSet::new();
        let mut later = VecDeque::new();
        for job in queue.drain(..) {
            match job {
                Job::Gathered(Gathered { job, reply }) if keys.insert(job.key().to_vec()) => {
                    group.gathered.push(job);
                    group.replies.push(reply);
                }
                Job::Gathered(_) => later.push_back(job),
                Job::Single(single) => group.singles.push(single),
            }
        }
        *queue = later;
        group
    }

    fn len(&self) -> usize {
        self.gathered.len() + self.singles.len()
    }

    /// Runs everything in one transaction and commits it.
    async fn store(&mut self, db: &Db) -> Result<()> {
        let mut write = db.write().await?;
        if !self.gathered.is_empty() {
            match run_batch(&self.gathered, &mut write).await? {
                Ok(replies) => self.done = replies.into_iter().map(Ok).collect(),
                Err(_) => {
                    for job in &self.gathered {
                        let alone = run_batch(std::slice::from_ref(job), &mut write).await?;
                        self.done.push(alone.and_then(|replies| replies.into_iter().next().ok_or_else(unanswered)));
                    }
                }
            }
        }
        for single in &mut self.singles {
            write.set_savepoint().await?;
            let done = single.run(&mut write).await;
            // The job keeps its own error for its caller.
            drop(write.close_savepoint(done).await?);
        }
        write.commit().await
    }

    fn answer(self, stored: Result<()>) {
        let mut done = self.done.into_iter();
        for (job, reply) in self.gathered.into_iter().zip(self.replies) {
            let answer = stored.clone().and_then(|()| done.next().unwrap_or_else(|| Err(unanswered())));
            if let Ok(answer) = &answer {
                job.committed(answer);
            }
            // A caller that is gone needs no answer.
            drop(reply.send(answer));
        }
        for single in self.singles {
            single.answer(stored.clone());
        }
    }
}

/// Runs one batch in a savepoint. The outer error ends the transaction, the inner one only the batch.
async fn run_batch<G: Gather>(batch: &[G], write: &mut Write) -> Result<Result<Vec<G::Reply>>> {
    write.set_savepoint().await?;
    let mut done = G::run(batch, write).await;
    if done.as_ref().is_ok_and(|replies| replies.len() != batch.len()) {
        done = Err(unanswered());
    }
    write.close_savepoint(done).await
}

/// A fault in a [`Gather::run`]: it gave fewer or more replies than it had jobs.
fn unanswered() -> Error {
    Error::Refused("a batch of writes did not answer each of its jobs".into())
}
