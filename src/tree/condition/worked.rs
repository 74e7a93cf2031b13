//! Conditions of real articles, each with facts that make it true, false and unknown.

use serde_json::{Value as Json, json};

use super::testing::World;
use super::{Condition, Truth};

/// Checks one condition: canonical, and true, false and unknown over these facts.
fn worked(text: &str, holds: &World, fails: &World, open: &World) {
    assert_eq!(Condition::parse(text).unwrap_or_else(|error| panic!("{text}: {error}")).to_string(), text);
    assert_eq!(holds.truth(text), Truth::True, "{text}");
    assert_eq!(fails.truth(text), Truth::False, "{text}");
    assert_eq!(open.truth(text), Truth::Unknown, "{text}");
}

fn servers(rows: Json) -> World {
    World::new().rows("servers", rows)
}

fn subjects(rows: &[(&str, Json)]) -> World {
    rows.iter().fold(World::new(), |world, (name, row)| world.subject(name, row.clone()))
}

fn yes(world: World, fact: &str) -> World {
    world.with(fact, crate::tree::fact::Value::YesNo(true))
}

#[test]
fn q247773_a_newer_service_pack_joined_older_servers() {
    let added = |others: &str| servers(json!([{"version": "5.0 SP2", "history": ["add to site"]}, {"version": others}]));
    let open = servers(json!([{"version": "5.0 SP2"}, {"version": "5.0 SP1"}]));
    worked("some server (is 5.0 SP2 and did(add to site) and every other server is 5.0 below SP2)", &added("5.0 SP1"), &added("5.5"), &open);
}

#[test]
fn q183320_a_newer_version_joined_and_the_administrator_is_old() {
    let world = |admin: &str| servers(json!([{"version": "5.5", "history": ["add to site"]}, {"version": "5.0"}])).subject("admin", json!({"version": admin}));
    let open = servers(json!([{"version": "5.5", "history": ["add to site"]}, {"version": "5.0"}]));
    worked("some server (is 5.5 and did(add to site) and every other server is 5.0) and admin is 5.0", &world("5.0"), &world("5.5"), &open);
}

#[test]
fn q173805_an_old_administrator_looks_at_a_newer_server() {
    let world = |target: &str| World::new().servers(&["5.0"]).subject("admin", json!({"version": "5.0"})).subject("target", json!({"version": target}));
    worked("admin is 5.0 and target is 5.5 and some server is 5.0", &world("5.5"), &world("5.0"), &world("5.5").not_known("target"));
}

#[test]
fn q202424_one_server_was_upgraded_and_another_was_not() {
    let world = |history: Json| servers(json!([{"version": "5.5", "history": history}, {"version": "5.0"}]));
    let fails = world(json!({"stated": [], "offered": ["upgrade from 5.0 to 5.5"]})).rows("servers", json!([{"version": "5.5"}]));
    worked(
        "some server (did(upgrade from 5.0 to 5.5) and some other server is 5.0)",
        &world(json!(["upgrade from 5.0 to 5.5"])),
        &fails,
        &world(json!(["upgrade"])),
    );
}

#[test]
fn q185024_the_bridgehead_is_newer_than_the_users_server() {
    let text =
        "some server b where role has bridgehead: ((is 5.0 at least SP2 or is 5.5) and some server where role has user: level < b.level) and sender is 4.0";
    let rows = |user: Json| json!([{"version": "5.5", "roles": {"stated": ["bridgehead"], "offered": ["bridgehead", "user"]}}, {"version": user, "roles": {"stated": ["user"], "offered": ["bridgehead", "user"]}}]);
    let sender = json!({"version": "4.0"});
    let world = |user: &str| servers(rows(json!(user))).subject("sender", sender.clone());
    worked(text, &world("5.0"), &world("5.5"), &servers(rows(Json::Null)).subject("sender", sender.clone()));
}

#[test]
fn q166600_the_receiver_is_older_than_the_sender() {
    let text = "receiver is 4.0 at most SP3 and (sender is 5.0 or sender is 4.0 SP4) and mdbef = no";
    let world = |sender: &str| {
        subjects(&[("receiver", json!({"version": "4.0 SP2"})), ("sender", json!({"version": sender}))]).with("mdbef", crate::tree::fact::Value::YesNo(false))
    };
    worked(text, &world("5.0"), &world("4.0 SP3"), &world("4.0"));
}

