use std::collections::BTreeSet;

use super::*;
use crate::map::sample::{at, mock_up, random, tree, walk};
use crate::tree::model::Helped;
use crate::tree::walk::How;

fn nothing(_: &NodeRef) -> Option<String> {
    None
}

fn draw(closure: &Closure, walk: &Walk) -> LaneMap {
    lane(closure, walk, &nothing, LaneOptions::default())
}

/// Each row as its lane, state and title.
fn rows(map: &LaneMap) -> Vec<String> {
    map.rows.iter().map(|row| format!("{} {} {}", row.lane, row.state.class(), row.full_title)).collect()
}

#[test]
fn side_branches_are_listed_before_the_spine_goes_on() {
    let closure = mock_up();
    let map = draw(&closure, &walk(&closure, &[0, 0, 0]));
    let wanted = [
        "0 past Error text",
        "0 past Extension named",
        "1 out Rebuilt or recovered?",
        "2 out Remove “Wireless” value",
        "1 out Remove DSAVUADM leftover",
        "0 past Event",
        "0 here Server versions",
        "1 next Level the generators",
        "1 next Replicate 5.5 imcadmin.dll",
        "1 next imcadmin.dll in place?",
        "2 next Put imcadmin.dll back",
    ];
    assert_eq!(rows(&map), wanted);
    assert_eq!((map.width, map.height), (296, 316));
    assert_eq!(map.edges.len(), 10);
    assert_eq!(map.edges.iter().map(|edge| edge.d.as_str()).next(), Some("M12 46V66q0 8 8 8H32"));
    assert_eq!(map.edges.last(), Some(&Edge { state: State::Past, d: "M12 158V186".to_owned() }));
}

#[test]
fn at_the_outcome_everything_else_is_ruled_out() {
    let closure = mock_up();
    let map = draw(&closure, &walk(&closure, &[0, 0, 0, 0]));
    assert_eq!(map.rows.last().map(|row| (row.is_here(), row.full_title.as_str())), Some((true, "Level the generators")));
    assert!(map.rows.iter().all(|row| row.state != State::Next));
}

#[test]
fn before_the_walk_begins_everything_is_possible() {
    let closure = mock_up();
    let map = draw(&closure, &walk(&closure, &[]));
    assert_eq!(rows(&map).first().map(String::as_str), Some("0 here Error text"));
    assert!(map.rows.iter().skip(1).all(|row| row.state == State::Next));
    assert!(map.rows[0].has_eye());
}

#[test]
fn an_outcome_that_hands_over_with_a_cause_is_drawn_like_every_other() {
    // Most edges fall back to the one that is not drawn, and of equals it is the last.
    for forks in ["one ? One : yes>two, none\ntwo ? Two : down>cause, none", "one ? One : yes>two, cause\ntwo ? Two : down>one, none"] {
        let closure = tree(&format!("{forks}\ncause ^ The network is down\nnone ^ Ask a colleague"));
        assert_eq!(closure.tree.hand_over().unwrap().key, "none");
        let drawn = rows(&draw(&closure, &walk(&closure, &[0])));
        assert!(drawn.iter().any(|row| row.ends_with(" The network is down")), "{drawn:?}");
        assert!(!drawn.iter().any(|row| row.ends_with("Ask a colleague")), "{drawn:?}");
    }
}

#[test]
fn a_hand_over_is_drawn_only_where_the_visitor_is() {
    let closure = mock_up();
    assert!(!rows(&draw(&closure, &walk(&closure, &[0, 0]))).iter().any(|row| row.ends_with("Hand over")));
    assert!(rows(&draw(&closure, &walk(&closure, &[0, 0, 9]))).contains(&"0 here Hand over".to_owned()));
    let nowhere = Walk { path: Vec::new(), end: End::HandOver };
    assert_eq!(rows(&draw(&closure, &nowhere)), ["0 here Hand over"]);
}

#[test]
fn tried_outcomes_and_questions_asked_early_stand_on_the_spine() {
    let closure = mock_up();
    let stop = |key: &str, how: How, taken: Taken| Stop { node: at(key), how, taken };
    let path = vec![
        stop("servers", How::Answered, Taken::Branch(0)),
        stop("dll", How::Answered, Taken::Back),
        stop("level", How::Tried(Helped::Worse), Taken::DidNotHelp),
        stop("dll", How::Answered, Taken::Branch(0)),
    ];
    let map = draw(&closure, &Walk { path, end: End::Outcome { node: at("putback"), solved: false } });
    let spine: Vec<(&str, Option<&str>)> = map.rows.iter().filter(|row| row.lane == 0).map(|row| (row.full_title.as_str(), row.answer.as_deref())).collect();
    let wanted = [
        ("Server versions", Some("5.0: SP2 + below")),
        ("imcadmin.dll in place?", None),
        ("Level the generators", Some("made it worse")),
        ("Put imcadmin.dll back", None),
    ];
    assert_eq!(spine, wanted);
}

