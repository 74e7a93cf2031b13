//! Fixpath: a self-hosted troubleshooting wizard.
//!
//! A visitor brings a symptom, answers the questions that are left, and ends on the steps that fix it. This page is the map of the code: read it
//! before the first change. It says what does not change often; details are with the rooms.
//!
//! # Bird's eye view
//!
//! Authors write **trees**; a published tree never changes. A visitor's **diagnosis** is a list of **statements** about facts, and nothing else.
//! A page is made by *replaying*: the pure function of tree and statements gives the path so far and then one of a question, an outcome or
//! the hand-over. So Back, reload, two tabs, a colleague and a link next year all see the same, and there is no state that could be stale.
//!
//! ```text
//!            browser, API client                    operator
//!                    |                                 |
//!   web::server  ->  web::layers  ->  diagnose, editor, api   cli
//!                                        |     |       |
//!                                        visit         |      a diagnosis, opened with its version
//!                                        |     |       |
//!                                   record   shelf     |      what was said    trees and ladders
//!                                        |     |       |
//!                                        db (SQLite or PostgreSQL)
//!
//!   tree: the pure core that diagnose, editor, api and cli ask; it knows none of the above
//! ```
//!
//! # Words
//!
//! Code, pages, tables and documentation use these words, and no others for the same thing.
//!
//! | word | meaning |
//! |---|---|
//! | tree | one decision tree for one problem. It has one draft and any number of versions, which are published, numbered and immutable |
//! | node | has a key that is never used again. A question sets a fact, a route branches on facts already known, an outcome ends the walk, a jump goes on in another tree |
//! | branch | an ordered edge with a condition and a target. The first that is true is taken; every question and route has an `otherwise` and an `unknown` |
//! | condition | a closed little language over facts, with three values: true, false, unknown |
//! | fact, statement | a fact has a key; a statement gives it a value and a source: asked, pasted, uploaded, linked, carried over |
//! | evidence, message | what a visitor brought; the text of one dialog or log entry in it |
//! | product, family, level, ladder | a product's ladder orders its families and their levels, so that they compare. A `version` is always a tree's |
//! | diagnosis | one visitor's walk, pinned to one version: statements and ticks. The current node is never stored |
//! | guide | what pages call a published tree. Never in code |
//! | share | a link that opens a diagnosis for others |
//! | outcome | verdict, cause, procedures with their steps, references, and what follows if it did not help |
//! | case | a test kept with a tree: facts in, expected outcome |
//!
//! # Rooms
//!
//! Each top-level module is a room. The README's table says what each holds and which others it may import, from the ground up;
//! `tests/architecture.rs` fails on an arrow that the table does not name, so modules never form a circle. A room begins with what it is for
//! and what it must never do. A room with pages has `router(state)`, its own state, and for each page a struct, a template and a handler side by
//! side; [`app`] merges the routers.
//!
//! Where to look first:
//!
//! - an address: [`web::urls`] has all of them; the room that serves it names the pattern in its `router`.
//! - what holds for every request: [`web::layers`], one function.
//! - what an author edits: a form in [`editor`], filled from the tree and read back into it; the shelf keeps every edit.
//! - a setting: [`settings::CATALOGUE`].
//! - what a question, condition or walk means: `tree`, and `trees/README.md` for the file format.
//! - SQL: `db`, and the file `store.rs` of a room that keeps something.
//! - an address of the JSON API, what it takes and answers: its handler in [`api`]; the OpenAPI document is made from those.
//!
//! # What always holds
//!
//! - The core is pure: `tree` knows no HTTP, no SQL, no clock and no template. The same tree and statements give the same walk, for ever.
//! - Unknown is not "no". A branch whose condition is unknown never matches, and never is one after it taken instead in silence.
//! - Time and randomness are values ([`clock`]); tests decide them.
//! - An answer is acknowledged only after it is durable. What cannot be stored is answered with 503, shows what was typed, and changes nothing.
//! - No write transaction lives in a future that a connection owns: a client that hangs up cannot leave one open.
//! - Whoever is not the owner of a diagnosis and whoever asks for one that does not exist get the same answer.
//! - An uploaded event log is looked into by a child process only ([`intake`]), which limits itself first.
//! - Secrets are stored as hashes only, and neither they nor evidence reach a log.
//! - Pages work without JavaScript and load nothing from elsewhere; no inline script or style passes the content security policy.
//! - A picture is decoded and encoded anew before it is kept, and no visitor sees one that only drafts show.
//! - What a visitor or an author wrote is escaped; the only HTML made from text is [`web::markdown`]'s.
//! - Every error says what happened and what to do. Handlers return [`web::Failure`]; one layer makes the page, and inner texts stay in the log.
//!
//! Deliberately absent: a client-side application, a store of sessions beside the tables (one of `account` is a row), an object layer over SQL, and rooms named after a layer or after nothing
//! (`models`, `utils`, `common`).
//!
//! # Walk-through: a visitor answers a question
//!
//! 1. [`web::server`] reads the request within its limits, notes the peer, and hands it to the router. [`web::layers`] gives it an id and refuses
//!    it if another site sent it.
//! 2. The handler in `diagnose` takes the diagnosis's id from [`web::Path`], the fields from [`web::Form`] and the browser's secret from
//!    [`web::Visitor`]. `visit` opens the diagnosis with the version it is pinned to; if the secret's hash does not own it, the answer is "not found".
//! 3. Opening it has replayed the walk. If the question is not on the path, the visitor gets a 409 page with the way on. If a field cannot be read, the same
//!    template comes back with what was typed and with [`web::FieldErrors`].
//! 4. `visit` holds the form's mark against what was said meanwhile, and hands the statement to `record`, which hands it to the one writer of `db`. The writer commits what is queued together and answers after
//!    the commit. A full disk comes back as [`web::Failure::Unavailable`] with the fields in it.
//! 5. The handler redirects to the diagnosis. That request replays the walk, now one statement longer, and shows the next question or the outcome.
//!
//! # Walk-through: a visitor shares a diagnosis
//!
//! 1. The outcome page's "Share" first says what the link will show, since server names are in it.
//! 2. `record` makes a token of 256 random bits, stores its hash with the diagnosis, and the page shows the address once.
//! 3. A colleague opens it. The token's hash finds the diagnosis; no secret is asked for, and nothing on the page can change it. The page is
//!    hidden from search engines, and [`web::headers`] keeps its address from other sites.
//! 4. The walk is replayed on the version that the diagnosis is pinned to, so the colleague sees what the owner saw, whatever has been published
//!    since. Once revoked, the address answers like one that never was.

pub mod account;
pub mod api;
pub mod app;
pub mod audit;
pub mod cli;
pub mod clock;
pub mod db;
pub mod diagnose;
pub mod editor;
pub mod evidence;
pub mod form;
pub mod intake;
pub mod map;
pub mod record;
pub mod search;
pub mod secret;
pub mod settings;
pub mod shelf;
pub mod tree;
pub mod visit;
pub mod web;
pub mod words;
