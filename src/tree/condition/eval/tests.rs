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

/// One server with these cells.
fn server(cells: serde_json::Value) -> World {
    World::new().rows("servers", json!([cells]))
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
fn levels_compare_inside_their_family() {
    check(
        &World::new().servers(&["5.0 SP1"]),
        &[
            ("some server is 5.0", True),
            ("some server is 5.0 SP1", True),
            ("some server is 5.0 SP2", False),
            ("some server is 5.0 below SP2", True),
            ("some server is 5.0 below SP1", False),
            ("some server is 5.0 at most SP1", True),
            ("some server is 5.0 at least SP1", True),
            ("some server is 5.0 above SP1", False),
            ("some server is 5.5 below SP2", False),
            ("some server is 5.5 at least RTM", False),
            ("some server older than 5.5", True),
            ("some server older than 5.0", False),
            ("some server newer than 5.0", False),
            ("some server newer than 4.0", True),
            ("some server older than 5.0 SP2", True),
            ("some server newer than 5.0 SP2", False),
            ("some server is 9.9", Unknown),
            ("some server is 5.0 SP9", Unknown),
        ],
    );
    check(
        &World::new().servers(&["5.5 SP1"]),
        &[("some server is 5.0 below SP2", False), ("some server newer than 5.0", True), ("some server older than 5.5", False)],
    );
    check(&World::new().servers(&[""]), &[("some server is 5.0", Unknown), ("some server older than 5.5", Unknown)]);
}

#[test]
fn a_missing_service_pack_is_rtm_in_lists_only() {
    check(&World::new().servers(&["5.0"]), &[("some server is 5.0 RTM", True), ("some server is 5.0 below SP2", True)]);
    check(
        &World::new().subject("admin", json!({"version": "5.0"})),
        &[("admin is 5.0", True), ("admin is 5.5", False), ("admin is 5.0 RTM", Unknown), ("admin is 5.0 below SP2", Unknown), ("admin older than 5.5", True)],
    );
    check(
        &World::new().servers(&["2019"]),
        &[("some server is 2019", True), ("some server is 2019 below CU14", Unknown), ("some server is SE", False), ("some server newer than 2016", True)],
    );
}

#[test]
fn builds_stand_for_levels() {
    check(&server(json!({"build": "5.5.2653.23"})), &[("some server is 5.5 SP4", True), ("some server is 5.5 below SP4", False)]);
    check(
        &server(json!({"build": "5.5.2651.32"})),
        &[
            ("some server is 5.5 SP3", Unknown),
            ("some server is 5.5 at least SP3", True),
            ("some server is 5.5 below SP3", False),
            ("some server is 5.5 below SP4", Unknown),
            ("some server is 5.5", True),
        ],
    );
    check(
        &server(json!({"build": "5.5.2700.1"})),
        &[("some server is 5.5 above SP4", True), ("some server is 5.5 SP4", False), ("some server older than 2000", True), ("some server is 5.5", True)],
    );
    check(
        &server(json!({"build": "15.2.2000.1"})),
        &[("some server newer than 2016", True), ("some server is 2019", Unknown), ("some server is SE at least RTM", Unknown)],
    );
}

#[test]
fn operating_systems_and_components_have_ladders_too() {
    let world = server(json!({"os": "NT 4.0 SP3", "components": {"Calendar Connector": "5.5 SP4"}}));
    check(
        &world,
        &[
            ("some server os is \"NT 4.0\"", True),
            ("some server os is \"NT 4.0\" below SP4", True),
            ("some server os older than 2000", True),
            ("some server component(\"calendar connector\") is 5.5 at least SP4", True),
            ("some server component(\"Excalcon\") is 5.5", Unknown),
            ("some server a component(\"Calendar Connector\") = a.component(\"Calendar Connector\")", True),
        ],
    );
    check(&server(json!({"os": "2000"})), &[("some server os is 2000 RTM", True), ("some server os newer than \"NT 4.0\"", True)]);
}

#[test]
fn two_rows_compare_over_all_their_places() {
    let world =
        World::new().subject("one", json!({"version": "5.0 SP1"})).subject("two", json!({"version": "5.5"})).subject("three", json!({"version": "5.5"}));
    check(
        &world,
        &[
            ("one.level < two.level", True),
            ("one.level = two.level", False),
            ("one.level != two.level", True),
            ("two.level = three.level", Unknown),
            ("two.level >= one.level", True),
            ("one.level <= one.level", True),
        ],
    );
    let world = World::new().subject("one", json!({"build": "5.5.2700"})).subject("two", json!({"build": "5.5.2700"}));
    check(&world, &[("one.level = two.level", Unknown), ("one.build = two.build", True), ("one.build < two.build", False)]);
}

#[test]
fn versions_compare_number_by_number() {
    let world = server(json!({"build": "5.5.2650.24", "files": {"Store.exe": "5.5.2651.32", "mvstore.dll": "5.5.2651"}}));
    check(
        &world,
        &[
            ("some server build >= 5.5.2650", True),
            ("some server build = 5.5.2650", True),
            ("some server build > 5.5.2650", False),
            ("some server build <= 5.5.2650", True),
            ("some server build < 5.5.10000", True),
            ("some server build != 5.5.2650.24", False),
            ("some server file(\"STORE.EXE\") >= 5.5.2651.32", True),
            ("some server file(\"Store.exe\") > build", True),
            ("some server file(\"Mvstore.dll\") < 5.5.2651.73", Unknown),
            ("some server file(\"Mvstore.dll\") < file(\"Store.exe\")", Unknown),
            ("some server file(\"Other.dll\") < 5.5.2651.73", Unknown),
            ("some server has file \"store.exe\"", True),
            ("some server has file \"other.dll\"", Unknown),
        ],
    );
}

#[test]
fn texts_ignore_case() {
    let world = World::new().rows("servers", json!([{"name": "EX01", "site": "North"}, {"name": "ex01", "site": "NORTH "}, {"name": "EX03"}]));
    check(
        &world,
        &[
            ("some server (name = \"ex01\" and site = \"NORTH\")", True),
            ("every server site = \"north\"", Unknown),
            ("no server site = \"south\"", Unknown),
            ("some server a (name = \"EX01\" and some other server site = a.site)", True),
            ("some server platform = \"Alpha\"", Unknown),
            ("some server site != \"north\"", Unknown),
        ],
    );
}

#[test]
fn sets_know_what_was_offered() {
    let world = server(json!({"roles": {"stated": ["bridgehead"], "offered": ["bridgehead", "ims"]}, "hotfixes": ["Q254805"]}));
    check(
        &world,
        &[
            ("some server role has Bridgehead", True),
            ("some server role has ims", False),
            ("some server role has kms", Unknown),
            ("some server hotfix(q254805)", True),
            ("some server hotfix(Q1)", Unknown),
        ],
    );
}

#[test]
fn history_is_not_state() {
    let world = server(
        json!({"history": {"stated": ["apply 5.5 SP1", "doing move", "upgrade from 5.0 SP2 to 5.5"], "offered": ["add to site", "apply 5.5 SP1", "apply 5.5 SP2", "restore"]}}),
    );
    check(
        &world,
        &[
            ("some server did(apply 5.5 SP1)", True),
            ("some server did(apply)", True),
            ("some server did(apply 5.5)", True),
            ("some server did(apply 5.5 SP2)", False),
            ("some server did(apply 5.5 SP3)", Unknown),
            ("some server did(add to site)", False),
            ("some server did(install)", Unknown),
            ("some server did(upgrade)", True),
            ("some server did(upgrade from 5.0 to 5.5)", True),
            ("some server did(upgrade from 5.0 SP2 to 5.5 SP1)", Unknown),
            ("some server did(upgrade from 4.0)", Unknown),
            ("some server doing(move)", True),
            ("some server did(move)", Unknown),
            ("some server doing(restore)", Unknown),
            ("some server is 5.5 SP1", Unknown),
        ],
    );
    let left_out = server(json!({"history": {"stated": [], "offered": ["apply"]}}));
    check(&left_out, &[("some server did(apply 5.5 SP1)", False), ("some server did(apply)", False), ("some server did(restore)", Unknown)]);
}

#[test]
fn before_needs_an_order() {
    let ordered = server(json!({"history": ["apply 4.0 SP2", "apply 4.0 SP5"]}));
    check(
        &ordered,
        &[
            ("some server before(apply 4.0 SP2, apply 4.0 SP5)", True),
            ("some server before(apply 4.0 SP5, apply 4.0 SP2)", False),
            ("some server before(apply 4.0 SP2, restore)", Unknown),
        ],
    );
    let ticked = server(json!({"history": {"stated": ["apply 4.0 SP2", "apply 4.0 SP5"], "offered": ["restore"], "in_order": false}}));
    check(&ticked, &[("some server before(apply 4.0 SP2, apply 4.0 SP5)", Unknown), ("some server before(restore, apply 4.0 SP5)", False)]);
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
