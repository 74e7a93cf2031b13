use proptest::prelude::*;

use super::lexer::LONGEST;
use super::*;

fn canonical(text: &str) -> String {
    Condition::parse(text).unwrap_or_else(|error| panic!("{text}: {error}")).to_string()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_condition_reads_its_own_text_back(condition in arbitrary::condition()) {
        let text = condition.to_string();
        let again = Condition::parse(&text).map_err(|error| TestCaseError::fail(format!("{text}\n{error}")))?;
        prop_assert_eq!(&again, &condition, "{}", text);
        prop_assert_eq!(again.to_string(), text);
    }

    #[test]
    fn no_text_breaks_the_reader(text in "\\PC{0,200}") {
        let _ = Condition::parse(&text);
        let _ = Selection::parse(&text);
    }

    #[test]
    fn no_heap_of_words_breaks_the_reader(
        words in prop::collection::vec(prop::sample::select(&[
            "some", "every", "no", "other", "server", "client", "a", "in", "others", "(", ")", "where", ":", "is", "older", "than", "5.5", "SP1", "below", "at", "least", "and", "or", "not",
            "did", "apply", "upgrade", "from", "to", ",", "text", "event", "contains", "\"x\"", "file", "has", "=", ">=", "count", "a.level", "share", "code", "c1030ad1", "-528", "before", "\n",
        ][..]), 0..40)
    ) {
        if let Ok(condition) = Condition::parse(&words.join(" ")) {
            let text = condition.to_string();
            prop_assert_eq!(Condition::parse(&text).map(|again| again.to_string()), Ok(text));
        }
    }
}

#[test]
fn the_examples_of_the_documentation_are_canonical() {
    for text in testing::CANONICAL {
        assert_eq!(canonical(text), text);
    }
}

#[test]
fn other_spellings_have_the_same_canonical_text() {
    for (text, expected) in [
        ("  some\n server\t is \"5.0\"   \"SP2\" ", "some server is 5.0 SP2"),
        ("((share = missing))", "share = missing"),
        ("(a_ = b and (c_ = d and e_ = f))", "a_ = b and c_ = d and e_ = f"),
        ("a_ = b or (c_ = d or e_ = f)", "a_ = b or c_ = d or e_ = f"),
        ("(a_ = b and c_ = d) or e_ = f", "a_ = b and c_ = d or e_ = f"),
        ("some server level is 5.0", "some server is 5.0"),
        ("admin.level older than 5.0", "admin older than 5.0"),
        ("some server build = 05.05.2650", "some server build = 5.5.2650"),
        ("text(matches \"\\d\")", "text(matches \"\\\\d\")"),
        ("some server every other server is 5.0", "some server (every other server is 5.0)"),
    ] {
        assert_eq!(canonical(text), expected, "{text}");
    }
}

#[test]
fn mistakes_are_reported_where_they_are() {
    for (text, line, column, part) in [
        ("", 1, 1, "Expected a test"),
        ("share == missing", 1, 7, "Write one \"=\""),
        ("share = missing &", 1, 17, "Write \"not\", \"and\" or \"or\""),
        ("some server is 5.0 SP2 and\n  every server is below SP2", 2, 19, "A range needs its family"),
        ("some server is 2007 SP1 RU5", 1, 25, "double quotes"),
        ("(share = missing", 1, 17, "not closed"),
        ("share = missing)", 1, 16, "closes nothing"),
        ("text(contains \"abc)", 1, 15, "no closing quote"),
        ("text(contains \"...\")", 1, 15, "no word"),
        ("text(matches \"(\")", 1, 14, "regular expression"),
        ("text(matches \"((a{1000}){1000}){1000}\")", 1, 14, "too big"),
        ("text(id 5)", 1, 6, "event(source"),
        ("event(id many)", 1, 10, "number"),
        ("code(hello)", 1, 6, "is not an error code"),
        ("some servers is 5.0", 1, 6, "Expected \"server\" or \"client\""),
        ("server is 5.0", 1, 1, "some server"),
        ("every server where is 5.5 is 5.0", 1, 27, "colon"),
        ("count(server is 5.5) >= two", 1, 25, "whole number"),
        ("some server did(explode)", 1, 17, "The actions are: add to site"),
        ("some server level = 5.5", 1, 21, "is 5.5 below SP3"),
        ("some server site > \"x\"", 1, 18, "= or != only"),
        ("share = \"missing\"", 1, 9, "without quotes"),
        ("share missing", 1, 7, "after \"share\""),
        ("some other server in others(a) is 5.0", 1, 19, "say the same"),
        ("ein ü", 1, 5, "no meaning here"),
        ("Share = x", 1, 1, "Expected a test"),
        ("is.level = a.level", 1, 1, "cannot name a machine"),
        ("some server is behind CU15", 1, 23, "stands alone"),
        ("some server is on a line", 1, 19, "is on an ended line"),
        ("some server is on an ended", 1, 27, "Expected \"line\""),
        ("some server is in a family", 1, 19, "is in an ended family"),
        ("some server newer known", 1, 19, "newer than known"),
        ("behind = yes", 1, 1, "Expected a test"),
    ] {
        let error = Condition::parse(text).expect_err(text);
        assert_eq!((error.line, error.column), (line, column), "{text}: {error}");
        assert!(error.to_string().contains(part), "{text}: {error}");
    }
}

