//! A tree file: written and read again it is the same tree, and written again the same bytes.
#![no_main]

use fixpath::tree::file::{read, write};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(tree) = read(text) {
        let written = write(&tree).expect("what was read can be written");
        let again = read(&written).expect("what was written can be read");
        assert_eq!(again, tree);
        assert_eq!(write(&again).expect("what was read can be written"), written);
    }
});
