//! Tests of one row, and of two.

use serde_json::json;

use super::super::super::Truth::{False, True, Unknown};
use super::super::super::testing::World;
use super::check;

/// One server with these cells.
fn server(cells: serde_json::Value) -> World {
    World::new().rows("servers", json!([cells]))
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
