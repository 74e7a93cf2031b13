//! The site as visitors meet it: every page through the router, on SQLite and, where `TEST_POSTGRES_URL` names a server, on PostgreSQL.
//!
//! A test is a story. [`site::Site`] is the installation, [`visitor::Visitor`] a person with a browser that runs no JavaScript, [`page::Page`] what
//! stands on the screen. A visitor presses only buttons and fills only fields that the page has, so a test breaks when the page does.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on has failed")]
#![expect(clippy::print_stderr, reason = "a test that skips its half on PostgreSQL says so")]

#[path = "../storage/databases.rs"]
#[expect(dead_code, reason = "the storage tests use all of it")]
mod databases;
mod html;
mod page;
mod site;
mod visitor;

mod account_sessions;
mod account_tokens;
mod accounts;
mod another;
mod cards;
mod changes;
mod doors;
mod editor_begin;
mod editor_cases;
mod editor_conditions;
mod editor_desk;
mod editor_feedback;
mod editor_files;
mod editor_ladders;
mod editor_limits;
mod editor_offers;
mod editor_pictures;
mod editor_publish;
mod editor_races;
mod editor_rebuild;
mod editor_trial;
mod editor_versions;
mod editor_words;
mod escaping;
mod failing;
mod guide;
mod home;
mod kinds;
mod maps;
mod outcome;
mod reading;
mod refusals;
mod secrets;
mod servers;
mod share;
mod sub_path;
mod walks;
mod worked;
