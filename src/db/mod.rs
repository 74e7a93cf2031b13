//! The database: one SQL text for SQLite and PostgreSQL.
//!
//! [`Db`] opens either. [`Db::read`] gives a [`Read`], [`Db::write`] a [`Write`], a transaction that must be committed; functions that
//! read take `&mut Read`, functions that write take `&mut Write`, so a reading path cannot write. Statements run through [`crate::sql`]
//! and [`crate::batch`], whose text is a literal, so that a test finds each one and prepares it on both databases.
//!
//! Writes that an HTTP request waits for go through [`Writer`], which commits them in groups: no write transaction lives in a future
//! that a connection owns, where a visitor who hangs up would leave it open.
//!
//! The room never decides what is stored; it knows no trees and no diagnoses, only that their tables exist.

mod backup;
mod batch;
mod checkpoint;
mod doctor;
mod dump;
mod error;
mod lock;
mod migrate;
mod open;
mod restore;
mod session;
mod sql;
mod url;
mod writer;

pub use backup::{BackupError, RowCounts, backup};
pub use batch::{CHUNKS, batch_text, chunk_size};
pub use doctor::{Finding, doctor};
pub use dump::{TABLES, Table};
pub use error::{Error, Result};
pub use migrate::{MIGRATIONS, Migration, MigrationText, schema_number};
pub use open::{Db, Durability, Options};
pub use restore::restore;
pub use session::{Connection, Read, Write};
/// Reads a row into a struct by the names of its columns.
pub use sqlx::FromRow;
pub use url::DatabaseUrl;
pub use writer::{Gather, WriteFuture, Writer};
