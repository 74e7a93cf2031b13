use std::sync::LazyLock;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::tree::condition::testing::{CANONICAL, World};
use crate::tree::condition::{Condition, FactKind, Scope, Selection, arbitrary};
use crate::tree::file;
use crate::web::{FieldErrors, Fields};

/// The fields that a page with the outline posts.
fn posted(form: &Form) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = vec![("do".to_owned(), "save".to_owned())];
    for (at, line) in form.lines().iter().enumerate() {
        fields.push((format!("kind-{}", at + 1), line.kind.as_str().to_owned()));
        fields.push((format!("depth-{}", at + 1), line.depth.to_string()));
        fields.extend(Field::ALL.into_iter().map(|field| (field.id(at + 1), line.get(field).to_owned())));
    }
    fields
}

fn read(fields: &[(String, String)]) -> Form {
    Form::read(&fields.iter().cloned().collect::<Fields>())
}

static WORLD: LazyLock<World> = LazyLock::new(World::new);

fn with_scope<T>(test: impl FnOnce(&Scope<'_>) -> T) -> T {
    let kind = |fact: &str| match fact {
        "note" => Some(FactKind::Text),
        "sender" => Some(FactKind::Subject),
        "queue" => Some(FactKind::Number),
        "signs" => Some(FactKind::Choices(&[])),
        _ => Some(FactKind::YesNo),
    };
    test(&Scope { slug: "tree", ladders: WORLD.ladders(), ladder: "exchange", kind: &kind })
}

fn condition(form: &Form) -> Result<String, FieldErrors> {
    with_scope(|scope| form.condition(scope)).map(|condition| condition.to_string())
}

/// The condition's text after it went to a browser and came back.
fn by_form(condition: &Condition) -> Result<String, FieldErrors> {
    self::condition(&read(&posted(&Form::of(condition))))
}

fn form_of(text: &str) -> Form {
    Form::of(&Condition::parse(text).unwrap())
}

/// The messages of an outline in which these fields were typed over.
fn typed(text: &str, fields: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut posted = posted(&form_of(text));
    for (name, value) in fields {
        posted.retain(|(other, _)| other != name);
        posted.push(((*name).to_owned(), (*value).to_owned()));
    }
    condition(&read(&posted)).map_or_else(|errors| errors.iter().map(|error| (error.field.clone(), error.text.clone())).collect(), |_| Vec::new())
}

#[test]
fn the_conditions_of_the_documentation_are_built_by_the_form() {
    for text in CANONICAL {
        assert_eq!(by_form(&Condition::parse(text).unwrap()).as_deref(), Ok(text));
    }
}

#[test]
fn the_conditions_of_the_starter_trees_are_built_by_the_form() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/trees");
    let mut found = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "yaml") {
            continue;
        }
        let tree = file::read(&std::fs::read_to_string(&path).unwrap()).unwrap();
        for node in &tree.nodes {
            let Some(fork) = node.kind.fork() else { continue };
            for branch in &fork.branches {
                assert_eq!(by_form(&branch.when), Ok(branch.when.to_string()), "{} {}", tree.slug, node.key);
                found += 1;
            }
        }
    }
    assert!(found > 50, "{found}");
}

#[test]
fn the_condition_of_a_selection_is_built_by_the_form() {
    for text in ["servers: is 5.0 below SP2 and not role has ims", "levels of clients: is behind or os older than 2000"] {
        let selection = Selection::parse(text).unwrap();
        let filter = condition(&Form::of_selection(&selection)).unwrap();
        assert_eq!(text.split_once(": ").unwrap().1, filter);
    }
    assert!(Form::of_selection(&Selection::parse("ladder date").unwrap()).is_empty());
}

