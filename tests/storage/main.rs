//! Storage on both databases: every test runs on SQLite, and on PostgreSQL where `TEST_POSTGRES_URL` names a server.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![expect(clippy::indexing_slicing, reason = "a list that is too short is a failure")]
#![expect(clippy::panic, reason = "what cannot be stored here is a failure")]
#![expect(clippy::print_stderr, reason = "a test that skips its half on PostgreSQL says so")]

mod backup;
mod databases;
mod drafts;
mod migrations;
mod pictures;
mod published;
mod shelf;
mod statements;
mod transactions;
mod writer;
