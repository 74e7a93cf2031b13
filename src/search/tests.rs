use super::*;
use crate::tree::code::Code;
use crate::tree::fact::{Event, FactKey, Row, Rows, Source, Statement, Value};
use crate::tree::file;
use crate::tree::model::Tree;

/// A tree with these lines instead of the usual ones; `when` is the condition of its one question.
fn tree(slug: &str, title: &str, applies_to: &str, symptoms: &str, when: &str) -> Tree {
    let when = serde_json::to_string(when).unwrap();
    let text = format!(
        "{{format: fixpath/1, slug: {slug}, title: {title}, summary: For tests., products: [Exchange Server], applies_to: \"{applies_to}\", ladder: exchange, \
         symptoms: {symptoms}, start: text, nodes: [\
         {{key: text, title: Text, question: {{fact: text, ask: text, prompt: What?, branches: [{{when: {when}, to: end}}], otherwise: end, unknown: end}}}},\
         {{key: end, title: End, outcome: {{verdict: hand_over, headline: End, cause: End.}}}}]}}"
    );
    file::read(&text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// Five guides: two share an event, two a text; one asks for what it does not name as a symptom.
fn shelf() -> Vec<Tree> {
    vec![
        tree(
            "extension",
            "An extension could not be loaded",
            "Exchange 5.0, 5.5",
            "{texts: [\"Extension 'SMTP' could not be loaded. ID no: c1030ad1\", An error occurred during file replication.], \
              events: [{source: MSExchangeSA, id: 2037}, {source: System Attendant, id: 2037}]}",
            "text(contains \"memory shortage\" or like \"*add-ins* is not current\" and not code c10312c6) or code(c1031667)",
        ),
        tree(
            "queue",
            "Messages wait in the queue of the transfer agent",
            "Exchange 5.5",
            "{texts: [The transfer agent is paused.], events: [{source: MSExchangeMTA, id: 2037}, {source: MSExchangeMTA, id: 9405}]}",
            "text(contains \"paused by the scheduler thread\")",
        ),
        tree(
            "store",
            "The information store does not mount",
            "Exchange 2000",
            "{texts: [The database could not be mounted, Replication of public folders is late.], events: [{source: MSExchangeIS, id: 9518}]}",
            "event(source ESE98 and id 454)",
        ),
        tree(
            "mount",
            "A mailbox store stays dismounted",
            "Exchange 2003",
            "{texts: [The database could not be mounted], events: [{source: MSExchangeIS, id: 9519}]}",
            "text(contains \"x\")",
        ),
        tree("lagging", "Servers are at different update levels", "Exchange 2016, 2019, SE", "{}", "some server is 2019"),
    ]
}

fn find(evidence: &Evidence) -> Found {
    let trees = shelf();
    Index::new(trees.iter().map(|tree| (tree.slug.as_str(), tree))).find(evidence)
}

fn text(text: &str) -> Evidence {
    Evidence { text: text.to_owned(), ..Evidence::default() }
}

fn event(id: Option<u32>, source: Option<&str>) -> Evidence {
    Evidence { events: vec![Event { id, source: source.map(str::to_owned), text: None }], ..Evidence::default() }
}

fn slugs(evidence: &Evidence) -> Vec<String> {
    find(evidence).matches.into_iter().map(|found| found.slug).collect()
}

/// Why the first match matches, in one line.
fn because(evidence: &Evidence) -> String {
    find(evidence).matches.first().map(|found| format!("{}: {}", found.slug, found.because.join("; "))).unwrap_or_default()
}

#[test]
fn every_kind_of_evidence_is_found_and_said() {
    for (pasted, expected) in [
        ("Event ID: 2037  Source: MSExchangeMTA  Type: Error", "queue: event 2037 from MSExchangeMTA"),
        ("event 2037 of the Microsoft Exchange System Attendant", "extension: event 2037 from MSExchangeSA"),
        ("it ended with (c1030ad1)", "extension: code c1030ad1"),
        ("it ended with 0xC1031667.", "extension: code 0xc1031667"),
        ("  an error\r\noccurred  during \u{201c}FILE\u{201d} replication. Then", "extension: phrase \"An error occurred during file replication.\""),
        ("Log: paused by the Scheduler thread", "queue: phrase \"paused by the scheduler thread\""),
        ("help: the information store does not mount!", "store: the guide's title"),
        ("transfer agent is paused", "queue: part of the text \"The transfer agent is paused.\""),
        ("the store for my mailbox is dismounted", "mount: the words store, mailbox, dismounted"),
    ] {
        assert!(because(&text(pasted)).starts_with(expected), "{pasted}: {}", because(&text(pasted)));
    }
    let code = Evidence { codes: vec![Code::parse("3238202065").unwrap()], ..Evidence::default() };
    assert_eq!(because(&code), "extension: code 3238202065", "0xC1030AD1 in decimals");
    assert_eq!(because(&event(Some(454), Some("ese98"))), "store: event 454 from ESE98", "asked about by a condition");
}

#[test]
fn mistakes_in_typing_are_repaired_and_said() {
    let expected = "extension: phrase \"An error occurred during file replication.\"; \"occured\" read as \"occurred\"; \"replicaton\" read as \"replication\"";
    assert_eq!(because(&text("An error occured during file replicaton.")), expected);
    let right = find(&text("An error occurred during file replication.")).matches;
    let wrong = find(&text("An error occured during file replicaton.")).matches;
    assert!(right.first().unwrap().score > wrong.first().unwrap().score);
    assert!(because(&text("the stroe for my mailbx is dismounted")).contains("\"stroe\" read as \"store\""));
    // Another number is another event, and another code another error.
    assert_eq!(slugs(&text("event 2073 from MSExchangeMTA")), [] as [&str; 0]);
    assert_eq!(slugs(&text("c1030ad2")), [] as [&str; 0]);
}

#[test]
fn a_source_decides_between_events_of_one_number() {
    assert_eq!(slugs(&event(Some(2037), Some("msexchange sa"))), ["extension"]);
    assert_eq!(slugs(&event(Some(2037), Some("MSExchangeMTA"))), ["queue"]);
    assert_eq!(slugs(&event(Some(2037), Some("Print"))), [] as [&str; 0]);
    assert_eq!(slugs(&event(None, Some("MSExchangeMTA"))), [] as [&str; 0], "a source alone is every event of the program");
    // Without a source both fit, the same much: by slug then.
    assert_eq!(slugs(&event(Some(2037), None)), ["extension", "queue"]);
    let twice =
        Evidence { events: [event(Some(2037), None), event(Some(2037), Some("MSExchangeMTA"))].into_iter().flat_map(|one| one.events).collect(), ..text("") };
    assert_eq!(slugs(&twice), ["queue"], "a number whose source is named elsewhere is that event");
    // A number in a text is an event only near its source.
    assert_eq!(slugs(&text("2037")), [] as [&str; 0]);
    assert_eq!(slugs(&text(&format!("2037 {} MSExchangeMTA", "far ".repeat(20)))), [] as [&str; 0]);
}

#[test]
fn stronger_evidence_comes_first() {
    for (pasted, expected) in [
        ("MSExchangeMTA 9405: An error occurred during file replication.", ["queue", "extension"]),
        ("The transfer agent is paused. c1030ad1", ["extension", "queue"]),
        ("The transfer agent is paused. The information store does not mount", ["queue", "store"]),
    ] {
        assert_eq!(slugs(&text(pasted)), expected, "{pasted}");
    }
}

#[test]
fn everyday_words_and_words_shared_by_chance_are_no_match() {
    for pasted in [
        "",
        "the error could not be",
        "Exchange Server",
        "could not be loaded message",
        "replication",
        "The printer queue is full of paper, please load more.",
        "file replication service: the replica set is in an error state",
        "Cucumber salad: mix the public with the folders.",
        "memory shortage",
        "Not enough storage is available to process this command. ID no: 80040000",
    ] {
        assert_eq!(find(&text(pasted)).verdict, Verdict::Nothing, "{pasted}: {}", because(&text(pasted)));
    }
    let scattered = ["mailbox", "store", "dismounted"].join(&" something else entirely".repeat(12));
    assert_eq!(find(&text(&scattered)).verdict, Verdict::Nothing, "words that do not stand together");
}

#[test]
fn servers_of_a_family_help_and_find_nothing_by_themselves() {
    let mounting = |levels: &[&str]| Evidence { levels: levels.iter().map(|&level| level.to_owned()).collect(), ..text("The database could not be mounted") };
    assert_eq!(slugs(&mounting(&["2000 SP3"])), ["store", "mount"]);
    assert_eq!(slugs(&mounting(&["2003 SP1"])), ["mount", "store"]);
    assert!(because(&mounting(&["2003 SP1"])).ends_with("servers of 2003"));
    assert_eq!(slugs(&Evidence { levels: vec!["2000".to_owned()], ..Evidence::default() }), [] as [&str; 0]);
}

/// The prompt and the labels of the choices.
fn asked(evidence: &Evidence) -> (&'static str, Vec<String>) {
    match find(evidence).verdict {
        Verdict::Several(question) => (question.prompt, question.choices.into_iter().map(|choice| format!("{} = {}", choice.slug, choice.label)).collect()),
        verdict => panic!("{verdict:?}"),
    }
}

#[test]
fn one_match_and_one_clearly_ahead_are_clear() {
    assert_eq!(find(&text("The transfer agent is paused.")).verdict, Verdict::Clear);
    let ahead = find(&text("The database could not be mounted (MSExchangeIS, 9519)"));
    assert_eq!((ahead.verdict, ahead.matches.len()), (Verdict::Clear, 2));
}

#[test]
fn several_are_told_apart_by_what_only_one_of_them_knows() {
    let events = (
        "Which of these events does the log show?",
        vec!["mount = event 9519 from MSExchangeIS".to_owned(), "store = event 9518 from MSExchangeIS".to_owned()],
    );
    assert_eq!(asked(&text("The database could not be mounted")), events);
    // 2037 is known already, and the queue's other event has nothing on the other side.
    let (prompt, labels) = asked(&event(Some(2037), None));
    assert_eq!(prompt, "Which of these events does the log show?");
    assert_eq!(labels, ["extension = event 2037 from MSExchangeSA", "queue = event 2037 from MSExchangeMTA"]);
    let texts = asked(&text("MSExchangeSA 2037, MSExchangeMTA 2037"));
    assert_eq!(texts.0, "Which of these texts do you see?");
    assert_eq!(texts.1.last().unwrap(), "queue = \"The transfer agent is paused.\"");
}

#[test]
fn what_all_of_them_share_is_not_asked() {
    let alike = |slug: &str, title: &str, applies_to: &str| tree(slug, title, applies_to, "{texts: [The cabinet is locked.]}", "text(contains \"x\")");
    let question = |trees: [Tree; 2]| {
        let found = Index::new(trees.iter().map(|tree| (tree.slug.as_str(), tree))).find(&text("The cabinet is locked."));
        let Verdict::Several(question) = found.verdict else { panic!("{:?}", found.verdict) };
        (question.prompt, question.choices.into_iter().map(|choice| choice.label).collect::<Vec<_>>())
    };
    let labels = |labels: [&str; 2]| labels.map(str::to_owned).to_vec();
    assert_eq!(question([alike("a", "One", "5.0"), alike("b", "Two", "5.5")]), ("Which of these do you run?", labels(["5.0", "5.5"])));
    assert_eq!(question([alike("a", "One", "5.0"), alike("b", "Two", "5.0")]), ("Which of these describes it best?", labels(["One", "Two"])));
}

#[test]
fn facts_stand_for_a_text_that_is_not_there() {
    let statement = |key: &str, value: Value| Statement { key: FactKey::within("", key), value: Some(value), source: Source::Linked, line: None };
    let told = Event { id: Some(1), source: None, text: Some("told".to_owned()) };
    let row = Row { level: Some("5.5 SP3".to_owned()), ..Row::default() };
    let statements = [
        statement("text", Value::Messages(vec!["said".to_owned()])),
        statement("events", Value::Events(vec![told.clone()])),
        statement("codes", Value::Codes(vec![Code::parse("-528").unwrap()])),
        statement("servers", Value::Rows(Rows { rows: vec![row, Row::default()], more: false })),
        Statement { value: None, ..statement("clients", Value::YesNo(true)) },
    ];
    let read = Evidence::new("", &statements);
    assert_eq!((read.text.as_str(), read.events.as_slice()), ("said\ntold", [told].as_slice()));
    assert_eq!((read.codes.len(), read.levels.as_slice()), (1, ["5.5 SP3".to_owned()].as_slice()));
    assert_eq!(Evidence::new("as it was", &statements).text, "as it was");
}

#[test]
fn an_empty_index_finds_nothing() {
    let found = Index::new([]).find(&text("anything"));
    assert_eq!(found, Found { matches: Vec::new(), verdict: Verdict::Nothing });
}