#[test]
fn what_is_missing_is_said_beside_its_field() {
    let text = "some server (is 5.0 below SP2 and has file \"a\") and count(client is 5.5) >= 2 and queue >= 1 and text(contains \"x\" and matches \"x\")";
    assert_eq!(typed(text, &[]), []);
    for (field, value, part) in [
        ("level-3", "", "Choose a version"),
        ("level-3", "5.0", "Choose a level of 5.0"),
        ("level-3", "five (", "is no version that the table"),
        ("how-3", "beside", "Choose how the version is tested"),
        ("value-4", "  ", "Enter the file\u{2019}s name"),
        ("of-4", "no such", "is no machine"),
        ("value-5", "-1", "whole number"),
        ("var-5", "some", "no word of the condition language"),
        ("who-5", "x y", "is no name of a server"),
        ("fact-7", "server", "names no answer"),
        ("fact-7", "queue = 1 or queue", "names no answer"),
        ("value-7", "1 or queue = 2", "without blanks"),
        ("value-9", "...", "letters or digits"),
        ("value-10", "(", "regular expression is wrong"),
        ("how-10", "id", "has no source and no number"),
    ] {
        let messages = typed(text, &[(field, value)]);
        assert!(messages.len() == 1 && messages[0].0 == field && messages[0].1.contains(part), "{field}={value}: {messages:?}");
    }
    assert_eq!(typed("admin is 5.0", &[("kind-2", "said")])[0].0, "value-2");
    assert_eq!(typed("text(contains \"x\")", &[("kind-3", "code")])[0].0, "of-3");
    assert_eq!(condition(&Form::new()).unwrap_err().of("join-1"), Some("Nothing is tested here yet: add a test, or remove this line."));
}

#[test]
fn a_level_may_be_typed_as_the_ladder_calls_it() {
    for (typed, expected) in
        [("5.0sp2", "5.0 SP2"), ("Exchange Server 5.5 Service Pack 3", "5.5 SP3"), ("5.5", "5.5"), ("2019 CU14 Feb26SU", "2019 \"CU14 Feb26SU\"")]
    {
        let mut posted = posted(&form_of("admin is 5.0"));
        posted.retain(|(name, _)| name != "level-2");
        posted.push(("level-2".to_owned(), typed.to_owned()));
        assert_eq!(condition(&read(&posted)), Ok(format!("admin is {expected}")), "{typed}");
    }
}

#[test]
fn additions_begin_with_what_is_sensible() {
    let mut form = Form::new();
    let add = |form: &mut Form, number, word: &str| form.add(number, with_scope(|scope| Addition::parse(word, scope)).unwrap()).unwrap();
    assert_eq!(add(&mut form, 1, "servers"), 2);
    assert_eq!(add(&mut form, 2, "role"), 4);
    assert_eq!(add(&mut form, 2, "where"), 3);
    assert_eq!(add(&mut form, 1, "event"), 7);
    assert_eq!(add(&mut form, 1, "fact:note"), 10);
    assert_eq!(add(&mut form, 1, "fact:sender"), 12);
    assert_eq!(add(&mut form, 1, "fact:queue"), 13);
    let outline: Vec<(Kind, usize)> = form.lines().iter().map(|line| (line.kind, line.depth)).collect();
    use Kind::{Event, Fact, Group, Level, Messages, Role, Rows, Said, Where};
    let expected = [
        (Group, 0),
        (Rows, 1),
        (Where, 2),
        (Level, 3),
        (Level, 2),
        (Role, 2),
        (Event, 1),
        (Said, 2),
        (Said, 2),
        (Messages, 1),
        (Said, 2),
        (Level, 1),
        (Fact, 1),
    ];
    assert_eq!(outline, expected);
    assert!(with_scope(|scope| Addition::parse("nonsense", scope)).is_none());
    for _ in 0..MOST_LINES {
        let _ = form.add(1, with_scope(|scope| Addition::parse("group", scope)).unwrap());
    }
    assert_eq!(form.lines().len(), MOST_LINES);
}

