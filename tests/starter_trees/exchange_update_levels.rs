//! "Our Exchange servers are at different update levels": what is asked, and what the pages say of each server.

use std::sync::Arc;

use fixpath::tree::closure::Closure;
use fixpath::tree::ladder::{Ladder, Ladders};
use fixpath::tree::resolution::Resolution;
use serde_json::{Value as Json, json};

use super::{answered, known, ladders, pasted, resolved, servers, starter};

const SLUG: &str = "exchange-update-levels";

/// The most questions that any walk asks, the one about the servers among them.
const MOST: usize = 3;

fn facts(levels: &[&str], numbers_from: &str, tried: &str) -> Json {
    json!({"servers": servers(levels), "numbers_from": numbers_from, "tried": tried})
}

fn page(levels: &[&str]) -> (String, Resolution) {
    resolved(&starter(SLUG), &facts(levels, "file", "no"))
}

#[test]
fn whoever_pasted_every_level_is_asked_two_questions_at_most() {
    let tree = starter(SLUG);
    for (levels, end, asked) in [
        (&["SE RTM Aug26SU", "SE RTM Aug26SU"][..], "all_current", &[][..]),
        (&["2016 CU23 Aug26SU", "SE RTM Aug26SU"], "mixed_families", &[]),
        (&["2013 CU23 Mar23SU", ""], "leave_family", &[]),
        (&["2019 CU14 Jul26SU"], "install_newest", &["numbers_from", "tried"]),
        (&["2019 CU12"], "newer_cu", &["numbers_from", "tried"]),
        (&["2019 CU12", "2019 CU14"], "both_jobs", &["numbers_from", "tried"]),
        // A level that is missing in the paste may be filled in.
        (&["2019 CU12", ""], "newer_cu", &["servers", "numbers_from", "tried"]),
        (&["SE RTM Aug26SU", ""], "measure_levels", &["servers"]),
    ] {
        let known = known(&tree, &facts(levels, "file", "no"));
        let walked = answered(&tree, &known, pasted(&tree, &known));
        assert_eq!((walked.end.as_str(), walked.asked), (end, asked.iter().map(ToString::to_string).collect()), "{levels:?}");
    }
}

#[test]
fn no_walk_asks_more_than_three_questions() {
    let tree = starter(SLUG);
    let lists = [&["2019 CU14 Jul26SU"][..], &["2019 CU12"], &["2019 CU12", "2016 CU23"], &["SE"], &["15.2.2562.60"], &["2013"], &["2016 CU23", ""], &[""]];
    for levels in lists {
        for numbers_from in [Some("file"), Some("display"), Some("notes"), None] {
            for tried in [Some("no"), Some("same"), Some("failed"), None] {
                let facts = json!({"servers": servers(levels), "numbers_from": numbers_from, "tried": tried});
                let walked = answered(&tree, &known(&tree, &facts), Vec::new());
                assert!(walked.asked.len() <= MOST, "{levels:?}: {:?}", walked.asked);
                assert_ne!(walked.end, "hand_over", "{levels:?}");
            }
        }
    }
}

#[test]
fn the_page_says_who_lags_behind_what_and_since_when() {
    let (end, page) = page(&["2019 CU14 Jul26SU", "2019 CU14 Aug26SU", "2016 CU23 Feb26SU", ""]);
    assert_eq!(
        (end.as_str(), page.headline.plain().as_str()),
        ("install_newest", "Install the newest update on EX01 and EX03 [and perhaps EX04: level not known]")
    );
    let cause = page.cause.plain();
    for line in [
        "- EX01 runs 2019 CU14 Jul26SU (15.2.1544.43); CU14 Aug26SU has been out since 11 August 2026 (KB5121575)\n",
        "- EX03 runs 2016 CU23 Feb26SU (15.1.2507.66), behind since 9 June 2026; CU23 Aug26SU has been out since 11 August 2026 (KB5121576)\n",
        "- [EX04: level not known]\n",
        "as of 11 August 2026, the date of the newest release in this table",
    ] {
        assert!(cause.contains(line), "{line} in {cause}");
    }
    assert!(!cause.contains("EX02"), "{cause}");
}

#[test]
fn ended_lines_and_lines_with_updates_are_told_apart() {
    let (end, page) = page(&["2019 CU12 Nov23SU", "2019 CU15 Jul26SU"]);
    assert_eq!((end.as_str(), page.headline.plain().as_str()), ("both_jobs", "Move EX01 to a newer cumulative update, and update the others"));
    let cause = page.cause.plain();
    let (ended, live) = cause.split_once("These lack").unwrap();
    assert!(ended.contains("EX01 runs 2019 CU12") && !ended.contains("EX02"), "{ended}");
    assert!(live.contains("EX02 runs 2019 CU15") && !live.contains("EX01"), "{live}");
    assert!(ended.contains("behind since 12 March 2024; 2019 CU12 has had no update since 14 November 2023, CU15 Aug26SU has been out"), "{ended}");
}

#[test]
fn a_grown_ladder_changes_the_end_without_a_change_of_the_tree() {
    let ladders = ladders();
    let shipped = ladders.get("exchange").unwrap();
    let table = format!("{}SE,updates,RTM,Nov26SU,RTM Nov26SU,15.2.2562.50,2026-11-10,KB1\n", shipped.to_csv());
    let grown = Ladder::from_csv("exchange", "Exchange Server", &table).unwrap();
    let later = Closure { ladders: Arc::new(Ladders::new([Arc::new(grown)])), ..starter(SLUG) };
    for (level, before, after) in [("2019 CU15 Aug26SU", "all_current", "leave_family"), ("SE RTM Aug26SU", "all_current", "install_newest")] {
        let facts = facts(&[level], "file", "no");
        assert_eq!(resolved(&starter(SLUG), &facts).0, before, "{level}");
        let (end, page) = resolved(&later, &facts);
        assert_eq!(end, after, "{level}");
        assert!(page.cause.plain().contains("as of 10 November 2026"), "{}", page.cause.plain());
    }
}
