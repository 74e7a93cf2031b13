use super::*;
use crate::map::sample::{at, mock_up, random, tree, walk};
use std::collections::BTreeSet;

/// A straight piece of a path, from its smaller to its larger end.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Piece {
    x: (usize, usize),
    y: (usize, usize),
}

/// The straight pieces of path data, and where it begins and ends.
fn pieces(d: &str) -> (Vec<Piece>, (usize, usize), (usize, usize)) {
    let mut here = (0_i64, 0_i64);
    let (mut begin, mut found) = ((0, 0), Vec::new());
    let mut rest = d;
    while let Some(command) = rest.chars().next() {
        let end = rest[1..].find(['M', 'V', 'H', 'q']).map_or(rest.len(), |end| end + 1);
        let numbers: Vec<i64> = rest[1..end].replace('-', " -").split_whitespace().map(|number| number.parse().unwrap()).collect();
        rest = &rest[end..];
        let from = here;
        match command {
            'M' => here = (numbers[0], numbers[1]),
            'V' => here.1 = numbers[0],
            'H' => here.0 = numbers[0],
            _ => here = (here.0 + numbers[2], here.1 + numbers[3]),
        }
        let px = |value: i64| usize::try_from(value).unwrap();
        if command == 'M' {
            begin = (px(here.0), px(here.1));
        } else if command != 'q' {
            let (low, high) = ((from.0.min(here.0), from.1.min(here.1)), (from.0.max(here.0), from.1.max(here.1)));
            found.push(Piece { x: (px(low.0), px(high.0)), y: (px(low.1), px(high.1)) });
        }
    }
    (found, begin, (usize::try_from(here.0).unwrap(), usize::try_from(here.1).unwrap()))
}

/// The node whose box has the point on its lower (`bottom`) or upper edge.
fn box_at(map: &LayeredMap, (x, y): (usize, usize), bottom: bool) -> Option<&LayeredNode> {
    let edge = |node: &LayeredNode| if bottom { node.y + BOX_HEIGHT } else { node.y };
    map.nodes.iter().find(|node| edge(node) == y && (node.x..=node.x + BOX_WIDTH).contains(&x))
}

fn trees() -> Vec<Closure> {
    let chain: String = (0..60).map(|number| format!("n{number} ? Step {number} : yes>n{}, none\n", number + 1)).collect();
    let fan: Vec<String> = (0..40).map(|number| format!("label {number}>o{number}")).collect();
    let ends: String = (0..40).map(|number| format!("o{number} ! Outcome {number}\n")).collect();
    let mut trees = vec![
        mock_up(),
        tree("only ! One outcome"),
        tree(&format!("{chain}n60 ! The end\nnone ^ Hand over")),
        tree(&format!("fan ? Wide fan : {}, none\n{ends}none ^ Hand over", fan.join(", "))),
        // Two nodes that lead to each other's first targets, and a draft with a circle, a loop and a stray.
        tree("s ? Start : a>a, b\na ? A : x>d, y>c, c\nb ? B : x>c, d\nc ! C\nd ! D"),
        tree("s ? Start : a>a, s\na ? A : back>s, again>a, o\no ! O\nstray ? Stray : to>o, gone"),
    ];
    trees.extend((0..12).map(|seed| random(30, seed)));
    trees.push(random(200, 7));
    trees
}

#[test]
fn boxes_do_not_overlap() {
    for closure in trees() {
        let map = layered(&closure, None);
        for (number, one) in map.nodes.iter().enumerate() {
            assert!(one.x + BOX_WIDTH <= map.width && one.y + BOX_HEIGHT <= map.height);
            for other in &map.nodes[number + 1..] {
                let apart = one.x.abs_diff(other.x) >= 135 || one.y.abs_diff(other.y) >= 86;
                assert!(apart, "{} and {}", one.node, other.node);
            }
        }
    }
}

#[test]
fn no_edge_passes_through_a_box() {
    for closure in trees() {
        let map = layered(&closure, None);
        for edge in &map.edges {
            for piece in pieces(&edge.d).0 {
                let crossed = map.nodes.iter().find(|node| {
                    piece.x.0 < node.x + BOX_WIDTH && node.x < piece.x.1 && piece.y.0 < node.y + BOX_HEIGHT && node.y < piece.y.1
                        || piece.x.0 == piece.x.1
                            && node.x < piece.x.0
                            && piece.x.0 < node.x + BOX_WIDTH
                            && piece.y.0 < node.y + BOX_HEIGHT
                            && node.y < piece.y.1
                });
                assert_eq!(crossed.map(|node| node.node.to_string()), None, "{} in {}", edge.d, closure.tree.nodes.len());
            }
        }
    }
}

#[test]
fn every_edge_joins_its_nodes() {
    for closure in trees() {
        let map = layered(&closure, None);
        let drawn: BTreeSet<(String, String)> = map
            .edges
            .iter()
            .filter_map(|edge| {
                let (_, begin, end) = pieces(&edge.d);
                Some((box_at(&map, begin, true)?.node.key.clone(), box_at(&map, end, false)?.node.key.clone()))
            })
            .collect();
        let mut wanted = BTreeSet::new();
        let key_of = |number: usize| closure.tree.nodes[number].key.clone();
        let graph = Graph::own(&closure);
        for (number, node) in graph.nodes.iter().enumerate() {
            wanted.extend(node.links.iter().map(|link| (key_of(number), key_of(link.to))));
        }
        // Edges to the shared hand-over join the bus instead, and those that close a circle are not drawn.
        let missing: Vec<_> = wanted.difference(&drawn).filter(|(_, to)| to != "none").collect();
        let circles = if closure.tree.node("stray").is_some() { 3 } else { 0 };
        assert_eq!(missing.len(), circles, "{missing:?}");
        assert!(drawn.is_subset(&wanted));
    }
}

