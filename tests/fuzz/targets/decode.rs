//! A text file of any encoding: its text is plain, and its reading is sound.
#![no_main]

#[path = "../../evidence/invariants.rs"]
mod invariants;
mod ladders;

use fixpath::evidence::{FileKind, decode, file_kind};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let decoded = decode(bytes);
    assert!(!decoded.text.chars().any(|c| c.is_control() && c != '\n' && c != '\t'), "a control character is left");
    assert!(decoded.text.len() <= bytes.len() * 3, "{} bytes became {}", bytes.len(), decoded.text.len());
    if file_kind("log.txt", bytes) == Ok(FileKind::Text) {
        invariants::read_and_check(&decoded.text, &ladders::LADDERS);
    }
});
