mod rows;

use serde_json::json;

use super::super::Truth::{self, False, True, Unknown};
use super::super::testing::World;
use crate::tree::code::Code;
use crate::tree::fact::Value;

fn check(world: &World, table: &[(&str, Truth)]) {
    for (condition, expected) in table {
        assert_eq!(world.truth(condition), *expected, "{condition}");
    }
}

#[test]
fn nobody_knows_a_fact_that_was_not_stated() {
    for world in
        [World::new(), ["servers", "text", "events", "codes", "admin", "share", "clients"].iter().fold(World::new(), |world, name| world.not_known(name))]
    {
        for condition in [
            "some server is 5.0",
            "every server is 5.0",
            "no server is 5.0",
            "count(server is 5.5) >= 0",
            "text(contains \"x\")",
            "event(id 1)",
            "code(5)",
            "admin is 5.0",
            "share = x",
            "share has x",
        ] {
            assert_eq!(world.truth(condition), Unknown, "{condition}");
            assert_eq!(world.truth(&format!("not {condition}")), Unknown, "{condition}");
        }
    }
}

#[test]
fn logic_has_three_values() {
    let world = World::new().choice("yes_it", "a").choice("no_it", "b");
    check(
        &world,
        &[
            ("yes_it = a and open = x", Unknown),
            ("no_it = a and open = x", False),
            ("open = x and no_it = a", False),
            ("yes_it = a or open = x", True),
            ("open = x or yes_it = a", True),
            ("no_it = a or open = x", Unknown),
            ("not (open = x or no_it = a)", Unknown),
            ("not (open = x and no_it = a)", True),
        ],
    );
}

#[test]
fn quantifiers_range_over_rows() {
    let mixed = World::new().servers(&["5.0 SP2", "5.0 SP1", "5.5"]);
    check(
        &mixed,
        &[
            ("some server is 5.5", True),
            ("every server is 5.0", False),
            ("no server is 4.0", True),
            ("no server is 5.5", False),
            ("count(server is 5.0) = 2", True),
            ("count(server is 5.0) != 2", False),
            ("count(server is 5.0) >= 3", False),
            ("count(server is 5.0) > 1", True),
            ("count(server is 5.0) <= 1", False),
            ("count(server is 5.0) < 3", True),
            ("every server where is 5.0: is 5.0 at least SP1", True),
            ("every server where is 4.0: is 5.0", True),
            ("some server a (is 5.0 SP2 and every server in others(a) where is 5.0: is 5.0 below SP2)", True),
        ],
    );
    let with_gap = World::new().servers(&["5.0 SP2", ""]);
    check(
        &with_gap,
        &[
            ("some server is 5.0", True),
            ("some server is 5.5", Unknown),
            ("every server is 5.0", Unknown),
            ("every server is 5.5", False),
            ("no server is 5.0", False),
            ("no server is 5.5", Unknown),
            ("count(server is 5.0) >= 1", True),
            ("count(server is 5.0) >= 2", Unknown),
            ("count(server is 5.0) >= 3", False),
            ("count(server is 5.0) = 1", Unknown),
            ("count(server is 5.0) = 3", False),
            ("every server where is 5.0: is 5.0 SP2", Unknown),
            ("some server where is 5.0: is 5.0 SP1", Unknown),
        ],
    );
    let empty = World::new().servers(&[]);
    check(&empty, &[("some server is 5.0", False), ("every server is 5.0", True), ("no server is 5.0", True), ("count(server is 5.0) = 0", True)]);
}

#[test]
fn unlisted_servers_may_be_of_any_kind() {
    let more = World::new().servers_and_more(&["5.0", "5.0"]);
    check(
        &more,
        &[
            ("some server is 5.0", True),
            ("some server is 5.5", Unknown),
            ("every server is 5.0", Unknown),
            ("every server is 5.5", False),
            ("no server is 5.5", Unknown),
            ("no server is 5.0", False),
            ("count(server is 5.0) >= 2", True),
            ("count(server is 5.0) >= 3", Unknown),
            ("count(server is 5.0) < 2", False),
            ("count(server is 5.0) < 9", Unknown),
            ("count(server is 5.0) = 2", Unknown),
            ("count(server is 5.0) = 1", False),
        ],
    );
    check(&World::new().servers_and_more(&["5.0"]), &[("some server (every other server is 5.0)", Unknown), ("some server some other server is 5.0", Unknown)]);
}

