//! One connection at work: [`Read`] and [`Write`].

use std::ops::{Deref, DerefMut};

use sqlx::pool::PoolConnection;
use sqlx::{PgConnection, Postgres, Sqlite, SqliteConnection, Transaction};

use super::Result;
use crate::sql;

/// A connection that reads. From [`super::Db::read`] each statement sees what is committed by then; from [`super::Db::snapshot`] all
/// statements see the same state.
#[derive(Debug)]
pub struct Read(Session);

#[derive(Debug)]
pub(super) enum Session {
    Sqlite(PoolConnection<Sqlite>),
    Postgres(PoolConnection<Postgres>),
    SqliteTransaction(Transaction<'static, Sqlite>),
    PostgresTransaction(Transaction<'static, Postgres>),
}

/// The open connection of either database, for [`crate::sql`] and [`crate::batch`].
#[derive(Debug)]
pub enum Connection<'a> {
    /// SQLite.
    Sqlite(&'a mut SqliteConnection),
    /// PostgreSQL.
    Postgres(&'a mut PgConnection),
}

impl Read {
    pub(super) fn new(session: Session) -> Self {
        Self(session)
    }

    /// The connection behind it.
    pub fn connection(&mut self) -> Connection<'_> {
        match &mut self.0 {
            Session::Sqlite(connection) => Connection::Sqlite(connection),
            Session::SqliteTransaction(transaction) => Connection::Sqlite(transaction),
            Session::Postgres(connection) => Connection::Postgres(connection),
            Session::PostgresTransaction(transaction) => Connection::Postgres(transaction),
        }
    }

    async fn commit(self) -> Result<()> {
        match self.0 {
            Session::SqliteTransaction(transaction) => transaction.commit().await?,
            Session::PostgresTransaction(transaction) => transaction.commit().await?,
            Session::Sqlite(_) | Session::Postgres(_) => {}
        }
        Ok(())
    }

    async fn rollback(self) -> Result<()> {
        match self.0 {
            Session::SqliteTransaction(transaction) => transaction.rollback().await?,
            Session::PostgresTransaction(transaction) => transaction.rollback().await?,
            Session::Sqlite(_) | Session::Postgres(_) => {}
        }
        Ok(())
    }
}

/// A transaction that writes. What it did is gone unless [`Write::commit`] succeeds.
///
/// On SQLite there is one at a time (`BEGIN IMMEDIATE`). On PostgreSQL two may run side by side at READ COMMITTED: who writes what
/// depends on what was read must compare and set, as diagnoses do with their revision, or begin by raising a row of `counter`.
#[derive(Debug)]
#[must_use = "a transaction does nothing until it is committed"]
pub struct Write(Read);

impl Write {
    pub(super) fn new(read: Read) -> Self {
        Self(read)
    }

    /// The connection behind it; only statements that change something need it from here.
    pub fn writing_connection(&mut self) -> Connection<'_> {
        self.0.connection()
    }

    /// Makes everything durable.
    ///
    /// # Errors
    /// [`super::Error::Unavailable`] if the disk or the connection fails: then nothing is stored.
    pub async fn commit(self) -> Result<()> {
        self.0.commit().await
    }

    /// Undoes everything at once, rather than when the connection is next used.
    ///
    /// # Errors
    /// If the connection fails; the database then undoes it by itself.
    pub async fn rollback(self) -> Result<()> {
        self.0.rollback().await
    }

    /// Marks the point to which [`Write::close_savepoint`] returns if the work after it fails.
    pub(super) async fn set_savepoint(&mut self) -> Result<()> {
        sql!(self, execute "SAVEPOINT job")?;
        Ok(())
    }

    /// Keeps what was done since the savepoint, or undoes it if `done` is an error, and hands `done` back.
    ///
    /// # Errors
    /// The disk or the connection failed: the whole transaction must be given up.
    pub(super) async fn close_savepoint<T>(&mut self, done: Result<T>) -> Result<Result<T>> {
        match done {
            Err(error) if error.is_unavailable() => return Err(error),
            Err(_) => {
                sql!(self, execute "ROLLBACK TO SAVEPOINT job")?;
            }
            Ok(_) => {}
        }
        sql!(self, execute "RELEASE SAVEPOINT job")?;
        Ok(done)
    }
}

impl Deref for Write {
    type Target = Read;

    fn deref(&self) -> &Read {
        &self.0
    }
}

impl DerefMut for Write {
    fn deref_mut(&mut self) -> &mut Read {
        &mut self.0
    }
}
