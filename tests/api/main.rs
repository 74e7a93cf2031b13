//! The JSON API as programs meet it: every test through the router, on SQLite and, where `TEST_POSTGRES_URL` names a server, on PostgreSQL.
//!
//! Every answer is held against the OpenAPI document of the installation ([`description`]), and so is every request that was taken.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::print_stderr, reason = "a test that cannot go on has failed")]

mod client;
#[path = "../storage/databases.rs"]
#[expect(dead_code, reason = "the storage tests use all of it")]
mod databases;
mod description;

mod authoring;
mod described;
mod found;
mod kept;
mod levels;
mod refused;
mod walked;