#[test]
fn others_are_told_apart_by_row_not_by_name() {
    let twins = World::new().rows("servers", json!([{"name": "EX01", "version": "5.0 SP2"}, {"name": "EX01", "version": "5.0 SP1"}]));
    check(
        &twins,
        &[
            ("some server a (is 5.0 SP2 and some server in others(a) is 5.0 SP1)", True),
            ("some server a (is 5.0 SP2 and some server in others(a) is 5.0 SP2)", False),
        ],
    );
    let alone = World::new().servers(&["5.0 SP2"]);
    check(
        &alone,
        &[
            ("some server a (every server in others(a) is 5.5)", True),
            ("some server (every other server is 5.5)", False),
            ("some server (no other server is 5.5)", False),
            ("some server (some other server is 5.0)", False),
            ("some server (count(other server is 5.0) = 0)", True),
        ],
    );
    let two = World::new().servers(&["5.0 SP2", "5.0"]);
    check(&two, &[("some server (is 5.0 SP2 and every other server is 5.0 below SP2)", True), ("some server (is 5.0 SP2 and no other server is 5.5)", True)]);
    let clients = two.rows("clients", json!([{"version": "5.5"}]));
    check(&clients, &[("some server (every other client is 5.5)", True), ("some server a (some client (level > a.level))", True)]);
}

#[test]
fn a_text_test_is_about_one_message() {
    let world = World::new().texts(&["The file replication failed: c1030ad1.", "Another 'Error' 0xC10312C6"]);
    check(
        &world,
        &[
            ("text(contains \"file replication\")", True),
            ("text(contains \"file replication\" and code c10312c6)", False),
            ("text(contains \"file replication\") and text(code c10312c6)", True),
            ("text(contains \"file replication\" and not code c10312c6)", True),
            ("text(not contains \"another\")", True),
            ("not text(contains \"another\")", False),
            ("text(words \"failed file\")", True),
            ("text(like \"another error *\")", True),
            ("text(like \"error *\")", False),
            ("text(matches \"^another ERROR\\s0x\")", True),
            ("text(contains \"file repl\")", False),
        ],
    );
    check(&World::new().texts(&[]), &[("text(contains \"x\")", False), ("text(not contains \"x\")", False), ("not text(contains \"x\")", True)]);
    check(&World::new().with("note", Value::Text("Disk FULL".to_owned())), &[("note(contains \"disk full\")", True), ("note(contains \"empty\")", False)]);
}

#[test]
fn an_event_test_is_about_one_record() {
    let world = World::new()
        .events(json!([{"id": 2037, "source": "System Attendant", "text": "Cannot load C:\\add-ins\\smtp now"}, {"id": 5}, {"source": "MSExchangeIS"}]));
    check(
        &world,
        &[
            ("event(source MSExchangeSA and id 2037 and like \"*\\\\add-ins\\\\smtp*\")", True),
            ("event(id 2037 and source MSExchangeMTA)", False),
            ("event(id 2037 and source MSExchangeIS)", Unknown),
            ("event(id 5 and source MSExchangeDS)", Unknown),
            ("event(id 6 and source MSExchangeSA)", False),
            ("event(id 5 and contains \"smtp\")", Unknown),
            ("event(contains \"smtp\" and id 9 and source MSExchangeSA)", False),
        ],
    );
    let known = World::new().events(json!([{"id": 2037}]));
    check(&known, &[("event(id 7 and source MSExchangeSA)", False), ("event(id 2037 and source MSExchangeSA)", Unknown), ("event(id 2037)", True)]);
    check(&World::new().events(json!([])), &[("event(id 7)", False)]);
}

#[test]
fn codes_and_declared_facts() {
    let code = |text| Code::parse(text).unwrap();
    let world = World::new()
        .with("codes", Value::Codes(vec![code("4294966768")]))
        .choice("share", "missing")
        .with("signs", Value::Choices(["network_path".to_owned()].into()))
        .with("groupshield", Value::YesNo(true))
        .with("queue", Value::Number(100.0))
        .with("ndr", Value::Code(code("-2147221504")))
        .choice("other-tree.share", "there");
    check(
        &world,
        &[
            ("code(-528)", True),
            ("code(0xFFFFFDF1)", False),
            ("share = missing", True),
            ("share != missing", False),
            ("share = there", False),
            ("other-tree.share = there", True),
            ("signs has network_path", True),
            ("signs has other_sign", False),
            ("groupshield = yes", True),
            ("groupshield = no", False),
            ("queue >= 100", True),
            ("queue < 99.5", False),
            ("queue != 100", False),
            ("ndr = 0x80040000", True),
            ("ndr != 0x80040000", False),
            ("share >= missing", Unknown),
            ("queue = many", Unknown),
            ("share has missing", Unknown),
        ],
    );
}

#[test]
fn tests_without_a_row_are_unknown() {
    let world = World::new().servers(&["5.0"]);
    check(
        &world,
        &[
            ("is 5.0", Unknown),
            ("every other server is 5.0", Unknown),
            ("some server in others(x) is 5.0", Unknown),
            ("some server x.level = y.level", Unknown),
        ],
    );
}
