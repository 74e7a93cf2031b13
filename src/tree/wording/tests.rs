use serde_json::json;

use super::*;
use crate::tree::condition::testing::{SLUG, World};

fn filled(text: &str, world: &World) -> String {
    let wording = Wording::parse(text).unwrap();
    let pieces = world.look(|facts| wording.fill(facts, &|_, key| (key == "missing").then(|| "it is missing".to_owned())));
    pieces
        .iter()
        .map(|piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Filled(filled) => filled.plain(),
        })
        .collect()
}

#[test]
fn selections_print_names_and_answers_and_blanks_stay_visible() {
    let world = World::new().servers(&["5.0 SP1", "5.0 SP2", ""]).subject("admin", json!({"name": "PC1"})).choice("share", "missing").choice("place", "left");
    for (text, expected) in [
        ("no selection", "no selection"),
        ("{{ and }}", "{ and }"),
        ("{servers: is 5.0 SP2} runs SP2", "EX02 [and perhaps EX03: level not known] runs SP2"),
        ("on {servers}, {servers}", "on EX01, EX02 and EX03, EX01, EX02 and EX03"),
        ("{servers: name = \"EX09\"}", "[no server]"),
        ("{clients}", "[the clients, which you have not named]"),
        ("{admin}: {share}, {place}", "PC1: it is missing, left"),
        ("{size}", "[size: not known]"),
    ] {
        assert_eq!(filled(text, &world), expected, "{text}");
    }
}

#[test]
fn levels_are_listed_with_what_they_lack_and_the_ladder_tells_its_date() {
    let world = World::new().servers(&["2019 CU14 Jul26SU", "2019 CU14 Aug26SU", ""]);
    let behind = "- EX01 runs 2019 CU14 Jul26SU (15.2.1544.43); CU14 Aug26SU has been out since 11 August 2026 (KB5121575)\n- [EX03: level not known]";
    assert_eq!(filled("{levels of servers: is behind}", &world), behind);
    assert_eq!(filled("{levels of servers}", &world).lines().last(), Some("- EX03: level not known"));
    assert_eq!(filled("{levels of servers: is 5.0}", &World::new().servers(&["5.5"])), "[no server]");
    assert_eq!(filled("{levels of clients}", &world), "[the clients, which you have not named]");
    assert_eq!(filled("as of {ladder date}; 2013: {ladder date of 2013}", &world), "as of 11 August 2026; 2013: 14 March 2023");
}

#[test]
fn a_list_needs_a_line_of_its_own() {
    let world = World::new();
    let scope = Scope { slug: SLUG, ladders: world.ladders(), ladder: "exchange", kind: &|_| None };
    let problems = |text: &str, room| Wording::parse(text).unwrap().problems(&scope, room).len();
    for text in ["{levels of servers}", "A:\n{levels of servers: is behind}\nB", "A\n\n{levels of servers} \n\nB"] {
        assert_eq!((problems(text, Room::Markdown), problems(text, Room::Line)), (0, 1), "{text}");
    }
    for text in ["A {levels of servers}", "{levels of servers}.", "{servers}{levels of servers}"] {
        assert_eq!(problems(text, Room::Markdown), 1, "{text}");
    }
    assert_eq!(problems("{servers} {ladder date}", Room::Line), 0);
}

#[test]
fn mistakes_have_their_place_in_the_whole_text() {
    for (text, line, column) in [("a\nb {servers", 2, 3), ("ab}", 1, 3), ("a\n\n{servers: is}", 3, 13), ("\u{e9}{servers: is 5.0 below}", 1, 24)] {
        let error = Wording::parse(text).unwrap_err();
        assert_eq!((error.line, error.column), (line, column), "{text}: {error}");
    }
}

#[test]
fn names_that_mean_something_to_a_shell_are_told_apart() {
    for name in ["EX01", "ex-01.site_a", &"a".repeat(63)] {
        assert!(is_safe_in_command(name), "{name}");
    }
    for name in ["", "-rf", "a b", "a;b", "a\"", "$x", "\u{e9}", "a\n", &"a".repeat(64)] {
        assert!(!is_safe_in_command(name), "{name}");
    }
}