#[test]
fn edges_of_different_nodes_do_not_lie_on_one_another() {
    for closure in trees() {
        let map = layered(&closure, None);
        let wires: Vec<_> = map
            .edges
            .iter()
            .filter_map(|edge| {
                let (pieces, begin, end) = pieces(&edge.d);
                Some((pieces, &box_at(&map, begin, true)?.node, &box_at(&map, end, false)?.node, &edge.d))
            })
            .collect();
        let overlap = |one: (usize, usize), other: (usize, usize)| one.0.max(other.0) < one.1.min(other.1);
        for (number, one) in wires.iter().enumerate() {
            for other in wires[number + 1..].iter().filter(|other| other.1 != one.1 && other.2 != one.2) {
                for piece in &one.0 {
                    let covered = other.0.iter().find(|line| piece.x == line.x && overlap(piece.y, line.y) || piece.y == line.y && overlap(piece.x, line.x));
                    assert_eq!(covered, None, "{}-{} {} and {}-{} {}", one.1, one.2, one.3, other.1, other.2, other.3);
                }
            }
        }
    }
}

#[test]
fn labels_are_short_and_cover_neither_boxes_nor_each_other() {
    for closure in trees() {
        let map = layered(&closure, None);
        for (number, label) in map.labels.iter().enumerate() {
            assert!(label.text.chars().count() <= 18);
            assert!(LABEL_FACE.width(&label.text) <= label.width);
            let covers = |x: usize, y: usize, width: usize, height: usize| {
                label.x < x + width && x < label.x + label.width && label.y < y + height && y < label.y + label.height
            };
            assert!(!map.nodes.iter().any(|node| covers(node.x, node.y, BOX_WIDTH, BOX_HEIGHT)), "{label:?}");
            let other = map.labels[number + 1..].iter().find(|other| covers(other.x, other.y, other.width, other.height));
            assert_eq!(other, None, "{label:?}");
        }
    }
}

#[test]
fn titles_fit_their_boxes() {
    for line in trees().iter().flat_map(|closure| layered(closure, None).nodes).flat_map(|node| node.lines) {
        assert!(line.text.chars().count() <= LINE_CHARS && LINE_FACE.width(&line.text) <= LINE_PX, "{line:?}");
    }
}

#[test]
fn each_node_is_drawn_once_in_the_authors_order_and_the_same_each_time() {
    for closure in trees() {
        let map = layered(&closure, None);
        let keys: Vec<&str> = map.nodes.iter().map(|node| node.node.key.as_str()).collect();
        assert_eq!(keys, closure.tree.nodes.iter().map(|node| node.key.as_str()).collect::<Vec<_>>());
        assert_eq!(map, layered(&closure, None));
    }
}

#[test]
fn a_layer_is_the_longest_distance_from_the_start() {
    let map = layered(&mock_up(), None);
    let layer = |key: &str| (map.nodes.iter().find(|node| node.node.key == key).unwrap().y - 4) / 86;
    assert_eq!(["text", "ext", "event", "restore", "servers", "wireless", "dll", "putback"].map(layer), [0, 1, 2, 2, 3, 3, 4, 5]);
}

#[test]
fn the_travelled_way_is_on_top_and_the_rest_is_ruled_out() {
    let closure = mock_up();
    let map = layered(&closure, Some(&walk(&closure, &[0, 0, 0, 0])));
    let states = |state: State| map.nodes.iter().filter(|node| node.state == state).map(|node| node.node.key.as_str()).collect::<Vec<_>>();
    assert_eq!(states(State::Past), ["text", "ext", "event", "servers"]);
    assert_eq!(states(State::Here), ["level"]);
    assert_eq!(states(State::Next), [""; 0]);
    let past = map.edges.iter().filter(|edge| edge.state == State::Past).count();
    assert_eq!(past, 4);
    assert!(map.edges.iter().rev().take(past).all(|edge| edge.state == State::Past));
    assert_eq!(map.labels.iter().filter(|label| label.travelled).map(|label| label.text.as_str()).collect::<Vec<_>>(), ["SMTP", "2037", "5.0: SP2 + below"]);
}

#[test]
fn the_way_to_the_shared_hand_over_runs_in_the_right_gutter() {
    let closure = mock_up();
    let map = layered(&closure, Some(&walk(&closure, &[0, 1, 9])));
    let hand_over = map.nodes.iter().find(|node| node.node == at("none")).unwrap();
    let gutter = map.nodes.iter().map(|node| node.x + BOX_WIDTH).max().unwrap();
    assert_eq!(hand_over.x + BOX_WIDTH, gutter);
    assert_eq!(map.arrow, Some(format!("M{gutter} {}l7-4v8z", hand_over.y + BOX_HEIGHT / 2)));
    assert!(map.dots.iter().all(|dot| dot.x > gutter));
    // Five nodes in four layers lead there; the top-most line has a corner, the others a dot.
    assert_eq!(map.dots.len(), 3);
    let last = map.edges.last().unwrap();
    assert_eq!((last.state, pieces(&last.d).2), (State::Past, (gutter, hand_over.y + BOX_HEIGHT / 2)));
}

#[test]
fn a_jump_names_the_other_guide() {
    let other = std::sync::Arc::new(tree("only ! One outcome"));
    let mut closure = tree("s ? Start : queue>j, o\nj @queue To the queue\no ! Outcome");
    closure.jumps.insert("queue".to_owned(), other);
    let jump = layered(&closure, None).nodes.remove(1);
    assert_eq!((jump.kind, jump.title.as_str(), jump.lines[0].text.as_str()), (Kind::Jump, "Sample", "→ Sample"));
}
