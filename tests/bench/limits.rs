//! What the program does against what it could at best do: `cargo bench --bench limits`.
//!
//! Each figure stands beside a limit that is measured in the same run, arm after arm in several rounds, so that a busy machine troubles both.
//! Servers are processes of their own. Without other processes the medians are steady; with them, trust the ratios.
#![cfg_attr(not(target_os = "linux"), expect(unused, reason = "processor time and memory are read from /proc"))]
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a measurement that cannot go on has failed")]
#![expect(clippy::indexing_slicing, reason = "a list that is too short is a failure")]
#![expect(clippy::print_stdout, reason = "the figures are the result")]
#![expect(clippy::print_stderr, reason = "the storage tests say what they skip")]
#![expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "figures are rounded to be read")]

mod answers;
mod authoring;
#[expect(dead_code, reason = "the storage tests use all of it")]
#[path = "../storage/databases.rs"]
mod databases;
mod evtx;
#[expect(dead_code, reason = "crafted logs are for tests")]
#[path = "../intake/evtx_file.rs"]
mod evtx_file;
mod figures;
#[path = "../site/html.rs"]
mod html;
mod load;
#[expect(dead_code, reason = "the site's tests use all of it")]
#[path = "../site/page.rs"]
mod page;
mod pages;
mod paste;
mod process;
mod proof;
mod servers;
#[expect(dead_code, reason = "the site's tests use all of it")]
#[path = "../site/site.rs"]
mod site;
mod start;
#[expect(dead_code, reason = "the site's tests use all of it")]
#[path = "../site/visitor.rs"]
mod visitor;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.first().is_some_and(|first| first == servers::SERVE) {
        return servers::serve(&arguments[1..]);
    }
    // What `cargo bench` adds begins with a dash; names choose parts.
    let wanted = |part: &str| arguments.iter().all(|argument| argument.starts_with('-')) || arguments.iter().any(|argument| argument == part);
    if wanted("pages") {
        pages::measure();
    }
    if wanted("answers") {
        answers::measure();
    }
    if wanted("paste") {
        paste::measure();
    }
    if wanted("proof") {
        proof::measure();
    }
    if wanted("authoring") {
        authoring::measure();
    }
    if wanted("start") {
        start::measure();
    }
    if wanted("evtx") {
        evtx::measure();
    }
}
