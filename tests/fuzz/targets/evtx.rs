//! An event log file with changes, or input that begins like one: reading ends, and what it gives keeps to its limits.
#![no_main]

#[path = "../../intake/changed.rs"]
mod changed;
#[expect(dead_code, reason = "whole logs are for other tests")]
#[path = "../../intake/evtx_file.rs"]
mod evtx_file;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| changed::read_and_check(bytes));