#[test]
fn lines_move_with_what_is_in_them() {
    let mut form = form_of("some server (is 5.0 and is 5.5) and share = a and groupshield = b");
    assert_eq!(form.take(Step::Down, 2), 3);
    assert_eq!(condition(&form).unwrap(), "share = a and some server (is 5.0 and is 5.5) and groupshield = b");
    assert_eq!(form.take(Step::Up, 6), 3);
    assert_eq!(condition(&form).unwrap(), "share = a and groupshield = b and some server (is 5.0 and is 5.5)");
    assert_eq!(form.take(Step::Indent, 3), 4);
    assert_eq!(form.line(3).map(|line| line.kind), Some(Kind::Group));
    assert_eq!(form.take(Step::Up, 3), 2);
    assert_eq!(form.take(Step::Indent, 4), 4);
    assert_eq!(condition(&form).unwrap(), "(groupshield = b or share = a) and some server (is 5.0 and is 5.5)");
    assert_eq!(form.take(Step::Outdent, 3), 4);
    assert_eq!(condition(&form).unwrap(), "share = a and groupshield = b and some server (is 5.0 and is 5.5)");
    assert_eq!(form.take(Step::Remove, 5), 4);
    assert_eq!(condition(&form).unwrap(), "share = a and groupshield = b");
    for step in Step::ALL {
        assert!(!form.can(step, 1) && !form.can(step, 0) && !form.can(step, 99), "{step:?}");
    }
}

/// What was typed into each line, whatever its place.
fn contents(form: &Form) -> Vec<String> {
    let mut contents: Vec<String> = form
        .lines()
        .iter()
        .filter(|line| line.kind != Kind::Group)
        .map(|line| format!("{:?} {:?}", line.kind, Field::ALL.map(|field| line.get(field))))
        .collect();
    contents.sort();
    contents
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_condition_is_built_by_the_form(condition in arbitrary::condition()) {
        let built = by_form(&condition).map_err(|errors| TestCaseError::fail(format!("{condition}\n{errors:?}")))?;
        prop_assert_eq!(built, condition.to_string());
    }

    #[test]
    fn steps_lose_nothing(condition in arbitrary::condition(), steps in vec((0..4_usize, 1..20_usize), 0..12)) {
        let mut form = Form::of(&condition);
        let before = contents(&form);
        for (step, number) in steps {
            let step = [Step::Up, Step::Down, Step::Indent, Step::Outdent][step];
            let moved = form.line(number).cloned();
            let now = form.take(step, number);
            if let Some(moved) = moved {
                prop_assert_eq!(form.line(now).map(|line| line.kind), Some(moved.kind));
            }
            let mut settled = form.clone();
            settled.settle();
            prop_assert_eq!(&settled, &form, "depths stay sound");
        }
        prop_assert_eq!(contents(&form), before);
    }

    #[test]
    fn no_fields_break_the_form(
        condition in arbitrary::condition(),
        changes in vec((0..400_usize, prop_oneof![
            select(vec!["", "0", "1", "7", "999999999999999999999", "-1", "group", "rows", "where", "said", "event", "history", "any", "none", "count", "before", "(", "\"", "\\", "a or b", "{", "\r\n"]).prop_map(str::to_owned),
            "\\PC{0,20}",
        ]), 0..8),
        step in select(&Step::ALL[..]),
        number in 0..60_usize,
    ) {
        let mut fields = posted(&Form::of(&condition));
        for (at, value) in changes {
            let length = fields.len();
            fields[at % length].1 = value;
        }
        let mut form = read(&fields);
        form.take(step, number);
        // What it means, if anything, is a condition that its text says, and whose own outline means the same.
        if let Ok(text) = self::condition(&form) {
            prop_assert_eq!(Condition::parse(&text).map(|again| again.to_string()), Ok(text.clone()));
            prop_assert_eq!(by_form(&Condition::parse(&text).unwrap()), Ok(text));
        }
    }
}
