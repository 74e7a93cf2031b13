//! A condition as an author types it: its canonical text reads back as the same condition.
#![no_main]

use fixpath::tree::condition::Condition;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(condition) = Condition::parse(text) {
        let canonical = condition.to_string();
        assert_eq!(Condition::parse(&canonical).as_ref(), Ok(&condition), "{canonical}");
    }
});