#[test]
fn q251475_several_servers_run_the_component_and_one_is_old() {
    let text = "count(server is 5.5) >= 2 and some server is 5.5 below SP2 and calcon = yes";
    let world = |levels: &[&str]| yes(World::new().servers(levels), "calcon");
    worked(text, &world(&["5.5 SP1", "5.5 SP3"]), &world(&["5.5 SP1"]), &World::new().servers(&["5.5 SP1", "5.5 SP3"]));
}

#[test]
fn q251052_two_files_do_not_fit_together() {
    let text = "some server (is 5.5 SP3 and file(\"Store.exe\") >= 5.5.2651.32 and file(\"Mvstore.dll\") < 5.5.2651.73) and wizard = yes";
    let world = |files: Json| yes(servers(json!([{"version": "5.5 SP3", "files": files}])), "wizard");
    worked(
        text,
        &world(json!({"Store.exe": "5.5.2651.40", "Mvstore.dll": "5.5.2650.24"})),
        &world(json!({"Store.exe": "5.5.2651.40", "Mvstore.dll": "5.5.2651.73"})),
        &world(json!({"Store.exe": "5.5.2651.40"})),
    );
}

#[test]
fn q244976_each_database_format_needs_its_build() {
    let text = "dbformat = v245 and some server file(\"Store.exe\") < 5.5.2651.32 or dbformat = v246 and some server file(\"Store.exe\") < 5.5.2652.68";
    let world = |format: &str| servers(json!([{"files": {"Store.exe": "5.5.2652.10"}}])).choice("dbformat", format);
    worked(text, &world("v246"), &world("v245"), &servers(json!([{}])).choice("dbformat", "v245"));
}

#[test]
fn q264339_a_hotfix_is_newer_than_the_directory_says() {
    let text = "some server (is 5.5 and hotfix(Q254805) and build < file(\"Store.exe\"))";
    let world = |build: &str| servers(json!([{"version": "5.5 SP3", "build": build, "hotfixes": ["Q254805"], "files": {"Store.exe": "5.5.2652.40"}}]));
    worked(text, &world("5.5.2650.24"), &world("5.5.2652.40"), &servers(json!([{"version": "5.5 SP3", "hotfixes": ["Q254805"]}])));
}

#[test]
fn q262146_a_service_pack_was_applied_once() {
    let world = |history: Json| servers(json!([{"version": "5.5 SP2", "history": history}]));
    let direct = json!({"stated": ["apply 5.5 SP2"], "offered": ["apply 5.5 SP1", "apply 5.5 SP2"]});
    worked("some server (is 5.5 and did(apply 5.5 SP1))", &world(json!(["apply 5.5 SP1", "apply 5.5 SP2"])), &world(direct), &world(json!(["apply 5.5 SP2"])));
}

#[test]
fn q238444_somebody_was_signed_in_while_it_was_applied() {
    let world = |doing: &str| yes(servers(json!([{"version": "5.5 SP2", "history": [doing]}])), "signed_in");
    let fails = yes(servers(json!([{"version": "5.5", "history": {"stated": [], "offered": ["doing apply 5.5 SP3"]}}])), "signed_in");
    worked("some server (is 5.5 and doing(apply 5.5 SP3)) and signed_in = yes", &world("doing apply 5.5 SP3"), &fails, &world("doing apply"));
}

#[test]
fn q286176_two_components_differ() {
    let text = "some server component(\"Calendar Connector\") is 5.5 at least SP4 and notes_host.component(\"Excalcon\") is 5.5 below SP4";
    let world =
        |level: &str| servers(json!([{"components": {"Calendar Connector": "5.5 SP4"}}])).subject("notes_host", json!({"components": {"Excalcon": level}}));
    worked(text, &world("5.5 SP3"), &world("5.5 SP4"), &world("5.5"));
}

