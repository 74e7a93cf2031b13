//! Whatever is pasted and read: redaction is stable, leaves codes alone, and shows no server's name.
#![no_main]

#[path = "../../evidence/invariants.rs"]
mod invariants;
mod ladders;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let reading = fixpath::evidence::read(&String::from_utf8_lossy(bytes), &ladders::LADDERS);
    invariants::check_redaction(&reading, &*ladders::SHIPPED);
});
