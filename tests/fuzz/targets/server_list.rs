//! A pasted list of servers: every row is one of the lines, and its name stands in it.
#![no_main]

use fixpath::evidence::read_server_list;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let list = read_server_list(&text);
    for (line, row) in &list.rows {
        assert!(text.contains(line.as_str()), "\"{line}\" is no line of the text");
        // CSV takes quotes off, and doubles those that stay.
        let unquoted = |text: &str| text.replace('"', "");
        assert!(row.name.as_ref().is_none_or(|name| unquoted(&text).contains(&unquoted(name))), "{row:?} is invented");
    }
    assert!(list.rows.len() + list.not_understood.len() <= text.lines().count(), "more rows than lines");
});