#[test]
fn while_a_condition_waits_its_own_options_stay_possible() {
    let closure = mock_up();
    let path = vec![Stop { node: at("servers"), how: How::Answered, taken: Taken::Waits }];
    let map = draw(&closure, &Walk { path, end: End::Question { node: at("restore"), prefill: None } });
    let possible: Vec<&str> = map.rows.iter().filter(|row| row.state == State::Next).map(|row| row.full_title.as_str()).collect();
    assert_eq!(possible, ["Level the generators", "Replicate 5.5 imcadmin.dll", "imcadmin.dll in place?", "Put imcadmin.dll back"]);
}

#[test]
fn answers_come_from_whoever_knows_them_else_from_the_branch() {
    let closure = mock_up();
    let said = |node: &NodeRef| (node.key == "event").then(|| "2037 MSExchangeSA from the event log".to_owned());
    let map = lane(&closure, &walk(&closure, &[0, 0, 0]), &said, LaneOptions::default());
    let answer = |key: &str| map.rows.iter().find(|row| row.node == Some(at(key))).unwrap().answer.clone();
    assert_eq!(answer("ext").as_deref(), Some("SMTP"));
    assert_eq!(answer("event").as_deref(), Some("2037 MSExchange…"));
}

#[test]
fn a_node_with_several_parents_is_drawn_once_at_its_deepest_place() {
    let closure = tree("s ? Start : a>a, z>z, b\na ! A\nb ? B : z>z, c\nc ? C : z>z, a\nz ! Z");
    assert_eq!(rows(&draw(&closure, &walk(&closure, &[]))), ["0 here Start", "1 next B", "2 next C", "3 next Z", "3 next A"]);
    // What can still be reached is not shown among what was ruled out.
    assert_eq!(rows(&draw(&closure, &walk(&closure, &[9]))), ["0 past Start", "0 here B", "1 next C", "2 next Z", "2 next A"]);
}

#[test]
fn a_full_map_says_how_much_it_leaves_out() {
    let ends: String = (0..30).map(|number| format!("o{number} ! Outcome {number}\n")).collect();
    let fan: Vec<String> = (0..30).map(|number| format!("label>o{number}")).collect();
    let closure = tree(&format!("s ? Start : on>t, none\nt ? Second : {}, none\n{ends}none ^ Hand over", fan.join(", ")));
    let map = draw(&closure, &walk(&closure, &[0]));
    assert_eq!(map.rows.len(), 14);
    assert_eq!(map.rows.last().map(|row| row.full_title.as_str()), Some("19 more possible"));
    let before = draw(&closure, &walk(&closure, &[]));
    assert_eq!(before.rows.iter().map(|row| row.more.clone()).collect::<Vec<_>>(), [None, Some("+30 more".to_owned())]);
    let after = draw(&closure, &walk(&closure, &[0, 3]));
    assert_eq!(after.rows.iter().filter(|row| row.kind == Kind::More).map(|row| row.full_title.as_str()).collect::<Vec<_>>(), ["29 ruled out"]);
}

#[test]
fn any_walk_through_any_tree_keeps_the_rules() {
    for seed in 0..30 {
        let closure = random(if seed == 7 { 200 } else { 25 }, seed);
        for length in 0..8_usize {
            let picks: Vec<usize> = (0..length).map(|step| usize::try_from(seed).unwrap().wrapping_mul(7 + step) % 4).collect();
            let walk = walk(&closure, &picks);
            let map = draw(&closure, &walk);
            assert_eq!(map, draw(&closure, &walk));
            check(&map, walk.path.len() + 1);
        }
    }
}

/// What holds for every lane map whose path has `spine` nodes.
fn check(map: &LaneMap, spine: usize) {
    let nodes: Vec<_> = map.rows.iter().filter_map(|row| row.node.clone()).collect();
    assert_eq!(nodes.iter().collect::<BTreeSet<_>>().len(), nodes.len(), "a node is drawn twice");
    assert_eq!(map.rows.iter().filter(|row| row.lane == 0).count(), spine);
    assert_eq!(map.rows.iter().filter(|row| row.is_here()).count(), 1);
    assert_eq!(map.edges.len(), map.rows.len() - 1);
    assert!(map.rows.len() <= 14.max(spine + 6), "{} rows", map.rows.len());
    for (number, row) in map.rows.iter().enumerate() {
        assert_eq!((row.x, row.y), (12 + 20 * row.lane, 18 + 28 * number));
        assert_eq!(row.lane == 0, matches!(row.state, State::Past | State::Here));
        assert!(row.title.chars().count() <= 26);
        let beside = row.answer.as_deref().map_or(0, |answer| ANSWER_FACE.width(answer)) + row.more.as_deref().map_or(0, |more| TITLE_FACE.width(more));
        assert!(row.text_x + TITLE_FACE.width(&row.title) + beside <= WIDTH, "{row:?}");
    }
    let vertical: Vec<&Edge> = map.edges.iter().filter(|edge| edge.state == State::Past).collect();
    assert_eq!(vertical.len(), spine - 1);
    assert!(vertical.iter().all(|edge| edge.d.starts_with("M12 ") && !edge.d.contains(['q', 'H'])), "the spine bends");
}
