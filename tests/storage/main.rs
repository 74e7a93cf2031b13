//! Storage on both databases: every test runs on SQLite, and on PostgreSQL where `TEST_POSTGRES_URL` names a server.

mod backup;
mod databases;
mod migrations;
mod published;
mod shelf;
mod statements;
mod transactions;
mod writer;