#[test]
fn q196395_the_restored_server_is_at_another_level() {
    let world = |restored: Json| subjects(&[("restored", restored), ("original", json!({"version": "5.5 SP2"}))]);
    worked(
        "restored.level != original.level",
        &world(json!({"version": "5.5 SP1"})),
        &world(json!({"build": "5.5.2448.8"})),
        &world(json!({"version": "5.5"})),
    );
}

#[test]
fn q185842_a_service_pack_was_left_out() {
    let text = "some server is 5.5 and target is 4.0 and target.did(apply 4.0 SP5) and not target.before(apply 4.0 SP2, apply 4.0 SP5) and release = v40";
    let world = |history: Json| World::new().servers(&["5.5"]).subject("target", json!({"version": "4.0 SP5", "history": history})).choice("release", "v40");
    worked(
        text,
        &world(json!({"stated": ["apply 4.0 SP5"], "offered": ["apply 4.0 SP2", "apply 4.0 SP5"]})),
        &world(json!(["apply 4.0 SP2", "apply 4.0 SP5"])),
        &world(json!({"stated": ["apply 4.0 SP5", "apply 4.0 SP2"], "offered": ["restore"]})),
    );
}

#[test]
fn a_server_lags_behind_its_own_line() {
    let lags = servers(json!([{"version": "2019 CU14 Jul26SU"}, {"version": "2019 CU15 Aug26SU"}]));
    let current = servers(json!([{"version": "2019 CU14 Aug26SU"}, {"version": "SE RTM Aug26SU"}]));
    let open = servers(json!([{"version": "2019"}, {"version": "SE RTM Aug26SU"}]));
    worked("some server is behind", &lags, &current, &open);
    let one_of_two = servers(json!([{"version": "2019", "build": "15.2.1544.50"}]));
    worked("some server (is 2019 and not is behind)", &current, &lags.clone().rows("servers", json!([{"version": "2019 CU12 Nov23SU"}])), &one_of_two);
}

#[test]
fn a_line_ends_when_security_updates_pass_it_over() {
    let one = |level: &str| servers(json!([{"version": level}]));
    worked("some server is on an ended line", &one("2019 CU12 Nov23SU"), &one("2019 CU14"), &one("2016"));
    worked(
        "admin is on an ended line",
        &subjects(&[("admin", json!({"version": "2016 CU22"}))]),
        &subjects(&[("admin", json!({"version": "2010"}))]),
        &one("2016"),
    );
    let cases = [("5.5 SP3", "5.5 SP4"), ("2010 SP3 RU31", "2010 SP1 RU8"), ("2000 SP3", "2000 \"post-SP3 Aug08\""), ("2016 Preview", "2013 CU23 Mar23SU")];
    for (lags, newest) in cases {
        worked("some server is behind", &one(lags), &one(&newest.replace('"', "")), &one(if lags.starts_with('5') { "" } else { "2013" }));
    }
}

#[test]
fn a_family_ends_when_security_updates_pass_it_over() {
    let one = |row: Json| servers(json!([row]));
    worked("every server is in an ended family", &one(json!({"version": "2013"})), &one(json!({"version": "2019"})), &one(json!({})));
}

#[test]
fn what_is_newer_than_the_ladder_is_not_behind() {
    let built = |build: &str| servers(json!([{"build": build}]));
    worked("some server newer than known", &built("15.2.2562.99"), &built("15.2.2562.46"), &built("15.2.2000.1"));
    assert_eq!(built("15.2.2562.99").truth("some server (is behind or is on an ended line)"), Truth::False);
    assert_eq!(built("15.1.225.1").truth("some server (is behind and is on an ended line)"), Truth::True, "older than the table");
    assert_eq!(built("15.2.1544.40").truth("some server is behind"), Truth::True, "both levels around the build lag");
}

#[test]
fn windows_and_components_lag_too() {
    let on = |os: &str| servers(json!([{"os": os, "components": {"Calendar Connector": "5.5 SP3"}}]));
    worked("some server os is behind", &on("NT 4.0 SP3"), &on("NT 4.0 SP4"), &servers(json!([{}])));
    assert_eq!(on("2000").truth("some server component(\"Calendar Connector\") is behind"), Truth::True);
    assert_eq!(on("2000").truth("some server a (a.os is behind)"), Truth::True);
}
