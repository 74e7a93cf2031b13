//! Texts and events: what contradicts, what can be made up, and what stays open.

use super::*;

/// The positions of branches that are dead, and of those of which it is not proven.
fn dead_and_open(branches: &str) -> (Vec<usize>, Vec<usize>) {
    let closure = tree(&[("r_all", branches, "x", "x")], &["x", "y"], &[]);
    let of = |what| {
        let of_branches = found(&closure, &[what]).into_iter().filter(|(node, _, _)| node == "r_all");
        of_branches.map(|(_, _, place)| if let Some(Place::Branch(at)) = place { at } else { panic!("{place:?}") }).collect()
    };
    (of(What::DeadBranch), of(What::NotProven))
}

#[test]
fn texts_are_made_up_from_patterns_and_contradictions_found() {
    for (branches, dead, open) in [
        ("text(contains \"file replication\") -> x; text(contains \"replication\") -> y", &[][..], &[][..]),
        // The longer phrase without the shorter one.
        ("text(contains \"replication\") -> x; text(contains \"file replication\") -> y", &[1], &[]),
        ("text(contains \"replication\" and not contains \"file replication\") -> x", &[], &[]),
        ("text(contains \"file replication\" and not words \"replication file\") -> x", &[0], &[]),
        ("text(contains \"one\" and contains \"two\" and not words \"two one\") -> x", &[0], &[]),
        // Not in one message, but in two.
        ("text(contains \"one\") and text(not contains \"one\") -> x", &[], &[]),
        ("text(contains \"one\") and not text(contains \"one\") -> x", &[0], &[]),
        ("text(like \"Extension * could not\") -> x; text(like \"*\") -> y; text(contains \"z\") -> x", &[2], &[]),
        ("text(like \"*smtp*\" and not like \"*s*\") -> x", &[0], &[]),
        ("text(like \"a*\" and like \"b*\") -> x", &[0], &[]),
        ("text(like \"a*\" and like \"*b\" and contains \"middle\") -> x", &[], &[]),
        ("text(like \"a b\" and contains \"b\") -> x; text(like \"a b\" and contains \"c\") -> y", &[], &[]),
        ("text(matches \"err(or)? -?\\d+\" and contains \"loaded\") -> x", &[], &[]),
        ("text(matches \"^jet\" and contains \"loaded\" and matches \"now$\") -> x", &[], &[]),
        // Of regular expressions nothing is said that cannot be shown.
        ("text(matches \"a\") -> x; text(matches \"aa\") -> y", &[], &[1]),
        ("text(code -528) -> x; text(code 0xFFFFFDF0) -> y", &[1], &[]),
        ("text(code c1030ad1 and not contains \"c1030ad1\") -> x", &[], &[0]),
    ] {
        let dead_and_open = dead_and_open(branches);
        let expected = match branches {
            // The second branch of a whole text that lacks the word is dead.
            _ if branches.contains("contains \"c\"") => (vec![1], vec![]),
            _ => (dead.to_vec(), open.to_vec()),
        };
        assert_eq!(dead_and_open, expected, "{branches}");
    }
}

#[test]
fn events_have_one_source_and_one_number() {
    for (branches, dead) in [
        ("event(source MSExchangeSA and id 2037) -> x; event(id 2037) -> y; event(source MSExchangeSA) -> y", &[][..]),
        ("event(id 2037) -> x; event(source \"System Attendant\" and id 2037) -> y", &[1]),
        ("event(source MSExchangeSA and source \"System Attendant\") -> x", &[]),
        ("event(source MSExchangeSA and source MSExchangeIS) -> x", &[0]),
        ("event(id 1) and event(id 2) -> x; event(id 1 and id 2) -> y", &[1]),
        ("event(id 1171 and code e0010006 and contains \"parameters 4 and 1\") -> x; event(id 1171 and code e0010002) -> y", &[]),
        ("code(-528) -> x; code(4294966768) -> y; code(5) -> y", &[1]),
    ] {
        assert_eq!(dead_and_open(branches).0, dead, "{branches}");
    }
}

#[test]
fn witnesses_of_texts_read_like_what_they_are_made_from() {
    let closure = tree(&[("text", "text(contains \"file replication\") -> x; text(code c1030ad1) -> y", "x", "x")], &["x", "y"], &[]);
    assert_eq!(words(&closure, What::Order), "\"file replication. c1030ad1\"");
    let events = tree(&[("events", "event(id 5 and contains \"full\") -> x; event(id 6) -> y", "x", "x")], &["x", "y"], &[]);
    assert_eq!(words(&events, What::Order), "event 5 \"full\", event 6 \"Another message.\"");
}