#[test]
fn depth_and_length_are_limited() {
    let deep = |levels: usize| format!("{}share = x{}", "(".repeat(levels), ")".repeat(levels));
    assert!(Condition::parse(&deep(60)).is_ok());
    let error = Condition::parse(&deep(5_000)).unwrap_err();
    assert!(error.message.contains("nested more than 64"), "{error}");
    assert!(Condition::parse(&"not ".repeat(4000)).is_err());
    assert!(Condition::parse(&format!("text({}contains \"x\"", "(".repeat(5000))).is_err());
    let error = Condition::parse(&"a".repeat(LONGEST + 1)).unwrap_err();
    assert!(error.message.contains("bytes long"), "{error}");
    let crowded = vec!["a_=b"; LONGEST / 9].join(" or ");
    assert!(Condition::parse(&crowded).unwrap_err().message.contains("bytes long"), "its canonical text is too long");
    let deepest = canonical(&format!("{}some server some server is 5.0", "not ".repeat(61)));
    assert_eq!(canonical(&deepest), deepest, "the brackets of the canonical text are no deeper");
    let nested = "some server (some server (some server (some server is 5.5)))";
    assert!(Condition::parse(nested).unwrap_err().message.contains("inside each other"));
}

#[test]
fn json_is_the_canonical_text() {
    let condition: Condition = serde_json::from_str("\"(some server is \\\"5.0\\\")\"").unwrap();
    assert_eq!(serde_json::to_string(&condition).unwrap(), "\"some server is 5.0\"");
    let error = serde_json::from_str::<Condition>("\"share ==\"").unwrap_err().to_string();
    assert!(error.contains("line 1, column 7"), "{error}");
}

#[test]
fn selections_are_read_and_printed() {
    for (text, expected) in [
        ("servers", "servers"),
        ("servers:is 5.0  below SP2", "servers: is 5.0 below SP2"),
        ("admin", "admin"),
        (" share ", "share"),
        ("mail-queue.share", "mail-queue.share"),
        ("levels", "levels"),
        ("ladder", "ladder"),
        ("levels  of servers", "levels of servers"),
        ("levels of clients:is behind", "levels of clients: is behind"),
        ("ladder date", "ladder date"),
        ("ladder date of \"2019\"", "ladder date of 2019"),
        ("ladder date of \"NT 4.0\"", "ladder date of \"NT 4.0\""),
    ] {
        assert_eq!(Selection::parse(text).unwrap().to_string(), expected);
    }
    for text in [
        "",
        "text",
        "servers is 5.0",
        "servers:",
        "admin: is 5.0",
        "share: is 5.0",
        "some",
        "servers: is 5.0 5.0 5.0",
        "Share",
        "levels of admin",
        "levels of",
        "levels of servers:",
        "ladder date of",
        "ladder date 2019",
        "ladder of 2019",
    ] {
        assert!(Selection::parse(text).is_err(), "{text}");
    }
}
