//! Whatever is pasted: the reading is sound, and nothing in it is invented.
#![no_main]

#[path = "../../evidence/invariants.rs"]
mod invariants;
mod ladders;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    invariants::read_and_check(&String::from_utf8_lossy(bytes), &ladders::LADDERS);
});
